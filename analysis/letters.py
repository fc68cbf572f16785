"""Where the words of a text begin and end, found by arrays over its letters: an article at once, not word by word."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

Ints = np.ndarray[Any, np.dtype[np.intp]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]

_LAST = 0xFFFF  # of the letters in the table; those beyond it are rare, and asked one by one


def runs(text: str, joiners: str) -> tuple[Ints, Ints]:
    """Starts and ends of the runs of letters and digits, which one of `joiners` between two of them does not end.

    As the pattern `[^\\W_]+(?:[joiners][^\\W_]+)*` finds them, in a tenth of the time; short texts are faster with it.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    inside = np.zeros(len(codes) + 2, dtype=bool)  # of a word, with an end on either side
    letter = inside[1:-1]
    letter[:] = _table()[np.minimum(codes, _LAST)]
    for i in np.flatnonzero(codes > _LAST).tolist():
        letter[i] = text[i].isalnum()
    join = np.zeros(len(codes), dtype=bool)
    for joiner in joiners:
        join |= codes == ord(joiner)
    between = np.flatnonzero(join[1:-1] & letter[:-2] & letter[2:]) + 1
    letter[between] = True
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    return edges[::2], edges[1::2]


@cache
def _table() -> Bools:
    return np.array([chr(code).isalnum() for code in range(_LAST + 1)])
