"""How likely a trained reader is to call a sentence biased: findings and a few plain features in, a probability out.

A logistic model over features a person can check by hand, in `bias.tsv` (one row a feature: coefficient and what it
means); six of them sum up what `analysis.wording` says of the words. Fitted by `benchmarks/fit_bias.py`. No outlet,
topic, actor or single word is a feature, so nothing in it can learn who writes or who is written about (the outlet's
name alone would rank sentences well, and teach nothing).
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from operator import itemgetter
from typing import Any

import numpy as np

from analysis import wording
from analysis.detectors import context
from analysis.language.columns import columns
from analysis.layers import Floats
from analysis.lexicon import intensifiers, rows
from analysis.model import Finding, Reading, Sentence, Span
from analysis.polarity import word_valence
from analysis.vocabulary import Vocabulary

Ints = np.ndarray[Any, np.dtype[np.int64]]

# Word classes that show a writer's hand (subjectivity clues of the kinds in Recasens 2013 and Wiebe & Riloff 2005).
_FIRST = frozenset(["i", "we", "me", "us", "my", "our", "ours", "mine", "myself", "ourselves"])
_SECOND = frozenset(["you", "your", "yours", "yourself", "yourselves"])
_ALL = frozenset(
    [
        "all",
        "every",
        "always",
        "never",
        "nobody",
        "none",
        "everyone",
        "everything",
        "nothing",
        "ever",
        "entire",
        "whole",
        "any",
    ]
)
_MUST = frozenset(["must", "should", "ought", "need", "needs", "cannot"])
_CONTRAST = frozenset(
    [
        "but",
        "yet",
        "however",
        "instead",
        "despite",
        "although",
        "though",
        "while",
        "whereas",
        "rather",
        "even",
        "only",
        "just",
    ]
)
_MOST = frozenset(["most", "least", "best", "worst", "more", "less"])
_CUES = frozenset(["said", "says", "told", "reported", "announced", "according", "added"])
_NOT = frozenset(["not", "no", "nor", "neither", "without"])
_SUPERLATIVE = re.compile(r"^[a-z]{3,}(?:i|[b-df-hj-np-tv-z])est$")
# Words; shorter sentences count as this long, because in corpora of picked sentences short ones are mostly outbursts.
SHORT = 15
_NUMBER = re.compile(r"^\d")
# What each word counts for, in this order: the columns of `_of_word`, then those that depend on its place.
_SHARES = ("numbers", "rest_negative", "rest_positive", "first_person", "second_person", "universals", "obligation",
           "contrast", "superlatives", "negation", "adverbs", "intensifiers", "long_words", "plain_cue")  # fmt: skip
_REST = slice(1, 3)  # of _SHARES: counted for words that no finding marks and that have no capital
_OWN = slice(3, 14)  # of _SHARES: counted outside quotations
_TAGGED = {"adjectives": ("JJ",), "past": ("VBD",), "present": ("VBZ", "VBP"), "plain_adverbs": ("RB",)}
_MARKS = {"exclamation": re.compile("!"), "question": re.compile(r"\?"), "aside": re.compile(r"—| – |\(|…|:")}


@cache
def coefficients() -> Mapping[str, float]:
    """Feature -> coefficient, from bias.tsv."""
    return {
        row["feature"]: rows.number(row["coefficient"], -100, 100, row["feature"])
        for row in rows.read("bias.tsv", ("feature", "coefficient", "meaning"))
    }


def _weights(found: Sequence[Finding], kind: str, own: bool) -> list[float]:
    return [f.weight for f in found if f.kind == kind and (f.voice == "narrator") == own]


def _span_features(found: Sequence[Finding]) -> dict[str, float]:
    narrated = _weights(found, "loaded_term", True)
    spoken = _weights(found, "loaded_term", False)
    return {
        "loaded_sum": math.log1p(sum(narrated)),
        "loaded_max": max(narrated, default=0.0),
        "loaded_strong": float(sum(weight >= 0.65 for weight in narrated)),
        "loaded_spoken": math.log1p(sum(spoken)),
        "scare": float(sum(f.kind == "scare_quote" for f in found)),
        "hedges": float(sum(f.kind == "hedge" for f in found)),
        "certainty": float(sum(f.kind == "certainty" for f in found)),
        "reporting": float(sum(f.kind == "reporting_verb" for f in found)),
    }


def _chance_features(chance: Floats, firsts: Ints) -> dict[str, Floats]:
    """From the chances [tokens] that readers mark each of the words; sentences begin at the tokens `firsts`."""
    sizes = np.diff(np.r_[firsts, len(chance)])
    number = np.repeat(np.arange(len(firsts)), sizes)
    falling = np.r_[chance[np.lexsort((-chance, number))], np.zeros(2, dtype=np.float32)]
    three = sum(np.where(sizes > k, falling[firsts + k], 0) for k in range(3)) / 3
    most = falling[firsts]
    bounded = np.clip(most, 0.001, 0.999)
    total = np.add.reduceat(chance, firsts)
    return {
        "wording_sum": np.log1p(total),
        "wording_most": most,
        "wording_odds": np.log(bounded / (1 - bounded)),
        "wording_three": three,
        "wording_mean": total / sizes,
        "wording_any": 1 - np.multiply.reduceat(1 - chance, firsts),
    }


def _of_word(key: str) -> tuple[float, ...]:
    """What a word counts for, whatever its text: the columns of _SHARES."""
    value = word_valence(key)
    return (
        bool(_NUMBER.match(key)),
        max(0.0, -value),
        max(0.0, value),
        key in _FIRST,
        key in _SECOND,
        key in _ALL,
        key in _MUST,
        key in _CONTRAST,
        key in _MOST or bool(_SUPERLATIVE.match(key)),
        key in _NOT or key.endswith("n't"),
        key.endswith("ly") and len(key) > 4,
        intensifiers().get(key, 0.0) > 0,
        len(key) > 8,
        key in _CUES,
    )


_words = Vocabulary(_of_word, len(_SHARES))
_tags = Vocabulary[str](lambda tag: [tag in wanted for wanted in _TAGGED.values()], len(_TAGGED))


@dataclass(frozen=True, slots=True)
class _Plain:
    """What does not depend on the findings: `columns` [sentences] by feature; the rest is for those that do."""

    columns: dict[str, Floats]
    starts: list[int]  # of the words, in characters
    worded: Ints  # the sentences that hold a word: a sentence may be a row of stars
    firsts: Ints  # the first words of these
    sizes: Ints  # the numbers of their words
    rest: Floats  # [words, 2]: cold and warm valence of the words without a capital


def _look(reading: Reading) -> _Plain:
    chance = wording.chances(reading.doc)
    here = context.of(reading)
    bounds, tokens = here.columns.sentence_chars(), [first for first, _ in here.columns.bounds]
    made = {name: np.zeros(len(bounds), dtype=np.float32) for name in coefficients()}
    made["constant"] += 1
    made |= _chance_features(chance, np.array(tokens))
    starts = here.words.starts
    firsts = np.searchsorted(starts, [begin for begin, _ in bounds])
    sizes = np.diff(np.r_[firsts, len(starts)])
    worded = np.flatnonzero(sizes)
    firsts, sizes = firsts[worded], sizes[worded]
    counts = _words(here.words.keys)
    if len(worded):
        quoted = np.zeros(len(starts), dtype=np.float32)
        for voiced in reading.voices:
            if voiced.voice == "quoted":
                quoted[bisect_left(starts, voiced.span.start) : bisect_left(starts, voiced.span.end)] = 1
        capital = np.array(here.capitals, dtype=np.float32)
        counts[:, _REST] *= (1 - capital)[:, None]
        counts[:, _OWN] *= (1 - quoted)[:, None]
        tagged = _tags([here.columns.tags[token] for token in here.token_of])
        tagged *= ((1 - quoted) * (1 - capital))[:, None]
        for name, column in _shares(counts, tagged, quoted, capital, firsts, sizes).items():
            made[name][worded] = column
        edges = [*(starts[first] for first in firsts.tolist()), len(here.text)]
        stretches = [here.text[start:end] for start, end in pairwise(edges)]
        for name, pattern in _MARKS.items():
            made[name][worded] = [bool(pattern.search(stretch)) for stretch in stretches]
    return _Plain(made, starts, worded, firsts, sizes, counts[:, _REST])


def _shares(
    counts: Floats, tagged: Floats, quoted: Floats, capital: Floats, firsts: Ints, sizes: Ints
) -> dict[str, Floats]:
    """Shares of kinds of words in sentences that begin at the words `firsts`; the others are [words] or [words, n]."""
    made = np.add.reduceat(np.column_stack([counts, tagged, quoted, capital]), firsts) / sizes[:, None]
    found = dict(zip((*_SHARES, *_TAGGED, "quoted", "names"), made.T, strict=True))
    inside = found.pop("quoted")
    return {
        **found,
        "length": np.log(np.maximum(sizes, SHORT)) - 3.0,  # 3.0: about the log of the usual sentence, 20 words
        "mixed_quoting": inside * (1 - inside),
        "names": found["names"] - capital[firsts] / sizes,
        "plain_cue": np.sign(found["plain_cue"]),
    }


def features(reading: Reading, findings: Sequence[Finding]) -> dict[str, Floats]:
    """Each feature as a column with an entry for every sentence of the reading's doc, in order."""
    bounds = columns(reading.doc).sentence_chars()
    if not bounds:
        return {name: np.zeros(0, dtype=np.float32) for name in coefficients()}
    plain = _look(reading)
    found_in: dict[int, list[Finding]] = defaultdict(list)
    rest, starts = plain.rest.copy(), plain.starts
    for finding in findings:
        rest[bisect_left(starts, finding.span.start) : bisect_left(starts, finding.span.end)] = 0
        number = bisect_right(bounds, finding.span.start, key=itemgetter(0)) - 1
        if number >= 0 and finding.span.start < bounds[number][1]:
            found_in[number].append(finding)
    made = dict(plain.columns)
    for name in _span_features(()):
        made[name] = np.zeros(len(bounds), dtype=np.float32)
    for number, found in found_in.items():
        for name, value in _span_features(found).items():
            made[name][number] = value
    if len(plain.worded):
        shares = np.add.reduceat(rest, plain.firsts) / plain.sizes[:, None]
        for name, share in zip(_SHARES[_REST], shares.T, strict=True):
            made[name] = np.zeros(len(bounds), dtype=np.float32)
            made[name][plain.worded] = share
    return made


def score(values: Mapping[str, Floats]) -> Floats:
    """The probabilities (0..1) of sentences. Features the model does not know raise KeyError."""
    total = sum(coefficients()[name] * np.asarray(column, dtype=np.float64) for name, column in values.items())
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(total, -30.0, 30.0))))


def sentences(reading: Reading, findings: Sequence[Finding]) -> tuple[Sentence, ...]:
    """Every sentence of the reading with its probability of being called biased."""
    scored = score(features(reading, findings)).tolist()
    bounds = columns(reading.doc).sentence_chars()
    return tuple(Sentence(Span(start, end), bias) for (start, end), bias in zip(bounds, scored, strict=True))
