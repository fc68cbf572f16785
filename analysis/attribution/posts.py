"""Posts that a page sets into its story with their writer behind them: “The vote is lost! — Ada Renn (@adarenn) May 3,
2019”. A text and its pairs of marks in; what was written, and by whom, out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.marks import Pair, paragraphs
from analysis.model import Span

SIGNED = re.compile(
    r"(?P<said>\S.*?)(?<=\S)\s++(?P<dash>[—–])\s+(?P<name>[^\n()—–]{2,50}?)\s\(@\w{1,20}\)"
    r"(?:\s[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4})?\s*",
    re.S,
)
PART = 0.5  # of a post: a longer quotation in it is somebody else's words, passed on


@dataclass(frozen=True, slots=True)
class Post:
    """One post: what it says, the dash behind it, and the name of its writer."""

    content: Span
    dash: Span
    name: Span

    @property
    def whole(self) -> Span:
        """With its writer."""
        return Span(self.content.start, self.name.end)


def find(text: str, pairs: Sequence[Pair]) -> Iterator[Post]:
    """The posts of a text, in its order; each is a paragraph of its own."""
    if "(@" not in text:
        return
    for start, end in paragraphs(text):
        signed = SIGNED.fullmatch(text, start, end) if text.find("(@", start, end) >= 0 else None
        if signed is None:
            continue
        content = Span(*signed.span("said"))
        if not any(content.overlaps(p.content) and len(p.content) > PART * len(content) for p in pairs):
            yield Post(content, Span(*signed.span("dash")), Span(*signed.span("name")))
