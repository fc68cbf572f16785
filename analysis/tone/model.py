"""From what is seen of mentions to the odds of their light: numbers by name in, odds of cold, neutral and warm out.

A network of one hidden layer over named features and the vectors of the words in each role and around the mention. It
has outputs for sentences that were picked because they judge, and for whole articles as they come, where most mentions
are neutral and few warm; those are read a second time beside what the article says of the same actor elsewhere
(`analysis.tone.news`). `benchmarks/fit_tone.py` writes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np

from analysis.layers import Floats, Layers, load
from analysis.tone.sums import NAMES, Sums

READINGS = ("cold", "neutral", "warm")
Kind = Literal["picked", "news"]
KINDS: tuple[Kind, ...] = ("picked", "news")  # the order of the outputs, READINGS for each
FILE = Path(__file__).with_name("weights.npz")


def chances(odds: Floats) -> Floats:
    """[mentions, READINGS], each row adding up to 1."""
    raised = np.exp(odds - odds.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), dtype=np.float32)


def odds(mentions: Sums, kind: Kind) -> Floats:
    """[mentions, READINGS]: log-odds that a reader takes each mention to be shown in a cold, neutral or warm light, in
    a sentence that was picked because it judges or in news as it comes."""
    if not mentions.named:
        return np.zeros((0, len(READINGS)), dtype=np.float32)
    first = KINDS.index(kind) * len(READINGS)
    return shipped().odds(rows(_places(), mentions))[:, first : first + len(READINGS)]


def rows(places: Mapping[str, int], mentions: Sums) -> Floats:
    """[mentions, names and vectors]: what the network is given; `places` says where each name stands."""
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
