"""Krippendorff's alpha against the examples that he works out himself, and what has no alpha."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom.agreement import agreement, alpha, counts_of, in_words

# K. Krippendorff, “Computing Krippendorff's Alpha-Reliability” (2011): a row for each reader, a dot for no reading.
BINARY = ("0100000010", "1110010000")
NOMINAL = ("aabbdcccedda", "babbbccceddd")
MISSING = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


def table(rows: tuple[str, ...], missing: str | None = None) -> list[list[int]]:
    values = sorted({value for row in rows for value in row} - {"."})
    readings = [{unit: value for unit, value in enumerate(row) if value != "."} for row in rows]
    return counts_of(readings, len(rows[0]), values, missing)


@pytest.mark.parametrize(
    ("rows", "expected"), [(BINARY, 0.095), (NOMINAL, 0.692), (MISSING, 0.743)], ids=["A", "B", "C"]
)
def test_alpha_is_that_of_krippendorffs_own_examples(rows: tuple[str, ...], expected: float) -> None:
    assert alpha(table(rows)) == pytest.approx(expected, abs=0.0005)


@pytest.mark.parametrize("rows", [("1111", "1111"), ("12..", "..12"), ("....", "....")])
def test_without_a_second_value_or_a_second_reader_there_is_no_alpha(rows: tuple[str, ...]) -> None:
    assert alpha(table(rows)) is None if "1" in "".join(rows) else agreement(table(rows), 2) is None


def test_what_a_reader_left_out_is_no_reading_or_says_so() -> None:
    readings = [{0: "mark", 1: "mark"}, {0: "mark", 2: "smudge"}]
    assert counts_of(readings, 3, ["mark", "none"], None) == [[2, 0], [1, 0], [0, 0]]
    assert counts_of(readings, 3, ["mark", "none"], "none") == [[2, 0], [1, 1], [0, 1]]


def test_the_interval_lies_around_alpha_and_a_small_class_has_none() -> None:
    counts = table(("mmnnmnmnnnmm" * 3, "mmnnmnmnnnnn" * 3))
    found = agreement(counts, 2)
    assert found is not None
    assert (found.readers, found.units) == (2, 36)
    assert -1 < found.low < found.alpha < found.high < 1
    assert agreement(counts, 1) is None
    assert agreement(counts[:9], 2) is None
    assert agreement([], 2) is None


@given(st.lists(st.lists(st.integers(0, 5), min_size=2, max_size=2), min_size=1, max_size=8))
def test_alpha_is_one_where_nobody_differs_and_never_more(counts: list[list[int]]) -> None:
    value = alpha(counts)
    if value is not None:
        assert value <= 1
        differ = any(min(row) for row in counts)
        assert (value == 1) is not differ


@pytest.mark.parametrize(("counts", "says"), [([1, 2], "a row for each unit"), ([[1, -1]], "cannot be negative")])
def test_what_is_no_table_of_counts_says_why(counts: list, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        alpha(counts)


def test_words_for_an_alpha_rise_with_it() -> None:
    said = [in_words(value) for value in (-0.2, 0.2, 0.4, 0.667, 0.8)]
    assert len(set(said)) == 5
    assert "hardly more than chance" in said[0]
    assert "strongly" in said[-1]
