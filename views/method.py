"""Method: what is counted and how, the lexicon to browse, the limits, how to cite."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pandas as pd
import streamlit as st

import analysis
from analysis import framing, lexicon
from views import parts
from views.words import show

TEXT = Path(__file__).with_name("method.md")
LISTS = {
    "Loaded terms": lexicon.load_terms,
    "Hedges": lexicon.load_hedges,
    "Certainty markers": lexicon.load_certainty,
    "Reporting verbs": lexicon.load_cues,
}


@st.cache_data(show_spinner=False)
def entries(name: str) -> pd.DataFrame:
    """The rows of one word list, as they stand in its file."""
    return pd.DataFrame([asdict(row) for row in LISTS[name]()])


def word_lists() -> None:
    parts.section("The words", "Every entry that the marks are made from, with its source. Search by any part of it.")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.segmented_control("List", list(LISTS), default="Loaded terms", required=True, key="list")
        wanted = st.text_input(
            "Search", key="lexicon-search", type="search", placeholder="regime, doubt, label…", width=260
        )
    rows = entries(name or "Loaded terms")
    if wanted:
        hit = rows.astype(str).apply(lambda column: column.str.contains(wanted, case=False, regex=False)).any(axis=1)
        rows = rows[hit]
    if rows.empty:
        parts.empty(f"No entry holds “{wanted}”.", "Search for another word, or look in another list.")
        return
    parts.table(rows, key="lexicon", file_name="words.csv", height=420)


parts.head(
    "How it is done",
    "What is counted, and how",
    "No score for an article and no verdict on a paper: counts with their evidence, and what they cannot tell.",
)
st.markdown(
    TEXT.read_text("utf-8")
    .replace("{min_articles}", str(framing.MIN_ARTICLES))
    .replace("{min_exposure}", f"{framing.MIN_EXPOSURE:,}")
    .replace("{min_mentions}", str(framing.MIN_MENTIONS))
    .replace("{version}", analysis.__version__),
    width=700,
)
word_lists()
show('<p class="quiet">{words}</p>', words=f"Version {analysis.__version__}.")
