"""Tells a literal use of a term from a figurative one by the rows of guards.tsv."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from analysis.detectors.context import Context
from analysis.lexicon import Guard, domains, guards
from analysis.lexicon.matching import Match, Matcher, build, joined

REACH = {
    "after": 4,
    "before": 4,
    "near": 6,
}  # words; wide enough for "a puppet, he said, of" and narrow enough for one clause
# A row that looks at the neighbour knows more than one that looks at the whole sentence.
_RANK = {"next": 4, "previous": 4, "inside": 4, "after": 3, "before": 3, "near": 2, "sentence": 1, "faint": 0}
_PREFIXES = frozenset({"anti", "non", "counter", "un"})


@cache
def _matchers(guard: Guard) -> tuple[Matcher[bool], ...]:
    """Of the pattern of a guard: one for each domain, which many guards share, and one for what else it names."""
    own, shared = [], []
    for alternative in guard.pattern:
        lead, _, domain = alternative.partition("@")
        if domain and not lead:
            shared.append(_of_domain(domain))
        else:
            own += [f"{lead}{word}" for word in (domains()[domain] if domain else ("",))]
    return (*shared, _of_phrases(own)) if own else tuple(shared)


@cache
def _of_domain(domain: str) -> Matcher[bool]:
    return _of_phrases(domains()[domain])


def _of_phrases(phrases: Iterable[str]) -> Matcher[bool]:
    return build((phrase, "any" if " " in phrase else "NOUN/VERB/ADJ", True) for phrase in phrases)


def _starts(context: Context, place: str, first: int, last: int) -> range:
    """Where what a guard looks for may begin, from its place around words first..last."""
    sentence = context.sentence(first)
    if place == "next":
        near = last + 1 < sentence.last and joined(context.words, context.text, last + 1)
        return range(last + 1, last + 2) if near else range(0)
    if place in ("previous", "faint"):
        return range(max(sentence.first, first - 4), first)
    if place == "inside":
        return range(first, last + 1)
    if place == "after":
        return range(last + 1, min(sentence.last, last + 1 + REACH["after"]))
    if place == "before":
        return range(max(sentence.first, first - REACH["before"]), first)
    if place == "near":
        return range(max(sentence.first, first - REACH["near"]), min(sentence.last, last + 1 + REACH["near"]))
    return range(sentence.first, sentence.last)


def _fits(place: str, match: Match[bool], first: int, last: int) -> bool:
    """Whether what was found also ends where the place of a guard wants it."""
    if place in ("previous", "faint"):
        return match.last == first - 1
    if place == "inside":
        return match.last <= last
    return match.last < first or match.first > last


def _holds(context: Context, guard: Guard, first: int, last: int) -> bool:
    """Whether the pattern of a guard stands in its place around words first..last."""
    starts = _starts(context, guard.place, first, last)
    keys = context.words.keys[starts.start : starts.stop]
    return any(
        _fits(guard.place, match, first, last)
        for matcher in _matchers(guard)
        if matcher.may_begin(keys)
        for start in starts
        for match in matcher.at(context.words, context.text, start)
    )


def _closest(context: Context, term: str, first: int, last: int) -> tuple[int, int]:
    """How close the closest literal and the closest figurative row look at words first..last; -1 where none holds."""
    best = {"literal": -1, "figurative": -1}
    for guard in guards().get(term, ()):
        if _RANK[guard.place] > best[guard.sense] and _holds(context, guard, first, last):
            best[guard.sense] = _RANK[guard.place]
    return best["literal"], best["figurative"]


def fires(context: Context, term: str, sense: str, first: int, last: int) -> bool:
    """Whether a term of the lexicon is meant as the lexicon means it at words first..last.

    `sense` "figurative": only where a figurative row of guards.tsv holds; any other: yes, unless a literal row holds.
    Where both hold, the row that looks closer decides; at one distance the term stays silent.
    """
    joined_before = first > context.sentence(first).first and context.between(first - 1, first) == "-"
    if joined_before and context.words.keys[first - 1] in _PREFIXES:
        return False
    literal, figurative = _closest(context, term, first, last)
    return sense != "figurative" if literal == figurative == -1 else figurative > literal


def literal(context: Context, term: str, first: int, last: int, least: str = "sentence") -> bool:
    """Whether a row of guards.tsv that looks as close as `least` says that words first..last are meant literally.

    Not where another row that looks closer says more.
    """
    plain, figurative = _closest(context, term, first, last)
    return plain >= _RANK[least] and plain >= figurative
