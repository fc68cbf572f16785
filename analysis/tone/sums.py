"""What the words bound to mentions say together: words with their roles in, sums by role and channel out.

All mentions of a text are added up at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from analysis.language.vectors import WIDTH, Floats, mean
from analysis.tone.roles import ROLES
from analysis.tone.words import CHANNELS, Words

Ints = np.ndarray[Any, np.dtype[np.intp]]

AROUND = ("above", "before", "after", "sentence")
FELT = 0.12  # a word whose vector suggests less than this feels like nothing
_PLACE = {role: place for place, role in enumerate(ROLES)}
_NEWS, _FEEL = CHANNELS.index("news"), CHANNELS.index("feel")
_PARTS = ("", ", warm", ", cold")  # of a channel: its sum, and the numbers of its warm and cold words
_SUMMED = len(CHANNELS) * len(_PARTS)
NAMES = (*(f"{role}: {channel}{part}" for role, channel, part in product((*ROLES, "all"), CHANNELS, _PARTS)),
         "conditional")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen of one mention: features by name, the roles of words, and the words around it, -1 for none.

    `inside` are the words of its sentence and voice.
    """

    named: dict[str, float]
    roles: dict[int, str]
    around: tuple[int, int, int]
    inside: Sequence[int]


@dataclass(frozen=True, slots=True)
class Sums:
    """One row a mention: features by name, `sums` [mentions, NAMES], `vectors` [mentions, ROLES and AROUND, WIDTH]."""

    named: list[dict[str, float]]
    sums: Floats
    vectors: Floats

    def features(self, row: int) -> dict[str, float]:
        """All that has a name and is not nought, of one mention."""
        summed = zip(NAMES, self.sums[row].tolist(), strict=True)
        return self.named[row] | {name: value for name, value in summed if value}

    def only(self, kept: Sequence[int]) -> Sums:
        """These rows."""
        return Sums([self.named[row] for row in kept], self.sums[kept], self.vectors[kept])


def add_up(words: Words, mentions: Sequence[Seen]) -> Sums:
    """Add up what the words say, by mention."""
    size = len(mentions)
    if not size:
        nothing = np.zeros((0, len(ROLES) + len(AROUND), WIDTH), dtype=np.float32)
        return Sums([], np.zeros((0, len(NAMES)), dtype=np.float32), nothing)
    tokens = [i for one in mentions for i in one.roles]
    row = np.repeat(np.arange(size), [len(one.roles) for one in mentions])
    cell = row * len(ROLES) + np.array([_PLACE[role] for one in mentions for role in one.roles.values()], dtype=np.intp)
    denied = np.array([words.denied[i] for i in tokens])
    values = (
        np.array([[channel[i] for i in tokens] for channel in words.channels]).reshape(len(CHANNELS), len(tokens))
        * denied
    )
    under = np.array([words.conditional[i] for i in tokens], dtype=bool)
    conditional = np.bincount(row, weights=values[_NEWS] * under, minlength=size)
    vectors = np.zeros((size, len(ROLES) + len(AROUND), WIDTH), dtype=np.float32)
    vectors[:, : len(ROLES)] = _by_role(words.vectors[tokens] * denied.astype(np.float32)[:, None], cell, size)
    vectors[:, len(ROLES) :] = _around(words.vectors, mentions)
    sums = np.column_stack([_by_channel(values, cell, size).reshape(size, -1), conditional])
    return Sums([one.named for one in mentions], sums.astype(np.float32), vectors)


def _by_channel(values: Floats, cell: Ints, size: int) -> Floats:
    """[mentions, ROLES and all, CHANNELS, _PARTS] from the values [CHANNELS, words]."""
    counts = values != 0
    counts[_FEEL] &= np.abs(values[_FEEL]) > FELT
    parts = np.stack([values, counts & (values > 0), counts & (values < 0)], axis=1)
    parts, cells = parts.reshape(_SUMMED, len(cell)), size * len(ROLES)
    summed = np.stack([np.bincount(cell, weights=part, minlength=cells) for part in parts], axis=1)
    by_role = summed.reshape(size, len(ROLES), len(CHANNELS), len(_PARTS))
    return np.concatenate([by_role, by_role.sum(axis=1, keepdims=True)], axis=1)


def _by_role(vectors: Floats, cell: Ints, size: int) -> Floats:
    """[mentions, ROLES, WIDTH]: vectors [words, WIDTH] added up, over the root of their number and one."""
    made = np.zeros((size * len(ROLES), WIDTH), dtype=np.float32)
    if len(cell):
        order = np.argsort(cell, kind="stable")
        cells = cell[order]
        firsts = np.flatnonzero(np.r_[True, cells[1:] != cells[:-1]])
        cells, often = cells[firsts], np.diff(np.r_[firsts, len(cell)])
        made[cells] = np.add.reduceat(vectors[order], firsts) / np.sqrt(1 + often)[:, None]
    return made.reshape(size, len(ROLES), WIDTH)


def _around(vectors: Floats, mentions: Sequence[Seen]) -> Floats:
    """[mentions, AROUND, WIDTH]: the words that mentions hang on, their neighbours, the means of their sentences."""
    made = np.empty((len(mentions), len(AROUND), WIDTH), dtype=np.float32)
    beside = np.array([one.around for one in mentions], dtype=np.intp).reshape(-1, len(AROUND) - 1)
    made[:, :-1] = np.where(beside[:, :, None] < 0, np.float32(0), vectors[beside])
    means: dict[int, Floats] = {}  # many mentions share a sentence
    for row, one in enumerate(mentions):
        if id(one.inside) not in means:
            means[id(one.inside)] = mean(vectors[one.inside])
        made[row, -1] = means[id(one.inside)]
    return made
