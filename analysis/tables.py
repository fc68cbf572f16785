"""Reports laid flat: an iterable of `Report` comes in, tidy pandas frames go out, one row per thing seen.

The columns and their types stand in `SCHEMAS` and are the same when a frame is empty. Every offset counts code points
into the text of its article. Missing text is "", a missing span is -1, -1. Joint speakers are ids and names joined
by "; ".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.choices import check_choices
from analysis.letters import runs
from analysis.model import VOICES, Report, Span
from analysis.numbering import Numbering
from analysis.schemas import SCHEMAS
from analysis.voices import Ints, Places

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
        renumbered = np.where(keep, np.cumsum(keep) - 1, -1)
        made.numbers.update({name: renumbered[self.numbers[name][own]] for name, own in rows.items()})
        return made

    def frames(self) -> dict[str, pd.DataFrame]:
        """The frames by name, in the order of the dataclass."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


class Flattener:
    """Lays reports flat one after the other, as they come, in their order.

    An id that an earlier article already has gets "#2", "#3"… and a problem says so; nothing is lost.
    """

    def __init__(self) -> None:
        self._rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in SCHEMAS if name != "words"}
        self._frames: dict[str, list[pd.DataFrame]] = {name: [] for name in self._rows}
        self._words = _Words()
        self._seen: Counter[str] = Counter()
        self._laid = 0

    def add(self, report: Report) -> None:
        given = report.article.id or "article"
        article = self._free_id(given)
        problems = list(report.problems)
        if article != given:
            problems.append(f"Another article has the id “{given}” too, so this one is listed as “{article}”.")
        _flatten(report, article, problems, self._rows, self._words)
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
        return Tables(**made, words=self._words.frame())

    def _free_id(self, given: str) -> str:
        seen, article = self._seen, given
        seen[given] += 1
        while seen[given] > 1 and (article == given or article in seen):
            article = f"{given}#{seen[given]}"
            if article in seen:
                seen[given] += 1
        seen[article] = max(seen[article], 1)
        return article

    def _close(self) -> None:
        """Turn the rows that have gathered into a frame each, and begin anew."""
        for name, gathered in self._rows.items():
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


class _Words:
    """Gathers the bag of words of every article as category codes."""

    def __init__(self) -> None:
        self.vocabulary: dict[str, int] = {}
        self.spelt: dict[str, int] = {}  # the code of every spelling met, so that each is folded once
        self.articles: list[str] = []
        self.sources: dict[str, int] = {}
        self.parts: list[np.ndarray[Any, np.dtype[np.int64]]] = []

    def add(self, article: str, source: str, found: list[str], voices: Ints) -> None:
        """The words of an article and the code of the voice of each; rows in the order of their first occurrence."""
        spelt = self.spelt
        codes = np.array([spelt[word] if word in spelt else self._code(word) for word in found], dtype=np.int64)
        both, first, n = np.unique(codes * len(VOICES) + voices, return_index=True, return_counts=True)
        order = np.argsort(first)
        part = np.empty((len(both), 5), dtype=np.int64)
        part[:, 0], part[:, 1] = len(self.articles), self.sources.setdefault(source, len(self.sources))
        part[:, 3], part[:, 2] = np.divmod(both[order], len(VOICES))
        part[:, 4] = n[order]
        self.articles.append(article)
        self.parts.append(part)

    def _code(self, word: str) -> int:
        code = self.vocabulary.setdefault(fold(word).removesuffix("'s"), len(self.vocabulary))
        self.spelt[word] = code
        return code

    def frame(self) -> pd.DataFrame:
        codes = np.concatenate(self.parts) if self.parts else np.empty((0, 5), dtype=np.int64)
        labels = (self.articles, list(self.sources), list(VOICES), list(self.vocabulary))
        columns = {
            name: pd.Categorical.from_codes(codes[:, place], categories=pd.Index(labels[place], dtype="str"))
            for place, name in enumerate(("article", "source", "voice", "word"))
        }
        return pd.DataFrame(columns | {"n": codes[:, 4]})


