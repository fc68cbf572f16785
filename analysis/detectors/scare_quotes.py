"""Quotes classed as scare quotes in, findings out."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.model import Finding, Reading
from analysis.voices import at

# Distance alone is a mild judgement; loaded words inside the marks sharpen it.
PLAIN_VALENCE = -0.3
LOADED_VALENCE = -0.3


def find(reading: Reading) -> Iterator[Finding]:
    """One finding per scare quote, in the voice of the words around the marks."""
    for quote in reading.quotes:
        if quote.kind != "scare":
            continue
        around = at(reading.voices, max(quote.content.start - 1, 0))
        yield Finding(
            kind="scare_quote",
            category="distance",
            span=quote.content,
            voice=around.voice,
            speaker=around.speaker,
            target=None,
            valence=PLAIN_VALENCE + LOADED_VALENCE * quote.loaded,
            weight=quote.distance,
            reason=quote.reason,
        )
