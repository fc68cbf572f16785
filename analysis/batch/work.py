"""The pure function of every engine: a partition's articles come in, its tables go out as Parquet files in memory."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Mapping, Sequence
from functools import cache

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis import memory
from analysis.batch.partitions import Partition
from analysis.lexicon import own
from analysis.model import Article, Report
from analysis.provenance import versions
from analysis.tables import SCHEMAS, Tables, from_reports

_TYPES = {
    "str": pa.string(),
    "category": pa.string(),  # Parquet keeps each word once in any case, and files with one dictionary each do not join
    "int64": pa.int64(),
    "float64": pa.float64(),
    "bool": pa.bool_(),
    "datetime64[us]": pa.timestamp("us"),
}


def process(partition: Partition) -> dict[str, bytes]:
    """Analyse the articles and lay them flat: table name to the bytes of a Parquet file. The same in, the same out.

    The partition brings the user's own words and actors along, because a worker shares nothing with who started it.
    """
    from analysis.pipeline import analyze_many  # the grammar loads in the worker, not in the process that reads

    _load()
    with own.using(partition.own):
        reports = list(analyze_many(partition.articles))
        return {name: to_parquet(name, frame) for name, frame in _tables(reports).frames().items()}


@cache
def _load() -> None:
    """Once in a process: whatever the analysis loads at its first text."""
    from analysis.pipeline import analyze

    analyze("“The shameful vote,” Ada Renn said, may have been a mistake.")
    if multiprocessing.parent_process() is not None:  # a worker does nothing else; other processes are not ours
        memory.settle()


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


def unreadable(article: Article, problem: str) -> Article:
    """What stands for an article that cannot be analysed: no text, and a sentence in the problems table."""
    return Article(
        article.id,
        "",
        source=article.source,
        published=article.published,
        language=article.language,
        problems=(*article.problems, problem),
    )


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
