"""Reads the lexicon's .tsv files: a file name in, checked rows out.

A lexicon file ships with the product, so a fault in one is ours: it raises, naming file, line and the valid choices.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

HOME = Path(__file__).resolve().parent


def read(name: str, columns: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield the rows of `analysis/lexicon/<name>` as dicts with the given columns, in the order of the file.

    Raises ValueError where the header or the number of cells in a line differs.
    """
    lines = (HOME / name).read_text(encoding="utf-8").splitlines()
    if not lines or lines[0].split("\t") != list(columns):
        raise ValueError(f"{name}: the header must be {', '.join(columns)}.")
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        if len(cells) != len(columns):
            raise ValueError(f"{name}, line {number}: {len(cells)} cells where {len(columns)} are needed.")
        yield dict(zip(columns, cells, strict=True))


def noted(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of `analysis/lexicon/<name>` under its own header; lines that begin with # are notes.

    Raises ValueError naming a line with another number of cells.
    """
    header: list[str] = []
    for number, line in enumerate((HOME / name).read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if not header:
            header = cells
            continue
        if len(cells) != len(header):
            raise ValueError(f"{name}, line {number}: {len(cells)} columns where {len(header)} belong ({header}).")
        yield dict(zip(header, cells, strict=True))


def passed_on(
    text: str, columns: Sequence[str], *, most: int
) -> tuple[list[tuple[int, dict[str, str]]], list[tuple[int, str]]]:
    """A user's .tsv: its rows by line number, with the cells of the columns it has, and what was left out, and why.

    The first of `columns` must be in the header: ValueError names them all.
    """
    head, *lines = text.lstrip("\ufeff").splitlines() or [""]
    there = [name.strip() for name in head.split("\t")]
    if columns[0] not in there:
        raise ValueError(f"The first line must name the columns, with tabs between them: {', '.join(columns)}.")
    found: list[tuple[int, dict[str, str]]] = []
    for number, line in enumerate(lines, start=2):
        if len(found) == most:
            return found, [(number, f"Line {number} and those after it were left out: at most {most:,} changes.")]
        if line.strip():
            cells = dict(zip(there, line.split("\t"), strict=False))
            found.append((number, {name: cells.get(name, "").strip() for name in columns if name in there}))
    return found, []


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
