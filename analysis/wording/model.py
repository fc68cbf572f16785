"""From the features of words to the chances that readers mark them; `benchmarks/fit_wording.py` writes the file.

Two chances: that readers of single sentences mark a word, and that these or readers of propaganda do.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from analysis.layers import Floats, Layers, load

FILE = Path(__file__).with_name("weights.npz")


@cache
def shipped() -> Layers:
    """[words, features] in, as `features.see` gives them."""
    return load(FILE)


def chances_of(values: Floats, model: Layers) -> Floats:
    """[words, 2]"""
    return np.asarray(1 / (1 + np.exp(-model.odds(values))), dtype=np.float32)
