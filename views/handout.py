"""The way from a page to paper: the handout of the articles that it shows, as `python -m analysis report` makes it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.lexicon.own import Own, using
from analysis.model import Report
from views import figures, own

MOST = 12  # articles; of more it is a book, and takes a while to make


def offer(reports: Sequence[Report]) -> None:
    """A button in the bar that saves the handout of some reports; nothing where there are none or too many."""
    if not 0 < len(reports) <= MOST:
        return
    lists = own.current()  # a download is made later, outside of the page
    with st.session_state["bar"]:
        figures.download(
            "Handout",
            lambda: made(reports, lists),
            "handout.html",
            key="handout",
            help="One page to print or to pass on: the texts that this page shows with their marks and reasons, and "
            "their sources compared. It opens in any browser, without this app and without a network.",
        )


def made(reports: Sequence[Report], lists: Own) -> bytes:
    """The handout as a file."""
    from analysis.report import to_html  # asks for the versions of the grammar, which no page needs

    with using(lists):
        return to_html(reports).encode()
