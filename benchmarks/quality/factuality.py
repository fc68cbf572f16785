"""Which events a text does not tell as certain: UW (Lee et al. 2015) and MEANTIME (Minard et al. 2016)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from analysis import factuality
from analysis.factuality.features import Scene
from analysis.model import Article
from analysis.pipeline import detect
from benchmarks.quality.data import rows, scorer


def measure(data: Path, documents: int) -> Iterator[tuple[str, float]]:
    """Macro F1 over the events of the development part; every word is asked, for which ones are events is not told."""
    score = scorer(data)
    gold = [row for row in rows(data / "factuality/events.jsonl.gz") if row["split"] == "dev"]
    found = {}
    for row in gold:
        reading, listed, _ = detect(Article(row["id"], row["text"]))
        scene = Scene(reading, listed)
        c = scene.columns
        tokens = [i for i in range(len(c)) if not c.punct[i] and not c.space[i]]
        chance = factuality.chances(scene, tokens)
        found[row["id"]] = {
            "events": [
                {"start": c.starts[i], "end": c.ends[i]}
                for i, likely in zip(tokens, chance.tolist(), strict=True)
                if likely >= factuality.OPEN
            ]
        }
    yield "factuality.event_macro_f1", score.score_factuality(gold, found)["event"]["macro_f1"]
