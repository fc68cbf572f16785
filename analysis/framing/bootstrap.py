"""Ratios with 95 % intervals: event and exposure rows of articles come in, one row per cell goes out.

Every measure here is a ratio of sums over articles (events per word, valence per mention, words per word). The article
is the unit that is drawn, because words of one article depend on each other: percentile bootstrap of a ratio estimate
(Efron & Tibshirani 1993, chapter 13), seeded, drawn as multinomial weights so that one matrix product does all cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from analysis.framing.article_numbers import Units

Floats = np.ndarray[Any, np.dtype[np.float64]]

DRAWS = 1000  # with fewer the ends of the interval move in the first decimal of a rate from seed to seed
SEED = 20220207
MAX_UNITS = 1000  # above this, random blocks of articles are drawn: the same spread in expectation, at a bounded cost
MIN_ARTICLES = 4  # with three, one article fills a whole draw in 1/27 > 2.5 % of draws: the interval is only the range
MIN_EXPOSURE = 1000  # words; below it one event more moves a rate per 1,000 words by more than 1.0
MIN_MENTIONS = 10  # below it one mention more moves a mean tone by up to 0.1 or more


@lru_cache(maxsize=16)
def draws(units: int, seed: int = SEED) -> Floats:
    """How often each of `units` articles is drawn: DRAWS × units, every row sums to `units`."""
    rng = np.random.default_rng([seed, units])
    drawn = rng.integers(0, units, size=(DRAWS, units)) + np.arange(DRAWS)[:, None] * units
    weights = np.bincount(drawn.ravel(), minlength=DRAWS * units).reshape(DRAWS, units).astype(np.float64)
    weights.setflags(write=False)
    return weights


def blocks(units: int, seed: int = SEED) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The drawn unit of each of `units` articles: itself, or one of MAX_UNITS random blocks of equal size."""
    if units <= MAX_UNITS:
        return np.arange(units)
    return np.asarray(np.random.default_rng([seed, units, 1]).permutation(units) % MAX_UNITS, dtype=np.int64)


def percentiles(samples: Floats, low: float = 0.025, high: float = 0.975) -> tuple[Floats, Floats]:
    """Two quantiles of every column, leaving out NaN; NaN where a column has nothing else."""
    ordered = np.sort(samples, axis=0)  # NaN sorts to the end
    valid = np.count_nonzero(~np.isnan(ordered), axis=0)
    columns = np.arange(samples.shape[1])

    def at(share: float) -> Floats:
        place = np.maximum(valid - 1, 0) * share
        below = np.floor(place).astype(int)
        above = np.ceil(place).astype(int)
        part = place - below
        return np.asarray(ordered[below, columns] * (1 - part) + ordered[above, columns] * part)

    return at(low), at(high)


def ratios(
    events: pd.DataFrame,
    exposure: pd.DataFrame,
    articles: pd.DataFrame | Units,
    keys: Sequence[str] = (),
    *,
    scale: float = 1.0,
) -> pd.DataFrame:
    """`scale` × sum of events ÷ sum of exposure for every cell (source × keys), with an interval.

    events and exposure: columns article (or its number), *keys, value; articles: article, source. A cell is whatever
    occurs in either.
    Returns source, *keys, value, low, high (NaN below MIN_ARTICLES articles), n_articles (those with exposure),
    exposure and total (sums of the two, unscaled). The order of the rows that come in makes no difference.
    """
    units = articles if isinstance(articles, Units) else Units(articles)
    sources, source_of = units.sources, units.source_of
    both = pd.concat([exposure[[*keys, "value"]], events[[*keys, "value"]]], ignore_index=True)
    place = np.concatenate([units.places(exposure), units.places(events)])
    code = source_of[place].astype(np.int64)
    labels = []
    for key in keys:
        key_code, label = pd.factorize(both[key], sort=True)
        labels.append(label)
        code = code * len(label) + key_code
    found, cell = np.unique(code, return_inverse=True)
    columns: dict[str, Any] = {}
    rest = found
    for key, label in zip(reversed(keys), reversed(labels), strict=True):
        columns[key] = label.take(rest % len(label))
        rest = rest // len(label)
    value = both["value"].to_numpy(dtype=np.float64)
    is_event = np.arange(len(both)) >= len(exposure)
    numbers = np.full((6, len(found)), np.nan)
    for number in np.unique(rest):
        first_article, last_article = np.searchsorted(source_of, [number, number + 1])
        first, last = np.searchsorted(rest, [number, number + 1])
        own = rest[cell] == number
        unit = blocks(int(last_article - first_article))[place[own] - first_article]
        shape = (min(int(last_article - first_article), MAX_UNITS), int(last - first))
        numbers[:, first:last] = _interval(unit, cell[own] - first, value[own], is_event[own], place[own], shape)
    made = {"source": sources[rest]} | {key: columns[key] for key in keys}
    names = ("value", "low", "high", "n_articles", "exposure", "total")
    frame = pd.DataFrame(made | dict(zip(names, numbers, strict=True)))
    frame[["value", "low", "high"]] *= scale
    return frame.astype({"source": "str", "n_articles": "int64"})


def _interval(unit: Any, cell: Any, value: Floats, is_event: Any, article: Any, shape: tuple[int, int]) -> Floats:
    """Rows value, low, high, n_articles, exposure, total for the cells (columns) of one source."""
    flat = unit * shape[1] + cell

    def matrix(rows: Any) -> Floats:
        return (
            np.bincount(flat[rows], weights=value[rows], minlength=shape[0] * shape[1])
            .reshape(shape)
            .astype(np.float64)
        )

    upper, lower = matrix(is_event), matrix(~is_event)
    carrying = ~is_event & (value > 0)
    pairs = np.unique(article[carrying].astype(np.int64) * shape[1] + cell[carrying]) % shape[1]
    n_articles = np.bincount(pairs, minlength=shape[1])
    weights = draws(shape[0])
    total, exposure = upper.sum(axis=0), lower.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        sampled = (weights @ upper) / (weights @ lower)
        point = np.where(exposure > 0, total / exposure, np.nan)
    sampled[~np.isfinite(sampled)] = np.nan
    low, high = percentiles(sampled)
    thin = n_articles < MIN_ARTICLES
    low, high = np.where(thin, np.nan, low), np.where(thin, np.nan, high)
    return np.stack([point, low, high, n_articles.astype(np.float64), exposure, total])
