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


def chances(found: Mapping[str, float], vectors: Floats) -> tuple[float, float, float]:
    """The probability that a reader takes the mention to be shown in a cold, neutral or warm light.

    found: features by name; vectors: see `analysis.tone.features`.
    """
    model = _shipped()
    cold, neutral, warm = model(row(model.names, found, vectors)[None])[0].tolist()
    return cold, neutral, warm


def row(names: Sequence[str], found: Mapping[str, float], vectors: Floats) -> Floats:
    """[names and vectors]: what the model is given."""
    return np.concatenate([np.array([found.get(name, 0.0) for name in names], dtype=np.float32), vectors.ravel()])


@cache
def _shipped() -> Layers:
    return load(FILE)
