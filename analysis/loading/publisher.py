"""Lines in, the publisher they state out: “Source: IZ”, a copyright line, a masthead.

Only statements count, in the places where publishers make them. A name that the story merely mentions (“told Reuters”)
says nothing of who published it.
"""

from __future__ import annotations

import re
from functools import cache

from analysis.loading.credits import (
    COMPANY,
    MAX_NAME_WORDS,
    UNNAMELIKE,
    WORD,
    Credit,
    Rank,
    any_of,
    is_name,
    is_paper,
    names,
    tidy,
)

MAX_COPYRIGHT = 400  # characters; the longest agency notice, with its ban on rewriting, has about 200
MAX_INLINE = 120  # characters from the end of the last paragraph in which its source may stand
MAX_TOP_WORDS = 4  # “Source: …” as the first line may be a headline about a source, which is longer

_MARKS = " \t*•_-–—[]()"
_LABEL = (
    r"(?:Original |Article |News )?[Ss]ource|SOURCE|Quelle|Fuente|Fonte|Publisher|Publication|Outlet|Newspaper|Via|VIA"
)
_TOLD = "appeared|published|posted|produced|reprinted|republished|reposted"
_STATEMENT = (
    rf"(?:First|Originally) (?:{_TOLD}) (?:in|by|on|at)"
    r"|Published (?:in|by)"
    r"|(?:Reprinted|Republished|Reposted)(?: with permission)? (?:from|by)"
    r"|(?:This|The) (?:article|story|report|piece|essay|post|text)(?: was| has been|,)?(?: first| originally)?"
    rf" (?:{_TOLD})(?: first| originally)?(?: with permission)? (?:in|by|on|at|from)"
)
_SOURCE_LINE = re.compile(rf"(?:(?:{_LABEL})(?:\s*[:：]\s*|\s+[–—-]\s+)|(?:{_STATEMENT})\s*:?\s+)(?P<name>\S.*)")
_INLINE = re.compile(r"\s*[(\[]\s*(?:Source|SOURCE|Via)\s*:\s*(?P<name>[^)\]]{2,60})[)\]]\.?$")
_INLINE_BARE = re.compile(r"(?<=[.!?”\"’)])\s+(?:Source|SOURCE)\s*:\s*(?P<name>[^.!?]{2,40})\.?$")
_COPYRIGHT = re.compile(
    r"\W*(?:(?P<first>[^©]{2,50}?)[,\s|–—-]+)?(?:(?:all )?contents?(?: is)? )?"
    r"(?P<sign>(?:copyright\s*)?(?:©|\([cC]\))(?:\s*copyright)?|copyright)\s*"
    r"(?P<year>(?:by\s+)?\d{4}(?:\s?[-–,]\s?\d{2,4})?|by\b)?[\s,.:|–—-]*(?P<name>.*)",
    re.IGNORECASE | re.DOTALL,
)
_SIGNS = ("©", "(c)", "copyright")
_NAME_ENDS = re.compile(
    r"[.|,;\s–—-]*(?:all rights? reserved|distributed by|hosted|click here|this material|used (?:with|by)|reprinted"
    r"|licensed|may not|via|\b\d{4}\b|privacy|terms|(?:reg\.? )?trademark|unauthori[sz]ed|powered by|part of|no part)"
    r".*$",
    re.IGNORECASE | re.DOTALL,
)
_PICTURES = re.compile(r"\b(?:Getty|Shutterstock|Images?|Photos?)\b")


def source_line(line: str, *, at_top: bool) -> Credit | None:
    """“Source: IZ” and its kin. A value that is a sentence is no publisher."""
    match = _SOURCE_LINE.fullmatch(line.strip(_MARKS))
    if not match:
        return None
    name = tidy(match["name"])
    most = MAX_TOP_WORDS if at_top else MAX_NAME_WORDS
    return Credit(Rank.SOURCE_LINE, name, True) if is_name(name) and len(name.split()) <= most else None


def inline_source(line: str) -> tuple[str, Credit] | None:
    """The last paragraph without “(Source: IZ)” at its end, and the credit."""
    end = max(0, len(line) - MAX_INLINE)
    match = _INLINE.search(line, end)
    most = MAX_NAME_WORDS
    if not match:
        match, most = _INLINE_BARE.search(line, end), MAX_TOP_WORDS
    if not match or not is_name(name := tidy(match["name"])) or len(name.split()) > most:
        return None
    return line[: match.start()].rstrip(), Credit(Rank.SOURCE_LINE, name, True)


def copyright_line(line: str) -> Credit | None:
    """“© 2021 The Harbour Gazette. All rights reserved.”; the name may be missing."""
    if len(line) > MAX_COPYRIGHT or not any(sign in line.lower() for sign in _SIGNS):
        return None
    if not (match := _COPYRIGHT.fullmatch(line.strip())):
        return None
    if match["sign"].lower() == "copyright" and not match["year"] and not re.match(r"\W*copyright\s*:", line, re.I):
        return None  # “Copyright law was changed”
    before = re.sub(r"^all rights? reserved$", "", tidy(match["first"] or ""), flags=re.IGNORECASE)
    if before and not is_name(before):
        return None
    rest = re.sub(r"^(?:by|the content of)\s+", "", match["name"].split(". ")[0], flags=re.IGNORECASE)
    name = tidy(_NAME_ENDS.sub("", COMPANY.sub("", rest)))
    name = re.sub(r"^(?:copyright|by)\s+", "", name, flags=re.IGNORECASE).split(" | ")[0] or before
    if name and not is_name(name):
        if len(rest.split()) > MAX_NAME_WORDS + 3 or UNNAMELIKE.search(name):
            return None
        name = ""
    return None if name in names("nobody") or _PICTURES.search(name) else Credit(Rank.COPYRIGHT, name, True)


def suffix(line: str) -> tuple[str, Credit] | None:
    """The headline of “Ferry returns | The Harbour Gazette”, as page titles are copied, and the paper."""
    headline, mark, name = line.rpartition(" | ")
    if not mark:
        headline, mark, name = line.rpartition(" - ")
    name = tidy(name)
    return (headline.strip(), Credit(Rank.MASTHEAD, name, False)) if mark and headline and is_paper(name) else None


@cache
def _the_paper() -> re.Pattern[str]:
    return re.compile(rf"The (?:{WORD} ){{1,3}}{any_of(names('paper'))}")


def masthead(line: str) -> Credit | None:
    """The name of a paper or an agency alone on its line."""
    name = tidy(line)
    if len(name.split()) > 5 or line.rstrip().endswith((".", "!", "?")):
        return None
    known = name in names("agency") or name in names("masthead")
    if known or _the_paper().fullmatch(name):
        return Credit(Rank.MASTHEAD, name, True)
    return None
