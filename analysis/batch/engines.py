"""Where the work runs: partitions come in, each goes out with its tables as soon as it is done, in any order.

At most `AHEAD` partitions a worker are read ahead, so memory does not grow with the corpus. A worker that is killed
costs time: its partition runs again. A partition that fails `TRIES` times is searched for the article that does it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import uuid
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import util
from typing import Any

from analysis.batch import work
from analysis.batch.partitions import Partition, unreadable

Done = Generator[tuple[Partition, dict[str, bytes]], None, None]

AHEAD = 2  # partitions a worker: one at work, one waiting, so no worker idles while this process writes
TRIES = 3  # a machine short of memory kills a worker once or twice; three times is the partition's own doing
LAST_OF_ALL = -1_000_000  # multiprocessing's own work at the end of a process has numbers near zero
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")  # processes share the cores, not threads
LOST = "The process that analysed this article ended without a word, each time it was tried."


def local(partitions: Iterator[Partition], workers: int, expected: int = 0) -> Done:
    """So many processes on this machine. As many as there are partitions expected load while those are being read."""
    again: deque[Partition] = deque()
    tries: dict[int, int] = {}
    more = True
    while more or again:
        running: dict[Future[dict[str, bytes]], Partition] = {}
        with _pool(workers) as pool:
            try:
                for _ in range(min(workers, expected)):  # each starts a process; the first to be ready may take two
                    pool.submit(work.ready)
                while True:
                    while (more or again) and len(running) < AHEAD * workers:
                        partition = again.popleft() if again else next(partitions, None)
                        if partition is None:
                            more = False
                            break
                        if tries.get(partition.number, 0) >= TRIES:
                            yield partition, search(partition)
                            continue
                        again.appendleft(partition)  # until the pool has taken it
                        running[pool.submit(work.process, partition)] = partition
                        again.popleft()
                    if not running:
                        break
                    for future in wait(running, return_when=FIRST_COMPLETED).done:
                        tables = future.result()
                        yield running.pop(future), tables
            except BrokenProcessPool:
                for future, partition in running.items():
                    if future.done() and not future.exception():
                        yield partition, future.result()
                    else:
                        tries[partition.number] = tries.get(partition.number, 0) + 1
                        again.append(partition)


def dask(partitions: Iterator[Partition], workers: int | None, scheduler: str | None) -> Done:
    """A Dask cluster: the one at `scheduler`, or processes that it starts on this machine."""
    distributed = require_dask()
    run = uuid.uuid4().hex[:8]  # a cluster may still hold partitions of another run
    with _cluster(distributed, workers, scheduler) as client:
        capacity = AHEAD * max(len(client.scheduler_info(n_workers=-1)["workers"]), 1)
        running: dict[Any, Partition] = {}
        completed = distributed.as_completed()

        def submit() -> None:
            partition = next(partitions, None)
            if partition is not None:
                future = client.submit(work.process, partition, pure=False, key=f"articles-{run}-{partition.number}")
                running[future.key] = partition
                completed.add(future)

        for _ in range(capacity):
            submit()
        while running:
            future = next(completed)
            partition = running.pop(future.key)
            try:
                tables = future.result()
            except distributed.KilledWorker:
                tables = search(partition)
            future.release()
            submit()
            yield partition, tables


def require_dask() -> Any:
    """The module `distributed`. Raises ValueError that says how to get it."""
    try:
        import distributed
    except ImportError:
        raise ValueError(
            "The dask engine needs Dask: pip install 'framing-dashboard[cluster]', or use the local engine."
        ) from None
    return distributed


def search(partition: Partition) -> dict[str, bytes]:
    """Tables of a partition that ended its process: the articles that do it are found by halves and become problems."""
    everything = range(len(partition.articles))
    try:
        return _alone(partition, everything)
    except BrokenProcessPool:
        lost = _lost(partition, everything)
    articles = tuple(
        unreadable(article, LOST) if place in lost else article for place, article in enumerate(partition.articles)
    )
    return _alone(replace(partition, articles=articles), everything)


def _lost(partition: Partition, places: range) -> set[int]:
    """The articles among `places`, which together end a process, that end one by themselves."""
    if len(places) == 1:
        return set(places)
    found: set[int] = set()
    for half in (places[: len(places) // 2], places[len(places) // 2 :]):
        try:
            _alone(partition, half)
        except BrokenProcessPool:
            found |= _lost(partition, half)
    return found


def _alone(partition: Partition, places: range) -> dict[str, bytes]:
    part = replace(partition, articles=tuple(partition.articles[place] for place in places))
    with _pool(1) as pool:
        return pool.submit(work.process, part).result()


@contextmanager
def _pool(workers: int) -> Generator[ProcessPoolExecutor, None, None]:
    """Fresh processes (a forked one can hang on a lock that another thread held), ended at once when we are."""
    context = multiprocessing.get_context("spawn")
    with _one_thread():
        pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin)
        try:
            yield pool
        except BaseException:
            processes = list((pool._processes or {}).values())
            pool.shutdown(wait=False, cancel_futures=True)
            for process in processes:
                process.terminate()
            for process in processes:
                process.join()
            raise
        pool.shutdown()


@contextmanager
def _cluster(distributed: Any, workers: int | None, scheduler: str | None) -> Generator[Any, None, None]:
    if scheduler:
        with distributed.Client(scheduler) as client:
            yield client
        return
    cluster: Callable[..., Any] = distributed.LocalCluster
    with (
        _one_thread(),
        cluster(
            n_workers=workers or os.cpu_count() or 1, threads_per_worker=1, dashboard_address=None
        ) as local_cluster,
        distributed.Client(local_cluster) as client,
    ):
        yield client


@contextmanager
def _one_thread() -> Generator[None, None, None]:
    """Child processes started meanwhile use one thread each."""
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _begin() -> None:
    """Once in a worker: leave interrupts to the parent, and end at once when all is done.

    Python would take everything down piece by piece first, for an eighth of a second, in which the parent waits.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    util.Finalize(None, os._exit, args=(0,), exitpriority=LAST_OF_ALL)
