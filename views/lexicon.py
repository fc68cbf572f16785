"""Lexicon: every list to browse, and a visitor's own words and actors: add, change, switch off, pass on.

Own lists live in this visitor's session, and in the file or link that the visitor passes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from operator import attrgetter
from typing import Any

import pandas as pd
import streamlit as st

from analysis import lexicon
from analysis.lexicon import actors, overrides
from analysis.written import category
from views import figures, layout, own, own_lists
from views.own import ACTORS, WORDS
from views.words import count, plain, show

LISTS = {
    "Loaded terms": lexicon.load_terms,
    "Words of doubt": lexicon.load_hedges,
    "Words of certainty": lexicon.load_certainty,
    "Reporting verbs": lexicon.load_cues,
}
LOOKS = ("Words", "Actors")
EVERY = "all"
KIND_NAMES = {
    EVERY: "All",
    "country": "Countries",
    "organisation": "Organisations",
    "group": "Groups",
    "person": "People",
}
CODES = {"pos": own_lists.part_of_speech, "category": category, "kind": category, "sense": category}
OFFERED = 300  # names in a menu: nobody looks through thousands, and they keep the browser busy
WAYS = {"off": "Switch off", "on": "Change"}


@st.cache_data(show_spinner=False)
def entries(name: str) -> pd.DataFrame:
    """The rows of one word list, as they stand in its file."""
    rows = tabled(LISTS[name]())
    return rows.rename(columns={"marked": "marked_by_readers"})  # on other pages that word means quotation marks


@st.cache_data(show_spinner=False)
def cast() -> pd.DataFrame:
    """The actors that the lists know, one row each."""
    return tabled(actors.shipped()).drop(columns="use")


def tabled(rows: Sequence[Any]) -> pd.DataFrame:
    """Dataclasses of one kind as a table, a column a field; `asdict` would copy each of fifty thousand cells."""
    names = [field.name for field in fields(rows[0])]
    return pd.DataFrame({name: list(map(attrgetter(name), rows)) for name in names})


def searched(found: pd.DataFrame, key: str, hint: str) -> pd.DataFrame:
    """The rows that hold what is typed into the search box, in any cell; those that begin with it come first."""
    wanted = st.text_input("Search", key=key, type="search", placeholder=hint, width=260)
    if not wanted:
        return found
    hit = found.astype(str).apply(lambda column: column.str.contains(wanted, case=False, regex=False)).any(axis=1)
    found = found[hit]
    first = found.iloc[:, 0].str.casefold().str.startswith(wanted.casefold())
    return found.iloc[(~first).argsort(kind="stable")].reset_index(drop=True)


def tall(found: pd.DataFrame) -> int | str:
    """Long tables scroll, short ones are as high as their rows."""
    return 420 if len(found) > 11 else "auto"


def browse_words() -> None:
    layout.section("The words", "Every entry that the marks are made from, with its source. Search by any part of it.")
    with st.container(horizontal=True, vertical_alignment="bottom", key="ask"):
        name = st.segmented_control("List", list(LISTS), default="Loaded terms", required=True, key="list")
        found = searched(entries(name or "Loaded terms"), "lexicon-search", "regime, doubt, label…")
    if found.empty:
        layout.empty("No entry holds these letters.", "Search for another word, or look in another list.")
        return
    figures.table(found, key="lexicon", file_name="words.csv", height=tall(found), told=CODES, lazy=True)
    if name == "Loaded terms":
        take("A loaded term of these", found["term"].unique().tolist(), take_word)


def browse_actors() -> None:
    layout.section(
        "The actors",
        "Whom the analysis knows without being told, and by which names. Everybody else is found by the grammar.",
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="ask"):
        kind = st.segmented_control(
            "Kind", list(KIND_NAMES), default=EVERY, required=True, format_func=KIND_NAMES.__getitem__, key="actor-kind"
        )
        found = searched(cast(), "actor-search", "Moscow, Danes, Reuters…")
    found = found if kind == EVERY else found[found["kind"] == kind].reset_index(drop=True)
    if found.empty:
        layout.empty("No actor has these letters.", "Search for another name, or add it above.")
        return
    figures.table(found.rename(columns=OF_ACTORS), key="actors", file_name="actors.csv", height=tall(found), lazy=True)
    take("One of these", found["name"].tolist(), take_actor)


OF_ACTORS = {
    "name": "Name", "kind": "Kind", "aliases": "Other names", "adjectives": "Adjectives", "people": "Its people",
    "capitals": "Capitals", "seats": "Seats of power", "country": "Country", "gender": "Gender", "roles": "Offices",
}  # fmt: skip


def take(label: str, names: list[str], on_click) -> None:
    """Choose one of the rows that are shown, and put it among one's own; of very many, search narrows them."""
    if len(names) > OFFERED:
        label = f"{label}: the first {OFFERED}, search for others"
    with st.container(horizontal=True, vertical_alignment="bottom", key="take"):
        name = st.selectbox(label, names[:OFFERED], key="take-name", width=340)
        for use, way in WAYS.items():
            st.button(way, key=f"take:{use}", on_click=on_click, args=(name, use))


def take_word(term: str, use: str) -> None:
    """Put a shipped term among the own words, with the values it has."""
    entry = next(row for row in lexicon.load_terms() if row.term == term)
    own.put(
        WORDS,
        overrides.Change(term, use, entry.pos, entry.category, entry.valence, entry.weight, entry.neutral),
    )


def take_actor(name: str, use: str) -> None:
    """Put a shipped actor among the own ones, with the names it has."""
    own.put(ACTORS, replace(next(one for one in actors.shipped() if one.name == name), use=use))


layout.head(
    "What the marks are made from",
    "Lexicon",
    f"{count(sum(len(entries(name)) for name in LISTS), 'entry', 'entries')} and "
    f"{count(len(cast()), 'actor')}. They are ours to defend and yours to change.",
)
look = st.segmented_control(
    "Look at", LOOKS, default="Words", required=True, key="lexicon-look", bind="query-params",
    label_visibility="collapsed",
)  # fmt: skip
for problem in st.session_state.get("own-problems", ()):
    st.warning(plain(problem))
if look == "Actors":
    own_lists.editor(ACTORS)
    browse_actors()
    told = (
        "A name in the list helps, but does not decide: a word counts as an actor where the sentence lets it act, "
        "speak or be spoken about. Of two rows with the same word, your own comes first."
    )
else:
    own_lists.editor(WORDS)
    browse_words()
    told = (
        "Guards keep a term silent where it is meant literally or denied, own terms too; terms of a weight below 0.4 "
        "are not shown. The other three lists can be browsed here and changed in their files."
    )
show('<p class="quiet">{words}</p>', words=told)
