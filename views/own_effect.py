"""What a visitor's own words and actors change: the numbers before and after, source by source, and the link."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from analysis.tables import Tables
from views import copyable, own, state
from views.words import count, join_markup, markup, show

NO_LINK = "These are too many changes for a link. Save them as a file and pass that on: it is opened below."
NOTHING = "Nothing in these articles changes: your words do not stand in them, or stand where they do not judge."


def draw() -> None:
    """Both, where there are changes; nothing else."""
    if not own.current().key:
        return
    numbers(state.as_shipped(st.session_state["story"]).tables, state.corpus(st.session_state["story"]).tables)
    link = own.link()
    if not link:
        show('<p class="quiet">{words}</p>', words=NO_LINK)
        return
    show('<p class="quiet">{words}</p>', words="Whoever opens this link reads with your changes:")
    copyable.show(link, name="The link", key="own-link")


def numbers(shipped: Tables, mine: Tables) -> None:
    """A row a source: how many loaded terms in whose voice, and how many mentions of actors, with either lists."""
    before, after = counted(shipped), counted(mine)
    what = [name for name in before if before[name] != after[name]]
    if not what:
        show('<p class="quiet">{words}</p>', words=NOTHING)
        return
    rows = [
        markup(
            "<tr><th>{source}</th>{cells}</tr>",
            source=source,
            cells=join_markup([cell(before[name].get(source, 0), after[name].get(source, 0)) for name in what]),
        )
        for source in shipped.sources
    ]
    show(
        '<table class="numbers effect"><caption>With your changes, in {articles}</caption><thead><tr><th></th>{heads}'
        "</tr></thead><tbody>{rows}</tbody></table>",
        articles=count(len(mine.articles), "article"),
        heads=join_markup([markup("<th>{name}</th>", name=name) for name in what]),
        rows=join_markup(rows),
    )


def counted(tables: Tables) -> dict[str, Mapping[str, int]]:
    """What own lists can move, by source."""
    loaded = tables.findings[tables.findings["kind"] == "loaded_term"]
    named = tables.actors[tables.actors["named"]]
    own = loaded["voice"] == "narrator"
    return {
        "Loaded terms of the narrator": loaded.loc[own, "source"].value_counts().to_dict(),
        "In quoted or reported words": loaded.loc[~own, "source"].value_counts().to_dict(),
        "Mentions of named actors": named.groupby("source")["n_mentions"].sum().to_dict(),
    }


def cell(before: int, after: int) -> str:
    if before == after:
        return markup('<td class="same">{n}</td>', n=f"{before:,}")
    return markup("<td>{before} → <b>{after}</b></td>", before=f"{before:,}", after=f"{after:,}")
