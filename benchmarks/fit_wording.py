"""Fits analysis/wording/weights.npz on words that readers have marked, and reports how well it finds them.

    python -m benchmarks.fit_wording --data FOLDER --soft SOFT.npz [--write]

FOLDER holds babe/sg2.jsonl.gz (Spinde 2021: sentences, whose biased words five readers marked),
ptc/articles.jsonl.gz (Da San Martino 2019: articles with spans of propaganda techniques; the first ones are measured
by `quality.ptc` and not read here) and outlet_articles (news that nobody marked). SOFT.npz is what a larger reader
says of the words of the last two (`training.wording`). A first network learns from what people marked; the one that
ships learns that, and on the texts of SOFT.npz the mean of what the first and the larger one say, which is better than
either. The data is not part of this repository. Only coefficients over general features leave this script: no word,
name or outlet is one.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Callable, Iterator, Mapping
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

FIRST = Recipe(hidden=288, starts=1, rounds=7, batch=512, drop_in=0.15, drop_hidden=0.3)
SHIPPED = Recipe(hidden=320, starts=1, rounds=6, batch=512, drop_in=0.15, drop_hidden=0.3)
DECIDED = 0.7  # what the decision of BABE counts beside the share of readers who marked a word
# What a word of each kind of text counts for the readers of sentences and for those of propaganda.
PEOPLE, MORE, NEWS = (3.0, 1.0), (0.7, 1.0), (1.0, 0.7)
# The odds that readers of sentences mark a word, and those that it is marked on, for which both sorts count.
MIXED = ((1.0, 0.0), (0.9, 0.1))
CHARACTERS = 4500  # of an article of news that are read, here and by the larger reader
GRID = [round(0.08 + 0.02 * k, 2) for k in range(22)]


def load(folder: Path) -> list[dict[str, Any]]:
    """The annotated sentences. Exits with a plain sentence where they are missing."""
    return [row for row in _rows(folder / "babe" / "sg2.jsonl.gz") if row["label"] in (0, 1)]


def _rows(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        sys.exit(f"{path} is missing: annotated texts are not part of this repository. Pass their folder by --data.")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def techniques(row: dict[str, Any]) -> Floats:
    """[tokens] of an article of PTC: 1 where one stands in a span of the techniques that `quality.ptc` measures."""
    c = columns(detect(Article(row["id"], row["text"]))[0].doc)
    inside = np.zeros(len(c), dtype="float32")
    for span in row["spans"]:
        if span["label"] in ptc.LABELS:
            inside[c.begun(Span(span["start"], span["end"]))] = 1
    return inside


def _articles(folder: Path, soft: Path) -> Iterator[tuple[str, Floats, Floats, Floats]]:
    """Of each text of SOFT.npz its name, what is seen of its words, the larger reader's odds, what people marked."""
    texts = {f"ptc/{row['id']}": row for row in _rows(folder / "ptc" / "articles.jsonl.gz")[ptc.MEASURED :]}
    said: Mapping[str, Floats] = np.load(soft)
    for row in _rows(folder / "outlet_articles" / "articles.jsonl.gz"):
        if f"news/{row['id']}" in said:
            texts[f"news/{row['id']}"] = {**row, "text": row["text"][:CHARACTERS]}
    for name, row in texts.items():
        reading, found, _ = detect(Article(row["id"], row["text"]))
        seen, c = features.see(reading, found), columns(reading.doc)
        odds, words = np.zeros((len(c), 2), dtype="float32"), [i for i, space in enumerate(c.space) if not space]
        if len(said[name]) != len(words):
            print(f"{name} is left out: its words are cut otherwise than when the larger reader read them.")
            continue
        odds[words] = said[name]
        inside = techniques(row) if "spans" in row else np.zeros(len(c), dtype="float32")
        yield name, seen.values, odds[seen.tokens], inside[seen.tokens]


