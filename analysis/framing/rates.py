"""Rates, tone and bias: tables come in, one row per source × voice (× actor, category, period) goes out.

A rate is events per 1,000 words of exposure in that voice (DESIGN: Measures). Voices stand on their own rows, the
narrator first, and are never added up. `enough` says whether a row rests on MIN_ARTICLES articles and MIN_EXPOSURE
words; below four articles there is no interval.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal

import numpy as np
import pandas as pd

from analysis.choices import check_choices
from analysis.framing import article_numbers
from analysis.framing.article_numbers import NUMBER
from analysis.framing.bootstrap import MIN_ARTICLES, MIN_EXPOSURE, MIN_MENTIONS, ratios
from analysis.model import FINDING_KINDS, VOICES, Report
from analysis.tables import Tables
from analysis.tone import UNSEEN

PER_WORDS = 1000  # every rate is per so many words of exposure
TOP_ACTORS = 40  # actors in a table unless the caller names them: more than a reader looks through
MIDDLING = 0.05  # a tone nearer to 0 is called neither warm nor cold
NARRATED = 0.5  # a sentence is the narrator's when more than half of its words are
# Long texts stay behind: copying the sentences of four hundred thousand findings is most of the work otherwise.
MEASURED = ["article", "source", "kind", "category", "start", "end", "term", "voice", "speaker", "target", "valence"]
_RATE = ["rate", "low", "high", "n_events", "n_articles", "exposure", "enough"]


def source_rates(
    tables: Tables, kind: str = "loaded_term", *, voice: str | None = None, category: str | None = None
) -> pd.DataFrame:
    """How often findings of a kind (of one category) occur, per source × voice.

    Returns source, voice, kind, rate (per 1,000 words), low, high, n_events, n_articles, exposure (words), enough.
    """
    found = of_kind(tables, kind, voice=voice, category=category)
    frame = _rates(found, exposed(tables, voice), tables, ["voice"]).assign(kind=kind)
    return _sorted(frame, tables, ["source", "voice", "kind", *_RATE])


def own_rate(report: Report, kind: str, voice: str = "narrator") -> tuple[int, float | None]:
    """How many findings of a kind one article has in a voice, and per 1,000 words; None where it has no such words."""
    check_choices("kind", [kind], FINDING_KINDS)
    check_choices("voice", [voice], VOICES)
    n = sum(finding.kind == kind and finding.voice == voice for finding in report.findings)
    words: int = getattr(report.exposure, voice)
    return n, n * PER_WORDS / words if words else None


def by_rate(rates: pd.DataFrame) -> list[str]:
    """The sources of `source_rates` in one voice, highest rate first; those that rest on too little come last."""
    ranked = rates[rates["rate"].notna()].sort_values(["enough", "rate"], ascending=False, kind="stable")
    return list(dict.fromkeys(ranked["source"]))


def beside(report: Report, rates: pd.DataFrame) -> tuple[int, float | None, float | None, float | None]:
    """Findings of one article and their rate, beside the rate of its source and that of all articles together.

    `rates`: `source_rates` of one kind and voice. None where there are no words in that voice.
    """
    n, own = own_rate(report, rates["kind"].iloc[0], rates["voice"].iloc[0]) if len(rates) else (0, None)
    there = rates.loc[rates["source"] == report.article.source, "rate"].dropna()
    words = int(rates["exposure"].sum())
    together = float(rates["n_events"].sum()) * PER_WORDS / words if words else None
    return n, own, float(there.iloc[0]) if len(there) else None, together


def actor_rates(
    tables: Tables,
    kind: str = "loaded_term",
    *,
    voice: str | None = None,
    actors: Collection[str] | None = None,
    top: int = TOP_ACTORS,
) -> pd.DataFrame:
    """How often findings of a kind are about an actor, per actor × source × voice.

    The exposure is the words of the articles that mention the actor (other than as a place), in that voice. Without
    `actors` (ids), the `top` most mentioned named ones. Columns as `source_rates`, after actor and name.
    """
    chosen = choose_actors(tables, actors, top)
    found = one_a_row(of_kind(tables, kind, voice=voice), "target")
    found = found[found["target"].isin(chosen)].rename(columns={"target": "actor"})
    present = tables.actors.loc[
        tables.actors["actor"].isin(chosen) & (tables.actors["n_mentions"] > 0), ["article", "actor"]
    ]
    # A finding can be about an actor whom the article only names by a pronoun that nothing else holds.
    present = pd.concat([present, found[["article", "actor"]]]).drop_duplicates()
    exposure = present.merge(exposed(tables, voice)[["article", NUMBER, "voice", "words"]], on="article")
    frame = _rates(found, exposure, tables, ["actor", "voice"])
    frame = frame.assign(kind=kind, name=frame["actor"].map(chosen))
    return _sorted(frame, tables, ["actor", "name", "source", "voice", "kind", *_RATE], list(chosen))


def tone(
    tables: Tables, *, voice: str | None = None, actors: Collection[str] | None = None, top: int = TOP_ACTORS
) -> pd.DataFrame:
    """Mean target-directed valence of an actor's mentions, -1..1, per actor × source × voice.

    One mention says little of how a source shows somebody, so the mean is taken with `analysis.tone.UNSEEN` neutral
    mentions more.
    Returns actor, name, source, voice, tone, low, high, n_mentions, n_articles, enough (MIN_ARTICLES articles and
    MIN_MENTIONS mentions).
    """
    chosen = choose_actors(tables, actors, top)
    keep = where(tables.tone, "voice", voice, VOICES) & tables.tone["actor"].isin(chosen).to_numpy(dtype=bool)
    rows = tables.tone.loc[keep, ["actor", "voice", "tone", "n"]]
    rows[NUMBER] = article_numbers.of(tables).of("tone")[keep]
    events = rows.assign(value=rows["tone"] * rows["n"])
    frame = drawn(ratios(events, rows.assign(value=rows["n"]), article_numbers.of(tables).units, ["actor", "voice"]))
    frame = frame.rename(columns={"value": "tone", "exposure": "n_mentions"}).astype({"n_mentions": "int64"})
    enough = (frame["n_articles"] >= MIN_ARTICLES) & (frame["n_mentions"] >= MIN_MENTIONS)
    frame = frame.assign(name=frame["actor"].map(chosen), enough=enough)
    columns = ["actor", "name", "source", "voice", "tone", "low", "high", "n_mentions", "n_articles", "enough"]
    return _sorted(frame, tables, columns, list(chosen))


def drawn(frame: pd.DataFrame) -> pd.DataFrame:
    """The `ratios` of valence over mentions with UNSEEN neutral mentions more."""
    share = frame["exposure"] / (frame["exposure"] + UNSEEN)
    return frame.assign(**{end: (frame[end] * share).clip(-1, 1) for end in ("value", "low", "high")})


def profile(
    tables: Tables, kind: str = "loaded_term", *, voice: str = "narrator", actor: str | None = None
) -> pd.DataFrame:
    """How often each category of a kind occurs, per source × category, most frequent category first.

    With `actor`, findings about this actor, in the articles that mention it. Returns source, category, rate, low,
    high, n_events, n_articles, exposure, enough.
    """
    found, exposure = about(tables, kind, voice, actor)
    categories = found["category"].value_counts()
    names = pd.DataFrame(
        {"category": pd.Series(sorted(categories.index, key=lambda one: (-categories[one], one)), dtype="str")}
    )
    frame = _rates(found, exposure.merge(names, how="cross"), tables, ["category"])
    columns = ["source", "category", *_RATE]
    return _sorted(frame, tables, columns, list(names["category"]), first="category")


def over_time(
    tables: Tables,
    kind: str = "loaded_term",
    *,
    every: Literal["month", "week"] = "month",
    voice: str = "narrator",
    actor: str | None = None,
) -> pd.DataFrame:
    """A rate per source × period; articles without a date are left out.

    `period` is the first day of the month, or the Monday of the week. Periods without an article have no row. Returns
    source, period, rate, low, high, n_events, n_articles, exposure, enough.
    """
    check_choices("period", [every], ("month", "week"))
    found, exposure = about(tables, kind, voice, actor)
    days = tables.articles["published"]
    freq = "M" if every == "month" else "W-SUN"
    period = days.dt.to_period(freq).dt.start_time.to_numpy()
    dated = days.notna().to_numpy(dtype=bool)
    found, exposure = (
        frame.loc[dated[frame[NUMBER]]].assign(period=period[frame[NUMBER].to_numpy()[dated[frame[NUMBER]]]])
        for frame in (found, exposure)
    )
    frame = _rates(found, exposure, tables, ["period"])
    frame = frame.astype({"period": "datetime64[us]"})
    return _sorted(frame, tables, ["source", "period", *_RATE])


def sentence_bias(tables: Tables) -> pd.DataFrame:
    """Mean probability (0..1) that a trained reader calls a sentence biased, over the narrator's sentences.

    Returns source, bias, low, high, n_sentences, n_articles, enough (MIN_ARTICLES articles, MIN_EXPOSURE words).
    """
    keep = (tables.sentences["narrator"] > NARRATED).to_numpy(dtype=bool)
    own = tables.sentences.loc[keep, ["source", "bias", "words"]]
    own[NUMBER] = article_numbers.of(tables).of("sentences")[keep]
    frame = ratios(own.assign(value=own["bias"]), own.assign(value=1.0), article_numbers.of(tables).units)
    words = own.groupby("source")["words"].sum()
    enough = (frame["n_articles"] >= MIN_ARTICLES) & (frame["source"].map(words).fillna(0) >= MIN_EXPOSURE)
    frame = frame.rename(columns={"value": "bias", "exposure": "n_sentences"}).assign(enough=enough)
    columns = ["source", "bias", "low", "high", "n_sentences", "n_articles", "enough"]
    return _sorted(frame.astype({"n_sentences": "int64"}), tables, columns)


def of_kind(
    tables: Tables,
    kind: str | None,
    *,
    voice: str | None = None,
    category: str | None = None,
    source: str | None = None,
) -> pd.DataFrame:
    """The findings of a kind, voice, category and source; None is every one of them. Errors name the valid choices.

    The rows keep their index of `Tables.findings`, and of its columns those that measures read.
    """
    found = tables.findings
    keep = where(found, "voice", voice, VOICES) & where(found, "kind", kind, FINDING_KINDS)
    keep &= where(found, "source", source)
    if category is not None:
        keep &= where(found, "category", category, set(found["category"]))
    chosen: pd.DataFrame = found.loc[keep, MEASURED]
    return chosen.assign(**{NUMBER: article_numbers.of(tables).of("findings")[keep]})


def exposed(tables: Tables, voice: str | None) -> pd.DataFrame:
    """The rows of `Tables.exposure` in a voice, with the numbers of their articles."""
    keep = where(tables.exposure, "voice", voice, VOICES)
    chosen: pd.DataFrame = tables.exposure[keep]
    return chosen.assign(**{NUMBER: article_numbers.of(tables).of("exposure")[keep]})


def where(frame: pd.DataFrame, column: str, value: str | None, valid: Collection[str] = ()) -> Any:
    """Where a column has a value (one of `valid`, where these are given); everywhere for None."""
    if value is None:
        return np.ones(len(frame), dtype=bool)
    if valid:
        check_choices(column, [value], valid)
    return (frame[column] == value).to_numpy(dtype=bool)


def one_a_row(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """Joint actors (“a; b”) of a column on a row each; rows that come of one keep its index."""
    joint = frame[column].str.contains("; ", regex=False)
    if not joint.any():
        return frame
    # Few are joint, and to split the cells of all would take most of the time of a measure.
    several = frame[joint].assign(**{column: frame.loc[joint, column].str.split("; ")}).explode(column)
    return pd.concat([frame[~joint], several.astype({column: "str"})]).sort_index(kind="stable")


def in_voice(frame: pd.DataFrame, voice: str | None) -> pd.DataFrame:
    """The rows of `frame` in a voice; None is every voice."""
    if voice is None:
        return frame
    check_choices("voice", [voice], VOICES)
    return frame[frame["voice"] == voice]


def choose_actors(tables: Tables, actors: Collection[str] | None, top: int) -> dict[str, str]:
    """Names by id of the given actors, or of the `top` most mentioned named ones, most mentioned first."""
    names = tables.actor_names
    if actors is None:
        return dict(list(names.items())[:top])
    known = names if all(actor in names for actor in actors) else names | _unnamed(tables)
    check_choices("actor", actors, list(known))
    return {actor: known[actor] for actor in known if actor in set(actors)}


def about(tables: Tables, kind: str, voice: str, actor: str | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Findings of a kind in a voice and their exposure rows; with `actor`: about it, in articles that mention it."""
    found, exposure = of_kind(tables, kind, voice=voice), exposed(tables, voice)
    if actor is None:
        return found, exposure
    choose_actors(tables, [actor], 1)
    found = found[is_about(found, actor)]
    known = article_numbers.of(tables)
    own = ((tables.actors["actor"] == actor) & (tables.actors["n_mentions"] > 0)).to_numpy(dtype=bool)
    there = np.zeros(len(tables.articles), dtype=bool)
    there[known.of("actors")[own]] = there[found[NUMBER].to_numpy()] = True
    return found, exposure[there[exposure[NUMBER].to_numpy()]]


