"""Articles as whole numbers: frames come in, for each row of a frame the row of its article goes out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.voices import Ints


class Numbering(dict[str, Ints]):
    """By the name of a frame: the row in `articles` of the article of each of its rows, -1 where there is none.

    Found for a frame when it is first asked for: comparing ids is most of what a measure costs.
    """

    def __init__(self, frames: Mapping[str, pd.DataFrame]) -> None:
        super().__init__()
        self._frames = frames

    @cached_property
    def _index(self) -> pd.Index[str]:
        index: pd.Index[str] = pd.Index(self._frames["articles"]["article"])
        return index

    def __missing__(self, name: str) -> Ints:
        codes, ids = pd.factorize(self._frames[name]["article"])  # each id is looked up once, not once a row
        self[name] = np.asarray(self._index.get_indexer(pd.Index(ids, dtype="str")), dtype=np.int64)[codes]
        return self[name]
