"""A line near the top of a story in; the paper that its byline names, out.

“By Jane Doe | The Harbour Gazette”, “By Jane Doe, Harbour Gazette Staff Writer”, “Jane Doe for The Harbour Gazette”. A
byline without a paper is furniture too: a writer is nobody in the story.
"""

from __future__ import annotations

import re

from analysis.loading.credits import DAY, UPPER, Credit, Rank, is_name, is_paper, names, tidy
from analysis.loading.dates import read_date

MAX_TAG_WORDS = 7  # “Reuters, Moscow, 7 February 2022” has five
MAX_BYLINE = 160  # characters; five writers and a paper fit

_PARTICLE = "van|von|de|der|den|di|da|del|al|bin|ibn|la|le|dos|el"
_PERSON = rf"(?:(?:Dr|Mr|Mrs|Ms|Sir|Prof)\.? )?{UPPER}[\w.’'-]*(?: (?:{_PARTICLE}|{UPPER}[\w.’'-]*)){{1,4}}"
_PEOPLE = re.compile(rf"{_PERSON}(?:(?:, | and |, and | & ){_PERSON}){{0,4}}")
_BY = re.compile(
    r"(?:(?:Written |Words |Story |Report |Text |Analysis |Opinion |Review |Commentary |Interview )?by"
    r"|By|BY|Author|AUTHOR)"
    r"\s*:?\s+(?P<rest>\S.{1,140})"
)
_SEPARATOR = re.compile(r"\s*[|•·]\s*|\s+[/–—-]\s+|,\s+(?!(?:Jr|Sr|II|III)\b)|\s*[(\[]")
_FURNITURE = re.compile(r"[|•·]|\s[/–—-]\s")  # separators that running text does not use between names
_FOR = re.compile(
    r"(?P<who>.{3,90}?),?\s+(?P<link>for|of|at|with|special (?:to|for)|writing (?:for|in))\s+(?P<name>.+)",
    re.IGNORECASE,
)
_SPECIAL = re.compile(r"(?:special|exclusive) (?:to|for) (?P<name>.{3,60})", re.IGNORECASE)
_ALONE = re.compile(rf"{UPPER}[a-zß-ÿ’'-]+(?:{UPPER}[a-z]+)?(?: {UPPER}(?:\.|[a-zß-ÿ’'-]+))? {UPPER}[\w’'-]+")
# “By Any Means”, “By Popular Demand” are no people.
_NOT_PEOPLE = re.compile(
    r"(?:The|A|An|Any|All|No|Our|Popular|Default|Law|Design|Request|Land|Sea|Air|Night|Day|Order|Force|Word|Hook)\b"
)
_WHEN = re.compile(rf"(?:{DAY}|\d{{4}}|.*\d:\d\d.*|.*\bmin\b.*|.*@.*)$")


def read(line: str, *, below_story: bool = False) -> Credit | None:
    """The byline that the line is; its name is empty where it names writers alone.

    Below a story “Jane Doe, The Harbour Gazette” may credit a quotation, so only “Jane Doe for …” and “By …” count.
    """
    words = re.sub(r"\s+", " ", line).strip(" \t*•_–—-")
    if not words or len(words) > MAX_BYLINE or (words[-1] in ".!?" and not re.search(r"\b(?:Jr|Sr|Inc|Co)\.$", words)):
        return None
    if match := _SPECIAL.fullmatch(words):
        name = tidy(match["name"])
        return _credit(name) if is_paper(name) or _the(name) else None
    if match := _BY.fullmatch(words):
        return _by(match["rest"])
    if words.startswith("From ") and is_paper(name := tidy(words.removeprefix("From "))):
        return _credit(name)
    return _unmarked(words, below_story)


def name_alone(line: str) -> Credit | None:
    """The byline that is a name and nothing else: “Ada Renn”. It is one only between a headline and the story."""
    return Credit(Rank.BYLINE, "", True) if _ALONE.fullmatch(line) else None


