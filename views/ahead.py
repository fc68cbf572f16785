"""What the pages will ask for when they are opened, worked out before they are.

While a reader looks at one page, the measures of the others are made ready in a thread of their own: what most sources
and actors need first, then what the next pages need, last the other voices. Each step waits until no page is being
made, and a visitor who sees other articles by then ends the work on those before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event, Thread
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx

from analysis import framing
from analysis.charts import grids
from analysis.model import VOICES
from views import places, spare_time, state

DIFFERENCES_SHOWN = 8  # on Overview
HEADLINES = 5  # of the event on Overview
LOOKED_THROUGH = 2_000  # articles, for that event; to find the events of more takes longer than a first page may
GRID_ACTORS = 14  # on Overview
COMPARED_ACTORS = 10  # on Compare
TYPICAL_WORDS = 24  # on Sources
OF_AN_ARTICLE = ("loaded_term", "scare_quote", "hedge", "certainty")  # kinds that Read counts

Get = Callable[..., Any]  # takes a measure and its options, gives what it measures

enabled = False  # the server sets it; in tests a page is opened by itself
_done: set[tuple[str, str]] = set()  # key and voice of selections that are everybody's, and ready


def begin(selection: state.Selection) -> None:
    """Work ahead for this visitor, where that is not under way already."""
    before = st.session_state.get("ahead")
    wanted = (selection.key, selection.voice)
    shared = state.everybodys()
    if not enabled or (before and before[0] == wanted) or (shared and wanted in _done):
        return
    if before:
        before[1].set()
    stop = Event()
    st.session_state["ahead"] = (wanted, stop)
    thread = Thread(target=work, args=(selection, shared, stop), daemon=True)
    add_script_run_ctx(thread, get_script_run_ctx())  # what is kept for a visitor alone is kept by the session
    thread.start()


def work(selection: state.Selection, shared: bool, stop: Event) -> None:
    """Take the steps, one after the other, until there is no more or `stop` is set."""
    spare_time.quiet()
    for _ in steps(selection, lambda function, **options: keep(selection, shared, function, **options)):
        spare_time.quiet()
        if stop.is_set():
            return
    if shared:
        _done.add((selection.key, selection.voice))


def keep(selection: state.Selection, shared: bool, function: Callable[..., Any], **options: Any) -> Any:
    """A measure of a selection, from memory or into it."""
    return state.measured(selection.key, selection.tables, function, shared=shared, **options)


def steps(selection: state.Selection, get: Get) -> Iterator[Any]:
    """What each page asks for when it is first opened, in the voice of the selection and then in the others."""
    if selection.tables.articles.empty:
        return
    for voice in (selection.voice, *(voice for voice in VOICES if voice != selection.voice)):
        for page_steps in (overview, read, sources, actors, compare, search):
            yield from page_steps(selection, voice, get)
        if voice == selection.voice:
            yield from events(selection, get)


def overview(selection: state.Selection, voice: str, get: Get) -> Iterator[Any]:
    if len(selection.tables.articles) <= LOOKED_THROUGH:
        yield get(framing.furthest_apart, top=HEADLINES)
    yield get(framing.source_rates, voice=voice)
    yield get(framing.over_time, voice=voice)
    yield get(framing.tone, actors=selection.actors or None, top=GRID_ACTORS, voice=voice)
    yield get(framing.differences, top=DIFFERENCES_SHOWN, actors=selection.actors or None)


def read(selection: state.Selection, voice: str, get: Get) -> Iterator[Any]:
    for kind in OF_AN_ARTICLE:
        yield get(framing.source_rates, kind=kind, voice="narrator")


def compare(selection: state.Selection, voice: str, get: Get) -> Iterator[Any]:
    ranked = most_loaded(selection, get, voice)
    if len(ranked) < 2:
        return
    yield get(framing.tone, actors=selection.actors or None, top=COMPARED_ACTORS, voice=voice)
    yield get(framing.gap, a=ranked[0], b=ranked[-1], voice=voice)
    yield get(framing.marked_elsewhere_plain)
    yield get(framing.speaker_targets)
    actor = most_apart(selection, get, voice)
    if actor:
        yield get(framing.naming, actor=actor)
        yield get(places.judged_by_source, actor=actor, voice=voice)


def search(selection: state.Selection, voice: str, get: Get) -> Iterator[Any]:
    ranked = most_loaded(selection, get, voice)
    if len(ranked) > 1:
        yield get(framing.keyness, source=(ranked[0],), against=tuple(ranked[1:]), voice=voice)


def most_loaded(selection: state.Selection, get: Get, voice: str) -> list[str]:
    """The sources, that with most loaded terms first: the ends of the list make the widest gap."""
    return framing.by_rate(get(framing.source_rates, voice=voice)) or list(selection.tables.sources)


def most_judged(selection: state.Selection, pairs: Any) -> str:
    """Whom Actors shows first: whom the filters name, else the one whom the narrators judge most."""
    names = selection.tables.actor_names
    judged = list(pairs.loc[pairs["voice"] == "narrator", "target"])
    return next((one for one in [*selection.actors, *judged] if one in names), next(iter(names), ""))


def most_apart(selection: state.Selection, get: Get, voice: str) -> str:
    """Whom Compare shows first: the actor of its first figure's title, about whom the sources differ most."""
    measured = get(framing.tone, actors=selection.actors or None, top=COMPARED_ACTORS, voice=voice)
    sure = measured[measured["enough"]]
    found = grids.widest(measured if sure.empty else sure)
    return str(found["actor"].iloc[0]) if len(found) else most_judged(selection, get(framing.speaker_targets))


def actors(selection: state.Selection, voice: str, get: Get) -> Iterator[Any]:
    actor = most_judged(selection, get(framing.speaker_targets))
    if not actor:
        return
    yield get(places.named_in, actor=actor)
    yield get(framing.tone, actors=(actor,), voice=voice)
    yield get(framing.profile, voice=voice, actor=actor)
    yield get(framing.naming, actor=actor)
    yield get(framing.agency, actors=(actor,), voice=voice)
    yield get(framing.reporting_verbs, actors=(actor,))
    yield get(framing.speaker_targets, actor=actor)


def sources(selection: state.Selection, voice: str, get: Get) -> Iterator[Any]:
    ranked = most_loaded(selection, get, "narrator")
    yield get(framing.profile, voice=voice)
    yield get(framing.voice_share)
    yield get(framing.reporting_verbs)
    yield get(framing.marked_elsewhere_plain)
    if len(ranked) > 1:
        other = next(name for name in selection.tables.sources if name != ranked[0])
        yield get(framing.gap, a=ranked[0], b=other, voice=voice)
        yield get(framing.keyness, source=ranked[0], voice=voice, top=TYPICAL_WORDS)


def events(selection: state.Selection, get: Get) -> Iterator[Any]:
    found = get(framing.stories)
    yield found
    tellings = found[(found["story"] == 0) & (found["copy_of"] == "")]
    if len(tellings):
        yield get(framing.lined_up, articles=tuple(tellings["article"]))
