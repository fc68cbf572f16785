"""The detectors: one file each, one public function each, `find(reading) -> Iterator[Finding]`.

A finding's `target` is None here; `analysis.targets` fills it in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from analysis.detectors import certainty, hedges, loaded_terms, reporting_verbs, scare_quotes
from analysis.detectors.context import at
from analysis.model import Finding, Reading

Detector = Callable[[Reading], Iterator[Finding]]

DETECTORS: tuple[Detector, ...] = (
    loaded_terms.find,
    scare_quotes.find,
    hedges.find,
    certainty.find,
    reporting_verbs.find,
)

__all__ = ["DETECTORS", "Detector", "at"]
