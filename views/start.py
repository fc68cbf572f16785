"""What the server does once, before anybody comes: libraries loaded, the samples laid flat, in the background.

A page imports and reads for about a second before it can say a word; the first visitor need not wait for that.
"""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Thread
from typing import Any

import streamlit as st

LATER = 5  # seconds: a first visitor, who comes at once, is served before what comes later is imported


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Begins to warm up when the server starts, and lets it answer meanwhile."""
    Thread(target=_get_ready, daemon=True).start()
    yield {}


def _get_ready() -> None:
    warm()
    time.sleep(LATER)
    from analysis import pipeline  # noqa: F401  (for the first click on a mark, and the first text that is pasted)


def warm() -> None:
    """Import what the first page imports, and lay the samples flat for all visitors."""
    # Without a page around it, Streamlit's cache warns at every call that nothing can be shown.
    about_pages = logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context")
    before, about_pages.level = about_pages.level, logging.ERROR
    try:
        from views import margin, parts, state  # noqa: F401  (imported to be there)

        state.sample_corpus("")
    finally:
        about_pages.level = before
