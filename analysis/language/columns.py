"""A parsed text as plain lists, made once and shared by every stage: a Doc in, `Columns` out.

Asking a Doc for its tokens one by one costs more than most of what the stages do with the answers, so what they ask of
every token they ask here, and go to the Doc's own tokens only for the few that matter to them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

import numpy as np
import numpy.typing as npt
from spacy.strings import StringStore
from spacy.tokens import Doc

from analysis.model import Span

Key = TypeVar("Key", int, str)
Said = TypeVar("Said")
Numbers = npt.NDArray[np.int64]

_KEY = "analysis.columns"  # in Doc.user_data, so that the lists live exactly as long as the Doc
_WRITTEN = "analysis.written"  # in Doc.user_data until the lists are made
_NAMED = 1 << 16  # strings remembered by their hash; a corpus repeats them, and asking spaCy builds each anew
_ATTRIBUTES = (
    "LENGTH", "SPACY", "TAG", "POS", "DEP", "LEMMA", "HEAD", "SENT_START", "ENT_TYPE", "ENT_IOB", "IS_SPACE",
    "IS_PUNCT", "NORM",
)  # fmt: skip


class _Known(Generic[Key, Said]):
    """What was said of each key. Threads share it: one that is full is left to whoever reads it, and never emptied."""

    def __init__(self) -> None:
        self._said: dict[Key, Said] = {}

    def __call__(self, keys: list[Key], look_up: Callable[[Key], Said]) -> list[Said]:
        """What is remembered of the keys; what is not is looked up once."""
        said = self._said
        found: list[Any] = list(map(said.get, keys))
        if None in found:
            absent = [i for i, one in enumerate(found) if one is None]
            new = {keys[i] for i in absent}
            if len(said) + len(new) > _NAMED:
                said = self._said = {}
                absent, new = list(range(len(keys))), set(keys)
            said.update([(one, look_up(one)) for one in new])
            for i in absent:
                found[i] = said[keys[i]]
        return found


_names = _Known[int, str]()
_lowers = _Known[str, str]()
_capitals = _Known[str, bool]()


@dataclass(frozen=True, slots=True)
class Columns:
    """One entry a token in every list but `bounds`; read only. Labels are "" where the Doc has none.

    `starts` and `ends` are code points into `text`, `heads` token numbers (a root is its own head), `sents` sentence
    numbers, `bounds` the half-open token bounds of the sentences. A Doc without sentence bounds is one sentence.
    """

    text: str
    words: list[str]
    lower: list[str]
    lemmas: list[str]
    tags: list[str]
    pos: list[str]
    deps: list[str]
    heads: list[int]
    children: list[list[int]]  # token numbers in order; leaves share one empty list
    lefts: list[int]  # the first token of all that hangs on a token, itself among them
    rights: list[int]  # the last of them
    starts: list[int]
    ends: list[int]
    sents: list[int]
    bounds: list[tuple[int, int]]
    entities: list[str]
    begins: list[bool]  # whether an entity begins at the token
    space: list[bool]
    punct: list[bool]
    capitals: list[bool]  # whether a word begins with a capital letter
    norms: list[int]  # hashes of the forms by which the word vectors know the words

    def __len__(self) -> int:
        return len(self.words)

    def at(self, position: int) -> int:
        """The token that holds the character at `position`, or the last one before it; 0 before the first."""
        return max(0, bisect_right(self.starts, position) - 1)

    def root(self, token: int) -> int:
        """The token that all others of a token's sentence hang on."""
        first, last = self.bounds[self.sents[token]]
        return next(i for i in range(first, last) if self.heads[i] == i)

    def named(self) -> list[tuple[int, int, str]]:
        """The names that the grammar has found: first token, the one after the last, kind."""
        made: list[tuple[int, int, str]] = []
        for i in [i for i, kind in enumerate(self.entities) if kind]:
            if made and not self.begins[i] and made[-1][1] == i:
                made[-1] = (made[-1][0], i + 1, made[-1][2])
            else:
                made.append((i, i + 1, self.entities[i]))
        return made

    def begun(self, span: Span) -> range:
        """The tokens that begin inside a stretch of the text."""
        return range(bisect_left(self.starts, span.start), bisect_left(self.starts, span.end))

    def sentence_chars(self) -> list[tuple[int, int]]:
        """The sentences' bounds in characters, without the blank after their last token."""
        return [(self.starts[a], self.ends[b - 1]) for a, b in self.bounds]


def keep(doc: Doc, text: str, words: Sequence[str]) -> None:
    """Say what a Doc is made of, which whoever has made it knows; to ask the Doc costs a fifth of the lists."""
    doc.user_data[_WRITTEN] = text, words


def columns(doc: Doc) -> Columns:
    """The lists of a Doc; made at the first call, the same object ever after. The Doc must not change afterwards."""
    known = doc.user_data.get(_KEY)
    if known is None:
        known = doc.user_data[_KEY] = _read(doc)
    return cast(Columns, known)


def _read(doc: Doc) -> Columns:
    size = len(doc)
    if not size:
        return Columns("", *([] for _ in range(20)))
    table = doc.to_array(list(_ATTRIBUTES)).T.view(np.int64)
    length, blank, tag, pos, dep, lemma, head, start, entity, iob, space, punct, norm = table
    strings = doc.vocab.strings
    ends_with_blank = np.cumsum(length + blank)
    starts = (ends_with_blank - length - blank).tolist()
    ends = (ends_with_blank - blank).tolist()
    text, words = doc.user_data.pop(_WRITTEN, None) or (doc.text, [token.text for token in doc])
    opens = start == 1
    opens[0] = True
    firsts = np.flatnonzero(opens).tolist()
    above = head + np.arange(size)
    heads = above.tolist()
    lefts, rights = _edges(above)
    return Columns(
        text=text,
        words=list(words),
        lower=_lowers(words, str.lower),  # one string a word, so that its hash is reckoned once
        lemmas=_named(lemma, strings),
        tags=_named(tag, strings),
        pos=_named(pos, strings),
        deps=_named(dep, strings),
        heads=heads,
        children=_children(heads),
        lefts=lefts,
        rights=rights,
        starts=starts,
        ends=ends,
        sents=(np.cumsum(opens) - 1).tolist(),
        bounds=list(zip(firsts, [*firsts[1:], size], strict=True)),
        entities=_named(entity, strings),
        begins=(iob == 3).tolist(),
        space=(space == 1).tolist(),
        punct=(punct == 1).tolist(),
        capitals=_capitals(words, lambda word: word[0].isupper()),
        norms=norm.view(np.uint64).tolist(),
    )


def _named(column: Numbers, strings: StringStore) -> list[str]:
    """The strings of a column of hashes; each is asked of spaCy once, whatever the text."""
    ids = column.view(np.uint64).tolist()
    return _names(ids, lambda one: strings[one] if one else "")


def _edges(heads: Numbers) -> tuple[list[int], list[int]]:
    """The first and the last token below each: every token hands on what it knows to those 1, 2, 4 … above it."""
    firsts = np.arange(len(heads))
    lasts, above = firsts.copy(), heads
    while True:
        np.minimum.at(firsts, above, firsts.copy())
        np.maximum.at(lasts, above, lasts.copy())
        further = above[above]
        if np.array_equal(further, above):
            return firsts.tolist(), lasts.tolist()
        above = further


def _children(heads: list[int]) -> list[list[int]]:
    none: list[int] = []
    made = [none] * len(heads)
    for i, head in enumerate(heads):
        if head != i:
            if made[head]:
                made[head].append(i)
            else:
                made[head] = [i]
    return made
