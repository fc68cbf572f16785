"""The sentences behind a number of the archive, in the margin with why they are marked; the article of one of them."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis.warehouse import Base, search
from views import margin, reader, warehouse
from views.words import VOICE_NAMES, count, day, show

PAGE = "archive"
FIRST = 12  # lines at first; more are a click away
PARAGRAPH = 2  # characters between two sentences of different paragraphs, at least


def pick(title: str, **options: Any) -> None:
    """Remember what was clicked; `options` are those of `search.findings`."""
    margin.pick(PAGE, title, "findings", **options)


def body(base: Base) -> Any:
    """What draws the margin (see `margin.columns`)."""

    def draw(page: str, chosen: margin.Pick) -> None:
        options = dict(chosen.options)
        try:
            found = warehouse.measure(base, search.findings, **options)
        except ValueError:  # the folder holds other tables than when this was clicked
            found = pd.DataFrame()
        whole = len(found) < search.LINES
        voice = VOICE_NAMES[options["voice"]]
        note = f"{count(len(found), 'place')} in {voice}" if whole else f"The first {len(found)} places in {voice}"
        margin.head(page, chosen.title, note)
        if found.empty:
            words = "No mark here." if options.get("kind") else (
                "No single word here is marked as judging; the tone comes from the verbs and nouns around the name."
            )  # fmt: skip
            show('<p class="quiet">{words}</p>', words=words)
            return
        lines(base, found, key="picked")

    return draw


def lines(base: Base, found: pd.DataFrame, *, key: str) -> None:
    """Lines of a concordance; a click on one opens its article."""
    wanted = f"shown:{key}:{hash(tuple(zip(found['article'], found['start'], strict=True)))}"
    n = st.session_state.get(wanted, FIRST)
    opened = reader.lines(
        [reader.line(row) | {"note": row["title"]} for row in found.head(n).to_dict("records")], key=f"{key}-lines"
    )
    if len(found) > n and st.button(f"Show {min(FIRST, len(found) - n)} more of {len(found)}", key=f"{key}-more"):
        st.session_state[wanted] = n + FIRST
        st.rerun()
    if opened is not None and opened < len(found):
        row = found.iloc[opened]
        _article(base, row["article"], int(row["start"]), int(row["end"]))


@st.dialog("The article", width="medium")
def _article(base: Base, article: str, start: int, end: int) -> None:
    tables = search.article(base, article)
    about = tables.articles.iloc[0]
    show('<p class="byline"><b>{source}</b> {day}</p>', source=about["source"], day=day(about["published"]))
    reader.passage(paragraphs(tables.sentences, start, end), key=f"passage:{article}:{start}")


def paragraphs(sentences: pd.DataFrame, start: int, end: int) -> list[list[dict[str, Any]]]:
    """The sentences of an article by paragraph, cut where the words from `start` to `end` begin and end."""
    made: list[list[dict[str, Any]]] = []
    before = 0
    for row in sentences.sort_values("start").to_dict("records"):
        if not made or row["start"] - before >= PARAGRAPH:
            made.append([])
        text, first = row["text"].rstrip(), row["start"]
        a, b = (min(max(place - first, 0), len(text)) for place in (start, end))
        cut = ((text[:a], False), (text[a:b], True), (f"{text[b:]} ", False))
        made[-1] += [{"text": words, "own": own} for words, own in cut if words]
        before = first + len(text)
    return made
