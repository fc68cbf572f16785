"""Reports laid flat: reports come in, rows go out, for frames (`analysis.tables`) or files (`analysis.batch.parquet`).

By itself, because pandas takes a fifth of a second to load, which a worker of a batch need not wait for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import numpy as np

from analysis.letters import runs
from analysis.model import VOICES, Report, Span
from analysis.schemas import SCHEMAS
from analysis.voices import Ints, Places


class Rows:
    """The rows of reports in their order, a tuple each, by the name of the table; those of `words` as numbers.

    An id that an earlier article already has gets "#2", "#3"… and a problem says so; nothing is lost.
    """

    def __init__(self, reports: Iterable[Report] = ()) -> None:
        self.tables: dict[str, list[tuple[Any, ...]]] = {name: [] for name in SCHEMAS if name != "words"}
        self.words = Words()
        self._seen: Counter[str] = Counter()
        for report in reports:
            self.add(report)

    def add(self, report: Report) -> None:
        given = report.article.id or "article"
        article = self._free_id(given)
        problems = list(report.problems)
        if article != given:
            problems.append(f"Another article has the id “{given}” too, so this one is listed as “{article}”.")
        _flatten(report, article, problems, self.tables, self.words)

    def _free_id(self, given: str) -> str:
        seen, article = self._seen, given
        seen[given] += 1
        while seen[given] > 1 and (article == given or article in seen):
            article = f"{given}#{seen[given]}"
            if article in seen:
                seen[given] += 1
        seen[article] = max(seen[article], 1)
        return article


class Words:
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

    def columns(self) -> dict[str, tuple[Ints, list[str]]]:
        """The columns of text: for each row its number among the texts, and these."""
        texts: tuple[list[str], ...] = (self.articles, list(self.sources), [*VOICES], list(self.vocabulary))
        numbers = self._numbers()
        return {
            name: (numbers[:, place], texts[place]) for place, name in enumerate(("article", "source", "voice", "word"))
        }

    def counts(self) -> Ints:
        """How often each stands there."""
        counts: Ints = self._numbers()[:, 4]
        return counts

    def _numbers(self) -> Ints:
        return np.concatenate(self.parts) if self.parts else np.empty((0, 5), dtype=np.int64)


def _flatten(
    report: Report, article: str, problems: list[str], rows: dict[str, list[tuple[Any, ...]]], words: Words
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
    words: Words,
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
