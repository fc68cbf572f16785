"""The shipped word vectors at length 1: a table and its rows in, vectors out."""

from __future__ import annotations

from typing import cast

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

Floats = npt.NDArray[np.float32]
WIDTH = 50  # of the shipped word vectors
_KEY = "analysis.ranks"  # in Doc.user_data, as for Columns


def ranks(doc: Doc) -> npt.NDArray[np.int64]:
    """[tokens]: the row of every word among the vectors, the commonest 0; -1 where it has none. Looked up once."""
    known = doc.user_data.get(_KEY)
    if known is None:
        known = doc.user_data[_KEY] = doc.vocab.vectors.find(keys=doc.to_array("NORM"))
    return cast("npt.NDArray[np.int64]", known)


def unit(table: Floats, found: npt.NDArray[np.int64]) -> Floats:
    """Rows of a table [n, WIDTH] at length 1; zero where `found` is -1."""
    made = np.where(found[:, None] >= 0, table[found], np.float32(0))
    length = np.linalg.norm(made, axis=1, keepdims=True)
    return np.asarray(made / np.maximum(length, 1e-6), dtype=np.float32)
