"""Whom a label takes up that grammar binds to nobody: “the regime”, “the extremist group”."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

from analysis.actors import slug
from analysis.actors.registry import registry
from analysis.model import Span
from analysis.targets.bonds import MODIFIERS, SUBJECTS
from analysis.targets.order import Order
from analysis.targets.people import words

BODIES = frozenset({"organisation", "group"})
REACH = 2  # sentences before its own in which whom a label takes up must stand
_TAKES_UP = frozenset({"the", "this", "these", "those", "that"})
_PARTS = frozenset({"compound", "amod", "flat", "appos", "nmod", "nmod:poss"})


class Labels(Order):
    """Looks back from the labels of one reading."""

    def taken_up(self, span: Span) -> str | None:
        """The only country, or body of people, whom a label with an article may take up, in the nearest sentence."""
        c = self.seen
        noun = c.at(span.end - 1)
        if c.lower[noun] in words()["fighters"] and c.deps[noun] not in MODIFIERS:
            named = any(c.deps[k] == "det" and c.lower[k] in _TAKES_UP for k in c.children[noun])
            told = any(c.deps[k] in {"compound", "nmod"} for k in c.children[noun])  # not “the Karsk killers”
            return self._nearest(noun, BODIES, self._armed) if named and not told else None
        if c.deps[noun] in MODIFIERS and c.lower[c.heads[noun]] in words()["band"]:
            noun = c.heads[noun]
        elif c.lower[noun] not in words()["rule"]:
            return None
        if not any(c.deps[k] == "det" and c.lower[k] in _TAKES_UP for k in c.children[noun]):
            return None
        if (ruler := self._ruler(noun)) is not None:
            return self._ruled(ruler)
        return self._nearest(noun, {"country"} if c.lower[noun] in words()["rule"] else BODIES)

    def _ruler(self, noun: int) -> int | None:
        """A name before a noun that no actor was found for: “the Castro regime”."""
        c = self.seen
        before = (k for k in c.children[noun] if c.deps[k] in {"compound", "nmod:poss"} and c.tags[k].startswith("NNP"))
        return next((k for k in before if self._named_at(k) is None), None)

    def _ruled(self, ruler: int) -> str | None:
        """The country of the leaders with a surname, if the article names it."""
        known = {leader.code for leader in registry().leaders.get(self.seen.lower[ruler], ())}
        fit = [slug(name) for name, code in registry().codes.items() if code in known]
        return next((actor for actor in fit if self.people.kinds.get(actor) == "country"), None)

    def _groups(self, noun: int) -> bool:
        """Whether a noun is part of a name, or for people or bodies: “the Night Front group”."""
        word = self.seen.lower[noun]
        return self.seen.pos[noun] == "PROPN" or word in words()["band"] or self.people.are(noun)

    def rules(self, span: Span) -> bool:
        """Whether a term is a noun for a power, whatever its category: “the dictatorship”."""
        return span.of(self.seen.text).lower() in words()["rule"]

    @cached_property
    def _armed(self) -> frozenset[str]:
        """The bodies that “the militants” may take up: known for it, or said to be armed (“Night Front militants”)."""
        c, found = self.seen, set(words()["outlawed"])
        for i, mention in self.people.mention_of.items():
            if self.people.kinds.get(mention.actor) in BODIES and c.deps[i] in _PARTS:
                beside = (c.heads[i], *(k for k in (*c.children[c.heads[i]], *c.children[i]) if c.deps[k] in _PARTS))
                if any(c.lower[k] in words()["armed"] for k in beside):
                    found.add(mention.actor)
        return frozenset(found)

    def _nearest(self, noun: int, kinds: Collection[str], among: Collection[str] | None = None) -> str | None:
        c = self.seen
        here, acting = c.sents[noun], set()
        for sentence in range(here, max(-1, here - REACH - 1), -1):
            first, last = c.bounds[sentence]
            found = set()
            for k in range(first, min(last, noun)):
                mention = self._named_at(k)
                if mention is None or self.people.kinds.get(mention.actor) not in kinds:
                    continue
                if among is not None and mention.actor not in among:
                    continue
                # “on its Facebook page”, but not “the Iran deal”
                thing = kinds is BODIES and c.deps[k] == "compound" and not self._groups(c.heads[k])
                if sentence == here and c.deps[k] in SUBJECTS:
                    acting.add(mention.actor)  # “they will hand over the terrorists”
                elif not thing:
                    found.add(mention.actor)
            found -= acting
            if found:
                return found.pop() if len(found) == 1 else None
        return None
