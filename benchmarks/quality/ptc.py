"""Loaded language, name calling and exaggeration, where annotators saw them: PTC (Da San Martino et al. 2019)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from analysis import analyze
from analysis.model import Article
from benchmarks.quality.data import rows, scorer

LABELS = {"Loaded_Language", "Name_Calling,Labeling", "Exaggeration,Minimisation"}
MEASURED = 60  # articles, the first ones; `fit_wording` fits on those after them


def measure(data: Path, documents: int) -> Iterator[tuple[str, float]]:
    """Partial F1 of loaded terms against spans of three techniques, on the first `documents` of MEASURED articles.

    Only the train part is at hand. No count and no coefficient of the analyser comes from the articles measured.
    """
    score = scorer(data)
    gold = rows(data / "ptc/articles.jsonl.gz")[: min(documents, MEASURED)]
    spans = {}
    for row in gold:
        report = analyze(Article(row["id"], row["text"]))
        spans[row["id"]] = {
            "spans": [
                {"start": finding.span.start, "end": finding.span.end}
                for finding in report.findings
                if finding.kind == "loaded_term"
            ]
        }
    yield "ptc.spans_partial_f1", score.score_spans(gold, spans, LABELS)["partial"]["f1"]
