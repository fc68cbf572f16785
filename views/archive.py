"""Archive: a folder of tables too large for memory, asked by DuckDB: rates, time, actors, words, and the places behind.

`streamlit run dashboard.py -- --tables FOLDER` opens it; `python -m analysis batch` and `index` make the folder.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from analysis import charts
from analysis.batch.output import RECORD
from analysis.model import VOICES
from analysis.warehouse import Base, index, measures, search
from views import margin, parts, reader, state
from views.words import KIND_PLURALS, VOICE_LABELS, VOICE_NAMES, count, plain, show

PAGE = "archive"
FOLDER = "archive-folder"  # where the frame of the dashboard leaves the folder
SOURCES = 12  # shown at first
ACTORS = 10
OFFERED = 300  # actors in the menu
KEPT = 256  # answers
CONTEXT = 160  # characters on either side of a hit
KINDS = ("loaded_term", "scare_quote", "hedge", "certainty", "reporting_verb")
TONE = "tone"
HINT = "Click a dot, a cell or a bar to read the places behind it: the first of them, in the order of the articles."
FINDERS = {"findings": search.findings, "lines": search.lines}


@st.cache_resource(show_spinner=False, max_entries=4)
def opened(folder: str, stamp: int) -> Base:
    """The open index; `stamp` changes when it is made anew."""
    return Base(folder)


@st.cache_data(show_spinner=False, max_entries=KEPT)
def answered(folder: str, stamp: int, name: str, options: tuple[tuple[str, Any], ...]) -> pd.DataFrame:
    """A measure or search of the archive by its name, worked out once for all visitors: the archive is the server's."""
    given = {key: list(value) if isinstance(value, tuple) else value for key, value in options}
    function = FINDERS.get(name) or {"words": search.words}.get(name) or getattr(measures, name)
    frame: pd.DataFrame = function(opened(folder, stamp), **given)
    return frame


def ask(name: str, **options: Any) -> pd.DataFrame:
    given = {key: tuple(value) if isinstance(value, list) else value for key, value in options.items()}
    return answered(folder, stamp, name, tuple(sorted(given.items())))


def pick(title: str, name: str, **options: Any) -> None:
    """Remember what was clicked; `show_places` finds it."""
    st.session_state[f"pick:{PAGE}"] = (title, name, options)


def show_places() -> None:
    """The places behind what was clicked, beside the figures."""
    chosen = st.session_state.get(f"pick:{PAGE}")
    if chosen is None:
        show('<div class="margin-hint"><h2>In the margin</h2><p>{hint}</p></div>', hint=HINT)
        return
    title, name, options = chosen
    found = ask(name, **options)
    with st.container(key="margin-sheet"):
        with st.container(
            horizontal=True, vertical_alignment="top", horizontal_alignment="distribute", key="margin-head"
        ):
            more = "the first " if len(found) == search.LINES else ""
            show(
                '<div class="margin-head"><h2>{title}</h2><p>{note}</p></div>',
                title=title,
                note=more + count(len(found), "place"),
            )
            if st.button("Close", key=f"close:{PAGE}", type="tertiary"):
                st.session_state.pop(f"pick:{PAGE}", None)
                st.session_state.pop("outlined", None)
                st.rerun()
        if found.empty:
            show('<p class="quiet">{words}</p>', words="No place here.")
            return
        reader.lines([line(row) for row in found.to_dict("records")], key="archive-places", opens=False)


def line(row: dict[str, Any]) -> dict[str, Any]:
    """A place as the component takes it; the headline stands for the article, whose text is not kept."""
    return {
        "source": row["source"],
        "note": row["title"],
        "left": " ".join(row["left"].split("\n"))[-CONTEXT:],
        "match": " ".join(row["match"].split()),
        "right": " ".join(row["right"].split("\n"))[:CONTEXT],
        "voice": row["voice"],
    }


def lead() -> None:
    standing = base.standing
    days = standing[["first", "last"]].dropna()
    when = f", {days['first'].min():%B %Y} to {days['last'].max():%B %Y}" if len(days) else ""
    parts.head("An archive", Path(folder).name, f"{count(len(standing), 'source')}{when}, read where they lie.")
    parts.facts(
        [
            ("articles", f"{standing['articles'].sum():,}"),
            ("words", f"{standing['words'].sum():,}"),
            ("sources", f"{len(standing):,}"),
        ]
    )


