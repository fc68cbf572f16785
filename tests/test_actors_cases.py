"""The actors stage against marked-up lines; cases/actors/README.md tells how to read them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analysis.actors import find
from analysis.language import read

FOLDER = Path(__file__).parent / "cases" / "actors"
FILES = sorted(FOLDER.glob("*.txt"))
MARK = re.compile(r"\[([^=\]]+)=([^\]]+)\]")
SILENT = "# must stay silent"


def _cases(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def _read(line: str) -> tuple[str, set[tuple[int, int, str]], dict[str, str]]:
    """Plain text, its marked mentions, and its conditions."""
    marked, _, tail = line.partition(" ## ")
    text, marks, at = "", set(), 0
    marked = marked.replace("⏎", "\n")
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        marks |= {(len(text), len(text) + len(match[1]), name) for name in match[2].split("+")}
        text += match[1]
        at = match.end()
    parts = (part.strip().partition(":") for part in tail.split(";") if part.strip())
    return text + marked[at:], marks, {key: value.strip() for key, _, value in parts}


def problems(line: str) -> list[str]:
    """What the stage gets wrong in one case, in plain words."""
    text, marks, conditions = _read(line)
    actors, mentions = find(read(text))
    names = {actor.id: actor.name for actor in actors}
    found = {(m.span.start, m.span.end, names[m.actor]) for m in mentions}
    acting = {(m.span.start, m.span.end, names[m.actor]) for m in mentions if m.form != "place"}
    wanted = {name for _, _, name in marks}
    wrong = [f"missed {text[a:b]!r} as {name}" for a, b, name in sorted(marks - found)]
    if "loose" not in conditions:
        wrong += [f"{text[a:b]!r} also taken for {n}" for a, b, n in sorted(acting - marks) if n in wanted]
    if "only" in conditions:
        wrong += [f"found {n} in {text[a:b]!r}" for a, b, n in sorted(acting) if n not in wanted]
    barred = {name.strip() for name in conditions.get("not", "").split(",")}
    wrong += [f"found {n} in {text[a:b]!r}" for a, b, n in sorted(acting) if n in barred]
    return wrong


@pytest.mark.parametrize(("name", "line"), [(path.stem, line) for path in FILES for line in _cases(path)])
def test_case(name: str, line: str) -> None:
    assert problems(line) == []


def test_every_file_has_both_parts() -> None:
    assert len(FILES) >= 10
    for path in FILES:
        found, _, silent = path.read_text(encoding="utf-8").partition(SILENT)
        assert "[" in found, f"{path.name} has nothing to find"
        assert silent.strip(), f"{path.name} has no silent part"
