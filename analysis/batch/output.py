"""The folder of results: tables of a partition come in, whole files go out; it knows which partitions are finished."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from analysis.batch.plan import Plan
from analysis.provenance import OWN, versions
from analysis.schemas import SCHEMAS

RECORD = "run.json"
LAST = "articles"  # written last: a partition with this file is finished
_FORMAT = 2  # of the folder; another number means other columns, or other partitions of one plan


@dataclass(frozen=True, slots=True)
class Record:
    """What a folder of results was made from and with."""

    format: int
    inputs: list[list[Any]]  # name and size in bytes
    clean: bool
    partition_sizes: list[list[int]]  # size and times, as in a Plan
    versions: dict[str, str]

    @classmethod
    def of(cls, files: Sequence[Path], *, clean: bool, plan: Plan) -> Record:
        inputs: list[list[Any]] = [[file.name, file.stat().st_size] for file in files]
        return cls(_FORMAT, inputs, clean, list(map(list, plan.steps)), dict(versions()))


class Folder:
    """A folder with a folder a table in it, and a file a partition in each."""

    def __init__(self, path: Path, record: Record) -> None:
        self.path, self.record = path, record

    @classmethod
    def open(cls, path: str | Path, record: Record, *, resume: bool) -> Folder:
        """Make the folder, or take it up again. Raises ValueError where it holds something else."""
        home = Path(path)
        if home.exists() and not home.is_dir():
            raise ValueError(f"{home} is a file; the tables need a folder.")
        used = home.is_dir() and any(home.iterdir())
        if used and not resume:
            raise ValueError(
                f"The folder {home} is not empty. Choose another, or go on with what is there: --resume, "
                "in Python resume=True."
            )
        if used:
            _check(home, record)
        folder = cls(home, record)
        for table in SCHEMAS:
            (home / table).mkdir(parents=True, exist_ok=True)
        folder.sweep()
        folder._write_record({})
        return folder

    def finished(self) -> frozenset[int]:
        """The numbers of the partitions that are whole."""
        return frozenset(_number(file) for file in (self.path / LAST).glob("part-*.parquet"))

    def write(self, number: int, tables: Mapping[str, bytes]) -> None:
        """Put a partition's tables in place: all are written beside first, then renamed, the articles last."""
        order = [*(name for name in SCHEMAS if name != LAST), LAST]
        for name in order:
            with self._beside(name, number).open("wb") as file:
                file.write(tables[name])
                file.flush()
                os.fsync(file.fileno())
        for name in order:
            self._beside(name, number).replace(self._place(name, number))

    def sweep(self) -> None:
        """Take away what an interrupted run left half done."""
        finished = self.finished()
        for table in SCHEMAS:
            for file in (self.path / table).iterdir():
                half = file.suffix == ".new" or (file.match("part-*.parquet") and _number(file) not in finished)
                if half:
                    file.unlink()

    def close(self, *, articles: int, partitions: int) -> None:
        """Say in the record that all is there."""
        self._write_record({"articles": articles, "partitions": partitions, "complete": True})

    def _place(self, table: str, number: int) -> Path:
        return self.path / table / f"part-{number:06d}.parquet"

    def _beside(self, table: str, number: int) -> Path:
        return self._place(table, number).with_suffix(".new")

    def _write_record(self, more: Mapping[str, Any]) -> None:
        beside = self.path / f"{RECORD}.new"
        beside.write_text(json.dumps(asdict(self.record) | dict(more), indent=2) + "\n", encoding="utf-8")
        beside.replace(self.path / RECORD)


def recorded_plan(path: str | Path) -> Plan | None:
    """The partitions of an earlier run in a folder; None where there is none."""
    try:
        steps = json.loads((Path(path) / RECORD).read_text(encoding="utf-8"))["partition_sizes"]
        plan = Plan(tuple((int(size), int(times)) for size, times in steps))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return plan if plan.steps and min(map(min, plan.steps)) > 0 else None


def _check(home: Path, record: Record) -> None:
    try:
        there = json.loads((home / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise ValueError(f"The folder {home} holds no {RECORD} of an earlier run, so it cannot be resumed.") from None
    names = {"format": "table format", "inputs": "inputs", "clean": "cleaning", "partition_sizes": "partition sizes",
             "versions": "versions of the analysis"}  # fmt: skip
    for key, now in asdict(record).items():
        before = there.get(key) if isinstance(there, dict) else None
        if before != now:
            what = names[key]
            if key == "versions" and isinstance(before, dict) and _without_own(before) == _without_own(now):
                what = "own words or own actors"
            raise ValueError(f"The folder {home} was made with other {what}, so it cannot be resumed.")


def _without_own(made: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in made.items() if name not in OWN}


def _number(file: Path) -> int:
    return int(file.stem.removeprefix("part-"))
