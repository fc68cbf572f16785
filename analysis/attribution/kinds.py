"""What a pair of marks is for: its evidence in, kind, distance and the reasons out.

A multinomial logistic regression with a weight a feature and kind, all of them readable in `mark_kinds.tsv`, each with
the words that explain it; and of what the words in and around the marks are like, by directions in the word vectors in
`mark_words.tsv`. `benchmarks/fit_marks.py` fits them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

import numpy as np

from analysis.attribution.features import Evidence
from analysis.attribution.mark_vectors import PLACES
from analysis.language.vectors import WIDTH, Floats
from analysis.lexicon import rows

Fitted = Literal["direct", "partial", "scare", "mention"]
KINDS: tuple[Fitted, ...] = ("direct", "partial", "scare", "mention")
COLUMNS = ("feature", *KINDS, "distance", "for", "says")
WORD_COLUMNS = ("place", "axis", *KINDS, "distance")
CONSTANT = "(constant)"
INSIDE = ("inside", "head")  # places in the marks; the others are around them
# Rows that say what the likeness of words speaks for.
TOLD_BY_WORDS = tuple(f"({where} {kind})" for where in ("inside", "around") for kind in KINDS)
LOUDEST = 2  # reasons named: a reader takes in two
VAGUE = 0.5  # what a likeness to other words counts as a reason: it says less to a reader than a word that stands there
AUDIBLE = 0.1  # a feature that moves the log-odds by less than this is no reason


@dataclass(frozen=True, slots=True)
class Weight:
    """One row of mark_kinds.tsv: log-odds for each kind, what it adds to the distance, and how to say it of which."""

    kinds: tuple[float, ...]
    distance: float
    reason_for: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """`probability` of each kind, the distance 0..1, and the reasons for a kind."""

    probability: Mapping[Fitted, float]
    distance: float
    evidence: Evidence

    @property
    def kind(self) -> Fitted:
        return max(KINDS, key=lambda kind: self.probability[kind])

    def reasons(self, kind: Fitted) -> list[str]:
        """What speaks most for the kind and against the others, in words; at most LOUDEST."""
        place = KINDS.index(kind)
        loud: dict[str, float] = {}  # what says the same counts together
        for feature, value in self.evidence.features.items():
            weight = weights().get(feature)
            if weight is None or kind not in weight.reason_for:
                continue
            others = (sum(weight.kinds) - weight.kinds[place]) / (len(KINDS) - 1)
            shown = self.evidence.shown.get(feature, "")
            if "{}" not in weight.says or shown:
                said = weight.says.replace("{}", shown)
                loud[said] = loud.get(said, 0.0) + (weight.kinds[place] - others) * value
        for where, push in self._by_words(place).items():
            loud[weights()[f"({where} {kind})"].says] = VAGUE * push
        audible = [(push, said) for said, push in loud.items() if push >= AUDIBLE and said]
        return [said for _, said in sorted(audible, key=lambda one: -one[0])[:LOUDEST]]

    def _by_words(self, place: int) -> dict[str, float]:
        """How far what the words are like speaks for the kind: those inside the marks, those around them."""
        if self.evidence.likeness is None:
            return {}
        each = self.evidence.likeness[:, None] * word_weights()[:, : len(KINDS)]
        push = (each[:, place] * len(KINDS) - each.sum(axis=1)) / (len(KINDS) - 1)
        sums = push.reshape(len(PLACES), WIDTH).sum(axis=1)
        inside = float(sum(sums[PLACES.index(one)] for one in INSIDE))
        return {"inside": inside, "around": float(sums.sum()) - inside}


@cache
def word_weights() -> Floats:
    """The rows of mark_words.tsv: [places * axes, kinds and distance]."""
    found = np.zeros((len(PLACES), WIDTH, len(KINDS) + 1), dtype=np.float32)
    for row in rows.read("mark_words.tsv", WORD_COLUMNS):
        place = PLACES.index(rows.choice(row["place"], PLACES, "mark_words.tsv"))
        each = [rows.number(row[column], -20, 20, row["place"]) for column in WORD_COLUMNS[2:]]
        found[place, int(rows.number(row["axis"], 0, WIDTH - 1, row["place"]))] = each
    return found.reshape(-1, len(KINDS) + 1)


@cache
def weights() -> Mapping[str, Weight]:
    """The rows of mark_kinds.tsv by feature."""
    return MappingProxyType(
        {
            row["feature"]: Weight(
                tuple(rows.number(row[kind], -20, 20, row["feature"]) for kind in KINDS),
                rows.number(row["distance"], -5, 5, row["feature"]),
                tuple(rows.choice(kind, KINDS, row["feature"]) for kind in row["for"].split()),
                row["says"],
            )
            for row in rows.read("mark_kinds.tsv", COLUMNS)
        }
    )


def weigh(evidence: Evidence) -> Verdict:
    """Add up the weights of what was found."""
    direct = partial = scare = mention = distance = 0.0  # one by one: this runs for every feature of every pair
    table = weights()
    for feature, value in (*evidence.features.items(), (CONSTANT, 1.0)):
        weight = table.get(feature)
        if weight is not None:
            own = weight.kinds
            direct += value * own[0]
            partial += value * own[1]
            scare += value * own[2]
            mention += value * own[3]
            distance += value * weight.distance
    sums = [direct, partial, scare, mention]
    if evidence.likeness is not None:
        *like, far = (evidence.likeness @ word_weights()).tolist()
        sums = [total + own for total, own in zip(sums, like, strict=True)]
        distance += far
    top = max(sums)
    shares = [math.exp(one - top) for one in sums]
    probability = {kind: share / sum(shares) for kind, share in zip(KINDS, shares, strict=True)}
    distance += sum(probability[kind] * weights()[f"({kind})"].distance for kind in KINDS)
    return Verdict(MappingProxyType(probability), min(max(distance, 0.0), 1.0), evidence)
