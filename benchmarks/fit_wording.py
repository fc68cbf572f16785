"""Fits analysis/wording/weights.npz on sentences whose words readers have marked, and reports how well it finds them.

    python -m benchmarks.fit_wording --data FOLDER [--write]

FOLDER holds babe/sg2.jsonl.gz (Spinde 2021). The data is not part of this repository. Only coefficients over general
features leave this script: no word, name or outlet is one. Networks of several starts are laid side by side into one.
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
from analysis.model import Article
from analysis.pipeline import detect
from analysis.wording import features
from analysis.wording.features import Floats
from analysis.wording.model import Model
from benchmarks.quality.data import scorer

HIDDEN, STARTS, ROUNDS, BATCH = 96, 3, 9, 512
RATE, DECAY, DROP_IN, DROP_HIDDEN = 2e-3, 1e-2, 0.2, 0.4
FLOOR = 0.02  # of a feature's spread, so that a rare one is not blown up
GRID = [round(0.08 + 0.02 * k, 2) for k in range(22)]


def fit(values: Floats, wished: Floats, seed: int = 0) -> Model:
    """Cross-entropy by AdamW (Loshchilov & Hutter 2019) with dropout; `wished` [words] in 0..1."""
    mean, spread = values.mean(axis=0), np.maximum(values.std(axis=0), FLOOR)
    scaled = (values - mean) / spread
    nets = [_start(scaled, wished, np.random.default_rng(seed + start)) for start in range(STARTS)]
    first = np.hstack([net[0] for net in nets]) / spread[:, None]
    bias = np.concatenate([net[1] for net in nets]) - mean @ first
    second = np.concatenate([net[2] for net in nets]) / STARTS
    return Model(first, bias.astype("float32"), second, float(np.mean([net[3] for net in nets])))


def _start(x: Floats, y: Floats, rng: np.random.Generator) -> list[Any]:
    width = x.shape[1]
    draw = lambda size, fan: rng.uniform(-(fan**-0.5), fan**-0.5, size).astype("float32")  # noqa: E731
    weights = [draw((width, HIDDEN), width), draw(HIDDEN, width), draw(HIDDEN, HIDDEN), draw(1, HIDDEN)]
    means, squares = [np.zeros_like(w) for w in weights], [np.zeros_like(w) for w in weights]
    total, step = ROUNDS * -(-len(x) // BATCH), 0
    for _ in range(ROUNDS):
        order = rng.permutation(len(x))
        for at in range(0, len(x), BATCH):
            part = order[at : at + BATCH]
            rate, step = RATE * (1 - step / total), step + 1
            for place, slope in enumerate(_slopes(weights, x[part], y[part], rng)):
                means[place] = 0.9 * means[place] + 0.1 * slope
                squares[place] = 0.999 * squares[place] + 0.001 * slope**2
                move = means[place] / (1 - 0.9**step) / (np.sqrt(squares[place] / (1 - 0.999**step)) + 1e-8)
                weights[place] = weights[place] * (1 - rate * DECAY) - rate * move
    return [*weights[:3], float(weights[3][0])]


def _slopes(weights: list[Any], x: Floats, y: Floats, rng: np.random.Generator) -> list[Any]:
    """The gradient of the loss by each of the weights, on one batch."""
    x = x * (rng.random(x.shape, dtype="float32") >= DROP_IN) / np.float32(1 - DROP_IN)
    kept = (rng.random((len(x), HIDDEN), dtype="float32") >= DROP_HIDDEN) / np.float32(1 - DROP_HIDDEN)
    before = x @ weights[0] + weights[1]
    hidden = np.maximum(before, 0) * kept
    error = (1 / (1 + np.exp(-(hidden @ weights[2] + weights[3]))) - y) / np.float32(len(x))
    back = error[:, None] * weights[2] * kept * (before > 0)
    return [x.T @ back, back.sum(axis=0), hidden.T @ error, error.sum(keepdims=True)]


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

    def model(self, numbers: list[int], seed: int = 0) -> Model:
        return fit(
            np.vstack([self.values[n] for n in numbers]), np.concatenate([self.wished[n] for n in numbers]), seed
        )

    def parts(self) -> tuple[list[int], list[int]]:
        """The numbers of the rows of the train and of the development part."""
        train, dev = ([n for n, row in enumerate(self.rows) if row["split"] == part] for part in ("train", "dev"))
        return train, dev

    def crossed(self, numbers: list[int], folds: int = 5) -> dict[int, Model]:
        """For each row a model that has not seen it."""
        fold = np.random.default_rng(1).integers(0, folds, len(numbers)).tolist()
        models = [self.model([n for n, f in zip(numbers, fold, strict=True) if f != one]) for one in range(folds)]
        return {n: models[f] for n, f in zip(numbers, fold, strict=True)}

    def f1(self, models: Mapping[int, Model], least: float) -> float:
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
        model.save()


if __name__ == "__main__":
    main()
