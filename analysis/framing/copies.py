"""Which articles repeat the text of another: told by shared runs of words (containment of word shingles, Broder 1997).

Tables and the articles of stories come in, the article that each repeats goes out.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from analysis.framing import article_numbers
from analysis.framing.article_numbers import Ints
from analysis.framing.contents import JOINERS, sentence_of
from analysis.framing.measured_once import once
from analysis.letters import runs
from analysis.tables import Tables

SHINGLE = 5  # words; shorter runs are shared by chance (“the prime minister said on”)
SAME_TEXT = 0.5  # of the shorter text's shingles, from which it is a copy
FEW_SHINGLES = 20  # a shorter text is too short to call a copy
BLOCK = 500  # articles whose words are looked at together
REMEMBERED = 5_000  # articles: of larger corpora (3.5 KB an article) the runs are worked out each time
_MIXER = np.uint64(0x9E3779B97F4A7C15)  # odd, its bits well spread: 2^64 divided by the golden ratio
_LETTER = 0x100000001B3  # odd: what a word is spelt with, as digits of a number (the prime of Fowler, Noll & Vo)
_LOWER = 0xFFFF  # of the letters in the table of lower case; those beyond it have one case
_SHELVES = 22  # bits: what is met twice is looked up in so many places

Codes = np.ndarray[Any, np.dtype[np.uint64]]


def originals(tables: Tables, frame: pd.DataFrame) -> list[str]:
    """For each row (columns label, published, article) the article whose text it repeats, else "".

    Of those alike within a label that is the earliest, then the first by id.
    """
    known = article_numbers.of(tables)
    number = known.units.numbers(frame["article"])
    label = np.full(len(tables.articles), -1, dtype=np.int64)
    label[number] = pd.factorize(frame["label"])[0]
    shared, size = _shared(tables, known.of("sentences"), label)
    empty: frozenset[int] = frozenset()
    original: dict[int, int] = {}
    order = frame.assign(number=number).sort_values(["label", "published", "article"], kind="stable")["number"]
    first: dict[int, list[int]] = defaultdict(list)  # of each label, the articles that repeat nobody
    for mine in order.tolist():
        runs_of_mine = shared.get(mine, empty)
        for other in first[label[mine]]:
            shorter = min(size[mine], size[other])
            if shorter >= FEW_SHINGLES and len(runs_of_mine & shared.get(other, empty)) >= SAME_TEXT * shorter:
                original[mine] = other
                break
        else:
            first[label[mine]].append(mine)
    ids = tables.articles["article"]
    return [str(ids.iloc[original[one]]) if one in original else "" for one in number.tolist()]


def _shared(tables: Tables, number: Ints, label: Ints) -> tuple[dict[int, frozenset[int]], list[int]]:
    """Of each article with a label: the runs that may stand in another of its label, and how many it has in all.

    Most runs of most articles are theirs alone: those are only counted.
    """
    article, run = _runs(tables, number, label >= 0)
    keys = run ^ (label[article].astype(np.uint64) * _MIXER)
    ordered = np.sort(keys)
    shelf = np.uint64(64 - _SHELVES)
    twice = np.zeros(1 << _SHELVES, dtype=bool)
    twice[ordered[1:][ordered[1:] == ordered[:-1]] >> shelf] = True
    met = twice[keys >> shelf]
    size = np.bincount(article[~met], minlength=len(label)).tolist()
    article, keys = article[met], keys[met]
    owners, begins = np.unique(article, return_index=True)
    parts = np.split(keys, begins[1:]) if len(owners) else []
    shared = {owner: frozenset(part.tolist()) for owner, part in zip(owners.tolist(), parts, strict=True)}
    for owner, own in shared.items():
        size[owner] += len(own)
    return shared, size


def _runs(tables: Tables, number: Ints, wanted: Any) -> tuple[Ints, Codes]:
    """A number for every run of SHINGLE words of the wanted articles, and the article of each, in order."""
    known, place = _remembered(tables, len(wanted))
    new = np.array([one not in known for one in place.tolist()], dtype=bool) & wanted
    rows = np.flatnonzero(new[number] & (number >= 0))
    rows = rows[np.argsort(number[rows], kind="stable")]
    own = number[rows]
    articles, begins = np.unique(own, return_index=True)
    cuts = [*begins[::BLOCK].tolist(), len(own)]
    texts = tables.sentences["text"]
    for first, last in pairwise(cuts) if len(articles) else ():
        article, run = _runs_of(texts.take(rows[first:last]).tolist(), own[first:last])
        told, at = np.unique(article, return_index=True)
        known.update(zip(place[told].tolist(), np.split(run, at[1:]), strict=True) if len(told) else ())
    found = [(one, known[at]) for one, at in enumerate(place.tolist()) if wanted[one] and at in known]
    if not found:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.uint64)
    owners, runs_of_each = zip(*found, strict=True)
    return np.repeat(owners, [len(one) for one in runs_of_each]), np.concatenate(runs_of_each)


def _remembered(tables: Tables, articles: int) -> tuple[dict[int, Codes], Ints]:
    """The runs of articles that were looked at before, and where each article of `tables` stands among them.

    A part of some tables shares those of the whole: whoever sets a filter does not read the same texts again.
    """
    whole, rows = tables.part_of or (tables, np.arange(articles))
    return (_known(whole) if len(whole.articles) <= REMEMBERED else {}), rows


@once
def _known(_tables: Tables) -> dict[int, Codes]:
    """Filled as articles are looked at, by their numbers."""
    return {}


def _runs_of(texts: list[str], number: Ints) -> tuple[Ints, Codes]:
    """As `_runs`, for sentences in order; `number`: that of the article of each."""
    text = " ".join(texts)
    starts, ends = runs(text, JOINERS)
    article = number[sentence_of(texts, starts)]
    words = _spelt(text, starts, ends)
    made = np.zeros(max(0, len(words) - SHINGLE + 1), dtype=np.uint64)
    for step in range(SHINGLE if len(made) else 0):
        made = made * _MIXER + words[step : step + len(made)]
    # A run that goes on into the next text is nobody's.
    inside = article[: len(made)] == article[SHINGLE - 1 :]
    return article[: len(made)][inside], made[inside]


def _spelt(text: str, starts: Ints, ends: Ints) -> Codes:
    """A number for each word of a text by its letters, whatever their case and the shape of apostrophes."""
    letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    lower = np.where(letters <= _LOWER, _lower()[np.minimum(letters, _LOWER)], letters).astype(np.uint64)
    size = len(letters) + 1
    up, down = (_powers(base, size) for base in (_LETTER, pow(_LETTER, -1, 1 << 64)))
    upto = np.zeros(size, dtype=np.uint64)
    np.cumsum((lower + np.uint64(1)) * up[:-1], out=upto[1:])
    words: Codes = (upto[ends] - upto[starts]) * down[starts]
    return (words ^ (words >> np.uint64(32))) * _MIXER


def _powers(base: int, size: int) -> Codes:
    powers = np.full(size, base, dtype=np.uint64)
    powers[0] = 1
    return np.cumprod(powers, out=powers)


@cache
def _lower() -> Any:
    small = [chr(code).lower() for code in range(_LOWER + 1)]
    table = np.array([ord(one) if len(one) == 1 else code for code, one in enumerate(small)], dtype=np.uint32)
    table[ord("’")] = ord("'")
    return table
