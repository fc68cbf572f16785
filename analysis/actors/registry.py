"""The word lists behind the actors: countries, bodies, roles, given names, kinds of names.

In: the .tsv files of `analysis/lexicon`. Out: look-ups by word. Everything here can be edited by a user without code.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from analysis.lexicon import actors
from analysis.lexicon.rows import noted

EntryKind = Literal["country", "demonym", "people", "capital", "seat", "body", "place"]

ROLE_TOKENS = 6  # of the longest role that is looked for

# How spaCy's English tokeniser cuts the phrases that stand in the lists (a test keeps the two together).
_CUT = re.compile(r"['’]s\b|(?<=[^\W\d_])-(?=[^\W\d_])|(?<=s)['’](?=\s|$)|,")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a listed phrase stands for. `actor` is the name of the country or body; `code` its country, "" for none.

    A `doubtful` word has other meanings and counts only where the article names the actor in another way too.
    """

    kind: EntryKind
    actor: str
    code: str
    doubtful: bool = False
    group: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """A word for what somebody is; `cls` is the class of roles.tsv, `gender` "m", "f" or ""."""

    word: str
    cls: str
    gender: str
    plural: bool


Found = tuple[int, tuple[Role, ...]]  # how many tokens a role has, and its readings


def bag(text: str) -> frozenset[str]:
    """The words of a short list that belongs to the code beside it."""
    return frozenset(text.split())


def cut(phrase: str) -> tuple[str, ...]:
    """The words of a listed phrase as the tokeniser gives them: "Workers’ Party" is Workers, ’, Party."""
    return tuple(_CUT.sub(lambda m: f" {m.group()} ", phrase).split())


def _plain(name: str) -> str:
    """The name as it is typed without its accents: Lucía, Lucia."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def _words(cell: str) -> Iterator[tuple[str, bool]]:
    for item in cell.split(","):
        word = item.strip()
        if word:
            yield word.removesuffix("?"), word.endswith("?")


class Phrases:
    """Phrases by their first word, longest first."""

    def __init__(self) -> None:
        self.by_first: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}

    def add(self, phrase: str, entry: Entry) -> None:
        words = cut(phrase)
        here = self.by_first.setdefault(words[0], [])
        if all(words != other for other, _ in here):
            here.append((words, entry))
            here.sort(key=lambda pair: -len(pair[0]))

    def at(self, words: list[str], i: int) -> tuple[int, Entry] | None:
        """The longest phrase that begins at word `i`: how many words it has and what it stands for."""
        for phrase, entry in self.by_first.get(words[i], ()):
            n = len(phrase)
            if n == 1 or tuple(words[i : i + n]) == phrase:
                return n, entry
        return None

    def all(self, words: list[str]) -> dict[int, tuple[int, Entry]]:
        """What `at` says of every word at which a phrase begins."""
        begins = self.by_first
        found = {i: self.at(words, i) for i in [i for i, word in enumerate(words) if word in begins]}
        return {i: hit for i, hit in found.items() if hit is not None}


@dataclass(frozen=True, slots=True)
class Leader:
    """A well-known person: full name, gender, country code, offices."""

    name: str
    gender: str
    code: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Registry:
    """All lists in memory. `shouted` holds the same phrases in capitals, for headlines and datelines."""

    phrases: Phrases
    shouted: Phrases
    roles: dict[str, tuple[Role, ...]]
    given: dict[str, str]
    words: dict[str, frozenset[str]]
    codes: dict[str, str]
    leaders: dict[str, tuple[Leader, ...]]
    nicknames: dict[str, str]  # mike -> michael, both in lower case

    def is_(self, word: str, *classes: str) -> bool:
        """Whether name_words.tsv lists `word` under one of the classes."""
        return any(word in self.words[cls] for cls in classes)


@cache
def role_begins() -> frozenset[str]:
    """What the first token of a listed role may be, with and without a full stop: a quick no for all other words."""
    begins = {word[: cut.start()] for word in registry().roles for cut in re.finditer(r"[ -]|$", word)}
    return frozenset(begins | {f"{word}." for word in begins})


@cache
def _role_parts() -> frozenset[str]:
    """What may stand at the beginning of a listed role of several words, as `roles_in` puts its tokens together."""
    parts = {word[: cut.end()] for word in registry().roles for cut in re.finditer(r"-", word)}
    return role_begins() | parts


def roles_in(lower: list[str]) -> dict[int, list[Found]]:
    """The listed roles that begin at each token: how many tokens each has, the shortest first, and its readings."""
    begins, parts, roles = role_begins(), _role_parts(), registry().roles
    made: dict[int, list[Found]] = {}
    for i in [i for i, word in enumerate(lower) if word in begins]:
        word, found = lower[i], []
        if readings := roles.get(word.removesuffix(".")):
            found.append((1, readings))
        for k in range(i + 1, min(i + ROLE_TOKENS, len(lower))):
            piece = lower[k]
            word += piece if piece == "-" or word.endswith("-") else f" {piece}"
            if readings := roles.get(word):
                found.append((k + 1 - i, readings))
            if word not in parts:
                break
        if found:
            made[i] = found
    return made


def registry() -> Registry:
    """The lists with the user's own actors, read once for each of the sets of changes used last."""
    return _registry(actors.current().key)


