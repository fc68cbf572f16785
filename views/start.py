"""What the server does once, before it answers.

A page imports, reads and measures for more than a second before it can say a word, and the grammar loads as long; no
visitor need wait for that, nor find that a click takes longer because something loads beside it.
"""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from threading import Event, Thread
from typing import Any

import streamlit as st

from analysis import memory

TIDY = 60  # seconds after which the server looks for garbage between two pages, too


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Gets ready before the server answers, and tidies up while it does."""
    from views import ahead

    ahead.enabled = True
    await asyncio.to_thread(warm)
    memory.settle()
    Thread(target=_tidy, daemon=True).start()
    yield {}


def _tidy() -> None:
    """Look for what runs of pages left behind, when nobody waits; in a class somebody always does."""
    from views import spare_time

    while True:
        spare_time.after_pages(TIDY)
        gc.collect()


def warm() -> None:
    """Import what pages import, load grammar and lists, lay the samples flat for all visitors and measure what pages
    show of them."""
    from views import ahead, figures, layout, margin, progress, samples, state, work  # noqa: F401  (imported to be there)

    with unwatched():
        st.empty()  # at the first element of a process Streamlit looks through the files of all modules, for 0.2 s
        work.make_ready(max(samples.reports(), key=lambda report: len(report.findings)).article)  # meets most rules
        whole = state.sample_corpus("")
        first = state.Selection(whole, whole.tables, whole.key, "narrator", ())  # what a visitor meets first
        ahead.work(first, True, Event())


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
