"""Files to load: which were chosen, which column of a table holds what, and who published what does not say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from analysis import loading
from analysis.loading.columns import FIELDS
from analysis.loading.files import KINDS, TABLES
from analysis.model import UNKNOWN_SOURCE, Article
from views.words import count, label, plain, show

MEGABYTES = 50  # a file, as .streamlit/config.toml says too
FILES = 200  # in one go
ONE_BY_ONE = 12  # documents that each have a box for who published them; more would be a form, not a choice
COLUMN_LABELS = {
    "text": "Text: the article itself",
    "id": "ID: a name for each article",
    "source": "Source: who publishes it",
    "title": "Title: its headline",
    "published": "Published: its day",
    "url": "URL: its address",
}
NO_COLUMN = "—"
PREVIEW = 3  # rows of a table, to choose its columns by


def chosen() -> tuple[str, list[Article]] | None:
    """The form; once its button is clicked, the name of the load and its articles. A file that cannot be read is an
    article without text that says why."""
    uploads = st.file_uploader(
        "Text, web pages, Word or PDF, one article each; tables (Excel, CSV, JSON lines, Parquet), one article a row; "
        "exports of Nexis, Factiva and ProQuest; or all of these in a zip file",
        type=sorted(ending[1:] for ending in KINDS),
        accept_multiple_files=True,
        max_upload_size=MEGABYTES,
        key=f"files:{st.session_state.get('file-loads', 0)}",
        help=f"Up to {MEGABYTES} MB a file, {FILES} files. A folder can be dropped, too.",
    )
    if not uploads:
        return None
    if len(uploads) > FILES:
        st.warning(
            f"{len(uploads):,} files were chosen; the first {FILES} will be read. Put more of them into one table, or "
            "use `python -m analysis batch` and open the result as an archive."
        )
    uploads = uploads[:FILES]
    columns = {one.file_id: choose_columns(one.getvalue(), one.name, one.file_id) for one in uploads if is_table(one)}
    silent = sum(one is not None and not one.source for one in columns.values())
    sources = choose_sources([one for one in uploads if not is_table(one)], silent)
    if not st.button("Analyse", type="primary", key="analyse-files"):
        return None
    articles: list[Article] = []
    for one in uploads:
        try:
            read = loading.from_bytes(one.getvalue(), one.name, columns=columns.get(one.file_id))
            articles += named(read, sources.get(one.file_id, sources.get("", "")))
        except loading.LoadError as error:
            articles.append(unreadable(one.name, str(error)))
    return (uploads[0].name if len(uploads) == 1 else count(len(uploads), "file")), articles


def is_table(upload: Any) -> bool:
    return KINDS.get(Path(upload.name).suffix.lower()) in TABLES


def choose_sources(documents: Sequence[Any], tables: int) -> Mapping[str, str]:
    """Who published what does not say so itself: by the document's id, and under "" for all others. `tables` is how
    many have no column of sources."""
    written: dict[str, str] = {}
    if not documents and not tables:
        return written
    if 1 < len(documents) <= ONE_BY_ONE:
        show('<p class="quiet">Who published each? What a file says itself is kept.</p>')
        for first in range(0, len(documents), 2):
            for box, one in zip(st.columns(2), documents[first : first + 2], strict=False):
                written[one.file_id] = box.text_input(
                    f"Source of {label(one.name)}", key=f"source:{one.file_id}", placeholder="The newspaper or site"
                )
        if not tables:
            return written
    written[""] = st.text_input(
        "Source of the rows" if written else "Source",
        key="files-source",
        placeholder="Who published them, where the files do not say",
        width=400,
    )
    return written


def named(articles: list[Article], source: str) -> list[Article]:
    """The articles, those of no known source given that source."""
    known = " ".join(source.split()) or UNKNOWN_SOURCE
    return [replace(one, source=known) if one.source == UNKNOWN_SOURCE else one for one in articles]


def choose_columns(data: bytes, name: str, key: str) -> loading.Columns | None:
    """The column chooser of a table, with our guess chosen; None where the table cannot be read."""
    try:
        preview = loading.read_table(data, name)
    except loading.LoadError as error:
        st.error(plain(str(error)))
        return None
    names = [str(column) for column in preview.columns]
    guess = loading.guess_columns(names)
    with st.container(border=True, key=f"columns-{key}"):
        show('<p><b>{name}</b> <span class="quiet">Which column holds what?</span></p>', name=name)
        boxes = st.columns(3)
        chosen = {}
        for i, field in enumerate(FIELDS):
            guessed = getattr(guess, field)
            options = names if field == "text" else [NO_COLUMN, *names]
            chosen[field] = boxes[i % 3].selectbox(
                COLUMN_LABELS[field],
                options,
                index=options.index(guessed) if guessed in options else None if field == "text" else 0,
                placeholder="Choose the text",
                key=f"column:{key}:{field}",
            )
        st.dataframe(days(preview.head(PREVIEW)), hide_index=True, key=f"preview:{key}")
    return loading.Columns(**{f: "" if c in (None, NO_COLUMN) else c for f, c in chosen.items()})


def days(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows, times that are all midnight as the days that somebody wrote."""
    shown = frame.copy()
    for name, times in frame.select_dtypes("datetime").items():
        if times.isna().equals(times.dt.normalize() != times):  # nothing differs from its day but what is missing
            shown[name] = times.dt.date
    return shown


def unreadable(name: str, problem: str) -> Article:
    return Article(id=name, text="", source=UNKNOWN_SOURCE, title="", problems=(problem,))
