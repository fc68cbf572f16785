"""Column names in, the part each column plays out. The names people use stand in `columns.tsv`, best first."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from analysis.loading.errors import LoadError


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what; an empty name means that the table has no such column. Only `text` is required."""

    text: str = ""
    id: str = ""
    source: str = ""
    title: str = ""
    published: str = ""
    url: str = ""

    def check(self, names: Sequence[str], where: str) -> None:
        """Raise LoadError, listing the columns there are, where `text` or another chosen column is missing."""
        found = ", ".join(names) or "none"
        if not self.text:
            links = (
                f" The column “{self.url}” holds addresses; put the texts behind them into the table."
                if self.url
                else ""
            )
            raise LoadError(
                f"No column of {where} looks like the text of articles. Columns found: {found}. "
                f"Name one of them “text”, or choose it. Also read: {', '.join(FIELDS[1:])}.{links}"
            )
        for field in FIELDS:
            chosen = getattr(self, field)
            if chosen and chosen not in names:
                raise LoadError(f"{where} has no column “{chosen}” for {field}. Columns found: {found}.")


FIELDS = tuple(field.name for field in fields(Columns))


@cache
def _known() -> dict[str, tuple[str, int]]:
    with (Path(__file__).with_name("columns.tsv")).open(encoding="utf-8", newline="") as rows:
        return {
            _plain(row["name"]): (row["field"], rank) for rank, row in enumerate(csv.DictReader(rows, delimiter="\t"))
        }


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())


def guess_columns(names: Sequence[str]) -> Columns:
    """The best guess for each part. A part that no name fits stays empty; nothing is raised."""
    best: dict[str, tuple[int, str]] = {}
    for name in names:
        field, rank = _known().get(_plain(name), ("", 0))
        if field and (field not in best or rank < best[field][0]):
            best[field] = (rank, name)
    return Columns(**{field: name for field, (_, name) in best.items()})
