"""Certainty: words that take a claim for granted (of course, clearly, revealed; Hooper 1975, Hyland 2005).

In: a Reading. Out: findings of kind "certainty".
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from analysis.detectors import markers
from analysis.lexicon import CERTAINTIES, Marker, load_certainty
from analysis.lexicon.matching import Matcher, build
from analysis.model import Finding, Reading


@cache
def _matcher() -> Matcher[Marker]:
    return build((marker.term, marker.pos, marker) for marker in load_certainty())


def find(reading: Reading) -> Iterator[Finding]:
    """Yield the certainty markers of a reading, in the order of the text."""
    return markers.find(reading, "certainty", _matcher(), CERTAINTIES)
