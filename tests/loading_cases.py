"""Case files of the loading stage: parts marked `####`, cases divided by `====`."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "cases" / "loading"
PARTS = ("must find", "must stay silent")


def read(name: str) -> list[tuple[str, str]]:
    """(part, case) for every case of a file."""
    found = []
    for block in (FOLDER / name).read_text(encoding="utf-8").split("\n#### ")[1:]:
        part, _, body = block.partition("\n")
        found += [(part, case) for case in body.rstrip("\n").split("\n====\n")]
    return found
