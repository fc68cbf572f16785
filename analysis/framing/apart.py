"""The event that the sources of a corpus tell least alike, for a first look: tables come in, its tellings go out."""

from __future__ import annotations

import pandas as pd

from analysis.framing.events import stories
from analysis.framing.rates import PER_WORDS
from analysis.tables import Tables

KIND, VOICE = "loaded_term", "narrator"
COLUMNS = ["article", "source", "title", "published", "headline", "n", "exposure", "rate"]


def furthest_apart(tables: Tables, *, top: int) -> pd.DataFrame:
    """Of the `stories` told by most sources, the one whose headlines differ most in loaded terms.

    Returns a row a source (its first telling with a headline), fewest loaded terms first: article, source, title,
    published, headline (loaded terms in it), n (loaded terms in the narrator's voice), exposure (words of the narrator)
    and rate; at most `top` rows, both ends kept. No rows where no event has two headlines.
    """
    found = stories(tables)
    told = found[(found["copy_of"] == "") & (found["title"] != "")].drop_duplicates(["story", "source"])
    if not (told["story"].value_counts() > 1).any():
        return pd.DataFrame(columns=COLUMNS)
    marks = tables.findings[(tables.findings["kind"] == KIND) & tables.findings["article"].isin(told["article"])]
    length = marks["article"].map(told.set_index("article")["title"].str.len())
    narrated = tables.exposure[tables.exposure["voice"] == VOICE].groupby("article")["words"].sum()
    counted = {
        "headline": marks[marks["start"] < length]["article"].value_counts(),
        "n": marks[marks["voice"] == VOICE]["article"].value_counts(),
        "exposure": narrated,
    }
    told = told.assign(**{name: told["article"].map(n).fillna(0).astype("int64") for name, n in counted.items()})
    told = told.assign(rate=told["n"] * PER_WORDS / told["exposure"].clip(lower=1))
    by_story = told.groupby("story")
    ranked = pd.DataFrame(
        {
            "sources": by_story.size(),
            "headlines": by_story["headline"].max() - by_story["headline"].min(),
            "rates": by_story["rate"].max() - by_story["rate"].min(),
        }
    )
    ranked = ranked[ranked["sources"] > 1].sort_values(
        ["sources", "headlines", "rates"], ascending=False, kind="stable"
    )
    rows = told[told["story"] == ranked.index[0]].sort_values(["rate", "source"], kind="stable")
    if len(rows) > top:
        rows = pd.concat([rows.head(top // 2), rows.tail(top - top // 2)])
    chosen: pd.DataFrame = rows[COLUMNS]
    return chosen.reset_index(drop=True)
