"""What the words in and around marks are like: a parsed text in, word vectors by place out.

Names are left out, so that no person, outlet or country can tip what marks are for.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np
from spacy.tokens import Doc

from analysis.attribution.marked_words import Marked
from analysis.language.columns import Columns
from analysis.language.vectors import WIDTH, Floats, mean, ranks, unit

BEFORE, AFTER = 2, 1  # words on either side that have a place of their own
PLACES = (
    "inside", "head", "over", *(f"before_{k + 1}" for k in range(BEFORE)), *(f"after_{k + 1}" for k in range(AFTER)),
    "sentence",
)  # fmt: skip
NONE = np.zeros(len(PLACES) * WIDTH, dtype=np.float32)
NONE.setflags(write=False)


class Likeness:
    """The vectors of one text's words; what all pairs of marks share is looked up once."""

    def __init__(self, doc: Doc, seen: Columns) -> None:
        self.seen, self._table = seen, doc.vocab.vectors.data
        self._known = len(doc) > 0 and self._table.shape[1] == WIDTH
        if self._known:
            self._ranks = ranks(doc)

    def of(self, own: Marked) -> Floats:
        """One vector for each of PLACES, end to end: of the words inside, of the word that the others hang on, of the
        word that it hangs on, of the words next to the marks, of the rest of the sentence."""
        if not self._known or not own.inside:
            return NONE
        seen = self.seen
        start, end = seen.bounds[seen.sents[own.head]]
        before = list(islice(self._words(range(own.first - 1, -1, -1)), BEFORE))
        after = list(islice(self._words(range(own.last, len(seen))), AFTER))
        around = [*self._words(range(start, own.first)), *self._words(range(own.last, end))]
        vectors = self._vectors([own.head, seen.heads[own.head], *before, *after, *own.inside, *around])
        made = np.zeros((len(PLACES), WIDTH), dtype=np.float32)
        alone = 2 + len(before)
        made[1 : 1 + alone] = vectors[:alone]
        made[3 + BEFORE : 3 + BEFORE + len(after)] = vectors[alone : alone + len(after)]
        inside = alone + len(after)
        made[0] = mean(vectors[inside : inside + len(own.inside)])
        if around:
            made[-1] = mean(vectors[inside + len(own.inside) :])
        return made.ravel()

    def _words(self, places: range) -> Iterator[int]:
        """Those of the tokens that are words."""
        space, punct = self.seen.space, self.seen.punct
        return (i for i in places if not (space[i] or punct[i]))

    def _vectors(self, words: list[int]) -> Floats:
        entities, tags = self.seen.entities, self.seen.tags
        named = [bool(entities[i]) or tags[i].startswith("NNP") for i in words]
        return unit(self._table, np.where(named, -1, self._ranks[words]))
