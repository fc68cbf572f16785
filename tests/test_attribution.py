"""Who says what: cases as data. Every case is checked for what must be found; the silent ones for nothing else."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import analyze
from analysis.attribution.objects import summed
from analysis.language import read
from analysis.language.columns import columns
from analysis.model import Article, Report
from analysis.serialise import to_dict
from analysis.voices import count_words
from tests.attribution_cases import ALL, Case

CASES = [
    pytest.param(case, id=str(case), marks=[pytest.mark.xfail(reason=case.miss, strict=True)] if case.miss else [])
    for case in ALL
]


@cache
def report(text: str) -> Report:
    return analyze(Article("case", text))


def stopped(text: str) -> list[str]:
    """What broke the analysis off; marks that are never closed do not."""
    return [problem for problem in report(text).problems if "stopped" in problem]


def test_the_cases_have_both_parts() -> None:
    files = {case.file for case in ALL}
    assert len(files) >= 10
    for file in files:
        assert any(case.file == file and case.silent for case in ALL), file
    assert len(ALL) >= 350


@pytest.mark.parametrize("case", CASES)
def test_found(case: Case) -> None:
    found = to_dict(report(case.text))
    assert tuple((q["kind"], q["text"], q["speaker"]) for q in found["quotes"]) == case.quotes
    marked = {q["text"] for q in found["quotes"]}
    told = [("block", a["text"], a["speaker"]) for a in found["attributions"] if a["kind"] == "direct"]
    assert [block for block in told if block[1] not in marked] == list(case.blocks)
    reported = [
        ("indirect", a["text"].removeprefix("that "), a["speaker"])
        for a in found["attributions"]
        if a["kind"] == "indirect"
    ]
    if case.silent:
        assert reported == list(case.indirect)
    for wanted in case.indirect:
        assert wanted in reported


@pytest.mark.parametrize("case", ALL, ids=str)
def test_voices_cover_the_text(case: Case) -> None:
    found = report(case.text)
    text = found.article.text
    assert "".join(v.span.of(text) for v in found.voices) == text
    spoken = found.exposure
    assert spoken.narrator + spoken.quoted + spoken.reported == count_words(text)


def test_a_reason_tells_a_pronoun_by_its_name() -> None:
    (said,) = report("Ada Renn leads the board. “We will not sell the mill,” she said.").quotes
    assert said.reason == "The marks hold a whole utterance of Ada Renn; the cue is ‘said’."


@pytest.mark.parametrize("number", range(0, len(ALL), 8))
def test_a_case_may_end_after_any_word(number: int) -> None:
    ends = [m.end() for m in re.finditer(r"\w+", ALL[number].text)]
    for end in ends[number % 3 :: 3]:
        assert not stopped(ALL[number].text[:end])


@pytest.mark.parametrize("text", ["Here is what Ada Renn said", "Anna Holt wants to push out what she sees"])
def test_what_somebody_said_may_end_a_text(text: str) -> None:
    assert not stopped(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Ada Renn met Goran Vuk on Monday. “He is late,” Renn said.", "Goran Vuk"),
        ("Goran Vuk met Ada Renn on Monday. “She has lost her keys,” Vuk said. “We like her.”", "Ada Renn"),
        ("Ada Renn spoke. “Goran Vuk lost, and we saw him leave,” she said.", "Goran Vuk"),
        ("Goran Vuk met Peter Lind and Ada Renn. “He is late,” Renn said.", None),
        ("Peter Lind spoke on Monday. “He is late,” Lind said.", None),
    ],
)
def test_he_in_marks_is_the_one_other_person(text: str, meant: str | None) -> None:
    found = report(text)
    names = {actor.id: actor.name for actor in found.actors}
    inside = [
        m for m in found.mentions if m.form == "pronoun" and any(q.content.contains(m.span) for q in found.quotes)
    ]
    assert {names[m.actor] for m in inside} == ({meant} if meant else set())


@settings(max_examples=60)
@given(st.text(alphabet=st.sampled_from(list("Aa bsaid said“”‘’\"'.,:\n—İ😀(")), max_size=120))
def test_any_text(text: str) -> None:
    found = report(text)
    assert not stopped(text)
    known = {actor.id for actor in found.actors}
    for said in found.attributions:
        assert 0 <= said.content.start < said.content.end <= len(text)
        assert said.speaker is None or set(said.speaker.split("; ")) <= known
    for one in (*found.findings, *found.mentions):
        assert 0 <= one.span.start < one.span.end <= len(text)


@pytest.mark.parametrize("end", ["a", "a bold", "in a", "an"])
def test_a_text_may_end_where_the_writer_would_sum_up(end: str) -> None:
    seen = columns(read(f"Renn said that he would vote for the pact, {end}"))
    assert summed(seen, 0, len(seen)) == len(seen)
