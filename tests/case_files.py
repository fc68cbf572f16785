"""Cases as data: a file of tests/cases in, its lines out."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "cases"


def lines(name: str) -> list[str]:
    """The lines of a file; empty ones and notes, which begin with #, are left out."""
    written = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line for line in written if line and not line.startswith("#")]
