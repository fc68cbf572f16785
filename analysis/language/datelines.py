"""A paragraph in, where its dateline ends out: “KYIV, Feb 7 (Interfax) – ”, the place and day of a report."""

from __future__ import annotations

import re

_DATELINE = re.compile(
    r"[ \t]*(?P<place>[A-ZÀ-Ý][A-ZÀ-Ý.'’/\- ]+[A-ZÀ-Ý.])(?:, [A-Z][\w.]*(?: [A-Z][\w.]*)?\.?)?"
    r"(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2})(?:, \d{4})?)?,?\s*(?P<agency>\([A-Z][\w /.-]*\))?\s*"
    r"(?P<mark>—|–|--|-|:)(?:\s+|(?<=—))(?=[“\"‘'(\[]?[A-ZÀ-Ý\d])"
)
_FIRST = re.compile(r"[ \t]*[^\W\d_]{2}")


def end(text: str, start: int, *, marks: str = "—–-:") -> int | None:
    """Where the dateline in capitals ends that opens a paragraph at `start`; None where there is none.

    `marks`: what may part it from the report.
    """
    match = _DATELINE.match(text, start)
    if match is None or match["mark"][0] not in marks or not _FIRST.match(text, start):
        return None
    return match.end()
