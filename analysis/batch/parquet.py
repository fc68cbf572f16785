"""Reports laid flat and packed: the reports of a partition come in, its tables go out as Parquet files in memory.

Columns are made from bytes by hand: Arrow's own way from Python's lists loads pandas, and a worker would take an
eighth longer to start.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.batch.partitions import unreadable
from analysis.flat import Rows
from analysis.model import Report
from analysis.provenance import versions
from analysis.schemas import SCHEMAS
from analysis.voices import Ints

SHORT = 2**31 - 1  # bytes that a column of usual texts can hold
_DAY_ONE = date(1970, 1, 1).toordinal()
_DAY = 24 * 60 * 60 * 1_000_000  # microseconds


def pack(reports: Sequence[Report]) -> dict[str, bytes]:
    """Table name to the bytes of a Parquet file, with the types of `SCHEMAS`, also where a table is empty."""
    try:
        columns = _columns(Rows(reports))
    except Exception:  # one report that cannot be laid flat must not cost the others
        columns = _columns(Rows([_flat_or_said(report) for report in reports]))
    stamp = {b"versions": json.dumps(versions(), sort_keys=True).encode()}
    return {name: _file(pa.table(held).replace_schema_metadata(stamp)) for name, held in columns.items()}


def _file(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return bytes(sink.getvalue().to_pybytes())


def _columns(rows: Rows) -> dict[str, dict[str, pa.Array]]:
    """By table and column."""
    made: dict[str, dict[str, pa.Array]] = {}
    for table, schema in SCHEMAS.items():
        if table == "words":
            # Parquet keeps each text once in any case, and files that have a dictionary each do not join.
            texts = {
                name: pa.DictionaryArray.from_arrays(_numbers(places, "int32"), _texts(all_)).dictionary_decode()
                for name, (places, all_) in rows.words.columns().items()
            }
            made[table] = texts | {"n": _numbers(rows.words.counts(), "int64")}
        else:
            laid = rows.tables[table]
            cells: list[Sequence[Any]] = list(zip(*laid, strict=True)) if laid else [()] * len(schema)
            made[table] = {
                name: _MAKE[kind](column) for (name, kind), column in zip(schema.items(), cells, strict=True)
            }
    return made


def _texts(column: Sequence[str]) -> pa.Array:
    joined = "".join(column)  # at once where a letter is a byte, as in ids, names and kinds
    packed = column if joined.isascii() else [text.encode() for text in column]
    ends = np.cumsum([0, *map(len, packed)])
    kind, ends = (pa.string(), ends.astype("int32")) if ends[-1] <= SHORT else (pa.large_string(), ends)
    return pa.Array.from_buffers(kind, len(packed), [None, pa.py_buffer(ends.tobytes()), pa.py_buffer(joined.encode())])


def _numbers(column: Sequence[Any] | Ints, kind: str) -> pa.Array:
    held = np.asarray(column, dtype=kind)
    return pa.Array.from_buffers(pa.from_numpy_dtype(held.dtype), len(held), [None, pa.py_buffer(held.tobytes())])


def _truths(column: Sequence[bool]) -> pa.Array:
    return pa.Array.from_buffers(pa.bool_(), len(column), [None, pa.py_buffer(_bits(column))])


def _days(column: Sequence[date | None]) -> pa.Array:
    times = np.array([(day.toordinal() - _DAY_ONE) * _DAY if day else 0 for day in column], dtype="int64")
    there = _bits([day is not None for day in column])
    return pa.Array.from_buffers(
        pa.timestamp("us"), len(column), [pa.py_buffer(there), pa.py_buffer(times.tobytes())], column.count(None)
    )


def _bits(column: Sequence[bool]) -> bytes:
    return np.packbits(np.array(column, dtype=bool), bitorder="little").tobytes()


_MAKE: Mapping[str, Callable[[Sequence[Any]], pa.Array]] = {
    "str": _texts,
    "int64": lambda column: _numbers(column, "int64"),
    "float64": lambda column: _numbers(column, "float64"),
    "bool": _truths,
    "datetime64[us]": _days,
}


def _flat_or_said(report: Report) -> Report:
    try:
        _columns(Rows([report]))
    except Exception as error:
        problem = f"The results of this article cannot be put into tables: {type(error).__name__}."
        return Report(unreadable(report.article, problem), problems=(*report.problems, problem))
    return report