def is_about(found: pd.DataFrame, actor: str) -> pd.Series[bool]:
    """Whether each finding is about an actor, alone or with others (“a; b”)."""
    target = found["target"]
    return (target == actor) | (target.str.contains("; ", regex=False) & one_of(target, actor))


def one_of(joint: pd.Series[str], actor: str) -> pd.Series[bool]:
    """Whether an actor is one of the joint ones in each cell."""
    return ("; " + joint + "; ").str.contains(f"; {actor}; ", regex=False)


def _unnamed(tables: Tables) -> dict[str, str]:
    rows = tables.actors.loc[~tables.actors["named"], ["actor", "name"]].drop_duplicates("actor")
    return dict(zip(rows["actor"], rows["name"], strict=True))


def _rates(found: pd.DataFrame, exposure: pd.DataFrame, tables: Tables, keys: list[str]) -> pd.DataFrame:
    frame = ratios(
        found.assign(value=1.0),
        exposure.assign(value=exposure["words"]),
        article_numbers.of(tables).units,
        keys,
        scale=PER_WORDS,
    )
    return as_rates(frame)


def as_rates(frame: pd.DataFrame) -> pd.DataFrame:
    """Ratios of events to words (`bootstrap.ratios`) as rates, with `enough`; where nothing happened, how much may."""
    frame = frame.rename(columns={"value": "rate", "total": "n_events"})
    frame = frame.astype({"n_events": "int64", "exposure": "int64"})
    # A resample of nothing is nothing, but no event in w words leaves rates up to 3/w likely at 95 %
    # (Hanley & Lippman-Hand 1983, “If nothing goes wrong, is everything all right?”).
    silent = (frame["n_events"] == 0) & (frame["exposure"] > 0) & (frame["n_articles"] >= MIN_ARTICLES)
    frame["high"] = np.where(silent, 3 * PER_WORDS / frame["exposure"].clip(lower=1), frame["high"])
    return frame.assign(enough=(frame["n_articles"] >= MIN_ARTICLES) & (frame["exposure"] >= MIN_EXPOSURE))


def _sorted(
    frame: pd.DataFrame, tables: Tables, columns: list[str], ranked: list[str] | None = None, *, first: str = "actor"
) -> pd.DataFrame:
    """Rows by rank of `first`, then voice (narrator first), then source (most articles first), then what is left."""
    keys: dict[str, pd.Series[int]] = {}
    if ranked is not None:
        keys[first] = frame[first].map({one: place for place, one in enumerate(ranked)})
    if "voice" in frame:
        keys["voice"] = frame["voice"].map({voice: place for place, voice in enumerate(VOICES)})
    keys["source"] = frame["source"].map({source: place for place, source in enumerate(tables.sources)})
    if "period" in frame:
        keys["period"] = frame["period"]
    order = pd.DataFrame(keys).sort_values(list(keys), kind="stable").index
    frame = frame.loc[order, columns].reset_index(drop=True)
    text = {name: "str" for name in columns if name in ("actor", "name", "source", "voice", "kind", "category")}
    return frame.astype(text)
