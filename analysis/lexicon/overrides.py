"""A user's own words: changes to the loaded terms that ship, as a value, and as one .tsv that can be passed on.

    own, problems = overrides.parse(Path("ours.tsv").read_text())
    with overrides.using(own):
        report = analyze(article)

A change switches a term off, gives it other values, or adds one. It holds in its own thread or task alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from contextvars import ContextVar
from dataclasses import astuple, dataclass
from functools import cached_property, lru_cache
from typing import TypeVar

from analysis.lexicon import CATEGORIES, PARTS, Term, load_terms, rows
from analysis.lexicon.in_use import holding
from analysis.lexicon.matching import keys

T = TypeVar("T")

COLUMNS = ("term", "use", "pos", "category", "valence", "weight", "neutral")
USES = ("on", "off")
DEFAULTS = {"use": "on", "pos": "any", "category": "label", "valence": "-0.5", "weight": "0.6", "neutral": ""}
# Parts of speech as the dashboard shows them and as people write them.
PART_WORDS = {"noun": "NOUN", "verb": "VERB", "adjective": "ADJ", "adj": "ADJ", "adverb": "ADV", "adv": "ADV"}
MOST = 5_000  # changes
LONGEST = 80  # characters of a term or its neutral wording
SOURCE = "own words"


@dataclass(frozen=True, slots=True)
class Change:
    """One own word; `use` "off" silences every entry of the term. Values as in `Term`."""

    term: str
    use: str = "on"
    pos: str = "any"
    category: str = "label"
    valence: float = -0.5
    weight: float = 0.6
    neutral: str = ""


@dataclass(frozen=True)
class Overrides:
    """Changes to the loaded terms; the last change of a term holds."""

    changes: tuple[Change, ...] = ()

    @cached_property
    def key(self) -> str:
        """Names these changes; the empty string where there are none."""
        return hashlib.sha256(repr(self.changes).encode()).hexdigest()[:12] if self.changes else ""


NONE = Overrides()
_current: ContextVar[Overrides] = ContextVar("own_words", default=NONE)


def current() -> Overrides:
    """The changes in use here."""
    return _current.get()


def using(own: Overrides) -> AbstractContextManager[None]:
    """Analyse with these changes inside the with-block."""
    return holding(_current, own)


def terms() -> tuple[Term, ...]:
    """The loaded terms with the changes in use."""
    own = current()
    if not own.changes:
        return load_terms()
    last = {change.term.casefold(): change for change in own.changes}
    kept = [term for term in load_terms() if term.term.casefold() not in last]
    shipped: dict[str, list[str]] = {}
    for term in load_terms():
        shipped.setdefault(term.term.casefold(), []).append(term.pos)

    def pos(one: Change) -> str:
        """What "any" means for a word: the parts of speech that it has in the lists, else all that take endings."""
        if one.pos != "any" or " " in one.term:
            return one.pos
        return "/".join(shipped.get(one.term.casefold(), ())) or "NOUN/VERB/ADJ"

    added = [
        Term(c.term, pos(c), c.category, c.valence, c.weight, c.neutral, "usual", SOURCE, "", 0, 0)
        for c in last.values()
        if c.use == "on"
    ]
    return (*kept, *added)


def per_lexicon(function: Callable[[], T]) -> Callable[[], T]:
    """A cache of what is built from `terms()`, for each of the sets of changes used last."""

    @lru_cache(maxsize=8)
    def built(key: str) -> T:
        return function()

    return lambda: built(current().key)


def parse(text: str) -> tuple[Overrides, tuple[str, ...]]:
    """Changes from a .tsv with a header, and a sentence for each row that was left out.

    `term` must be there; what else is missing or empty takes DEFAULTS. Raises ValueError for a header without `term`.
    """
    given, problems = rows.passed_on(text, COLUMNS, most=MOST)
    found: list[Change] = []
    for number, row in given:
        try:
            found.append(change(row))
        except ValueError as error:
            problems.append((number, f"Line {number} was left out. {error}"))
    return Overrides(tuple(found)), tuple(problem for _, problem in sorted(problems))


def change(row: dict[str, str]) -> Change:
    """One change from its cells. Raises ValueError with what is valid."""
    given = {name: row.get(name, "") or DEFAULTS.get(name, "") for name in COLUMNS}
    term = " ".join(given["term"].split())
    if not keys(term) or not term[0].isalnum() or not term.isprintable():
        raise ValueError(f"{term[:LONGEST]!r} is no term: it must begin with a letter or digit.")
    for name in ("term", "neutral"):
        if len(given[name]) > LONGEST or "\t" in given[name] or "\n" in given[name]:
            raise ValueError(f"{term[:20]!r}: {name} may have {LONGEST} characters on one line.")
    neutral = " ".join(given["neutral"].split())
    if neutral and not (neutral[0].isalnum() and neutral.isprintable()):  # lists are opened in spreadsheets, too
        raise ValueError(f"{term!r}: {neutral[:20]!r} is no plain wording: it must begin with a letter or digit.")
    parts = [PART_WORDS.get(part.strip().lower(), part.strip()) for part in given["pos"].split("/")]
    for part in parts:
        rows.choice(part, PARTS, term)
    return Change(
        term,
        rows.choice(given["use"].lower(), USES, term),
        "/".join(parts),
        rows.choice(given["category"].strip().lower(), CATEGORIES, term),
        rows.number(given["valence"], -1, 1, term),
        rows.number(given["weight"], 0, 1, term),
        neutral,
    )


def to_tsv(own: Overrides) -> str:
    """The changes as `parse` reads them."""
    lines = [COLUMNS, *(tuple(str(value) for value in astuple(one)) for one in own.changes)]
    return "".join("\t".join(line) + "\n" for line in lines)
