"""What takes seconds is done in steps, under a bar; a click elsewhere need not wait for its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Thread
from typing import Any

import pandas as pd
import streamlit as st

from analysis import framing
from analysis.framing import events
from views import ahead, state

MOVES = 0.2  # seconds between two moves of a bar


def stories() -> pd.DataFrame:
    """The events that several sources tell; where it takes seconds to find them, the page shows how far it is."""
    flat = state.current().tables
    if len(flat.articles) > ahead.LOOKED_THROUGH:
        doing = f"Looking through {len(flat.articles):,} articles for events that several sources tell, once"
        in_steps(doing, list(events.steps(flat)))
    found: pd.DataFrame = state.measure(framing.stories)
    return found


def in_steps(doing: str, steps: Sequence[tuple[str, Callable[[], Any]]]) -> None:
    """Take steps that remember what they find, under a bar; a click elsewhere need not wait for their end.

    A step that was left goes on, for whoever comes back.
    """
    if not steps:
        return
    bar = st.progress(0.0, f"{doing} …")
    for number, (name, step) in enumerate(steps):
        thread = Thread(target=step, daemon=True)
        thread.start()
        while thread.is_alive():  # Streamlit lets a click interrupt the page where the bar moves
            bar.progress(number / len(steps), f"{doing}: {name} …")
            thread.join(MOVES)
    bar.empty()
