"""Whom a label takes up that grammar binds to nobody: “the regime”, “the extremist group”."""

from __future__ import annotations

from collections.abc import Collection

from analysis.model import Span
from analysis.targets.bonds import MODIFIERS, SUBJECTS
from analysis.targets.order import Order
from analysis.targets.people import words

BODIES = frozenset({"organisation", "group"})
REACH = 2  # sentences before its own in which whom a label takes up must stand
_TAKES_UP = frozenset({"the", "this", "these", "those", "that"})


class Labels(Order):
    """Looks back from the labels of one reading."""

    def taken_up(self, span: Span) -> str | None:
        """The only country, or body of people, whom a label with an article may take up, in the nearest sentence."""
        c = self.seen
        noun = c.at(span.end - 1)
        if c.deps[noun] in MODIFIERS and c.lower[c.heads[noun]] in words()["band"]:
            noun = c.heads[noun]
        elif c.lower[noun] not in words()["rule"]:
            return None
        if not any(c.deps[k] == "det" and c.lower[k] in _TAKES_UP for k in c.children[noun]):
            return None
        return self._nearest(noun, {"country"} if c.lower[noun] in words()["rule"] else BODIES)

    def rules(self, span: Span) -> bool:
        """Whether a term is a noun for a power, whatever its category: “the dictatorship”."""
        return span.of(self.seen.text).lower() in words()["rule"]

    def _nearest(self, noun: int, kinds: Collection[str]) -> str | None:
        c = self.seen
        here = c.sents[noun]
        for sentence in range(here, max(-1, here - REACH - 1), -1):
            first, last = c.bounds[sentence]
            found = set()
            for k in range(first, min(last, noun)):
                mention = self._named_at(k)
                if mention is None or self.people.kinds.get(mention.actor) not in kinds:
                    continue
                if not (sentence == here and c.deps[k] in SUBJECTS):
                    found.add(mention.actor)
            if found:
                return found.pop() if len(found) == 1 else None
        return None
