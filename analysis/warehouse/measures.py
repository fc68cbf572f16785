"""An open index comes in; the frames that `analysis.framing` gives for tables in memory go out, for the same charts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import pandas as pd

from analysis.choices import check_choices
from analysis.framing.bootstrap import MIN_ARTICLES, MIN_MENTIONS, ratios
from analysis.framing.rates import PER_WORDS, as_rates, drawn
from analysis.model import FINDING_KINDS, VOICES
from analysis.warehouse.base import Base

_RATE = ["rate", "low", "high", "n_events", "n_articles", "exposure", "enough"]


def source_rates(base: Base, kind: str = "loaded_term", *, voice: str = "narrator") -> pd.DataFrame:
    """As `framing.source_rates`, for one voice."""
    check_choices("kind", [kind], FINDING_KINDS)
    check_choices("voice", [voice], VOICES)
    events = base.frame(
        "SELECT source, block, sum(n) AS value FROM findings WHERE kind = ? AND voice = ? GROUP BY ALL", kind, voice
    )
    exposure = base.frame(
        "SELECT source, block, sum(words) AS value, sum(with_words) AS n FROM exposure WHERE voice = ? GROUP BY ALL",
        voice,
    )
    frame = rates(events, exposure, [])
    return _in_order(base, frame.assign(voice=voice, kind=kind))[["source", "voice", "kind", *_RATE]]


def over_time(base: Base, kind: str = "loaded_term", *, voice: str = "narrator") -> pd.DataFrame:
    """As `framing.over_time` by month: source, period, rate, low, high, n_events, n_articles, exposure, enough."""
    check_choices("kind", [kind], FINDING_KINDS)
    check_choices("voice", [voice], VOICES)
    events = base.frame(
        "SELECT source, block, month AS period, sum(n) AS value FROM findings WHERE kind = ? AND voice = ? "
        "AND month IS NOT NULL GROUP BY ALL",
        kind,
        voice,
    )
    exposure = base.frame(
        "SELECT source, block, month AS period, sum(words) AS value, sum(with_words) AS n FROM exposure "
        "WHERE voice = ? AND month IS NOT NULL GROUP BY ALL",
        voice,
    )
    frame = rates(events, exposure, ["period"]).astype({"period": "datetime64[us]"})
    return _in_order(base, frame, then=["period"])[["source", "period", *_RATE]]


def actor_rates(
    base: Base, actors: Sequence[str], kind: str = "loaded_term", *, voice: str = "narrator"
) -> pd.DataFrame:
    """As `framing.actor_rates`, for some actors (ids) in one voice."""
    check_choices("kind", [kind], FINDING_KINDS)
    names = _known(base, actors, voice)
    events = base.frame(
        "SELECT target AS actor, source, block, count(*) AS value FROM spots "
        "WHERE target IN (SELECT unnest(?)) AND kind = ? AND voice = ? GROUP BY ALL",
        list(actors), kind, voice,
    )  # fmt: skip
    exposure = base.frame(
        "SELECT actor, source, block, words AS value, articles AS n FROM actor_words "
        "WHERE actor IN (SELECT unnest(?)) AND voice = ?",
        list(actors), voice,
    )  # fmt: skip
    frame = rates(events, exposure, ["actor"])
    frame = frame.assign(name=frame["actor"].map(names), voice=voice, kind=kind)
    return _in_order(base, frame, list(names))[["actor", "name", "source", "voice", "kind", *_RATE]]


def tone(base: Base, actors: Sequence[str], *, voice: str = "narrator") -> pd.DataFrame:
    """As `framing.tone`, for some actors (ids) in one voice."""
    names = _known(base, actors, voice)
    rows = base.frame(
        "SELECT actor, source, block, tone AS value, mentions, articles AS n FROM actor_tone "
        "WHERE actor IN (SELECT unnest(?)) AND voice = ?",
        list(actors), voice,
    )  # fmt: skip
    frame = drawn(_ratios(rows, rows.assign(value=rows["mentions"]), ["actor"]))
    frame = frame.rename(columns={"value": "tone", "exposure": "n_mentions"}).astype({"n_mentions": "int64"})
    enough = (frame["n_articles"] >= MIN_ARTICLES) & (frame["n_mentions"] >= MIN_MENTIONS)
    frame = frame.assign(name=frame["actor"].map(names), voice=voice, enough=enough)
    columns = ["actor", "name", "source", "voice", "tone", "low", "high", "n_mentions", "n_articles", "enough"]
    return _in_order(base, frame, list(names))[columns]


def _known(base: Base, actors: Collection[str], voice: str) -> dict[str, str]:
    check_choices("voice", [voice], VOICES)
    names = base.names(actors)
    for actor in actors:
        if actor not in names:
            raise ValueError(f"Unknown actor {actor!r}. The most mentioned are: {', '.join(list(base.actors(12)))}.")
    return names


def rates(events: pd.DataFrame, exposure: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Events (source, block, `keys`, value) per 1,000 words of exposure (the same columns, and n articles)."""
    return as_rates(_ratios(events, exposure, keys, scale=PER_WORDS))


def _ratios(events: pd.DataFrame, exposure: pd.DataFrame, keys: list[str], **options: Any) -> pd.DataFrame:
    """`bootstrap.ratios` with a block of articles as the unit; `n` of `exposure` counts the articles themselves."""
    units = pd.concat([exposure, events])[["source", "block"]].drop_duplicates()
    frame = ratios(_unit(events), _unit(exposure), _unit(units), keys, **options)
    counted = exposure.groupby(["source", *keys], as_index=False)["n"].sum()
    frame = frame.drop(columns="n_articles").merge(counted, on=["source", *keys], how="left")
    return frame.rename(columns={"n": "n_articles"}).fillna({"n_articles": 0}).astype({"n_articles": "int64"})


def _unit(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(article=frame["source"] + "#" + frame["block"].astype("str"))


def _in_order(
    base: Base, frame: pd.DataFrame, actors: Sequence[str] | None = None, then: Sequence[str] = ()
) -> pd.DataFrame:
    keys = {"source": frame["source"].map({one: place for place, one in enumerate(base.sources)})}
    if actors is not None:
        keys = {"actor": frame["actor"].map({one: place for place, one in enumerate(actors)})} | keys
    keys |= {name: frame[name] for name in then}
    return frame.loc[pd.DataFrame(keys).sort_values(list(keys), kind="stable").index].reset_index(drop=True)
