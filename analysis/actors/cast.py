"""The people, countries and bodies of one article while it is being read: who is who, and what each is called.

In: a `View` and its `Name`s. Out: a `Cast`, which later steps (roles, pronouns) ask and add to.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from analysis.actors.registry import Entry, same_roles
from analysis.actors.view import View
from analysis.model import Actor, ActorKind, Mention, MentionForm

_RULERS = {
    "president",
    "prime minister",
    "chancellor",
    "leader",
    "king",
    "queen",
    "premier",
    "counterpart",
    "supreme leader",
}
_UNSPLIT = {
    "ø": "o",
    "Ø": "O",
    "ß": "ss",
    "ł": "l",
    "Ł": "L",
    "æ": "ae",
    "Æ": "Ae",
    "œ": "oe",
    "đ": "d",
    "ı": "i",
    "þ": "th",
}


@lru_cache(maxsize=1 << 14)  # names; a member is asked for its id at every mention
def slug(name: str) -> str:
    """The id of a named actor: lower-case ASCII words joined by "-"; “Viktor Orbán” is viktor-orban.

    Names without any Latin letter keep theirs, so that two of them are never one.
    """
    plain = unicodedata.normalize("NFKD", "".join(_UNSPLIT.get(c, c) for c in name))
    ascii_words = re.findall(r"[a-z0-9]+", re.sub(r"['’.]", "", plain).encode("ascii", "ignore").decode().lower())
    return "-".join(ascii_words) or "-".join(re.findall(r"\w+", name.lower())) or "unknown"


@dataclass(slots=True, eq=False)
class Member:
    """One actor in the making. `codes`: countries it belongs to; `roles`: what the article says it is."""

    kind: ActorKind
    name: str
    key: str = ""
    forms: list[tuple[str, ...]] = field(default_factory=list)
    gender: str = ""
    codes: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    age: str = ""
    entry: Entry | None = None
    plural: bool = False

    @property
    def id(self) -> str:
        """The same in every article: a listed body or leader by its listed name, a person without middle initials."""
        if self.key or self.kind != "person":
            return slug(self.key or self.name)
        first, *rest = self.name.split()
        return slug(" ".join([first, *(w for w in rest if not (len(w) == 2 and w[1] == "."))]))

    @property
    def rules(self) -> bool:
        """Whether this person leads a state: whom “the two leaders” may mean."""
        return bool(self.roles & _RULERS)

    def is_a(self, role: str) -> bool:
        """Whether the article has given this person the role, or one that news takes for the same."""
        return role in self.roles or any(role in same_roles(own) for own in self.roles)


@dataclass(slots=True)
class Place:
    """One mention while it is being collected: tokens [start, end), who, and how."""

    start: int
    end: int
    member: Member
    form: MentionForm
    subject: bool = False


class Cast:
    """All members and mentions so far; tokens belong to at most one stretch."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.members: list[Member] = []
        self.places: list[Place] = []
        self.owner: list[int] = [0] * len(view.words)  # 1 + index of the place that covers a token
        self._by_code: dict[str, Member] = {}

    def add(self, member: Member) -> Member:
        self.members.append(member)
        return member

    def country(self, entry: Entry) -> Member:
        """The member for a country, made on first use."""
        found = self._by_code.get(entry.code)
        if found is None:
            found = Member("country", entry.actor, codes={entry.code}, entry=entry)
            self._by_code[entry.code] = self.add(found)
        return found

    def put(self, start: int, end: int, members: Iterable[Member], form: MentionForm, *, over: bool = False) -> bool:
        """Record a mention (several members share a stretch: “the two leaders”). `over` replaces what lies beneath."""
        members = list(members)
        if start >= end or not members:
            return False
        if any(self.owner[start:end]):
            if not over:
                return False
            self.clear(start, end)
        for member in members:
            self.places.append(Place(start, end, member, form))
        self.owner[start:end] = [len(self.places)] * (end - start)
        return True

    def clear(self, start: int, end: int) -> None:
        """Drop the mentions that touch tokens [start, end)."""
        hit = {(p.start, p.end) for p in self.places if p.start < end and start < p.end}
        if not hit:
            return
        self.places = [p for p in self.places if (p.start, p.end) not in hit]
        self.owner = [0] * len(self.owner)
        for n, p in enumerate(self.places, 1):
            self.owner[p.start : p.end] = [n] * (p.end - p.start)

    def before(self, token: int, *, sentences: int = 10**6) -> list[Place]:
        """Mentions that begin before `token`, the latest first, reaching back so many sentences."""
        floor = self.view.sent[token] - sentences if token < len(self.view.sent) else 0
        found = [p for p in self.places if p.start < token and self.view.sent[p.start] >= floor]
        return sorted(found, key=lambda p: (-p.start, p.end))

    def finish(self) -> tuple[tuple[Actor, ...], tuple[Mention, ...]]:
        """Actors in the order of their first mention, mentions in the order of the text."""
        view = self.view
        ids = {member: member.id for member in {p.member for p in self.places}}
        order = sorted([(p.start, p.end, ids[p.member], n) for n, p in enumerate(self.places)])
        actors: dict[str, Actor] = {}
        mentions: list[Mention] = []
        latest: list[tuple[int, int, str, MentionForm]] = []
        for start, end, actor, n in order:
            place = self.places[n]
            one = (start, end, actor, place.form)
            if view.text[view.starts[start] : view.ends[end - 1]].isspace():
                continue
            if actor not in actors:
                actors[actor] = Actor(actor, place.member.name, place.member.kind)
            if one not in latest[-3:]:
                latest.append(one)
                mentions.append(Mention(view.span(start, end), actor, place.form))
        return tuple(actors.values()), tuple(mentions)
