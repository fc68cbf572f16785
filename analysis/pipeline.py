"""The way of the data: `analyze(article) -> Report`, and `analyze_many` for many. Each stage is called in its turn."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

from spacy.tokens import Doc

from analysis import (
    actors,
    agency,
    attribution,
    bias,
    factuality,
    language,
    marks,
    midway,
    targets,
    tone,
    voices,
    wording,
)
from analysis.detectors import DETECTORS
from analysis.language import english
from analysis.loading import from_text
from analysis.model import Article, Finding, Reading, Report, Sentence

TOGETHER = 32  # articles read at a time: paragraphs of like length enough, and some tens of megabytes


def analyze(article: Article | str) -> Report:
    """Find who is framed how, and in whose voice, in one article.

    Takes an `Article`, or a text, which is cleaned first. What goes wrong inside one article becomes a sentence in
    `Report.problems`, so that a corpus of a million survives its strangest member. Raises TypeError for anything else.
    """
    return _report(_article(article))


def analyze_many(articles: Iterable[Article | str]) -> Iterator[Report]:
    """The reports that `analyze` gives, in the order of the articles, faster: the grammar reads TOGETHER at a time."""
    waiting = map(_article, articles)
    while block := list(islice(waiting, TOGETHER)):
        for article, doc in zip(block, _docs(block), strict=True):
            yield _report(article, doc)


def _article(given: Article | str) -> Article:
    article = from_text(given) if isinstance(given, str) else given
    if not isinstance(article, Article):
        raise TypeError(f"analyze() takes an Article or a text, not {type(article).__name__}.")
    return article


def _docs(articles: Sequence[Article]) -> Sequence[Doc | None]:
    """The articles as the grammar reads them; nothing where one cannot be read, so that each is tried by itself."""
    try:
        return list(language.read_many([a.text for a in articles], unseen=[_unseen(a.text) for a in articles]))
    except Exception:
        return [None] * len(articles)


def _unseen(text: str) -> Collection[int]:
    return marks.around_fragments(text, marks.pair(text)[0])


def _report(article: Article, doc: Doc | None = None) -> Report:
    if not article.text.strip():
        return Report(article, problems=(*article.problems, "The article has no text, so there is nothing to analyse."))
    try:
        return _analyze(article, doc)
    except Exception as error:
        problem = f"The analysis of this article stopped: {type(error).__name__}: {error}"
        return Report(article, problems=(*article.problems, problem))


def read(article: Article, doc: Doc | None = None) -> tuple[Reading, tuple[Finding, ...], tuple[str, ...]]:
    """Every stage before the targets: the reading, the findings nobody is named for yet, and what was unpaired.

    `doc` is the text as the grammar reads it, where that has been done.
    """
    return _scored(article, doc)[:3]


def _scored(
    article: Article, doc: Doc | None
) -> tuple[Reading, tuple[Finding, ...], tuple[str, ...], tuple[Sentence, ...]]:
    """As `read`, and the sentences, scored before the marks that follow from their scores: so was the model fitted."""
    reading, listed, unpaired = detect(article, doc)
    found = wording.weigh(reading, factuality.weigh(reading, listed))
    sentences = bias.sentences(reading, found)
    more = wording.further(reading, found, sentences)
    midway.at(midway.WORDING)
    return reading, tuple(sorted((*found, *more), key=_place)), unpaired, sentences


def detect(article: Article, doc: Doc | None = None) -> tuple[Reading, tuple[Finding, ...], tuple[str, ...]]:
    """As `read`, with the findings as the lists give them, not weighed yet."""
    pairs, unpaired = marks.pair(article.text)
    if doc is None:
        doc = language.read(article.text, unseen=marks.around_fragments(article.text, pairs))
    midway.at(midway.GRAMMAR)
    found_actors, mentions = actors.find(doc, quoted=[p.content for p in pairs if len(p.content) > 0])
    midway.at(midway.ACTORS)
    said = attribution.find(doc, pairs, found_actors, mentions)
    stretches = voices.partition(article.text, said.attributions)
    midway.at(midway.ATTRIBUTION)
    reading = Reading(article, doc, said.actors, said.mentions, said.attributions, said.quotes, stretches)
    found = sorted((f for find in DETECTORS for f in find(reading)), key=_place)
    midway.at(midway.DETECTORS)
    return reading, tuple(found), unpaired


def _place(finding: Finding) -> tuple[int, int, str]:
    """Where a finding stands, and its kind: to compare numbers costs less than to compare spans."""
    return finding.span.start, finding.span.end, finding.kind


def _analyze(article: Article, doc: Doc | None) -> Report:
    reading, found, unpaired, sentences = _scored(article, doc)
    reading, findings = targets.assign(reading, found)
    midway.at(midway.TARGETS)
    tones = tone.measure(reading, findings)
    midway.at(midway.TONE)
    return Report(
        article=article,
        actors=reading.actors,
        mentions=reading.mentions,
        attributions=reading.attributions,
        quotes=reading.quotes,
        findings=findings,
        sentences=sentences,
        tone=tones,
        exposure=voices.exposure(article.text, reading.voices),
        voices=reading.voices,
        problems=(*article.problems, *unpaired, *(() if english.is_english(article.text) else (english.NOT_ENGLISH,))),
        agency=agency.find(reading),
    )
