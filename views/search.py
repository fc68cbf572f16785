"""Search: every place of a word, a kind of mark or an actor with the words around it, how often each source has it, and
what keeps it company.

Before a word is asked for, all words of two sources to choose from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from analysis import charts, framing
from analysis.framing import concordance
from analysis.model import VOICES
from analysis.tables import Tables
from analysis.written import KIND_PLURALS, capital
from views import every_word, figures, frame, layout, margin, reader, search_box, state
from views.words import VOICE_LABELS, VOICE_NAMES, count, fact, plain, show

LINES = 60  # at first, and more at a click
OFFERED = 8  # words to begin with
ANY = "any"
WORDS, ACTOR = "words", "actor"
LOOKS = {WORDS: "Words", **{kind: capital(many) for kind, many in KIND_PLURALS.items()}, ACTOR: "An actor"}
SORTS = {
    "source": "Source",
    "left": "Word before",
    "right": "Word after",
    "match": "The word itself",
    "date": "Date",
}


@dataclass(frozen=True)
class Asked:
    """What is searched for: `look` is one of LOOKS, `query` words or an actor's id; `told` says it in words."""

    look: str
    query: str
    lemmas: bool
    voice: str | None
    told: str

    @property
    def options(self) -> dict[str, Any]:
        return {"look": self.look, "query": self.query, "lemmas": self.lemmas, "voice": self.voice}


