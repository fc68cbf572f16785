"""Corpora of any size for the pages, made of the sample articles.

They are the sample articles again and again, each time with other days, other outlets and other spellings of a third
of their longer words (of the same length, so that every offset stays right). They show what size costs, not what news
is like.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from zlib import crc32

from analysis.model import Report

ROOT = Path(__file__).resolve().parent.parent.parent
OUTLETS = 3  # each sample newspaper stands for so many outlets
_WORD = re.compile(r"[A-Za-z]{5,}")
_TURN = str.maketrans("aeiouAEIOU", "eiouaEIOUA")


def respelt(turn: int) -> Callable[[str], str]:
    """What gives a text other spellings of a third of its longer words, for each turn others; turn 0 leaves it."""

    @cache
    def word(text: str) -> str:
        changes = turn and crc32(f"{turn}{text.lower()}".encode()) % 3 == 0
        for _ in range(1 + turn % 4 if changes else 0):  # five vowels: the fifth step would lead back
            text = text.translate(_TURN)
        return text

    return lambda text: _WORD.sub(lambda found: word(found[0]), text)


def varied(report: Report, turn: int) -> Report:
    """The report again, as the `turn`-th telling of something else: same offsets, other words, another day."""
    words = respelt(turn)
    article = report.article
    published = article.published and article.published + timedelta(days=turn * 5 % 1500)
    source = article.source if turn % OUTLETS == 0 else f"{article.source} {turn % OUTLETS + 1}"
    told = replace(
        article, id=f"{article.id}-{turn}", source=source, title=words(article.title), text=words(article.text),
        published=published,
    )  # fmt: skip
    return replace(report, article=told, actors=tuple(replace(one, name=words(one.name)) for one in report.actors))


def corpus(articles: int) -> tuple[Report, ...]:
    """The sample reports, `articles` of them."""
    from views import prepared

    ready = prepared.read()
    if ready is None:
        raise SystemExit("The prepared samples are stale: run `python -m views.prepared` first.")
    turns = articles // len(ready) + 1
    return tuple(varied(report, turn) for turn in range(turns) for report in ready)[:articles]
