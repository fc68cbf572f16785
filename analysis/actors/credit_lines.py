"""Credits and labels of a page: a text in, the stretches out that are no part of a name and in which nobody acts.

“Ada Renn/AP Photo”, “REUTERS/Ada Renn”, “(Photo by Ada Renn/Getty Images)”, “(Reporting by Ada Renn)”, “CLOSE” before
“Mayor Ada Renn”. Cleaning takes most of it away; a text that is taken as it stands has it all. Agencies and labels are
in name_words.tsv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from analysis.actors.registry import registry
from analysis.model import Span

_AROUND = 60  # characters on either side of a slash, or behind “Photo”: a name, an agency, and how they hang together
_NAMED = r"[A-Z](?:\.|[\w’'-]*)(?:[ ][A-Z](?:\.|[\w’'-]*)){1,3}"
_TOLD = re.compile(r"\b(?:Photo|Photograph|Photographer|Picture|Image)(?: credit)?(?: by |: ?)")
_PAPER = r"(?:[Tt]he )?[A-Z]\w+(?: [A-Z]\w+){0,3}"
_CREDITED = re.compile(rf"\bCredit(?:\.{{3}}|…|:)? ?{_NAMED} ?/ ?{_PAPER}")  # no slash, no picture: Credit Suisse
_WRITERS = re.compile(
    r"\((?:Additional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled)(?: and \w+)? by [^()\n]{3,600}\)"
)
_HELPERS = re.compile(
    r"(?:^|(?<=[.!?”\"] ))(?:[-–—•*] ?)*[A-Z](?:[^.!?\n”\"]|\b[A-Z]\.){2,500} contributed"
    r" (?:to this (?:report|story|article)|reporting)(?=\.|$|, which)",
    re.MULTILINE,
)
_ENDS = {"", "\n", ")", "]"}
_GOES_ON = re.compile(r" [a-z]")  # a Post/Bloomberg poll


def find(text: str) -> list[Span]:
    """The credits of a text, in order; some may share characters."""
    found = [*_slashed(text), *_told(text), *_alone(text), *_written(text), *_labels(text)]
    return sorted(found)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A name and an agency around a slash; a name, with or without an agency, behind “Photo by”."""
    agencies = "|".join(sorted(map(re.escape, registry().words["agency"]), key=len, reverse=True))
    sold = rf"(?:{agencies})(?: ?/ ?(?:{agencies}))*(?:,? via (?:{agencies}))?\b"
    slashed = re.compile(rf"\b{_NAMED} ?/ ?{sold}|\b{sold} ?/ ?{_NAMED}")
    return slashed, re.compile(rf"{_NAMED}(?: ?/ ?(?:{sold}|{_PAPER}))?|{sold}")


@cache
def _label() -> re.Pattern[str]:
    """A label at the head of a line, before words that are written like a sentence or a name."""
    labels = "|".join(sorted(map(re.escape, registry().words["label"]), key=len, reverse=True))
    told = rf"(?:(?:{labels})(?: |: ?)(?:\d+ of \d+ )?)+(?=[A-Z“‘\"'](?:[a-z]|\.? ))"
    return re.compile(rf"^(?:Image copyright .{{2,60}}? (?=Image caption))?{told}", re.MULTILINE)


def _slashed(text: str) -> Iterator[Span]:
    pattern, free = _patterns()[0], 0
    at = text.find("/")
    while at >= 0:
        for match in pattern.finditer(text, max(free, at - _AROUND), at + _AROUND):
            if match.start() < at < match.end() and not _GOES_ON.match(text, match.end()):
                yield Span(match.start(), match.end())
                free = match.end()
        at = text.find("/", max(at + 1, free))


def _told(text: str) -> Iterator[Span]:
    for word in ("hoto", "mage", "icture") if re.search("Photo|Image|Picture", text) else ():
        at = text.find(word)
        while at >= 0:
            led = _TOLD.match(text, at - 1) if at else None
            named = _patterns()[1].match(text, led.end()) if led else None
            if named and not _GOES_ON.match(text, named.end()):
                yield Span(at - 1, named.end())
            at = text.find(word, at + 1)


def _alone(text: str) -> Iterator[Span]:
    """Getty Images, AP Photo: agencies that sell nothing but pictures, at the end of a line or of brackets."""
    for name in registry().words["picture_agency"]:
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            if text[end : end + 1] in _ENDS:
                yield Span(at, end)
            at = text.find(name, end)


def _written(text: str) -> Iterator[Span]:
    """Who wrote, edited and helped, and the paper's own photographer."""
    for words, pattern in ((" by ", _WRITERS), ("contributed", _HELPERS), ("Credit", _CREDITED)):
        if words in text:
            yield from (Span(*match.span()) for match in pattern.finditer(text))


def _labels(text: str) -> Iterator[Span]:
    if any(label in text for label in registry().words["label"]):
        yield from (Span(*match.span()) for match in _label().finditer(text))
