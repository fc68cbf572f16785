"""Reports laid flat: an iterable of `Report` comes in, tidy pandas frames go out, one row per thing seen.

The columns and their types stand in `SCHEMAS` and are the same when a frame is empty. Every offset counts code points
into the text of its article. Missing text is "", a missing span is -1, -1. Joint speakers are ids and names joined
by "; ".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.choices import check_choices
from analysis.flat import Rows, Words
from analysis.model import Report
from analysis.numbering import Numbering
from analysis.schemas import SCHEMAS
from analysis.voices import Ints

BLOCK = 500  # articles a frame: millions of waiting tuples make Python’s garbage collector slower than the work


@dataclass(frozen=True, eq=False)
class Tables:
    """The frames of a corpus; their columns stand in `SCHEMAS`, rows keep the order of the reports."""

    articles: pd.DataFrame
    actors: pd.DataFrame
    mentions: pd.DataFrame
    attributions: pd.DataFrame
    quotes: pd.DataFrame
    findings: pd.DataFrame
    sentences: pd.DataFrame
    tone: pd.DataFrame
    agency: pd.DataFrame
    exposure: pd.DataFrame
    speech: pd.DataFrame
    words: pd.DataFrame
    problems: pd.DataFrame

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The sources, most articles first, then by name."""
        counts = self.articles["source"].value_counts()
        return tuple(sorted(counts.index, key=lambda source: (-counts[source], source)))

    @cached_property
    def actor_names(self) -> dict[str, str]:
        """Names of the named actors by id, most mentioned first; of several names the most frequent."""
        named = self.actors[self.actors["named"]]
        by_name = (
            named.groupby(["actor", "name"], sort=True)["n_mentions"].sum().sort_values(ascending=False, kind="stable")
        )
        total = named.groupby("actor", sort=True)["n_mentions"].sum().sort_values(ascending=False, kind="stable")
        names = dict(reversed(list(by_name.index)))
        return {str(actor): names[actor] for actor in total.index}

    @cached_property
    def numbers(self) -> Numbering:
        """By the name of a frame: the row in `articles` of the article of each of its rows."""
        return Numbering(self.frames())

    @cached_property
    def part_of(self) -> tuple[Tables, Ints] | None:
        """The tables that `select` took these from, and there the rows of their articles; None of a whole corpus."""
        return None

    def select(
        self,
        *,
        sources: Collection[str] | None = None,
        articles: Collection[str] | None = None,
        actors: Collection[str] | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> Tables:
        """The tables of some articles. Articles stay whole, so that exposure stays right.

        `actors` (ids) keeps the articles that mention one of them. `since` and `until` (both included) leave out
        articles without a date. An unknown source, article or actor raises ValueError.
        """
        keep = np.ones(len(self.articles), dtype=bool)
        if sources is not None:
            check_choices("source", sources, self.sources)
            keep &= self.articles["source"].isin(list(sources)).to_numpy()
        if articles is not None:
            check_choices("article", articles, set(self.articles["article"]))
            keep &= self.articles["article"].isin(list(articles)).to_numpy()
        if actors is not None:
            check_choices("actor", actors, set(self.actors["actor"].unique()))
            with_actor = self.actors.loc[self.actors["actor"].isin(list(actors)), "article"]
            keep &= self.articles["article"].isin(with_actor).to_numpy()
        if since is not None:
            keep &= (self.articles["published"] >= pd.Timestamp(since)).to_numpy()
        if until is not None:
            keep &= (self.articles["published"] < pd.Timestamp(until) + pd.Timedelta(days=1)).to_numpy()
        if keep.all():
            return self
        rows = {name: np.flatnonzero((own >= 0) & keep[own]) for name in SCHEMAS for own in [self.numbers[name]]}
        frames = {name: frame.take(rows[name]).reset_index(drop=True) for name, frame in self.frames().items()}
        made = Tables(**frames)
        made.__dict__["part_of"] = (self, rows["articles"])
        renumbered = np.where(keep, np.cumsum(keep) - 1, -1)
        made.numbers.update({name: renumbered[self.numbers[name][own]] for name, own in rows.items()})
        return made

    def frames(self) -> dict[str, pd.DataFrame]:
        """The frames by name, in the order of the dataclass."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


class Flattener:
    """Lays reports flat one after the other, as they come (see `Rows`)."""

    def __init__(self) -> None:
        self._flat = Rows()
        self._frames: dict[str, list[pd.DataFrame]] = {name: [] for name in self._flat.tables}
        self._laid = 0

    def add(self, report: Report) -> None:
        self._flat.add(report)
        self._laid += 1
        if self._laid % BLOCK == 0:
            self._close()

    def tables(self) -> Tables:
        """The tables of what was added so far."""
        self._close()
        made = {
            name: parts[0] if len(parts) == 1 else _in_one_piece(pd.concat(parts, ignore_index=True))
            for name, parts in self._frames.items()
        }
        return Tables(**made, words=_bag(self._flat.words))

    def _close(self) -> None:
        """Turn the rows that have gathered into a frame each, and begin anew."""
        for name, gathered in self._flat.tables.items():
            if gathered or not self._frames[name]:
                self._frames[name].append(_frame(gathered, SCHEMAS[name]))
                gathered.clear()


def _in_one_piece(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame, each column of words in one stretch of memory: joined frames keep a piece for each, and to take rows
    out of many pieces costs a half more.
    """
    words = [str(name) for name, kind in frame.dtypes.items() if isinstance(kind, pd.StringDtype)]
    held = {name: pa.array(frame[name]) for name in words}
    joined = {name: own.combine_chunks() for name, own in held.items() if isinstance(own, pa.ChunkedArray)}
    return frame.assign(**{name: pd.array(own, dtype=frame[name].dtype) for name, own in joined.items()})


def from_reports(reports: Iterable[Report]) -> Tables:
    """Lay reports flat, in their order (see `Flattener`)."""
    flattener = Flattener()
    for report in reports:
        flattener.add(report)
    return flattener.tables()


def empty() -> Tables:
    """Tables without a row."""
    return from_reports(())


def concat(parts: Iterable[Tables]) -> Tables:
    """Tables of several corpora joined. Article ids must not repeat: ValueError names the first that does."""
    found = list(parts)
    if len(found) < 2:
        return found[0] if found else empty()
    joined: dict[str, pd.DataFrame] = {}
    for name in SCHEMAS:
        frames = [part.frames()[name] for part in found]
        if name == "words":
            categories = [column for column, dtype in SCHEMAS[name].items() if dtype == "category"]
            columns = {
                column: pd.api.types.union_categoricals([frame[column] for frame in frames]) for column in categories
            }
            joined[name] = pd.DataFrame(columns | {"n": np.concatenate([frame["n"].to_numpy() for frame in frames])})
        else:
            joined[name] = _in_one_piece(pd.concat(frames, ignore_index=True))
    ids = joined["articles"]["article"]
    if ids.duplicated().any():
        raise ValueError(f"Two of the tables hold an article with the id {ids[ids.duplicated()].iloc[0]!r}.")
    return Tables(**joined)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as dictionaries by column."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _frame(rows: list[tuple[Any, ...]], schema: Mapping[str, str]) -> pd.DataFrame:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    made = {name: pd.Series(column, dtype=dtype) for (name, dtype), column in zip(schema.items(), columns, strict=True)}
    return pd.DataFrame(made)


def _bag(words: Words) -> pd.DataFrame:
    columns = {
        name: pd.Categorical.from_codes(numbers, categories=pd.Index(texts, dtype="str"))
        for name, (numbers, texts) in words.columns().items()
    }
    return pd.DataFrame(columns | {"n": words.counts()})
