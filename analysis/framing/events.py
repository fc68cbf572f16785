"""Which articles tell the same event, and which are the same text: tables come in, one row per article goes out.

Two articles tell the same event when the words of their headline and first sentences and the names in them are alike
(cosine of TF-IDF weights, Salton & Buckley 1988) and they appeared within a few days. Articles that repeat each
other's text word for word (agency copy, reprints) are told by shared runs of words (containment of word shingles,
Broder 1997) and count once.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, chain
from typing import Any

import numpy as np
import pandas as pd

from analysis.flat import fold
from analysis.framing.once import once
from analysis.framing.words import FUNCTION_WORDS
from analysis.tables import Tables
from analysis.voices import WORD

LEAD = 8  # sentences: headline and seven more; fiery articles name people and places only after a paragraph or two
DAYS = 4  # apart at most; a weekly answers an event of Friday on Tuesday
# Chosen on half of 505 events as three outlets told them (headline and lead): pairwise F1 0.74, 0.73 on the other half.
ALIKE = 0.18  # cosine from which two articles may tell one event
TOGETHER = 0.13  # mean cosine between all articles of two groups from which the groups are one story
NAME = 2.0  # weight of a capitalised word against any other
NEIGHBOURS = 80  # articles with the same word, nearest in time, that an article is compared with: bounds the work
USUAL = 100  # documents: among three that tell one event its own words would else weigh nothing, for being in all
SHINGLE = 5  # words; shorter runs are shared by chance (“the prime minister said on”)
SAME_TEXT = 0.5  # of the shorter text's shingles, from which it is a copy
FEW_SHINGLES = 20  # a shorter text is too short to call a copy
_FAR = 10**6  # days; articles without a date stand by themselves in time, all together

_PARTED = re.compile(rf"[,.](?=\d)({WORD.pattern})")  # what may be the second part of a number
_MIXER = np.uint64(0x9E3779B97F4A7C15)  # odd, its bits well spread: 2^64 divided by the golden ratio

Array = np.ndarray[Any, Any]


def landmarks(found: pd.DataFrame, *, top: int) -> tuple[tuple[str, str], ...]:
    """The `top` stories of `stories` told by most sources: first day (ISO) and its headline, in order of time."""
    dated = found[found["published"].notna() & (found["title"] != "")].sort_values("published", kind="stable")
    first = dated.drop_duplicates("story").sort_values(["n_sources", "n_tellings"], ascending=False, kind="stable")
    chosen = first.head(top).sort_values("published", kind="stable")
    return tuple(
        (f"{day:%Y-%m-%d}", str(title)) for day, title in zip(chosen["published"], chosen["title"], strict=True)
    )


def stories(tables: Tables, *, days: int = DAYS) -> pd.DataFrame:
    """The stories told by at least two sources, most sources first, then latest.

    Returns story (a number from 0), article, source, title, published, copy_of (the id of the article whose text this
    one repeats, or ""), n_sources, n_tellings (the two last per story; copies counted once, and a copy is no telling).
    An article is in one story at most. Articles without a date are compared with each other alone.
    """
    return _stories(tables, days).copy()


@once
def _stories(tables: Tables, days: int) -> pd.DataFrame:
    columns = ["story", "article", "source", "title", "published", "copy_of", "n_sources", "n_tellings"]
    articles = tables.articles
    leads = _leads(tables)
    published = articles["published"].to_numpy("datetime64[D]")
    day = np.where(np.isnat(published), _FAR, published.astype("int64"))
    labels = group([content_words(leads.get(article, "")) for article in articles["article"]], day, days=days)
    frame = articles[["article", "source", "title", "published"]].assign(label=labels)
    told = frame.groupby("label")["source"].nunique()
    frame = frame[frame["label"].map(told) > 1]
    if frame.empty:
        return _empty(columns)
    frame = frame.assign(copy_of=_copies(tables, frame))
    own = frame[frame["copy_of"] == ""].groupby("label")
    frame = frame.assign(
        n_sources=frame["label"].map(own["source"].nunique()), n_tellings=frame["label"].map(own.size())
    )
    latest = frame["label"].map(frame.groupby("label")["published"].max())
    order = frame.assign(latest=latest, copied=frame["copy_of"] != "")
    order = order.sort_values(
        ["n_sources", "latest", "label", "copied", "source", "article"],
        ascending=[False, False, True, True, True, True], kind="stable",
    )  # fmt: skip
    number = {label: place for place, label in enumerate(dict.fromkeys(order["label"]))}
    frame = order.assign(story=order["label"].map(number).astype("int64"))[columns]
    return frame.astype({"copy_of": "str", "n_sources": "int64", "n_tellings": "int64"}).reset_index(drop=True)


def _empty(columns: list[str]) -> pd.DataFrame:
    numbers = dict.fromkeys(("story", "n_sources", "n_tellings"), "int64")
    return pd.DataFrame(columns=columns).astype(
        dict.fromkeys(columns, "str") | {"published": "datetime64[us]"} | numbers
    )


def group(documents: Sequence[Counter[str]], day: Array, *, days: int = DAYS) -> Array:
    """A label for each document, the same for those that tell one event. `day` counts days; `documents` are terms."""
    pairs, cosines = _pairs(documents, np.asarray(day, dtype=np.int64), days)
    known = dict(zip(map(tuple, pairs.tolist()), cosines.tolist(), strict=True))
    label = np.arange(len(documents))
    members = {place: [place] for place in range(len(documents))}
    for at in np.argsort(-cosines, kind="stable"):
        if cosines[at] < ALIKE:
            break
        first, second = sorted((int(label[pairs[at, 0]]), int(label[pairs[at, 1]])))
        if first == second:
            continue
        own, other = members[first], members[second]
        span = [int(day[place]) for place in (*own, *other)]
        if max(span) - min(span) > 2 * days:
            continue
        between = sum(known.get((a, b) if a < b else (b, a), 0.0) for a in own for b in other)
        # Without this, one article about two things would chain two stories into one.
        if between / (len(own) * len(other)) >= TOGETHER:
            label[other] = first
            own.extend(members.pop(second))
    return label


def _pairs(documents: Sequence[Counter[str]], day: Array, days: int) -> tuple[Array, Array]:
    """Pairs of documents (i < j) close in time that share a term, with their cosines."""
    order = np.argsort(day, kind="stable")
    ordered = [documents[number] for number in order]
    terms, vocabulary = pd.factorize(np.array([word for one in ordered for word in one], dtype=object))
    places = np.repeat(np.arange(len(ordered)), [len(one) for one in ordered])
    times = np.array([n for one in ordered for n in one.values()], dtype=np.float64)
    named = np.array([NAME if word[:1].isupper() else 1.0 for word in vocabulary])
    weights = (1 + np.log(times)) * (named[terms] if len(terms) else 1.0)
    frequency = np.bincount(terms, minlength=len(vocabulary))
    weights *= np.log((1 + max(len(documents), USUAL)) / frequency[terms]) if len(terms) else 1.0
    length = np.sqrt(np.bincount(places, weights=weights**2, minlength=len(documents)))
    weights /= np.maximum(length[places], 1e-12)
    by_term = np.lexsort((places, terms))
    terms, places, weights, when = terms[by_term], places[by_term], weights[by_term], day[order][places[by_term]]
    found_keys, found_weights = [], []
    first = np.arange(len(terms))
    for step in range(1, NEIGHBOURS + 1):
        # Who shares no word with the one so many steps on, or is too early for it, does not with those beyond either.
        first = first[first < len(terms) - step]
        first = first[(terms[first + step] == terms[first]) & (when[first + step] - when[first] <= days)]
        if not len(first):
            break
        found_keys.append(places[first] * len(documents) + places[first + step])
        found_weights.append(weights[first] * weights[first + step])
    if not found_keys:
        return np.empty((0, 2), dtype=np.int64), np.empty(0)
    keys, inverse = np.unique(np.concatenate(found_keys), return_inverse=True)
    cosines = np.bincount(inverse, weights=np.concatenate(found_weights))
    pairs = np.sort(np.stack([order[keys // len(documents)], order[keys % len(documents)]], axis=1), axis=1)
    return pairs, cosines


def _leads(tables: Tables) -> dict[str, str]:
    """Headline and first sentences of every article. The headline is the first sentence where there is one."""
    first = tables.sentences.groupby("article", sort=False).head(LEAD)
    gathered: dict[str, list[str]] = defaultdict(list)
    for article, text in zip(first["article"].tolist(), first["text"].tolist(), strict=True):
        gathered[article].append(text)
    return {article: " ".join(texts) for article, texts in gathered.items()}


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


def _copies(tables: Tables, frame: pd.DataFrame) -> list[str]:
    """For each row the article whose text it repeats: the earliest, then the longest, of those alike; else ""."""
    own = tables.sentences[tables.sentences["article"].isin(frame["article"])]
    texts: dict[str, list[str]] = defaultdict(list)
    for article, text in zip(own["article"].tolist(), own["text"].tolist(), strict=True):
        texts[article].append(text)
    runs = dict(zip(texts, _shingles([" ".join(parts) for parts in texts.values()]), strict=True))
    empty: frozenset[int] = frozenset()
    original: dict[str, str] = {}
    ranked = frame.sort_values(["label", "published", "article"], kind="stable")
    first: dict[int, list[str]] = defaultdict(list)  # of each story, the articles that repeat nobody
    for label, article in zip(ranked["label"].tolist(), ranked["article"].tolist(), strict=True):
        mine = runs.setdefault(article, empty)
        for other in first[label]:
            shorter = min(len(mine), len(runs[other]))
            if shorter >= FEW_SHINGLES and len(mine & runs[other]) >= SAME_TEXT * shorter:
                original[article] = other
                break
        else:
            first[label].append(article)
    return [original.get(article, "") for article in frame["article"]]


def _shingles(texts: Sequence[str]) -> list[frozenset[int]]:
    """Numbers for the runs of SHINGLE words in each text."""
    found = [WORD.findall(text.lower().replace("’", "'")) for text in texts]
    codes = pd.factorize(np.array(list(chain.from_iterable(found)), dtype=object))[0].astype(np.uint64) + np.uint64(1)
    runs = np.zeros(max(0, len(codes) - SHINGLE + 1), dtype=np.uint64)
    for step in range(SHINGLE if len(runs) else 0):
        runs = runs * _MIXER + codes[step : step + len(runs)]
    numbers = runs.tolist()
    ends = accumulate(map(len, found))
    # A run that goes on into the next text is nobody's.
    return [
        frozenset(numbers[end - len(words) : max(end - len(words), end - SHINGLE + 1)])
        for end, words in zip(ends, found, strict=True)
    ]
