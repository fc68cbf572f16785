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
from analysis.lexicon import overrides, rows
from analysis.lexicon.inflect import forms

Floats = npt.NDArray[np.float32]
_KEY = "analysis.tone.words"  # in Doc.user_data, as for Columns
CHANNELS = ("plain", "news", "loaded", "feel")
WIDTH = 50  # of the shipped word vectors
DENIED = -0.5  # of a word's valence is left where it is denied: “not a hero” is less bad than “a villain”
_OPEN = ("JJ", "RB", "VB", "NN")  # adjectives, adverbs, verbs, nouns (Penn tags); names are NNP and left out
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


def words(doc: Doc) -> Words:
    """Look up every word of a text; the first call of a Doc does, the others are given the same."""
    known = doc.user_data.get(_KEY)
    if known is None:
        known = doc.user_data[_KEY] = _read(doc)
    return cast(Words, known)


def _read(doc: Doc) -> Words:
    c = columns(doc)
    opens = [
        tag.startswith(_OPEN) and not tag.startswith("NNP") and not entity
        for tag, entity in zip(c.tags, c.entities, strict=True)
    ]
    return look_up(c, _vectors(doc, opens))


def look_up(c: Columns, vectors: Floats) -> Words:
    """As `words`, with the vectors [tokens, WIDTH] at hand."""
    size = len(c)
    plain, news, loaded = [0.0] * size, [0.0] * size, [0.0] * size
    negated, asked = set(), set()
    for i, word in enumerate(c.lower):
        if word in _NEGATORS and c.deps[i] in _NEGATOR_RELATIONS:
            negated.add(c.heads[i])
        elif word in _CONDITIONS:
            asked.add(c.heads[i])
    row, listed = [-1] * size, _loaded()
    denied, conditional = [1.0] * size, [False] * size
    for i, tag in enumerate(c.tags):
        head = c.heads[i]
        conditional[i] = i in asked or head in asked
        over = c.heads[head]
        is_denied = (
            i in negated
            or (head in negated and c.deps[i] in _PASSED_ON)
            or (over in negated and c.deps[head] in {"obj", "xcomp"} and c.deps[i] in _PASSED_ON)
        )
        stopped = c.deps[i] in _STOPPED and head != i and c.lemmas[head] in _STOPPERS
        if is_denied != stopped:
            denied[i] = DENIED
        if not tag.startswith(_OPEN) or tag.startswith("NNP") or c.entities[i]:
            continue
        row[i] = i
        lower, lemma = c.lower[i], c.lemmas[i]
        plain[i] = polarity.plain_valence(lower, lemma)
        news[i] = polarity.word_valence(lower, lemma)
        loaded[i] = listed.get((lower, _PARTS[tag[0]]), 0.0)
    feel: list[float] = (vectors @ feelings()).tolist() if size else []
    return Words(c, (plain, news, loaded, feel), denied, conditional, row, vectors)


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


def _vectors(doc: Doc, opens: list[bool]) -> Floats:
    store = doc.vocab.vectors
    made = np.zeros((len(doc), WIDTH), dtype=np.float32)
    if not len(doc) or store.shape[1] != WIDTH:
        return made
    found = store.find(keys=doc.to_array("NORM"))
    return unit(store.data, np.where(opens, found, -1))


def unit(table: Floats, found: npt.NDArray[np.int64]) -> Floats:
    """Rows of a table [n, WIDTH] at length 1; zero where `found` is -1."""
    made = np.where(found[:, None] >= 0, table[found], np.float32(0))
    length = np.linalg.norm(made, axis=1, keepdims=True)
    return np.asarray(made / np.maximum(length, 1e-6), dtype=np.float32)