def ask() -> tuple[Asked, str]:
    """What is searched for, in which voice, and in which order it is to stand."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="ask"):
        look = st.selectbox(
            "Look for", list(LOOKS), format_func=LOOKS.__getitem__, key="sought", bind=frame.BOUND, width=180
        )
        query, lemmas, told = "", False, LOOKS[look].lower()
        if look == WORDS:
            query, lemmas = search_box.query()
            told = query
        elif look == ACTOR and (names := selection.tables.actor_names):
            offered = list(names)[: frame.ACTORS_OFFERED]
            query = st.selectbox("Actor", offered, format_func=names.__getitem__, key="looked-for", width=280)
            told = names[query]
        heard = st.segmented_control(
            "Voice",
            (ANY, *VOICES),
            default=ANY,
            required=True,
            format_func={ANY: "Any", **VOICE_LABELS}.__getitem__,
            key="heard",
            bind=frame.BOUND,
        )
        order = st.selectbox(
            "Sorted by", list(SORTS), format_func=SORTS.__getitem__, key="order", bind=frame.BOUND, width=170
        )
    return Asked(look, query, lemmas, None if heard in (None, ANY) else heard, told), order


def look_for(word: str) -> None:
    st.session_state["q"], st.session_state["sought"] = word, WORDS


def offer() -> None:
    """Words to begin with: the judging words of most articles."""
    found = selection.tables.findings
    found = found[found["kind"] == "loaded_term"]
    common = found.groupby("term")["article"].nunique().sort_values(ascending=False, kind="stable").head(OFFERED)
    if common.empty:
        layout.empty("Write a word above.", "No word of these articles judges, so none is offered; any word will do.")
        return
    layout.empty("Write a word above.", "Or begin with a judging word that many of these articles use:")
    with st.container(horizontal=True, key="offered"):
        for word in common.index:
            st.button(plain(str(word)), key=f"offer:{word}", on_click=look_for, args=(str(word),))


def answer(asked: Asked, order: str) -> None:
    try:
        found = places(**asked.options)
    except ValueError as error:
        layout.empty("This cannot be searched for.", str(error))
        return
    where = f" in {VOICE_NAMES[asked.voice]}" if asked.voice else ""
    if found.empty:
        layout.empty(
            f"“{asked.told}” stands nowhere{where}.",
            "Try a star (regim*), switch “All forms” on, choose another voice, or widen the filters above."
            if asked.look == WORDS
            else "Choose another voice, or widen the filters above.",
        )
        return
    layout.facts(
        [
            fact(len(found), "place"),
            fact(found["article"].nunique(), "article"),
            fact(found["source"].nunique(), "source"),
        ]
    )
    lines(state.measure(in_order, **asked.options, order=order), asked.look)
    left, right = st.columns(2, gap="large")
    with left:
        how_often(asked)
    with right:
        layout.section("Its company", "The words that stand within five words of it more often than elsewhere.")
        near = state.measure(company, **asked.options)
        drawing = state.drawn(charts.collocate_bars, near, query=asked.told, words=asked.look == WORDS)
        figures.figure(drawing, near, key="company", pick=lambda data: look_for(f"{data[0]}"), file_name="company.csv")


# What is shown of a search, each worked out once: a common word stands in a hundred thousand places.


def in_order(_tables: Tables, *, look: str, query: str, lemmas: bool, voice: str | None, order: str) -> pd.DataFrame:
    return concordance.sorted_by(places(look, query, lemmas, voice), order)


def company(tables: Tables, *, look: str, query: str, lemmas: bool, voice: str | None) -> pd.DataFrame:
    return concordance.collocates(tables, places(look, query, lemmas, voice))


def spread(tables: Tables, *, look: str, query: str, lemmas: bool, voice: str | None) -> pd.DataFrame:
    return concordance.dispersion(tables, places(look, query, lemmas, voice), voice=voice)


def places(look: str, query: str, lemmas: bool, voice: str | None) -> pd.DataFrame:
    if look == WORDS:
        found: pd.DataFrame = state.measure(concordance.search, query=query, lemmas=lemmas, voice=voice)
    else:
        found = state.measure(marked, look=look, query=query, voice=voice)
    return found


def marked(tables: Tables, *, look: str, query: str, voice: str | None) -> pd.DataFrame:
    """The lines of a kind of mark, or of the mentions of the actor `query`."""
    of_actor = look == ACTOR
    rows = tables.mentions[tables.mentions["actor"] == query] if of_actor else framing.evidence(tables, kind=look)
    found = concordance.lines(tables, rows.sort_values(["article", "start"], kind="stable"))
    return found[found["voice"] == voice].reset_index(drop=True) if voice else found


def lines(found: pd.DataFrame, look: str) -> None:
    and_why = ", and why it is marked" if look in KIND_PLURALS else ""
    layout.section("Every place", f"The words before and after it{and_why}; a click opens the article there.")
    shown = st.session_state.get("lines-shown", LINES)
    rows = [reader.line(row | why(row, look)) for row in found.head(shown).to_dict("records")]
    opened = reader.lines(rows, key="lines")
    if opened is not None and opened < len(found):
        margin.open_article(found.iloc[opened]["article"], mark_at(found.iloc[opened]))
    with st.container(horizontal=True, vertical_alignment="center"):
        if len(found) > shown:
            more = min(LINES, len(found) - shown)
            st.button(f"Show {more} more of {len(found):,}", key="more-lines", on_click=show_more, args=(shown,))
    with st.expander("As a table, with a download", key="lines-table", on_change="rerun") as opened_table:
        if opened_table.open:
            figures.table(found, key="lines-rows", file_name="concordance.csv")


def why(row: dict[str, Any], look: str) -> dict[str, str]:
    """What a line adds where its words are marked: how they are drawn, and of a kind of mark the reason."""
    report = selection.corpus.reports[row["article"]]
    of_kind = look if look in KIND_PLURALS else ""
    finding = reader.finding_at(report, row["start"], row["end"], of_kind)
    if finding is None:
        return {}
    return {"mark": reader.look(finding), "reason": reader.why_in_line(finding, report) if of_kind else ""}


def show_more(shown: int) -> None:
    st.session_state["lines-shown"] = shown + LINES


def mark_at(row: pd.Series) -> int:
    """Where the article is to be opened: at the mark that covers the hit, else at the nearest before it."""
    marks = [f.span for f in selection.corpus.reports[row["article"]].findings]
    covering = [span.start for span in marks if span.start <= row["start"] < span.end]
    before = [span.start for span in marks if span.start <= row["start"]]
    return covering[0] if covering else max(before, default=int(row["start"]))


def how_often(asked: Asked) -> None:
    layout.section("How often", "By source, and whether it runs through the articles or stands in a few.")
    measured = state.measure(spread, **asked.options)
    figures.figure(
        state.drawn(charts.search_bars, measured, query=asked.told, words=asked.look == WORDS),
        measured,
        key="often",
        pick=lambda data: only(str(data[0])),
        file_name="how-often.csv",
    )


def only(source: str) -> None:
    """Keep one source, by the filter of the bar."""
    st.session_state["source"] = [source]


selection = state.current()
layout.head("Word by word", "Search", frame.standing(selection) + ".")
if selection.tables.articles.empty:
    layout.empty("No article is left.", "Widen the filters in the bar above, or add articles under Load.")
    layout.end()
asked, order = ask()
if asked.query or asked.look in KIND_PLURALS:
    answer(asked, order)
elif asked.look == WORDS:
    offer()
    every_word.of_two_sides(asked.voice or "narrator", look_for)
else:
    layout.empty("No actor was found in these articles.", "Look for words or marks instead.")
show(
    '<p class="quiet">{words}</p>',
    words=f"{count(len(selection.tables.sentences), 'sentence')} searched, headlines too. Capitals and the shape of "
    "apostrophes do not count.",
)
