"""What a visitor has loaded: to look over, to correct who published it and when, and to take out again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from analysis.model import UNKNOWN_SOURCE, Report
from views import state
from views.words import count, plain, show

TITLE = "What is loaded"
EDITED = 200  # articles in a table to write in; more are taken out by the load
SOURCE, DAY, HEADLINE, WORDS, OUT = "Source", "Day", "Headline", "Words", "Take out"


def shelf() -> None:
    """The fold with all that is loaded."""
    loads = state.loaded()
    n = sum(map(len, loads.values()))
    if not n:
        return
    fold = st.expander(f"{TITLE}: {count(n, 'article')}", key="shelf", on_change="rerun")
    if fold.open:
        with fold:
            if n <= EDITED:
                _article_by_article([(name, report) for name, reports in loads.items() for report in reports])
            else:
                _load_by_load(loads)


def _article_by_article(held: list[tuple[str, Report]]) -> None:
    before = pd.DataFrame(
        {
            SOURCE: [report.article.source for _, report in held],
            DAY: pd.to_datetime([report.article.published for _, report in held]),
            HEADLINE: [report.article.title or report.article.text[: state.LABEL] for _, report in held],
            WORDS: [_words(report) for _, report in held],
            OUT: False,
        }
    )
    show('<p class="quiet">Write into Source and Day; tick what is to go.</p>')
    after = st.data_editor(
        before,
        hide_index=True,
        disabled=[HEADLINE, WORDS],
        key=f"shelf-table:{st.session_state.get('shelf-changes', 0)}",
        column_config={
            SOURCE: st.column_config.TextColumn(width=160, required=True),
            DAY: st.column_config.DateColumn(format="YYYY-MM-DD", width=105),
            HEADLINE: st.column_config.TextColumn(width=300),
            WORDS: st.column_config.NumberColumn(format="localized", width=65),
            OUT: st.column_config.CheckboxColumn(width=100),
        },
    )
    changed = not after.equals(before)
    if st.button("Keep these changes", key="shelf-keep", type="primary", disabled=not changed):
        _keep(held, after)


def _words(report: Report) -> int:
    heard = report.exposure
    return heard.narrator + heard.quoted + heard.reported


def _load_by_load(loads: dict[str, list[Report]]) -> None:
    for name, reports in list(loads.items()):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{plain(name)}: {count(len(reports), 'article')}")
            if st.button(OUT, key=f"shelf-out:{name}", type="tertiary"):
                state.put(name, [])
                _changed()


def _keep(held: list[tuple[str, Report]], after: pd.DataFrame) -> None:
    """Put what the table says in the place of what was loaded."""
    made: dict[str, list[Report]] = {name: [] for name, _ in held}
    for (name, report), row in zip(held, after.to_dict("records"), strict=True):
        if not row[OUT]:
            made[name].append(_corrected(report, row))
    for name, reports in made.items():
        state.put(name, reports)
    _changed()


def _corrected(report: Report, row: dict[str, Any]) -> Report:
    source = " ".join(str(row[SOURCE] or "").split()) or UNKNOWN_SOURCE
    day: date | None = None if pd.isna(row[DAY]) else pd.Timestamp(row[DAY]).date()
    return replace(report, article=replace(report.article, source=source, published=day))


def _changed() -> None:
    left = sum(map(len, state.loaded().values()))
    st.session_state["shelf-changes"] = st.session_state.get("shelf-changes", 0) + 1
    st.session_state.pop("refused", None)
    st.session_state["carried"] = {"story": state.MINE if left else state.SAMPLES}
    if left:
        st.session_state["arrived"] = ("Changed", left, left)
    else:
        st.session_state.pop("arrived", None)
    st.rerun()
