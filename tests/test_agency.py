"""Who acts and who is acted upon: cases as data."""

from __future__ import annotations

import re

import pytest

from analysis import agency, pipeline
from analysis.model import Article, Span
from tests import case_files

LINES = case_files.lines("agency.txt")
SPLIT = LINES.index("silent:")
MARKED = re.compile(r"\[([^\]>]+)>([^\]]*)\]")
BY_NOBODY = ", by nobody"


def read(line: str) -> tuple[str, set[tuple[Span, str, str]]]:
    """A marked-up line as its text, and who has which role in the verb at which place."""
    text, marks, last = "", set(), 0
    for match in MARKED.finditer(line):
        text += line[last : match.start()]
        verb = Span(len(text), len(text) + len(match[1]))
        marks |= {(verb, *role(one.strip())) for one in match[2].split(";")}
        text += match[1]
        last = match.end()
    return text + line[last:], marks


def role(mark: str) -> tuple[str, str]:
    if mark.endswith(" does"):
        return mark.removesuffix(" does"), "agent"
    name = mark.removeprefix("to ")
    return name.removesuffix(BY_NOBODY), "patient_agentless" if name.endswith(BY_NOBODY) else "patient"


def test_the_cases_have_both_parts() -> None:
    assert SPLIT >= 35
    assert len(LINES) - SPLIT > 8


@pytest.mark.parametrize("line", [line for line in LINES if line != "silent:"])
def test_case(line: str) -> None:
    text, marks = read(line)
    reading = pipeline.read(Article("case", text))[0]
    names = {actor.id: actor.name for actor in reading.actors}
    assert {(one.verb, names[one.actor], one.role) for one in agency.find(reading)} == marks
