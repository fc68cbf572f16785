"""What every word-level detector needs of a Reading: its words, their sentences and tokens, the voice at a place.

Made once per reading and shared by the detectors.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from analysis.language.columns import Columns, columns
from analysis.lexicon.matching import Words, words
from analysis.model import Reading, Span, Voiced

_OPENERS = frozenset("“\"‘'«„‚(:—–•*-\n")  # after one of these a capital letter says nothing
# A sentence without a full stop is set like a headline where more than this share of its longer words, the first left
# out, is capitalised: title case leaves out one such word in four at most ("with", "from"), and running text has verbs.
HEADLINE_SHARE = 0.7


def at(reading: Reading, span: Span) -> Voiced:
    """The voice in which `span` stands: narrator, unless the voices of the reading say otherwise."""
    index = bisect_right(reading.voices, span.start, key=lambda voiced: voiced.span.start) - 1
    if index >= 0 and span.start < reading.voices[index].span.end:
        return reading.voices[index]
    return Voiced(span, "narrator", None)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words first..last (half-open) of one sentence, and whether it is set in capitals like a headline."""

    first: int
    last: int
    headline: bool


@dataclass(frozen=True)
class Context:
    """The words of a reading with their sentences and tokens. Word numbers index `words`."""

    reading: Reading
    text: str
    words: Words
    capitals: list[bool]  # word number -> whether it begins with a capital letter
    sentences: tuple[Sentence, ...]
    sentence_of: list[int]  # word number -> index into sentences
    columns: Columns
    token_of: list[int]  # word number -> the token in which it begins

    def sentence(self, word: int) -> Sentence:
        return self.sentences[self.sentence_of[word]]

    def word(self, token: int) -> int | None:
        """The first word that begins in a token."""
        word = bisect_left(self.token_of, token)
        return word if word < len(self.token_of) and self.token_of[word] == token else None

    def pos(self, word: int) -> str:
        """The word class of the token in which a word begins."""
        return self.columns.pos[self.token_of[word]]

    def span(self, first: int, last: int) -> Span:
        """Words first..last (inclusive) as a stretch of the text."""
        return Span(self.words.starts[first], self.words.ends[last])

    def initial(self, word: int) -> bool:
        """Whether a capital letter is expected here whatever the word: it opens a sentence, a line or a quotation."""
        if word == self.sentence(word).first:
            return True
        text, last = self.text, self.words.starts[word] - 1
        while last >= 0 and text[last] in " \t":
            last -= 1
        return last < 0 or text[last] in _OPENERS

    def between(self, first: int, second: int) -> str:
        """The characters between two words."""
        return self.text[self.words.ends[first] : self.words.starts[second]]

    @cached_property
    def names(self) -> frozenset[str]:
        """Keys that this text writes with a capital inside sentences, and never without."""
        raised = [i for i, capital in enumerate(self.capitals) if capital]
        lowered = {key for key, capital in zip(self.words.keys, self.capitals, strict=True) if not capital}
        return frozenset(
            self.words.keys[i]
            for i in raised
            if self.words.keys[i] not in lowered and not self.sentence(i).headline and not self.initial(i)
        )

    @cached_property
    def actors(self) -> dict[str, str]:
        """The names of all actors by their ids."""
        return {actor.id: actor.name for actor in self.reading.actors}

    def name_around(self, span: Span) -> tuple[Span, str] | None:
        """Where the actor is named in whose name a stretch lies, and the name in full."""
        starts, named = self._named
        at = bisect_right(starts, span.start) - 1
        # Mentions are apart or the same stretch; of those the first counts.
        return named[bisect_left(starts, starts[at])] if at >= 0 and span.end <= named[at][0].end else None

    @cached_property
    def _named(self) -> tuple[list[int], list[tuple[Span, str]]]:
        """The mentions by name in the order of the text, where they begin, and the names in full."""
        names = self.actors
        forms = ("name", "place", "metonym")
        named = [(m.span, names.get(m.actor, "")) for m in self.reading.mentions if m.form in forms]
        named.sort(key=lambda one: one[0].start)
        return [span.start for span, _ in named], named


def _sentences(text: str, ends: Sequence[int], found: Words, capitals: Sequence[bool]) -> list[Sentence]:
    """Sentences that hold a word; they end at the characters `ends`."""
    lasts = np.searchsorted(found.starts, ends).tolist()
    long = np.subtract(found.ends, found.starts) > 3
    longs, raised = (np.r_[0, np.cumsum(chosen)].tolist() for chosen in (long, long & np.array(capitals, dtype=bool)))
    result = []
    for first, last, end in zip([0, *lasts], lasts, ends, strict=False):
        if last > first:
            count = longs[last] - longs[first + 1]
            shouted = count > 2 and (raised[last] - raised[first + 1]) / count > HEADLINE_SHARE
            headline = shouted and text[found.ends[last - 1] : end].strip()[:1] != "."
            result.append(Sentence(first, last, headline))
    return result


_recent: deque[Context] = deque(maxlen=4)  # told apart by identity: to hash a reading is to hash all that is in it


def of(reading: Reading) -> Context:
    """The context of a reading."""
    for known in tuple(_recent):
        if known.reading is reading:
            return known
    made = _read(reading)
    _recent.append(made)
    return made


def _read(reading: Reading) -> Context:
    text, seen = reading.article.text, columns(reading.doc)
    found = words(text)
    capitals = [text[start].isupper() for start in found.starts]
    ends = [*(end for _, end in seen.sentence_chars()), len(text)]
    sentences = _sentences(text, ends, found, capitals)
    sentence_of = [number for number, sentence in enumerate(sentences) for _ in range(sentence.first, sentence.last)]
    tokens = np.maximum(np.searchsorted(seen.starts, found.starts, side="right") - 1, 0).tolist()
    return Context(reading, text, found, capitals, tuple(sentences), sentence_of, seen, tokens)
