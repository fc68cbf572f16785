"""What is said of a word whatever its text, as numbers: words in, a row for each out; each word is described once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from threading import Lock
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

Word = TypeVar("Word", bound=Hashable)
MOST = 1 << 16  # words remembered; a corpus repeats them, and the bound keeps a long run's memory level


class Vocabulary(Generic[Word]):
    """Remembers what `describe` says of each word. Threads may share one."""

    def __init__(
        self, describe: Callable[[Word], Sequence[float]], width: int, dtype: npt.DTypeLike = np.float32
    ) -> None:
        self._describe = describe
        self._place: dict[Word, int] = {}
        self._rows = np.empty((256, width), dtype=dtype)
        self._lock = Lock()

    def __call__(self, words: Sequence[Word]) -> npt.NDArray[Any]:
        """[words, width]."""
        with self._lock:
            places: list[Any] = list(map(self._place.get, words))
            if None in places:
                self._learn(words, places)
            return self._rows[places] if places else self._rows[:0]

    def _learn(self, words: Sequence[Word], places: list[int | None]) -> None:
        """Describe the words that have no place yet, and give them theirs."""
        absent = [i for i, place in enumerate(places) if place is None]
        new = list(dict.fromkeys([words[i] for i in absent]))
        if len(self._place) + len(new) > MOST:
            self._place.clear()
            absent, new = list(range(len(words))), list(dict.fromkeys(words))
        start = len(self._place)
        while len(self._rows) < start + len(new):
            self._rows = np.concatenate([self._rows, np.empty_like(self._rows)])
        self._rows[start : start + len(new)] = [self._describe(word) for word in new]
        self._place.update((word, start + i) for i, word in enumerate(new))
        for i in absent:
            places[i] = self._place[words[i]]
