"""The table to edit own words and own actors in, and the file to keep them in.

Files are other people's: bounded, and read row by row, so that a bad row costs nothing but a sentence that names it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

import pandas as pd
import streamlit as st

from analysis.lexicon import CATEGORIES, PARTS, actors, overrides
from views import own, parts
from views.own import WORDS, Kind
from views.words import plain, show

KILOBYTES = 512  # of an imported file


def editor(kind: Kind) -> None:
    """The visitor's changes of one list as a table, with the ways to apply, save and bring them."""
    changes = own.current()
    mine = kind.of(changes)
    parts.section(kind.title, f"{kind.note} “Apply” reads the articles again; only your numbers change.")
    frame = pd.DataFrame([asdict(one) for one in mine.changes], columns=list(kind.columns))
    config = _word_columns(frame) if kind is WORDS else _actor_columns()
    numbers = {name: "float64" for name in ("valence", "weight") if name in frame}
    edited = st.data_editor(
        frame.astype(numbers), num_rows="dynamic", hide_index=True, key=f"own-{kind.key}-editor", column_config=config
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if st.button("Apply", type="primary", key=f"own-{kind.key}-apply"):
            settle(kind, as_tsv(edited), row=lambda number: f"Row {number - 1}")
        st.download_button(
            "Save as .tsv",
            kind.to_tsv(mine).encode(),
            file_name=kind.file_name,
            mime="text/tab-separated-values",
            disabled=not mine.changes,
            on_click="ignore",
            key=f"own-{kind.key}-save",
        )
    if changes.key:
        words = "The address of this page carries your changes: whoever opens it reads with them."
        if not own.packed(changes):
            words = (
                "These are too many changes for a link. Save them as a file, and pass the file on with the link: it "
                "is opened below."
            )
        show('<p class="quiet">{words}</p>', words=words)
    with st.expander("A file that somebody passed on"):
        upload = st.file_uploader(
            "A .tsv file",
            type=["tsv", "txt"],
            key=f"own-{kind.key}-file",
            max_upload_size=1,
            help=f"Columns {', '.join(kind.columns)}; only the first is needed. At most {kind.most:,} rows.",
        )
        if upload is not None and st.button("Use this file", key=f"own-{kind.key}-import"):
            bring(kind, upload.getvalue())


def as_tsv(edited: pd.DataFrame) -> str:
    """The edited table as its file."""
    cells = edited.astype("object").where(edited.notna(), "")
    lines = [[" ".join(str(cell).split()) for cell in row] for row in cells.itertuples(index=False)]
    return "\n".join("\t".join(line) for line in [list(edited.columns), *lines])


def bring(kind: Kind, data: bytes) -> None:
    if len(data) > KILOBYTES * 1024:
        st.warning(f"The file has more than {KILOBYTES} kilobytes.")
        return
    settle(kind, data.decode("utf-8-sig", errors="replace"))


def settle(kind: Kind, text: str, row: Callable[[int], str] = "Line {}".format) -> None:
    """Take a file over; rows that cannot be used are named (by `row` of the line) and left out."""
    try:
        mine, problems = kind.parse(text)
    except ValueError as error:
        st.warning(plain(str(error)))
        return
    named = [re.sub(r"^Line (\d+)", lambda line: row(int(line[1])), problem) for problem in problems]
    own.use(replace(own.current(), **{kind.key: mine}), named)
    st.rerun()


def _word_columns(frame: pd.DataFrame) -> dict[str, Any]:
    column = st.column_config
    return {
        "term": column.TextColumn("Term", required=True, max_chars=overrides.LONGEST),
        "use": column.SelectboxColumn("Use", options=overrides.USES, default="on", required=True),
        "pos": column.SelectboxColumn("Part of speech", options=sorted({*PARTS, *frame["pos"]}), default="any"),
        "category": column.SelectboxColumn(
            "Category",
            options=list(CATEGORIES),
            default="label",
            help="What the term does. "
            + ". ".join(f"{name.replace('_', ' ')}: {does}" for name, does in CATEGORIES.items()),
        ),
        "valence": column.NumberColumn(
            "Direction", min_value=-1.0, max_value=1.0, step=0.1, default=-0.5, help="−1 against, +1 in favour"
        ),
        "weight": column.NumberColumn(
            "Weight", min_value=0.0, max_value=1.0, step=0.1, default=0.6, help="How often it judges; from 0.4 shown"
        ),
        "neutral": column.TextColumn("Plain wording", max_chars=overrides.LONGEST),
    }


def _actor_columns() -> dict[str, Any]:
    column = st.column_config

    def names(label: str, help_text: str) -> Any:
        return column.TextColumn(label, max_chars=actors.LONGEST_CELL, help=help_text, default="")

    return {
        "name": column.TextColumn("Name", required=True, max_chars=actors.LONGEST, pinned=True),
        "use": column.SelectboxColumn("Use", options=actors.USES, default="on", required=True),
        "kind": column.SelectboxColumn("Kind", options=actors.KINDS, default="organisation", required=True),
        "aliases": names("Other names", "Parted by commas. A ? after a name: only where another form stands, too."),
        "adjectives": names("Adjectives", "Of a country: Russian. “Russian officials” then stands for it."),
        "people": names("Its people", "Of a country, where it is not the adjective with s: Danes"),
        "capitals": names("Capitals", "Of a country: towns that may stand for its government"),
        "seats": names("Seats of power", "Of a country: buildings and streets that may stand for its government"),
        "country": names("Country", "Name or code of the country it belongs to; of a new country leave it empty"),
        "gender": column.SelectboxColumn("Gender", options=actors.GENDERS, default="", help="Of a person: f or m"),
        "roles": names("Offices", "Of a person: president, prime minister"),
    }
