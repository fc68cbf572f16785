"""Compare: the same actor in every source, side by side; the words, gaps and marks in which the sources differ."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis import charts, framing
from views import ahead, figures, frame, handout, layout, margin, marked, of_actor, places, progress, reader, state
from views.words import KIND_PLURALS, VOICE_NAMES, count, listing, show

PAGE = "compare"
SIDE_BY_SIDE = 4  # sources at first: one row on a laptop
SENTENCES = 4  # in each column at first
CONTENTS = {
    "grid": "Who is framed how",
    "side": "Side by side",
    "naming": "What they call them",
    "gap": "The gap, word by word",
    "speakers": "Who frames whom",
    "marks": "In marks here, without there",
}
HINT = "Click a bar, a cell or a line of words, and the sentences behind it stand here."


def grid() -> None:
    layout.section(
        "Who is framed how, source by source",
        f"In {VOICE_NAMES[selection.voice]}. A click on a square leads to the sentences of all sources, side by side.",
        part="grid",
    )
    what = figures.colour_shows(figures.COLOURS, key="compare-grid")
    options: dict[str, Any] = {
        "actors": selection.actors or None,
        "top": ahead.COMPARED_ACTORS,
        "voice": selection.voice,
    }
    if what == "tone":
        measured = state.measure(framing.tone, **options)
        drawing = state.drawn(charts.evidence_grid, measured, voice=selection.voice)
    else:
        measured = state.measure(framing.actor_rates, kind=what, **options)
        drawing = state.drawn(charts.evidence_grid, measured, voice=selection.voice, what=KIND_PLURALS[what])
    figures.figure(drawing, measured, key="compare-figure", pick=open_cell, leads="side", file_name=f"{what}.csv")


def open_cell(data: list[Any]) -> None:
    st.session_state["whom"], st.session_state["compare-source"] = data[0], data[1]


def side_by_side(head: Any) -> None:
    """The sentences about one actor, a column a source; the source that was clicked first. `head` holds the title."""
    first = st.session_state.get("compare-source")
    sources = sorted(selection.tables.sources, key=lambda source: source != first)
    by_source = state.measure(places.judged_by_source, actor=actor, voice=selection.voice)
    found = [source for source in sources if source in by_source]
    with head:
        layout.section(
            f"{names[actor]}, side by side",
            f"The sentences that judge {names[actor]} in {VOICE_NAMES[selection.voice]}, strongest first, then those "
            "that only mention it.",
            part="side",
        )
    if not found:
        layout.empty(
            f"Nobody mentions {names[actor]} in {VOICE_NAMES[selection.voice]}.",
            "Choose another voice in the bar above, or another square.",
        )
        return
    whole = f"all:side:{actor}"
    shown = found if st.session_state.get(whole) else most_telling(found, by_source)
    sides = [one_side(source, *by_source[source]) for source in shown]

    def all_of_one() -> None:
        st.session_state[f"all:side:{actor}:{shown[int(st.session_state['side']['more'])]}"] = True

    opened = reader.beside([side for side, _ in sides], key="side", on_more=all_of_one)
    margin.follow([sentence for _, few in sides for sentence in few], opened)
    if len(shown) < len(found):
        st.button(
            f"Show {count(len(found) - len(shown), 'more source')}",
            key="side-rest",
            help="A click on a square brings its source to the front.",
            on_click=st.session_state.update,
            kwargs={whole: True},
        )
    silent = [source for source in sources if source not in by_source]
    if silent:
        words = f"Without a sentence about {names[actor]} in {VOICE_NAMES[selection.voice]}: {listing(silent)}."
        show('<p class="quiet">{words}</p>', words=words)


def most_telling(found: list[str], by_source: dict[str, tuple[pd.DataFrame, str]]) -> list[str]:
    """As many sources as stand in one row: the one that was clicked, then those that judge most; in their order."""
    judging = {source: int((by_source[source][0]["valence"] != 0).sum()) for source in found}
    clicked = st.session_state.get("compare-source")
    ranked = sorted(found, key=lambda source: (source != clicked, -judging[source]))[:SIDE_BY_SIDE]
    return [source for source in found if source in ranked]


def one_side(source: str, rows: pd.DataFrame, note: str) -> tuple[dict[str, Any], list[list[dict[str, Any]]]]:
    """One column as `reader.beside` takes it, and its sentences: those of a source, the first few at first."""
    told = margin.count_sentences(rows)
    few = margin.by_sentence(rows, None if st.session_state.get(f"all:side:{actor}:{source}") else SENTENCES)
    # The head of the column names the source, that of the section actor and voice.
    lines = [margin.line(sentence, brief=True) | {"source": ""} for sentence in few]
    more = f"Show all {told} sentences" if told > len(few) else ""
    return {"head": source, "note": note, "rows": lines, "more": more}, few


def gap() -> None:
    layout.section(
        "The gap between two sources, word by word",
        "Which terms make it, and what it would be with each of them left out.",
        part="gap",
    )
    ranked = ahead.most_loaded(selection, state.measure, selection.voice)
    with st.container(horizontal=True, vertical_alignment="bottom", key="gap-choices"):
        a = st.selectbox("Source", ranked, key="gap-a", bind="query-params", width=240)
        others = [source for source in ranked if source != a]
        b = st.selectbox("Against", others, len(others) - 1, key="gap-b", bind="query-params", width=240)
        kind = st.segmented_control(
            "Counted", ["loaded_term", "scare_quote", "hedge", "certainty"], default="loaded_term", required=True,
            format_func=lambda kind: KIND_PLURALS[kind].capitalize(), key="gap-kind", bind="query-params",
        )  # fmt: skip
    opened = state.measure(framing.gap, a=a, b=b, voice=selection.voice, kind=kind)
    drawing = state.drawn(charts.gap_bars, opened)
    figures.figure(
        drawing,
        opened.terms,
        key="compare-gap",
        pick=lambda data: margin.pick(
            PAGE, f"“{data[0]}”", "findings", term=data[0], kind=kind, voice=selection.voice, sources=(a, b)
        ),
        file_name="gap.csv",
    )


def who_frames_whom() -> None:
    note = "The narrator judges in the figures above; here are those who speak in the articles."
    layout.section("Who frames whom", f"Rows speak, columns are spoken about. {note}", part="speakers")
    if not of_actor.judged_by_speakers(PAGE, state.measure(framing.speaker_targets)):
        layout.empty(
            "Nobody who is quoted or retold judges anybody by name.", "It takes a judging word that is about an actor."
        )


def in_marks() -> None:
    layout.section(
        "In quotation marks here, without there",
        "Words from which one source keeps a distance, and which another writes as its own.",
        part="marks",
    )
    found = state.measure(framing.marked_elsewhere_plain)
    if found.empty:
        layout.empty(
            "No word is marked in one source and plain in another.",
            "It takes two sources and a word that one of them sets in scare quotes. Add articles under Load.",
        )
        return
    marked.lines(found, page=PAGE)
    with st.expander("All of them, and a download", key="compare-marked-all", on_change="rerun") as all_of_them:
        if all_of_them.open:
            figures.table(found, key="compare-marked-table", file_name="marked-and-plain.csv")


def of_event() -> str:
    """Where the address names a telling of an event, only its tellings are compared; returns its headline."""
    named = st.query_params.get("telling", "")
    found = progress.stories() if named else None
    if found is None or named not in set(found["article"]):
        return ""
    told = found[(found["story"] == found.set_index("article").loc[named, "story"]) & (found["copy_of"] == "")]
    state.narrow(list(told["article"]))
    return str(told["title"].iloc[0]) or "an event without a headline"


def all_again() -> None:
    st.query_params.pop("telling", None)


event = of_event()
selection = state.current()
names = selection.tables.actor_names
layout.head(
    "The same thing, told by several",
    "Compare the sources",
    (f"On one event, “{event}”: " if event else "") + frame.standing(selection) + ".",
)
if event:
    st.button("Compare all articles", key="all-again", type="tertiary", on_click=all_again)
if len(selection.tables.sources) < 2:
    layout.nothing(
        "There is nothing to compare with.",
        "It takes articles of two sources. Choose another story, widen the filters above, or add articles under Load.",
    )
reports = [selection.corpus.reports[article] for article in selection.tables.articles["article"].head(handout.MOST + 1)]
handout.offer(reports)
if names:
    layout.contents(CONTENTS)
    grid()
    offered = list(names)[: frame.ACTORS_OFFERED]
    whom = st.session_state.get("whom")
    if whom not in names:
        st.session_state["whom"] = ahead.most_apart(selection, state.measure, selection.voice)
    elif whom not in offered:
        offered.append(whom)
    head = st.container()
    actor = st.selectbox("Actor", offered, format_func=names.__getitem__, key="whom", bind="query-params", width=320)
    side_by_side(head)
else:
    layout.empty("No actor was found in these articles.", "The words below need none.")
with margin.columns(PAGE, HINT):
    if names:
        of_actor.called(PAGE, actor, part="naming")
    gap()
    who_frames_whom()
    in_marks()
