"""The open index of a folder: SQL and its values come in, frames go out. Nothing is kept between questions."""

from __future__ import annotations

import threading
from collections.abc import Collection
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from analysis.warehouse import index


class Base:
    """The tables of a folder, and their index as views of the same names (`index.FILES`)."""

    def __init__(self, folder: str | Path) -> None:
        """Raises `index.Missing`, a ValueError, where the folder has no tables, no index, or one of other tables."""
        self.folder = Path(folder)
        self.key = index.key(self.folder)
        self._lock = threading.Lock()
        self._base = duckdb.connect()
        for name in index.FILES:
            path = str(self.folder / index.HOME / f"{name}.parquet").replace("'", "''")
            self._base.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{path}')")

    def frame(self, query: str, *values: Any) -> pd.DataFrame:
        """The answer to a query; every value goes in as a parameter."""
        with self._lock:
            made: pd.DataFrame = self._base.execute(query, list(values)).df()
        return made

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The sources, most articles first, then by name."""
        return tuple(self.standing["source"])

    @cached_property
    def standing(self) -> pd.DataFrame:
        """What is there: source, articles, words, first and last month."""
        return self.frame(
            "SELECT source, sum(articles) FILTER (voice = 'narrator')::BIGINT AS articles, "
            "sum(words)::BIGINT AS words, "
            "min(month) AS first, max(month) AS last FROM exposure GROUP BY source ORDER BY articles DESC, source"
        )

    @cached_property
    def months(self) -> list[date]:
        """The first days of the months from which there are articles, in order."""
        found = self.frame("SELECT DISTINCT month FROM exposure WHERE month IS NOT NULL ORDER BY month")["month"]
        return [month.date() for month in pd.to_datetime(found)]

    def actors(self, top: int) -> dict[str, str]:
        """Names by id of the most mentioned named actors."""
        found = self.frame("SELECT actor, name FROM names WHERE named ORDER BY mentions DESC, actor LIMIT ?", top)
        return dict(zip(found["actor"], found["name"], strict=True))

    def names(self, actors: Collection[str]) -> dict[str, str]:
        """Names by id of some actors, in the order given; unknown ones are missing."""
        found = self.frame("SELECT actor, name FROM names WHERE actor IN (SELECT unnest(?))", list(actors))
        known = dict(zip(found["actor"], found["name"], strict=True))
        return {actor: known[actor] for actor in actors if actor in known}
