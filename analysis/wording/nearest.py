"""The listed terms that are used most like a word: a word in, entries of the lexicon out, the nearest first.

Likeness is the cosine of the shipped word vectors. Those bring opposites near each other (“noble”, “vile”), so only
terms of the sign that the word's own vector suggests are looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc
from spacy.vocab import Vocab

from analysis.language.vectors import unit
from analysis.layers import Floats
from analysis.lexicon import Term, overrides
from analysis.tone.words import feelings

NEIGHBOURS = 5
LISTED = 0.4  # authored weight from which a term is worth comparing with
UNDIRECTED = frozenset({"feeling", "measure"})
FELT = 0.1  # of the valence that a vector suggests: less has no sign


@dataclass(frozen=True, slots=True)
class Table:
    """Terms of one part of speech and sign with their vectors [terms, width], each of length 1."""

    terms: list[Term]
    vectors: Floats


@overrides.per_lexicon
def _tables() -> dict[tuple[str, float], Table]:
    """Filled as they are asked for: the vectors are the Doc's."""
    return {}


def terms(doc: Doc, i: int, part: str) -> list[Term]:
    """The NEIGHBOURS nearest terms of the part of speech; none for a word that the vectors do not know at all."""
    row = _row(doc, i)
    if row < 0:
        return []
    own = unit(doc.vocab.vectors.data, np.array([row]))[0]
    felt = float(own @ feelings())
    table = _table(doc.vocab, part, float(np.sign(felt)) if abs(felt) >= FELT else 0.0)
    if len(table.terms) < NEIGHBOURS:
        return []
    return [table.terms[k] for k in np.argsort(-(table.vectors @ own))[:NEIGHBOURS].tolist()]


def named(like: Sequence[Term], valence: float) -> tuple[str, str]:
    """The two that a reason names: the nearest that judge the same way as they all do together."""
    agreeing = [term for term in like if term.valence * valence > 0]
    rest = [term for term in like if term not in agreeing]
    one, other = [*agreeing, *rest][:2]
    return one.term, other.term


def sense(like: Sequence[Term]) -> tuple[str, float]:
    """The category that most of the terms have, and their mean valence; a feeling or a measure judges nobody."""
    category = Counter(term.category for term in like).most_common(1)[0][0]
    return category, round(float(np.mean([term.valence * (term.sense not in UNDIRECTED) for term in like])), 3)


def _table(vocab: Vocab, part: str, sign: float) -> Table:
    known = _tables()
    if (part, sign) not in known:
        chosen = [
            term
            for term in overrides.terms()
            if part in term.pos.split("/") and " " not in term.term and term.weight >= LISTED
            if term.sense != "figurative"
            if not sign or term.valence * sign > 0
        ]
        rows = _rows(vocab, [term.term.lower() for term in chosen])
        chosen = [term for term, row in zip(chosen, rows.tolist(), strict=True) if row >= 0]
        known[part, sign] = Table(chosen, unit(vocab.vectors.data, rows[rows >= 0]))
    return known[part, sign]


def _rows(vocab: Vocab, words: Sequence[str]) -> npt.NDArray[np.int64]:
    found: npt.NDArray[np.int64] = vocab.vectors.find(keys=[vocab.strings.add(word) for word in words])
    return found


def _row(doc: Doc, i: int) -> int:
    """The vector of a word, or where it has none of its lemma, or of the word that it is made from."""
    token = doc[i]
    tries = [token.norm_, token.lemma_.lower(), token.lower_.removesuffix("ly"), *reversed(token.lower_.split("-"))]
    return next((row for row in _rows(doc.vocab, [one for one in tries if one]).tolist() if row >= 0), -1)
