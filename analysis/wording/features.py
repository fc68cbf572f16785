"""What there is to see of each word of a text, for the model that says whether a reader would mark it.

General features only: what the lists and the grammar say of the word, its vector and that of its sentence, and what the
grammar's network holds of it in its place. Names are left out of the vectors, and were swapped for others where the
states were taught, so that no person, outlet or place can tip a score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from spacy.lang.en.stop_words import STOP_WORDS

from analysis.language.states import SIZE, states
from analysis.language.vectors import WIDTH
from analysis.layers import Floats
from analysis.lexicon import CATEGORIES, intensifiers
from analysis.model import Finding, Reading
from analysis.tone.words import Words, words
from analysis.vocabulary import Vocabulary

TAGS = ("NN", "NNS", "NNP", "JJ", "JJR", "JJS", "RB", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "IN", "PRP", "MD", "DT",
        "CD")  # fmt: skip
RELATIONS = ("amod", "advmod", "nsubj", "obj", "obl", "nmod", "ROOT", "conj", "compound", "acl", "advcl", "xcomp",
             "ccomp", "nsubj:pass", "appos", "acl:relcl")  # fmt: skip
_CATEGORY = {category: place for place, category in enumerate(CATEGORIES)}
NUMBERS = (
    "listed", "weight", "marked otherwise", "scare quote", "reporting verb", "polarity", "negative", "plain polarity",
    "feel", "strong feel", "quoted", "capital", "name", "unknown", "rank", "letters", "in -ly", "intensifier",
    "small word", "denied", "conditional", "valence listed", "strong valence listed",
)  # fmt: skip
# What a name's form says is left out, so that one name counts like another.
_OF_FORM = [NUMBERS.index(name) for name in ("unknown", "rank", "letters", "in -ly", "small word")]
_MARKED = [0, 1, 2, 3, 4, 10]  # of NUMBERS: what findings and voices say
_OWN = len(NUMBERS) + len(TAGS) + len(RELATIONS)
FEATURES = _OWN + len(CATEGORIES) + 3 + 2 * WIDTH + SIZE
FAR = 80_000.0  # the rank of a word that the vectors lack


@dataclass(frozen=True, slots=True)
class Seen:
    """`values` [words, features], a row for each of `tokens`, which number the tokens of the Doc."""

    tokens: npt.NDArray[np.intp]
    values: Floats


_forms = Vocabulary[str](
    lambda lower: (
        len(lower),
        len(lower) > 4 and lower.endswith("ly"),
        intensifiers().get(lower, 0.0) > 0,
        lower in STOP_WORDS,
    ),
    4,
)
_tags = Vocabulary[str](lambda tag: [tag == one for one in TAGS], len(TAGS))
_relations = Vocabulary[str](lambda relation: [relation == one for one in RELATIONS], len(RELATIONS))


def see(reading: Reading, findings: Sequence[Finding]) -> Seen:
    """The features of every word that could judge: open classes without names, and all that has a finding.

    `findings` are those of all detectors. Of the other words, readers mark one in a thousand.

    In this order: NUMBERS, TAGS and RELATIONS of the word, CATEGORIES of its loaded term, three numbers of the
    sentence (weights of its terms, the word's place in it, length), vectors of both, and the word's state.
    """
    looked = words(reading.doc)
    c = looked.columns
    tokens = np.flatnonzero(~(np.array(c.space, dtype=bool) | np.array(c.punct, dtype=bool)))
    asked = np.array(looked.row) >= 0
    for finding in findings:
        asked[c.begun(finding.span)] = True
    chosen = np.flatnonzero(asked[tokens])
    if not len(chosen):
        return Seen(tokens[:0], np.zeros((0, FEATURES), dtype=np.float32))
    here = tokens[chosen]
    marked = _marked(looked, reading, findings)
    numbers = _numbers(looked, marked, here)
    tags, relations = (asked([one[i] for i in here.tolist()]) for asked, one in ((_tags, c.tags), (_relations, c.deps)))
    named = numbers[:, NUMBERS.index("name")] > 0
    numbers[np.flatnonzero(named)[:, None], _OF_FORM], tags[named] = 0, 0
    vectors = looked.vectors[tokens]
    sentence = np.array(c.sents)[tokens]
    firsts = np.r_[0, np.flatnonzero(np.diff(sentence)) + 1]
    sizes = np.diff(np.r_[firsts, len(tokens)])
    row = np.repeat(np.arange(len(firsts)), sizes)[chosen]
    weights = np.log1p(np.add.reduceat(marked[tokens, NUMBERS.index("weight")], firsts))[row]
    place = (chosen - firsts[row]) / sizes[row]
    mean = (np.add.reduceat(vectors, firsts) / sizes[:, None])[row]
    made = np.hstack(
        [
            numbers,
            tags,
            relations,
            _categories(looked, findings)[here],
            np.column_stack([weights, place, np.log(sizes)[row]]),
            vectors[chosen],
            mean,
            states(reading.doc, here),
        ],
        dtype=np.float32,
    )
    return Seen(here, made)


def _marked(looked: Words, reading: Reading, findings: Sequence[Finding]) -> Floats:
    """[tokens, MARKED]: what findings and voices say of each."""
    c = looked.columns
    made = np.zeros((len(c), len(_MARKED)), dtype=np.float32)
    for finding in findings:
        inside = c.begun(finding.span)
        if finding.kind == "loaded_term":
            for i in inside:
                made[i, :2] = 1, max(made[i, 1], finding.weight)
        else:
            made[inside, 2] = 1
            if finding.kind == "scare_quote":
                made[inside, 3] = 1
            elif finding.kind == "reporting_verb":
                made[inside, 4] = 1
    for voiced in reading.voices:
        if voiced.voice != "narrator":
            made[c.begun(voiced.span), 5] = 1
    return made


def _numbers(looked: Words, marked: Floats, here: npt.NDArray[np.intp]) -> Floats:
    """[here, NUMBERS]."""
    c, places = looked.columns, here.tolist()
    made = np.zeros((len(here), len(NUMBERS)), dtype=np.float32)
    made[:, _MARKED] = marked[here]
    plain, news, listed, feel = (
        np.array([channel[i] for i in places], dtype=np.float32) for channel in looked.channels
    )
    made[:, 5], made[:, 6], made[:, 7] = np.abs(news), np.maximum(-news, 0), np.abs(plain)
    made[:, 8], made[:, 9] = feel, np.abs(feel)
    made[:, 11] = [c.capitals[i] for i in places]
    made[:, 12] = [bool(c.entities[i]) or (c.capitals[i] and c.bounds[c.sents[i]][0] != i) for i in places]
    ranks = looked.ranks[here]
    made[:, 13] = ranks < 0
    made[:, 14] = np.log1p(np.where(ranks < 0, FAR, ranks))
    made[:, 15:19] = _forms([c.lower[i] for i in places])
    made[:, 19] = [looked.denied[i] < 1 for i in places]
    made[:, 20] = [looked.conditional[i] for i in places]
    made[:, 21], made[:, 22] = listed, np.abs(listed)
    return made


def _categories(looked: Words, findings: Sequence[Finding]) -> Floats:
    made = np.zeros((len(looked.columns), len(CATEGORIES)), dtype=np.float32)
    for finding in findings:
        if finding.kind == "loaded_term" and finding.category in _CATEGORY:
            made[looked.columns.begun(finding.span), _CATEGORY[finding.category]] = 1
    return made
