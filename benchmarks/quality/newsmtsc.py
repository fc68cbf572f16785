"""In which light a sentence shows a target: NewsMTSC, whose readers judged single targets (Hamborg & Donnay 2021)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analysis import pipeline, tone
from analysis.model import Article, Span
from benchmarks.quality.data import rows, scorer

POLARITIES = (-1, 0, 1)


def measure(data: Path, documents: int) -> Iterator[tuple[str, float]]:
    """Macro F1 of cold, neutral and warm on both development parts: sentences as they come, and with two targets."""
    score = scorer(data)
    gold = rows(data / "newsmtsc/targets.jsonl.gz")
    for part in ("rw_dev", "mt_dev"):
        own = [row for row in gold if row["split"] == part]
        yield f"newsmtsc.{part}_macro_f1", score.score_target(own, predict(own))["macro_f1"]


def predict(gold: list[dict[str, Any]]) -> dict[str, dict[str, float]]:
    by_text: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in gold:
        by_text[row["text"]].append(row)
    found: dict[str, dict[str, float]] = {}
    for text, own in by_text.items():
        reading = pipeline.read(Article("sentence", text))[0]
        for row in own:
            chances = tone.polarity_of(reading, Span(row["start"], row["end"]))
            polarity = POLARITIES[max(range(3), key=lambda place: chances[place])]
            found[row["id"]] = {"polarity": polarity, "score": chances[2] - chances[0]}
    return found
