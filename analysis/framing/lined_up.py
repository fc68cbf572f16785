"""The tellings of one event set beside each other: tables and article ids come in, sentences by fact go out.

Sentences of different articles tell the same fact when their words are alike (cosine of TF-IDF weights within the
story). Alignment by shared words finds what is told with the same names and numbers; two sentences that share no
word stay apart, so “only one reports it” means: nobody else says it in words like these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.choices import check_choices
from analysis.framing.contents import content_places, content_words
from analysis.tables import Tables

SAME_FACT = 0.30  # cosine; below it the pairs of the sample stories mostly share a name and tell different things
TOGETHER = 0.22  # mean cosine with all sentences of a fact, so that facts do not chain
SHORTEST = 4  # content words; a shorter sentence is like everything and nothing
MAX_SENTENCES = 600  # of a story: the head of each telling, evenly; bounds a matrix of sentences by sentences

Span = tuple[int, int]
COLUMNS = ["fact", "n_sources", "article", "source", "start", "end", "text", "differing", "title"]


def lined_up(tables: Tables, articles: Sequence[str]) -> pd.DataFrame:
    """The sentences of some articles by the fact they tell, facts that most sources tell first.

    Returns fact (a number from 0), n_sources (that tell it), article, source, start, end, text, differing (spans of
    the article: words that no other sentence of the fact has; () where one source alone tells it) and title (True for
    headlines, which make up fact 0). A fact has one sentence of each article at most; rows keep the order of
    `articles`. An unknown article raises ValueError.
    """
    check_choices("article", articles, set(tables.articles["article"]))
    own = tables.sentences[tables.sentences["article"].isin(list(articles))]
    own = own.groupby("article", sort=False).head(max(2, MAX_SENTENCES // max(1, len(articles))))
    titles = set(tables.articles.loc[tables.articles["title"] != "", "article"])
    words = [content_words(text) for text in own["text"]]
    title = (own["start"] == 0).to_numpy() & own["article"].isin(titles).to_numpy()
    fact = _facts(words, own["article"].tolist(), title)
    frame = own[["article", "source", "start", "end", "text"]].assign(
        label=fact, title=title, place=np.arange(len(own))
    )
    frame = frame.assign(n_sources=frame["label"].map(frame.groupby("label")["source"].nunique()).astype("int64"))
    frame = frame.assign(differing=pd.Series(_differing(frame, words), index=frame.index, dtype=object))
    rank = {article: place for place, article in enumerate(articles)}
    # A fact stands where the first article that tells it has it.
    frame["rank"] = frame["article"].map(rank)
    first = frame.sort_values(["rank", "place"], kind="stable").drop_duplicates("label").set_index("label")
    frame["first_article"], frame["first_place"] = frame["label"].map(first["rank"]), frame["label"].map(first["place"])
    heads = frame["title"].map({True: 0, False: 1})
    order = frame.assign(heads=heads, fewest=-frame["n_sources"]).sort_values(
        ["heads", "fewest", "first_article", "first_place", "rank"], kind="stable"
    )
    number = {label: place for place, label in enumerate(dict.fromkeys(order["label"]))}
    frame = order.assign(fact=order["label"].map(number))[COLUMNS]
    return frame.astype({"fact": "int64"}).reset_index(drop=True)


def _facts(words: Sequence[Counter[str]], articles: Sequence[str], title: Any) -> list[int]:
    """A label for each sentence; headlines have label -1."""
    cosine = _cosines(words)
    label = np.arange(len(words))
    members = {place: [place] for place in range(len(words))}
    usable = np.array([sum(one.values()) >= SHORTEST for one in words]) & ~title if len(words) else np.zeros(0, bool)
    alike = np.argwhere(np.triu(cosine >= SAME_FACT, 1) & usable[:, None] & usable[None, :])
    ranked = alike[np.argsort(-cosine[alike[:, 0], alike[:, 1]], kind="stable")]
    for a, b in ranked.tolist():
        first, second = sorted((int(label[a]), int(label[b])))
        if first == second:
            continue
        own, other = members[first], members[second]
        apart = {articles[place] for place in own}.isdisjoint(articles[place] for place in other)
        if apart and float(cosine[np.ix_(own, other)].mean()) >= TOGETHER:
            label[other] = first
            own.extend(members.pop(second))
    return [-1 if heads else int(one) for one, heads in zip(label, title, strict=True)]


def _cosines(words: Sequence[Counter[str]]) -> Any:
    vocabulary = {word: place for place, word in enumerate(dict.fromkeys(word for one in words for word in one))}
    matrix = np.zeros((len(words), len(vocabulary)))
    for row, one in enumerate(words):
        for word, n in one.items():
            matrix[row, vocabulary[word]] = 1 + np.log(n)
    matrix *= np.log(1 + len(words) / np.maximum(1, (matrix > 0).sum(axis=0)))
    matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-12)
    return matrix @ matrix.T


def _differing(frame: pd.DataFrame, words: Sequence[Counter[str]]) -> list[tuple[Span, ...]]:
    """For each sentence the stretches of words that no sentence of another source about the same fact has."""
    rows = frame[["label", "source", "start", "text", "n_sources"]].to_dict("records")
    holders: dict[int, dict[str, set[str]]] = {}
    for row, one in zip(rows, words, strict=True):
        for word in one:
            holders.setdefault(row["label"], {}).setdefault(word.lower(), set()).add(row["source"])
    found: list[tuple[Span, ...]] = []
    for row in rows:
        spans: list[Span] = []
        if row["n_sources"] > 1:
            for start, end, form in content_places(row["text"]):
                if holders[row["label"]][form.lower()] == {row["source"]}:
                    first, last = row["start"] + start, row["start"] + end
                    # Neighbours with one blank between them are one stretch.
                    if spans and first - spans[-1][1] == 1:
                        first = spans.pop()[0]
                    spans.append((first, last))
        found.append(tuple(spans))
    return found
