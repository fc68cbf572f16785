"""Hedges: words by which somebody withholds commitment to a claim (alleged, apparently, so-called; Hyland 2005).

In: a Reading. Out: findings of kind "hedge".
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from analysis.detectors import markers
from analysis.lexicon import HEDGES, Marker, load_hedges
from analysis.lexicon.matching import Matcher, build
from analysis.model import Finding, Reading


@cache
def _matcher() -> Matcher[Marker]:
    return build((marker.term, marker.pos, marker) for marker in load_hedges())


def find(reading: Reading) -> Iterator[Finding]:
    """Yield the hedges of a reading, in the order of the text."""
    return markers.find(reading, "hedge", _matcher(), HEDGES)
