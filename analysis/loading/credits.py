"""What a statement of the publisher is, and which words can name one. Known names stand in `publishers.tsv`."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from analysis.loading.dates import MONTH

MAX_NAME_WORDS = 7  # “The National Herald of the Northern Isles” has seven

# Pieces of patterns, shared by datelines, bylines and source lines.
DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\.?\s+{MONTH}|{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?)(?:,?\s+\d{{4}})?"
UPPER = "[A-ZÀ-ÖØ-Þ]"
WORD = rf"{UPPER}[\w.’'&/-]*"
_SMALL = r"(?:of|the|and|for|in|on|&|de|del|della|des|di|du|da|la|le|les|el|al|und|der|die|das|den|y|e|et|do|dos|van)"
_NAME = re.compile(rf"(?:[Tt]he )?(?:{WORD}|\d[\w.]*)(?:,? (?:{_SMALL} ){{0,2}}(?:{WORD}|\d[\w.]*|&|\|))*")
_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?:[/?#]\S*)?$", re.IGNORECASE)
UNNAMELIKE = re.compile(
    r"\b(?:to|is|are|was|were|will|has|have|had|says?|said|may|could|not|who|that|from|with|by|an?)\b", re.IGNORECASE
)
_WHEN = re.compile(rf"{DAY}|{MONTH}(?: \d{{4}})?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day")
_TRAILING_DATE = re.compile(
    rf"[\s,|(–—-]+(?:on\s+)?(?:(?:\w+day),?\s+)?"
    rf"(?:{DAY}|\d{{4}}-\d\d-\d\d|\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}}|\d{{4}}|https?://\S+).*$"
)
COMPANY = re.compile(
    r",?\s+(?:Ltd|Limited|Inc|LLC|L\.L\.C|LLP|GmbH|AG|PLC|plc|Pty|S\.A|SA|AB|AS|Oy|B\.V|N\.V|Corp|Co|Company|Corporation)"
    r"\b\.?(?=$|[\s,.])"
)


class Rank(IntEnum):
    """How strongly a statement names the publisher; the lowest number wins."""

    SOURCE_LINE = 1
    BYLINE = 2
    COPYRIGHT = 3
    AGENCY_BYLINE = 4
    MASTHEAD = 5
    DATELINE = 6


@dataclass(frozen=True, slots=True)
class Credit:
    """A statement of the publisher. `furniture`: the line says nothing else and is no part of the article."""

    rank: Rank
    name: str  # empty where the line is a byline or copyright line without a publisher
    furniture: bool
    published: date | None = None


@cache
def names(kind: str) -> frozenset[str]:
    with Path(__file__).with_name("publishers.tsv").open(encoding="utf-8", newline="") as rows:
        return frozenset(row["name"] for row in csv.DictReader(rows, delimiter="\t") if row["kind"] == kind)


@cache
def any_of(words: frozenset[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))) + ")"


def is_name(value: str) -> bool:
    """Whether the words can be the name of a publisher: capitalised, short, not a sentence."""
    value = value.strip()
    if _ADDRESS.fullmatch(value):
        return True
    if value in names("agency") or value in names("outlet"):
        return True
    if value in names("nobody") or value.split()[0:1] == ["Getty"] or not 1 < len(value) <= 70:
        return False
    if len(value.split()) > MAX_NAME_WORDS or UNNAMELIKE.search(value) or _WHEN.fullmatch(value):
        return False
    return _NAME.fullmatch(value) is not None and re.search(r"[A-Za-zÀ-ÿ]", value) is not None


def is_paper(value: str) -> bool:
    """Whether the words name a paper, a station or an agency, and could hardly name anything else."""
    if value in names("agency") or value in names("outlet"):
        return True
    if value.removeprefix("The ").removeprefix("the ") in names("agency") | names("outlet"):
        return True
    return is_name(value) and value not in names("section") and _paper_word().search(value) is not None


@cache
def _paper_word() -> re.Pattern[str]:
    return re.compile(
        rf"\b{any_of(names('paper'))}\b|[a-z](?:News|Post|Times|Press|Media|Wire)\b|(?:\.com|\.org|\.net)\b"
    )


def tidy(name: str) -> str:
    """A name without the day, address, company form and marks that trail it."""
    name = re.sub(r"\s+", " ", name).strip(" \t.,;:|*–—-“”«»\"'’_")
    if address := _ADDRESS.fullmatch(name):
        return (urlsplit(name).hostname or address[1] if "//" in name else address[1]).lower().removeprefix("www.")
    name = _TRAILING_DATE.sub("", re.sub(r"\s*\([^)]*\)?$", "", name))
    name = COMPANY.sub("", name)
    return name.strip(" \t.,;:|*–—-“”«»\"'’_()&").removeprefix("the ")
