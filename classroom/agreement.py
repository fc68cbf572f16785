"""Krippendorff's alpha for nominal data: how far readers agree beyond chance.

Counts of values in each unit come in; alpha with a 95 % interval from resampling units goes out, or None where there is
too little to say anything. After K. Krippendorff, “Computing Krippendorff's Alpha-Reliability” (2011), section C: with
n_u readings of unit u, n_uc of them saying c, n_c = Σ_u n_uc over units with at least two readings and n = Σ_c n_c,

    alpha = 1 − (n − 1) · Σ_u [ Σ_{c≠k} n_uc n_uk / (n_u − 1) ] / Σ_{c≠k} n_c n_k

Our own code, because the well-kept package is under the GPL, which this program cannot take in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FEWEST_READERS = 2
FEWEST_UNITS = 10  # below this an interval from resampling units says nothing
RESAMPLES = 1000
SEED = 20110125


@dataclass(frozen=True, slots=True)
class Agreement:
    """`alpha` is 1 for full agreement, 0 for what chance gives; `low` and `high` bound it in 95 % of resamples."""

    alpha: float
    low: float
    high: float
    readers: int
    units: int


def alpha(counts: Sequence[Sequence[int]] | NDArray[np.int64]) -> float | None:
    """Alpha of a table with a row for each unit and a column for each value; None where it is not defined.

    It is not defined where no unit was read twice, or where nobody ever used a second value: without variation there is
    nothing to agree or disagree about.
    """
    table = np.asarray(counts, dtype=float)
    if table.ndim != 2:
        raise ValueError("The counts need a row for each unit and a column for each value.")
    if (table < 0).any():
        raise ValueError("A count cannot be negative.")
    values = _alphas(table, np.ones((1, len(table))))
    return None if np.isnan(values[0]) else float(values[0])


def agreement(counts: Sequence[Sequence[int]], readers: int) -> Agreement | None:
    """Alpha with its interval; None with fewer than two readers or ten units that two of them read."""
    table = np.asarray(counts, dtype=float)
    if table.size == 0:
        return None
    table = table[table.sum(axis=1) >= 2]
    value = alpha(table) if len(table) else None
    if value is None or readers < FEWEST_READERS or len(table) < FEWEST_UNITS:
        return None
    kinds, times = np.unique(table, axis=0, return_counts=True)  # units that were read alike are drawn as one
    weights = np.random.default_rng(SEED).multinomial(len(table), times / len(table), size=RESAMPLES)
    drawn = _alphas(kinds, weights.astype(float))
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    return Agreement(value, float(low), float(high), readers, len(table))


def counts_of(
    readings: Iterable[Mapping[int, str]], units: int, values: Sequence[str], missing: str | None
) -> list[list[int]]:
    """The table for `alpha` from what each reader says of each unit; a unit that a reader left out says `missing`.

    With `missing` None a unit left out counts as not read. Values that are not in `values` count as not read.
    """
    column = {value: i for i, value in enumerate(values)}
    table = [[0] * len(values) for _ in range(units)]
    for reading in readings:
        for unit in range(units):
            said = reading.get(unit, missing)
            if said is not None and said in column:
                table[unit][column[said]] += 1
    return table


def in_words(value: float) -> str:
    """What an alpha means, in words a class understands; 0.667 and 0.8 are Krippendorff's own bounds (2004)."""
    if value >= 0.8:
        return "You agree strongly: a researcher would rely on these marks."
    if value >= 0.667:
        return "You agree well: a researcher would draw careful conclusions from these marks."
    if value >= 0.4:
        return "You agree in part: some words stand out for most of you, others only for a few."
    if value >= 0.2:
        return "You agree a little more than chance: everybody has a list of their own, with some words in common."
    return "You agree hardly more than chance: what one of you marks, another leaves."


def _alphas(table: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Alpha for each row of weights, which say how often each unit is drawn."""
    sizes = table.sum(axis=1)
    paired = sizes >= 2
    table, sizes, weights = table[paired], sizes[paired], weights[:, paired]
    if not len(table):
        return np.full(len(weights), np.nan)
    unlike = (sizes**2 - (table**2).sum(axis=1)) / (sizes - 1)
    observed = weights @ unlike
    totals = weights @ table
    n = totals.sum(axis=1)
    expected = n**2 - (totals**2).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(expected > 0, 1 - (n - 1) * observed / expected, np.nan)
