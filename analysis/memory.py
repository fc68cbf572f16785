"""What a long-running process does once, when the grammar, the lists and the samples are loaded."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Objects made before the youngest are searched (Python: 700), and searches of the younger before one of the older. An
# article makes thousands that all live as long as its report, and none that only a search would find: to search among
# ten thousand costs 3 % of the time of whoever keeps the reports, among a hundred thousand not 1 %.
SEARCHES = (100_000, 20, 20)


def settle() -> None:
    """Keep what is in memory now out of every later search for garbage, and search seldom.

    The lists are some 400,000 objects, which Python would look through again and again: 7 % of the time of a batch,
    and 0.3 s of each search of the server, in which no phone of a class is answered.
    """
    gc.collect()
    keep()
    # At the end all must go: DuckDB says in fifty lines what of it was left.
    atexit.unregister(gc.unfreeze)
    atexit.register(gc.unfreeze)


def keep() -> None:
    """As `settle`, in a process that has only loaded: it holds hardly any garbage, and to look for it costs 0.1 s.

    Its end is quicker by half a second, too: Python looks through everything then.
    """
    gc.freeze()
    gc.set_threshold(*SEARCHES)


@contextmanager
def unsearched() -> Iterator[None]:
    """Load inside the with-block: what is made there stays, and looking through it for garbage takes a sixth longer."""
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()
