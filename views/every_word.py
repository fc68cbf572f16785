"""Every word of two sources, or of two groups, by how often either writes it: where Search begins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from analysis import charts, framing
from views import ahead, figures, layout, state
from views.words import listing


def of_two_sides(voice: str, look_for: Callable[[str], None]) -> None:
    """The words of two sides, chosen above them; a click on a word calls `look_for`."""
    sources = ahead.most_loaded(state.current(), state.measure, voice)
    if len(sources) < 2:
        return
    layout.section(
        "Every word of two sources, or of two groups",
        "How often either writes it. A click on a word searches for it in all of them.",
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="word-choices"):
        here = st.multiselect("These", sources, [sources[0]], key="words-a", bind="query-params", select_all=False)
        left = [source for source in sources if source not in here]
        there = st.multiselect(
            "Against", left, key="words-b", bind="query-params", select_all=False, placeholder="All the others"
        )
    if not here or not left:
        layout.empty("One side is empty.", "Choose at least one source above, and leave one for the other side.")
        return
    other = there or left
    measured = state.measure(framing.keyness, source=tuple(here), against=tuple(other), voice=voice)
    drawing = state.drawn(charts.keyness_scatter, measured, a=grouped(here), b=grouped(other, whole=left), voice=voice)

    def open_word(data: list[Any]) -> None:
        look_for(str(data[0]))

    figures.figure(drawing, measured, key="every-word", pick=open_word, file_name="words.csv")


def grouped(chosen: Sequence[str], whole: Sequence[str] = ()) -> str:
    """What a group of sources is called."""
    return "the others" if len(chosen) > 1 and len(chosen) == len(whole) else listing(chosen)
