"""How far the analysis of one article is: its stages say so, and whoever waits for a long text may hear it.

A listener that raises (a page that was left) ends the analysis there, unless what it raises is an `Exception`, which
would be a problem of the article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[float], object]

# The share of the time that is over when a stage ends (benchmarks/README.md, "Where the time goes").
GRAMMAR, ACTORS, ATTRIBUTION, DETECTORS, WORDING, TARGETS, TONE = 0.37, 0.52, 0.66, 0.72, 0.83, 0.88, 0.99

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def heard_by(listener: Listener | None) -> Iterator[None]:
    """What is analysed meanwhile tells `listener` how much of the article is done, 0 to 1."""
    before = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(before)


def at(share: float) -> None:
    """So much of the article is done."""
    if listener := _listener.get():
        listener(share)
