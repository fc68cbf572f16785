"""The people, countries and bodies of one article while it is being read: who is who, and what each is called.

In: a `View` and its `Name`s. Out: a `Cast`, which later steps (roles, pronouns) ask and add to.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from analysis.actors.registry import Entry, same_roles
from analysis.actors.token_view import View
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

MOSTLY = 3  # times as often as any other of the same office, from which on an article is about somebody


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
    placed: bool = False  # the article says of which country: “Chinese President Xi Jinping”
    titled: bool = False
    unnamed: bool = False  # a group that is only called by a noun

    @property
    def id(self) -> str:
        """The same in every article: a listed body or leader by its listed name, a person without middle initials."""
        if self.unnamed:
            return f"unnamed:{slug(self.name)}"
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
    """All members and mentions so far; tokens belong to at most one stretch.

    What is asked of the mentions is looked up by where they stand or by whom they mean: a text may hold thousands.
    """

    def __init__(self, view: View) -> None:
        self.view = view
        self.members: list[Member] = []
        self.owner: list[int] = [0] * len(view.words)  # 1 + the first token of the stretch that covers a token
        self._at: dict[int, list[Place]] = {}  # the mentions by their first token: those of one stretch
        self._starts: list[int] = []  # the first tokens of all stretches, in order
        self._ends: dict[int, int] = {}  # the token behind a stretch -> its first
        self._met: dict[Member, list[int]] = defaultdict(list)  # where the stretches of a member begin, in order
        self._lands: Counter[Member] = Counter()  # countries that act somewhere, and how often
        self._by_code: dict[str, Member] = {}
        self.unnamed: dict[str, int] = {}  # roles, and where “a diplomat” whom nothing names was met last
        self.spoken_for: Member | None = None  # whose spokesman was met last
        self.led: dict[str, Member] = {}  # bodies called after who leads them, by their keys

    @property
    def places(self) -> list[Place]:
        """The mentions in the order of the text; those that share a stretch in the order in which they were put."""
        return [place for start in self._starts for place in self._at[start]]

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
        self._at[start] = [Place(start, end, member, form) for member in members]
        insort(self._starts, start)
        self._ends[end] = start
        for member in members:
            insort(self._met[member], start)
            if member.kind == "country" and form != "place":
                self._lands[member] += 1
        self.owner[start:end] = [start + 1] * (end - start)
        return True

    def clear(self, start: int, end: int) -> None:
        """Drop the mentions that touch tokens [start, end)."""
        for first in {owner - 1 for owner in self.owner[start:end] if owner}:
            dropped = self._at.pop(first)
            last = dropped[0].end
            del self._starts[bisect_left(self._starts, first)], self._ends[last]
            for place in dropped:
                self._met[place.member].remove(first)
                if place.member.kind == "country" and place.form != "place":
                    self._lands[place.member] -= 1
            self.owner[first:last] = [0] * (last - first)

    def meet(self, member: Member, token: int) -> None:
        """Note that a member is known from a token on, without a mention of its own."""
        insort(self._met[member], token)

    def beginning(self, token: int) -> list[Place]:
        """The mentions whose stretch begins at a token."""
        return self._at.get(token, [])

    def ending(self, token: int) -> list[Place]:
        """The mentions whose stretch ends before a token."""
        return self._at[self._ends[token]] if token in self._ends else []

    def before(self, token: int, sentences: int) -> Iterator[Place]:
        """Mentions that begin before `token`, the latest first, reaching back so many sentences."""
        sent = self.view.sent
        for at in range(bisect_left(self._starts, token) - 1, -1, -1):
            start = self._starts[at]
            if sent[start] < sent[token] - sentences:
                return
            yield from self._at[start]

    def latest(self, member: Member, token: int) -> int:
        """Where the last mention of a member before a token begins; -1 where there is none."""
        met = self._met.get(member, ())
        before = bisect_left(met, token)
        return met[before - 1] if before else -1

    def times(self, member: Member, token: int) -> int:
        """How often a member is mentioned before a token."""
        return bisect_left(self._met.get(member, ()), token)

    def mostly(self, role: str, token: int) -> Member | None:
        """Of several presidents the one whom the text is about: named before a token so much more than any other."""
        people = [m for m in self.holders(role) if m.kind == "person" and role in m.roles]
        often = sorted(((self.times(m, token), n) for n, m in enumerate(people)), reverse=True)
        clear = len(often) > 1 and often[0][0] >= MOSTLY * max(often[1][0], 1)
        return people[often[0][1]] if clear else None

    def latest_first(self, members: Iterable[Member], token: int) -> list[Member]:
        """Those of the members that are mentioned before a token, the latest first."""
        found = [(self.latest(member, token), member) for member in members]
        met = [(at, member) for at, member in found if at >= 0]
        return [member for _, member in sorted(met, key=lambda one: (-one[0], self._turn(*one)))]

    def _turn(self, start: int, member: Member) -> int:
        """Which of those that share a stretch a member is."""
        sharing = [place.member for place in self._at.get(start, ())]
        return sharing.index(member) if member in sharing else len(sharing)

    @property
    def lands(self) -> list[Member]:
        """The countries that are mentioned as more than places."""
        return [member for member, times in self._lands.items() if times]

    def first(self, kind: ActorKind) -> int:
        """Where the first mention of an actor of a kind begins; behind the text where there is none."""
        kinds = (start for start in self._starts if any(place.member.kind == kind for place in self._at[start]))
        return next(kinds, len(self.view.words))

    # Ask these once all names are joined: what is said of the members is gathered at the first call.

    def holders(self, role: str) -> Sequence[Member]:
        """The members to whom `is_a` gives a role."""
        return self._holders.get(role, ())

    def natives(self, code: str) -> Sequence[Member]:
        """The members that belong to a country."""
        return self._natives.get(code, ())

    def called(self, word: str) -> Sequence[Member]:
        """The members with a word, in lower case, in one of their names."""
        return self._called.get(word, ())

    @cached_property
    def _holders(self) -> dict[str, list[Member]]:
        return _by(self.members, lambda m: set(m.roles).union(*map(same_roles, m.roles)))

    @cached_property
    def _natives(self) -> dict[str, list[Member]]:
        return _by(self.members, lambda m: m.codes)

    @cached_property
    def _called(self) -> dict[str, list[Member]]:
        return _by(self.members, lambda m: set(m.key.lower().split()).union(*m.forms))

    def finish(self) -> tuple[tuple[Actor, ...], tuple[Mention, ...]]:
        """Actors in the order of their first mention, mentions in the order of the text."""
        view, places = self.view, self.places
        ids = {member: member.id for member in {p.member for p in places}}
        order = sorted([(p.start, p.end, ids[p.member], n) for n, p in enumerate(places)])
        actors: dict[str, Actor] = {}
        mentions: list[Mention] = []
        latest: list[tuple[int, int, str, MentionForm]] = []
        for start, end, actor, n in order:
            place = places[n]
            one = (start, end, actor, place.form)
            if view.text[view.starts[start] : view.ends[end - 1]].isspace():
                continue
            if actor not in actors:
                actors[actor] = Actor(actor, place.member.name, place.member.kind)
            if one not in latest[-3:]:
                latest.append(one)
                mentions.append(Mention(view.span(start, end), actor, place.form))
        return tuple(actors.values()), tuple(mentions)


def _by(members: Iterable[Member], said: Callable[[Member], Iterable[str]]) -> dict[str, list[Member]]:
    """The members by each of the words that are said of them."""
    found: dict[str, list[Member]] = {}
    for member in members:
        for word in said(member):
            found.setdefault(word, []).append(member)
    return found
