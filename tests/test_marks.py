"""Pairs of quotation marks: cases as data, and what must hold for any text."""

from __future__ import annotations

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.attribution import posts
from analysis.attribution.stretches import Stretches
from analysis.marks import TOLD, pair
from analysis.model import Span
from tests import case_files

LINES = [line.replace("\\n", "\n") for line in case_files.lines("marks.txt")]
SPLIT = LINES.index("silent:")


def read(marked: str) -> tuple[str, list[str]]:
    """A marked-up line as its text and the contents that its brackets show, in the order in which they open."""
    text, opened, found = "", [], []
    for character in marked:
        if character == "[":
            opened.append(len(found))
            found.append([len(text), 0])
        elif character == "]":
            found[opened.pop()][1] = len(text)
        else:
            text += character
    return text, [text[start:end] for start, end in found]


def test_the_cases_have_both_parts() -> None:
    assert SPLIT > 15
    assert len(LINES) - SPLIT > 8


@pytest.mark.parametrize("line", [line for line in LINES if line != "silent:"])
def test_case(line: str) -> None:
    text, contents = read(line)
    pairs, _ = pair(text)
    assert [p.content.of(text) for p in pairs] == contents


def test_one_missing_mark_is_one_problem() -> None:
    text = "“The pumps failed, said the warden at the weir.\n\n“We had asked,” he added. “Twice.”"
    pairs, problems = pair(text)
    assert [p.content.of(text) for p in pairs] == ["We had asked,", "Twice."]
    assert len(problems) == 1
    assert "The pumps failed" in problems[0]


MARKED = st.text(alphabet=st.sampled_from(list("ab s.,\n“”‘’„«»\"'`")), max_size=80)


@given(st.one_of(MARKED, st.text(max_size=80)))
def test_any_text(text: str) -> None:
    pairs, problems = pair(text)
    for one in pairs:
        assert 0 < one.content.start < one.content.end <= len(text)
        assert one.content.of(text) == one.content.of(text).strip()
        assert text[: one.content.start].rstrip().endswith(one.opening)
    for first, second in pairwise(pairs):
        assert not first.content.overlaps(second.content) or first.content.contains(second.content)
    assert all(isinstance(problem, str) for problem in problems)


@given(MARKED, MARKED)
def test_a_paragraph_cannot_change_the_next_unless_it_is_taken_up_again(first: str, second: str) -> None:
    if second.lstrip()[:1] in "“”‘’„«»\"'`" or not second.strip() or not first.strip():
        return
    alone = [p.content.of(second) for p in pair(second)[0]]
    both = first + "\n\n" + second
    offset = len(first) + 2
    assert [p.content.of(both) for p in pair(both)[0] if p.content.start >= offset] == alone


@given(st.lists(st.sampled_from(["“", "”", "a", " ", "b"]), max_size=30).map("".join), st.data())
def test_stretches_answer_as_the_pairs_do(text: str, data: st.DataObject) -> None:
    pairs = pair(text)[0]
    marked, outer = Stretches(pairs), [p.content for p in pairs if p.depth == 0]
    start = data.draw(st.integers(0, len(text)))
    here = Span(start, data.draw(st.integers(start, len(text))))
    assert marked.closed(start) == max((m.end for m in outer if m.end < start), default=-1)
    assert marked.closed_by(start) == max((m.end for m in outer if m.end <= start), default=-1)
    assert marked.opens_within(here.start, here.end) == any(here.start <= m.start < here.end for m in outer)
    assert marked.inside(here) == sum(max(0, min(here.end, m.end) - max(here.start, m.start)) for m in outer)
    if len(here):
        assert marked.holding(here.start, here.end) == next((m for m in outer if m.contains(here)), None)
        assert marked.cut(here.start, here.end) == any(here.overlaps(m) and not m.contains(here) for m in outer)


@pytest.mark.parametrize("unit", ["“", "‘a’ ", "»", " 'a", '7"'])
def test_a_text_that_is_nothing_but_marks_costs_no_more_a_mark(unit: str) -> None:
    began = process_time()
    _, problems = pair(unit * (200_000 // len(unit)))
    assert process_time() - began < 4, "nine seconds when each mark looked through all that stand before it"
    assert len(problems) <= TOLD + 1


def test_many_marks_without_a_partner_are_told_together() -> None:
    problems = pair("She “left\n\n" * (TOLD + 1_200))[1]
    assert len(problems) == TOLD + 1
    assert problems[-1] == "1,200 further marks have no partner; they were left out, too."


@pytest.mark.parametrize("unit", [".", ".!", "… ", " ", "Abc ", ". "])
def test_a_long_row_behind_a_mark_that_is_never_closed_costs_no_square(unit: str) -> None:
    began = process_time()
    pair("She said: “It went on" + unit * (100_000 // len(unit)) + " b")
    assert process_time() - began < 2, "four minutes when each stop of a row looked at all behind it"


def test_a_long_blank_before_a_writer_costs_no_square() -> None:
    text = "The dam" + " " * 100_000 + "— Ada Renn (@adarenn) left"
    began = process_time()
    assert not list(posts.find(text, ()))
    assert process_time() - began < 2, "a minute when each blank was looked at from all before it"
