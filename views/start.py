"""What the server does once: before it answers, what the first page needs; then what the others will.

A page imports, reads and measures for more than a second before it can say a word; no visitor need wait for that.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from threading import Event, Thread
from typing import Any

import streamlit as st

from analysis import memory

SENTENCE = "The minister, who spoke on Monday, said that “the so-called reform” would be a disaster for Norway."
LATER = 5  # seconds: a first visitor, who comes at once, is served before what comes later is imported
PATIENCE = 1.0  # seconds that a piece of the grammar waits for a moment without pages: in a class there may be none
TIDY = 60  # seconds after which the server looks for garbage between two pages, too


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Gets ready what the first page needs before the server answers, and the rest when it does."""
    from views import ahead

    ahead.enabled = True
    await asyncio.to_thread(warm)
    memory.settle()
    for work in (_get_on, _tidy):
        Thread(target=work, daemon=True).start()
    yield {}


def _get_on() -> None:
    from views import pace, samples, work

    time.sleep(LATER)
    pace.quiet(PATIENCE)
    with unwatched():
        article = max(samples.reports(), key=lambda report: len(report.findings)).article  # meets most of the rules
    for _ in work.made_ready(SENTENCE, article):
        pace.quiet(PATIENCE)
    memory.settle()
    look_ahead()


def _tidy() -> None:
    """Look for what runs of pages left behind, when nobody waits; in a class somebody always does."""
    from views import pace

    while True:
        pace.after_pages(TIDY)
        gc.collect()


def look_ahead() -> None:
    """Measure what other pages will show of the samples."""
    from views import ahead

    with unwatched():
        ahead.work(_samples(), True, Event())


def _samples() -> Any:
    """The selection that a visitor meets first."""
    from views import state

    whole = state.sample_corpus("")
    return state.Selection(whole, whole.tables, whole.key, "narrator", ())


def warm() -> None:
    """Import what the first page imports, lay the samples flat for all visitors and measure what it shows of them."""
    from views import ahead, margin, parts  # noqa: F401  (imported to be there)

    with unwatched():
        first = _samples()
        list(ahead.overview(first, first.voice, partial(ahead.keep, first, True)))


@contextmanager
def unwatched() -> Iterator[None]:
    """Where there is no page."""
    # Without a page around it, Streamlit's cache warns at every call that nothing can be shown.
    about_pages = logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context")
    before, about_pages.level = about_pages.level, logging.ERROR
    try:
        yield
    finally:
        about_pages.level = before
