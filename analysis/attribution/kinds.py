"""What a pair of marks is for: its evidence in, kind, distance and the reasons out.

A multinomial logistic regression with a weight a feature and kind, all of them readable in `mark_kinds.tsv`, each with
the words that explain it. `benchmarks/fit_marks.py` fits them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from analysis.attribution.evidence import Evidence
from analysis.lexicon import rows

Fitted = Literal["direct", "partial", "scare", "mention"]
KINDS: tuple[Fitted, ...] = ("direct", "partial", "scare", "mention")
COLUMNS = ("feature", *KINDS, "distance", "says")
CONSTANT = "(constant)"
LOUDEST = 2  # reasons named: a reader takes in two
AUDIBLE = 0.1  # a feature that moves the log-odds by less than this is no reason


@dataclass(frozen=True, slots=True)
class Weight:
    """One row of mark_kinds.tsv: log-odds for each kind, what it adds to the distance, how to say it."""

    kinds: tuple[float, ...]
    distance: float
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
        loud: list[tuple[float, str]] = []
        for feature, value in self.evidence.features.items():
            weight = weights().get(feature)
            if weight is None or not weight.says:
                continue
            others = (sum(weight.kinds) - weight.kinds[place]) / (len(KINDS) - 1)
            push = (weight.kinds[place] - others) * value
            shown = self.evidence.shown.get(feature, "")
            if push >= AUDIBLE and ("{}" not in weight.says or shown):
                loud.append((push, weight.says.replace("{}", shown)))
        said = [says for _, says in sorted(loud, key=lambda one: -one[0])]
        return list(dict.fromkeys(said))[:LOUDEST]


@cache
def weights() -> Mapping[str, Weight]:
    """The rows of mark_kinds.tsv by feature."""
    return MappingProxyType(
        {
            row["feature"]: Weight(
                tuple(rows.number(row[kind], -20, 20, row["feature"]) for kind in KINDS),
                rows.number(row["distance"], -5, 5, row["feature"]),
                row["says"],
            )
            for row in rows.read("mark_kinds.tsv", COLUMNS)
        }
    )


def weigh(evidence: Evidence) -> Verdict:
    """Add up the weights of what was found."""
    sums = [0.0] * len(KINDS)
    distance = 0.0
    for feature, value in (*evidence.features.items(), (CONSTANT, 1.0)):
        weight = weights().get(feature)
        if weight is not None:
            sums = [total + value * own for total, own in zip(sums, weight.kinds, strict=True)]
            distance += value * weight.distance
    top = max(sums)
    shares = [math.exp(one - top) for one in sums]
    probability = {kind: share / sum(shares) for kind, share in zip(KINDS, shares, strict=True)}
    distance += sum(probability[kind] * weights()[f"({kind})"].distance for kind in KINDS)
    return Verdict(MappingProxyType(probability), min(max(distance, 0.0), 1.0), evidence)
