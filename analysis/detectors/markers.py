"""The one way in which hedges and certainty markers are found: a list of markers in, findings out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analysis.detectors import context, names, negation, parts, reasons, senses
from analysis.detectors.context import Context
from analysis.lexicon import Marker
from analysis.lexicon.matching import Match, Matcher
from analysis.model import Finding, FindingKind, Reading

_ATTRIBUTES = frozenset({"amod", "compound", "acl"})
_ASKING = frozenset({"whether", "if"})
_UNSURE = frozenset({"if", "unless", "whether", "not", "n't", "n’t", "never", "hardly", "scarcely", "nor", "neither"})
_CLAUSES = frozenset({"ccomp", "parataxis"})
_OPENING = frozenset({"that", "how", "what", "why"})  # of a clause


def _misplaced(here: Context, word: int, marker: Marker) -> bool:
    """Whether a participle that marks only beside a noun ("the reported theft") is the verb of its clause, or a verb
    stands beside a noun ("confirmed cases")."""
    token, seen = here.token_of[word], here.columns
    if marker.pos == "VERB":
        return seen.deps[token] == "amod"
    return marker.pos == "ADJ" and seen.tags[token] in ("VBD", "VBN") and seen.deps[token] not in _ATTRIBUTES


def _stands(here: Context, sense: str, first: int, last: int) -> bool:
    """Whether words first..last stand as the sense of a marker wants (MARKER_SENSES)."""
    if sense == "asserted" and first < last and here.columns.deps[here.token_of[last]] == "amod":
        return False  # "for certain towns"
    after = here.words.keys[last + 1] if last + 1 < here.sentence(first).last else ""
    seen = here.columns
    if sense == "asserted":
        # “if it is confirmed that”, “were not in themselves conclusive”
        unsure = any(k < here.token_of[first] and seen.lower[k] in _UNSURE for k in seen.children[here.token_of[first]])
        return not unsure and after not in _ASKING and not negation.denied(here, first, last)
    if sense == "clause":
        return after in _OPENING or any(seen.deps[k] in _CLAUSES for k in seen.children[here.token_of[first]])
    return True


def find(
    reading: Reading, kind: FindingKind, matcher: Matcher[Marker], meanings: Mapping[str, str]
) -> Iterator[Finding]:
    """Yield the markers of `matcher` that are meant as markers; `meanings` says what each category does."""
    here = context.of(reading)

    def meant(match: Match[Marker]) -> bool:
        marker, first, last = match.entry, match.first, match.last
        return (
            (first < last or parts.fits(here.pos(first), marker.term, marker.pos))
            and not _misplaced(here, first, marker)
            and senses.fires(here, marker.term, "figurative" if marker.sense == "figurative" else "usual", first, last)
            and _stands(here, marker.sense, first, last)
            and not (here.capitals[first] and names.is_name(here, first, last, capitalised=False))
            and not names.in_title(here, here.span(first, last))
        )

    for match in matcher.find(here.words, here.text, meant):
        span = here.span(match.first, match.last)
        voiced = context.at(reading, span)
        yield Finding(
            kind=kind,
            category=match.entry.category,
            span=span,
            voice=voiced.voice,
            speaker=voiced.speaker,
            target=None,
            valence=0.0,
            weight=match.entry.weight,
            reason=f"‘{span.of(here.text)}’ {meanings[match.entry.category]}; {reasons.whose(reading, voiced)}.",
        )
