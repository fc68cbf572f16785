"""The articles that ship with the app: their stories, and their reports, analysed once and shared by all visitors."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import streamlit as st

from analysis.model import Article, Report
from views import work

FOLDER = Path(__file__).resolve().parent.parent / "samples"


@cache
def stories() -> dict[str, str]:
    """Story → its name on screen, in the order of the file."""
    found = dict.fromkeys(article.id.partition("/")[0] for article in articles())
    names = FOLDER / "stories.json"
    known = json.loads(names.read_text(encoding="utf-8")) if names.exists() else {}
    return {story: known.get(story, story.replace("-", " ").capitalize()) for story in found}


@cache
def articles() -> tuple[Article, ...]:
    """The shipped articles as they stand in the file, which needs no cleaning."""
    from analysis import load

    return tuple(load(FOLDER / "articles.jsonl", clean=False))


def reports(story: str = "") -> list[Report]:
    """The reports of one story, or of all."""
    return [report for report in _all() if not story or report.article.id.startswith(f"{story}/")]


def _all() -> list[Report]:
    return list(_analysed(work.digest(articles())))


@st.cache_resource(show_spinner="Reading the sample articles, once…")
def _analysed(key: str) -> tuple[Report, ...]:
    # Frozen and ours, so all visitors may hold the same objects; `key` names their content and the version.
    return tuple(work.analyse(article) for article in articles())
