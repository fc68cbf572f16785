"""Numbers, dates and lists as people write them."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis.written import capital, count, day, listing, number, percent


@pytest.mark.parametrize(
    ("value", "digits", "sign", "shown"),
    [
        (0.314, 2, True, "+0.31"), (-0.314, 2, True, "−0.31"), (-0.001, 2, True, "0.00"),
        (1234.56, 1, False, "1,234.6"), (-0.04, 1, False, "0.0"), (-1234.56, 1, False, "−1,234.6"),
    ],
)  # fmt: skip
def test_numbers(value: float, digits: int, sign: bool, shown: str) -> None:
    assert number(value, digits, sign=sign) == shown


def test_counts_days_and_lists() -> None:
    assert [percent(share) for share in (0, 0.004, 0.236, 1)] == ["0 %", "under 1 %", "24 %", "100 %"]
    assert [count(n, "article") for n in (0, 1, 12400)] == ["0 articles", "1 article", "12,400 articles"]
    assert count(2.0, "scare quotes", "scare quotes") == "2 scare quotes"
    assert [day(date(2024, 3, 4)), day(pd.Timestamp("2024-03-04")), day(None), day(pd.NaT)] == ["4 March 2024"] * 2 + [
        ""
    ] * 2
    assert [listing([]), listing(["a"]), listing(["a", "b", "c"])] == ["", "a", "a, b and c"]
    assert listing(["a", "b"], last="or") == "a or b"
    assert capital("the United Nations") == "The United Nations"
