"""Which articles tell the same event, and which are the same text: tables come in, one row per article goes out.

Two articles tell the same event when the words of their headline and first sentences and the names in them are alike
(cosine of TF-IDF weights, Salton & Buckley 1988) and they appeared within a few days. Articles that repeat each
other's text word for word (agency copy, reprints; `copies`) count once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from analysis.framing import contents
from analysis.framing.contents import Contents
from analysis.framing.copies import originals
from analysis.framing.measured_once import once
from analysis.tables import Tables

DAYS = 4  # apart at most; a weekly answers an event of Friday on Tuesday
# Chosen on half of 505 events as three outlets told them (headline and lead): pairwise F1 0.74, 0.73 on the other half.
ALIKE = 0.18  # cosine from which two articles may tell one event
TOGETHER = 0.13  # mean cosine between all articles of two groups from which the groups are one story
NAME = 2.0  # weight of a capitalised word against any other
NEIGHBOURS = 80  # articles with the same word, nearest in time, that an article is compared with: bounds the work
USUAL = 100  # documents: among three that tell one event its own words would else weigh nothing, for being in all
_FAR = 10**6  # days; articles without a date stand by themselves in time, all together

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


def steps(tables: Tables, *, days: int = DAYS) -> Iterator[tuple[str, Callable[[], Any]]]:
    """What `stories` has to do first, in the order in which it does it: in words, and what does it. Each is remembered,
    so that whoever stops between two loses nothing; what was done before is left out.
    """
    if _stories.known(tables, days) is None:
        yield "reading headlines", partial(contents.leads, tables)
        yield "setting side by side what is alike", partial(_labels, tables, days)
        yield "looking for copies", partial(_stories, tables, days)


@once
def _labels(tables: Tables, days: int) -> Array:
    """The event of each article, by number."""
    published = tables.articles["published"].to_numpy("datetime64[D]")
    day = np.where(np.isnat(published), _FAR, published.astype("int64"))
    return group(contents.leads(tables), day, days=days)


@once
def _stories(tables: Tables, days: int) -> pd.DataFrame:
    columns = ["story", "article", "source", "title", "published", "copy_of", "n_sources", "n_tellings"]
    frame = tables.articles[["article", "source", "title", "published"]].assign(label=_labels(tables, days))
    told = frame.groupby("label")["source"].nunique()
    frame = frame[frame["label"].map(told) > 1]
    if frame.empty:
        return _empty(columns)
    frame = frame.assign(copy_of=originals(tables, frame))
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


def group(documents: Contents | Sequence[Counter[str]], day: Array, *, days: int = DAYS) -> Array:
    """A label for each document, the same for those that tell one event. `day` counts days; `documents` are terms."""
    words = documents if isinstance(documents, Contents) else contents.counted(documents)
    day = np.asarray(day, dtype=np.int64)
    pairs, cosines = _pairs(words, day, days)
    alike = np.flatnonzero(cosines >= ALIKE)
    alike = alike[np.argsort(-cosines[alike], kind="stable")]
    joined = np.zeros(words.size, dtype=bool)
    joined[pairs[alike]] = True
    kept = joined[pairs].all(axis=1)  # what is alike to nobody joins no group
    known = dict(zip((pairs[kept, 0] * words.size + pairs[kept, 1]).tolist(), cosines[kept].tolist(), strict=True))
    label = list(range(words.size))
    members = {place: [place] for place in label}
    when = day.tolist()
    for one, two in pairs[alike].tolist():
        first, second = sorted((label[one], label[two]))
        if first == second:
            continue
        own, other = members[first], members[second]
        span = [when[place] for place in (*own, *other)]
        if max(span) - min(span) > 2 * days:
            continue
        between = sum(known.get(a * words.size + b if a < b else b * words.size + a, 0.0) for a in own for b in other)
        # Without this, one article about two things would chain two stories into one.
        if between / (len(own) * len(other)) >= TOGETHER:
            for place in other:
                label[place] = first
            own.extend(members.pop(second))
    return np.array(label)


def _pairs(words: Contents, day: Array, days: int) -> tuple[Array, Array]:
    """Pairs of documents (i < j) close in time that share a term, with their cosines."""
    order = np.argsort(day, kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    terms, places = words.term, rank[words.document]
    named = np.array([NAME if word[:1].isupper() else 1.0 for word in words.terms])
    weights = (1 + np.log(words.times.astype(np.float64))) * (named[terms] if len(terms) else 1.0)
    frequency = np.bincount(terms, minlength=len(words.terms))
    weights *= np.log((1 + max(words.size, USUAL)) / frequency[terms]) if len(terms) else 1.0
    length = np.sqrt(np.bincount(places, weights=weights**2, minlength=words.size))
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
        found_keys.append(places[first] * words.size + places[first + step])
        found_weights.append(weights[first] * weights[first + step])
    if not found_keys:
        return np.empty((0, 2), dtype=np.int64), np.empty(0)
    keys, inverse = np.unique(np.concatenate(found_keys), return_inverse=True)
    cosines = np.bincount(inverse, weights=np.concatenate(found_weights))
    pairs = np.sort(np.stack([order[keys // words.size], order[keys % words.size]], axis=1), axis=1)
    return pairs, cosines
