"""Where a text must break: paragraphs, headlines, lines that are not merely wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from analysis.language import datelines

_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_CLOSED = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_OPENS = re.compile(r"[\"'“‘«„(\[#*•–—-]*\s*[^\W_a-z]", re.UNICODE)
# A line that ends in one of these goes on in the next one, headline or not.
_GOES_ON = re.compile(
    r"(?:,|-|\b(?:a|an|the|of|to|in|on|at|by|for|with|from|and|or|but|that|as|is|are|was|were|has|have|had|will|its|his"
    r"|her|their|mr|mrs|ms|dr|sen|gov|gen|rep|president|minister)\.?)$",
    re.IGNORECASE,
)
WRAPPED = range(40, 101)  # columns at which people and mail programs wrap lines; longer lines are paragraphs


def breaks(text: str) -> list[int]:
    """Offsets at which a new paragraph begins, 0 not among them.

    A blank line always breaks, and so do the end of a dateline, a form feed and U+2029. A single line end breaks unless
    the line was wrapped to a width: then the next word had no room left in it.
    """
    found: list[int] = []
    lines = list(_lines(text))
    block: list[tuple[int, int, str]] = []
    for start, end, mark in lines:
        if text[start:end].strip():
            if block and block[-1][2] in {"\f", "\u2029"}:
                found += _inside(text, block)
                found.append(start)
                block = []
            block.append((start, end, mark))
        elif block:
            found += _inside(text, block)
            found.append(end + len(mark))
            block = []
    found += _inside(text, block)
    # A dateline is no part of the sentence behind it: IOWA CITY, Iowa – Ada Renn praised …
    found += [after for at in (0, *found) if (after := datelines.end(text, at, marks="—–-"))]
    return sorted({at for at in found if 0 < at < len(text)})


def _lines(text: str) -> Iterator[tuple[int, int, str]]:
    start = 0
    for match in _LINE_END.finditer(text):
        yield start, match.start(), match.group()
        start = match.end()
    yield start, len(text), ""


def _inside(text: str, block: list[tuple[int, int, str]]) -> Iterator[int]:
    """Breaks between the lines of a block that holds no blank line."""
    if len(block) < 2:
        return
    lines = [text[start:end].strip() for start, end, _ in block]
    width = max(len(line) for line in lines)
    full = [not _fits(line, after, width) for line, after in pairwise(lines)]
    # Two lines cannot show a width; of three and more, most of those that go on must have been full.
    wrapped = width in WRAPPED and len(full) >= 2 and sum(full) >= 0.8 * len(full)
    for i, (line, after) in enumerate(pairwise(lines)):
        if not _OPENS.match(after):
            continue
        closed = bool(_CLOSED.search(line))
        if (closed and not (wrapped and full[i])) or (not wrapped and not _GOES_ON.search(line)):
            yield block[i + 1][0]


def _fits(line: str, after: str, width: int) -> bool:
    return len(line) + 1 + len(after.split(maxsplit=1)[0]) <= width