def _flatten(
    report: Report, article: str, problems: list[str], rows: dict[str, list[tuple[Any, ...]]], words: _Words
) -> None:
    about, text = report.article, report.article.text
    here = (article, about.source)
    names = {actor.id: actor.name for actor in report.actors}
    places = Places(report)

    def name_of(ids: str | None) -> str:
        if ids in names:
            return names[ids]
        return "; ".join(names.get(one) or _name_from_id(one) for one in ids.split("; ")) if ids else ""

    def spot(span: Span | None) -> tuple[str, int, int]:
        return (text[span.start : span.end], span.start, span.end) if span else ("", -1, -1)

    def covered(span: Span) -> tuple[int, int, str]:
        return span.start, span.end, text[span.start : span.end]

    def bounds(span: Span) -> tuple[int, int]:
        sentence = places.sentence(span)
        return sentence.start, sentence.end

    size = report.exposure.narrator + report.exposure.quoted + report.exposure.reported
    page = (about.title, about.published, about.url, about.language)
    rows["articles"].append((*here, *page, size, len(about.removed), len(problems), "\n".join(problems)))
    rows["exposure"] += [(*here, voice, getattr(report.exposure, voice)) for voice in VOICES]
    rows["problems"] += [(*here, problem) for problem in problems]
    who: tuple[Any, ...]
    acting = Counter(mention.actor for mention in report.mentions if mention.form != "place")
    rows["actors"] += [(*here, one.id, one.name, one.kind, one.named, acting[one.id]) for one in report.actors]
    for mention in report.mentions:
        span, voiced = mention.span, places.voice(mention.span)
        who = (mention.actor, name_of(mention.actor), mention.form, voiced.voice, voiced.speaker or "")
        rows["mentions"].append((*here, *covered(span), *who, *bounds(span)))
    for said in report.attributions:
        who = (*spot(said.cue), *spot(said.source), said.speaker or "", name_of(said.speaker), said.stance)
        rows["attributions"].append((*here, said.kind, *covered(said.content), *who, *bounds(said.content)))
    for quote in report.quotes:
        span = quote.content
        who = (places.voice(span).voice, quote.speaker or "", name_of(quote.speaker))
        judged = (quote.distance, quote.loaded, quote.reason)
        rows["quotes"].append((*here, quote.kind, *covered(span), *who, *judged, *bounds(span)))
    for finding in report.findings:
        span = finding.span
        who = (finding.speaker or "", name_of(finding.speaker), finding.target or "", name_of(finding.target))
        judged = (finding.valence, finding.weight, finding.reason)
        first = (*here, finding.kind, finding.category, *covered(span), _term(text[span.start : span.end]))
        start, end = bounds(span)
        rows["findings"].append((*first, finding.voice, *who, *judged, start, end, text[start:end]))
    rows["tone"] += [(*here, one.actor, name_of(one.actor), one.voice, one.tone, one.n) for one in report.tone]
    for act in report.agency:
        who = (act.actor, name_of(act.actor), act.voice, act.role, _term(act.verb.of(text)))
        rows["agency"].append((*here, *covered(act.verb), *who, *bounds(act.verb)))
    _flatten_words(report, here, places, name_of, rows, words)


def _flatten_words(
    report: Report,
    here: tuple[str, str],
    places: Places,
    name_of: Any,
    rows: dict[str, list[tuple[Any, ...]]],
    words: _Words,
) -> None:
    """Words by voice and speaker, and the bag of words; a word belongs to the voice in which it begins."""
    starts, ends = runs(places.text, "'’-")
    found = [places.text[first:last] for first, last in zip(starts.tolist(), ends.tolist(), strict=True)]
    stretches = places.voiced(starts) if found else starts
    per_stretch = np.bincount(stretches, minlength=len(places.voices))
    spoken: Counter[tuple[str, str]] = Counter()
    for voiced, n in zip(places.voices, per_stretch.tolist(), strict=True):
        if n:
            spoken[voiced.voice, (voiced.speaker or "") if voiced.voice != "narrator" else ""] += n
    rows["speech"] += [(*here, voice, speaker, name_of(speaker), n) for (voice, speaker), n in spoken.items()]
    codes = np.array([VOICES.index(voiced.voice) for voiced in places.voices])[stretches] if found else starts
    words.add(*here, found, codes)
    if places.sentences:
        number = places.sentence_numbers(starts) if found else starts
        total = np.bincount(number, minlength=len(places.sentences))
        narrator = np.bincount(number[codes == 0], minlength=len(places.sentences))
        share = np.divide(narrator, total, out=np.zeros(len(total)), where=total > 0)
        rows["sentences"] += [
            (*here, one.span.start, one.span.end, one.span.of(places.text), one.bias, part, n)
            for one, part, n in zip(report.sentences, share.tolist(), total.tolist(), strict=True)
        ]


def fold(text: str) -> str:
    """How terms are compared: lower case, straight apostrophes, single blanks."""
    return " ".join(text.lower().replace("’", "'").split())


_term = lru_cache(maxsize=1 << 16)(fold)  # a corpus repeats its terms


def _name_from_id(actor: str) -> str:
    # A speaker who is nobody's actor in this article still needs a readable name.
    return actor.removeprefix("unnamed:").replace("-", " ")
