"""The stages of the analysis up to the findings, for benchmarks that want the reading itself and not the report."""

from __future__ import annotations

from analysis import actors, attribution, language, marks, voices
from analysis.detectors import DETECTORS
from analysis.model import Article, Finding, Reading


def reading(text: str) -> tuple[Reading, tuple[Finding, ...]]:
    """One text as it stands, read by every stage before the targets."""
    doc = language.read(text)
    pairs, _ = marks.pair(text)
    found, mentions = actors.find(doc, quoted=[pair.content for pair in pairs if len(pair.content) > 0])
    said = attribution.find(doc, pairs, found, mentions)
    stretches = voices.partition(text, said.attributions)
    read = Reading(Article("", text), doc, said.actors, said.mentions, said.attributions, said.quotes, stretches)
    return read, tuple(sorted((f for find in DETECTORS for f in find(read)), key=lambda f: (f.span, f.kind)))
