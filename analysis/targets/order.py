"""Who is meant by the order of words, where the tree says nothing or has lost its way."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.targets.bonds import SUBJECTS
from analysis.targets.earlier import Earlier

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_EXAMPLES = frozenset({"including", "like", "notably", "especially"})
FAR = 4  # words from “like” or “including” to the name: “including Canadian Lauren Southern”


class Order(Earlier):
    """Reads the words of one reading in their order."""

    def _before_finite(self, verb: int) -> Iterator[int]:
        """The name straight before “were …ing” or “left”, where the tree has lost the subject."""
        c = self.seen
        aux = next((k for k in c.children[verb] if c.deps[k] in {"aux", "aux:pass", "cop"} and k < verb), None)
        if aux is not None and any(
            c.tags[k] == "VBG" and c.deps[k] in {"advcl", "csubj"} and k < aux for k in c.children[verb]
        ):
            return  # “Sending arms to Syria would be rash”: what is done is rash
        first = verb if aux is None else aux
        if first > c.bounds[c.sents[first]][0] and c.tags[first] in _FINITE:
            before = first - 1
            if before not in self.people.mention_of:  # taken for a place, because the tree had it elsewhere
                lost = next((m for m in self.people.reading.mentions if m.span.end == c.ends[before]), None)
                if lost is not None:
                    self.people.mention_of[before] = lost
            yield before

    def _example(self, noun: int) -> int | None:
        """Who is named as one of the people a noun is for: “an old fool like Renn”, “bullies, including Anna Holt”."""
        c = self.seen
        if c.deps[noun] == "conj" and any(c.lower[k] == "other" for k in c.children[noun]):
            return c.heads[noun] if c.heads[noun] in self.people.mention_of else None
        last = c.bounds[c.sents[noun]][1]
        k = noun + 1 + (noun + 1 < last and c.lower[noun + 1] == ",")
        if k + 1 < last and c.lower[k] == "such" and c.lower[k + 1] == "as":
            k += 1
        elif k >= last or c.lower[k] not in _EXAMPLES or (c.lower[k] == "like" and c.tags[k] != "IN"):
            return None
        return next((m for m in range(k + 1, min(k + 1 + FAR, last)) if m in self.people.mention_of), None)

    def _fronted(self, noun: int) -> int | None:
        """The subject behind “A gifted speaker, …”, which the tree takes for a subject, too."""
        c = self.seen
        if c.deps[noun] not in SUBJECTS or noun + 1 >= len(c) or c.lower[noun + 1] != ",":
            return None
        return next((k for k in c.children[c.heads[noun]] if c.deps[k] in SUBJECTS and k > noun), None)

    def _beside(self, noun: int) -> int | None:
        """Who is named right behind a label, or before it as its owner: “dictator Renn”, “Renn's cruel regime”."""
        c = self.seen
        if c.pos[noun] != "NOUN":
            return None
        if noun + 1 < len(c) and c.deps[noun + 1] not in {"appos", "parataxis"} and self._is_named(noun + 1):
            return noun + 1
        k = noun - 1
        while k > 0 and c.deps[k] in {"amod", "compound"} and c.heads[k] == noun:
            k -= 1
        return k - 1 if k > 0 and c.tags[k] == "POS" and k - 1 in self.people.mention_of else None

    def _is_named(self, i: int) -> bool:
        mention = self.people.mention_of.get(i)
        if mention is None or mention.form != "name" or not self.seen.tags[i].startswith("NNP"):
            return False
        return self.people.kinds.get(mention.actor) == "person"
