"""A network of one hidden layer: features in, odds out. The coefficients are a file, fitted by `benchmarks.layers`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Layers:
    """`first` [features, hidden], `second` [hidden, outputs], and what each adds; features are taken as they come."""

    first: Floats
    first_bias: Floats
    second: Floats
    second_bias: Floats
    names: tuple[str, ...] = ()  # of the features, where they are told apart by name

    def __call__(self, values: Floats) -> Floats:
        """[rows, features] to chances: [rows] of one output, [rows, outputs] of several, which add up to 1."""
        odds = self.odds(values)
        if odds.shape[1] == 1:
            return np.asarray(1 / (1 + np.exp(-odds[:, 0])), dtype=np.float32)
        raised = np.exp(odds - odds.max(axis=1, keepdims=True))
        return np.asarray(raised / raised.sum(axis=1, keepdims=True), dtype=np.float32)

    def odds(self, values: Floats) -> Floats:
        """[rows, features] to log-odds [rows, outputs]; for outputs that are asked apart."""
        hidden: Floats = values @ self.first
        hidden += self.first_bias
        np.maximum(hidden, 0, out=hidden)
        made: Floats = hidden @ self.second + self.second_bias
        return made

    def save(self, file: Path) -> None:
        """Coefficients of the first layer in half precision."""
        np.savez(
            file,
            first=self.first.astype("float16"),
            first_bias=self.first_bias.astype("float32"),
            second=self.second.astype("float32"),
            second_bias=self.second_bias.astype("float32"),
            names=np.array(self.names, dtype=str),
        )


def load(file: Path) -> Layers:
    """What `save` wrote."""
    with np.load(file) as stored:
        first, first_bias, second, second_bias = (
            stored[name].astype("float32") for name in ("first", "first_bias", "second", "second_bias")
        )
        return Layers(first, first_bias, second, second_bias, tuple(stored["names"].tolist()))
