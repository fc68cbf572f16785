"""Fits analysis/wording/weights.npz on words that readers have marked, and reports how well it finds them.

    python -m benchmarks.fit_wording --data FOLDER [--write]

FOLDER holds babe/sg2.jsonl.gz (Spinde 2021: sentences, whose biased words five readers marked) and
ptc/articles.jsonl.gz (Da San Martino 2019: articles with spans of propaganda techniques; the first ones are measured
by `quality.ptc` and not read here). The data is not part of this repository. Only coefficients over general features
leave this script: no word, name or outlet is one.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from analysis.language.columns import columns
from analysis.layers import Floats, Layers
from analysis.model import Article, Span
from analysis.pipeline import detect
from analysis.wording import features
from analysis.wording.model import FILE, chances_of
from benchmarks import layers
from benchmarks.layers import Recipe
from benchmarks.quality import ptc
from benchmarks.quality.data import scorer

SENTENCES = Recipe(hidden=96, starts=2, rounds=20, batch=512, drop_in=0.2, drop_hidden=0.4)
BOTH = Recipe(hidden=96, starts=1, rounds=7, batch=1024, drop_in=0.2, drop_hidden=0.4)
# The odds that readers of sentences mark a word, and those that it is marked on: by cross-validation these find the
# words of sentences nearly as well as the first (F1 0.51, 0.52), and those of propaganda better (0.36, 0.31).
WEIGHTS = ((1, 0), (1, 2))
PROPAGANDA = 0.3  # how much a word of propaganda counts beside one of a sentence; there are six times as many
GRID = [round(0.08 + 0.02 * k, 2) for k in range(22)]


def load(folder: Path) -> list[dict[str, Any]]:
    """The annotated sentences. Exits with a plain sentence where they are missing."""
    return [row for row in _rows(folder / "babe" / "sg2.jsonl.gz") if row["label"] in (0, 1)]


def _rows(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        sys.exit(f"{path} is missing: annotated texts are not part of this repository. Pass their folder by --data.")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _propaganda(folder: Path) -> tuple[Floats, Floats]:
    """What is seen of the words of the articles that are not measured, and whether each stands in a span."""
    values, wished = [], []
    for row in _rows(folder / "ptc" / "articles.jsonl.gz")[ptc.MEASURED :]:
        reading, found, _ = detect(Article(row["id"], row["text"]))
        seen, c = features.see(reading, found), columns(reading.doc)
        inside = np.zeros(len(c), dtype="float32")
        for span in row["spans"]:
            if span["label"] in ptc.LABELS:
                inside[c.begun(Span(span["start"], span["end"]))] = 1
        values.append(seen.values)
        wished.append(inside[seen.tokens])
    return np.concatenate(values), np.concatenate(wished)


class Marked:
    """The sentences with what is seen of their words, and whether readers marked each; propaganda beside them."""

    def __init__(self, rows: list[dict[str, Any]], data: Path) -> None:
        self.rows, self.score, self.propaganda = rows, scorer(data), _propaganda(data)
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
        """Who marked is one more input of the networks that read both; as it ships, the readers of propaganda."""
        values, wished = (np.concatenate([part[n] for n in numbers]) for part in (self.values, self.wished))
        more, theirs = self.propaganda
        who = np.repeat([0, 1], [len(values), len(more)]).astype("float32")
        alone = layers.fit(values, wished[:, None], SENTENCES, seed=seed)
        both = layers.fit(
            np.column_stack([np.vstack([values, more]), who]),
            np.concatenate([wished, theirs])[:, None],
            BOTH,
            weight=np.where(who > 0, PROPAGANDA, 1.0),
            seed=seed,
        )
        both = replace(both, first=both.first[:-1], first_bias=both.first_bias + both.first[-1])
        return layers.beside([alone, both], WEIGHTS)

    def parts(self) -> tuple[list[int], list[int]]:
        """The numbers of the rows of the train and of the development part."""
        train, dev = ([n for n, row in enumerate(self.rows) if row["split"] == part] for part in ("train", "dev"))
        return train, dev

    def crossed(self, numbers: list[int], folds: int = 5) -> dict[int, Layers]:
        """For each row a model that has not seen it."""
        fold = np.random.default_rng(1).integers(0, folds, len(numbers)).tolist()
        models = [self.model([n for n, f in zip(numbers, fold, strict=True) if f != one]) for one in range(folds)]
        return {n: models[f] for n, f in zip(numbers, fold, strict=True)}

    def f1(self, models: Mapping[int, Layers], least: float, who: int = 1) -> float:
        """F1 of the words whose chance, by the model of their row, is `least` and more; `who` is the output asked."""
        chances = {n: chances_of(self.values[n], model)[:, who] for n, model in models.items()}
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
