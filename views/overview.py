"""Overview: what is in the corpus, the strongest differences in words, and who is judged by which source."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis import charts, framing
from views import ahead, figures, frame, layout, margin, progress, reader, state
from views.words import KIND_PLURALS, VOICE_NAMES, count, number_word, plain, times

PAGE = "overview"
EVENTS_MARKED = 5
POINTS = 3  # months of one source, enough to compare, that make a line worth drawing
HINT = (
    "Everything on this page leads to its sentences. Click one of the differences, or a cell of the grid, and the "
    "places in the articles appear here, each with the word that counts and the reason why."
)


def lead() -> None:
    flat = selection.tables
    standfirst = frame.standing(selection) + "."
    if selection.corpus.invented:
        standfirst += " The newspapers are invented, and so are all stories but the Kremlin talks."
    layout.head("What is in front of you", selection.corpus.name, standfirst)
    problems = flat.problems
    if len(problems):
        with st.expander(f"Notes from loading and reading: {len(problems)}"):
            figures.table(problems, key="problems", file_name="problems.csv")


def first_look() -> None:
    """The event that is told least alike, as headlines one above the other, and the ways to go on from there."""
    if len(selection.tables.articles) > ahead.LOOKED_THROUGH:
        return
    told = state.measure(framing.furthest_apart, top=ahead.HEADLINES).iloc[::-1]  # the one that judges most comes first
    if told.empty:
        return
    layout.section(
        apart_in_words(told),
        "Underlined words frame: a solid line judges, a wavy one doubts, dots keep a distance. The bar: how much of "
        "the whole article judges, quotations left out.",
    )
    most = told["rate"].max() or 1.0
    rows = [headline(row, most) for row in told.to_dict("records")]
    opened = reader.lined([{"head": "", "rows": rows}], key="first-look")
    if opened is not None and opened[0] < len(told):
        margin.open_article(told["article"].iloc[opened[0]], opened[1] or 0)
    with st.container(horizontal=True, key="onwards", gap="small"):
        if st.button("Read the first with its marks", key="onwards-read", type="primary"):
            margin.open_article(told["article"].iloc[0], 0)
        if st.button("Line them up, fact by fact", key="onwards-event"):
            state.go_to("views/events.py", event=str(event_of(told)))
        yours = not selection.corpus.invented
        if st.button("Load more articles" if yours else "Load your own articles", key="onwards-load"):
            state.go_to("views/load.py")


def apart_in_words(told: pd.DataFrame) -> str:
    """The title of the picture: what it shows."""
    many, few = told.iloc[0], told.iloc[-1]
    title = f"One event, {number_word(len(told))} headlines"
    if few["n"] >= many["n"]:  # the bars show parts of the articles; the counts would seem to gainsay them
        return title
    return f"{title}: {many['source']} judges {times(many['n'])}, {few['source']} {times(few['n'])}"


def event_of(told: pd.DataFrame) -> str:
    """The event as the page Same event calls it: by the id of its first article."""
    found = state.measure(framing.stories)
    story = found.loc[found["article"] == told["article"].iloc[0], "story"].iloc[0]
    return str(found.loc[found["story"] == story, "article"].iloc[0])


def headline(row: dict[str, Any], most: float) -> dict[str, Any]:
    report = selection.corpus.reports[row["article"]]
    words = f"{row['n'] or 'none'} judging in {count(row['exposure'], 'word')}"
    return {
        "source": row["source"],
        "pieces": reader.pieces(report, 0, len(row["title"]), []),
        "bar": {"part": row["rate"] / most, "words": words},
    }


def alone() -> None:
    """What there is to do with the articles of one source: nothing can be compared yet."""
    ids = selection.tables.articles["article"]
    with st.container(horizontal=True, key="onwards", gap="small"):
        if st.button(
            "Read it with its marks" if len(ids) == 1 else "Read the first", key="onwards-read", type="primary"
        ):
            margin.open_article(ids.iloc[0], 0)
        if st.button("Load another source to compare", key="onwards-load"):
            state.go_to("views/load.py")


def differences() -> None:
    layout.section(
        "The strongest differences in words",
        "Strongest first, by how sure it is that they are no chance. A click opens the places that were counted.",
    )
    found = state.measure(framing.differences, top=ahead.DIFFERENCES_SHOWN, actors=selection.actors or None)
    if found.empty:
        layout.empty(
            "No difference stands out.",
            "It takes words that one source writes at least twice and another does not. Add articles under Load.",
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
    layout.section("Who is judged, and by which source", f"In {VOICE_NAMES[selection.voice]}.")
    what = figures.colour_shows(figures.COLOURS, key="grid")
    options: dict[str, Any] = {"actors": selection.actors or None, "top": ahead.GRID_ACTORS, "voice": selection.voice}
    if what == "tone":
        measured = state.measure(framing.tone, **options)
    else:
        measured = state.measure(framing.actor_rates, kind=what, **options)
    figure = state.drawn(charts.heat_map, measured, voice=selection.voice, **named(what))
    figures.figure(
        figure, measured, key="grid-figure", pick=lambda data: open_cell(what, data), file_name=f"{what}.csv"
    )


def named(what: str) -> dict[str, str]:
    """How a count is called in the words of the figure; tone names itself."""
    return {} if what == "tone" else {"what": KIND_PLURALS[what]}


def open_cell(what: str, data: list[Any]) -> None:
    actor, source, voice = data[:3]
    name = selection.corpus.tables.actor_names.get(actor, actor)
    if what == "tone":
        margin.pick(PAGE, f"{name} in {source}", "judged", actor=actor, source=source, voice=voice)
    else:
        title = f"{figures.COLOURS[what]} about {name} in {source}"
        margin.pick(PAGE, title, "findings", actor=actor, source=source, voice=voice, kind=what)


def rates() -> None:
    layout.section("How loaded the sources’ own words are", "One dot a source; the line is the interval.")
    measured = state.measure(framing.source_rates, kind="loaded_term", voice=selection.voice)
    figure = state.drawn(charts.rate_dots, measured, voice=selection.voice)
    figures.figure(figure, measured, key="rates-figure", pick=open_source, file_name="loaded-terms.csv")


def over_time() -> None:
    """Only where there is enough to see a line: three periods of one source that are no mere hint."""
    measured = state.measure(framing.over_time, voice=selection.voice)
    if not (measured["enough"].groupby(measured["source"]).sum() >= POINTS).any():
        return
    layout.section("Over time", "By month; the band is the interval, hollow points are too few.")
    events: tuple[tuple[str, str], ...] = ()
    if st.toggle(
        "Mark events", key="events-marked", help="The events that most sources tell, as on the page Same event."
    ):
        events = framing.landmarks(progress.stories(), top=EVENTS_MARKED)
    drawing = state.drawn(charts.timeline, measured, events=events)
    figures.figure(drawing, measured, key="time-figure", file_name="over-time.csv")


def open_source(data: list[Any]) -> None:
    source, voice, kind = data[:3]
    margin.pick(PAGE, f"Loaded terms in {source}", "findings", source=source, voice=voice, kind=kind)


selection = state.current()
lead()
if selection.tables.articles.empty:
    layout.nothing("No article is left.", "Widen the filters in the bar above, or add articles under Load.")
with margin.columns(PAGE, HINT):
    if len(selection.tables.sources) > 1:
        first_look()
        differences()
    else:
        alone()
    rates()
    over_time()
    grid()
