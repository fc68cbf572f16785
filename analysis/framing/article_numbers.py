"""The articles of some tables as whole numbers, worked out once: comparing ids is most of what a measure costs."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from analysis.framing.measured_once import once
from analysis.tables import Tables

Ints = np.ndarray[Any, np.dtype[np.int64]]

NUMBER = "number"  # the column in which a frame carries the numbers of its articles
_STRIDE = 1 << 40  # more than any article has characters


class Units:
    """The articles that a bootstrap draws, source by source."""

    def __init__(self, articles: pd.DataFrame) -> None:
        """`articles`: the columns source and article."""
        self.index = pd.Index(articles["article"])
        order = articles[["source", "article"]].reset_index(drop=True).sort_values(["source", "article"], kind="stable")
        self.sources, self.source_of = np.unique(order["source"].to_numpy(dtype=object), return_inverse=True)
        self.rank = np.empty(len(order), dtype=np.int64)  # of an article, by its number
        self.rank[order.index.to_numpy()] = np.arange(len(order))

    def numbers(self, articles: pd.Series[str]) -> Ints:
        """The number (row in the frame of articles) of each article, -1 where it is unknown."""
        return np.asarray(self.index.get_indexer(articles), dtype=np.int64)

    def places(self, frame: pd.DataFrame) -> Ints:
        """The place in the order by source and id of the article of each row."""
        numbers = frame[NUMBER].to_numpy() if NUMBER in frame else self.numbers(frame["article"])
        if len(numbers) and numbers.min() < 0:
            raise ValueError("Some rows belong to articles that are not among those of the measure.")
        return np.asarray(self.rank[numbers], dtype=np.int64)


class Numbers:
    """The numbers of some tables."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables.frames()  # not the tables themselves, which would then never go
        self._known = tables.numbers

    @cached_property
    def units(self) -> Units:
        return Units(self._tables["articles"])

    def of(self, name: str) -> Ints:
        """The number of the article of each row of a frame."""
        return self._known[name]

    @cached_property
    def _sentences(self) -> tuple[Ints, Ints]:
        """Where sentences begin, in one line for all articles, in order; and the row of each."""
        starts = self.of("sentences") * _STRIDE + self._tables["sentences"]["start"].to_numpy()
        order = np.argsort(starts, kind="stable")
        return starts[order], order

    def sentences(self, articles: Ints, starts: Ints) -> Ints:
        """The row of the sentence in which each place lies, -1 where it lies in none."""
        begins, rows = self._sentences
        found = np.searchsorted(begins, articles * _STRIDE + starts, side="right") - 1
        if not len(begins):
            return np.full(len(found), -1, dtype=np.int64)
        row = rows[np.maximum(found, 0)]
        ends = self._tables["sentences"]["end"].to_numpy()[row]
        inside = (found >= 0) & (articles >= 0) & (self.of("sentences")[row] == articles) & (starts < ends)
        return np.where(inside, row, -1)


@once
def of(tables: Tables) -> Numbers:
    """The numbers of some tables."""
    return Numbers(tables)
