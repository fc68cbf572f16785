"""Two sources of the archive side by side: every kind of mark, and the actors they judge differently."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis import charts
from analysis.warehouse import Base, measures
from views import figures, layout, margin, state, warehouse
from views.warehouse import overview, places
from views.words import KIND_PLURALS, VOICE_NAMES

ACTORS_SHOWN = 8
HINT = "Click a dot or a square, and the first sentences behind it stand here."


def draw(base: Base, actors: list[str], voice: str) -> None:
    """The page, in columns with its margin."""
    if len(base.sources) < 2:
        layout.empty(
            "There is nothing to compare with.",
            "The folder holds the articles of one source alone. Overview and Search show what they say.",
        )
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="gap-choices"):
        one = st.selectbox("Source", base.sources, key="archive-a", bind="query-params", width=280)
        others = [source for source in base.sources if source != one]
        other = st.selectbox("Against", others, key="archive-b", bind="query-params", width=280)
    both = [one, other]
    with margin.columns(places.PAGE, HINT, places.body(base)):
        _kinds(base, both, voice)
        _tone(base, both, actors, voice)
        overview.grid(base, both, actors, voice)


def _kinds(base: Base, both: list[str], voice: str) -> None:
    layout.section("How the two write", f"Every kind of mark in {VOICE_NAMES[voice]}, per 1,000 words.")
    found = [
        warehouse.of(warehouse.measure(base, measures.source_rates, kind=kind, voice=voice), both)
        for kind in KIND_PLURALS
    ]
    measured = pd.concat(found, ignore_index=True)

    def open_kind(data: list[Any]) -> None:
        places.pick(f"{KIND_PLURALS[data[2]].capitalize()} in {data[0]}", source=data[0], kind=data[2], voice=voice)

    drawing = state.drawn(charts.rate_dots, measured, voice=voice)
    figures.figure(drawing, measured, key="archive-kinds", pick=open_kind, file_name="two-sources.csv")


def _tone(base: Base, both: list[str], actors: list[str], voice: str) -> None:
    names = base.names(actors) if actors else base.actors(ACTORS_SHOWN)
    if not names:
        return
    layout.section("Where they differ about people", f"Tone in {VOICE_NAMES[voice]}, source under source.")
    measured = warehouse.of(warehouse.measure(base, measures.tone, actors=tuple(names), voice=voice), both)

    def open_dot(data: list[Any]) -> None:
        places.pick(
            f"{names.get(data[0], data[0])} in {data[1]}", source=data[1], kind=None, voice=voice, actor=data[0]
        )

    drawing = state.drawn(charts.tone_dots, measured, voice=voice)
    figures.figure(drawing, measured, key="archive-tone", pick=open_dot, file_name="tone.csv")
