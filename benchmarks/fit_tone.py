"""Fits the tone of a mention: NewsMTSC's train part and the lexicon in, two files of coefficients out.

    python -m benchmarks.fit_tone --data FOLDER

FOLDER holds the development data, which does not ship. `lexicon/feelings.tsv` is the direction in the word vectors
along which the valences of the lexicon and of VADER grow; no annotated sentence is used for it.
`tone/weights.npz` is a network of one hidden layer over the features of `analysis.tone.features`, fitted on the train
part alone (Hamborg & Donnay 2021). No name, outlet or topic word is a feature.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from analysis import pipeline
from analysis.language import weights
from analysis.language.vectors import WIDTH, unit
from analysis.layers import Layers
from analysis.lexicon import load_terms, rows
from analysis.model import Article, Span
from analysis.polarity import SCALE
from analysis.tone import model
from analysis.tone.features import Scene
from analysis.tone.model import READINGS
from analysis.tone.roles import of_doc
from analysis.tone.sums import Sums, add_up
from analysis.tone.words import words
from benchmarks import layers
from benchmarks.layers import Recipe
from benchmarks.quality.data import rows as read_rows

FEELINGS = Path(model.__file__).parent.parent / "lexicon" / "feelings.tsv"
PLAIN_WORDS = slice(200, 20000, 6)  # of the vectors, the most frequent first: words of no list, taken for neutral
RIDGE = 1.0  # five folds over the listed words: 0.3, 1 and 3 differ by less than 0.005 in correlation
# Three folds over the sentences of the train part: macro F1 0.688; narrower 0.685, half the dropout 0.671.
RECIPE = Recipe(hidden=192, starts=3, rounds=10, batch=128, drop_in=0.3, drop_hidden=0.6)
CONTRASTED = 3.0  # weight of a sentence with targets of different polarity: there grammar decides, not the mood
RARE = 8  # a feature seen in fewer mentions is left out

Example = tuple[Sums, int, str]  # what is seen of one mention, class, sentence


def main() -> int:
    assert __doc__ is not None
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with the development data")
    args = parser.parse_args()
    source = args.data / "newsmtsc/targets.jsonl.gz"
    if not source.is_file():
        print(f"benchmarks: there is no {source}; the development data does not ship.", file=sys.stderr)
        return 2
    write_feelings()
    train(list(examples([row for row in read_rows(source) if row["split"] == "train"]))).save(model.FILE)
    return 0


def write_feelings() -> None:
    """Ridge regression from a word's vector to the valence that a list gives it; words of no list count as 0."""
    trained = weights.load()
    listed = {word: value / SCALE for word, value in SentimentIntensityAnalyzer().lexicon.items() if word.isalpha()}
    listed |= {term.term: term.valence for term in load_terms() if term.term.isalpha()}
    for row in rows.read("valence_frames.tsv", ("term", "pos", "slot", "valence", "source", "note")):
        if row["slot"] in {"subject", "owner"}:
            listed.setdefault(row["term"], float(row["valence"]))
    plain = [word for word in list(trained.ranks)[PLAIN_WORDS] if word.isalpha() and word not in listed]
    known = {word: value for word, value in listed.items() if word in trained.ranks} | dict.fromkeys(plain, 0.0)
    places = np.array([trained.ranks[word] for word in known])
    vectors = unit(trained.vocab.vectors.data, places).astype(float)
    direction = np.linalg.solve(vectors.T @ vectors + RIDGE * np.eye(WIDTH), vectors.T @ np.array(list(known.values())))
    lines = [f"{axis}\t{weight:.5f}" for axis, weight in enumerate(direction)]
    FEELINGS.write_text("\n".join(["axis\tweight", *lines]) + "\n", encoding="utf-8")


def examples(gold: Sequence[dict[str, Any]]) -> Iterator[Example]:
    """The features of every annotated mention; each sentence is read once."""
    by_text: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in gold:
        by_text[row["text"]].append(row)
    for text, own in by_text.items():
        reading = pipeline.read(Article("train", text))[0]
        looked_up = words(reading.doc)
        scene = Scene(looked_up, of_doc(reading.doc), reading.mentions, reading.attributions)
        for row in own:
            found = scene.of(Span(row["start"], row["end"]))
            if found is not None:
                yield add_up(looked_up, [found]), row["polarity"] + 1, text


def train(seen: Sequence[Example]) -> Layers:
    """Fit on the examples; every class weighs the same, so that macro F1 is what is sought."""
    often = Counter(name for found, *_ in seen for name, value in found.features(0).items() if value)
    names = sorted(name for name, n in often.items() if n >= RARE)
    places = {name: place for place, name in enumerate(names)}
    values = np.vstack([model.rows(places, found) for found, *_ in seen])
    gold = np.array([polarity for _, polarity, _ in seen])
    sides: dict[str, set[int]] = defaultdict(set)
    for _, polarity, text in seen:
        sides[text].add(polarity)
    weight = np.array([CONTRASTED if len(sides[text]) > 1 else 1.0 for *_, text in seen])
    weight *= (len(gold) / len(READINGS) / np.bincount(gold, minlength=len(READINGS)))[gold]
    wished = np.eye(len(READINGS), dtype="float32")[gold]
    return layers.fit(values, wished, RECIPE, weight.astype("float32"), names)


if __name__ == "__main__":
    raise SystemExit(main())
