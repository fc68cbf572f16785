"""Marks that credit nobody: scare quotes, mention quotes, or neither; weighed on evidence a reader can check.

The evidence is a list of patterns in mark_evidence.tsv, each with a weight and the words that explain it. The weights
add up like those of a logistic model, and the reason names the heaviest.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache

from analysis.lexicon import load_terms, rows
from analysis.lexicon.matching import Matcher, build, words
from analysis.marks import Pair
from analysis.model import QuoteKind

CONTEXT = 60  # characters on either side; evidence further off stands in another clause
SIDES = ("before", "inside", "after", "sentence")
KINDS = ("scare", "mention")
BIAS_SCARE = -0.4  # marks hold a name or a title twice as often as they keep a distance (own count of 200 fragments)
LONG_WORDS = 9
# Weights in mark_evidence.tsv: words that give a name, a name in capitals, a title of several words in capitals.
NAMING, CAPITALS, TITLE = 2.8, 1.5, 2.4


@dataclass(frozen=True, slots=True)
class Evidence:
    """One pattern: where it looks, what it speaks for, how strongly, and how to say so."""

    side: str
    pattern: re.Pattern[str]
    kind: str
    weight: float
    says: str


@cache
def evidence() -> tuple[Evidence, ...]:
    """The rows of mark_evidence.tsv."""
    return tuple(
        Evidence(
            rows.choice(row["side"], SIDES, row["pattern"]),
            re.compile(row["pattern"] if row["case"] == "yes" else f"(?i:{row['pattern']})"),
            rows.choice(row["kind"], KINDS, row["pattern"]),
            rows.number(row["weight"], -9, 9, row["pattern"]),
            row["says"],
        )
        for row in rows.read("mark_evidence.tsv", ("side", "pattern", "case", "kind", "weight", "says"))
    )


@cache
def _judging() -> Matcher[float]:
    return build((t.term, t.pos, t.weight) for t in load_terms() if t.sense == "usual")


def loadedness(content: str) -> float:
    """How judging the words are, 0..1: the heaviest loaded term in them."""
    found = _judging().find(words(content), content)
    return max((match.entry for match in found), default=0.0)


def names_something(text: str, pair: Pair, sentence: tuple[int, int]) -> bool:
    """A title or a name in capitals straight after a word that gives one: titled “The Dangers of Surveillance”."""
    before = text[max(sentence[0], pair.content.start - CONTEXT) : pair.content.start].rstrip("“\"‘'«„`")
    inside = pair.content.of(text).strip(" ,.;")
    fired = [e for e in evidence() if e.kind == "mention"]
    given = max((e.weight for e in fired if e.side == "before" and e.pattern.search(before)), default=0.0)
    capitals = max((e.weight for e in fired if e.side == "inside" and e.pattern.search(inside)), default=0.0)
    return (given >= NAMING and capitals >= CAPITALS) or (given > 0 and capitals >= TITLE)


def classify(text: str, pair: Pair, sentence: tuple[int, int]) -> tuple[QuoteKind, float, str]:
    """Kind, distance (0..1) and reason of a pair that nobody is credited with.

    `sentence` bounds the sentence around the marks, in characters.
    """
    content = pair.content.of(text)
    count = len(words(content))
    if count == 0:
        return "other", 0.0, "There are no words between the marks."
    before = text[max(sentence[0], pair.content.start - CONTEXT) : pair.content.start].rstrip("“\"‘'«„`")
    after = text[pair.content.end + 1 : min(sentence[1], pair.content.end + 1 + CONTEXT)]
    around = text[sentence[0] : pair.content.start] + " … " + text[pair.content.end : sentence[1]]
    places = {"before": before, "inside": content.strip(" ,.;"), "after": after, "sentence": around}
    sums = {"scare": BIAS_SCARE, "mention": 0.0}
    fired: dict[str, list[tuple[float, str]]] = {"scare": [], "mention": []}
    for item in evidence():
        match = item.pattern.search(places[item.side])
        if match:
            sums[item.kind] += item.weight
            fired[item.kind].append(
                (
                    item.weight,
                    item.says.replace("{}", (match.group(1) if match.re.groups else match.group()).strip(" ,“\"‘'")),
                )
            )
    judging = loadedness(content)
    if judging >= 0.3:
        sums["scare"] += 1.6 * judging
        fired["scare"].append((1.6 * judging, "the words inside judge"))
    if count >= LONG_WORDS:
        return "other", 0.2, f"The marks hold {count} words, but nobody is credited with them."
    lead = sums["scare"] - sums["mention"]
    distance = 1 / (1 + math.exp(-1.2 * lead))
    kind: QuoteKind = "scare" if lead > 0 else "mention"
    if kind == "mention":
        distance = min(distance, 0.4) if sums["mention"] < 1 else min(distance, 0.25)
    else:
        distance = max(distance, 0.5)
    reasons = [says for weight, says in sorted(fired[kind], reverse=True) if weight > 0][:2]
    told = " and ".join(reasons) if reasons else "nothing in the sentence names a title or a name"
    if kind == "scare":
        return kind, distance, f"In marks, nobody is credited with the words, and {told}."
    return kind, distance, f"The marks hold a name, a title or a word spoken about: {told}."