def below(line: str) -> Credit | None:
    """The paper on the line below a byline: “Harbour Gazette Staff Writer”, “BBC News”, or a role alone."""
    words = line.strip(" \t*•_–—-|")
    if not words or len(words.split()) > 8 or words[-1] in ".!?":
        return None
    if name := paper_in(words):
        return _credit(name)
    return Credit(Rank.BYLINE, "", True) if _is_role(words.split()[-1]) and words[:1].isupper() else None


def _by(rest: str) -> Credit | None:
    if (match := _FOR.fullmatch(rest)) and _people(match["who"]):
        name = tidy(_SEPARATOR.split(match["name"])[0])
        loose = match["link"].lower().startswith(("for", "special", "writing"))
        if name not in names("section") and (is_paper(name) or _the(name) or (loose and is_name(name))):
            return _credit(name)
    if not re.match(_PERSON + r"\s*[,|]", rest) and is_paper(name := paper_in(rest)):
        return _credit(name)
    first, *others = [part for part in _SEPARATOR.split(re.sub(r"\s+in\s+[A-Z].{0,30}$", "", rest)) if part]
    if not _people(first):
        return None
    for part in others:
        if name := paper_in(part) or (_loose_paper_in(part) if _FURNITURE.search(rest) else ""):
            return _credit(name)
    # Names and roles alone; what else could follow a comma is part of a sentence, which does not end without a mark.
    return Credit(Rank.BYLINE, "", True) if all(len(part.split()) <= 8 for part in others) else None


def _unmarked(words: str, below_story: bool) -> Credit | None:
    """Bylines without “By”: only with a name that is surely a paper's."""
    match = _FOR.fullmatch(words)
    if match and match["link"] == "for" and _people(match["who"]) and is_paper(name := tidy(match["name"])):
        return _credit(name)
    if below_story:
        return None
    parts = [part for part in re.split(r"\s*[|•·]\s*|,\s+|\s+[–—/]\s+", words) if part]
    if len(parts) > 1 and parts[0] in names("agency") and all(part[0].isupper() or part[0].isdigit() for part in parts):
        return _credit(parts[0]) if len(words.split()) <= MAX_TAG_WORDS else None
    if len(parts) == 2 and _people(parts[0]) and not is_paper(parts[0]) and is_paper(name := paper_in(parts[1])):
        return _credit(name)
    return None


def paper_in(part: str) -> str:
    """The paper that a part of a byline names, without roles and places around it, or ""."""
    words = _without_roles(part)
    if not words:
        return ""
    name = " ".join(words)
    if is_paper(name) or _the(name):
        return name
    if _is_role(part.split()[-1]):  # “BBC transport correspondent”: the paper is what comes before the field
        for end in range(len(words) - 1, 0, -1):
            if is_paper(shorter := " ".join(words[:end])):
                return shorter
    return ""


def _loose_paper_in(part: str) -> str:
    name = " ".join(_without_roles(part))
    return name if name and is_name(name) and name.split()[0].casefold() not in names("role") else ""


def _without_roles(part: str) -> list[str]:
    name = tidy(
        re.sub(r"\s+(?:in|from)\s+[A-Z].*$", "", re.sub(r"^(?:for|of|special to)\s+", "", part, flags=re.IGNORECASE))
    )
    words = re.sub(r"[’']s?$", "", name).split()
    while words and _is_role(words[-1]):
        words.pop()
    name = re.sub(r"[’']s?$", "", " ".join(words)).strip(" ,")
    if not name or name in names("section") or _WHEN.fullmatch(name) or read_date(name)[0] or _is_role(name.split()[0]):
        return []
    return name.split()


def _is_role(word: str) -> bool:
    return word.casefold().strip(".,()") in names("role")


def _credit(name: str) -> Credit:
    plain = name.removeprefix("The ").removeprefix("the ")
    return Credit(Rank.AGENCY_BYLINE if plain in names("agency") else Rank.BYLINE, name, True)


def _people(words: str) -> bool:
    return not _NOT_PEOPLE.match(words) and _PEOPLE.fullmatch(words.strip(" ,")) is not None


def _the(name: str) -> bool:
    """“The Kestrel” after a comma in a byline is a paper, unless it is a place (“The Hague”)."""
    return name.startswith("The ") and is_name(name) and name not in names("section")
