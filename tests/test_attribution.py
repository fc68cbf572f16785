"""Who says what: cases as data. Every case is checked for what must be found; the silent ones for nothing else."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import analyze
from analysis.model import Article, Report
from analysis.serialise import to_dict
from analysis.voices import count_words

LINES = [
    line.replace("\\n", "\n")
    for line in (Path(__file__).parent / "cases" / "attribution.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
SPLIT = LINES.index("silent:")
OPENING = re.compile(r"\[(direct|partial|scare|mention)(?:=([^|\]]*))?\||\{([^|}]*)\|")

Wanted = tuple[str, str, str | None]


def read(marked: str) -> tuple[str, list[Wanted], list[Wanted]]:
    """A marked-up line as its text, its quotes and its indirect contents, each as (kind, content, speaker)."""
    text, at = "", 0
    stack: list[tuple[str, str | None, int]] = []
    quotes: list[Wanted] = []
    indirect: list[Wanted] = []
    while at < len(marked):
        opening = OPENING.match(marked, at)
        if opening:
            kind = opening.group(1) or "indirect"
            stack.append((kind, opening.group(2) or opening.group(3), len(text)))
            at = opening.end()
        elif marked[at] in "]}" and stack:
            kind, speaker, start = stack.pop()
            content = text[start:].strip()
            (indirect if kind == "indirect" else quotes).append((kind, content, speaker))
            at += 1
        else:
            text += marked[at]
            at += 1
    return text, quotes, indirect


@cache
def report(text: str) -> Report:
    return analyze(Article("case", text))


def test_the_cases_have_both_parts() -> None:
    assert SPLIT >= 40
    assert len(LINES) - SPLIT > 5


@pytest.mark.parametrize("line", LINES[:SPLIT])
def test_found(line: str) -> None:
    text, quotes, indirect = read(line)
    found = to_dict(report(text))
    assert [(q["text"], q["kind"], q["speaker"]) for q in found["quotes"]] == [
        (content, kind, speaker) for kind, content, speaker in quotes
    ]
    reported = [
        (a["text"].removeprefix("that "), a["speaker"]) for a in found["attributions"] if a["kind"] == "indirect"
    ]
    for _, content, speaker in indirect:
        assert (content, speaker) in reported


@pytest.mark.parametrize("line", LINES[SPLIT + 1 :])
def test_silent(line: str) -> None:
    found = report(line)
    assert found.quotes == ()
    assert found.attributions == ()


@pytest.mark.parametrize("line", [line for line in LINES if line != "silent:"])
def test_voices_cover_the_text(line: str) -> None:
    found = report(read(line)[0])
    text = found.article.text
    assert "".join(v.span.of(text) for v in found.voices) == text
    spoken = found.exposure
    assert spoken.narrator + spoken.quoted + spoken.reported == count_words(text)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("Aa bsaid said“”‘’\"'.,:\n—İ😀(")), max_size=120))
def test_any_text(text: str) -> None:
    found = analyze(Article("any", text))
    assert not any("stopped" in problem for problem in found.problems), found.problems
    known = {actor.id for actor in found.actors}
    for said in found.attributions:
        assert 0 <= said.content.start < said.content.end <= len(text)
        assert said.speaker is None or set(said.speaker.split("; ")) <= known
    for one in (*found.findings, *found.mentions):
        assert 0 <= one.span.start < one.span.end <= len(text)
