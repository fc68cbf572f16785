"""The margin of a page: the sentences behind the cell, bar or line that was clicked.

A page says what was picked with `pick`; `show` draws it in the column beside the figures, on a small screen as a sheet
at the foot of the window. A sentence's way in opens Read at its mark.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from views import reader, state
from views.places import FINDERS, IN_WORDS
from views.words import count, show

SHOWN = 12  # sentences at first; more are a click away
TOLD = ("article", "source", "kind", "start", "end", "sentence", "sentence_start")  # columns that a sentence needs
LONGEST = 1 << 40  # more characters than an article has
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
    sentences = count_sentences(rows)
    head(page, chosen.title, _in_words(chosen, rows, sentences))
    if rows.empty:
        show(
            '<p class="quiet">{words}</p>',
            words="No sentence in this selection. Widen the filters above the page, or pick another cell.",
        )
        return
    shown = st.session_state.get(f"shown:{page}", SHOWN)
    found = by_sentence(rows, shown)
    follow(found, reader.sentences([line(one) for one in found], key=f"sentences:{page}"))
    if sentences > shown:
        more = min(SHOWN, sentences - shown)
        if st.button(f"Show {more} more of {sentences}", key=f"more:{page}"):
            st.session_state[f"shown:{page}"] = shown + SHOWN
            st.rerun()


def _in_words(chosen: Pick, rows: pd.DataFrame, sentences: int) -> str:
    if chosen.how in IN_WORDS and len(rows):
        return IN_WORDS[chosen.how](state.current().tables, **dict(chosen.options))
    return count(len(rows), "place") + (f" in {count(sentences, 'sentence')}" if sentences < len(rows) else "")


def by_sentence(rows: pd.DataFrame, shown: int | None = None) -> list[list[dict[str, Any]]]:
    """Rows of evidence with the columns TOLD, those of one sentence together, in the order in which each comes first.

    Of the first `shown` sentences, where that is given: a cell may rest on thousands.
    """
    number = _sentence_numbers(rows)
    kept = np.flatnonzero(number < (len(rows) if shown is None else shown))
    names = [name for name in TOLD if name in rows]
    cells = zip(*(rows[name].take(kept).tolist() for name in names), strict=True)
    found: dict[int, list[dict[str, Any]]] = {}
    for at, row in zip(number[kept].tolist(), cells, strict=True):
        found.setdefault(at, []).append(dict(zip(names, row, strict=True)))
    return list(found.values())


def count_sentences(rows: pd.DataFrame) -> int:
    """In how many sentences rows of evidence stand."""
    return int(_sentence_numbers(rows).max(initial=-1)) + 1


def _sentence_numbers(rows: pd.DataFrame) -> Any:
    """The sentence of each row, numbered from 0 in the order in which they come first."""
    if rows.empty:
        return np.empty(0, dtype=np.int64)
    article = pd.factorize(rows["article"])[0].astype(np.int64)
    return pd.factorize(article * LONGEST + rows["sentence_start"].to_numpy())[0]


def follow(found: list[list[dict[str, Any]]], opened: int | None) -> None:
    """Open the article of the sentence that was chosen, at its first mark."""
    if opened is not None and opened < len(found):
        open_article(found[opened][0]["article"], int(found[opened][0]["start"]))


def open_article(article: str, start: int) -> None:
    """Go to Read, at a place; the bar keeps its choices."""
    state.go_to("views/read.py", article=article, mark=str(start))


def _rows(chosen: Pick) -> pd.DataFrame:
    try:
        return FINDERS[chosen.how](state.current().tables, **dict(chosen.options))
    except ValueError:  # the filters have moved on and no longer hold what was picked
        return pd.DataFrame()


def line(rows: list[dict[str, Any]], *, brief: bool = False) -> dict[str, Any]:
    """The evidence of one sentence as the list of sentences takes it: cut at its marks, with the reason of each.

    `brief` leaves out whom a mark is about and in whose voice, where the page has said so.
    """
    rows = sorted(rows, key=lambda row: row["start"])
    first = rows[0]
    report = state.current().corpus.reports[first["article"]]
    start, end = first["sentence_start"], first["sentence_start"] + len(first["sentence"])
    found = [(row, reader.finding_at(report, row["start"], row["end"], row.get("kind", ""))) for row in rows]
    marks = [(row["start"], min(row["end"], end), finding) for row, finding in found]
    return {
        "source": first["source"],
        "note": report.article.title,
        "pieces": reader.cut(first["sentence"], start, marks),
        "whys": [reader.why(finding, report, brief=brief) for _, finding in found if finding is not None],
    }
