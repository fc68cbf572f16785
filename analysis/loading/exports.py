"""Exports of news archives in: Nexis Uni, LexisNexis, Factiva, ProQuest. One `Record` for each article in them, out.

Such a file holds many articles, each with lines about it above and below. A text that is no export gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from analysis.loading.dates import read_date

FIELD_LINES = 3  # lines that a field above a text may run on for; what stands after more is the text


@dataclass(frozen=True, slots=True)
class Record:
    """An article of an export. `about` are the lines that tell of it and are no part of its text."""

    text: str
    title: str = ""
    source: str = ""
    published: str = ""
    about: tuple[str, ...] = ()


_NEXIS_END = re.compile(r"^[ \t]*End of Document[ \t]*$", re.MULTILINE)
_NEXIS_BODY = re.compile(r"^[ \t]*Body[ \t]*$", re.MULTILINE)
_LEXIS_START = re.compile(r"^[ \t]*\d+ of \d+ DOCUMENTS[ \t]*$", re.MULTILINE)
_FACTIVA_END = re.compile(r"^[ \t]*(?:AN[ \t]+)?Document [A-Z][A-Z0-9]{5,20}\d{8}[a-z0-9]{5,30}[ \t]*$", re.MULTILINE)
_FACTIVA_WORDS = re.compile(r"^[ \t]*[\d,.]+ words[ \t]*$", re.MULTILINE)
_FACTIVA_RIGHTS = re.compile(r"^[ \t]*(?:\([cC]\)|©|Copyright)[^\n]*$", re.MULTILINE)
_FACTIVA_CODE = re.compile(
    r"^(SE|HD|CR|BY|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|CT|RF|ART|CO|IN|NS|RE|IPC|IPD|PUB|AN)(?:[ \t]+|$)",
    re.MULTILINE,
)
_PROQUEST_START = re.compile(r"^[ \t]*Document \d+ of \d+[ \t]*$", re.MULTILINE)
_PROQUEST_TEXT = re.compile(r"^[ \t]*Full text:[ \t]*", re.MULTILINE)
_PROQUEST_FIELD = re.compile(
    r"^[ \t]*(Title|Subject|Subjects|Business indexing term|Location|People|Company ?/ ?organi[sz]ation|Classification|"
    r"Identifier ?/ ?keyword|Publication title|Publication info|Publication year|Publication date|Publisher|Pages?|"
    r"First page|Credit|Illustration|Photograph|Copyright|Author|Last updated|Links|ProQuest document ID)"
    r":[ \t]*([^\n]*)",
    re.MULTILINE,
)
# Fields around the body of an article of LexisNexis, in both its forms.
_FIELD = re.compile(
    r"^[ \t]*(?:Section|Length|Byline|Dateline|Highlight|Load-Date|Classification|Language|Publication-Type|Subject|"
    r"Industry|Geographic|Graphic|Notes|Correction(?:-Date)?|Journal Code|Series|Column|Person|Organization|Company|"
    r"Country|City|State)[ \t]*:[^\n]*",
    re.MULTILINE | re.IGNORECASE,
)
_AFTER = re.compile(
    r"^[ \t]*(?:(?:Load-Date|Language|Publication-Type|Subject|Graphic|Notes|Journal Code|Organization|Company|"
    r"URL)[ \t]*:|Copyright \d{4}\b|Classification[ \t]*$)",
    re.MULTILINE | re.IGNORECASE,
)


def split(text: str) -> list[Record]:
    """The articles of an export, in order; none where the text is not one. One whose text is missing has none."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for sign, read in _FORMS:
        if sign.search(text):
            found = list(read(text))
            if any(record.text for record in found):
                return found
    return []


def _nexis(text: str) -> Iterator[Record]:
    for part in _NEXIS_END.split(text):
        if not part.strip():
            continue
        body = _NEXIS_BODY.search(part)
        head = part[: body.start()] if body else part
        lines = _lines(_before_fields(head))
        # Headline, paper and day stand in this order; above the first article stands a cover.
        day = next((place for place in range(len(lines) - 1, -1, -1) if read_date(lines[place])[0]), -1)
        title, source = (lines[day - 2 : day - 1], lines[day - 1 : day]) if day > 1 else (lines[:1], [])
        yield _record(part[body.end() :] if body else "", title, source, lines[day : day + 1] if day >= 0 else [], head)


