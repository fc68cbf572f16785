"""Behind a mark on Read: the entry of the lexicon that made it, and the article with other words in its place."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pandas as pd
import streamlit as st

from analysis.lexicon import Term
from analysis.lexicon.matching import words
from analysis.lexicon.own import using
from analysis.model import Article, Finding, Report
from analysis.serialise import name_of, names_of
from analysis.written import percent
from views import own, reader, spare_time, work
from views.words import VOICE_NAMES, join_markup, markup, show

NO_ENTRY = "in no list"
LONGEST = 120  # characters of other words
TRIED = "what-if"  # what was tried last: the article's id, the place, the words
MADE = "what-if-made"  # the article that was tried last and the lists it was read with, and what came out


def entry(finding: Finding, report: Report) -> Term | None:
    """The entry of the lexicon that a loaded term was found by."""
    if finding.kind != "loaded_term":
        return None
    from analysis.detectors.loaded_terms import everything  # the grammar comes with it, and takes a second to import

    text = finding.span.of(report.article.text)
    with using(own.current()):
        match = next(everything().find(words(text), text), None)
    # A word whose entry is kept silent may still be marked for the company it keeps, in another category.
    return match.entry if match and match.entry.category == finding.category else None


def fired(report: Report) -> pd.DataFrame:
    """The entries of the lexicon that made the loaded terms of an article, the most frequent first.

    Returns term, category, valence, weight, n, source; words that no entry holds stand in one last row.
    """
    found = [entry(finding, report) for finding in report.findings if finding.kind == "loaded_term"]
    counts = Counter(term for term in found if term is not None)
    rows = [(one.term, one.category, one.valence, one.weight, n, one.source) for one, n in counts.most_common()]
    unlisted = found.count(None)
    if unlisted:
        rows.append((NO_ENTRY, "", float("nan"), float("nan"), unlisted, "what readers would mark (page Method)"))
    return pd.DataFrame(rows, columns=["term", "category", "valence", "weight", "n", "source"])


def draw(finding: Finding, report: Report) -> None:
    """The entry, the way to it, and the trial."""
    term = entry(finding, report)
    if term is not None and st.button(f"“{term.term}” in the lexicon", key="to-lexicon", type="tertiary"):
        st.session_state["lexicon-search"] = term.term
        st.switch_page("views/lexicon.py")
    if finding.kind not in ("loaded_term", "scare_quote"):
        return
    place = (report.article.id, finding.span.start)
    with st.expander("What if it said something else?", key=f"what-if:{place}"):
        trial(finding, report, term.neutral if term else finding.span.of(report.article.text))


@st.fragment
def trial(finding: Finding, report: Report, offered: str) -> None:
    """Other words at a mark and what they change. When some are tried this alone runs again: the page stays."""
    place = (report.article.id, finding.span.start)
    with spare_time.page():
        form = st.form(f"what-if-form:{place}", border=False)
        with form.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            other = st.text_input("Instead", offered, max_chars=LONGEST, key=f"instead:{place}", width=190)
            if st.form_submit_button("Try it"):
                st.session_state[TRIED] = (*place, other)
        last = st.session_state.get(TRIED, ())
        if last[:2] == place:
            compare(finding, report, last[2])


def changed(article: Article, finding: Finding, other: str) -> Article:
    """The article with other words at a mark; its headline, too, where the mark stands there."""
    text = article.text[: finding.span.start] + other + article.text[finding.span.end :]
    headed = article.title and finding.span.end <= len(article.title)
    return replace(article, text=text, title=text.split("\n", 1)[0] if headed else article.title)


def compare(finding: Finding, report: Report, other: str) -> None:
    """Numbers before and after, and the sentence as it would stand."""
    tried = read_as(changed(report.article, finding, other))
    rows = [
        ("Loaded terms in the article", f"{loaded(report)}", f"{loaded(tried)}"),
        ("Its sentence reads as biased", *(percent(bias(one, finding.span.start)) for one in (report, tried))),
    ]
    if finding.target:
        about = f"Tone about {name_of(finding.target, names_of(report))}, {VOICE_NAMES[finding.voice]}"
        rows.append((about, tone(report, finding), tone(tried, finding)))
    cells = [
        markup("<tr><th>{what}</th><td>{before}</td><td>{after}</td></tr>", what=what, before=before, after=after)
        for what, before, after in rows
    ]
    show(
        '<table class="numbers"><thead><tr><th></th><th>now</th><th>then</th></tr></thead>'
        "<tbody>{rows}</tbody></table>",
        rows=join_markup(cells),
    )
    sentence = next((s.span for s in tried.sentences if s.span.start <= finding.span.start < s.span.end), None)
    if sentence is not None:
        new = (finding.span.start, finding.span.start + len(other))
        line = {"source": "", "pieces": reader.pieces(tried, sentence.start, sentence.end, [new])}
        reader.lined([{"head": "", "rows": [line]}], key="what-if-sentence", sources=False, opens=False)
    show('<p class="quiet">{words}</p>', words="Only tried here: the article that you loaded stays as it is.")


def read_as(article: Article) -> Report:
    """The report of an article that is tried, made once for as long as it is shown."""
    mine = own.current()
    made = st.session_state.get(MADE)
    if made is None or made[0] != (article, mine):
        with using(mine):
            made = st.session_state[MADE] = ((article, mine), work.analyse(article))
    return made[1]  # type: ignore[no-any-return]


def loaded(report: Report) -> int:
    return sum(one.kind == "loaded_term" for one in report.findings)


def bias(report: Report, place: int) -> float:
    return next((s.bias for s in report.sentences if s.span.start <= place < s.span.end), 0.0)


def tone(report: Report, finding: Finding) -> str:
    found = next((t for t in report.tone if t.actor == finding.target and t.voice == finding.voice), None)
    return "none" if found is None else f"{found.tone:+.2f}".replace("-", "−")
