"""From the features of words to the chance that a reader marks them; `benchmarks/fit_wording.py` writes the file."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from analysis.layers import Layers, load

FILE = Path(__file__).with_name("weights.npz")


@cache
def shipped() -> Layers:
    """[words, features] in, as `features.see` gives them; chances [words] out."""
    return load(FILE)
