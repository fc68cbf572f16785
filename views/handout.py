"""The way from a page to paper: the handout of the articles that it shows, as `python -m analysis report` makes it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.lexicon.own import Own, using
from analysis.model import Report
from views import own

MOST = 12  # articles; of more it is a book, and takes a while to make


def offer(reports: Sequence[Report], *, key: str, file_name: str, what: str) -> None:
    """A button that saves the handout of some reports; nothing where there are none or too many."""
    if not 0 < len(reports) <= MOST:
        return
    lists = own.current()  # a download is made later, outside of the page
    st.download_button(
        f"Handout of {what}",
        lambda: made(reports, lists),
        file_name=f"{file_name}.html",
        mime="text/html",
        key=f"handout-{key}",
        on_click="ignore",
        help="One page to print or to pass on: every text with its marks and their reasons, and the sources compared. "
        "It opens in any browser, without this app and without a network.",
    )


def made(reports: Sequence[Report], lists: Own) -> bytes:
    """The handout as a file."""
    from analysis.report import to_html  # asks for the versions of the grammar, which no page needs

    with using(lists):
        return to_html(reports).encode()
