"""Word forms in, rows of a table out: each form keeps its row until the table is full and others are asked for more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

FORGOTTEN = 8  # of so many forms one makes room when the table is full: the one asked for least
FADING = 0.9  # what earlier questions count after that; a corpus that comes to another subject takes new forms in


class Remembered:
    """Remembers where forms have their rows. What it forgets depends on all that came before; what it says does not."""

    def __init__(self, most: int) -> None:
        """`most` forms are remembered, more only where they are asked for at once."""
        self._row: dict[str, int] = {}
        self._free = list(reversed(range(most)))
        self._asked = np.zeros(most, dtype="float32")  # how often each row was asked for

    @property
    def size(self) -> int:
        """Rows that the table needs."""
        return len(self._asked)

    def __call__(self, forms: Sequence[str]) -> tuple[NDArray[np.intp], dict[str, int]]:
        """The row of each form, and those forms whose rows have to be filled, with these."""
        found: list[Any] = list(map(self._row.get, forms))
        new: dict[str, int] = {}
        if None in found:
            new = dict.fromkeys([form for form, row in zip(forms, found, strict=True) if row is None], 0)
            self._make_room(len(new), np.array([row for row in found if row is not None], dtype=np.intp))
            new = {form: self._free.pop() for form in new}
            self._row.update(new)
            found = list(map(self._row.__getitem__, forms))
        rows = np.array(found, dtype=np.intp)
        self._asked += np.bincount(rows, minlength=self.size)
        return rows, new

    def _make_room(self, wanted: int, kept: NDArray[np.intp]) -> None:
        """Free as many rows as are wanted, those in `kept` left alone."""
        if wanted <= len(self._free):
            return
        forms = np.fromiter(self._row.values(), dtype=np.intp, count=len(self._row))
        loose = np.setdiff1d(forms, kept)
        number = min(max(wanted - len(self._free), self.size // FORGOTTEN), len(loose))
        gone = set(loose[np.argsort(self._asked[loose], kind="stable")[:number]].tolist())
        for form in [form for form, row in self._row.items() if row in gone]:
            self._free.append(self._row.pop(form))
        self._asked *= FADING
        self._asked[list(gone)] = 0
        if (missing := wanted - len(self._free)) > 0:
            self._free += reversed(range(self.size, self.size + missing))
            self._asked = np.r_[self._asked, np.zeros(missing, dtype="float32")]
