"""Search in the archive: how often each source writes a word, and the first places where it stands."""

from __future__ import annotations

from typing import Any

import streamlit as st

from analysis import charts
from analysis.warehouse import Base, search
from views import figures, layout, search_box, state, warehouse
from views.warehouse import places
from views.words import VOICE_NAMES, show

EVERY = ""


def draw(base: Base, sources: list[str], voice: str) -> None:
    """The page: the query, the rates, the lines."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="ask"):
        query, lemmas = search_box.query()
        source = st.selectbox(
            "Lines of",
            [EVERY, *base.sources],
            format_func=lambda source: source or "Every source",
            key="lines-of",
            bind="query-params",
            width=240,
        )
    if not query:
        layout.empty("Write a word above.", "Every article of the folder is searched.")
        return
    try:
        measured = warehouse.measure(base, search.words, query=query, lemmas=lemmas, voice=voice)
    except ValueError as error:
        layout.empty("This cannot be searched for.", str(error))
        return
    if not measured["n_events"].sum():
        layout.empty(
            f"“{query}” stands nowhere in {VOICE_NAMES[voice]}.",
            "Try a star (regim*), switch “All forms” on, or choose another voice above.",
        )
        return
    _how_often(base, measured, sources, query, voice)
    layout.section("Places", "The first of them, with the words before and after; a click opens the article.")
    options = {"query": query, "lemmas": lemmas, "voice": voice, "source": source or None}
    found = warehouse.measure(base, search.lines, **options)
    if found.empty:
        words = f"The words of “{query}” stand in the same articles, but were not found one after the other."
        show('<p class="quiet">{words}</p>', words=words)
        return
    places.lines(base, found, key="found")


def _how_often(base: Base, measured: Any, sources: list[str], query: str, voice: str) -> None:
    several = len(query.split()) > 1
    note = "Articles that hold all the words, " if several else "Times, "
    layout.section(
        "How often", f"{note}per 1,000 words in {VOICE_NAMES[voice]}. A click shows the lines of one source."
    )
    frame = warehouse.of(measured, sources).assign(voice=voice, kind=f"“{query}”")

    def only(data: list[Any]) -> None:
        st.session_state["lines-of"] = data[0]

    drawing = state.drawn(charts.rate_dots, frame, voice=voice)
    figures.figure(drawing, frame, key="archive-often", pick=only, file_name="how-often.csv")
