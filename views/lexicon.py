"""Lexicon: every word list to browse, and a visitor's own words: add, change, switch off, pass on; all is read again.

Own words live in this visitor's session and in the file that the visitor saves. Nobody else's numbers change.
"""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd
import streamlit as st

from analysis import lexicon
from analysis.lexicon import CATEGORIES, PARTS, overrides
from analysis.lexicon.overrides import COLUMNS, MOST, USES, Overrides
from views import parts, state
from views.words import count, plain, show

LISTS = {
    "Loaded terms": lexicon.load_terms,
    "Hedges": lexicon.load_hedges,
    "Certainty markers": lexicon.load_certainty,
    "Reporting verbs": lexicon.load_cues,
}
KILOBYTES = 512  # of an imported file
WAYS = {"off": "Switch off", "on": "Change"}


@st.cache_data(show_spinner=False)
def entries(name: str) -> pd.DataFrame:
    """The rows of one word list, as they stand in its file."""
    return pd.DataFrame([asdict(row) for row in LISTS[name]()])


def browse() -> None:
    parts.section("The words", "Every entry that the marks are made from, with its source. Search by any part of it.")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.segmented_control("List", list(LISTS), default="Loaded terms", required=True, key="list")
        wanted = st.text_input(
            "Search", key="lexicon-search", type="search", placeholder="regime, doubt, label…", width=260
        )
    found = entries(name or "Loaded terms")
    if wanted:
        hit = found.astype(str).apply(lambda column: column.str.contains(wanted, case=False, regex=False)).any(axis=1)
        found = found[hit].reset_index(drop=True)
    if found.empty:
        parts.empty(f"No entry holds “{wanted}”.", "Search for another word, or look in another list.")
        return
    parts.table(found, key="lexicon", file_name="words.csv", height=420)
    if name != "Loaded terms":
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="take"):
        term = st.selectbox("A loaded term of these", found["term"].unique().tolist(), key="lexicon-term", width=320)
        for use, label in WAYS.items():
            st.button(label, key=f"take:{use}", on_click=take, args=(term, use))


def take(term: str, use: str) -> None:
    """Put a shipped term among the own words, with the values it has."""
    entry = next(row for row in lexicon.load_terms() if row.term == term)
    one = overrides.Change(term, use, entry.pos, entry.category, entry.valence, entry.weight, entry.neutral)
    kept = tuple(change for change in state.own_words().changes if change.term.casefold() != term.casefold())
    use_words(Overrides((*kept, one)))


def use_words(own: Overrides) -> None:
    """From now on this visitor's articles are read with these words."""
    st.session_state["own-words"] = own
    st.session_state.pop("own-editor", None)


def own_words() -> None:
    own = state.own_words()
    parts.section(
        "Your own words",
        "Add terms, change what a term says, or switch it off. “Apply” reads the articles again; only your numbers "
        "change.",
    )
    rows = [asdict(change) for change in own.changes]
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"valence": "float64", "weight": "float64"})
    spoken = sorted({*PARTS, *frame["pos"]})
    edited = st.data_editor(
        frame,
        num_rows="dynamic",
        hide_index=True,
        key="own-editor",
        column_config={
            "term": st.column_config.TextColumn("Term", required=True, max_chars=overrides.LONGEST),
            "use": st.column_config.SelectboxColumn("Use", options=USES, default="on", required=True),
            "pos": st.column_config.SelectboxColumn("Part of speech", options=spoken, default="any"),
            "category": st.column_config.SelectboxColumn("Category", options=list(CATEGORIES), default="label"),
            "valence": st.column_config.NumberColumn(
                "Direction", min_value=-1.0, max_value=1.0, step=0.1, default=-0.5, help="−1 against, +1 in favour"
            ),
            "weight": st.column_config.NumberColumn(
                "Weight",
                min_value=0.0,
                max_value=1.0,
                step=0.1,
                default=0.6,
                help="How often it judges; from 0.4 shown",
            ),
            "neutral": st.column_config.TextColumn("Plain wording", max_chars=overrides.LONGEST),
        },
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if st.button("Apply", type="primary", key="own-apply"):
            apply(edited)
        st.download_button(
            "Save as .tsv",
            overrides.to_tsv(own).encode(),
            file_name="own-words.tsv",
            mime="text/tab-separated-values",
            disabled=not own.changes,
            on_click="ignore",
        )
    with st.expander("Words that somebody passed on"):
        upload = st.file_uploader(
            "A .tsv file",
            type=["tsv", "txt"],
            key="own-file",
            max_upload_size=1,
            help=f"Columns {', '.join(COLUMNS)}; only the term is needed. At most {MOST:,} rows.",
        )
        if upload is not None and st.button("Use these words", key="own-import"):
            bring(upload.getvalue())


def apply(edited: pd.DataFrame) -> None:
    """Take the table over; rows that cannot be used are named and left out."""
    cells = edited.astype("object").where(edited.notna(), "")
    lines = ["\t".join(COLUMNS)]
    lines += ["\t".join(" ".join(str(row[name]).split()) for name in COLUMNS) for row in cells.to_dict("records")]
    settle("\n".join(lines))


def bring(data: bytes) -> None:
    if len(data) > KILOBYTES * 1024:
        st.warning(f"The file has more than {KILOBYTES} kilobytes.")
        return
    settle(data.decode("utf-8-sig", errors="replace"))


def settle(text: str) -> None:
    try:
        own, problems = overrides.parse(text)
    except ValueError as error:
        st.warning(plain(str(error)))
        return
    st.session_state["own-problems"] = problems
    use_words(own)
    st.rerun()


parts.head(
    "What the marks are made from",
    "Lexicon",
    f"{count(sum(len(entries(name)) for name in LISTS), 'entry', 'entries')}, each with its source. They are ours to "
    "defend and yours to change.",
)
for problem in st.session_state.get("own-problems", ()):
    st.warning(plain(problem))
own_words()
browse()
show(
    '<p class="quiet">{words}</p>',
    words="Guards keep a term silent where it is meant literally or denied, own terms too; terms of a weight below 0.4 "
    "are not shown. Hedges, certainty markers and reporting verbs can be browsed here and changed in their files.",
)
