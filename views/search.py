"""Search: every place of a word with the words around it, how often each source uses it, and what keeps it company.

Before a word is asked for, all words of two sources to choose from.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis import charts
from analysis.framing import concordance
from analysis.model import VOICES
from analysis.tables import Tables
from views import every_word, frame, margin, parts, reader, state
from views.words import VOICE_LABELS, VOICE_NAMES, count, fact, plain, show

LINES = 60  # at first, and more at a click
OFFERED = 8  # words to begin with
ANY = "any"
SORTS = {
    "source": "Source",
    "left": "Word before",
    "right": "Word after",
    "match": "The word itself",
    "date": "Date",
}


def ask() -> tuple[str, bool, str, str]:
    """The query and how it is to be read: the words, in all their forms, in which voice, in which order."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="ask"):
        query, lemmas = parts.query()
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
    return query, lemmas, heard or ANY, order


def look_for(word: str) -> None:
    st.session_state["q"] = word


def offer() -> None:
    """Words to begin with: the judging words of most articles."""
    found = selection.tables.findings
    found = found[found["kind"] == "loaded_term"]
    common = found.groupby("term")["article"].nunique().sort_values(ascending=False, kind="stable").head(OFFERED)
    parts.empty("Write a word above.", "Or begin with a judging word that many of these articles use:")
    with st.container(horizontal=True, key="offered"):
        for word in common.index:
            st.button(plain(str(word)), key=f"offer:{word}", on_click=look_for, args=(str(word),))


def answer(query: str, lemmas: bool, voice: str | None, order: str) -> None:
    asked: dict[str, Any] = {"query": query, "lemmas": lemmas, "voice": voice}
    try:
        found = places(query, lemmas, voice)
    except ValueError as error:
        parts.empty("This cannot be searched for.", str(error))
        return
    where = f" in {VOICE_NAMES[voice]}" if voice else ""
    if found.empty:
        parts.empty(
            f"“{query}” stands nowhere{where}.",
            "Try a star (regim*), switch “All forms” on, choose another voice, or widen the filters above.",
        )
        return
    parts.facts(
        [
            fact(len(found), "place"),
            fact(found["article"].nunique(), "article"),
            fact(found["source"].nunique(), "source"),
        ]
    )
    lines(state.measure(in_order, **asked, order=order))
    left, right = st.columns(2, gap="large")
    with left:
        how_often(asked)
    with right:
        parts.section("Its company", "The words that stand within five words of it more often than elsewhere.")
        near = state.measure(company, **asked)
        drawing = state.drawn(charts.collocate_bars, near, query=query)
        parts.figure(drawing, near, key="company", pick=lambda data: look_for(f"{data[0]}"), file_name="company.csv")


# What is shown of a search, each worked out once: a common word stands in a hundred thousand places.


def in_order(_tables: Tables, *, query: str, lemmas: bool, voice: str | None, order: str) -> pd.DataFrame:
    return concordance.sorted_by(places(query, lemmas, voice), order)


def company(tables: Tables, *, query: str, lemmas: bool, voice: str | None) -> pd.DataFrame:
    return concordance.collocates(tables, places(query, lemmas, voice))


def spread(tables: Tables, *, query: str, lemmas: bool, voice: str | None) -> pd.DataFrame:
    return concordance.dispersion(tables, places(query, lemmas, voice), voice=voice)


def places(query: str, lemmas: bool, voice: str | None) -> pd.DataFrame:
    found: pd.DataFrame = state.measure(concordance.search, query=query, lemmas=lemmas, voice=voice)
    return found


def lines(found: pd.DataFrame) -> None:
    parts.section("Every place", "The words before and after it; a click opens the article there.")
    shown = st.session_state.get("lines-shown", LINES)
    opened = reader.lines([reader.line(row) for row in found.head(shown).to_dict("records")], key="lines")
    if opened is not None and opened < len(found):
        margin.open_article(found.iloc[opened]["article"], mark_at(found.iloc[opened]))
    with st.container(horizontal=True, vertical_alignment="center"):
        if len(found) > shown:
            more = min(LINES, len(found) - shown)
            st.button(f"Show {more} more of {len(found):,}", key="more-lines", on_click=show_more, args=(shown,))
    with st.expander("As a table, with a download", key="lines-table", on_change="rerun") as opened_table:
        if opened_table.open:
            parts.table(found, key="lines-rows", file_name="concordance.csv")


def show_more(shown: int) -> None:
    st.session_state["lines-shown"] = shown + LINES


def mark_at(row: pd.Series) -> int:
    """Where the article is to be opened: at the mark that covers the hit, else at the nearest before it."""
    marks = [f.span for f in selection.corpus.reports[row["article"]].findings]
    covering = [span.start for span in marks if span.start <= row["start"] < span.end]
    before = [span.start for span in marks if span.start <= row["start"]]
    return covering[0] if covering else max(before, default=int(row["start"]))


def how_often(asked: dict[str, Any]) -> None:
    parts.section("How often", "By source, and whether it runs through the articles or stands in a few.")
    measured = state.measure(spread, **asked)
    parts.figure(
        state.drawn(charts.search_bars, measured, query=asked["query"]),
        measured,
        key="often",
        pick=lambda data: only(str(data[0])),
        file_name="how-often.csv",
    )


def only(source: str) -> None:
    """Keep one source, by the filter of the bar."""
    st.session_state["source"] = [source]


selection = state.current()
parts.head("Word by word", "Search", frame.standing(selection) + ".")
if selection.tables.articles.empty:
    parts.empty("No article is left.", "Widen the filters in the bar above, or add articles under Load.")
    parts.end()
query, lemmas, heard, order = ask()
if query:
    answer(query, lemmas, None if heard == ANY else heard, order)
else:
    offer()
    every_word.of_two_sides("narrator" if heard == ANY else heard, look_for)
show(
    '<p class="quiet">{words}</p>',
    words=f"{count(len(selection.tables.sentences), 'sentence')} searched, headlines too. Capitals and the shape of "
    "apostrophes do not count.",
)
