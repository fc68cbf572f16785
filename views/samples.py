"""The articles that ship with the app: their stories, and their reports, analysed once and shared by all visitors."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from analysis.model import Report
from views import prepared

FOLDER = Path(__file__).resolve().parent.parent / "samples"
NAMES = {"river-ashe": "River Ashe", "border-act": "Border Act"}  # where more than the first letter is a capital


@cache
def stories() -> dict[str, str]:
    """Story → its name on screen, in the order of the file."""
    found = dict.fromkeys(report.article.id.partition("/")[0] for report in _all())
    return {story: NAMES.get(story, story.replace("-", " ").capitalize()) for story in found}


def reports(story: str = "") -> list[Report]:
    """The reports of one story, or of all."""
    return [report for report in _all() if not story or report.article.id.startswith(f"{story}/")]


@st.cache_resource(show_spinner="Reading the sample articles, once…")
def _all() -> tuple[Report, ...]:
    # Frozen and ours, so all visitors may hold the same objects.
    ready = prepared.read()
    if ready is None:
        from analysis import analyze, load  # the grammar takes a second to import, and is not needed otherwise

        ready = [analyze(article) for article in load(FOLDER / "articles.jsonl")]
    return tuple(ready)
