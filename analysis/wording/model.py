"""From the features of words to the chance that a reader marks them: one hidden layer, coefficients in `weights.npz`.

`benchmarks/fit_wording.py` writes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from analysis.wording.features import Floats

FILE = Path(__file__).with_name("weights.npz")


@dataclass(frozen=True, slots=True)
class Model:
    """`first` [features, hidden], `second` [hidden]; features are taken as they come."""

    first: Floats
    first_bias: Floats
    second: Floats
    second_bias: float

    def __call__(self, values: Floats) -> Floats:
        """[words, features] to chances [words]."""
        hidden = np.maximum(values @ self.first + self.first_bias, 0)
        odds: Floats = hidden @ self.second + np.float32(self.second_bias)
        return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float32)

    def save(self, file: Path = FILE) -> None:
        np.savez(
            file,
            first=self.first.astype("float16"),
            first_bias=self.first_bias,
            second=self.second,
            second_bias=np.float32(self.second_bias),
        )


@cache
def shipped() -> Model:
    with np.load(FILE) as stored:
        first, first_bias, second = (stored[name].astype("float32") for name in ("first", "first_bias", "second"))
        return Model(first, first_bias, second, float(stored["second_bias"]))
