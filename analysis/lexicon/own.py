"""What a user changed of the lists, words and actors together: a value to analyse with and to name in every output."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from analysis.lexicon import actors, load_terms, overrides
from analysis.lexicon.actors import OwnActors
from analysis.lexicon.overrides import Overrides


@dataclass(frozen=True)
class Own:
    """A user's own words and own actors."""

    words: Overrides = overrides.NONE
    actors: OwnActors = actors.NONE

    @property
    def key(self) -> str:
        """Names these changes; the empty string where there are none."""
        return "+".join(filter(None, (self.words.key, self.actors.key and f"a{self.actors.key}")))


NONE = Own()


def current() -> Own:
    """The changes in use here."""
    return Own(overrides.current(), actors.current())


@contextmanager
def using(own: Own) -> Iterator[None]:
    """Analyse with these changes inside the with-block."""
    with overrides.using(own.words), actors.using(own.actors):
        yield


def told(own: Own) -> str:
    """“own words: 2 added, 1 switched off (a1b2…); own actors: 1 changed (c3d4…)”, or the empty string."""
    words = [(one.term.casefold(), one.use) for one in own.words.changes]
    names = [(one.name.casefold(), one.use) for one in own.actors.changes]
    parts = []
    if words:
        ship = {term.term.casefold() for term in load_terms()}
        parts.append(f"own words: {_tally(words, ship)} ({own.words.key})")
    if names:
        ship = {one.name.casefold() for one in actors.shipped()}
        parts.append(f"own actors: {_tally(names, ship)} ({own.actors.key})")
    return "; ".join(parts)


def _tally(changes: Iterable[tuple[str, str]], ship: set[str]) -> str:
    """How many were added, changed and switched off; the last change of a name holds."""
    last = dict(changes)
    off = sum(use == "off" for use in last.values())
    changed = sum(use == "on" and name in ship for name, use in last.items())
    counted = {"added": len(last) - off - changed, "changed": changed, "switched off": off}
    return ", ".join(f"{n} {what}" for what, n in counted.items() if n)
