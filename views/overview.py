"""Overview: what is in the corpus, the strongest differences in words, and who is judged by which source."""

from __future__ import annotations

from typing import Any

import streamlit as st

from analysis import charts, framing
from views import ahead, frame, margin, parts, state
from views.words import KIND_PLURALS, VOICE_NAMES, plain

PAGE = "overview"
EVENTS_MARKED = 5
POINTS = 3  # months of one source, enough to compare, that make a line worth drawing
MEASURES = {"tone": "Tone", "loaded_term": "Loaded terms", "scare_quote": "Scare quotes", "hedge": "Hedges"}
HINT = (
    "Everything on this page leads to its sentences. Click one of the differences, or a cell of the grid, and the "
    "places in the articles appear here, each with the word that counts and the reason why."
)


def lead() -> None:
    name = selection.corpus.name
    standfirst = frame.standing(selection) + "."
    if selection.corpus.invented:
        standfirst += (
            " The newspapers are invented, and so are all stories but the Kremlin talks, for this app to show."
        )
    parts.head("What is in front of you", name, standfirst)
    problems = selection.tables.problems
    if len(problems):
        with st.expander(f"Notes from loading and reading: {len(problems)}"):
            parts.table(problems, key="problems", file_name="problems.csv")


def differences() -> None:
    parts.section(
        "The strongest differences in words",
        "Sorted by evidence. Each line opens the places it was counted from.",
    )
    found = state.measure(framing.differences, top=ahead.DIFFERENCES_SHOWN, actors=selection.actors or None)
    if found.empty:
        parts.empty(
            "No difference stands out.",
            "It takes two sources that use different words at least twice. Add sources under Load.",
        )
        return
    with st.container(key="differences"):
        for i, row in enumerate(found.to_dict("records")):
            st.button(
                plain(row["sentence"]), key=f"difference:{i}", type="tertiary", on_click=open_difference, args=(row,)
            )


def open_difference(row: dict[str, Any]) -> None:
    margin.pick(PAGE, row["sentence"], "spots", spots=row["evidence"])


def grid() -> None:
    parts.section("Who is judged, and by which source", f"In {VOICE_NAMES[selection.voice]}.")
    what = st.segmented_control(
        "Colour shows",
        list(MEASURES),
        format_func=MEASURES.__getitem__,
        default="tone",
        required=True,
        key="grid",
        bind="query-params",
        help="Tone: how far the words around an actor judge it, from −1 (against) to +1 (in favour). The others: how "
        "many such marks are about the actor, per 1,000 words.",
    )
    options: dict[str, Any] = {"actors": selection.actors or None, "top": ahead.GRID_ACTORS, "voice": selection.voice}
    if what == "tone":
        measured = state.measure(framing.tone, **options)
    else:
        measured = state.measure(framing.actor_rates, kind=what, **options)
    figure = state.drawn(charts.heat_map, measured, voice=selection.voice, **named(what))
    parts.figure(figure, measured, key="grid-figure", pick=lambda data: open_cell(what, data), file_name=f"{what}.csv")


def named(what: str) -> dict[str, str]:
    """How a count is called in the words of the figure; tone names itself."""
    return {} if what == "tone" else {"what": KIND_PLURALS[what]}


def open_cell(what: str, data: list[Any]) -> None:
    actor, source, voice = data[:3]
    name = selection.corpus.tables.actor_names.get(actor, actor)
    if what == "tone":
        margin.pick(PAGE, f"{name} in {source}", "judged", actor=actor, source=source, voice=voice)
    else:
        title = f"{MEASURES[what]} about {name} in {source}"
        margin.pick(PAGE, title, "findings", actor=actor, source=source, voice=voice, kind=what)


def rates() -> None:
    parts.section("How loaded the sources’ own words are", "One dot a source; the line is the interval.")
    measured = state.measure(framing.source_rates, kind="loaded_term", voice=selection.voice)
    figure = state.drawn(charts.rate_dots, measured, voice=selection.voice)
    parts.figure(figure, measured, key="rates-figure", pick=open_source, file_name="loaded-terms.csv")


def over_time() -> None:
    """Only where there is enough to see a line: three periods of one source that are no mere hint."""
    measured = state.measure(framing.over_time, voice=selection.voice)
    if not (measured["enough"].groupby(measured["source"]).sum() >= POINTS).any():
        return
    parts.section("Over time", "By month; the band is the interval, hollow points are too few.")
    events: tuple[tuple[str, str], ...] = ()
    if st.toggle(
        "Mark events", key="events-marked", help="The events that most sources tell, as on the page Same event."
    ):
        events = framing.landmarks(state.measure(framing.stories), top=EVENTS_MARKED)
    drawing = state.drawn(charts.timeline, measured, events=events)
    parts.figure(drawing, measured, key="time-figure", file_name="over-time.csv")


def open_source(data: list[Any]) -> None:
    source, voice, kind = data[:3]
    margin.pick(PAGE, f"Loaded terms in {source}", "findings", source=source, voice=voice, kind=kind)


selection = state.current()
lead()
if selection.tables.articles.empty:
    parts.empty("No article is left.", "Widen the filters in the bar above, or add articles under Load.")
    parts.end()
with margin.columns(PAGE, HINT):
    parts.facts(
        [
            ("articles", f"{len(selection.tables.articles):,}"),
            ("sources", f"{len(selection.tables.sources):,}"),
            ("actors named", f"{len(selection.tables.actor_names):,}"),
            ("marks found", f"{len(selection.tables.findings):,}"),
        ]
    )
    differences()
    rates()
    over_time()
    grid()
