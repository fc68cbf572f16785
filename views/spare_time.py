"""When the server has time for work that nobody waits for: not while a page is being made, nor while one arrives."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock

COMING = 2.0  # seconds until a page that was asked for begins to be made: its scripts come first
STANDS = 1.0  # seconds until a page that was just made stands in the browser
WAIT = 0.05  # seconds between two looks whether there is time
GLANCE = 0.005  # the same, of work that goes on as soon as a page is made
LONGEST = 5.0  # seconds that such work waits at a time: in a class some page is always being made

_pages = 0  # that are being made
_busy_until = 0.0
_lock = Lock()
_made = Event()  # a page, since `after_pages` was last through


@contextmanager
def page() -> Iterator[None]:
    """While a page is being made, other work waits; and a moment longer, until it stands in the browser."""
    global _pages
    with _lock:
        _pages += 1
    try:
        yield
    finally:
        with _lock:
            _pages -= 1
        _wait(STANDS)
        _made.set()


def coming() -> None:
    """Somebody has asked for the page that Streamlit begins with, and will soon ask for ours."""
    _wait(COMING)


def _wait(seconds: float) -> None:
    global _busy_until
    with _lock:
        _busy_until = max(_busy_until, time.monotonic() + seconds)


def quiet(at_most: float = float("inf")) -> None:
    """Wait until there is time, or so many seconds have passed."""
    end = time.monotonic() + at_most
    while (_pages or time.monotonic() < _busy_until) and time.monotonic() < end:
        time.sleep(WAIT)


def between_pages(at_most: float = LONGEST) -> None:
    """Wait while a page is being made, or until so many seconds have passed; for work that may stop midway."""
    end = time.monotonic() + at_most
    while _pages and time.monotonic() < end:
        time.sleep(GLANCE)


def after_pages(at_most: float) -> None:
    """Wait until a page was made, and then until there is time, or so many seconds have passed."""
    _made.wait()
    _made.clear()
    quiet(at_most)
