"""Fits analysis/wording/weights.npz on sentences whose words readers have marked, and reports how well it finds them.

    python -m benchmarks.fit_wording --data FOLDER [--write]

FOLDER holds babe/sg2.jsonl.gz (Spinde 2021). The data is not part of this repository. Only coefficients over general
features leave this script: no word, name or outlet is one.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from analysis.language.columns import columns
from analysis.layers import Floats, Layers
from analysis.model import Article
from analysis.pipeline import detect
from analysis.wording import features
from analysis.wording.model import FILE
from benchmarks import layers
from benchmarks.layers import Recipe
from benchmarks.quality.data import scorer

RECIPE = Recipe(hidden=96, starts=3, rounds=9, batch=512, drop_in=0.2, drop_hidden=0.4)
GRID = [round(0.08 + 0.02 * k, 2) for k in range(22)]


def load(folder: Path) -> list[dict[str, Any]]:
    """The annotated sentences. Exits with a plain sentence where they are missing."""
    path = folder / "babe" / "sg2.jsonl.gz"
    if not path.exists():
        sys.exit(
            f"{path} is missing: the annotated sentences are not part of this repository. Pass their folder by --data."
        )
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if row["label"] in (0, 1)]


class Marked:
    """The sentences with what is seen of their words, and whether most readers marked each."""

    def __init__(self, rows: list[dict[str, Any]], data: Path) -> None:
        self.rows, self.score = rows, scorer(data)
        self.spans: list[list[dict[str, int]]] = []
        self.values: list[Floats] = []
        self.wished: list[Floats] = []
        for row in rows:
            reading, found, _ = detect(Article(row["id"], row["text"]))
            seen, c = features.see(reading, found), columns(reading.doc)
            gold = set().union(*(self.score.stems(word) for word in row["biased_words"] or ()))
            tokens = seen.tokens.tolist()
            self.spans.append([{"start": c.starts[i], "end": c.ends[i]} for i in tokens])
            self.values.append(seen.values)
            self.wished.append(np.array([bool(self.score.stems(c.words[i]) & gold) for i in tokens], dtype="float32"))

    def model(self, numbers: list[int], seed: int = 0) -> Layers:
        values, wished = (np.concatenate([part[n] for n in numbers]) for part in (self.values, self.wished))
        return layers.fit(values, wished[:, None], RECIPE, seed=seed)

    def parts(self) -> tuple[list[int], list[int]]:
        """The numbers of the rows of the train and of the development part."""
        train, dev = ([n for n, row in enumerate(self.rows) if row["split"] == part] for part in ("train", "dev"))
        return train, dev

    def crossed(self, numbers: list[int], folds: int = 5) -> dict[int, Layers]:
        """For each row a model that has not seen it."""
        fold = np.random.default_rng(1).integers(0, folds, len(numbers)).tolist()
        models = [self.model([n for n, f in zip(numbers, fold, strict=True) if f != one]) for one in range(folds)]
        return {n: models[f] for n, f in zip(numbers, fold, strict=True)}

    def f1(self, models: Mapping[int, Layers], least: float) -> float:
        """F1 of the words whose chance, by the model of their row, is `least` and more."""
        chances = {n: model(self.values[n]) for n, model in models.items()}
        said = {
            self.rows[n]["id"]: {"words": [s for s, p in zip(self.spans[n], given, strict=True) if p >= least]}
            for n, given in chances.items()
        }
        return float(self.score.score_words([self.rows[n] for n in chances], said)["token"]["f1"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the development data")
    parser.add_argument("--write", action="store_true", help="write the coefficients to weights.npz")
    options = parser.parse_args()
    marked = Marked(load(options.data), options.data)
    train, dev = marked.parts()
    crossed = marked.crossed(train)
    best = max(GRID, key=lambda least: marked.f1(crossed, least))
    print(f"train, cross-validated: F1 {marked.f1(crossed, best):.3f} from a chance of {best}")
    model = marked.model(train)
    print(f"dev: F1 {marked.f1(dict.fromkeys(dev, model), best):.3f}")
    if options.write:
        model.save(FILE)


if __name__ == "__main__":
    main()
