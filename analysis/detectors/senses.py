"""Tells a literal use of a term from a figurative one by the rows of guards.tsv."""

from __future__ import annotations

from functools import cache

from analysis.detectors.context import Context
from analysis.lexicon import Guard, domains, guards
from analysis.lexicon.matching import Matcher, joined

REACH = {
    "after": 4,
    "before": 4,
    "near": 6,
}  # words; wide enough for "a puppet, he said, of" and narrow enough for one clause
# A row that looks at the neighbour knows more than one that looks at the whole sentence.
_RANK = {"next": 4, "previous": 4, "inside": 4, "after": 3, "before": 3, "near": 2, "sentence": 1, "faint": 0}
_PREFIXES = frozenset({"anti", "non", "counter", "un"})


@cache
def _matcher(guard: Guard) -> Matcher[bool]:
    matcher: Matcher[bool] = Matcher()
    for alternative in guard.pattern:
        lead, _, domain = alternative.partition("@")
        for word in domains()[domain] if domain else ("",):
            phrase = f"{lead}{word}"
            matcher.add(phrase, "any" if " " in phrase else "NOUN/VERB/ADJ", True)
    return matcher


def _holds(context: Context, guard: Guard, first: int, last: int) -> bool:
    """Whether the pattern of a guard stands in its place around words first..last."""
    sentence = context.sentence(first)
    matcher, text, found = _matcher(guard), context.text, context.words
    if guard.place == "next":
        return last + 1 < sentence.last and joined(found, text, last + 1) and bool(matcher.at(found, text, last + 1))
    if guard.place in ("previous", "faint"):
        starts = range(max(sentence.first, first - 4), first)
        return any(match.last == first - 1 for start in starts for match in matcher.at(found, text, start))
    if guard.place == "inside":
        return any(match.last <= last for start in range(first, last + 1) for match in matcher.at(found, text, start))
    if guard.place == "after":
        starts = range(last + 1, min(sentence.last, last + 1 + REACH["after"]))
    elif guard.place == "before":
        starts = range(max(sentence.first, first - REACH["before"]), first)
    elif guard.place == "near":
        starts = range(max(sentence.first, first - REACH["near"]), min(sentence.last, last + 1 + REACH["near"]))
    else:
        starts = range(sentence.first, sentence.last)
    return any(match.last < first or match.first > last for start in starts for match in matcher.at(found, text, start))


def _closest(context: Context, term: str, first: int, last: int) -> tuple[int, int]:
    """How close the closest literal and the closest figurative row look at words first..last; -1 where none holds."""
    best = {"literal": -1, "figurative": -1}
    for guard in guards().get(term, ()):
        if _RANK[guard.place] > best[guard.sense] and _holds(context, guard, first, last):
            best[guard.sense] = _RANK[guard.place]
    return best["literal"], best["figurative"]


def fires(context: Context, term: str, sense: str, first: int, last: int) -> bool:
    """Whether a term of the lexicon is meant as the lexicon means it at words first..last.

    `sense` "usual": yes, unless a literal row of guards.tsv holds; "figurative": only where a figurative row holds.
    Where both hold, the row that looks closer decides; at one distance the term stays silent.
    """
    joined_before = first > context.sentence(first).first and context.between(first - 1, first) == "-"
    if joined_before and context.words[first - 1].key in _PREFIXES:
        return False
    literal, figurative = _closest(context, term, first, last)
    return sense == "usual" if literal == figurative == -1 else figurative > literal


def literal(context: Context, term: str, first: int, last: int) -> bool:
    """Whether a row of guards.tsv says that a term is meant literally at words first..last, and none says more."""
    plain, figurative = _closest(context, term, first, last)
    return plain >= _RANK["sentence"] and plain >= figurative
