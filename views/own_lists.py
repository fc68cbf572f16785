"""Own words and own actors: a line to add one, the table to edit them in, and the file to keep them in.

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
from analysis.written import capital, category
from views import figures, layout, own, own_effect
from views.own import ACTORS, WORDS, Kind
from views.words import plain

TAKEN = "own-file-taken"  # the upload that counts already, so that “back to the lists that ship” is not undone by it
INSTEAD = "Use this file instead of the table above"
KILOBYTES = 512  # of an imported file
SIGNS = {"against": "-0.5", "in favour": "0.5", "neither": "0"}  # and the direction of a word that is added so
USE_NAMES = {"on": "counts", "off": "switched off"}
PART_NAMES = {"NOUN": "noun", "VERB": "verb", "ADJ": "adjective", "ADV": "adverb", "any": "any"}


def editor(kind: Kind) -> None:
    """The visitor's changes of one list: a line to add one, all of them as a table, and what they move."""
    mine = kind.of(own.current())
    layout.section(kind.title, f"{kind.note} The articles are read again; only your numbers change.", part="own")
    (_add_word if kind is WORDS else _add_actor)()
    own_effect.draw()
    if mine.changes:
        _table(kind, mine)
    with st.expander("Many at once: a table to fill in, or a file that somebody passed on"):
        if not mine.changes:
            _table(kind, mine)
        upload = st.file_uploader(
            "A .tsv file",
            type=["tsv", "txt"],
            key=f"own-{kind.key}-file",
            max_upload_size=1,
            help=f"Columns {', '.join(kind.columns)}; only the first is needed. At most {kind.most:,} rows.",
        )
        # What a visitor has made is not replaced unasked; where there is none, a chosen file counts at once.
        fresh = upload is not None and upload.file_id != st.session_state.get(TAKEN)
        if fresh and (not mine.changes or st.button(INSTEAD, key=f"own-{kind.key}-import", type="primary")):
            st.session_state[TAKEN] = upload.file_id
            bring(kind, upload.getvalue())


def _add_word() -> None:
    with st.form("own-words-add", border=False, clear_on_submit=True):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="add-line"):
            term = st.text_input(
                "Word or phrase", max_chars=overrides.LONGEST, placeholder="shady deal", key="add-term", width=220
            )
            chosen = st.selectbox(
                "What it does", list(CATEGORIES), list(CATEGORIES).index("label"), format_func=does, key="add-category",
                width=380,
            )  # fmt: skip
            sign = st.segmented_control("It is meant", list(SIGNS), default="against", required=True,
                                        key="add-sign")  # fmt: skip
            added = st.form_submit_button("Add", type="primary", key="add-word")
        if added:
            _take(WORDS, {"term": term, "category": chosen, "valence": SIGNS[sign or "against"]})


def _add_actor() -> None:
    with st.form("own-actors-add", border=False, clear_on_submit=True):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            name = st.text_input(
                "Name", max_chars=actors.LONGEST, placeholder="Harbour Board", key="add-name", width=260
            )
            kind = st.selectbox("Kind", actors.KINDS, 1, key="add-kind", width=180)
            aliases = st.text_input(
                "Other names", max_chars=actors.LONGEST_CELL, placeholder="the Board, HB", key="add-aliases", width=260,
                help="Parted by commas.",
            )  # fmt: skip
            added = st.form_submit_button("Add", type="primary", key="add-actor")
        if added:
            _take(ACTORS, {"name": name, "kind": kind, "aliases": aliases})


def _take(kind: Kind, cells: dict[str, str]) -> None:
    """One change from the line above the table, in place of an earlier one of the same name."""
    if not cells[kind.columns[0]].strip():
        st.warning("Write a word first." if kind is WORDS else "Write a name first.")
        return
    made, problems = kind.parse(as_tsv(pd.DataFrame([cells])))
    if not made.changes:
        st.warning(plain(re.sub(r"^Line \d+ was left out\. ", "", problems[0])))
        return
    own.put(kind, made.changes[0])
    st.rerun()


def does(name: str) -> str:
    """A category with what its terms do."""
    return f"{capital(category(name))}: {CATEGORIES[name]}"


def _table(kind: Kind, mine: Any) -> None:
    """All changes as a table, with the ways to apply and save them."""
    frame = pd.DataFrame([asdict(one) for one in mine.changes], columns=list(kind.columns))
    config = _word_columns(frame) if kind is WORDS else _actor_columns()
    numbers = {name: "float64" for name in ("valence", "weight") if name in frame}
    edited = st.data_editor(
        frame.astype(numbers), num_rows="dynamic", hide_index=True, key=f"own-{kind.key}-editor", column_config=config
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if st.button("Apply the table", key=f"own-{kind.key}-apply"):
            settle(kind, as_tsv(edited), row=lambda number: f"Row {number - 1}")
        figures.download(
            "Save as .tsv",
            kind.to_tsv(mine).encode(),
            kind.file_name,
            disabled=not mine.changes,
            key=f"own-{kind.key}-save",
        )


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


def part_of_speech(code: str) -> str:
    """“noun”, “noun or adjective”."""
    return " or ".join(PART_NAMES.get(part, part) for part in code.split("/"))


def _word_columns(frame: pd.DataFrame) -> dict[str, Any]:
    column = st.column_config
    return {
        "term": column.TextColumn("Term", required=True, max_chars=overrides.LONGEST),
        "use": column.SelectboxColumn(
            "Use", options=overrides.USES, default="on", required=True, format_func=USE_NAMES.__getitem__
        ),
        "pos": column.SelectboxColumn(
            "Part of speech", options=sorted({*PARTS, *frame["pos"]}), default="any", format_func=part_of_speech
        ),
        "category": column.SelectboxColumn(
            "Category",
            options=list(CATEGORIES),
            default="label",
            format_func=does,
            width=300,
            help="What the term does.",
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
        "use": column.SelectboxColumn(
            "Use", options=actors.USES, default="on", required=True, format_func=USE_NAMES.__getitem__
        ),
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
