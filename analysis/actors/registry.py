"""The word lists behind the actors: countries, bodies, roles, given names, kinds of names.

In: the .tsv files of `analysis/lexicon`. Out: look-ups by word. Everything here can be edited by a user without code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

LEXICON = Path(__file__).resolve().parent.parent / "lexicon"
EntryKind = Literal["country", "demonym", "people", "capital", "seat", "body", "place"]

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


def bag(text: str) -> frozenset[str]:
    """The words of a short list that belongs to the code beside it."""
    return frozenset(text.split())


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of lexicon/`name`.tsv; lines that begin with # are notes. Raises ValueError naming a bad line."""
    path = LEXICON / f"{name}.tsv"
    header: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if not header:
            header = cells
            continue
        if len(cells) != len(header):
            raise ValueError(f"{path.name}, line {number}: {len(cells)} columns where {len(header)} belong ({header}).")
        yield dict(zip(header, cells, strict=True))


def cut(phrase: str) -> tuple[str, ...]:
    """The words of a listed phrase as the tokeniser gives them: "Workers’ Party" is Workers, ’, Party."""
    return tuple(_CUT.sub(lambda m: f" {m.group()} ", phrase).split())


def _listed(cell: str) -> Iterator[tuple[str, bool]]:
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

    def is_(self, cls: str, word: str) -> bool:
        """Whether name_words.tsv lists `word` under `cls`."""
        return word in self.words[cls]


@cache
def role_begins() -> frozenset[str]:
    """What the first token of a listed role may be, with and without a full stop: a quick no for all other words."""
    begins = {word[: cut.start()] for word in registry().roles for cut in re.finditer(r"[ -]|$", word)}
    return frozenset(begins | {f"{word}." for word in begins})


@cache
def registry() -> Registry:
    """The lists, read once."""
    phrases, shouted = Phrases(), Phrases()
    codes: dict[str, str] = {}

    def add(phrase: str, entry: Entry) -> None:
        phrases.add(phrase, entry)
        if phrase.upper() != phrase:
            shouted.add(phrase.upper(), entry)

    for row in rows("countries"):
        name, code = row["name"], row["code"]
        codes[name] = code
        add(name, Entry("country", name, code))
        for word, doubt in _listed(row["aliases"]):
            add(word, Entry("country", name, code, doubt))
        for word, doubt in _listed(row["capitals"]):
            add(word, Entry("capital", name, code, doubt))
        for word, doubt in _listed(row["seats"]):
            add(word, Entry("seat", name, code, doubt))
        for word, doubt in _listed(row["adjectives"]):
            if word != name:
                add(word, Entry("demonym", name, code, doubt))
                if not word.endswith(("ese", "ish", "ch", "ss", "s", "K", "K.", "S.", "US")):
                    add(word + "s", Entry("people", name, code, doubt))
        for word, doubt in _listed(row["people"]):
            add(word, Entry("people", name, code, doubt))
    for row in rows("bodies"):
        entry = Entry("body", row["name"], row["country"], group=row["kind"] == "group")
        add(row["name"], entry)
        codes.setdefault(row["name"], row["country"])
        for word, doubt in _listed(row["aliases"]):
            add(word, Entry("body", row["name"], row["country"], doubt, entry.group))
    given = {row["name"]: row["gender"] for row in rows("first_names")}
    words = {}
    for row in rows("name_words"):
        words[row["class"]] = frozenset(row["words"].split("|" if "|" in row["words"] else None))
    for phrase in words["region"]:
        add(phrase, Entry("place", phrase, ""))
    return Registry(phrases, shouted, _roles(), given, words, codes, _leaders())


@cache
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


def _leaders() -> dict[str, tuple[Leader, ...]]:
    """Leaders by the last word of the name in lower case, and by the first where family names come first."""
    found: dict[str, list[Leader]] = {}
    for row in rows("leaders"):
        leader = Leader(row["name"], row["gender"], row["country"], tuple(row["roles"].split(",")))
        words = row["name"].lower().split()
        keys = {words[-1].split("-")[-1] if row["country"] not in ("PRK", "KOR", "CHN") else words[0]}
        for key in keys:
            found.setdefault(key, []).append(leader)
    return {key: tuple(leaders) for key, leaders in found.items()}


def _roles() -> dict[str, tuple[Role, ...]]:
    """Roles by their lower-case form, singular and plural; a role of several words is keyed by its words and blanks."""
    found: dict[str, list[Role]] = {}
    for row in rows("roles"):
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
