"""What the archive holds: its size, the rates of its sources, their months, and who is judged by which of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from analysis import charts
from analysis.warehouse import Base, measures
from views import figures, layout, margin, state, warehouse
from views.warehouse import places
from views.words import KIND_NAMES, KIND_PLURALS, VOICE_NAMES, month, show

ACTORS_SHOWN = 12
TONE = "tone"
COLOURS = {TONE: "Tone"} | {kind: plural.capitalize() for kind, plural in KIND_PLURALS.items()}
HINT = (
    "Click a dot, a month or a square, and the first sentences behind it stand here, out of the tables themselves. "
    "A click on a sentence opens its article."
)


def draw(base: Base, sources: list[str], actors: list[str], voice: str) -> None:
    """The page, in columns with its margin."""
    with margin.columns(places.PAGE, HINT, places.body(base)):
        kind = st.segmented_control(
            "Counted",
            list(KIND_PLURALS),
            format_func=lambda kind: KIND_PLURALS[kind].capitalize(),
            default="loaded_term",
            required=True,
            key="kind",
            bind="query-params",
        )
        _rates(base, sources, kind, voice)
        _over_time(base, sources, kind, voice)
        grid(base, sources, actors, voice)
        _sources(base)


def _sources(base: Base) -> None:
    held = base.standing
    if len(held) > len(warehouse.shown(base, [])):
        words = (
            f"The figures show the {warehouse.SOURCES_SHOWN} sources with most articles; the filter shows any others."
        )
        show('<p class="quiet">{words}</p>', words=words)
    every = st.expander("Every source: articles, words, months", key="archive-sources", on_change="rerun")
    if every.open:
        with every:
            figures.table(held, key="archive-sources-table", file_name="sources.csv")


def _rates(base: Base, sources: list[str], kind: str, voice: str) -> None:
    layout.section(f"How often the sources use {KIND_PLURALS[kind]}", "One dot a source; the line is the interval.")
    measured = warehouse.of(warehouse.measure(base, measures.source_rates, kind=kind, voice=voice), sources)

    def open_source(data: list[Any]) -> None:
        places.pick(f"{KIND_PLURALS[kind].capitalize()} in {data[0]}", source=data[0], kind=kind, voice=voice)

    drawing = state.drawn(charts.rate_dots, measured, voice=voice)
    figures.figure(drawing, measured, key="archive-rates", pick=open_source, file_name="rates.csv")


def _over_time(base: Base, sources: list[str], kind: str, voice: str) -> None:
    layout.section("Month by month", f"{KIND_PLURALS[kind].capitalize()} in {VOICE_NAMES[voice]}.")
    measured = warehouse.of(warehouse.measure(base, measures.over_time, kind=kind, voice=voice), sources)

    def open_month(data: list[Any]) -> None:
        source, first = data[0], date.fromisoformat(data[1])
        title = f"{KIND_PLURALS[kind].capitalize()} in {source}, {month(first)}"
        places.pick(title, source=source, kind=kind, voice=voice, month=first)

    drawing = state.drawn(charts.timeline, measured, what=KIND_PLURALS[kind])
    figures.figure(drawing, measured, key="archive-months", pick=open_month, file_name="months.csv")


def grid(base: Base, sources: list[str], actors: list[str], voice: str) -> None:
    """Actors down, sources across, by tone or by a rate."""
    layout.section("Who is judged, and by which source", f"In {VOICE_NAMES[voice]}; the actors mentioned most.")
    what = figures.colour_shows(COLOURS, key="archive-grid")
    names = base.names(actors) if actors else base.actors(ACTORS_SHOWN)
    if not names:
        layout.empty("No actor was found in these articles.", "The figures above need none.")
        return
    whom = tuple(names)
    if what == TONE:
        measured = warehouse.of(warehouse.measure(base, measures.tone, actors=whom, voice=voice), sources)
        drawing = state.drawn(charts.evidence_grid, measured, voice=voice)
    else:
        measured = warehouse.measure(base, measures.actor_rates, actors=whom, kind=what, voice=voice)
        measured = warehouse.of(measured, sources)
        drawing = state.drawn(charts.evidence_grid, measured, voice=voice, what=KIND_PLURALS[what])

    def open_cell(data: list[Any]) -> None:
        about = f"{names.get(data[0], data[0])} in {data[1]}"
        kind = None if what == TONE else what
        title = f"{KIND_NAMES[kind].capitalize()}: {about}" if kind else about
        places.pick(title, source=data[1], kind=kind, voice=voice, actor=data[0])

    figures.figure(drawing, measured, key="archive-grid-figure", pick=open_cell, file_name=f"{what}.csv")
