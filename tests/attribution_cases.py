"""The cases of who says what: marked-up lines in, texts with what is wanted of them out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "cases" / "attribution"
OPENING = re.compile(r"\[(direct|partial|scare|mention|block)(?:=([^|\]]*))?\||\{([^|}]*)\|")

Wanted = tuple[str, str, str | None]


@dataclass(frozen=True, slots=True)
class Case:
    """One line: its text, its quotes, block quotations and indirect contents, each as (kind, content, speaker).

    `miss` says why it fails.
    """

    file: str
    text: str
    quotes: tuple[Wanted, ...]
    blocks: tuple[Wanted, ...]
    indirect: tuple[Wanted, ...]
    silent: bool
    miss: str

    def __str__(self) -> str:
        return f"{self.file}: {self.text}"


def read(file: str, line: str, silent: bool) -> Case:
    """A marked-up line as a case; README.md beside the cases tells the marks."""
    marked, _, miss = line.replace("\\n", "\n").partition(" ## miss: ")
    text, at = "", 0
    stack: list[tuple[str, str | None, int]] = []
    quotes: list[Wanted] = []
    indirect: list[Wanted] = []
    blocks: list[Wanted] = []
    while at < len(marked):
        opening = OPENING.match(marked, at)
        if opening:
            stack.append((opening.group(1) or "indirect", opening.group(2) or opening.group(3) or None, len(text)))
            at = opening.end()
        elif marked[at] in "]}" and stack:
            kind, speaker, start = stack.pop()
            found = {"indirect": indirect, "block": blocks}.get(kind, quotes)
            found.append((kind, text[start:].strip(), speaker))
            at += 1
        else:
            text += marked[at]
            at += 1
    # The analyser lists an outer quotation before what stands inside it.
    quotes.sort(key=lambda quote: (text.index(quote[1]), -len(quote[1])))
    return Case(file, text, tuple(quotes), tuple(blocks), tuple(indirect), silent, miss)


def cases(path: Path) -> list[Case]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    split = lines.index("silent:")
    return [read(path.stem, line, number > split) for number, line in enumerate(lines) if number != split]


ALL = [case for path in sorted(FOLDER.glob("*.txt")) for case in cases(path)]
