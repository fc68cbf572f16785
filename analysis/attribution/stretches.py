"""The stretches of a text that stand between outermost marks: pairs in; what stands in, before or across them out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from analysis.marks import Pair
from analysis.model import Span


class Around:
    """Stretches that may lie in each other: what lies around a stretch of the text is found without asking all."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._numbered = sorted(enumerate(spans), key=lambda one: one[1].start)
        self._starts = [span.start for _, span in self._numbered]
        self._reach = list(accumulate((span.end for _, span in self._numbered), max))  # the furthest end so far

    def of(self, inner: Span) -> list[int]:
        """The numbers of the stretches that hold all of `inner`, in order."""
        return self._reaching(inner.start + 1, inner.end)

    def touching(self, span: Span) -> list[int]:
        """The numbers of the stretches that share characters with one."""
        return self._reaching(span.end, span.start + 1)

    def _reaching(self, before: int, end: int) -> list[int]:
        """Those that begin before one character and end at another one or behind it."""
        found, at = [], bisect_left(self._starts, before) - 1
        while at >= 0 and self._reach[at] >= end:
            number, span = self._numbered[at]
            if span.end >= end:
                found.append(number)
            at -= 1
        return sorted(found)


class Stretches:
    """Stretches in the order of the text, each apart from the others, so that every question is a binary search."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self.spans = [p.content for p in pairs if p.depth == 0]
        self.starts = [s.start for s in self.spans]
        self.ends = [s.end for s in self.spans]

    def holding(self, start: int, end: int) -> Span | None:
        """The stretch that holds these characters."""
        at = bisect_right(self.starts, start) - 1
        return self.spans[at] if at >= 0 and end <= self.ends[at] else None

    def cut(self, start: int, end: int) -> bool:
        """Whether these characters take in words in marks without being some of them."""
        at = bisect_right(self.ends, start)
        return at < len(self.spans) and self.starts[at] < end and self.holding(start, end) is None

    def closed(self, at: int) -> int:
        """Where the last stretch ends that ends before a character; -1 where none does."""
        before = bisect_left(self.ends, at)
        return self.ends[before - 1] if before else -1

    def closed_by(self, at: int) -> int:
        """As `closed`, of those that end there as well."""
        return self.closed(at + 1)

    def opens_within(self, start: int, end: int) -> bool:
        """Whether a stretch begins among these characters."""
        at = bisect_left(self.starts, start)
        return at < len(self.starts) and self.starts[at] < end

    def inside(self, span: Span) -> int:
        """How many characters of a stretch of the text are in marks."""
        at, size = bisect_right(self.ends, span.start), 0
        while at < len(self.spans) and self.starts[at] < span.end:
            size += min(span.end, self.ends[at]) - max(span.start, self.starts[at])
            at += 1
        return size
