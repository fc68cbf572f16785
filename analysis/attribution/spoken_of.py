"""Pronouns that only attribution can tell: “he added”, and “he” in somebody's words, who is the one other person.

In: what attribution found. Out: the mentions with those of such pronouns. Before attribution nobody knew whose words
they are in or bring, so that they were left silent unless the words themselves name somebody.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Mapping, Sequence
from operator import attrgetter

from analysis.actors.registry import registry
from analysis.model import Actor, Attribution, Mention, Span

_GENDERS = {
    **dict.fromkeys(("he", "him", "his", "himself"), "m"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "f"),
}
_SPEAKING = frozenset({"he", "she", "it", "they"})
_PRONOUNS = re.compile(r"\b(?:" + "|".join(_GENDERS) + r")\b", re.I)
_NEAR = 300  # characters before somebody's words in which the other person stands
_BEGIN = attrgetter("span.start")


def with_spoken_of(
    text: str, actors: Sequence[Actor], mentions: Sequence[Mention], attributions: Sequence[Attribution]
) -> tuple[Mention, ...]:
    """The mentions, in the order of the text, with those pronouns in marks that can mean only one person."""
    people = {actor.id: actor for actor in actors if actor.kind == "person" and actor.named}
    placed = sorted(mentions, key=_BEGIN)
    known = [m for m in placed if m.actor in people]  # in order; grows
    starts = {m.span.start for m in placed}
    genders = _told(text, people, known)
    added = _speaking(text, actors, attributions, starts, genders)
    known = sorted((*known, *(m for m in added if m.actor in people)), key=_BEGIN)
    for said in attributions:
        if said.kind == "indirect" or said.speaker is None:
            continue
        for found in _PRONOUNS.finditer(text, said.content.start, said.content.end):
            if found.start() in starts:
                continue
            actor = _other(known, said, found.start(), _GENDERS[found.group().lower()], genders)
            if actor is not None:
                mention = Mention(Span(*found.span()), actor, "pronoun")
                insort(known, mention, key=_BEGIN)
                added.append(mention)
                starts.add(found.start())
    return tuple(sorted((*mentions, *added), key=attrgetter("span"))) if added else tuple(mentions)


def _speaking(
    text: str,
    actors: Sequence[Actor],
    attributions: Sequence[Attribution],
    starts: set[int],
    genders: Mapping[str, str],
) -> list[Mention]:
    """“…,” he added: the pronouns that name a speaker, where none was found before it was known who speaks."""
    able = {actor.id for actor in actors if actor.named or actor.kind == "person"}
    found = []
    for said in attributions:
        if said.source is None or said.speaker is None or "; " in said.speaker or said.source.start in starts:
            continue
        word = said.source.of(text).lower()
        gender = _GENDERS.get(word, "")
        if (
            word in _SPEAKING
            and said.speaker in able
            and (not gender or genders.get(said.speaker) in (gender, "", None))
        ):
            found.append(Mention(said.source, said.speaker, "pronoun"))
            starts.add(said.source.start)
    return found


def _told(text: str, people: Mapping[str, Actor], known: Sequence[Mention]) -> dict[str, str]:
    """Of the persons whose gender a pronoun or the given name tells."""
    given = registry().given
    genders = {id_: given.get(actor.name.split()[0], "") for id_, actor in people.items()}
    for id_, actor in people.items():
        listed = {one.gender for one in registry().leaders.get(actor.name.lower().split()[-1], ())}
        if not genders[id_] and len(listed) == 1:
            genders[id_] = listed.pop()
    for mention in known:
        if mention.form == "pronoun" and (told := _GENDERS.get(mention.span.of(text).lower())):
            genders[mention.actor] = told
    return genders


def _other(known: Sequence[Mention], said: Attribution, at: int, gender: str, genders: Mapping[str, str]) -> str | None:
    """The one person other than who speaks, named in these words or else shortly before them."""
    end = bisect_left(known, at, key=_BEGIN)
    speakers = (said.speaker or "").split("; ")
    for first in (said.content.start, said.content.start - _NEAR):
        near = known[bisect_left(known, first, key=_BEGIN) : end]
        fitting = {m.actor for m in near if m.actor not in speakers and genders.get(m.actor) in (gender, "")}
        if fitting:
            return fitting.pop() if len(fitting) == 1 else None
    return None