@lru_cache(maxsize=8)
def _registry(own: str) -> Registry:
    phrases, shouted = Phrases(), Phrases()
    codes: dict[str, str] = {}

    def add(phrase: str, entry: Entry) -> None:
        phrases.add(phrase, entry)
        if phrase.upper() != phrase:
            shouted.add(phrase.upper(), entry)

    listed = actors.listed()
    for one in listed:
        if one.kind == "country":
            # What is switched off keeps its code, which other actors may belong to.
            codes[one.name] = one.country
            if one.use == "on":
                _add_country(one, add)
    for one in listed:
        if one.kind in ("organisation", "group"):
            codes.setdefault(one.name, one.country)
            if one.use == "on":
                add(one.name, Entry("body", one.name, one.country, group=one.kind == "group"))
                for word, doubt in _words(one.aliases):
                    add(word, Entry("body", one.name, one.country, doubt, one.kind == "group"))
    given = {row["name"]: row["gender"] for row in noted("first_names.tsv")}
    given = {_plain(name): gender for name, gender in given.items()} | given
    words = {}
    for row in noted("name_words.tsv"):
        words[row["class"]] = frozenset(row["words"].split("|" if "|" in row["words"] else None))
    for phrase in words["region"]:
        add(phrase, Entry("place", phrase, ""))
    nicknames = {short: full for full, *shorts in (group.split(",") for group in words["nickname"]) for short in shorts}
    return Registry(phrases, shouted, _roles(), given, words, codes, _leaders(listed), nicknames)


def _add_country(one: actors.Listed, add: Callable[[str, Entry], None]) -> None:
    """Every word that stands for a country, in the order in which the first meaning of a word holds."""
    add(one.name, Entry("country", one.name, one.country))
    for word, doubt in _words(one.aliases):
        add(word, Entry("country", one.name, one.country, doubt))
    for word, doubt in _words(one.capitals):
        add(word, Entry("capital", one.name, one.country, doubt))
    for word, doubt in _words(one.seats):
        add(word, Entry("seat", one.name, one.country, doubt))
    for word, doubt in _words(one.adjectives):
        if word != one.name:
            add(word, Entry("demonym", one.name, one.country, doubt))
            if not word.endswith(("ese", "ish", "ch", "ss", "s", "K", "K.", "S.", "US")):
                add(word + "s", Entry("people", one.name, one.country, doubt))
    for word, doubt in _words(one.people):
        add(word, Entry("people", one.name, one.country, doubt))


def country_entry(code: str) -> Entry:
    """The country with this code. Raises ValueError for an unknown one."""
    name = next((name for name, other in registry().codes.items() if other == code), "")
    if not name or not code:
        raise ValueError(f"Unknown country code {code!r}. countries.tsv lists the valid ones.")
    return Entry("country", name, code)


@cache
def same_roles(role: str) -> frozenset[str]:
    """Other words by which news takes up somebody with the role: a striker is “the player”, Dr Raman “the doctor”."""
    found: set[str] = set()
    for group in registry().words["same_role"]:
        first, *others = group.split(",")
        if first == role:
            found.update(others)
    return frozenset(found)


def _leaders(listed: Iterable[actors.Listed]) -> dict[str, tuple[Leader, ...]]:
    """Leaders by the last word of the name in lower case, and by the first where family names come first."""
    found: dict[str, list[Leader]] = {}
    for one in listed:
        if one.kind == "person" and one.use == "on":
            words = one.name.lower().split()
            key = words[0] if one.country in ("PRK", "KOR", "CHN") else words[-1].split("-")[-1]
            leader = Leader(one.name, one.gender, one.country, tuple(filter(None, one.roles.split(","))))
            found.setdefault(key, []).append(leader)
    return {key: tuple(leaders) for key, leaders in found.items()}


def _roles() -> dict[str, tuple[Role, ...]]:
    """Roles by their lower-case form, singular and plural; a role of several words is keyed by its words and blanks."""
    found: dict[str, list[Role]] = {}
    for row in noted("roles.tsv"):
        word = row["word"]
        found.setdefault(word, []).append(Role(word, row["class"], row["gender"], False))
        plural = row["plural"] or _plural(word)
        if row["class"] not in ("courtesy", "title"):
            found.setdefault(plural, []).append(Role(word, row["class"], row["gender"], True))
    return {word: tuple(roles) for word, roles in found.items()}


def _plural(word: str) -> str:
    for head in (" general", "-general"):
        if word.endswith(head) and word not in ("lieutenant general", "major general", "brigadier general"):
            return f"{_plural(word.removesuffix(head))}{head}"
    if " of " in word:
        first, rest = word.split(" of ", 1)
        return f"{_plural(first)} of {rest}"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")
