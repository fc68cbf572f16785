"""Method: what is counted and how, how often it is wrong, the limits, how to cite."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from analysis import framing, provenance, tone
from analysis.charts.style import FULL_TONE
from analysis.lexicon.own import using
from analysis.written import number
from views import copyable, layout, own, scores, state
from views.words import Markup, join_markup, markup, show

RIGHT = "How often it is right"
NAMED = ("lexicon", "language", *provenance.OWN)  # in a list of references
BIBTEX = f"""@software{{{{news_framing,
  title   = {{{{{provenance.NAME}}}}},
  version = {{{{{{version}}}}}},
  license = {{{{Apache-2.0}}}},
  note    = {{{{{{note}}}}}}
}}}}"""
COLD = -0.7  # the tone of the mentions in the page's example
TEXT = Path(__file__).with_name("method.md")
MARKS = state.root() / "views" / "reader" / "marks.css"

# What each mark looks like, in a sentence: what it is called, the sentence, what it says.
KEY = (
    ("Loaded term", "The {0} ignored every warning.", "Judges where another word would only name; orange: against.",
     (("mark loaded_term cold w2", "regime"),)),
    ("", "Its {0} kept the peace.", "Blue: in favour. The thicker the line, the stronger.",
     (("mark loaded_term warm w2", "courage"),)),
    ("Scare quotes", "The {0}{1}{2} costs 4,000 jobs.", "The writer keeps a distance; nobody is credited with it.",
     (("pair", "“"), ("mark scare_quote cold w2", "reform"), ("pair", "”"))),
    ("Word of doubt", "The minister {0} knew.", "Leaves open whether it is true.", (("mark hedge none", "allegedly"),)),
    ("Word of certainty", "The minister, {0}, knew.", "Takes it for granted.", (("mark certainty none", "of course"),)),
    ("Reporting verb", "“No,” he {0}.", "Doubts, vouches for or colours what somebody said; “said” does not.",
     (("mark reporting_verb cold", "ranted"),)),
    ("Quoted words", "Nora Arden said: {0}", "Somebody’s words in quotation marks; a colour for each speaker.",
     (("voice quoted", "“Nobody will go.”"),)),
    ("Reported words", "Arden said {0}.", "Somebody’s words, told without quotation marks.",
     (("voice reported", "that nobody would go"),)),
)  # fmt: skip


def key() -> None:
    """The marks at a glance, drawn as they are on Read."""
    st.html(f"<style>{MARKS.read_text('utf-8')}</style>")
    rows = []
    for name, sentence, says, parts_of_it in KEY:
        drawn = [markup('<span class="{look}" style="--h:276">{words}</span>', look=a, words=b) for a, b in parts_of_it]
        rows.append(
            markup(
                "<tr><th>{name}</th><td>{sentence}</td><td>{says}</td></tr>",
                name=name,
                sentence=Markup(sentence.format(*drawn)),
                says=says,
            )
        )
    show('<table class="key"><tbody>{rows}</tbody></table>', rows=join_markup(rows))


def text() -> str:
    """The page's words, with the figures that the analysis counts by."""
    said = {
        "min_articles": str(framing.MIN_ARTICLES),
        "min_exposure": f"{framing.MIN_EXPOSURE:,}",
        "min_mentions": str(framing.MIN_MENTIONS),
        "unseen": f"{tone.UNSEEN:g}",
        "one": number(COLD * tone.trust(1), 2),
        "ten": number(COLD * tone.trust(10), 2),
        "full": f"{FULL_TONE:g}",
    }
    return TEXT.read_text("utf-8").format(**said)


def quality() -> None:
    """The measures of `python -m benchmarks.quality`; a bar is the floor that no change may fall below."""
    if not scores.FLOORS.is_file():
        return  # the app without its repository: the measures are not there to be checked either
    layout.section(
        RIGHT,
        "Against texts that people marked by hand. 1 is never wrong; a bar is what every version must reach, the "
        "upright line how far people agree with each other where that is known. Above the bars stands which texts they "
        "are, and whether the program had seen them; the small print names the data for researchers.",
        part="right",
    )
    show("{table}", table=scores.table())


def slug(title: str) -> str:
    """A title as its link names it."""
    return title.lower().replace(" ", "-")


def citation() -> None:
    """The citation, to copy as a sentence and for a list of references."""
    with using(own.current()):
        sentence, made = provenance.citation(), provenance.versions()
    copyable.show(sentence, name="The citation", key="citation")
    note = ", ".join(f"{name.replace('_', ' ')} {key}" for name, key in made.items() if name in NAMED)
    copyable.show(BIBTEX.format(version=made["analysis"], note=note), name="The citation in BibTeX", key="bibtex")


layout.head(
    "How it is done",
    "What is counted, and how",
    "No score for an article and no verdict on a paper: counts with their evidence, and what they cannot tell.",
)
chapters = [chapter.partition("\n") for chapter in text().split("### ")[1:]]
names = {"marks": "The marks at a glance"} | {slug(title): title for title, _, _ in chapters}
layout.contents(names | {"right": RIGHT, "words": "The words"})
layout.section(names["marks"], "What stands under and behind the words, here and in the handout.", part="marks")
key()
for title, _, words in chapters:
    layout.section(title, part=slug(title))
    st.markdown(words, width=700)
    if title == "How to cite":
        citation()
quality()
layout.section(
    "The words",
    "Every entry that the marks are made from, with its source: to browse, change, switch off.",
    part="words",
)
st.page_link("views/lexicon.py", label="Open the lexicon")
