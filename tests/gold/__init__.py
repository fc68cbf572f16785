"""The gold set read: files of marked-up articles in, texts with their annotations as spans out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from analysis.model import Article, Span

HOME = Path(__file__).parent
KINDS = ("loaded", "hedge", "certainty", "direct", "partial", "scare", "mention")
_OPENING = re.compile(rf"\[({'|'.join(KINDS)})(?:[=>]([^|:\]]*))?([|:])|\{{([^|}}]*)\|")


@dataclass(frozen=True, slots=True)
class Mark:
    """`who` is the speaker of speech, the actor whom a loaded term or scare quote is about, or empty."""

    kind: str  # one of KINDS, or indirect
    span: Span
    who: str


@dataclass(slots=True)
class Gold:
    """An article and what its annotator marked; `slanted`: the first letters of slanted sentences."""

    article: Article
    slant: str
    marks: list[Mark] = field(default_factory=list)
    slanted: list[int] = field(default_factory=list)


def read(home: Path = HOME) -> Iterator[Gold]:
    """Every article of the gold set. Raises ValueError where a sign is not closed."""
    for path in sorted(home.glob("*.txt")):
        for number, piece in enumerate(re.split(r"(?m)^== ", path.read_text(encoding="utf-8"))[1:]):
            head, body = piece.split("\n", 1)
            source, slant, title = (part.strip() for part in head.split("|"))
            yield _parse(f"{path.stem}-{number}", source, slant, f"{title}\n\n{body.strip()}")


def _parse(name: str, source: str, slant: str, marked: str) -> Gold:
    text, at = "", 0
    open_signs: list[tuple[str, str, int]] = []
    marks: list[Mark] = []
    slanted: list[int] = []
    while at < len(marked):
        opening = _OPENING.match(marked, at)
        if opening:
            kind, who, _, speaker = opening.groups()
            open_signs.append((kind or "indirect", (who if kind else speaker) or "", len(text)))
            at = opening.end()
        elif marked[at] in "]}" and open_signs:
            kind, who, start = open_signs.pop()
            marks.append(Mark(kind, Span(start, len(text)), who))
            at += 1
        elif marked[at] == "^":
            slanted.append(len(text))
            at += 1
        else:
            text += marked[at]
            at += 1
    if open_signs:
        raise ValueError(f"{name}: a sign is not closed after {text[open_signs[-1][2] :][:40]!r}.")
    marks.sort(key=lambda m: (m.span.start, -m.span.end))
    return Gold(Article(name, text, source=source, title=text.split("\n", 1)[0]), slant, marks, slanted)
