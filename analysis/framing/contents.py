"""What articles are about, as far as words tell: tables come in, the content words of each article go out in arrays."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from analysis.flat import fold
from analysis.framing import article_numbers
from analysis.framing.article_numbers import Ints
from analysis.framing.measured_once import once
from analysis.framing.words import FUNCTION_WORDS
from analysis.letters import runs
from analysis.tables import Tables
from analysis.voices import WORD

LEAD = 8  # sentences: headline and seven more; fiery articles name people and places only after a paragraph or two
JOINERS = "'’-"  # within a word, as `WORD` has them
_PARTED = re.compile(rf"[,.](?=\d)({WORD.pattern})")  # what may be the second part of a number


@dataclass(frozen=True)
class Contents:
    """The content words of some documents: an entry for each word that a document has."""

    size: int  # documents
    document: Ints  # of each entry
    term: Ints  # of each entry, its place in `terms`
    times: Ints  # that the document has it
    terms: np.ndarray[Any, Any]  # the words, as they are compared

    def take(self, documents: Ints) -> Contents:
        """Those of some documents, numbered anew in the order given."""
        place = np.full(self.size, -1, dtype=np.int64)
        place[documents] = np.arange(len(documents))
        document = place[self.document]
        kept = document >= 0
        return Contents(len(documents), document[kept], self.term[kept], self.times[kept], self.terms)


def counted(documents: Sequence[Counter[str]]) -> Contents:
    """Documents whose words were counted before."""
    term, terms = pd.factorize(np.array([word for one in documents for word in one], dtype=object))
    document = np.repeat(np.arange(len(documents)), [len(one) for one in documents])
    times = np.array([n for one in documents for n in one.values()], dtype=np.int64)
    return Contents(len(documents), document, term, times, terms)


@once
def leads(tables: Tables) -> Contents:
    """The content words of headline and first sentences of every article, in the order of `tables.articles`.

    What was found for a corpus serves every part that is taken from it.
    """
    whole, rows = tables.part_of or (None, None)
    known = leads.known(whole) if whole is not None else None
    return _read(tables) if known is None or rows is None else known.take(rows)


def _read(tables: Tables) -> Contents:
    number = article_numbers.of(tables).of("sentences")
    first = _first(number, LEAD)
    document, words, parted = _words(tables.sentences["text"].take(first).tolist(), number[first])
    spelt, spellings = pd.factorize(words)
    forms = [_form(word) for word in spellings]
    place: dict[str, int] = {}
    # The second part of “27,000” says nothing by itself.
    codes = np.array([place.setdefault(form, len(place)) if form else -1 for form in forms], dtype=np.int64)
    decimal = np.array([form.isdecimal() for form in forms], dtype=bool)
    kept = (codes[spelt] >= 0) & ~(decimal[spelt] & parted) if len(spelt) else np.zeros(0, dtype=bool)
    both, times = np.unique(document[kept] * len(place) + codes[spelt[kept]], return_counts=True)
    document, term = np.divmod(both, max(1, len(place)))
    return Contents(len(tables.articles), document, term, times, np.array(list(place), dtype=object))


def _first(number: Ints, most: int) -> Ints:
    """The rows of the first `most` sentences of each article; `number`: that of the article of each row."""
    order = np.argsort(number, kind="stable")
    own = number[order]
    begins = np.flatnonzero(np.diff(own, prepend=-2))
    rank = np.arange(len(own)) - np.repeat(begins, np.diff(begins, append=len(own)))
    return order[(rank < most) & (own >= 0)]


def _words(texts: Sequence[str], number: Ints) -> tuple[Ints, np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """The words of sentences: the number of each, the word, and whether a comma or a point stands right before it."""
    text = " ".join(texts)
    starts, ends = runs(text, JOINERS)
    words = [text[first:last] for first, last in zip(starts.tolist(), ends.tolist(), strict=True)]
    letters = np.frombuffer(f" {text}".encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    before = letters[starts]  # with a blank before the text, the letter that stands before each word
    parted = (before == ord(",")) | (before == ord("."))
    return number[sentence_of(texts, starts)], np.array(words, dtype=object), parted


def sentence_of(texts: Sequence[str], starts: Ints) -> Ints:
    """Where sentences stand in one line, a blank between two, the sentence in which each place lies."""
    begins = np.cumsum(np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) + 1)
    return np.searchsorted(begins, starts, side="right")


def content_places(text: str) -> list[tuple[int, int, str]]:
    """The words of a text that carry content: start, end, and the form in which words are compared.

    A word that begins with a capital counts as a name and keeps its capital.
    """
    found = []
    for match in WORD.finditer(text):
        form = _form(match[0])
        # The second part of “27,000” says nothing by itself.
        if form and not (form.isdecimal() and text[: match.start()].endswith((",", "."))):
            found.append((match.start(), match.end(), form))
    return found


@lru_cache(maxsize=1 << 17)  # spellings: a corpus repeats its words, and each is folded and stemmed once
def _form(word: str) -> str:
    """The form in which a word is compared, "" where it carries no content."""
    bare = fold(word).removesuffix("'s").removesuffix("'")
    if bare in FUNCTION_WORDS or len(bare) <= 2:
        return ""
    form = stem(bare)
    return form.capitalize() if word[:1].isupper() else form


def content_words(text: str) -> Counter[str]:
    """How often each content word stands in a text."""
    found = Counter(filter(None, map(_form, WORD.findall(text))))
    for parted in _PARTED.finditer(text):
        form = _form(parted[1])
        if form.isdecimal():
            found[form] -= 1
    return +found


def stem(word: str) -> str:
    """A word without its commonest ending, so that “talks” and “talked” meet. Enough to compare, not to show."""
    for ending in ("ies", "ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            return word[: -len(ending)]
    return word.removesuffix("e") if len(word) > 4 else word
