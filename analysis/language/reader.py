"""Text in, annotated Doc out. The grammar sees paragraphs of words; line breaks are put back around them afterwards."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, repeat
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from spacy.symbols import IDS  # type: ignore[import-not-found]
from spacy.tokens import Doc

from analysis import midway
from analysis.language import columns, sentences, trees, weights, words
from analysis.language.lemmas import Lemmas
from analysis.language.network import ZERO, Scores, States
from analysis.language.paragraphs import breaks
from analysis.language.states import SIZE, STATES
from analysis.language.tokens import Tokens

BATCH = 64  # texts read at once; more gains nothing, because a batch of their paragraphs is full by then
TOGETHER = 128  # paragraphs given to the network at once: of 64 a step costs a thirtieth more a word, 256 gain nothing
KEPT = 4096  # paragraphs remembered: outlets print the same agency copy, and stages read the same article again
LONGEST = 600  # words given to the network at once; longer paragraphs are cut at the end of a likely sentence
_COLUMNS: list[int | str] = ["TAG", "POS", "LEMMA", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE"]
_TAG, _POS, _LEMMA, _HEAD, _DEP, _IOB, _KIND = range(len(_COLUMNS))

_STOPS = frozenset(".!?")
_ROOT = -1  # instead of the number of a relation

Forms = tuple[str, ...]  # the words of a paragraph, each with a blank where white space follows it
Rows = NDArray[np.int64]  # one row a word, one column for each of _COLUMNS; hashes as they are, heads relative
Parsed = tuple[Rows, States]

_lock = threading.Lock()
_loaded: Grammar | None = None


def read(text: str, *, unseen: Collection[int] = ()) -> Doc:
    """Read one text. `doc.text == text`; a blank line always ends a sentence.

    `unseen` are the characters of marks that the grammar is to read over, as a reader does: a word in marks keeps its
    place in the sentence. Raises ValueError for a text with half a surrogate pair, which no file can hold, and
    WeightsMissing.
    """
    with _lock:
        return _grammar().read([text], [unseen])[0]


def read_many(texts: Iterable[str], *, unseen: Iterable[Collection[int]] = repeat(())) -> Iterator[Doc]:
    """Read many texts, in their order: the same Docs as `read` gives, faster. `unseen` as there, one for each text."""
    waiting = zip(texts, unseen, strict=False)
    while batch := list(islice(waiting, BATCH)):
        with _lock:
            made = _grammar().read([text for text, _ in batch], [places for _, places in batch])
        yield from made


def _grammar() -> Grammar:
    global _loaded
    if _loaded is None:
        _loaded = Grammar(weights.load())
    return _loaded


@dataclass(frozen=True, slots=True)
class Cut:
    """A tokenised text, and where the words stand of each of its paragraphs, white space and unseen marks left out."""

    doc: Doc
    space: NDArray[np.bool_]
    places: list[NDArray[np.intp]]
    forms: list[Forms]


class Grammar:
    """The trained network and what stands around it: tokens, rules, names for numbers."""

    def __init__(self, trained: weights.Trained) -> None:
        self._trained = trained
        self._tokens = Tokens(trained.vocab)
        self._kept: OrderedDict[Forms, Parsed] = OrderedDict()
        strings = self._strings = trained.vocab.strings
        self._tags = [_signed(strings.add(tag)) for tag in trained.tags]
        self._deps = [_signed(strings.add(dep)) for dep in trained.deps]
        self._root, self._loose, self._mark = (_signed(strings.add(dep)) for dep in ("ROOT", "dep", "punct"))
        self._blank = [_signed(strings.add("_SP")), _number("SPACE")]
        self._closing = [_signed(strings.add("''")), _number("PUNCT")]
        self._kinds = [_signed(strings.add(name[2:])) if name != "O" else 0 for name in trained.names]
        relations = [*trained.deps, "ROOT"]  # which _ROOT finds at the end
        self._classes = np.array(
            [[_number(words.universal(tag, relation)) for relation in relations] for tag in trained.tags]
        )
        self._lemmas = Lemmas(self._look_up, len(trained.tags))

    def read(self, texts: Sequence[str], unseen: Iterable[Collection[int]] = repeat(())) -> list[Doc]:
        cut = [self._cut(text, places) for text, places in zip(texts, unseen, strict=False)]
        known: dict[Forms, Parsed] = {}
        new: dict[Forms, None] = {}
        for one in cut:
            for forms in one.forms:
                if forms in self._kept:
                    self._kept.move_to_end(forms)
                    known[forms] = self._kept[forms]
                else:
                    new[forms] = None
        # Paragraphs of like length go together, so that a step of the network serves as many of them as can be.
        order = sorted(new, key=len, reverse=True)
        for at in range(0, len(order), TOGETHER):
            midway.at(midway.GRAMMAR * at / len(order))
            together = order[at : at + TOGETHER]
            for forms, rows in zip(together, self._parse(together), strict=True):
                known[forms] = self._kept[forms] = rows
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return [self._annotate(one, known) for one in cut]

    def _cut(self, text: str, unseen: Collection[int]) -> Cut:
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise ValueError(
                f"The text holds half a surrogate pair at character {error.start}; clean it first."
            ) from None
        doc, words, blanks = self._tokens(text)
        columns.keep(doc, text, words)
        space, blank = np.array([word.isspace() for word in words], dtype=bool), np.array(blanks, dtype=bool)
        lengths = np.array([len(word) for word in words], dtype=np.intp)
        begins = np.cumsum(lengths + blank) - lengths - blank
        seen = ~space & ~np.isin(begins, list(unseen)) if unseen else ~space
        kept = np.flatnonzero(seen)
        if not len(kept):
            return Cut(doc, space, [], [])
        # A blank follows a word where it has one, or where white space or a mark with one stands before the next word.
        open_ = np.cumsum(space | blank)
        followed = np.r_[open_[kept[1:] - 1] > open_[kept[:-1]] - (space | blank)[kept[:-1]], False]
        forms = [words[i] + " " if gap else words[i] for i, gap in zip(kept.tolist(), followed.tolist(), strict=True)]
        number = np.searchsorted(breaks(text), begins[kept], side="right")
        edges = [0, *(np.flatnonzero(np.diff(number)) + 1).tolist(), len(kept)]
        edges = [
            at
            for start, end in pairwise(edges)
            for at in ([start] if end - start <= LONGEST else _shortened(forms, start, end))
        ] + [len(kept)]
        spans = [(start, end) for start, end in pairwise(edges) if end > start]
        return Cut(
            doc,
            space,
            [kept[start:end] for start, end in spans],
            [(*forms[start : end - 1], forms[end - 1].removesuffix(" ")) for start, end in spans],
        )

    def _parse(self, paragraphs: list[Forms]) -> list[Parsed]:
        """Tags, trees and names of paragraphs, and the states of their words."""
        network = self._trained.network
        scores = network(paragraphs)
        edges: list[int] = []
        for forms, start in zip(paragraphs, scores.bounds.tolist(), strict=False):
            wished = np.flatnonzero(scores.starts[start : start + len(forms)] > 0).tolist()
            edges += [start + first for first in sentences.starts(forms, wished)]
        edges.append(len(scores.tags))
        heads = trees.best([network.arcs(scores, first, last) for first, last in pairwise(edges)])
        flat = [form for forms in paragraphs for form in forms]
        _hang_stops(heads, flat, edges)
        places = np.arange(len(heads))
        tags, deps = scores.tags.argmax(axis=1), network.labels(scores, heads).argmax(axis=1)
        made = np.zeros((len(heads), len(_COLUMNS)), dtype=np.int64)
        made[:, _HEAD] = heads - places
        made[:, _DEP] = np.where(heads == places, self._root, np.take(self._deps, deps))
        made[:, _TAG] = np.take(self._tags, tags)
        made[:, _POS] = self._classes[tags, np.where(heads == places, _ROOT, deps)]
        made[:, _LEMMA], own = self._lemmas(flat, scores.forms, scores.renewed, tags, network.remembered).T
        np.copyto(made[:, _POS], own, where=own > 0)
        self._mark_names(made, scores)
        bounds = scores.bounds[1:-1]
        # Copies: a part of an array that is remembered would keep the whole of it in memory.
        return [
            (rows.copy(), states.copy())
            for rows, states in zip(np.split(made, bounds), np.split(scores.states, bounds), strict=True)
        ]

    def _look_up(self, form: str, tag: int) -> tuple[int, int]:
        """The lemma of a form with its tag, and its word class where the form itself decides it, else 0."""
        word, trained = form.removesuffix(" "), self._trained
        name = trained.tags[tag]
        found = words.lemma(word, name, trained.lemmas, trained.ranks)
        own = _number(words.NEGATION) if words.denies(word, name) else 0
        return _signed(self._strings.add(found)), own

    def _mark_names(self, made: Rows, scores: Scores) -> None:
        """Names as runs of B and I; each takes the kind that its words, taken together, make likeliest."""
        best = scores.names.argmax(axis=1)
        made[:, _IOB] = 2
        begins = set(scores.bounds.tolist())
        runs: list[list[int]] = []
        before = -2
        for i in np.flatnonzero(best).tolist():
            if i == before + 1 and best[i] % 2 == 0 and i not in begins:
                runs[-1].append(i)
            else:
                runs.append([i])
            before = i
        if not runs:
            return
        sizes, inside = [len(run) for run in runs], [i for run in runs for i in run]
        firsts = np.r_[0, np.cumsum(sizes)[:-1]]
        scored = scores.names[inside]
        likely = np.add.reduceat(np.logaddexp(scored[:, 1::2], scored[:, 2::2]), firsts, axis=0).argmax(axis=1)
        made[inside, _KIND] = np.repeat(np.take(self._kinds, 1 + 2 * likely), sizes)
        made[inside, _IOB] = 1
        made[[run[0] for run in runs], _IOB] = 3

    def _annotate(self, one: Cut, known: dict[Forms, Parsed]) -> Doc:
        """Lay the paragraphs into the whole text. White space hangs on the word before it, and says nothing."""
        size = len(one.doc)
        if not size:
            return one.doc
        places = np.arange(size)
        made = np.zeros((size, len(_COLUMNS)), dtype=np.int64)
        made[:, _IOB], made[:, _HEAD] = 2, -1
        made[:, _DEP] = np.where(one.space, self._loose, self._mark)
        made[:, _TAG : _POS + 1] = np.where(one.space[:, None], self._blank, self._closing)
        made[:, _LEMMA] = one.doc.to_array("ORTH").astype(np.uint64).view(np.int64)
        states = one.doc.user_data[STATES] = np.full((size, SIZE), ZERO, dtype=np.uint8)
        if one.places:
            first = one.places[0][0]
            made[:first, _HEAD] = first - places[:first]
        else:
            made[0, _HEAD], made[0, _DEP] = 0, self._root
        for place, forms in zip(one.places, one.forms, strict=True):
            rows, found = known[forms]
            made[place], states[place] = rows, found
            if place[-1] - place[0] + 1 > len(place):  # white space or unseen marks inside
                inner = np.arange(len(place))
                made[place, _HEAD] = place[inner + rows[:, _HEAD]] - place
                for k in np.flatnonzero(rows[:, _IOB] == 1).tolist():  # a name may run over a line end
                    made[place[k - 1] + 1 : place[k], [_IOB, _KIND]] = 1, rows[k, _KIND]
        return one.doc.from_array(_COLUMNS, cast(Any, made.view(np.uint64)))


def _hang_stops(heads: NDArray[np.intp], flat: Sequence[str], edges: Sequence[int]) -> None:
    """The stop that ends a sentence belongs to the whole of it, not to a clause; sentences lie between `edges`."""
    hung = np.bincount(heads, minlength=len(heads)).tolist()
    for first, last in pairwise(edges):
        if flat[last - 1] in _STOPS and last - first > 1 and not hung[last - 1]:
            heads[last - 1] = first + int((heads[first:last] == np.arange(first, last)).argmax())


def _shortened(forms: list[str], start: int, end: int) -> list[int]:
    """Where to begin the pieces of a paragraph over LONGEST words: after the next stop, or at twice LONGEST."""
    made = [start]
    for i in range(start, end):
        size = i - made[-1]
        if size >= 2 * LONGEST or (size >= LONGEST and forms[i - 1].removesuffix(" ") in {".", "!", "?"}):
            made.append(i)
    return made


def _signed(value: int) -> int:
    """A hash as the signed number of the same bits."""
    return value - (1 << 64) if value >= 1 << 63 else value


def _number(universal: str) -> int:
    """spaCy's number for a word class."""
    return int(IDS[universal])
