"""Frames as CSV that a spreadsheet can open: text in, no formula out."""

from __future__ import annotations

import csv

import pandas as pd

_FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # some spreadsheets take the full-width forms too


def to_csv_safe(frame: pd.DataFrame) -> str:
    """CSV in which no text cell runs as a formula: one that begins with = + - @, tab or return gets a leading '.

    Numbers stay numbers. After OWASP, “CSV Injection”. Column names are held to the same rule.
    """
    safe = frame.rename(columns=lambda name: _neutral(name) if isinstance(name, str) else name)
    for position, dtype in enumerate(frame.dtypes):
        if not pd.api.types.is_numeric_dtype(dtype) and not pd.api.types.is_datetime64_any_dtype(dtype):
            cells = [_neutral(cell) if isinstance(cell, str) else cell for cell in frame.iloc[:, position]]
            safe.isetitem(position, cells)
    # All text is quoted: pandas leaves a cell with a lone return bare, and what follows would start a cell of its own.
    return str(safe.to_csv(index=False, quoting=csv.QUOTE_NONNUMERIC))


def _neutral(cell: str) -> str:
    # Blanks before the sign are skipped by spreadsheets, hence the strip.
    dangerous = cell.startswith(("\t", "\r", "\n")) or cell.lstrip().startswith(_FORMULA_SIGNS)
    return f"'{cell}" if dangerous else cell
