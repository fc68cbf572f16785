"""Fits the tone of a mention: NewsMTSC, our own readings and the lexicon in, coefficients out.

    python -m benchmarks.fit_tone --data FOLDER

FOLDER holds the development data, which does not ship. `lexicon/feelings.tsv` is the direction in the word vectors
along which the valences of the lexicon and of VADER grow; no annotated sentence is used for it.
`tone/weights.npz` is a network of one hidden layer over the features of `analysis.tone.features`, fitted on the train
part alone (Hamborg & Donnay 2021), whose sentences were picked because they judge. `tone/news.npz` is a smaller one
that learns that and, with outputs of their own, the fitted half of our own readings of whole articles
(`tone_labels.tsv`). A logistic regression (`lexicon/tone_in_news.tsv`) reads its odds beside what the article says of
the same actor elsewhere; it is fitted on odds of networks that have not seen the article. `--again` fits the last two
only. No name, outlet or topic word is a feature. Tells how far a row of few mentions is to be trusted.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from analysis import pipeline, targets, tone
from analysis.language import weights
from analysis.language.vectors import WIDTH, unit
from analysis.layers import Floats, Layers
from analysis.lexicon import load_terms, rows
from analysis.model import Article, Span
from analysis.polarity import SCALE
from analysis.tone import model, news
from analysis.tone.features import Scene
from analysis.tone.model import READINGS
from analysis.tone.roles import of_doc
from analysis.tone.sums import Sums, add_up
from analysis.tone.words import CHANNELS, words
from benchmarks import layers
from benchmarks.layers import Recipe
from benchmarks.quality.data import rows as read_rows
from benchmarks.quality.tone_rows import read_articles

LEXICON = Path(model.__file__).parent.parent / "lexicon"
FEELINGS = LEXICON / "feelings.tsv"
IN_NEWS = LEXICON / news.IN_NEWS
PLAIN_WORDS = slice(200, 20000, 6)  # of the vectors, the most frequent first: words of no list, taken for neutral
RIDGE = 1.0  # five folds over the listed words: 0.3, 1 and 3 differ by less than 0.005 in correlation
# Three folds over the sentences of the train part: macro F1 0.688; narrower 0.685, half the dropout 0.671.
RECIPE = Recipe(hidden=192, starts=3, rounds=10, batch=128, drop_in=0.3, drop_hidden=0.6)
CONTRASTED = 3.0  # weight of a sentence with targets of different polarity: there grammar decides, not the mood
RARE = 8  # a feature seen in fewer mentions is left out
# By six folds over the articles: wider networks, and fewer vectors, do as well or worse. Each of our mentions weighs as
# much as one of NewsMTSC.
NEWS = Recipe(hidden=32, starts=3, rounds=10, batch=128, drop_in=0.3, drop_hidden=0.4)
FOLDS = 6
SHRINK = 100.0  # of the regression; by six folds 30 does as well
STEPS = 240
LEAST = 0.05  # of a feature's spread, so that a rare one is not blown up
# Our articles are of wars, terror and elections, where praise is rarer than in news at large: of the mentions that are
# not neutral 14 in 100 are warm there, in NewsMTSC 42. Taken to be between, at equal ratios from both.
WARM = math.log(((0.14 / 0.86) * (0.42 / 0.58)) ** 0.5 / (0.14 / 0.86))
OWN = tuple(f"own: {channel}, {sign}" for channel in CHANNELS for sign in ("cold", "warm"))

Example = tuple[Sums, int, str]  # what is seen of one mention, class, sentence


@dataclass(frozen=True, slots=True)
class Read:
    """One article of our own readings: its mentions as tone hears them, their classes, and their rows of a report."""

    sums: Sums
    cast: news.Cast
    classes: list[int | None]  # None for mentions that were not read
    rows: list[str]

    def told(self) -> list[int]:
        return [place for place, light in enumerate(self.classes) if light is not None]


def main() -> int:
    assert __doc__ is not None
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with the development data")
    parser.add_argument("--again", action="store_true", help="keep weights.npz, fit only how news is read")
    args = parser.parse_args()
    source = args.data / "newsmtsc/targets.jsonl.gz"
    if not source.is_file():
        print(f"benchmarks: there is no {source}; the development data does not ship.", file=sys.stderr)
        return 2
    if not args.again:
        write_feelings()
    picked = list(examples([row for row in read_rows(source) if row["split"] == "train"]))
    if not args.again:
        train(picked).save(model.FILES["picked"])
    articles = list(read_mentions(args.data))
    train_news(picked, articles)
    print(f"UNSEEN: {unseen(articles):.2f} mentions", file=sys.stderr)
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
        reading = pipeline.detect(Article("train", text))[0]
        looked_up = words(reading.doc)
        scene = Scene(looked_up, of_doc(reading.doc), reading.mentions, reading.attributions)
        for row in own:
            found = scene.of(Span(row["start"], row["end"]))
            if found is not None:
                yield add_up(looked_up, [found]), row["polarity"] + 1, text


def read_mentions(data: Path) -> Iterator[Read]:
    """The fitted half of our own readings, in the order of hashes, so that folds mix sources and topics."""
    for article, lights in sorted(read_articles(data, held_out=False), key=lambda one: one[0].id):
        reading, found, _ = pipeline.read(article)
        reading, findings = targets.assign(reading, found)
        mentions = [m for m in reading.mentions if m.form != "place"]
        told, sums, cast = tone.seen_of(reading, mentions, findings)
        lit = [lights.get(mentions[place].span) for place in told]
        rows_ = [f"{who} {voice}" for who, voice in zip(cast.actors, cast.voices, strict=True)]
        yield Read(sums, cast, [None if light is None else light + 1 for light in lit], rows_)


def train_news(picked: Sequence[Example], articles: Sequence[Read]) -> None:
    """Write the network for news and how its odds are read, by odds of networks that have not seen the article."""
    names = frequent([found for found, *_ in picked])
    odds: list[Floats] = [np.zeros(0, dtype=np.float32)] * len(articles)
    for fold in range(FOLDS):
        network = joint(picked, [one for place, one in enumerate(articles) if place % FOLDS != fold], names)
        for place in range(fold, len(articles), FOLDS):
            odds[place] = odds_by(network, articles[place].sums)
    joint(picked, articles, names).save(model.FILES["news"])
    seen = [news.features(one, read.sums.named, read.cast) for one, read in zip(odds, articles, strict=True)]
    write_regression(regress(seen, articles))


def odds_by(network: Layers, found: Sums) -> Floats:
    return network.odds(model.rows({name: place for place, name in enumerate(network.names)}, found))


def joint(picked: Sequence[Example], articles: Sequence[Read], names: Sequence[str]) -> Layers:
    """One network with outputs for picked sentences and for news, of which those for news are kept."""
    places = {name: place for place, name in enumerate(names)}
    first = np.vstack([model.rows(places, found) for found, *_ in picked])
    lit = [one for one in articles if one.told()]
    second = np.vstack([model.rows(places, one.sums)[one.told()] for one in lit])
    gold = np.array([light for _, light, _ in picked])
    ours = np.array([light for one in lit for light in one.classes if light is not None])
    size = len(model.READINGS)
    wished = np.zeros((len(gold) + len(ours), 2 * size), dtype="float32")
    wished[np.arange(len(gold)), gold] = 1
    wished[len(gold) + np.arange(len(ours)), size + ours] = 1
    told = np.repeat(np.array([[1] * size + [0] * size, [0] * size + [1] * size]), [len(gold), len(ours)], axis=0)
    weight = even(picked)
    weight = np.concatenate([weight / weight.mean(), np.ones(len(ours))])
    network = layers.fit(np.vstack([first, second]), wished, NEWS, weight, names, told=told)
    return Layers(
        network.first, network.first_bias, network.second[:, size:], network.second_bias[size:], network.names
    )


def regress(seen: Sequence[Floats], articles: Sequence[Read]) -> Floats:
    """[features, cold and warm]: multinomial logistic regression, neutral at 0.

    Steps by a bound of the curvature (Boehning 1992), sped up after Nesterov (1983).
    """
    x = np.vstack([values[one.told()] for values, one in zip(seen, articles, strict=True)]).astype(float)
    wished = np.eye(len(READINGS))[[light for one in articles for light in one.classes if light is not None]]
    spread = np.maximum(x.std(axis=0), LEAST)
    spread[0] = 1.0
    scaled = x / spread
    shrink = np.diag([1e-3] + [SHRINK] * (x.shape[1] - 1))
    inverse = np.linalg.inv(0.5 * scaled.T @ scaled + shrink)
    weights = ahead = np.zeros((x.shape[1], len(READINGS)))
    pace = 1.0
    for _ in range(STEPS):
        raised = np.exp(scaled @ ahead)
        slope = scaled.T @ (raised / raised.sum(axis=1, keepdims=True) - wished) + shrink @ ahead
        new = ahead - inverse @ slope
        faster = (1 + (1 + 4 * pace**2) ** 0.5) / 2
        ahead, weights, pace = new + (pace - 1) / faster * (new - weights), new, faster
    sides: Floats = (weights[:, [0, 2]] - weights[:, [1]]) / spread[:, None]
    sides[0, 1] += WARM
    return sides


def write_regression(sides: Floats) -> None:
    lines = ["feature\tcold\twarm\tmeaning"]
    for (name, meaning), (cold, warm) in zip(news.MEANINGS.items(), sides, strict=True):
        lines.append(f"{name}\t{cold:.4f}\t{warm:.4f}\t{meaning}")
    IN_NEWS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def unseen(articles: Sequence[Read]) -> float:
    """How much mentions of a row differ over how much rows do (one-way analysis of variance, Searle 1992)."""
    by_row: dict[tuple[int, str], list[int]] = defaultdict(list)
    for number, one in enumerate(articles):
        for row, light in zip(one.rows, one.classes, strict=True):
            if light is not None:
                by_row[number, row].append(light)
    several = [np.array(read) for read in by_row.values() if len(read) > 1]
    sizes = np.array([len(read) for read in several])
    total, mean = sizes.sum(), np.concatenate(several).mean()
    within = sum(((read - read.mean()) ** 2).sum() for read in several) / (total - len(several))
    between = sum(len(read) * (read.mean() - mean) ** 2 for read in several) / (len(several) - 1)
    typical = (total - (sizes**2).sum() / total) / (len(several) - 1)
    return float(within * typical / (between - within))


def frequent(seen: Sequence[Sums]) -> list[str]:
    """The features that a network is given."""
    often = Counter(name for found in seen for name, value in found.features(0).items() if value)
    # The words of the mention itself are left to the second reading: there they help, here they cost 0.02.
    return sorted(name for name, n in often.items() if n >= RARE and name not in OWN)


def even(seen: Sequence[Example]) -> Floats:
    """The weights of sentences by which every class weighs the same, so that macro F1 is what is sought."""
    gold = np.array([light for _, light, _ in seen])
    sides: dict[str, set[int]] = defaultdict(set)
    for _, light, text in seen:
        sides[text].add(light)
    weight = np.array([CONTRASTED if len(sides[text]) > 1 else 1.0 for *_, text in seen])
    made: Floats = weight * (len(gold) / len(READINGS) / np.bincount(gold, minlength=len(READINGS)))[gold]
    return made.astype("float32")


def train(seen: Sequence[Example]) -> Layers:
    """Fit the network for picked sentences."""
    names = frequent([found for found, *_ in seen])
    places = {name: place for place, name in enumerate(names)}
    values = np.vstack([model.rows(places, found) for found, *_ in seen])
    wished = np.eye(len(READINGS), dtype="float32")[[light for _, light, _ in seen]]
    return layers.fit(values, wished, RECIPE, even(seen), names)


if __name__ == "__main__":
    raise SystemExit(main())
