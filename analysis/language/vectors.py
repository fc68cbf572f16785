"""The shipped word vectors at length 1: a table and its rows in, vectors out."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc
from spacy.vectors import Vectors  # type: ignore[import-not-found]

from analysis.language.columns import columns
from analysis.vocabulary import MOST

Floats = npt.NDArray[np.float32]
WIDTH = 50  # of the shipped word vectors
_KEY = "analysis.ranks"  # in Doc.user_data, as for Columns

_rows: tuple[Vectors, dict[int, int]] | None = None  # the vectors last asked, and the rows of the words met
_measured: tuple[Floats, Floats] | None = None  # the table last asked for, and the lengths of its rows


def ranks(doc: Doc) -> npt.NDArray[np.int64]:
    """[tokens]: the row of every word among the vectors, the commonest 0; -1 where it has none. Looked up once."""
    known = doc.user_data.get(_KEY)
    if known is None:
        known = doc.user_data[_KEY] = _ranks(doc)
    return cast("npt.NDArray[np.int64]", known)


def _ranks(doc: Doc) -> npt.NDArray[np.int64]:
    global _rows
    vectors, ids = doc.vocab.vectors, columns(doc).norms
    if _rows is None or _rows[0] is not vectors or len(_rows[1]) > MOST:
        _rows = vectors, {}
    known = _rows[1]
    found: list[Any] = list(map(known.get, ids))
    if None in found:
        absent = [i for i, row in enumerate(found) if row is None]
        new = list({ids[i] for i in absent})
        known.update(zip(new, vectors.find(keys=new).tolist(), strict=True))
        for i in absent:
            found[i] = known[ids[i]]
    return np.array(found, dtype=np.int64)


def unit(table: Floats, found: npt.NDArray[np.int64]) -> Floats:
    """Rows of a table [n, WIDTH] at length 1; zero where `found` is -1."""
    made = table[found]
    made[found < 0] = 0
    made /= _lengths(table)[found][:, None]
    return made


def mean(vectors: Floats) -> Floats:
    """What `vectors.mean(axis=0)` gives, without what numpy asks first."""
    found: Floats = np.add.reduce(vectors, axis=0) / np.float32(len(vectors))
    return found


def _lengths(table: Floats) -> Floats:
    """The length of every row, summed up once; never zero, for what is divided by it."""
    global _measured
    if _measured is None or _measured[0] is not table:
        _measured = table, np.maximum(np.linalg.norm(table, axis=1), 1e-6)
    return _measured[1]
