"""The lists that all stages share: what hangs on a word, and what is remembered from text to text."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.language import columns


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=14))
def test_columns_know_all_that_hangs_on_a_word_where_arcs_cross(numbers: list[int]) -> None:
    heads = [number % (i + 1) for i, number in enumerate(numbers)]  # every word hangs on one before it, or on itself
    order = sorted(range(len(heads)), key=lambda i: numbers[i])
    shuffled = [0] * len(heads)
    for i, head in enumerate(heads):
        shuffled[order[i]] = order[head]
    lefts, rights = columns._edges(np.array(shuffled))
    for word in range(len(heads)):
        below = {word}
        while more := {i for i, head in enumerate(shuffled) if head in below} - below:
            below |= more
        assert (lefts[word], rights[word]) == (min(below), max(below))


def test_what_is_remembered_is_bounded_and_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "_NAMED", 4)
    known, asked = columns._Known[str, str](), []

    def upper(word: str) -> str:
        asked.append(word)
        return word.upper()

    assert known(["a", "b", "a"], upper) == ["A", "B", "A"]
    assert known(["a", "c"], upper) == ["A", "C"]
    assert sorted(asked) == ["a", "b", "c"]
    assert known(["d", "e", "a"], upper) == ["D", "E", "A"]
    assert len(known._said) <= 4


def test_a_memory_that_another_thread_fills_up_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "_NAMED", 4)
    known = columns._Known[str, str]()

    def interrupted(word: str) -> str:
        if word == "c":
            known(["w", "x", "y", "z"], str.upper)  # what another thread may do in the middle
        return word.upper()

    assert known(["a", "b"], str.upper) == ["A", "B"]
    assert known(["a", "c", "b"], interrupted) == ["A", "C", "B"]
