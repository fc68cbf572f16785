"""What each word of a text brings to whoever is bound to it: a parsed text in, numbers by word out.

Five readings of a word, -1..1 each: VADER's polarity (Hutto & Gilbert 2014), the same corrected for news, the valence
of a loaded term, the valence its vector suggests (`feel`, from `lexicon/feelings.tsv`), and, per slot, what a verb or
noun says of whom it binds (`lexicon/valence_frames.tsv`: who looks bad in “A slammed B”).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import cast

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from analysis import polarity
from analysis.language.columns import Columns, columns
from analysis.language.vectors import WIDTH, Floats, ranks, unit
from analysis.lexicon import overrides, rows
from analysis.lexicon.inflect import forms
from analysis.vocabulary import Vocabulary

_KEY = "analysis.tone.words"  # in Doc.user_data, as for Columns
CHANNELS = ("plain", "news", "loaded", "feel")
DENIED = -0.5  # of a word's valence is left where it is denied: “not a hero” is less bad than “a villain”
# Adjectives, adverbs, verbs, nouns (Penn tags); names are left out.
_OPEN = frozenset({"JJ", "JJR", "JJS", "RB", "RBR", "RBS", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "NN", "NNS"})
_PARTS = {"J": "ADJ", "R": "ADV", "V": "VERB", "N": "NOUN"}
_NEGATORS = frozenset(
    ["not", "no", "never", "without", "n't", "n’t", "nor", "neither", "hardly", "barely", "scarcely",
     "none", "nobody", "nothing"]
)  # fmt: skip
_NEGATOR_RELATIONS = frozenset({"advmod", "det", "aux", "cc", "case"})
_STOPPERS = frozenset(
    [
        "fail",
        "refuse",
        "deny",
        "decline",
        "stop",
        "cease",
        "prevent",
        "avoid",
        "reject",
        "lack",
        "dismiss",
        "refute",
        "end",
        "halt",
        "oppose",
        "combat",
        "fight",
    ]
)
_STOPPED = frozenset({"obj", "xcomp", "ccomp", "obl", "nmod"})
_CONDITIONS = frozenset(["if", "would", "could", "might", "unless", "whether", "should"])
_TURNING = _NEGATORS | _CONDITIONS
_PASSED_ON = frozenset({"obj", "xcomp", "amod", "conj", "acl", "advmod"})


@dataclass(frozen=True, slots=True)
class Words:
    """One entry a token. `denied` is 1, or DENIED; `row` the row in the vectors, -1 where there is none."""

    columns: Columns
    channels: tuple[list[float], ...]
    denied: list[float]
    conditional: list[bool]
    row: list[int]
    vectors: Floats  # [tokens, WIDTH], unit length, zero where a word has no vector or is no open-class word
    ranks: npt.NDArray[np.int64]  # [tokens], of every word among the vectors, the commonest 0; -1 where it has none


def words(doc: Doc) -> Words:
    """Look up every word of a text; the first call of a Doc does, the others are given the same."""
    known = doc.user_data.get(_KEY)
    if known is None:
        known = doc.user_data[_KEY] = _read(doc)
    return cast(Words, known)


def _read(doc: Doc) -> Words:
    c, size = columns(doc), len(doc)
    if not size:
        nothing = np.zeros((0, WIDTH), dtype=np.float32)
        return Words(c, ([], [], [], []), [], [], [], nothing, np.zeros(0, dtype=np.int64))
    opens = [tag in _OPEN and not entity for tag, entity in zip(c.tags, c.entities, strict=True)]
    there = np.flatnonzero(opens)
    store = doc.vocab.vectors
    found_at = ranks(doc)
    vectors = np.zeros((size, WIDTH), dtype=np.float32)
    if store.shape[1] == WIDTH:
        vectors[there] = unit(store.data, found_at[there])
    found = np.zeros((size, len(CHANNELS)), dtype=np.float32)
    found[there, :-1] = _valences()([(c.lower[i], c.lemmas[i], c.tags[i][0]) for i in there.tolist()])
    found[:, -1] = vectors @ feelings()
    row = np.full(size, -1)
    row[there] = there
    denied, conditional = _turned(c)
    return Words(c, tuple(found.T.tolist()), denied, conditional, row.tolist(), vectors, found_at)


def _turned(c: Columns) -> tuple[list[float], list[bool]]:
    """What is left of the valence of each word, and whether it stands under a condition."""
    small = [(i, word) for i, word in enumerate(c.lower) if word in _TURNING]
    negated = {c.heads[i] for i, word in small if word in _NEGATORS and c.deps[i] in _NEGATOR_RELATIONS}
    asked = {c.heads[i] for i, word in small if word in _CONDITIONS}
    under = set(negated)
    for head in negated:
        for k in c.children[head]:
            if c.deps[k] in _PASSED_ON:
                under.add(k)
            if c.deps[k] in {"obj", "xcomp"}:
                under.update([g for g in c.children[k] if c.deps[g] in _PASSED_ON])
    stops = [i for i, lemma in enumerate(c.lemmas) if lemma in _STOPPERS]
    stopped = {k for i in stops for k in c.children[i] if c.deps[k] in _STOPPED}
    denied, conditional = [1.0] * len(c), [False] * len(c)
    for i in under ^ stopped:
        denied[i] = DENIED
    for head in asked:
        conditional[head] = True
        for k in c.children[head]:
            conditional[k] = True
    return denied, conditional


@overrides.per_lexicon
def _valences() -> Vocabulary[tuple[str, str, str]]:
    """The listed CHANNELS of a word in lower case, with its lemma and the first letter of its tag."""
    listed = _loaded()

    def describe(word: tuple[str, str, str]) -> tuple[float, float, float]:
        lower, lemma, part = word
        plain, news = polarity.plain_valence(lower, lemma), polarity.word_valence(lower, lemma)
        return plain, news, listed.get((lower, _PARTS[part]), 0.0)

    return Vocabulary(describe, len(CHANNELS) - 1)


def frame(c: Columns, i: int, slot: str) -> float:
    """What word i says of whom it has in a slot (“subject”, “object”, “owner” or a preposition), -1..1."""
    part = "VERB" if c.tags[i].startswith("VB") else "NOUN"
    return _frames().get((c.lower[i], part, slot), 0.0)


@cache
def feelings() -> Floats:
    """The direction [WIDTH] in the word vectors along which authored valences grow."""
    found = [
        rows.number(row["weight"], -100, 100, "feelings.tsv") for row in rows.read("feelings.tsv", ("axis", "weight"))
    ]
    return np.array(found, dtype=np.float32)


@cache
def _frames() -> Mapping[tuple[str, str, str], float]:
    table: dict[tuple[str, str, str], float] = {}
    for row in rows.read("valence_frames.tsv", ("term", "pos", "slot", "valence", "source", "note")):
        for form in forms(row["term"], row["pos"]):
            table[form, row["pos"], row["slot"]] = rows.number(row["valence"], -1, 1, row["term"])
    return MappingProxyType(table)


@overrides.per_lexicon
def _loaded() -> Mapping[tuple[str, str], float]:
    table: dict[tuple[str, str], float] = {}
    for term in overrides.terms():
        if " " not in term.term:
            for part in _PARTS.values() if term.pos == "any" else term.pos.split("/"):
                table.update(((form, part), term.valence) for form in forms(term.term.lower(), part))
    return MappingProxyType(table)
