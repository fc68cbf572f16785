"""The work of every engine: a partition's articles come in, its tables go out as Parquet files in memory.

What it needs loads when it is called, in the worker: who starts the workers and reads the articles need not wait.
"""

from __future__ import annotations

import multiprocessing
from functools import cache

from analysis import memory
from analysis.batch.partitions import Partition
from analysis.lexicon import own
from analysis.loading import finish


def process(partition: Partition) -> dict[str, bytes]:
    """Analyse the articles and lay them flat: table name to the bytes of a Parquet file. The same in, the same out.

    The partition brings the user's own words and actors along, because a worker shares nothing with who started it.
    """
    ready()
    from analysis.batch import parquet
    from analysis.pipeline import analyze_many

    with own.using(partition.own):
        return parquet.pack(list(analyze_many(map(finish, partition.articles))))


@cache
def ready() -> None:
    """Once in a process: load whatever the analysis loads at its first text, and what writes tables."""
    with memory.unsearched():
        from analysis.batch import parquet
        from analysis.pipeline import analyze

        parquet.pack([analyze("“The shameful vote,” Ada Renn said, may have been a mistake.")])
    if multiprocessing.parent_process() is not None:  # a worker does nothing else; other processes are not ours
        memory.keep()
