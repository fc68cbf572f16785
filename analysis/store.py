"""Tables on disk: a folder of Parquet files comes in, as `analysis.batch` leaves it, and `Tables` of a choice go out.

Each table is a folder of files (`findings/part-000000.parquet`) or one file (`findings.parquet`). Only the rows of the
chosen sources and dates are read, so that a corpus larger than memory can be looked at part by part.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds

from analysis.choices import check_choices
from analysis.schemas import SCHEMAS
from analysis.tables import Tables

_PART = "part-000000.parquet"


def write(tables: Tables, folder: str | Path) -> None:
    """Write every table into its folder in `folder`, in place of what `write` left there before.

    Raises ValueError where `folder` is a file, or holds tables in several parts, which are a run of the batch.
    """
    home = Path(folder)
    if home.exists() and not home.is_dir():
        raise ValueError(f"{home} is a file; the tables need a folder.")
    if any(file.name != _PART for name in SCHEMAS for file in (home / name).glob("*.parquet")):
        raise ValueError(f"The folder {home} holds tables in several parts. Choose another.")
    for name, frame in tables.frames().items():
        (home / name).mkdir(parents=True, exist_ok=True)
        beside = home / name / f"{_PART}.new"
        frame.to_parquet(beside, index=False)
        beside.replace(home / name / _PART)


def sources(folder: str | Path) -> pd.DataFrame:
    """What a folder holds: source, articles, words, first and last date; most articles first."""
    frame = _rows(folder, "articles", ["source", "words", "published"], None)
    whole = frame.groupby("source", as_index=False).agg(
        articles=("source", "size"), words=("words", "sum"), first=("published", "min"), last=("published", "max")
    )
    return whole.sort_values(["articles", "source"], ascending=[False, True], kind="stable").reset_index(drop=True)


def read(
    folder: str | Path,
    *,
    sources: Collection[str] | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Tables:
    """The tables of the articles of some sources and dates (both included), in the order of the files.

    Articles without a date are left out as soon as a date is asked for. Raises FileNotFoundError where a table is
    missing, ValueError for an unknown source.
    """
    tests = []
    if sources is not None:
        known = set(_rows(folder, "articles", ["source"], None)["source"])
        check_choices("source", sources, known)
        tests.append(_among("source", list(sources)))
    # The day is compared as a moment, which is what the column holds.
    if since is not None:
        tests.append(ds.field("published") >= pa.scalar(pd.Timestamp(since).as_unit("us")))
    if until is not None:
        tests.append(ds.field("published") < pa.scalar(pd.Timestamp(until + timedelta(days=1)).as_unit("us")))
    inside = None
    if tests:
        chosen = tests[0]
        for test in tests[1:]:
            chosen &= test
        inside = _among("article", _rows(folder, "articles", ["article"], chosen)["article"].tolist())
    return Tables(**{name: _rows(folder, name, list(schema), inside) for name, schema in SCHEMAS.items()})


def _rows(folder: str | Path, name: str, columns: list[str], test: Any) -> pd.DataFrame:
    home = Path(folder)
    files = sorted((home / name).glob("*.parquet")) or [file for file in [home / f"{name}.parquet"] if file.is_file()]
    if not files:
        raise FileNotFoundError(
            f"The folder {home} holds no table “{name}”: neither {name}/*.parquet nor {name}.parquet."
        )
    # Each part has its own categories, so they are read as the text they stand for and made anew over the whole.
    plain = pa.schema([(column, _plain(SCHEMAS[name][column])) for column in SCHEMAS[name]])
    found = ds.dataset([str(file) for file in files], schema=plain, format="parquet").to_table(columns, filter=test)
    frame: pd.DataFrame = found.to_pandas().astype({column: SCHEMAS[name][column] for column in columns})
    return frame


def _among(column: str, values: list[str]) -> Any:
    # Arrow refuses to look text up in an empty list, which has no type.
    return ds.field(column).isin(values) if values else ds.scalar(False)


def _plain(dtype: str) -> Any:
    kinds = {"int64": pa.int64(), "float64": pa.float64(), "bool": pa.bool_(), "datetime64[us]": pa.timestamp("us")}
    return kinds.get(dtype, pa.string())
