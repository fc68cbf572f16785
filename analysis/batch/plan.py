"""How many articles each partition gets: planned from their number and that of the workers, recorded with the results.

The first partitions are small, so that every worker has one as soon as it is ready; the middle ones large, since each
makes files; the last small again, so that all workers finish at about the same time.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, chain, groupby, repeat, takewhile

MAX = 500  # articles; a quarter of a minute of one core, the most that a killed worker can cost
FIRST = 64  # articles; read in a tenth of the time in which a worker loads
MIN = 10  # articles; half a second, by which the workers may end apart; smaller ones spend their time on files
UNCOUNTED = 20  # articles, where nobody knows how many there are: JSON, which has a bound
SHARE = 2  # a worker's next partition is one of so many parts of what is its share of the rest


@dataclass(frozen=True, slots=True)
class Plan:
    """Sizes of the partitions in their order, each with how often it comes in a row."""

    steps: tuple[tuple[int, int], ...]

    def sizes(self) -> Iterator[int]:
        """Without an end: where there are more articles than were counted, the largest size goes on."""
        return chain(*(repeat(size, times) for size, times in self.steps), repeat(max(self.steps)[0]))

    def partitions(self, articles: int) -> int:
        """How many partitions so many articles make."""
        return sum(1 for _ in takewhile(lambda cut: cut < articles, accumulate(self.sizes(), initial=0)))


def even(size: int) -> Plan:
    """Partitions of one size."""
    return Plan(((size, 1),))


def shared(articles: int, workers: int) -> Plan:
    """Partitions for so many articles, about; 0: nobody knows how many."""
    if not articles:
        return even(UNCOUNTED)
    sizes, cut = [], 0
    while cut < articles:
        size = min(math.ceil((articles - cut) / (SHARE * workers)), max(FIRST, cut // workers))
        sizes.append(max(MIN, min(MAX, size)))
        cut += sizes[-1]
    return Plan(tuple((size, len(list(run))) for size, run in groupby(sizes)))
