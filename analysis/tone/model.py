"""From the features of a mention to its tone: numbers by name in, the chances of cold, neutral and warm out.

One hidden layer over named features and the vectors of the words in each role and around the mention (`weights.npz`)
learnt from sentences that were picked because they judge. Its odds are read again for news as it comes, where most
mentions are neutral and few warm (`lexicon/tone_in_news.tsv`). `benchmarks/fit_tone.py` writes both files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from analysis.layers import Floats, Layers, load
from analysis.lexicon import rows as table
from analysis.tone.sums import NAMES, Sums

READINGS = ("cold", "neutral", "warm")
FILE = Path(__file__).with_name("weights.npz")
IN_NEWS = "tone_in_news.tsv"
FIRST = ("constant", "odds of cold", "odds of warm")  # rows of IN_NEWS that stand before features by name


def chances(mentions: Sums, *, picked: bool = False) -> Floats:
    """[mentions, READINGS]: how likely a reader takes each mention to be shown in a cold, neutral or warm light.

    `picked`: of sentences that were picked because they judge, rather than of news as it comes.
    """
    if not mentions.named:
        return np.zeros((0, len(READINGS)), dtype=np.float32)
    odds = shipped().odds(rows(_places(), mentions))
    if not picked:
        names, weights = _in_news()
        sides = again(odds, mentions, names) @ weights
        odds = np.stack([sides[:, 0], np.zeros(len(sides), dtype=np.float32), sides[:, 1]], axis=1)
    raised = np.exp(odds - odds.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), dtype=np.float32)


def again(odds: Floats, mentions: Sums, names: Sequence[str]) -> Floats:
    """[mentions, features]: a constant, the odds of cold and of warm against neutral, and features by name."""
    sides = odds[:, [0, 2]] - odds[:, [1]]
    named = [[found.get(name, 0.0) for name in names] for found in mentions.named]
    return np.hstack([np.ones((len(sides), 1)), sides, np.array(named).reshape(len(sides), -1)]).astype(np.float32)


def rows(places: Mapping[str, int], mentions: Sums) -> Floats:
    """[mentions, names and vectors]: what the model is given; `places` says where each name stands."""
    size = len(mentions.named)
    made = np.zeros((size, len(places) + mentions.vectors[0].size), dtype=np.float32)
    for row, named in enumerate(mentions.named):
        for name, value in named.items():
            if (place := places.get(name)) is not None:
                made[row, place] = value
    summed = [(place, places[name]) for place, name in enumerate(NAMES) if name in places]
    made[:, [there for _, there in summed]] = mentions.sums[:, [here for here, _ in summed]]
    made[:, len(places) :] = mentions.vectors.reshape(size, -1)
    return made


@cache
def _places() -> Mapping[str, int]:
    return {name: place for place, name in enumerate(shipped().names)}


@cache
def shipped() -> Layers:
    return load(FILE)


@cache
def _in_news() -> tuple[tuple[str, ...], Floats]:
    """The names of the features after FIRST, and the weights [features, cold and warm]."""
    found = {row["feature"]: row for row in table.read(IN_NEWS, ("feature", "cold", "warm", "meaning"))}
    weights = [[table.number(row[side], -10, 10, name) for side in ("cold", "warm")] for name, row in found.items()]
    return tuple(found)[len(FIRST) :], np.array(weights, dtype=np.float32)
