"""What every word-level detector needs of a Reading: its words, their sentences and tokens, the voice at a place.

Made once per reading and shared by the detectors.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from dataclasses import dataclass, replace

import numpy as np
from spacy.tokens import Token

from analysis.language.columns import Columns, columns
from analysis.lexicon.matching import Word, words
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


@dataclass(frozen=True, slots=True)
class Context:
    """The words of a reading with their sentences and tokens. Word numbers index `words`."""

    reading: Reading
    words: tuple[Word, ...]
    sentences: tuple[Sentence, ...]
    sentence_of: tuple[int, ...]  # word number -> index into sentences
    columns: Columns
    token_of: tuple[int, ...]  # word number -> the token in which it begins
    names: frozenset[str]  # keys that this text writes with a capital inside sentences, and never without

    @property
    def text(self) -> str:
        return self.reading.article.text

    def sentence(self, word: int) -> Sentence:
        return self.sentences[self.sentence_of[word]]

    def token(self, word: int) -> Token:
        """The token in which a word begins."""
        return self.reading.doc[self.token_of[word]]

    def span(self, first: int, last: int) -> Span:
        """Words first..last (inclusive) as a stretch of the text."""
        return Span(self.words[first].start, self.words[last].end)

    def capital(self, word: int) -> bool:
        return self.text[self.words[word].start].isupper()

    def initial(self, word: int) -> bool:
        """Whether a capital letter is expected here whatever the word: it opens a sentence, a line or a quotation."""
        if word == self.sentence(word).first:
            return True
        text, last = self.text, self.words[word].start - 1
        while last >= 0 and text[last] in " \t":
            last -= 1
        return last < 0 or text[last] in _OPENERS

    def between(self, first: int, second: int) -> str:
        """The characters between two words."""
        return self.text[self.words[first].end : self.words[second].start]


def _sentences(reading: Reading, found: list[Word]) -> list[Sentence]:
    result = []
    index = 0
    text = reading.article.text
    for end in [*(end for _, end in columns(reading.doc).sentence_chars()), len(text)]:
        first = index
        while index < len(found) and found[index].start < end:
            index += 1
        if index == first:
            continue
        long = [word for word in found[first + 1 : index] if word.end - word.start > 3]
        raised = sum(text[word.start].isupper() for word in long)
        stopped = text[found[index - 1].end : end].strip()[:1] == "."
        headline = not stopped and len(long) > 2 and raised / len(long) > HEADLINE_SHARE
        result.append(Sentence(first, index, headline))
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
    sentences = _sentences(reading, found)
    sentence_of = [number for number, sentence in enumerate(sentences) for _ in range(sentence.first, sentence.last)]
    tokens = np.searchsorted(seen.starts, [word.start for word in found], side="right") - 1
    bare = Context(
        reading,
        tuple(found),
        tuple(sentences),
        tuple(sentence_of),
        seen,
        tuple(np.maximum(tokens, 0).tolist()),
        frozenset(),
    )
    capital = [text[word.start].isupper() for word in found]
    lowered = {word.key for word, raised in zip(found, capital, strict=True) if not raised}
    return replace(
        bare,
        names=frozenset(
            found[i].key
            for i, raised in enumerate(capital)
            if raised and found[i].key not in lowered and not bare.sentence(i).headline and not bare.initial(i)
        ),
    )
