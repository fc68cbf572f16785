"""Scores of arcs in, one tree a sentence out: the best head of each word, mended where those make no tree."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Heads = NDArray[np.intp]


def best(scores: Sequence[Scores]) -> Heads:
    """Heads of sentences from [words, words] scores of each; the diagonal holds the scores of the root, its own head.

    Heads count over the words of all. Mostly the best heads of a sentence are a tree. Where not, the word that gains
    most by it is the root, and the others are the maximum spanning tree under it (Chu & Liu 1965, Edmonds 1967).
    """
    sizes = np.array([len(own) for own in scores])
    starts = np.cumsum(sizes) - sizes
    heads: Heads = np.concatenate([own.argmax(axis=1) for own in scores]) + np.repeat(starts, sizes)
    for number in np.flatnonzero(~_whole(heads, starts, int(sizes.max()))).tolist():
        start, own = starts[number], scores[number]
        others = own.astype("float64")
        np.fill_diagonal(others, -np.inf)
        gains = np.diagonal(own) - (others.max(axis=1) if len(others) > 1 else 0)
        heads[start : start + len(own)] = start + np.array(_spanning(others, int(gains.argmax())))
    return heads


def _whole(heads: Heads, starts: Heads, longest: int) -> NDArray[np.bool_]:
    """Which of the sentences that begin at `starts` are trees: one root, and all other words below it."""
    roots = heads == np.arange(len(heads))
    above = heads
    for _ in range(longest.bit_length()):  # those 1, 2, 4 … above
        above = above[above]
    below = np.logical_and.reduceat(roots[above], starts)
    return np.asarray(below & (np.add.reduceat(roots, starts, dtype=np.intp) == 1))


def _cycle(heads: list[int]) -> list[int]:
    """The words of one cycle, the root's own not counted; empty where there is none."""
    seen = [-1] * len(heads)
    for start in range(len(heads)):
        at = start
        while seen[at] < 0 and heads[at] != at:
            seen[at] = start
            at = heads[at]
        if seen[at] == start and heads[at] != at:
            found = [at]
            while heads[found[-1]] != at:
                found.append(heads[found[-1]])
            return found
    return []


def _spanning(scores: NDArray[np.float64], root: int) -> list[int]:
    """Maximum spanning tree under `root`; the diagonal is minus infinity."""
    found = scores.argmax(axis=1)
    found[root] = root
    cycle = np.array(_cycle(found.tolist()), dtype=np.intp)
    if not len(cycle):
        return [int(head) for head in found]
    outside = np.ones(len(scores), dtype=bool)
    outside[cycle] = False
    rest = np.flatnonzero(outside)
    size = len(rest)
    inner, outer = scores[cycle], scores[rest]  # np.ix_ would take half of the time of all this
    # What it costs to enter the cycle at each of its words instead of by the arc that the word has in it.
    entry = inner[:, rest] - scores[cycle, found[cycle]][:, None]
    leave = outer[:, cycle]
    small = np.full((size + 1, size + 1), -np.inf)
    small[:size, :size] = outer[:, rest]
    small[:size, size] = leave.max(axis=1)
    small[size, :size] = entry.max(axis=0)
    heads = _spanning(small, int(np.searchsorted(rest, root)))
    for i, head in enumerate(heads[:size]):
        found[rest[i]] = cycle[leave[i].argmax()] if head == size else rest[head]
    found[cycle[entry[:, heads[size]].argmax()]] = rest[heads[size]]
    return [int(head) for head in found]