def choose() -> tuple[str, str, list[str]]:
    """What is counted, in which voice, and the sources that the figures show."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="bar", gap="small"):
        kind = st.selectbox(
            "Count", KINDS, format_func=lambda one: KIND_PLURALS[one].capitalize(), key="archive-kind", width=220
        )
        voice = st.segmented_control(
            "Voice",
            VOICES,
            default="narrator",
            required=True,
            format_func=VOICE_LABELS.__getitem__,
            key="archive-voice",
        )
        chosen = st.multiselect(
            "Sources",
            base.sources,
            key="archive-sources",
            placeholder=f"The {min(SOURCES, len(base.sources))} with most articles",
            select_all=False,
            width=360,
        )
    return kind, voice or "narrator", chosen or list(base.sources[:SOURCES])


def rates() -> None:
    parts.section("How often", f"One dot a source, in {VOICE_NAMES[voice]}; the line is the interval.")
    found = of_sources(ask("source_rates", kind=kind, voice=voice))
    parts.figure(
        state.drawn(charts.rate_dots, found, voice=voice),
        found,
        key="archive-rates",
        pick=lambda data: pick(
            f"{KIND_PLURALS[data[2]].capitalize()} in {data[0]}",
            "findings",
            source=data[0],
            voice=data[1],
            kind=data[2],
        ),
        file_name="rates.csv",
    )


def time() -> None:
    found = of_sources(ask("over_time", kind=kind, voice=voice))
    if found["period"].nunique() < 2:
        return
    parts.section("Over time", "By month; the band is the interval, hollow points are too few.")
    drawing = state.drawn(charts.timeline, found, what=KIND_PLURALS[kind])
    parts.figure(drawing, found, key="archive-time", file_name="over-time.csv")


def grid() -> None:
    parts.section("Who is judged, and by which source", f"In {VOICE_NAMES[voice]}.")
    offered = base.actors(OFFERED)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        what = st.segmented_control(
            "Colour shows", (TONE, kind), default=TONE, required=True, key="archive-colour",
            format_func=lambda one: "Tone" if one == TONE else KIND_PLURALS[one].capitalize(),
        )  # fmt: skip
        actors = st.multiselect(
            "Actors",
            list(offered),
            format_func=lambda actor: plain(offered[actor]),
            key="archive-actors",
            placeholder=f"The {min(ACTORS, len(offered))} most named",
            select_all=False,
            width=420,
        )
    actors = actors or list(offered)[:ACTORS]
    if not actors:
        parts.empty("Nobody is named in these articles.", "The other figures need no names.")
        return
    counted = {} if what == TONE else {"kind": kind}
    found = of_sources(ask("tone" if what == TONE else "actor_rates", actors=actors, voice=voice, **counted))
    named = {} if what == TONE else {"what": KIND_PLURALS[kind]}
    parts.figure(
        state.drawn(charts.heat_map, found, voice=voice, **named),
        found,
        key="archive-grid",
        pick=lambda data: pick(
            f"{KIND_PLURALS[kind].capitalize()} about {offered.get(data[0], data[0])} in {data[1]}",
            "findings", source=data[1], voice=data[2], kind=kind, actor=data[0],
        ),
        file_name="actors.csv",
    )  # fmt: skip


def words() -> None:
    parts.section("A word", "How often each source writes it, and where. A star stands for any letters: regim*.")
    with st.container(horizontal=True, vertical_alignment="bottom", key="ask"):
        query = st.text_input(
            "Word or words", key="archive-q", max_chars=200, width=340, placeholder="regime, so-called"
        )
        lemmas = st.toggle("All forms", key="archive-forms", help="“say” also finds says, said and saying.")
    if not query.strip():
        return
    try:
        found = of_sources(ask("words", query=query.strip(), lemmas=lemmas, voice=voice))
    except ValueError as error:
        parts.empty("This cannot be searched for.", str(error))
        return
    if not found["n_events"].sum():
        parts.empty(f"“{query}” stands nowhere in {VOICE_NAMES[voice]}.", "Try a star, another voice or other sources.")
        return
    named = found.assign(voice=voice, kind=f"“{query.strip()}”")
    parts.figure(
        state.drawn(charts.rate_dots, named, voice=voice),
        found,
        key="archive-words",
        pick=lambda data: pick(
            f"“{query.strip()}” in {data[0]}", "lines", query=query.strip(), lemmas=lemmas, voice=voice, source=data[0]
        ),
        file_name="words.csv",
    )


def of_sources(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["source"].isin(chosen)].reset_index(drop=True)


folder = str(st.session_state[FOLDER])
try:
    index.fresh(folder)
    record = Path(folder) / index.HOME / RECORD
    stamp = record.stat().st_mtime_ns if record.exists() else 0
    base = opened(folder, stamp)
except ValueError as error:
    parts.head("An archive", "This folder cannot be opened", str(error))
    parts.empty(
        "An archive is a folder of tables with an index.",
        "Make the tables with `python -m analysis batch INPUT --out FOLDER`, then `python -m analysis index FOLDER`, "
        "and reload this page.",
    )
    st.stop()
kind, voice, chosen = choose()
lead()
main, side = st.columns(margin.WIDTHS, gap="large")
with main:
    rates()
    time()
    grid()
    words()
with side, st.container(key="margin"):
    show_places()
