"""Reports laid flat and packed: the reports of a partition come in, its tables go out as Parquet files in memory."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.batch.work import unreadable
from analysis.model import Report
from analysis.provenance import versions
from analysis.schemas import SCHEMAS
from analysis.tables import Tables, from_reports

_TYPES = {
    "str": pa.string(),
    "category": pa.string(),  # Parquet keeps each word once in any case, and files with one dictionary each do not join
    "int64": pa.int64(),
    "float64": pa.float64(),
    "bool": pa.bool_(),
    "datetime64[us]": pa.timestamp("us"),
}


def pack(reports: Sequence[Report]) -> dict[str, bytes]:
    """Table name to the bytes of a Parquet file."""
    return {name: to_parquet(name, frame) for name, frame in _tables(reports).frames().items()}


def to_parquet(name: str, frame: pd.DataFrame) -> bytes:
    """A table as Parquet, with the types of `SCHEMAS`, also when it is empty; its metadata names the versions."""
    texts = {column: frame[column].astype("str") for column in frame.columns if frame[column].dtype == "category"}
    table = pa.Table.from_pandas(frame.assign(**texts), schema=schema(name), preserve_index=False)
    sink = pa.BufferOutputStream()
    pq.write_table(table.replace_schema_metadata(_stamp()), sink, compression="zstd")
    return bytes(sink.getvalue().to_pybytes())


def schema(name: str) -> pa.Schema:
    """The Arrow schema of a table."""
    return pa.schema([(column, _TYPES[dtype]) for column, dtype in SCHEMAS[name].items()])


def _tables(reports: Sequence[Report]) -> Tables:
    try:
        return from_reports(reports)
    except Exception:  # one report that cannot be laid flat must not cost the others
        return from_reports([_flat_or_said(report) for report in reports])


def _flat_or_said(report: Report) -> Report:
    try:
        from_reports([report])
    except Exception as error:
        problem = f"The results of this article cannot be put into tables: {type(error).__name__}."
        return Report(unreadable(report.article, problem), problems=(*report.problems, problem))
    return report


def _stamp() -> Mapping[bytes, bytes]:
    return {b"versions": json.dumps(versions(), sort_keys=True).encode()}
