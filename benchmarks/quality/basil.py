"""Whether a lexical bias span is for or against its target: BASIL (Fan et al. 2019)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from analysis.polarity import sentence_valence
from benchmarks.quality.data import rows, scorer


def measure(data: Path, documents: int) -> Iterator[tuple[str, float]]:
    """Macro F1 of the sign of the span's own words, on the lexical spans of the development part.

    Wording that no valence is known of counts as against the target: nine in ten of the spans of the train part are.
    What the sentence says besides is not asked, because most of it is about others.
    `documents` does not matter here: the rows are spans.
    """
    score = scorer(data)
    gold = [row for row in rows(data / "basil/targets.jsonl.gz") if row["split"] == "dev" and row["kind"] == "lex"]
    signs = {}
    for row in gold:
        valence = sentence_valence(row["text"][row["start"] : row["end"]])
        signs[row["id"]] = {"polarity": 1 if valence > 0 else -1}
    yield "basil.span_polarity_macro_f1", score.score_target(gold, signs)["macro_f1"]
