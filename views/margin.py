"""The margin of a page: the sentences behind the cell, bar or line that was clicked.

A page says what was picked with `pick`; `show` draws it in the column beside the figures, on a small screen as a sheet
at the foot of the window. A sentence's way in opens Read at its mark.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from views import reader, state
from views.places import FINDERS
from views.words import count, show

SHOWN = 12  # sentences at first; more are a click away
WIDTHS = (2.1, 1)  # the page and its margin


@dataclass(frozen=True)
class Pick:
    """What was clicked: how it is called, and how its sentences are found.

    `how` names a function of `views.places`, `options` are its options.
    """

    title: str
    how: str
    options: tuple[tuple[str, Any], ...] = ()


def pick(page: str, title: str, how: str, **options: Any) -> None:
    """Remember what was clicked on a page; called from the callbacks of its figures and buttons."""
    st.session_state[f"pick:{page}"] = Pick(title, how, tuple(sorted(options.items())))
    st.session_state[f"shown:{page}"] = SHOWN
    st.session_state.pop("outlined", None)  # the figure that was clicked sets its own again


def picked(page: str) -> Pick | None:
    found: Pick | None = st.session_state.get(f"pick:{page}")
    return found


@contextmanager
def columns(page: str, hint: str, body: Callable[[str, Pick], None] | None = None):
    """The two columns of a page: yields inside the main one, then draws the margin beside it.

    `body` draws what was picked, where that is not the sentences of the selection in use.
    """
    main, side = st.columns(WIDTHS, gap="large")
    with main:
        yield
    with side, st.container(key="margin"):
        show_pick(page, hint, body or _sentences)


def show_pick(page: str, hint: str, body: Callable[[str, Pick], None]) -> None:
    """What was picked, or a hint how to pick."""
    chosen = picked(page)
    if chosen is None:
        show('<div class="margin-hint"><h2>In the margin</h2><p>{hint}</p></div>', hint=hint)
        return
    with st.container(key="margin-sheet"):
        body(page, chosen)


def head(page: str, title: str, note: str) -> None:
    """The head of the margin, with the way to close it."""
    with st.container(horizontal=True, vertical_alignment="top", horizontal_alignment="distribute", key="margin-head"):
        show('<div class="margin-head"><h2>{title}</h2><p>{note}</p></div>', title=title, note=note)
        if st.button("Close", key=f"close:{page}", type="tertiary"):
            st.session_state.pop(f"pick:{page}", None)
            st.session_state.pop("outlined", None)
            st.rerun()


def _sentences(page: str, chosen: Pick) -> None:
    rows = _rows(chosen)
    head(page, chosen.title, count(len(rows), "place"))
    if rows.empty:
        show(
            '<p class="quiet">{words}</p>',
            words="No sentence in this selection. Widen the filters above the page, or pick another cell.",
        )
        return
    shown = st.session_state.get(f"shown:{page}", SHOWN)
    opened = reader.sentences([line(row) for row in rows.head(shown).to_dict("records")], key=f"sentences:{page}")
    if len(rows) > shown:
        more = min(SHOWN, len(rows) - shown)
        if st.button(f"Show {more} more of {len(rows)}", key=f"more:{page}"):
            st.session_state[f"shown:{page}"] = shown + SHOWN
            st.rerun()
    if opened is not None and opened < len(rows):
        open_article(rows.iloc[opened]["article"], int(rows.iloc[opened]["start"]))


def open_article(article: str, start: int) -> None:
    """Go to Read, at a place; the bar keeps its choices."""
    state.go_to("views/read.py", article=article, mark=str(start))


def _rows(chosen: Pick) -> pd.DataFrame:
    try:
        return FINDERS[chosen.how](state.current().tables, **dict(chosen.options))
    except ValueError:  # the filters have moved on and no longer hold what was picked
        return pd.DataFrame()


def line(row: dict[str, Any]) -> dict[str, Any]:
    """One row of evidence as the list of sentences takes it: cut at its mark, with the mark's own words and reason."""
    report = state.current().corpus.reports[row["article"]]
    first = row["sentence_start"]
    sentence, start, end = row["sentence"], row["start"] - first, min(row["end"] - first, len(row["sentence"]))
    cut = {
        "source": row["source"],
        "note": report.article.title,
        "before": sentence[:start],
        "mark": sentence[start:end],
        "after": sentence[end:],
    }
    finding = reader.finding_at(report, row["start"], row["end"], row.get("kind", ""))
    if finding is None:
        return cut | {"kind": "place", "sign": "none", "width": 2, "why": ""}
    head, about = reader.describe(finding, report)
    return cut | reader.looks(finding) | {"why": f"{head.partition(': ')[2].capitalize()}, {about}. {finding.reason}"}
