"""The tellings of one event as Same event needs them: those that a reader takes for such, and who repeats whom."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from views import state
from views.words import times


def as_one(selection: state.Selection, found: pd.DataFrame) -> pd.DataFrame:
    """All articles as tellings of one event, with the columns of `found`; none where they are many, or one source's.

    Who loads three articles may know what the words of their beginnings do not show.
    """
    articles = selection.tables.articles
    sources = articles["source"].nunique()
    if selection.corpus.invented or sources < 2 or not 1 < len(articles) <= state.AS_ONE:
        return found.head(0)
    if len(found) and len(articles) == len(found) and found["story"].nunique() == 1:
        return found.head(0)  # it is the event that was found
    rows = articles[["article", "source", "title", "published"]].sort_values("published", kind="stable")
    return rows.assign(story=-1, copy_of="", n_sources=sources, n_tellings=len(rows)).reset_index(drop=True)


def repeats(copies: pd.DataFrame, sources: pd.Series) -> list[str]:
    """Who repeats whom, in words."""
    pairs = Counter((row["source"], sources[row["copy_of"]]) for row in copies.to_dict("records"))
    return [
        f"{who} repeats {'itself' if who == whom else whom}" + (f" {times(n)}" if n > 1 else "")
        for (who, whom), n in pairs.items()
    ]
