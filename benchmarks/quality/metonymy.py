"""Which place names act: ReLocaR (Gritta 2017) and the news part of CoNLL (Markert & Nissim's scheme, Gritta 2017)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from analysis.actors.metonymy import stands_for_people
from analysis.actors.token_view import view
from analysis.language import read
from benchmarks.quality.data import rows, scorer

PARTS = (("relocar", "train"), ("conll_news", "dev"))  # ReLocaR has no development part; nothing was fitted on it


def measure(data: Path, documents: int) -> Iterator[tuple[str, float]]:
    """Accuracy of literal against metonymic, mixed readings left out."""
    score = scorer(data)
    for name, part in PARTS:
        gold = [row for row in rows(data / f"metonymy/{name}.jsonl.gz") if row["split"] == part]
        found = {}
        for row in gold:
            doc = read(row["text"])
            inside = [token.i for token in doc if token.idx < row["end"] and token.idx + len(token) > row["start"]]
            weight = stands_for_people(view(doc), inside[0], inside[-1] + 1)
            found[row["id"]] = {"label": "metonymic" if weight > 0 else "literal"}
        yield f"metonymy.{name}_accuracy", score.score_metonymy(gold, found)["accuracy"]
