"""From the features of a mention to its tone: numbers by name in, the chances of cold, neutral and warm out.

A multinomial logistic regression over named features. `coefficients.tsv` holds what each feature adds to the log-odds
of each reading, `directions.tsv` the same for the vectors of the words in each role; `benchmarks/fit_tone.py` writes
both.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from analysis.tone.roles import ROLES
from analysis.tone.words import WIDTH, Floats

READINGS = ("cold", "neutral", "warm")
COEFFICIENTS, DIRECTIONS = "coefficients.tsv", "directions.tsv"
INTERCEPT = "(intercept)"


def chances(found: Mapping[str, float], vectors: Floats) -> tuple[float, float, float]:
    """The probability that a reader takes the mention to be shown in a cold, neutral or warm light.

    found: features by name; vectors: [ROLES, WIDTH], see `analysis.tone.features`.
    """
    table, directions = _coefficients(), _directions()
    total = table[INTERCEPT] + np.tensordot(directions, vectors, axes=([1, 2], [0, 1]))
    for name, value in found.items():
        weights = table.get(name)
        if weights is not None:
            total = total + value * weights
    odds = np.exp(total - total.max())
    cold, neutral, warm = (odds / odds.sum()).tolist()
    return cold, neutral, warm


@cache
def _coefficients() -> Mapping[str, npt.NDArray[np.float64]]:
    return {name: np.array(numbers) for name, numbers in _rows(COEFFICIENTS)}


@cache
def _directions() -> Floats:
    """[READINGS, ROLES, WIDTH]"""
    table = dict(_rows(DIRECTIONS))
    made = np.zeros((len(READINGS), len(ROLES), WIDTH), dtype=np.float32)
    for place, role in enumerate(ROLES):
        for axis in range(WIDTH):
            made[:, place, axis] = table[f"{role} {axis}"]
    return made


def _rows(name: str) -> list[tuple[str, list[float]]]:
    lines = files("analysis.tone").joinpath(name).read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines[1:]]
    return [(row[0], [float(cell) for cell in row[1:]]) for row in cells]
