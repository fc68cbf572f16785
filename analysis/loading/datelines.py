"""The first or last line of a story in, the agency that signs it there out."""

from __future__ import annotations

import re
from functools import cache

from analysis.loading.credits import DAY, UPPER, WORD, Credit, Rank, any_of, is_name, names
from analysis.loading.dates import read_date

MAX_SIGNATURE = 60  # characters; the longest name of an agency, its marks and a blank
_DASH = r"(?:--|[-–—_:])"
_PLACE = rf"{UPPER}[\w.’'-]*(?:(?:[ /-]|, )(?:(?:de|of|the|la|al|upon) )?{UPPER}[\w.’'-]*){{0,5}}"
_SHOUTED = rf"{UPPER}[A-ZÀ-ÖØ-Þ.’'-]+(?:(?:[ /-]|, ){UPPER}[\w.’'-]*){{0,5}}"


def agency_in(line: str) -> Credit | None:
    """The agency in the dateline that opens a paragraph, with the day where the dateline gives all of it."""
    for pattern in _datelines():
        if (match := pattern.match(line)) and is_name(match["agency"]):
            written = match.groupdict().get("date") or ""
            day = read_date(written)[0] if re.search(r"\d{4}", written) else None
            return Credit(Rank.DATELINE, re.sub(r"\s+", " ", match["agency"]).strip(), False, day)
    return None


@cache
def _datelines() -> tuple[re.Pattern[str], ...]:
    desk = r"(?: (?:News|Opinion|Health|Sports?|Business|Breakingviews|World Service|English))?(?: Agency)?"
    agency = f"(?P<agency>{any_of(names('agency'))}{desk})"
    paper = rf"(?P<agency>(?:The )?(?:{WORD} ){{0,4}}{any_of(names('paper'))}(?: {WORD}){{0,2}})"
    anyone = r"(?P<agency>[A-Za-z][\w.&’' /-]{1,38}?)"
    day = rf"(?:[,.:]?\s+|[,.]\s*)(?:\w+day,?\s+)?(?P<date>{DAY})"
    start = r"[\s*“\"]*(?:(?:UPDATE|WRAPUP|RPT|CORRECTED)\s?\d?-?\s*)?"
    place = rf"(?:{_PLACE}[,.]?\s*)?"
    after = rf"(?:\s*[.,]?\s*(?:{_DASH}|/)+\s*\S|\.\s+(?=[A-Z\"“‘']))"
    forms = (
        # MOSCOW, Feb 7 (TASS) –   KYIV. Feb 7 (Interfax-Ukraine) -
        rf"{_PLACE}{day}[,.]?\s*[(\[/]\s*{anyone}\s*[)\]/]{after}",
        # Feb. 7 (UPI) --
        rf"(?P<date>{DAY})[,.]?\s*[(\[/]\s*{anyone}\s*[)\]/]{after}",
        # PARIS (AFP) -   (Reuters) –   (ANSA) - ROME, FEB 7 -   BOSTON / ACCESSWIRE / Feb 7   BOSTON--(BUSINESS WIRE)--
        rf"{place}(?:{day})?[,.]?\s*-*\s*[(\[/]\s*{agency}\s*[)\]/]{after}",
        rf"{place}-*\s*[(\[/]\s*{paper}\s*[)\]/]{after}",
        # MOSCOW, February 7. /TASS/. The talks
        rf"{place}(?:{day})?[,.]?\s*/\s*{agency}\s*/\s*[.,–—-]?\s*\S",
        # MOSCOW, 7 Feb – RIA Novosti.   BEIJING, Feb 7, Xinhua –
        rf"{_SHOUTED}{day}\s*(?:,|{_DASH})\s*{agency}\s*(?:\.|,|{_DASH})\s*\S",
        rf"{_SHOUTED},?\s+(?:{day}\s*,?\s*)?{agency}\s*{_DASH}\s*\S",
        # (CNN) The talks   Washington (CNN) The talks
        rf"{place}(?:{day})?[,.]?\s*[(\[]\s*{agency}\s*[)\]]\s*(?=[A-Z\"“‘'\d])",
        # Reuters – The talks
        rf"{agency}\s+(?:--|[–—-])\s+(?=[A-Z\"“‘'])",
    )
    return tuple(re.compile(start + form) for form in forms)


def agency_at_end(line: str) -> Credit | None:
    """The agency that signs the last paragraph: “— TASS.”, “/TASS/”, “(AP)”."""
    match = _signature().search(line[-MAX_SIGNATURE:])
    return Credit(Rank.DATELINE, match["name"], False) if match else None


@cache
def _signature() -> re.Pattern[str]:
    opened = r"(?:(?<=[.!?”\"])\s*[–—-]+\s*|/\s?|(?<=[.!?”\"])\s*[(\[])"
    return re.compile(rf"{opened}(?P<name>{any_of(names('agency'))})\s*[/)\]]?\.?$")
