"""Actors: one actor through all sources: how it is judged and called, how much it speaks, how that is told."""

from __future__ import annotations

from typing import Any

import streamlit as st

from analysis import charts, framing
from analysis.charts.stacks import AGENCY_WORDS
from analysis.written import capital, category
from views import ahead, figures, frame, layout, margin, of_actor, places, state
from views.words import VOICE_NAMES, count, show

PAGE = "actors"
CONTENTS = {
    "judged": "Judged how",
    "called": "Called what",
    "does": "Doing or done to",
    "heard": "Heard how",
    "judges": "Judging whom",
}
HINT = (
    "Click a dot or a bar to read the sentences behind it. Words set against the actor are orange, words in its favour "
    "blue; the sign beside the number says the same."
)


def choose_actor(names: dict[str, str]) -> str:
    first = ahead.most_judged(selection, state.measure(framing.speaker_targets))
    return st.session_state["bar"].selectbox(
        "Actor",
        list(names),
        list(names).index(first),
        format_func=names.__getitem__,
        key="who",
        bind="query-params",
        help="Sorted by mentions; the page opens with the one whom the articles judge most. Type to search.",
    )


def judged() -> None:
    layout.section(f"How {name} is judged", f"In {VOICE_NAMES[selection.voice]}, source by source.", part="judged")
    tone = state.measure(framing.tone, actors=(actor,), voice=selection.voice)
    figures.figure(
        state.drawn(charts.tone_dots, tone, voice=selection.voice),
        tone,
        key="actor-tone",
        pick=lambda data: margin.pick(
            PAGE, f"{name} in {data[1]}", "judged", actor=actor, source=data[1], voice=selection.voice
        ),
        file_name="tone.csv",
    )
    profile = state.measure(framing.profile, voice=selection.voice, actor=actor)
    if profile["n_events"].sum() < framing.MIN_MENTIONS:
        words = f"Too few loaded terms are about {name} to tell their kinds apart."
        show('<p class="quiet">{words}</p>', words=words)
        return
    figures.figure(
        state.drawn(charts.profile_map, profile),
        profile,
        key="actor-profile",
        pick=lambda data: margin.pick(
            PAGE,
            f"{capital(category(data[0]))}: about {name} in {data[1]}",
            "findings",
            actor=actor,
            source=data[1],
            category=data[0],
            voice=selection.voice,
            kind="loaded_term",
        ),
        file_name="categories.csv",
    )


def does() -> None:
    layout.section(
        f"What {name} does and undergoes",
        "“Police fired”, “shots were fired by police”, “shots were fired”: who is shown as the doer.",
        part="does",
    )
    measured = state.measure(framing.agency, actors=(actor,), voice=selection.voice)
    figures.figure(
        state.drawn(charts.agency_bars, measured, name=name, voice=selection.voice),
        measured,
        key="actor-agency",
        pick=open_act,
        file_name="agency.csv",
    )


def open_act(data: list[Any]) -> None:
    _, source, voice, role = data[:4]
    title = f"{name} {AGENCY_WORDS[role]}, in {source}"
    margin.pick(PAGE, title, "acts", actor=actor, source=source, voice=voice, role=role)


def speaks() -> None:
    layout.section(
        f"How {name} is heard", "Verbs that introduce the words: some vouch for them, some doubt them.", part="heard"
    )
    verbs = state.measure(framing.reporting_verbs, actors=(actor,))
    figures.figure(
        state.drawn(charts.verb_bars, verbs),
        verbs,
        key="actor-verbs",
        pick=lambda data: margin.pick(
            PAGE, f"{name} quoted in {data[1]}: {data[2]} verbs", "cues", speaker=actor, source=data[1], stance=data[2]
        ),
        file_name="reporting-verbs.csv",
    )


def judges() -> None:
    layout.section(f"Whom {name} judges, and who judges {name}", "Rows speak, columns are spoken about.", part="judges")
    if not of_actor.judged_by_speakers(PAGE, state.measure(framing.speaker_targets, actor=actor)):
        layout.empty(
            f"Nobody is quoted judging {name}, nor {name} judging anybody.",
            "The narrators’ own judgements stand in the first figure of this page.",
        )


selection = state.current()
names = selection.tables.actor_names
if not names:
    layout.head("One actor through all sources", "Nobody is named here", frame.standing(selection) + ".")
    layout.nothing("No actor was found in these articles.", "Choose another story in the bar above, or add articles.")
actor = choose_actor(names)
name = names[actor]
named = state.measure(places.named_in, actor=actor)
layout.head(
    "One actor through all sources",
    name,
    f"Named in {count(named['article'].nunique(), 'article')} of {count(named['source'].nunique(), 'source')}.",
)
layout.contents(CONTENTS)
with margin.columns(PAGE, HINT):
    judged()
    of_actor.called(PAGE, actor, part="called")
    does()
    speaks()
    judges()
