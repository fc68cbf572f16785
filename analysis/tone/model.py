"""From the features of a mention to its tone: numbers by name in, the chances of cold, neutral and warm out.

One hidden layer over named features and the vectors of the words in each role and around the mention;
`benchmarks/fit_tone.py` writes the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np

from analysis.layers import Floats, Layers, load
from analysis.tone.sums import NAMES, Sums

READINGS = ("cold", "neutral", "warm")
FILE = Path(__file__).with_name("weights.npz")


def chances(mentions: Sums) -> Floats:
    """[mentions, READINGS]: how likely a reader takes each mention to be shown in a cold, neutral or warm light."""
    if not mentions.named:
        return np.zeros((0, len(READINGS)), dtype=np.float32)
    return _shipped()(rows(_places(), mentions))


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
    return {name: place for place, name in enumerate(_shipped().names)}


@cache
def _shipped() -> Layers:
    return load(FILE)
