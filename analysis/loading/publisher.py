"""Lines in, the publisher they state out: “Source: IZ”, a byline, a copyright line, an agency's dateline.

Only statements count, in the places where publishers make them. A name that the story merely mentions (“told Reuters”)
says nothing of who published it.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from analysis.loading.dates import MONTH, read_date

MAX_NAME_WORDS = 7  # “The National Herald of the Northern Isles” has seven
TOP = 6  # lines that are not blank, from the top, in which bylines and datelines stand


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
def _names(kind: str) -> tuple[str, ...]:
    with Path(__file__).with_name("publishers.tsv").open(encoding="utf-8", newline="") as rows:
        return tuple(row["name"] for row in csv.DictReader(rows, delimiter="\t") if row["kind"] == kind)


def _any(names: tuple[str, ...]) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, names), key=len, reverse=True)) + ")"


_DATE = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\.?\s+{MONTH}|{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?)(?:,?\s+\d{{4}})?"
_DASH = r"(?:--|[-–—_:])"
_CAP = r"[A-ZÀ-ÖØ-Þ][\w.’'&/-]*"
_SMALL = r"(?:of|the|and|for|in|on|&|de|del|della|des|di|du|da|la|le|les|el|al|und|der|die|das|den|y|e|et|do|dos|van)"
_NAME = rf"(?:[Tt]he )?(?:{_CAP}|\d[\w.]*)(?:,? (?:{_SMALL} ){{0,2}}(?:{_CAP}|\d[\w.]*|&|\|))*"
_PERSON = r"(?:(?:Dr|Mr|Mrs|Ms|Sir|Prof)\.? )?[A-ZÀ-ÖØ-Þ][\w.’'-]*(?: (?:van|von|de|der|den|di|da|del|al|bin|ibn|la|le|dos|el|[A-ZÀ-ÖØ-Þ][\w.’'-]*)){1,4}"
_PEOPLE = rf"{_PERSON}(?:(?:, | and |, and | & ){_PERSON}){{0,4}}"
_PLACE = r"[A-ZÀ-ÖØ-Þ][\w.’'-]*(?:(?:[ /-]|, )(?:(?:de|of|the|la|al|upon) )?[A-ZÀ-ÖØ-Þ][\w.’'-]*){0,5}"
_SHOUTED = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.’'-]+(?:(?:[ /-]|, )[A-ZÀ-ÖØ-Þ][\w.’'-]*){0,5}"

_SOURCE_LINE = re.compile(
    r"(?:(?:Source|SOURCE|News source|Published by|Publisher|Publication|Outlet|Newspaper|Via|VIA|First published (?:in|by|on|at)"
    r"|Originally (?:published|posted|appeared) (?:in|by|on|at)|(?:Reprinted|Republished|Reposted)(?: with permission)? (?:from|by)"
    r"|(?:This|The) (?:article|story|report|piece|essay|post|text)(?: was| has been|,)? ?(?:(?:first|originally) )?"
    r"(?:appeared|published|posted|produced|reprinted|republished|reposted)(?: first| originally)?(?: with permission)? (?:in|by|on|at|from))"
    r"\s*(?P<colon>[:：]|\s[–—-](?=\s)|(?<=\w)(?=\s)))\s*(?P<name>\S.*)"
)
_INLINE_SOURCE = re.compile(
    r"\s*(?:[(\[]\s*(?:Source|SOURCE|Via)\s*:\s*(?P<a>[^)\]]{2,60})[)\]]\.?|(?<=[.!?”\"’)])\s+(?:Source|SOURCE)\s*:\s*(?P<b>[^.!?]{2,40})\.?)$"
)
_TRAILING_DATE = re.compile(
    rf"[\s,|(–—-]+(?:on\s+)?(?:(?:\w+day),?\s+)?(?:{_DATE}|\d{{4}}-\d\d-\d\d|\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}}|\d{{4}}|https?://\S+).*$"
)
_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?:[/?#]\S*)?$", re.IGNORECASE)
_UNNAMELIKE = re.compile(
    r"\b(?:to|is|are|was|were|will|has|have|had|says?|said|may|could|not|who|that|from|with|by|an?)\b", re.IGNORECASE
)
_COPYRIGHT = re.compile(
    r"\W*(?:(?P<first>[^©]{2,50}?)[,\s|–—-]+)?(?:(?:all )?content(?:s)?(?: is)? )?"
    r"(?P<sign>(?:copyright\s*)?(?:©|\([cC]\))(?:\s*copyright)?|copyright)\s*"
    r"(?P<year>(?:by\s+)?\d{4}(?:\s?[-–,]\s?\d{2,4})?|by\b)?[\s,.:|–—-]*(?P<name>.*)",
    re.IGNORECASE | re.DOTALL,
)
_NAME_ENDS = re.compile(
    r"(?:[.|,;–—-]|\s\d{4}|\s)*\s*(?:all rights? reserved|distributed by|hosted|click here|this material|used (?:with|by)|reprinted|licensed"
    r"|may not|via|\d{4}\b|privacy|terms|(?:reg\.? )?trademark|unauthori[sz]ed|powered by|part of|no part).*$",
    re.IGNORECASE | re.DOTALL,
)
_COMPANY = re.compile(
    r",?\s+(?:Ltd|Limited|Inc|LLC|L\.L\.C|LLP|GmbH|AG|PLC|plc|Pty|S\.A|SA|AB|AS|Oy|B\.V|N\.V|Corp|Co|Company|Corporation)\b\.?(?=$|[\s,.])"
)
_BY = re.compile(
    r"(?:By|BY|by|Written by|Words by|Story by|Report by|Text by|Author|AUTHOR)\s*:?\s+(?P<rest>\S.{1,140})"
)
_SEPARATOR = re.compile(r"\s*[|•·]\s*|\s+[/–—-]\s+|,\s+(?!(?:Jr|Sr|II|III)\b)|\s*[(\[]")
_FOR = re.compile(
    r"^(?P<who>.{3,90}?),?\s+(?P<link>[Ff]or|[Oo]f|[Aa]t|[Ss]pecial (?:to|for)|[Ww]riting (?:for|in)|[Ww]ith)\s+(?P<name>.+)$"
)
_SPECIAL = re.compile(r"(?:[Ss]pecial|SPECIAL|[Ee]xclusive) (?:to|for|TO|FOR) (?P<name>.{3,60})")


def agency_in(line: str) -> Credit | None:
    """The agency in the dateline that opens a paragraph, with the day where the dateline gives all of it."""
    for pattern in _datelines():
        if match := pattern.match(line):
            found = match.groupdict()
            day = read_date(found.get("date"))[0] if found.get("date") and re.search(r"\d{4}", found["date"]) else None
            return Credit(Rank.DATELINE, re.sub(r"\s+", " ", found["agency"]).strip(), False, day)
    return None


@cache
def _datelines() -> tuple[re.Pattern[str], ...]:
    agency = f"(?P<agency>{_any(_names('agency'))}(?: News(?: Agency)?)?)"
    papers = _any(_names("paper"))
    paper = rf"(?P<agency>(?:The )?(?:{_CAP} ){{0,4}}{papers}(?: {_CAP}){{0,2}})"
    anyone = r"(?P<agency>[A-Za-z][\w.&’' /-]{1,38}?)"
    day = rf"(?:[,.:]?\s+|[,.]\s*)(?:\w+day,?\s+)?(?P<date>{_DATE})"
    year = r"(?:,?\s+\d{4})?"
    opening = r"[\s*“\"]*(?:(?:UPDATE|WRAPUP|RPT|CORRECTED)\s?\d?-?\s*)?"
    after = rf"\s*[.,]?\s*(?:{_DASH}|/)+\s*\S"
    forms = (
        # MOSCOW, Feb 7 (TASS) – / Feb. 7 (UPI) -- / KYIV. Feb 7 (Interfax-Ukraine) -
        rf"{opening}(?:{_PLACE}{day}|(?P<date2>{_DATE})){year}[,.]?\s*[(\[/]\s*{anyone}\s*[)\]/]{after}",
        # PARIS (AFP) - / (Reuters) – / LONDON / ACCESSWIRE / / WASHINGTON (Bloomberg): / NEW YORK--(BUSINESS WIRE)--
        rf"{opening}(?:{_PLACE}[,.]?\s*)?(?:{day}{year})?[,.]?\s*-*\s*[(\[/]\s*{agency}\s*[)\]/]{after}",
        rf"{opening}(?:{_PLACE}[,.]?\s*)?-*\s*[(\[/]\s*{paper}\s*[)\]/]{after}",
        # MOSCOW, February 7. /TASS/. The talks
        rf"{opening}(?:{_PLACE}[,.]?\s*)?(?:{day}{year})?[,.]?\s*/\s*{agency}\s*/\s*[.,–—-]?\s*\S",
        # MOSCOW, 7 Feb – RIA Novosti. / BEIJING, Feb 7, Xinhua –
        rf"{opening}{_SHOUTED}{day}{year}\s*(?:,|{_DASH})\s*{agency}\s*(?:\.|,|{_DASH})\s*\S",
        rf"{opening}{_SHOUTED},?\s+(?:{day}\s*,?\s*)?{agency}\s*{_DASH}\s*\S",
        # (CNN) The talks / Washington (CNN) The talks
        rf"{opening}(?:{_PLACE},?\s*)?\(\s*{agency}\s*\)\s*(?=[A-Z\"“‘'\d])",
        # Reuters – The talks
        rf"{opening}{agency}\s+(?:--|[–—-])\s+(?=[A-Z\"“‘'])",
        # (ANSA) - ROME, FEB 7 - and others that open with the agency are met by the second form
    )
    return tuple(re.compile(form.replace("(?P<date2>", "(?:", 1)) for form in forms)


def agency_at_end(line: str) -> Credit | None:
    """The agency that signs the last paragraph: “— TASS.”, “/TASS/”, “(AP)”, or alone on its line."""
    wire = _any(_names("agency"))
    if match := re.search(
        rf"(?:(?<=[.!?”\"])\s*[–—-]+\s*|/\s?|(?<=[.!?”\"])\s*[(\[])(?P<name>{wire})\s*[/)\]]?\.?$", line
    ):
        return Credit(Rank.DATELINE, match["name"], False)
    return None


def is_name(value: str) -> bool:
    """Whether the words can be the name of a publisher: capitalised, short, not a sentence."""
    value = value.strip()
    if _ADDRESS.fullmatch(value):
        return True
    if value in _names("agency") or value in _names("outlet"):
        return True
    if value in _names("nobody") or value.split()[0:1] == ["Getty"] or not 1 < len(value) <= 70:
        return False
    if len(value.split()) > MAX_NAME_WORDS or _UNNAMELIKE.search(value):
        return False
    return re.fullmatch(_NAME, value) is not None and re.search(r"[A-Za-zÀ-ÿ]", value) is not None


def is_paper(value: str) -> bool:
    """Whether the words name a paper, a station or an agency, and could hardly name anything else."""
    if value in _names("agency") or value in _names("outlet"):
        return True
    if value.removeprefix("The ").removeprefix("the ") in (*_names("agency"), *_names("outlet")):
        return True
    return is_name(value) and value not in _names("section") and _paper_word().search(value) is not None


@cache
def _paper_word() -> re.Pattern[str]:
    return re.compile(
        rf"\b{_any(_names('paper'))}\b|[a-z](?:News|Post|Times|Press|Media|Wire)\b|(?:\.com|\.org|\.net)\b"
    )


def tidy(name: str) -> str:
    """A name without the day, address, company form and marks that trail it."""
    name = re.sub(r"\s+", " ", name).strip(" \t.,;:|*–—-“”\"'’_")
    if address := _ADDRESS.fullmatch(name):
        return (urlsplit(name).hostname or address[1] if "//" in name else address[1]).lower().removeprefix("www.")
    name = _TRAILING_DATE.sub("", name)
    name = _COMPANY.sub("", name)
    return name.strip(" \t.,;:|*–—-“”\"'’_()")


def source_line(line: str, at_top: bool) -> Credit | None:
    """“Source: IZ” and its kin. A value that is a sentence is no publisher."""
    match = _SOURCE_LINE.fullmatch(line.strip(" \t*•_-–—[]()"))
    if not match:
        return None
    value = match["name"]
    if (
        re.match(r"(?:Source|SOURCE|Via|VIA|Publisher|Publication|Outlet|Newspaper)\b", line.strip(" \t*•_-–—[]()"))
        and not match["colon"].strip()
    ):
        return None
    name = tidy(value)
    if not name or not is_name(name) or (at_top and len(name.split()) > 4):
        return None
    if value.rstrip().endswith((".", "!", "?")) and len(name.split()) > 5:
        return None
    return Credit(Rank.SOURCE_LINE, name, True)


def inline_source(line: str) -> tuple[str, Credit] | None:
    """The last paragraph without “(Source: IZ)” at its end, and the credit."""
    match = _INLINE_SOURCE.search(line)
    if not match:
        return None
    name = tidy(match["a"] or match["b"])
    if not is_name(name) or (match["b"] and len(name.split()) > 4):
        return None
    return line[: match.start()].rstrip(), Credit(Rank.SOURCE_LINE, name, True)


def copyright_line(line: str) -> Credit | None:
    """“© 2021 The Harbour Gazette. All rights reserved.”; the name may be missing."""
    if len(line) > 400 or not (match := _COPYRIGHT.fullmatch(line.strip())):
        return None
    if match["sign"].lower() == "copyright" and not match["year"]:
        return None
    if match["first"] and not is_name(tidy(match["first"])):
        return None
    rest = match["name"].split(". ")[0]
    name = tidy(
        _NAME_ENDS.sub("", _COMPANY.sub("", re.sub(r"^(?:by|the content of)\s+", "", rest, flags=re.IGNORECASE)))
    )
    name = re.sub(r"^(?:Copyright|by)\s+", "", name, flags=re.IGNORECASE).split(" | ")[0]
    if not name or re.fullmatch(r"\d{4}", name):
        name = tidy(match["first"] or "")
    if name and not is_name(name):
        if len(rest.split()) > MAX_NAME_WORDS + 3 or _UNNAMELIKE.search(name):
            return None
        name = ""
    if name in _names("nobody") or re.search(r"\b(?:Getty|Shutterstock|Images?|Photos?)\b", name):
        return None
    return Credit(Rank.COPYRIGHT, name, True)


def byline(line: str) -> Credit | None:
    """“By Jane Doe | The Harbour Gazette”, “By Jane Doe, Harbour Gazette Staff Writer”, “Jane Doe for The Harbour Gazette”."""
    words = re.sub(r"\s+", " ", line).strip(" \t*•_–—-")
    if (
        not words
        or len(words) > 160
        or (words.endswith((".", "!", "?")) and not re.search(r"\b(?:Jr|Sr|Inc|Co)\.$", words))
    ):
        return None
    if match := _SPECIAL.fullmatch(words):
        name = tidy(match["name"])
        return (
            Credit(Rank.BYLINE, name, True) if is_paper(name) or (name.startswith("The ") and is_name(name)) else None
        )
    if match := _BY.fullmatch(words):
        return _by(match["rest"])
    return _unmarked(words)


def _by(rest: str) -> Credit | None:
    whole = _publisher_in(rest, strict=True)
    if whole and not re.match(_PERSON + r"\s*[,|]", rest):
        return _credit(whole)
    if match := _FOR.match(rest):
        name = tidy(_SEPARATOR.split(match["name"])[0])
        loose = match["link"].lower().startswith(("for", "special", "writing"))
        if (
            _people(match["who"])
            and name not in _names("section")
            and (is_paper(name) or (loose and is_name(name)) or _the(name))
        ):
            return _credit(name)
    first, *others = [part for part in _SEPARATOR.split(rest) if part]
    marked = re.search(r"[|•·]|\s[/–—-]\s", rest) is not None
    if not _people(first):
        return None
    for part in others:
        if name := _publisher_in(part, strict=not marked):
            return _credit(name)
    shouted = first.isupper()
    if len(first.split()) <= 8 and (others or not _title_words(first) or shouted):
        return Credit(Rank.BYLINE, "", all(_byline_rest(part) for part in others))
    return None


def _credit(name: str) -> Credit:
    plain = name.removeprefix("The ").removeprefix("the ")
    return Credit(Rank.AGENCY_BYLINE if plain in _names("agency") else Rank.BYLINE, name, True)


def _title_words(first: str) -> bool:
    """“By Any Means”, “By Popular Demand”: not a person."""
    return (
        re.match(
            r"(?:The|A|An|Any|All|No|Popular|Default|Law|Design|Request|Land|Sea|Air|Night|Day|Order|Force|Word|Hook)\b",
            first,
        )
        is not None
    )


def _people(words: str) -> bool:
    if re.match(r"(?:The|A|An|Any|All|No|Our)\b", words):
        return False
    return re.fullmatch(_PEOPLE, words.strip(" ,")) is not None


def _byline_rest(part: str) -> bool:
    """Roles, places, days and addresses: nothing that belongs to the story."""
    return len(part.split()) <= 8 and not re.search(r"[.!?]$", part)


def _publisher_in(part: str, *, strict: bool) -> str:
    """The publisher that a part of a byline names, without roles; strict: only what is surely a paper."""
    name = tidy(re.sub(r"\s+(?:in|from)\s+[A-Z].*$", "", part))
    roles = {role.casefold() for role in _names("role")}
    words = name.split()
    while words and words[-1].casefold().strip(".,") in roles:
        words.pop()
    name = " ".join(words).strip(" ,’'")
    name = re.sub(r"[’']s$", "", name)
    for lead in ("for ", "For ", "Special to ", "of "):
        name = name.removeprefix(lead)
    if (
        not name
        or name in _names("section")
        or not is_name(name)
        or read_date(name)[0]
        or re.search(r"@|\bmin\b", name)
    ):
        return ""
    if name.casefold() in roles or words[0].casefold() in roles:
        return ""
    if is_paper(name) or _the(name):
        return name
    return "" if strict or re.search(r"\d{4}|\d:\d\d", name) else name


def _the(name: str) -> bool:
    return name.startswith("The ") and is_name(name) and name not in _names("section")


def _unmarked(words: str) -> Credit | None:
    """Bylines without “By”: only with a name that is surely a paper's."""
    if match := _FOR.fullmatch(words):
        name = tidy(match["name"])
        if match["link"].lower() == "for" and _people(match["who"]) and is_paper(name):
            return _credit(name)
    parts = [part for part in re.split(r"\s*[|•·]\s*|,\s+|\s+[–—/]\s+", words) if part]
    if len(parts) == 2 and _people(parts[0]) and not is_paper(parts[0]):
        name = _publisher_in(parts[1], strict=True)
        if name and is_paper(name):
            return _credit(name)
    return None


def masthead(line: str) -> Credit | None:
    """The name of a paper or an agency alone on its line."""
    name = tidy(line)
    if len(name.split()) > 5 or line.rstrip().endswith((".", "!", "?")):
        return None
    if name in _names("agency") or name in ("USA TODAY",):
        return Credit(Rank.MASTHEAD, name, True)
    if re.fullmatch(rf"The (?:{_CAP} ){{1,3}}{_any(_names('paper'))}", name):
        return Credit(Rank.MASTHEAD, name, True)
    return None
