"""Reports come in, one HTML page goes out: to print, to hand out, to keep. It asks nothing of any server.

The page holds its own style and no script; a content security policy forbids both requests and scripts. For several
articles a comparison of their sources comes first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from analysis.lexicon import own
from analysis.model import Report
from analysis.provenance import citation, versions
from analysis.report.article import sheet
from analysis.report.comparison import comparison
from analysis.report.markup import Markup, document, h, join
from analysis.written import capital, count, day

__all__ = ["to_html"]

TITLE = "Framing, word for word"
_STYLE = Path(__file__).with_name("handout.css")


def to_html(reports: Sequence[Report], *, title: str = TITLE, settings: Mapping[str, str] | None = None) -> str:
    """The handout of one or more articles as a whole HTML document.

    `settings` (such as {"Cleaning": "off"}) are named on the page beside the versions. The same reports give the same
    page, to the character. Raises ValueError without a report.
    """
    if not reports:
        raise ValueError("A handout needs at least one article.")
    several = len(reports) > 1
    sources = {report.article.source for report in reports}
    imprint = _imprint(settings or {})
    return document(
        title,
        (_STYLE,),
        _hatching(),
        h(
            "header",
            h("p", title, class_="masthead"),
            h("p", f"{count(len(reports), 'article')} · {count(len(sources), 'source')}", class_="scope")
            if several
            else None,
            class_="page",
        ),
        h(
            "main",
            _contents(reports) if several else None,
            comparison(reports) if several else None,
            legend(),
            imprint if several else None,  # here is room, since each article begins a page; at the end it takes one
            [sheet(report, i) for i, report in enumerate(reports, 1)],
        ),
        None if several else imprint,
    )


def legend() -> Markup:
    """What each mark means, drawn as it is drawn in the text."""
    samples = [
        (h("span", "loaded term", class_="mark loaded_term even s2"), "judges or stirs rather than names"),
        (
            join(
                [
                    h("span", "“", class_="pair"),
                    h("span", "scare quotes", class_="mark scare_quote even s2"),
                    h("span", "”", class_="pair"),
                ]
            ),
            "the writer keeps a distance from the words",
        ),
        (h("span", "word of doubt", class_="mark hedge even s1"), "leaves open whether a claim is true"),
        (h("span", "word of certainty", class_="mark certainty even s1"), "takes a claim for granted"),
        (
            h("span", "reporting verb", class_="mark reporting_verb even s1"),
            "doubts, endorses or dramatises; a neutral one has a grey line alone",
        ),
        (
            h("span", "quoted", class_="voice quoted", style="--h:276"),
            "somebody’s words in marks; a hue for each speaker",
        ),
        (h("span", "reported", class_="voice reported", style="--h:276"), "somebody’s words told without marks"),
        (h("span", "orange", class_="mark loaded_term cold s2"), "against the actor it is about"),
        (h("span", "blue", class_="mark loaded_term warm s2"), "in favour; the thicker the line, the stronger"),
    ]
    return h(
        "dl",
        [h("div", h("dt", sample), h("dd", meaning)) for sample, meaning in samples],
        class_="legend",
        aria_label="What the marks mean",
    )


def _contents(reports: Sequence[Report]) -> Markup:
    entries = []
    for i, report in enumerate(reports, 1):
        article = report.article
        when = day(article.published)
        title = " ".join(article.title.split()) or "An article without a headline"
        entries.append(
            h(
                "li",
                h("a", title, href=f"#a{i}", dir="auto"),
                h("span", f" {article.source}" + (f", {when}" if when else "")),
            )
        )
    return h("nav", h("ol", entries), class_="contents", aria_label="Articles")


def _imprint(settings: Mapping[str, str]) -> Markup:
    made = versions()
    named = {
        "Version": made["analysis"],
        "Lexicon": made["lexicon"],
        "Language": f"{made['language']} (spaCy {made['spacy']})",
        **({"Own lists": told} if (told := capital(own.told(own.current()))) else {}),
        **settings,
    }
    return h(
        "footer",
        h("section", h("h3", "Method"), h("p", _METHOD)),
        h("section", h("h3", "Limits"), h("p", _LIMITS)),
        h(
            "section",
            h("h3", "Made with"),
            h("dl", [h("div", h("dt", name), h("dd", value)) for name, value in named.items()]),
            h("h3", "How to cite"),
            h("p", citation()),
        ),
        class_="imprint",
    )


def _hatching() -> Markup:
    """The hatching that means “too few”, defined once for all bars."""
    line = h("path", d="M-1,1 l2,-2 M0,5 l5,-5 M4,6 l2,-2", class_="hatch")
    pattern = h("pattern", line, id="few", patternUnits="userSpaceOnUse", width=5, height=5)
    return h("svg", h("defs", pattern), width=0, height=0, aria_hidden="true", class_="defs")


_METHOD = (
    "Each word of an article is given a voice: the narrator’s, quoted (between marks and credited to a speaker) or "
    "reported (what a speaker said, without marks). Framing marks are found with a word list and the grammar of the "
    "sentence and given to the actor they are about. Rates are events in 1,000 words of the voice in which they could "
    "have occurred. Framing is used in the sense of Entman (1993): selecting some aspects of a perceived reality and "
    "making them more salient."
)
_LIMITS = (
    "A mark says that a wording does framing work, not that it is wrong, untrue or unfair; a plain article can mislead "
    "and a loaded one be right. The word list and the grammar make mistakes: read each mark with its reason and judge "
    "for yourself. What an article leaves out is not seen. English only. Counts from a few articles describe those "
    "articles, not the outlet that printed them."
)
