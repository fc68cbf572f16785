"""Loaded terms: wording that judges or stirs where a plain word would name (Recasens 2013; Da San Martino 2019).

In: a Reading. Out: findings of kind "loaded_term", one for each entry of loaded.tsv (and each charged reporting verb
that a reader would call loaded) that is meant as the lexicon means it: not a name, a literal use, denied, or a title.
"""

from __future__ import annotations

from collections.abc import Iterator

from analysis.detectors import context, names, negation, parts, reasons, senses
from analysis.detectors.context import Context
from analysis.lexicon import CATEGORIES, Term, intensifiers, load_cues, overrides
from analysis.lexicon.matching import Match, Matcher, build
from analysis.model import Finding, Reading

CUE_WEIGHT = 0.7  # of a charged reporting verb; trained readers mark about that share of them
# Terms of a lower authored weight colour a sentence's polarity but are not shown as loaded: they mostly just name. The
# authored weight decides, not the evidence, because the readers who marked the sentences saw one country's press.
MIN_WEIGHT = 0.4


def _terms() -> list[Term]:
    """All loaded terms, charged reporting verbs among them."""
    charged = [
        Term(
            cue.term,
            "VERB",
            "reporting_verb",
            cue.valence,
            CUE_WEIGHT,
            cue.neutral,
            "usual",
            cue.source,
            cue.note,
            0,
            0,
        )
        for cue in load_cues()
        if cue.loaded and cue.kind == "verb"
    ]
    return [*overrides.terms(), *charged]


@overrides.per_lexicon
def matcher() -> Matcher[Term]:
    """The terms that are marked wherever they are meant."""
    return build((term.term, term.pos, term) for term in _terms() if term.weight >= MIN_WEIGHT)


@overrides.per_lexicon
def everything() -> Matcher[Term]:
    """Those that mostly just name, too."""
    return build((term.term, term.pos, term) for term in _terms())


def meant(here: Context, match: Match[Term]) -> bool:
    """Whether a match is the term as the lexicon means it."""
    term, first, last = match.entry, match.first, match.last
    return (
        (first < last or parts.fits(here.pos(first), term.term, term.pos))
        and senses.fires(here, term.term, term.sense, first, last)
        and not names.is_name(here, first, last, capitalised=term.term != term.term.lower())
        and not names.in_title(here, here.span(first, last))
        and not negation.denied(here, first, last)
    )


def _weight(here: Context, match: Match[Term]) -> float:
    before = here.words.keys[match.first - 1] if match.first > here.sentence(match.first).first else ""
    return round(min(1.0, max(0.0, match.entry.strength + intensifiers().get(before, 0.0))), 3)


def valence(here: Context, match: Match[Term]) -> float:
    """Towards whom a match is about.

    None for a measure, nor for a feeling, unless a verb says who rouses it (“enraged us”, “an infuriating delay”); none
    for those to whom a cruelty is done (“the bullied clerk”).
    """
    term, seen, token = match.entry, here.columns, here.token_of[match.first]
    if term.sense == "measure":
        return 0.0
    beside = term.pos == "VERB" and seen.deps[token] == "amod"
    doing = here.words.keys[match.first].endswith("ing")
    if term.sense == "feeling":
        rouses = seen.tags[token].startswith("VB") and any(seen.deps[k] == "obj" for k in seen.children[token])
        return term.valence if rouses or (beside and doing) else 0.0
    return 0.0 if beside and term.category == "aggressor" and not doing else term.valence


def reason(here: Context, match: Match[Term], whose: str) -> str:
    """Why a match is marked; `whose` says whose word it is."""
    term = match.entry
    written = here.span(match.first, match.last).of(here.text)
    if term.category == "euphemism" and term.neutral:
        return f"‘{written}’ sounds softer than ‘{term.neutral}’; {whose}."
    if term.neutral:
        does = "name" if "NOUN" in term.pos else "report" if term.pos == "VERB" else "describe"
        return f"‘{written}’ judges where ‘{term.neutral}’ would only {does}; {whose}."
    return f"‘{written}’ {CATEGORIES[term.category]}; {whose}."


def find(reading: Reading) -> Iterator[Finding]:
    """Yield the loaded terms of a reading, in the order of the text; `target` is left to a later stage."""
    here = context.of(reading)
    for match in matcher().find(here.words, here.text, lambda match: meant(here, match)):
        span = here.span(match.first, match.last)
        voiced = context.at(reading, span)
        yield Finding(
            kind="loaded_term",
            category=match.entry.category,
            span=span,
            voice=voiced.voice,
            speaker=voiced.speaker,
            target=None,
            valence=valence(here, match),
            weight=_weight(here, match),
            reason=reason(here, match, reasons.whose(reading, voiced)),
        )
