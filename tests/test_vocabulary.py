"""What is remembered of words: the rows that describing each word gives, whatever came before."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import vocabulary
from analysis.vocabulary import Vocabulary


def described(word: str) -> tuple[float, float]:
    return float(len(word)), float(word.isupper())


@given(st.lists(st.lists(st.text(max_size=4), max_size=30), max_size=8))
def test_rows_are_what_is_said_of_each_word(texts: list[list[str]]) -> None:
    table = Vocabulary(described, 2)
    for words in texts:
        assert table(words).tolist() == [list(described(word)) for word in words]


def test_no_words_are_no_rows() -> None:
    assert Vocabulary(described, 2)([]).shape == (0, 2)


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "MOST", 10)
    asked: list[str] = []

    def noted(word: str) -> tuple[float, ...]:
        asked.append(word)
        return described(word)

    table = Vocabulary(noted, 2)
    table(["a", "b", "a"])
    assert asked == ["a", "b"]
    table([str(number) for number in range(9)])  # too many together: the first two are forgotten
    np.testing.assert_array_equal(table(["a"]), [described("a")])
    assert asked.count("a") == 2


def test_a_change_to_the_rows_given_changes_nothing_else() -> None:
    table = Vocabulary(described, 2)
    table(["a"])[:] = 7
    assert table(["a"]).tolist() == [list(described("a"))]
