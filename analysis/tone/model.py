"""From the features of a mention to its tone: numbers by name in, the chances of cold, neutral and warm out.

One hidden layer over named features and the vectors of the words in each role and around the mention;
`benchmarks/fit_tone.py` writes the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from analysis.layers import Floats, Layers, load

READINGS = ("cold", "neutral", "warm")
FILE = Path(__file__).with_name("weights.npz")


def chances(mentions: Sequence[tuple[Mapping[str, float], Floats]]) -> Floats:
    """[mentions, READINGS]: how likely a reader takes each mention to be shown in a cold, neutral or warm light.

    mentions: features by name, and the vectors, see `analysis.tone.features`.
    """
    model = _shipped()
    if not mentions:
        return np.zeros((0, len(READINGS)), dtype=np.float32)
    return model(np.stack([row(_places(), found, vectors) for found, vectors in mentions]))


def row(places: Mapping[str, int], found: Mapping[str, float], vectors: Floats) -> Floats:
    """[names and vectors]: what the model is given; `places` says where each name stands."""
    made = np.zeros(len(places) + vectors.size, dtype=np.float32)
    for name, value in found.items():
        if (place := places.get(name)) is not None:
            made[place] = value
    made[len(places) :] = vectors.ravel()
    return made


@cache
def _places() -> Mapping[str, int]:
    return {name: place for place, name in enumerate(_shipped().names)}


@cache
def _shipped() -> Layers:
    return load(FILE)
