"""Forms and their tags in, lemmas and word classes out, remembered as long as the network remembers a form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.intp]
Read = NDArray[np.int64]  # the lemma's hash, and the word class where the form itself decides it, else 0


class Lemmas:
    """A table by the network's numbers of forms and by tag: to look in it costs a tenth of asking for pairs."""

    def __init__(self, look_up: Callable[[str, int], tuple[int, int]], tags: int) -> None:
        self._look_up = look_up
        self._table: NDArray[Any] = np.zeros((0, tags, 2), dtype=np.int64)  # 0, the hash of no word, is not known yet

    def __call__(self, forms: Sequence[str], numbers: Places, renewed: Places, tags: Places, size: int) -> Read:
        """[words, 2]. `numbers` of the forms lie below `size`; those in `renewed` were another form's before."""
        if size > len(self._table):
            # Zeros take memory as they are overwritten.
            larger = np.zeros((size, *self._table.shape[1:]), dtype=np.int64)
            larger[: len(self._table)] = self._table
            self._table = larger
        self._table[renewed] = 0
        found: Read = self._table[numbers, tags]
        for i in np.flatnonzero(found[:, 0] == 0).tolist():
            known = self._table[numbers[i], tags[i]]
            if not known[0]:  # the pair may have come earlier among these
                known[:] = self._look_up(forms[i], int(tags[i]))
            found[i] = known
        return found
