"""Which stretches are names: news of 2020 annotated as CoNLL-2003 was (Liu & Ritter 2023, CoNLL++ 2020)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from analysis.actors.names import find_names
from analysis.actors.token_view import view
from analysis.language import read
from benchmarks.quality.data import rows, scorer


def measure(data: Path, documents: int) -> Iterator[tuple[str, float]]:
    """F1 of the spans of names, whatever their type: the product tells other types apart than the data."""
    score = scorer(data)
    gold = rows(data / "ner_conllpp2020/docs.jsonl.gz")
    found = {}
    for row in gold:
        seen = view(read(row["text"]))
        spans = [seen.span(name.start, name.end) for name in find_names(seen)]
        found[row["id"]] = {"entities": [{"start": span.start, "end": span.end, "type": ""} for span in spans]}
    yield "ner_conllpp2020.span_f1", score.score_entities(gold, found)["span"]["f1"]
