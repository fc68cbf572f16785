"""What kinds of words one source uses, beside the others: a profile of framing comes in, a figure goes out."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from analysis.charts import rows, style
from analysis.charts.rows import Group, Other, Row
from analysis.charts.style import plain
from analysis.lexicon import CATEGORIES
from analysis.tables import records
from analysis.written import capital, category, count, number


def category_bars(
    frame: pd.DataFrame, *, source: str, what: str = "loaded terms", theme: str = "light", top: int = 10
) -> go.Figure:
    """A bar a category for one source, most frequent first, with a dot on its line for each other source.

    `frame`: `framing.profile` of all sources. customdata: [category, source], of bars and dots.
    """
    own = frame[frame["rate"].notna()]
    here = own[(own["source"] == source) & (own["n_events"] > 0)].sort_values("rate", ascending=False, kind="stable")
    if here.empty:
        return style.nothing(f"{source} uses no {what} here.", theme)
    elsewhere = own[own["source"] != source]
    made = []
    for one in records(here.head(top)):
        others = elsewhere[elsewhere["category"] == one["category"]]
        shown = f"{one['n_events']:,} in {count(one['exposure'], 'word')}"
        does = CATEGORIES.get(one["category"], "")
        many = style.muted(f"({one['n_events']:,})", theme)
        hover = (
            f"<b>{category(one['category'])}</b> {does}<br>"
            f"{plain(source)}: {number(one['rate'])} per 1,000 words<br>"
            f"{shown}, {count(one['n_articles'], 'article')}"
        )
        if one["low"] == one["low"]:
            hover += f"<br>95 % interval {number(one['low'])} to {number(one['high'])}"
        made.append(
            Row(
                capital(category(one["category"])), one["rate"], does, fold=True,
                shown=f"{number(one['rate'])} {many}",
                enough=bool(one["enough"]), hover=hover, custom=(one["category"], source),
                others=tuple(
                    Other(
                        other["rate"], f"<b>{category(one['category'])}</b> in {plain(other['source'])}: "
                        f"{number(other['rate'])} per 1,000 words<br>{other['n_events']:,} in "
                        f"{count(other['exposure'], 'word')}", (other["category"], other["source"]),
                    )
                    for other in records(others)
                ),
            )
        )  # fmt: skip
    dots = " Dots: the other sources." if len(elsewhere) else ""
    few = "" if here["enough"].all() else " Hatched: too few."
    subtitle = (
        f"{capital(what)} per 1,000 words by what they do; in brackets how many, in "
        f"{count(int(here['exposure'].max()), 'word')} of {count(int(here['n_articles'].max()), 'article')}.{dots}{few}"
    )
    return rows.bars(
        [Group("", made)], title=_title(here, elsewhere, source), subtitle=subtitle, theme=theme,
        axis="per 1,000 words", limits=(0.0, 1.2 * float(own["rate"].max())),
    )  # fmt: skip


def _title(here: pd.DataFrame, elsewhere: pd.DataFrame, source: str) -> str:
    """The category in which a source is furthest above the highest of the others, else the one it uses most."""
    highest = here["category"].map(elsewhere.groupby("category")["rate"].max()).fillna(0.0)
    ahead = here["rate"] - highest
    if elsewhere.empty or float(ahead.max()) <= 0:
        return f"Most of all, {source} uses {style.wording(here['category'].iloc[0])}"
    most = records(here.assign(highest=highest).loc[[ahead.idxmax()]])[0]
    few = "" if most["enough"] else "In these few articles, "
    return (
        f"{few}{source} stands out by {style.wording(most['category'])}: {number(most['rate'])} per 1,000 words, "
        f"elsewhere at most {number(most['highest'])}"
    )
