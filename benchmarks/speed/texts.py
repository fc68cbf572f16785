"""Articles to measure on: those that ship, or those of a folder of news, again and again.

Other spellings keep paragraphs that were read before from being answered out of memory. They are not English, so such
texts say what reading costs, not what news is like. A whole folder of news needs none: it holds far more paragraphs
than a process remembers (`analysis.language.reader.KEPT`), so all are forgotten when their turn comes again.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import count, islice
from pathlib import Path

from analysis import load
from analysis.model import Article
from analysis.voices import WORD
from benchmarks.pages.corpora import ROOT, respelt

NEWS = Path("outlet_articles", "articles.jsonl.gz")  # in the folder of --data
MOST = 1000  # articles of it; enough that no run of the comparison reads one twice


def articles(data: Path | None, number: int) -> Iterator[Article]:
    """So many articles, each turn of the same ones with spellings of its own."""
    return islice((_told(one, turn, turn) for turn in count() for one in _first(data)), number)


def corpus(data: Path | None, number: int) -> Iterator[Article]:
    """So many articles; those of a folder are spelled as they are, in every turn."""
    if data is None:
        return articles(None, number)
    return islice((_told(one, turn, 0) for turn in count() for one in _first(data)), number)


def told(data: Path | None) -> str:
    """Which texts these are, in capitals where they are none that anybody would measure news by."""
    if data is None:
        return "TEXTS READ: THE SAMPLES of this repository, repeated with other spellings. For news give --data FOLDER."
    return f"TEXTS READ: NEWS, the first {MOST:,} articles of {data / NEWS}."


def words(text: str) -> int:
    """How many words a text has, counted alike for all that are compared."""
    return sum(1 for _ in WORD.finditer(text))


@cache
def _first(data: Path | None) -> list[Article]:
    return list(_news(data) if data else load(ROOT / "samples" / "articles.jsonl"))


def _news(data: Path) -> Iterator[Article]:
    with gzip.open(data / NEWS, "rt", encoding="utf-8") as lines:
        for line in islice(lines, MOST):
            row = json.loads(line)
            yield Article(row["id"], row["text"], row["source"], row["title"])


def _told(article: Article, turn: int, spelling: int) -> Article:
    again = respelt(spelling)
    return replace(article, id=f"{article.id}-{turn}", title=again(article.title), text=again(article.text))
