"""Reads the marked-up cases in tests/cases/detectors: lines such as `The [loaded:regime] said “no”.`

A file has a part `== find`, in which every mark must be found by a finding of its kind, and a part `== silent`, in
which nothing of the file's kind may be found. The kind of a file is the first word of its name.
`~ why | line` is a known miss.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from analysis.model import FindingKind, Span

FOLDER = Path(__file__).parent / "cases" / "detectors"
KINDS: dict[str, FindingKind] = {"loaded": "loaded_term", "hedge": "hedge", "certainty": "certainty"}
_MARK = re.compile(r"\[(\w+):([^\]]+)\]")


@dataclass(frozen=True)
class Case:
    file: str
    part: str  # find | silent
    text: str
    marks: tuple[tuple[FindingKind, Span], ...]
    kind: FindingKind
    miss: str  # why it is known to fail; empty for a case that holds

    def __str__(self) -> str:
        return f"{self.file}/{self.part}: {self.text}"


def parse(line: str) -> tuple[str, tuple[tuple[FindingKind, Span], ...]]:
    """The text of a marked-up line and its marks."""
    text, marks, end = "", [], 0
    for match in _MARK.finditer(line):
        text += line[end : match.start()]
        marks.append((KINDS[match.group(1)], Span(len(text), len(text) + len(match.group(2)))))
        text += match.group(2)
        end = match.end()
    return text + line[end:], tuple(marks)


def read() -> list[Case]:
    """All cases, in the order of the files."""
    cases = []
    for path in sorted(FOLDER.glob("*.txt")):
        part = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("== "):
                part = line[3:]
            elif line and not line.startswith("#"):
                miss, line = line[2:].split(" | ", 1) if line.startswith("~ ") else ("", line)
                text, marks = parse(line)
                kind = KINDS[re.split(r"[_s.]", path.name)[0]]
                cases.append(Case(path.name, part, text, marks, kind, miss))
    return cases
