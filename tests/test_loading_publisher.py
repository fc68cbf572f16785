"""The publisher is read where it is stated, and stays unknown where a name is only mentioned."""

from __future__ import annotations

import pytest

from analysis.loading import from_text
from analysis.model import UNKNOWN_SOURCE
from tests.loading_cases import PARTS, read

CASES = read("publisher.txt")


def parse(case: str) -> tuple[str, str]:
    source, _, text = case.partition("----\n")
    return source.strip() or UNKNOWN_SOURCE, text


def test_both_parts_hold_cases() -> None:
    parts = [part for part, _ in CASES]
    assert set(parts) == set(PARTS)
    assert min(parts.count(part) for part in PARTS) >= 30
    assert all((parse(case)[0] == UNKNOWN_SOURCE) == (part == "must stay silent") for part, case in CASES)


@pytest.mark.parametrize(("part", "case"), CASES, ids=[case.split("----\n")[1][:60] for _, case in CASES])
def test_publisher(part: str, case: str) -> None:
    source, text = parse(case)
    assert from_text(text).source == source
    # Cleaning or not, the text states the same publisher.
    kept = from_text(text, clean=False)
    assert (kept.source, kept.text) == (source, text)


def test_what_the_caller_states_goes_first() -> None:
    text = "OSLO (Reuters) - The lock was mended.\n\nSource: The Tidewater Post"
    article = from_text(text, source="The Harbour Gazette")
    assert article.source == "The Harbour Gazette"
    assert article.removed == ("Source: The Tidewater Post",)


def test_statements_have_an_order() -> None:
    dateline = "OSLO (Reuters) - The lock was mended."
    byline = "By Ada Holm | The Tidewater Post"
    notice = "© 2021 The Harbour Gazette"
    line = "Source: IZ"
    assert from_text(f"{byline}\n\n{dateline}\n\n{notice}\n\n{line}").source == "IZ"
    assert from_text(f"{byline}\n\n{dateline}\n\n{notice}").source == "The Tidewater Post"
    assert from_text(f"{dateline}\n\n{notice}").source == "The Harbour Gazette"
    assert from_text(dateline).source == "Reuters"
    # A wire story in a paper belongs to the paper.
    assert from_text(f"By The Associated Press\n\n{dateline}\n\n{notice}").source == "The Harbour Gazette"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("BOSTON, Feb. 7, 2022 /PRNewswire/ -- The lock was mended.", "2022-02-07"),
        ("Rotterdam, 7 February 2022 (AFP) - The lock was mended.", "2022-02-07"),
        ("OSLO, Feb 7 (Reuters) - The lock was mended.", "None"),
        ("Lock mended\n\nPublished: 7 February 2022\n\nThe lock was mended.", "2022-02-07"),
        ("Lock mended\n\nPosted on Feb. 7, 2022 at 10:14\n\nThe lock was mended.", "2022-02-07"),
        ("Lock mended\n\nMonday, 7 February 2022\n\nThe lock was mended.", "2022-02-07"),
        ("Lock mended\n\nUpdated: 8 February 2022\n\nThe lock was mended.", "None"),
        ("The lock, opened on 7 February 1931, was mended.", "None"),
    ],
)
def test_day(text: str, day: str) -> None:
    assert str(from_text(text).published) == day
