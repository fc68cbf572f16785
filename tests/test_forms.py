"""Rows of a table for word forms: every form has its own, and the commonest keep theirs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.language.forms import Remembered


@given(st.lists(st.lists(st.integers(0, 40).map(str), min_size=1, max_size=30), max_size=30))
def test_every_form_has_a_row_of_its_own_that_was_filled_for_it(asked: list[list[str]]) -> None:
    remembered, table = Remembered(12), dict[int, str]()
    for forms in asked:
        rows, new = remembered(forms)
        table |= {row: form for form, row in new.items()}
        assert [table[row] for row in rows.tolist()] == forms
        assert max(table) < remembered.size
    most = max((len(set(forms)) for forms in asked), default=0)
    assert remembered.size <= max(12, most), "more rows only where so many forms are asked for at once"


def test_common_forms_stay_when_rare_ones_make_room() -> None:
    remembered = Remembered(16)
    for number in range(40):
        remembered(["the ", "ship ", f"rare{number}"])
    assert remembered(["the ", "ship "])[1] == {}
    assert remembered(["rare39", "rare0"])[1].keys() == {"rare0"}
