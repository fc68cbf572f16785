"""Archive: a corpus too large for memory, out of a folder of tables: overview, two sources, search."""

from __future__ import annotations

import shlex

import duckdb
import streamlit as st

from analysis.model import VOICES
from analysis.warehouse import Base, index
from views import copyable, frame, layout, warehouse
from views.warehouse import compare, overview, search
from views.words import VOICE_LABELS, count, month, plain

KICKER = "Out of a folder of tables"
OVERVIEW, COMPARE, SEARCH = "Overview", "Two sources", "Search"  # as they stand in the address, too


def choices(base: Base) -> tuple[str, str, list[str], list[str]]:
    """The bar: what to look at, in which voice, of which sources and actors."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="bar", gap="small"):
        look = st.segmented_control(
            "Look at", (OVERVIEW, COMPARE, SEARCH), default=OVERVIEW, required=True, key="look",
            bind=frame.BOUND,
        )  # fmt: skip
        voice = st.segmented_control(
            "Voice", VOICES, default="narrator", required=True, format_func=VOICE_LABELS.__getitem__, key="voice",
            bind=frame.BOUND, help=frame.VOICE_HELP,
        )  # fmt: skip
        names = base.actors(frame.ACTORS_OFFERED)
        active = sum(bool(st.session_state.get(key)) for key in ("archive-source", "archive-actor"))
        with st.popover(f"Filters ({active})" if active else "Filters", width=150, help="Show some sources or actors."):
            sources = st.multiselect(
                "Sources", base.sources, key="archive-source", bind=frame.BOUND, select_all=False,
                placeholder="Those with most articles",
            )  # fmt: skip
            actors = st.multiselect(
                "Actors", list(names), format_func=names.__getitem__, key="archive-actor", bind=frame.BOUND,
                select_all=False, placeholder="Those mentioned most",
            )  # fmt: skip
    return look or OVERVIEW, voice or "narrator", sources, actors


def standfirst(base: Base) -> str:
    """One line that says what is there."""
    held = base.standing
    told = [count(int(held[what].sum()), what[:-1]) for what in ("articles", "words")]
    told.insert(1, count(len(held), "source"))
    months = base.months
    if len(months):
        first, last = month(months[0]), month(months[-1])
        told.append(first if first == last else f"{first} to {last}")
    return ", ".join(told) + "."


def cannot_open(what: str, why: str) -> None:
    layout.head(KICKER, "This folder cannot be shown yet", warehouse.folder())
    layout.empty(what, why)


def offer_index() -> None:
    """The index that is missing, to be made here; who would rather make it elsewhere is told how."""
    folder = warehouse.folder()
    cannot_open(
        "Its index is missing, or of other tables.", "Pages answer from it; it is made once, beside the tables."
    )
    if st.button(
        "Make the index",
        type="primary",
        key="make-index",
        help="Minutes, of a million articles.",
    ):
        bar = st.progress(0.0, "Making the index …")
        try:
            index.make(folder, progress=lambda name, done, of: bar.progress(done / of, f"Making the index: {name} …"))
        except (ValueError, OSError, duckdb.Error) as error:
            bar.empty()
            st.error(plain(f"The index could not be made: {error}"))
            return
        st.rerun()
    st.caption("The same on the command line:")
    copyable.show(
        f"python -m analysis index {shlex.quote(folder)}", name="The command", key="index-command", wrap=False
    )


def draw(base: Base) -> None:
    look, voice, sources, actors = choices(base)
    layout.head(KICKER, base.folder.resolve().name, standfirst(base))
    shown = warehouse.shown(base, sources)
    if look == COMPARE:
        compare.draw(base, actors, voice)
    elif look == SEARCH:
        search.draw(base, shown, voice)
    else:
        overview.draw(base, shown, actors, voice)


try:
    draw(warehouse.opened())
except index.Unmade:
    offer_index()
except index.Missing as error:
    cannot_open("There is nothing to look at.", f"{error} Then load this page again.")
except duckdb.Error:
    cannot_open(
        "The tables or their index cannot be read.",
        "A file of the folder is damaged or gone. Make the index again with `python -m analysis index FOLDER`.",
    )
