"""What one source puts in scare quotes and another writes plainly: tables come in, pairs with their places go out."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import numpy as np
import pandas as pd

from analysis.flat import fold
from analysis.framing.evidence import Spot
from analysis.framing.measured_once import once
from analysis.tables import Tables
from analysis.voices import WORD

MAX_TERMS = 200  # marked terms looked up in the plain text: the most frequent, which bounds the search
MAX_EVIDENCE = 60  # places kept with a difference: more than anybody reads, and counts say how many there are
MAX_ARTICLES = 300  # articles searched for one term

Places = dict[str, dict[str, list[Spot]]]  # term → source → where


def marked_elsewhere_plain(tables: Tables, *, top: int = 50) -> pd.DataFrame:
    """Terms that one source puts in scare quotes and another writes in its own voice without marks.

    One row per term × marking source × other source, most marked first: term, source, n_marked, other, n_plain,
    marked and plain (evidence: tuples of (article, start, end), at most MAX_EVIDENCE).
    Looks up the MAX_TERMS most marked terms.
    """
    return _marked_elsewhere_plain(tables).head(top).reset_index(drop=True)


@once
def _marked_elsewhere_plain(tables: Tables) -> pd.DataFrame:
    quotes = tables.quotes[(tables.quotes["kind"] == "scare") & (tables.quotes["voice"] == "narrator")]
    terms = [" ".join(WORD.findall(fold(text))) for text in quotes["text"]]
    quotes = quotes.assign(term=pd.Series(terms, index=quotes.index, dtype="str"))
    counts = quotes.loc[quotes["term"] != "", "term"].value_counts()
    common = sorted(counts.index, key=lambda term: (-counts[term], term))[:MAX_TERMS]
    plain = _plain_uses(tables, common)
    marked: dict[tuple[str, str], list[Spot]] = defaultdict(list)
    columns = (quotes[name].tolist() for name in ("term", "source", "article", "start", "end"))
    for term, source, article, start, end in zip(*columns, strict=True):
        marked[term, source].append((article, start, end))
    rows: list[tuple[Any, ...]] = []
    for (term, source), own in marked.items():
        for other, spots in plain.get(term, {}).items():
            if other != source:
                places = (tuple(own[:MAX_EVIDENCE]), tuple(spots[:MAX_EVIDENCE]))
                rows.append((term, source, len(own), other, len(spots), *places))
    frame = pd.DataFrame(rows, columns=["term", "source", "n_marked", "other", "n_plain", "marked", "plain"])
    frame = frame.astype({"term": "str", "source": "str", "other": "str", "n_marked": "int64", "n_plain": "int64"})
    order = ["n_marked", "n_plain", "term", "source", "other"]
    return frame.sort_values(order, ascending=[False, False, True, True, True], kind="stable")


def by_term(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of `marked_elsewhere_plain` with all the others of a term and source in one.

    Returns term, source, n_marked, others (tuple of sources, those that write it most first), n_plain (of all of
    them), marked and plain (their places); the order stays.
    """
    found: dict[tuple[str, str], list[Any]] = {}
    columns = ("term", "source", "n_marked", "other", "n_plain", "marked", "plain")
    for term, source, n_marked, other, n_plain, marked, plain in zip(
        *(frame[c].tolist() for c in columns), strict=True
    ):
        row = found.setdefault((term, source), [term, source, n_marked, (), 0, marked, ()])
        row[3], row[4], row[6] = (*row[3], other), row[4] + n_plain, (*row[6], *plain)
    names = ["term", "source", "n_marked", "others", "n_plain", "marked", "plain"]
    return pd.DataFrame(list(found.values()), columns=names)


def spots_of(rows: pd.DataFrame) -> tuple[Spot, ...]:
    """The places of the first MAX_EVIDENCE rows, which have article, start and end."""
    rows = rows.head(MAX_EVIDENCE)
    return tuple((str(a), int(s), int(e)) for a, s, e in zip(rows["article"], rows["start"], rows["end"], strict=True))


def _plain_uses(tables: Tables, terms: list[str]) -> Places:
    """Where each term stands in the narrator's words outside of all marks.

    The rarest word of a term finds the few articles that can hold it, so that not every sentence is searched.
    """
    holders = _holders(tables, terms)
    wanted = {article for articles in holders.values() for article in articles}
    sentences = tables.sentences[tables.sentences["article"].isin(wanted) & (tables.sentences["narrator"] > 0)]
    texts: dict[str, list[tuple[str, int, str, str]]] = defaultdict(list)
    columns = (sentences[name].tolist() for name in ("article", "source", "start", "text"))
    for article, source, start, text in zip(*columns, strict=True):
        texts[article].append((source, start, text, text.lower().replace("’", "'")))
    elsewhere: dict[str, list[tuple[int, int]]] = defaultdict(list)  # what is in marks, or said by somebody else
    for rows in (tables.quotes, tables.attributions):
        rows = rows[rows["article"].isin(wanted)]
        for article, start, end in zip(*(rows[name].tolist() for name in ("article", "start", "end")), strict=True):
            elsewhere[article].append((start, end))
    uses: Places = {}
    for term, articles in holders.items():
        words = (re.escape(word).replace("'", "['’]") for word in term.split())
        pattern = re.compile(r"(?<!\w)" + r"[\W_]{1,2}".join(words) + r"(?!\w)", re.IGNORECASE)
        longest = max(term.split(), key=len)  # a sentence without it need not be searched
        found: dict[str, list[Spot]] = defaultdict(list)
        for article in articles:
            for source, start, text, folded in texts[article]:
                if longest not in folded:
                    continue
                for match in pattern.finditer(text):
                    first, last = start + match.start(), start + match.end()
                    if not any(left <= first < right for left, right in elsewhere[article]):
                        found[source].append((article, first, last))
        uses[term] = found
    return uses


def _holders(tables: Tables, terms: list[str]) -> dict[str, list[str]]:
    """The articles (at most MAX_ARTICLES) in which the narrator uses the rarest word of each term."""
    bag = tables.words[tables.words["voice"] == "narrator"]
    codes = {word: code for code, word in enumerate(bag["word"].cat.categories)}
    frequency = np.bincount(bag["word"].cat.codes.to_numpy(), minlength=len(codes))
    rarest: dict[str, int] = {}
    for term in terms:
        known = [codes.get(word.removesuffix("'s"), -1) for word in term.split()]
        if min(known) >= 0:
            rarest[term] = min(known, key=lambda code: int(frequency[code]))
    bag = bag[np.isin(bag["word"].cat.codes.to_numpy(), list(set(rarest.values())))]
    articles: dict[int, list[str]] = defaultdict(list)
    for code, article in zip(bag["word"].cat.codes.tolist(), bag["article"].astype("str").tolist(), strict=True):
        articles[code].append(article)
    return {term: articles[code][:MAX_ARTICLES] for term, code in rarest.items()}
