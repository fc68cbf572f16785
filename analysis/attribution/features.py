"""What evidence is made of: named features with the words that show them, patterns from data, pairs of features."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import numpy.typing as npt

from analysis.lexicon import rows

SIDES = ("before", "inside", "after", "sentence")


@dataclass(slots=True)
class Evidence:
    """Features of one pair: how much of each there is, and the words that show it."""

    features: dict[str, float] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    likeness: npt.NDArray[np.float32] | None = None  # as `likeness.Likeness.of` gives it

    def add(self, feature: str, value: float = 1.0, shown: str = "") -> None:
        if value:
            self.features[feature] = value
            if shown:
                self.shown[feature] = shown


@dataclass(frozen=True, slots=True)
class Pattern:
    """One row of mark_patterns.tsv; `cased` where capitals count: the others are sought in lower case, for speed."""

    feature: str
    side: str
    cased: bool
    pattern: re.Pattern[str]


_LETTER = re.compile(r"(?<!\\)[A-Z]")  # a capital that is none of `\W`, `\S`


def _lower(match: re.Match[str]) -> str:
    return match.group().lower()


@cache
def patterns() -> tuple[Pattern, ...]:
    """The rows of mark_patterns.tsv."""
    return tuple(
        Pattern(
            row["feature"],
            rows.choice(row["side"], SIDES, row["feature"]),
            row["case"] == "yes",
            re.compile(row["pattern"] if row["case"] == "yes" else _LETTER.sub(_lower, row["pattern"])),
        )
        for row in rows.read("mark_patterns.tsv", ("feature", "side", "case", "pattern"))
    )


# Two features that say more together than apart.
TOGETHER = (
    ("broadcast", "title_case"), ("work", "title_case"), ("role_oblique", "title_case"), ("thing_after", "uncredited"),
    ("noun_after", "role_modifier"), ("definite", "noun_after"), ("noun_after", "words_1"),
    ("lower_case", "uncredited"),
    ("theirs", "uncredited"), ("genitive", "uncredited"), ("demand", "uncredited"), ("promise", "uncredited"),
    ("words_1", "uncredited"), ("copula", "uncredited"), ("verb_inside", "uncredited"),
    ("not_governed", "noun_after"),
    ("named", "title_case"), ("loaded", "uncredited"), ("speaker_beside", "uncredited"), ("degree", "uncredited"),
    ("indefinite", "uncredited"), ("definite", "uncredited"), ("hyphened", "noun_after"),
    ("one_capital", "uncredited"),
    ("word", "uncredited"), ("slogan", "uncredited"), ("means", "uncredited"), ("named", "uncredited"),
    ("work", "uncredited"), ("doubted_next", "uncredited"), ("doubted", "uncredited"),
    ("alleged", "lower_case"), ("promise", "word"),
)  # fmt: skip


_PAIRED = tuple((first, second, f"{first}+{second}") for first, second in TOGETHER)


def together(found: Evidence) -> None:
    """Add what pairs of features say beyond what each says alone."""
    features = found.features
    for first, second, name in _PAIRED:
        if first in features and second in features:
            found.add(name, features[first] * features[second], found.shown.get(first, ""))