class Marked:
    """The sentences with what is seen of their words, and whether readers marked each; other articles beside them."""

    def __init__(self, rows: list[dict[str, Any]], data: Path, soft: Path) -> None:
        self.rows, self.score = rows, scorer(data)
        self.spans: list[list[dict[str, int]]] = []
        self.values: list[Floats] = []
        self.wished: list[Floats] = []
        for row in rows:
            reading, found, _ = detect(Article(row["id"], row["text"]))
            seen, c = features.see(reading, found), columns(reading.doc)
            tokens = seen.tokens.tolist()
            self.spans.append([{"start": c.starts[i], "end": c.ends[i]} for i in tokens])
            self.values.append(seen.values)
            self.wished.append(np.array([shared(c.words[i], row, self.score.stems) for i in tokens], dtype="float32"))
        articles = list(_articles(data, soft))
        plain = np.concatenate([np.full(len(values), not name.startswith("ptc/")) for name, values, _, _ in articles])
        self.more, self.said, inside = (np.concatenate([one[k] for one in articles]) for k in (1, 2, 3))
        self.plain, self.inside = plain.astype(bool), inside

    def model(self, numbers: list[int], seed: int = 0, share: int = 1) -> Layers:
        """Fitted on the sentences of `numbers`, and of the news that nobody marked on every `share`-th word."""
        values, wished = (np.concatenate([part[n] for n in numbers]) for part in (self.values, self.wished))
        theirs = ~self.plain
        first = layers.fit(
            np.vstack([values, self.more[theirs]]),
            np.vstack([_beside(wished, 0), _beside(self.inside[theirs], 1)]),
            FIRST,
            weight=np.vstack([_beside(np.ones(len(values)), 0), _beside(np.ones(int(theirs.sum())), 1)]),
            seed=seed,
        )
        kept = theirs | (np.arange(len(theirs)) % share == 0)
        taught = 1 / (1 + np.exp(-(first.odds(self.more[kept]) + self.said[kept]) / 2))
        marked = theirs[kept]
        taught[marked, 1] = DECIDED * self.inside[kept][marked] + (1 - DECIDED) * taught[marked, 1]
        made = layers.fit(
            np.vstack([values, self.more[kept]]),
            np.vstack([_beside(wished, 0), taught]),
            SHIPPED,
            weight=np.vstack([np.tile([PEOPLE[0], 0.0], (len(values), 1)), np.where(marked[:, None], MORE, NEWS)]),
            seed=seed,
        )
        mixed = np.array(MIXED, dtype="float32").T
        return Layers(made.first, made.first_bias, made.second @ mixed, made.second_bias @ mixed, made.names)

    def parts(self) -> tuple[list[int], list[int]]:
        """The numbers of the rows of the train and of the development part."""
        train, dev = ([n for n, row in enumerate(self.rows) if row["split"] == part] for part in ("train", "dev"))
        return train, dev

    def crossed(self, numbers: list[int], folds: int = 4) -> dict[int, Layers]:
        """For each row a model that has not seen it, fitted on a third of the news."""
        fold = np.random.default_rng(1).integers(0, folds, len(numbers)).tolist()
        models = [
            self.model([n for n, f in zip(numbers, fold, strict=True) if f != one], share=3) for one in range(folds)
        ]
        return {n: models[f] for n, f in zip(numbers, fold, strict=True)}

    def f1(self, models: Mapping[int, Layers], least: float, who: int = 1) -> float:
        """F1 of the words whose chance, by the model of their row, is `least` and more; `who` is the output asked."""
        chances = {n: chances_of(self.values[n], model)[:, who] for n, model in models.items()}
        said = {
            self.rows[n]["id"]: {"words": [s for s, p in zip(self.spans[n], given, strict=True) if p >= least]}
            for n, given in chances.items()
        }
        return float(self.score.score_words([self.rows[n] for n in chances], said)["token"]["f1"])


def shared(word: str, row: dict[str, Any], stems: Callable[[str], set[str]]) -> float:
    """How far readers of a sentence marked a word, 0..1: the decision of BABE, and the share of them who did."""
    own = stems(word)
    decided = any(own & stems(marked) for marked in row["biased_words"] or ())
    votes = [any(own & stems(marked) for marked in one["words"] or ()) for one in row["annotations"]]
    return DECIDED * decided + (1 - DECIDED) * float(np.mean(votes or [0]))


def _beside(column: Floats, place: int) -> Floats:
    """[rows, 2], zeros in the other column."""
    made = np.zeros((len(column), 2), dtype="float32")
    made[:, place] = column
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the development data")
    parser.add_argument("--soft", type=Path, required=True, help="what `training.wording` wrote")
    parser.add_argument("--write", action="store_true", help="write the coefficients to weights.npz")
    options = parser.parse_args()
    marked = Marked(load(options.data), options.data, options.soft)
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
