"""A corpus comes in, a folder of Parquet tables goes out: the same rows on a laptop and on a cluster.

    from analysis.batch import run
    run(["articles.parquet"], "tables", workers=8)

The articles are cut into partitions in the order of the input. One pure function turns a partition into tables,
wherever it runs; this process alone reads and writes, so a cluster needs no shared disk. Each table is a folder with
one file a partition (`findings/part-000000.parquet`), which DuckDB and pandas read as one. `run.json` names inputs
and versions.

An output is whole or absent: files are written beside and renamed, `articles` last, and a partition counts as finished
once that file is there. Stop it, and `resume=True` goes on where it was.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.batch import engines, plan
from analysis.batch.output import Folder, Record, recorded_plan
from analysis.batch.partitions import Partition, Reader, count_articles, find_inputs
from analysis.batch.progress import Progress, to_stderr
from analysis.choices import ENGINES, check_choices

__all__ = ["ENGINES", "Progress", "Summary", "run"]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did. `failed` holds a sentence for each input that could not be read; its rows are in `problems`."""

    articles: int
    partitions: int
    skipped: int  # partitions that an earlier run had finished
    seconds: float
    failed: tuple[str, ...]


def run(
    inputs: Sequence[str | Path],
    out: str | Path,
    *,
    engine: str = "local",
    scheduler: str | None = None,
    resume: bool = False,
    workers: int | None = None,
    clean: bool = True,
    partition_size: int | None = None,
    progress: Callable[[Progress], None] = to_stderr,
) -> Summary:
    """Analyse every article of `inputs` (files, folders, patterns) into Parquet tables in the folder `out`.

    `engine` "local" starts `workers` processes (one a core when None); "dask" uses the cluster at `scheduler`, or
    starts one on this machine. Own words and actors in use here (`analysis.lexicon.own.using`) hold in every process.
    Without `partition_size` the articles are cut so that every worker has its share (`analysis.batch.plan`; a resumed
    run keeps the partitions of the first). The rows are the same in any case. A row that cannot be read is a row of the
    table `problems`; an article that ends its process again and again becomes one, too. On KeyboardInterrupt the
    finished partitions stay. Processes are spawned: a script that calls this needs `if __name__ == "__main__":`.

    Raises ValueError for an unknown engine, for Dask where it is not installed, for a folder that holds other
    results, and LoadError (a ValueError) where an input does not exist.
    """
    check_choices("engine", [engine], ENGINES)
    if scheduler is not None and engine != "dask":
        raise ValueError("A scheduler address needs engine='dask'.")
    if workers is not None and workers < 1:
        raise ValueError(f"workers must be 1 or more, not {workers}.")
    if partition_size is not None and partition_size < 1:
        raise ValueError(f"partition_size must be 1 or more, not {partition_size}.")
    if engine == "dask":
        engines.require_dask()
    given = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    files = find_inputs(given)
    total = count_articles(files)
    many = workers or os.cpu_count() or 1
    cut = plan.even(partition_size) if partition_size else None
    cut = cut or (recorded_plan(out) if resume else None) or plan.shared(total, many)
    folder = Folder.open(out, Record.of(files, clean=clean, plan=cut), resume=resume)
    finished = folder.finished()
    reader = Reader(given, clean=clean, plan=cut)
    meter = _Meter(total, progress)

    def waiting() -> Iterator[Partition]:
        for partition in reader.partitions():
            if partition.number in finished:
                meter.skip(len(partition.articles))
            else:
                yield partition

    left = max(cut.partitions(total) - len(finished), 0) if total else many
    done = engines.dask(waiting(), workers, scheduler) if engine == "dask" else engines.local(waiting(), many, left)
    try:
        for partition, tables in done:
            folder.write(partition.number, tables)
            meter.add(len(partition.articles))
    finally:
        done.close()
        folder.sweep()
    folder.close(articles=reader.articles, partitions=reader.count)
    meter.finish()
    return Summary(
        articles=reader.articles,
        partitions=reader.count,
        skipped=len([number for number in finished if number < reader.count]),
        seconds=meter.seconds(),
        failed=tuple(reader.failed),
    )


class _Meter:
    """Counts articles and tells `progress` about it."""

    def __init__(self, total: int, progress: Callable[[Progress], None]) -> None:
        self._total, self._progress, self._start = total, progress, time.monotonic()
        self._done = self._skipped = 0

    def seconds(self) -> float:
        return time.monotonic() - self._start

    def skip(self, articles: int) -> None:
        self._skipped += articles

    def add(self, articles: int) -> None:
        self._done += articles
        self._tell(finished=False)

    def finish(self) -> None:
        self._tell(finished=True)

    def _tell(self, *, finished: bool) -> None:
        self._progress(Progress(self._done, self._skipped, self._total, self.seconds(), finished))
