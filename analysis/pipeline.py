"""The way of the data for one article: `analyze(article) -> Report`. Each stage is called once, in order."""

from __future__ import annotations

from analysis import actors, agency, attribution, bias, language, marks, targets, tone, voices, wording
from analysis.detectors import DETECTORS
from analysis.loading import from_text
from analysis.model import Article, Finding, Reading, Report


def analyze(article: Article | str) -> Report:
    """Find who is framed how, and in whose voice, in one article.

    Takes an `Article`, or a text, which is cleaned first. What goes wrong inside one article becomes a sentence in
    `Report.problems`, so that a corpus of a million survives its strangest member. Raises TypeError for anything else.
    """
    if isinstance(article, str):
        article = from_text(article)
    if not isinstance(article, Article):
        raise TypeError(f"analyze() takes an Article or a text, not {type(article).__name__}.")
    if not article.text.strip():
        return Report(article, problems=(*article.problems, "The article has no text, so there is nothing to analyse."))
    try:
        return _analyze(article)
    except Exception as error:
        problem = f"The analysis of this article stopped: {type(error).__name__}: {error}"
        return Report(article, problems=(*article.problems, problem))


def read(article: Article) -> tuple[Reading, tuple[Finding, ...], tuple[str, ...]]:
    """Every stage before the targets: the reading, the findings nobody is named for yet, and what was unpaired."""
    reading, listed, unpaired = detect(article)
    found = wording.weigh(reading, listed)
    more = wording.unlisted(reading, found, bias.sentences(reading, found))
    return reading, tuple(sorted((*found, *more), key=lambda f: (f.span, f.kind))), unpaired


def detect(article: Article) -> tuple[Reading, tuple[Finding, ...], tuple[str, ...]]:
    """As `read`, with the findings as the lists give them, not weighed yet."""
    pairs, unpaired = marks.pair(article.text)
    doc = language.read(article.text, unseen=marks.around_fragments(article.text, pairs))
    found_actors, mentions = actors.find(doc, quoted=[p.content for p in pairs if len(p.content) > 0])
    said = attribution.find(doc, pairs, found_actors, mentions)
    stretches = voices.partition(article.text, said.attributions)
    reading = Reading(article, doc, said.actors, said.mentions, said.attributions, said.quotes, stretches)
    found = sorted((f for find in DETECTORS for f in find(reading)), key=lambda f: (f.span, f.kind))
    return reading, tuple(found), unpaired


def _analyze(article: Article) -> Report:
    reading, found, unpaired = read(article)
    findings = targets.assign(reading, found)
    return Report(
        article=article,
        actors=reading.actors,
        mentions=reading.mentions,
        attributions=reading.attributions,
        quotes=reading.quotes,
        findings=findings,
        sentences=bias.sentences(reading, findings),
        tone=tone.measure(reading, findings),
        exposure=voices.exposure(article.text, reading.voices),
        voices=reading.voices,
        problems=(*article.problems, *unpaired),
        agency=agency.find(reading),
    )
