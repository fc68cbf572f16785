"""Fits analysis/factuality/weights.npz on events whose certainty readers have judged, and says how well it does.

    python -m benchmarks.fit_factuality --data FOLDER [--write]

FOLDER holds factuality/events.jsonl.gz (UW: Lee et al. 2015; MEANTIME: Minard et al. 2016). The data is not part of
this repository. Only coefficients over general features leave this script.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from analysis import factuality
from analysis.factuality.features import Scene
from analysis.layers import Floats
from analysis.model import Article
from analysis.pipeline import detect
from benchmarks import layers
from benchmarks.layers import Recipe
from benchmarks.quality.data import rows

CERTAIN = 2.5  # of the readers' mean, -3 to 3, from which an event counts as certain; as in score.py
RECIPE = Recipe(hidden=96, starts=3, rounds=8, batch=128, drop_in=0.3, drop_hidden=0.5)
FOLDS = 4


def events(given: Sequence[dict[str, Any]]) -> tuple[Floats, Floats, list[int]]:
    """Features, whether less than certain, and the number of its sentence, for every event."""
    values, wished, sentence = [], [], []
    for number, row in enumerate(given):
        reading, found, _ = detect(Article(row["id"], row["text"]))
        scene = Scene(reading, found)
        for event in row["events"]:
            token = head(scene, event["start"], event["end"])
            if token is not None:
                values.append(scene.of(token))
                wished.append(float(event["score"] < CERTAIN))
                sentence.append(number)
    return np.vstack(values), np.array(wished, dtype="float32"), sentence


def head(scene: Scene, start: int, end: int) -> int | None:
    """The word of a stretch that hangs on a word outside."""
    c = scene.columns
    inside = [i for i in range(len(c)) if c.starts[i] < end and c.ends[i] > start]
    return next((i for i in inside if c.heads[i] not in inside or c.heads[i] == i), None)


def macro_f1(found: np.ndarray, wished: np.ndarray) -> float:
    """Mean of the F1 of both classes."""
    return float(
        np.mean([2 * ((found == k) & (wished == k)).sum() / ((found == k).sum() + (wished == k).sum()) for k in (0, 1)])
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the development data")
    parser.add_argument("--write", action="store_true", help="write the coefficients")
    options = parser.parse_args()
    given = [row for row in rows(options.data / "factuality/events.jsonl.gz") if row["split"] == "train"]
    values, wished, sentence = events(given)
    fold = np.random.default_rng(0).integers(0, FOLDS, len(given))[sentence]
    chance = np.zeros(len(wished))
    for one in range(FOLDS):
        model = layers.fit(values[fold != one], wished[fold != one][:, None], RECIPE)
        chance[fold == one] = model(values[fold == one])
    grid = [round(0.3 + 0.05 * k, 2) for k in range(8)]
    best = max(grid, key=lambda least: macro_f1(chance >= least, wished > 0))
    print(f"train, cross-validated: macro F1 {macro_f1(chance >= best, wished > 0):.3f} from a chance of {best}")
    if options.write:
        layers.fit(values, wished[:, None], RECIPE).save(factuality.FILE)


if __name__ == "__main__":
    main()
