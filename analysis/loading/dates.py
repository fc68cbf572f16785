"""Dates as people write them in, `datetime.date` out; what can be read in two ways is a problem, not a guess."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january janvier januar enero gennaio januari",
            "feb february février februar febrero febbraio februari",
            "mar march mars märz marzo maart", "apr april avril abril aprile", "may mai mayo maggio mei",
            "jun june juin juni junio giugno", "jul july juillet juli julio luglio",
            "aug august août agosto augustus", "sep sept september septembre septiembre settembre",
            "oct october octobre oktober octubre ottobre", "nov november novembre noviembre",
            "dec december décembre dezember diciembre dicembre",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,?\s+)?"
_NAME = r"(?P<month>[^\W\d_]{3,10})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_REST = r"(?:[\s,|T·–-]+.*)?"  # a time of day, a zone, a name
_PATTERNS = tuple(
    re.compile(pattern + _REST + r"$", re.IGNORECASE | re.DOTALL)
    for pattern in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        r"(?P<year>\d{4})[/.](?P<month>\d{1,2})[/.](?P<day>\d{1,2})",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        rf"{_WEEKDAY}{_DAY}\.?(?:\s+(?:of|de))?[\s-]+{_NAME},?(?:\s+de)?[\s-]+{_YEAR}",
        rf"{_WEEKDAY}{_DAY}[\s-]{_NAME}[\s-](?P<year>\d{{2}})$",
        r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日",
        rf"{_WEEKDAY}{_NAME}\s+{_DAY},?\s+{_YEAR}",
        rf"{_WEEKDAY}{_NAME}\s+{_DAY}\s+[\d:]+\s+(?:[a-z]{{2,5}}\s+)?{_YEAR}",
        rf"{_YEAR}\s+{_NAME}\s+{_DAY}",
        r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})",  # with dots the day comes first everywhere
    )
)
_SLASHED = re.compile(rf"(\d{{1,2}})[/-](\d{{1,2}})[/-](\d{{4}}){_REST}$", re.DOTALL)
_EPOCH = re.compile(r"-?\d{9,10}(?:\.\d+)?|\d{12,13}$")
_LATEST = 2100  # years outside 1600..2100 are numbers of something else
_EARLIEST = 1600


def read_date(value: object) -> tuple[date | None, str | None]:
    """The day a value names, and a problem in one sentence where it names none or could name two.

    Takes dates, datetimes, ISO 8601, “7 February 2022”, “Feb. 7, 2022”, RFC 822, seconds since 1970. The day is the one
    written: times and zones are left alone.
    """
    if isinstance(value, datetime):
        return (None, None) if value != value else (value.date(), None)  # NaT differs from itself
    if isinstance(value, date):
        return value, None
    if value is None or isinstance(value, bool) or (isinstance(value, float) and value != value):
        return None, None
    written = re.sub(r"\s+", " ", str(value)).strip()[:100]
    if not written:
        return None, None
    for pattern in _PATTERNS:
        if match := pattern.match(written):
            day = _day(match["year"], match["month"], match["day"])
            if day is not None:
                return day, None
    if match := _SLASHED.match(written):
        return _slashed(written, int(match[1]), int(match[2]), match[3])
    if _EPOCH.fullmatch(written):
        return _epoch(written)
    return None, f"The date “{written}” cannot be read; write it like 2022-02-07."


def _day(year: str, month: str, day: str) -> date | None:
    if len(year) == 2:  # as Excel reads them
        year = f"{'20' if year < '30' else '19'}{year}"
    number = int(month) if month.isdigit() else MONTHS.get(month.lower(), 0)
    try:
        found = date(int(year), number, int(day))
    except ValueError:
        return None
    return found if _EARLIEST <= found.year <= _LATEST else None


def _slashed(written: str, first: int, second: int, year: str) -> tuple[date | None, str | None]:
    readings = {_day(year, str(second), str(first)), _day(year, str(first), str(second))} - {None}
    if len(readings) == 1:
        return readings.pop(), None
    if readings:
        return None, f"The date “{written}” can be read in two ways; write it like 2022-02-07."
    return None, f"The date “{written}” cannot be read; write it like 2022-02-07."


def _epoch(written: str) -> tuple[date | None, str | None]:
    seconds = float(written) / (1000 if len(written.split(".")[0].lstrip("-")) > 10 else 1)
    return datetime.fromtimestamp(seconds, UTC).date(), None