def _before_fields(head: str) -> str:
    first = re.search(r"^[ \t]*(?:Copyright\b|Section:|Length:|Byline:)", head, re.MULTILINE)
    return head[: first.start()] if first else head


def _lexis(text: str) -> Iterator[Record]:
    for part in _LEXIS_START.split(text)[1:]:
        fields = list(_FIELD.finditer(part))
        if not fields:
            yield Record("", about=tuple(_lines(part)))
            continue
        last = fields[0]  # of the fields above the text, which follow each other
        for field in fields[1:]:
            if _AFTER.match(field[0]) or len(_lines(part[last.end() : field.start()])) > FIELD_LINES:
                break
            last = field
        lines = _lines(part[: fields[0].start()])
        day = next((place for place, line in enumerate(lines[:6]) if read_date(line)[0]), 0)
        title = lines[-1:] if len(lines) > 2 else []
        yield _record(part[last.end() :], title, lines[:1], lines[day : day + 1], part[: last.end()])


def _factiva(text: str) -> Iterator[Record]:
    *parts, _ = _FACTIVA_END.split(text)
    if not parts[1:] and not _FACTIVA_WORDS.search(text) and not re.search(r"^HD[ \t]", text, re.MULTILINE):
        return
    for part in parts:
        if _FACTIVA_CODE.search(part) and re.search(r"^HD[ \t]", part, re.MULTILINE):
            yield _coded(part)
            continue
        words = _FACTIVA_WORDS.search(part)
        if not words:
            yield Record("", about=tuple(_lines(part)))
            continue
        rights = _FACTIVA_RIGHTS.search(part, words.end())
        above, below = _lines(part[: words.start()]), _lines(part[words.end() : rights.start() if rights else None])
        day = next((place for place, line in enumerate(below[:4]) if read_date(line)[0]), -1)
        named = [line for line in below[day + 1 :] if not re.match(r"\d{1,2}:\d\d", line)]
        start = rights.end() if rights else part.find("\n\n", words.end())
        title = max((line for line in above if not line.startswith("By ")), key=len, default="")
        yield _record(part[start:], [title], named[:1], below[day : day + 1] if day >= 0 else [], part[:start])


def _coded(part: str) -> Record:
    """Factiva with a code of two letters before each field."""
    pieces = _FACTIVA_CODE.split(part)[1:]
    fields = dict(zip(pieces[::2], (piece.strip() for piece in pieces[1::2]), strict=True))
    body = "\n\n".join(fields.get(code, "") for code in ("LP", "TD"))
    about = [f"{code} {fields[code]}" for code in fields if code not in ("LP", "TD", "HD")]
    return Record(body.strip(), fields.get("HD", ""), fields.get("SN", ""), fields.get("PD", ""), tuple(about))


def _proquest(text: str) -> Iterator[Record]:
    for part in _PROQUEST_START.split(text)[1:]:
        begin = _PROQUEST_TEXT.search(part)
        if not begin:
            yield Record("", about=tuple(_lines(part)))
            continue
        after = _PROQUEST_FIELD.search(part, begin.end())
        fields = {found[1]: found[2].strip() for found in _PROQUEST_FIELD.finditer(part)}
        source = re.split(r"\s*[;:]\s", fields.get("Publication title") or fields.get("Publication info", ""))[0]
        end = after.start() if after else len(part)
        head, tail = part[: begin.start()], part[end:]
        title = fields.get("Title") or next(iter(_lines(head)), "")
        about = tuple(line for line in (*_lines(head), *_lines(tail)) if line != title and line.strip("_"))
        yield Record(
            part[begin.end() : end].strip(), title, source.rstrip(" ;"), fields.get("Publication date", ""), about
        )


def _record(rest: str, title: list[str], source: list[str], published: list[str], head: str) -> Record:
    """A record whose text begins `rest` and ends where the lines about it begin again."""
    after = _AFTER.search(rest)
    body, tail = (rest[: after.start()], rest[after.start() :]) if after else (rest, "")
    about = tuple(line for line in (*_lines(head), *_lines(tail)) if line not in title)
    return Record(body.strip(), "".join(title), "".join(source), "".join(published), about)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


# How each form is told, surest first.
_FORMS: tuple[tuple[re.Pattern[str], Callable[[str], Iterator[Record]]], ...] = (
    (_LEXIS_START, _lexis),
    (_NEXIS_END, _nexis),
    (_FACTIVA_END, _factiva),
    (_PROQUEST_TEXT, _proquest),
)
