"""The difference between two sources, opened: tables come in, the terms that make the gap go out.

The gap is a difference of two rates, and a rate is a sum over terms: the parts add up to the gap exactly, and the gap
with one term left out is the gap less its part.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.choices import check_choices
from analysis.framing.bootstrap import MIN_ARTICLES, MIN_EXPOSURE, SEED, Floats, blocks, draws, percentiles
from analysis.framing.rates import PER_WORDS, about
from analysis.tables import Tables

Measure = Literal["rate", "valence"]


@dataclass(frozen=True, eq=False)
class Gap:
    """`value_a` − `value_b`, per 1,000 words of exposure, with a 95 % interval (NaN below MIN_ARTICLES articles).

    terms: term, n_a, n_b, value_a, value_b, gap (its part of the gap), gap_without; the largest part first.
    """

    a: str
    b: str
    kind: str
    voice: str
    actor: str  # an id, or "" for all
    name: str
    measure: Measure
    value_a: float
    value_b: float
    gap: float
    low: float
    high: float
    n_articles_a: int
    n_articles_b: int
    exposure_a: int
    exposure_b: int
    enough: bool
    terms: pd.DataFrame


def gap(
    tables: Tables,
    a: str,
    b: str,
    *,
    kind: str = "loaded_term",
    voice: str = "narrator",
    actor: str | None = None,
    measure: Measure = "rate",
) -> Gap:
    """Open the gap between sources `a` and `b` in one kind of finding and one voice.

    measure "rate" counts findings, "valence" adds up their valence (warm less cold); both per 1,000 words. With
    `actor` (an id): findings about it, exposure from the articles that mention it.
    """
    check_choices("source", [a, b], tables.sources)
    check_choices("measure", [measure], ("rate", "valence"))
    if a == b:
        raise ValueError(f"A gap needs two different sources, and both are {a!r}.")
    found, exposure = about(tables, kind, voice, actor)
    found = found.assign(value=1.0 if measure == "rate" else found["valence"])
    sides = {source: exposure[exposure["source"] == source] for source in (a, b)}
    words = {source: int(rows["words"].sum()) for source, rows in sides.items()}
    events = {source: found[found["source"] == source] for source in (a, b)}
    per = {source: PER_WORDS / words[source] if words[source] else 0.0 for source in (a, b)}
    values = {source: float(events[source]["value"].sum()) * per[source] for source in (a, b)}
    n_articles = {source: int((rows["words"] > 0).sum()) for source, rows in sides.items()}
    sampled = _sampled(sides[a], events[a], SEED) - _sampled(sides[b], events[b], SEED + 1)
    low, high = percentiles(sampled[:, None])
    thin = min(n_articles.values()) < MIN_ARTICLES
    return Gap(
        a=a,
        b=b,
        kind=kind,
        voice=voice,
        actor=actor or "",
        name=tables.actor_names.get(actor, actor) if actor else "",
        measure=measure,
        value_a=values[a],
        value_b=values[b],
        gap=values[a] - values[b],
        low=np.nan if thin else float(low[0]),
        high=np.nan if thin else float(high[0]),
        n_articles_a=n_articles[a],
        n_articles_b=n_articles[b],
        exposure_a=words[a],
        exposure_b=words[b],
        enough=not thin and min(words.values()) >= MIN_EXPOSURE,
        terms=_terms(events[a], events[b], per[a], per[b]),
    )


def _sampled(exposure: pd.DataFrame, events: pd.DataFrame, seed: int) -> Floats:
    """The value of one source in every draw, NaN where a draw has no exposure."""
    rows = exposure[exposure["words"] > 0].sort_values("article")
    if rows.empty:
        return np.full(1, np.nan)
    unit = blocks(len(rows), seed)
    words = np.bincount(unit, weights=rows["words"].to_numpy(float))
    per_article = rows["article"].map(events.groupby("article")["value"].sum()).fillna(0.0)
    weights = draws(len(words), seed)
    with np.errstate(divide="ignore", invalid="ignore"):
        return PER_WORDS * (weights @ np.bincount(unit, weights=per_article.to_numpy(float))) / (weights @ words)


def _terms(events_a: pd.DataFrame, events_b: pd.DataFrame, per_a: float, per_b: float) -> pd.DataFrame:
    sums = [events.groupby("term")["value"].agg(["size", "sum"]) for events in (events_a, events_b)]
    index = sums[0].index.union(sums[1].index)
    a, b = (one.reindex(index, fill_value=0) for one in sums)
    frame = pd.DataFrame(
        {
            "term": index.astype("str"),
            "n_a": a["size"].to_numpy("int64"),
            "n_b": b["size"].to_numpy("int64"),
            "value_a": a["sum"].to_numpy(float) * per_a,
            "value_b": b["sum"].to_numpy(float) * per_b,
        }
    )
    frame["gap"] = frame["value_a"] - frame["value_b"]
    frame["gap_without"] = frame["gap"].sum() - frame["gap"]
    order = frame.assign(size=-frame["gap"].abs()).sort_values(["size", "term"], kind="stable").index
    return frame.loc[order].reset_index(drop=True)
