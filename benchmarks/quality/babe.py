"""Which sentences trained readers call biased, and which words in them they marked: BABE (Spinde et al. 2021)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from analysis import analyze, pipeline, wording
from analysis.language.columns import columns
from analysis.model import Article, Report
from benchmarks.quality.data import rows, scorer

CUT = 0.5  # the fitted model is calibrated on a train part with as many biased sentences as unbiased ones


def measure(data: Path, documents: int) -> Iterator[tuple[str, float]]:
    """Ranking within an outlet, macro F1 of both classes, and content words marked; all rows of the development part.

    Evidence counts and coefficients come from the train part. `documents` does not matter here: the rows are sentences.
    """
    score = scorer(data)
    gold = [row for row in rows(data / "babe/sg2.jsonl.gz") if row["split"] == "dev"]
    biased, words, likely = {}, {}, {}
    for row in gold:
        report = analyze(Article(row["id"], row["text"]))
        chance = max((sentence.bias for sentence in report.sentences), default=0.0)
        biased[row["id"]] = {"score": chance, "label": int(chance >= CUT)}
        words[row["id"]] = {"words": _marked(report)}
        likely[row["id"]] = {"words": _likely(Article(row["id"], row["text"]))}
    found = score.score_bias(gold, biased)
    yield "babe.auc_within_outlet", found["auc_within_outlet"]
    yield "babe.macro_f1", found["given_labels"]["macro_f1"]
    yield "babe.words_f1", score.score_words(gold, words)["token"]["f1"]
    yield "babe.likely_words_f1", score.score_words(gold, likely)["token"]["f1"]


def _marked(report: Report) -> list[dict[str, int]]:
    """The loaded terms, in any voice: the readers marked words in quotations too."""
    return [
        {"start": finding.span.start, "end": finding.span.end}
        for finding in report.findings
        if finding.kind == "loaded_term"
    ]


def _likely(article: Article) -> list[dict[str, int]]:
    """The words that readers are likely to mark, names, denied and titled ones among them."""
    reading = pipeline.read(article)[0]
    seen, chance = columns(reading.doc), wording.chances(reading.doc)
    return [{"start": seen.starts[i], "end": seen.ends[i]} for i in np.flatnonzero(chance >= wording.SHOWN).tolist()]
