"""Whom words are about: cases as data, and what must hold for any of them."""

from __future__ import annotations

import re

import pytest

from analysis import analyze, pipeline, targets
from analysis.model import Article, Finding, Span
from tests import case_files

LINES = case_files.lines("targets.txt")
SPLIT, MISSED = LINES.index("silent:"), LINES.index("missed:")
MARKED = re.compile(r"\[(?:(\w+)\|)?([^\]>]+)>([^\]]*)\]")


def read(line: str) -> tuple[str, list[tuple[Span, str, str]]]:
    """A marked-up line as its text, and per mark its place, its category and whom it is about."""
    text, marks, last = "", [], 0
    for match in MARKED.finditer(line):
        text += line[last : match.start()]
        marks.append((Span(len(text), len(text) + len(match[2])), match[1] or "dishonour", match[3]))
        text += match[2]
        last = match.end()
    return text + line[last:], marks


def about(text: str, marks: list[tuple[Span, str, str]]) -> list[str]:
    reading = pipeline.read(Article("case", text))[0]
    found = [Finding("loaded_term", kind, span, "narrator", None, None, -0.5, 0.8, "") for span, kind, _ in marks]
    reading, made = targets.assign(reading, found)
    names = {actor.id: actor.name for actor in reading.actors}
    return ["; ".join(names[one] for one in f.target.split("; ")) if f.target else "" for f in made]


def test_the_cases_have_both_parts() -> None:
    assert SPLIT >= 190
    assert MISSED - SPLIT > 30


@pytest.mark.parametrize("line", [*LINES[:SPLIT], *LINES[SPLIT + 1 : MISSED]])
def test_case(line: str) -> None:
    text, marks = read(line)
    assert marks
    assert about(text, marks) == [name for *_, name in marks]


def test_people_without_a_name_are_among_the_actors_and_mentions() -> None:
    report = analyze(Article("one", "Mayor Anna Holt and eight spineless councillors voted for it."))
    councillors = next(actor for actor in report.actors if actor.name == "councillors")
    assert not councillors.named
    assert [m.span.of(report.article.text) for m in report.mentions if m.actor == councillors.id] == ["councillors"]
    assert [f.target for f in report.findings if f.span.of(report.article.text) == "spineless"] == [councillors.id]


def test_plain_articles_gain_no_actor() -> None:
    report = analyze(Article("one", "Eight of them voted for it. Friends of the mill met Anna Holt on Monday."))
    assert [actor.name for actor in report.actors] == ["Anna Holt"]


@pytest.mark.xfail(strict=True, reason="needs what the sentences before tell, or what a verb does to its object")
@pytest.mark.parametrize("line", LINES[MISSED + 1 :])
def test_missed(line: str) -> None:
    test_case(line)
