"""Groups without a name among those who speak without one: “protesters” beside “angry protesters” who said something.

In: what attribution found, which did not look at these groups, and their mentions. Out: the same with them, each group
one actor where the text has no more than one that speaks and is called so.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import TypeVar

from analysis.attribution.source_words import DESCRIBED, upto
from analysis.model import Actor, Attribution, Mention, Quote

Spoken = TypeVar("Spoken", Attribution, Quote)


def split(mentions: Sequence[Mention]) -> tuple[list[Mention], list[Mention]]:
    """The mentions that attribution looks at, and the nouns of groups without a name."""
    bands = [m for m in mentions if m.form == "role" and m.actor.startswith("unnamed:")]
    hidden = set(map(id, bands))
    return [m for m in mentions if id(m) not in hidden], bands


def joined(
    text: str, actors: Sequence[Actor], mentions: Sequence[Mention], bands: Sequence[Mention]
) -> tuple[tuple[Actor, ...], tuple[Mention, ...], dict[str, str]]:
    """Actors and mentions with the groups, and which group was taken for which speaker, by their ids."""
    seen = sorted(mentions, key=attrgetter("span"))
    free: list[Mention] = []
    heard: dict[str, set[str]] = defaultdict(set)
    for band in bands:
        at = bisect_left(seen, band.span.end, key=attrgetter("span.start")) - 1
        over = seen[at] if at >= 0 and seen[at].span.end > band.span.start else None
        if over is None:
            free.append(band)
        elif over.actor.startswith("unnamed:") and _calls(over.span.of(text), band.span.of(text)):
            heard[band.actor].add(over.actor)
    one = {band: next(iter(speakers)) for band, speakers in heard.items() if len(speakers) == 1}
    same = {band: speaker for band, speaker in one.items() if band != speaker}
    found = [replace(m, actor=same[m.actor]) if m.actor in same else m for m in (*seen, *free)]
    mentioned = {m.actor for m in found} | {actor.id for actor in actors if not actor.id.startswith("unnamed:")}
    lone = {band.actor for band in bands} - mentioned
    kept = tuple(actor for actor in actors if actor.id not in lone)
    return kept, tuple(sorted(found, key=attrgetter("span"))), same


def _calls(phrase: str, group: str) -> bool:
    """Whether a speaker is a group by its noun: “critics of the plan”, “angry critics”; not “thousands of critics”."""
    return upto(DESCRIBED, phrase).rstrip().endswith(group)


def renamed(spoken: Sequence[Spoken], same: Mapping[str, str]) -> tuple[Spoken, ...]:
    """Attributions or quotes with the speakers as they are called now."""
    return tuple(
        replace(one, speaker="; ".join(same.get(part, part) for part in one.speaker.split("; ")))
        if one.speaker is not None and not same.keys().isdisjoint(one.speaker.split("; "))
        else one
        for one in spoken
    )
