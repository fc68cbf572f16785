"""What the words in and around marks are like: a parsed text in, word vectors by place out.

Names are left out, so that no person, outlet or country can tip what marks are for.
"""

from __future__ import annotations

import numpy as np
from spacy.tokens import Doc

from analysis.attribution.form import Marked
from analysis.language.columns import Columns
from analysis.language.vectors import WIDTH, Floats, ranks, unit

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
            named = [bool(e) or tag.startswith("NNP") for e, tag in zip(seen.entities, seen.tags, strict=True)]
            self._rows = np.where(named, -1, ranks(doc))
            self._words = np.flatnonzero(~(np.array(seen.space) | np.array(seen.punct)))

    def of(self, own: Marked) -> Floats:
        """One vector for each of PLACES, end to end: of the words inside, of the word that the others hang on, of the
        word that it hangs on, of the words next to the marks, of the rest of the sentence."""
        if not self._known or not own.inside:
            return NONE
        first, last = self._words.searchsorted((own.first, own.last))
        start, end = self._words.searchsorted(self.seen.bounds[self.seen.sents[own.head]])
        before, after = self._words[max(first - BEFORE, 0) : first][::-1], self._words[last : last + AFTER]
        around = np.concatenate([self._words[min(start, first) : first], self._words[last : max(end, last)]])
        heads = (own.head, self.seen.heads[own.head])
        found = self._rows[np.concatenate([heads, before, after, own.inside, around])]
        vectors = unit(self._table, found)
        made = np.zeros((len(PLACES), WIDTH), dtype=np.float32)
        alone = 2 + len(before)
        made[1 : 1 + alone] = vectors[:alone]
        made[3 + BEFORE : 3 + BEFORE + len(after)] = vectors[alone : alone + len(after)]
        inside = alone + len(after)
        made[0] = vectors[inside : inside + len(own.inside)].mean(axis=0)
        if len(around):
            made[-1] = vectors[inside + len(own.inside) :].mean(axis=0)
        return made.ravel()
