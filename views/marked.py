"""Lines that say what one source sets in marks and others write plainly; a click opens both in the margin."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis.framing.marked import by_term
from views import margin
from views.words import listing, plain, times

SHOWN = 8


def lines(found: pd.DataFrame, *, page: str) -> None:
    """The strongest of `framing.marked_elsewhere_plain`, a line a word."""
    with st.container(key="differences"):
        for i, row in enumerate(by_term(found).head(SHOWN).to_dict("records")):
            st.button(plain(sentence(row)), key=f"marked:{i}", type="tertiary", on_click=_open, args=(page, row))


def sentence(row: dict[str, Any]) -> str:
    """A row of `by_term` in words."""
    others, together = row["others"], "" if len(row["others"]) == 1 else " in all"
    return (
        f"{row['source']} sets “{row['term']}” in marks {times(row['n_marked'])}; {listing(others)} "
        f"{'writes' if len(others) == 1 else 'write'} it plainly, {times(row['n_plain'])}{together}."
    )


def _open(page: str, row: dict[str, Any]) -> None:
    margin.pick(page, f"“{row['term']}”, marked and plain", "spots", spots=row["marked"] + row["plain"])
