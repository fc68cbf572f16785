"""Reads the lexicon's .tsv files: a file name in, checked rows out.

A lexicon file ships with the product, so a fault in one is ours: it raises, naming file, line and the valid choices.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from importlib.resources import files


def read(name: str, columns: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield the rows of `analysis/lexicon/<name>` as dicts with the given columns, in the order of the file.

    Raises ValueError where the header or the number of cells in a line differs.
    """
    lines = files("analysis.lexicon").joinpath(name).read_text(encoding="utf-8").splitlines()
    if not lines or lines[0].split("\t") != list(columns):
        raise ValueError(f"{name}: the header must be {', '.join(columns)}.")
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        if len(cells) != len(columns):
            raise ValueError(f"{name}, line {number}: {len(cells)} cells where {len(columns)} are needed.")
        yield dict(zip(columns, cells, strict=True))


def choice(value: str, valid: Collection[str], name: str) -> str:
    """Return `value` if it is one of `valid`; raise ValueError with the valid choices otherwise."""
    if value not in valid:
        raise ValueError(f"{name}: unknown value {value!r}. Choose one of: {', '.join(sorted(valid))}.")
    return value


def number(value: str, low: float, high: float, name: str) -> float:
    """Return `value` as a number in [low, high]; raise ValueError otherwise."""
    try:
        result = float(value)
    except ValueError:
        raise ValueError(f"{name}: {value!r} is not a number.") from None
    if not low <= result <= high:
        raise ValueError(f"{name}: {value} lies outside {low}..{high}.")
    return result
