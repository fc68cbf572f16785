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
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from operator import itemgetter

import numpy as np

from analysis import wording
from analysis.detectors import context
from analysis.detectors.context import Context
from analysis.language.columns import columns
from analysis.layers import Floats
from analysis.lexicon import intensifiers, rows
from analysis.model import Finding, Reading, Sentence, Span
from analysis.polarity import word_valence

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
_KEY = "analysis.bias"  # in Doc.user_data: features of the sentences scored so far


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


def _chance_features(chance: Floats) -> dict[str, float]:
    """From the chances that readers mark each of the words of a sentence."""
    strongest = np.sort(chance)[::-1]
    most = min(0.999, max(0.001, float(strongest[0])))
    return {
        "wording_sum": float(np.log1p(chance.sum())),
        "wording_most": float(strongest[0]),
        "wording_odds": math.log(most / (1 - most)),
        "wording_three": float(strongest[:3].sum() / 3),
        "wording_mean": float(chance.mean()),
        "wording_any": float(1 - np.prod(1 - chance)),
    }


def _word_features(
    here: Context, first: int, last: int, quoted: Sequence[int], marked: Sequence[int]
) -> dict[str, float]:
    """Features of the words first..last (half-open); `quoted` and `marked` say so for each word of the text."""
    keys = [word.key for word in here.words[first:last]]
    number = max(1, len(keys))
    outside = [i for i in range(first, last) if not quoted[i]]
    own = [here.words[i].key for i in outside]
    capital = [here.capital(i) for i in range(first, last)]
    rest = [
        word_valence(key)
        for key, raised, found in zip(keys, capital, marked[first:last], strict=True)
        if not found and not raised
    ]
    stretch = here.text[
        here.words[first].start : (here.words[last].start if last < len(here.words) else len(here.text))
    ]

    stronger = intensifiers()

    def share(words: frozenset[str]) -> float:
        return len([key for key in own if key in words]) / number

    inside = sum(quoted[first:last]) / number
    tags = Counter([here.columns.tags[here.token_of[i]] for i in outside if not capital[i - first]])

    def tagged(*wanted: str) -> float:
        return sum([tags[tag] for tag in wanted]) / number

    return {
        "length": math.log(max(number, SHORT)) - 3.0,  # 3.0: about the log of the usual sentence, 20 words
        "adjectives": tagged("JJ"),
        "past": tagged("VBD"),
        "present": tagged("VBZ", "VBP"),
        "plain_adverbs": tagged("RB"),
        "mixed_quoting": inside * (1 - inside),
        "first_person": share(_FIRST),
        "second_person": share(_SECOND),
        "universals": share(_ALL),
        "obligation": share(_MUST),
        "contrast": share(_CONTRAST),
        "superlatives": len([key for key in own if key in _MOST or _SUPERLATIVE.match(key)]) / number,
        "plain_cue": float(any(key in _CUES for key in own)),
        "negation": len([key for key in own if key in _NOT or key.endswith("n't")]) / number,
        "numbers": len([key for key in keys if _NUMBER.match(key)]) / number,
        "names": sum(capital[1:]) / number,
        "adverbs": len([key for key in own if key.endswith("ly") and len(key) > 4]) / number,
        "intensifiers": len([key for key in own if stronger.get(key, 0.0) > 0]) / number,
        "long_words": len([key for key in own if len(key) > 8]) / number,
        "rest_negative": -sum([min(0.0, value) for value in rest]) / number,
        "rest_positive": sum([max(0.0, value) for value in rest]) / number,
        "exclamation": float("!" in stretch),
        "question": float("?" in stretch),
        "aside": float(any(mark in stretch for mark in ("—", " – ", "(", "…", ":"))),
    }


def features(reading: Reading, findings: Sequence[Finding]) -> tuple[dict[str, float], ...]:
    """One dict of features for each sentence of the reading's doc, in order."""
    here = context.of(reading)
    starts = [word.start for word in here.words]
    quoted = bytearray(len(starts))
    for voiced in reading.voices:
        if voiced.voice == "quoted":
            begin, end = bisect_left(starts, voiced.span.start), bisect_left(starts, voiced.span.end)
            quoted[begin:end] = b"\1" * (end - begin)
    marked = bytearray(len(here.words))
    for finding in findings:
        for i in range(bisect_left(starts, finding.span.start), bisect_left(starts, finding.span.end)):
            marked[i] = 1
    bounds = here.columns.sentence_chars()
    found_in: list[list[Finding]] = [[] for _ in bounds]
    for finding in findings:
        number = bisect_right(bounds, finding.span.start, key=itemgetter(0)) - 1
        if number >= 0 and finding.span.start < bounds[number][1]:
            found_in[number].append(finding)
    table = []
    # Sentences are scored before and after their findings are weighed, and most are the same both times.
    known = reading.doc.user_data.setdefault(_KEY, {})
    chance, tokens = wording.chances(reading.doc), here.columns.bounds
    for (begin, end), found, (one, other) in zip(bounds, found_in, tokens, strict=True):
        first, last = bisect_left(starts, begin), bisect_left(starts, end)
        key = (first, bytes(quoted[first:last]), bytes(marked[first:last]), chance[one:other].tobytes())
        if key not in known:
            words = _word_features(here, first, last, quoted, marked) if first < last else {}
            known[key] = {**_chance_features(chance[one:other]), **words}
        table.append({"constant": 1.0, **_span_features(found), **known[key]})
    return tuple(table)


def score(values: Mapping[str, float]) -> float:
    """The probability (0..1) for one sentence's features. Features the model does not know raise KeyError."""
    total = sum(coefficients()[name] * value for name, value in values.items())
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def sentences(reading: Reading, findings: Sequence[Finding]) -> tuple[Sentence, ...]:
    """Every sentence of the reading with its probability of being called biased."""
    return tuple(
        Sentence(Span(start, end), score(values))
        for (start, end), values in zip(columns(reading.doc).sentence_chars(), features(reading, findings), strict=True)
    )
