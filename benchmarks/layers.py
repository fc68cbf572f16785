"""Fits networks of one hidden layer: features and wished chances in, `analysis.layers.Layers` out.

Cross-entropy by AdamW (Loshchilov & Hutter 2019) with dropout, the rate falling in a straight line. Networks of several
starts are laid side by side into one, which gives their mean odds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.layers import Floats, Layers

FLOOR = 0.02  # of a feature's spread, so that a rare one is not blown up


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to fit; `drop_in` and `drop_hidden` are shares left out at random."""

    hidden: int
    starts: int
    rounds: int
    batch: int
    drop_in: float
    drop_hidden: float
    rate: float = 2e-3
    decay: float = 1e-2


def fit(
    values: Floats,
    wished: Floats,
    recipe: Recipe,
    weight: Floats | None = None,
    names: Sequence[str] = (),
    seed: int = 0,
    told: Floats | None = None,
) -> Layers:
    """`values` [rows, features], `wished` [rows, outputs] in 0..1, `weight` [rows], or [rows, outputs]: asked apart.

    `told` [rows, outputs]: 1 for the outputs that a row tells something of, 0 for the others; all of them without it.
    """
    mean, spread = values.mean(axis=0), np.maximum(values.std(axis=0), FLOOR)
    scaled = ((values - mean) / spread).astype("float32")
    weight = np.ones(len(values), dtype="float32") if weight is None else weight.astype("float32")
    told = np.ones_like(wished) if told is None else told.astype("float32")
    draws = [np.random.default_rng(seed + k) for k in range(recipe.starts)]
    starts = [_start(scaled, wished, told, weight, recipe, rng) for rng in draws]
    first = np.hstack([start[0] for start in starts]) / spread[:, None]
    bias = np.concatenate([start[1] for start in starts]) - mean @ first
    second = np.vstack([start[2] for start in starts]) / recipe.starts
    return Layers(first, bias, second, np.mean([start[3] for start in starts], axis=0), tuple(names))


def _start(x: Floats, y: Floats, told: Floats, weight: Floats, recipe: Recipe, rng: np.random.Generator) -> list[Any]:
    wide, hidden, outputs = x.shape[1], recipe.hidden, y.shape[1]
    draw = lambda size, fan: rng.uniform(-(fan**-0.5), fan**-0.5, size).astype("float32")  # noqa: E731
    weights = [draw((wide, hidden), wide), draw(hidden, wide), draw((hidden, outputs), hidden), draw(outputs, hidden)]
    means, squares = [np.zeros_like(w) for w in weights], [np.zeros_like(w) for w in weights]
    total, step = recipe.rounds * -(-len(x) // recipe.batch), 0
    for _ in range(recipe.rounds):
        order = rng.permutation(len(x))
        for at in range(0, len(x), recipe.batch):
            part = order[at : at + recipe.batch]
            rate, step = recipe.rate * (1 - step / total), step + 1
            for place, slope in enumerate(_slopes(weights, x[part], y[part], told[part], weight[part], recipe, rng)):
                means[place] = 0.9 * means[place] + 0.1 * slope
                squares[place] = 0.999 * squares[place] + 0.001 * slope**2
                move = means[place] / (1 - 0.9**step) / (np.sqrt(squares[place] / (1 - 0.999**step)) + 1e-8)
                weights[place] = weights[place] * (1 - rate * recipe.decay) - rate * move
    return weights


def _slopes(
    weights: list[Any], x: Floats, y: Floats, told: Floats, weight: Floats, recipe: Recipe, rng: np.random.Generator
) -> list[Any]:
    """The gradient of the loss by each of the weights, on one batch."""
    keep_in, keep_hidden = np.float32(1 - recipe.drop_in), np.float32(1 - recipe.drop_hidden)
    x = x * (rng.random(x.shape, dtype="float32") < keep_in) / keep_in
    kept = (rng.random((len(x), recipe.hidden), dtype="float32") < keep_hidden) / keep_hidden
    before = x @ weights[0] + weights[1]
    hidden = np.maximum(before, 0) * kept
    odds = hidden @ weights[2] + weights[3]
    apart = weight.ndim > 1
    if apart or y.shape[1] == 1:
        chance = 1 / (1 + np.exp(-odds))
    else:
        raised = np.exp(odds - odds.max(axis=1, keepdims=True)) * told
        chance = raised / raised.sum(axis=1, keepdims=True)
    error = (chance - y) * told * (weight / weight.sum() if apart else (weight / weight.sum())[:, None])
    back = (error @ weights[2].T) * kept * (before > 0)
    return [x.T @ back, back.sum(axis=0), hidden.T @ error, error.sum(axis=0)]
