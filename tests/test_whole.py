"""The whole analysis from outside: short texts and what their JSON must say; cases/whole/README.md tells the form."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from analysis.loading import from_text
from analysis.pipeline import analyze_many
from analysis.serialise import to_dict
from tests.whole_cases import CHECKS, OF_A_PAIR, complaints

FOLDER = Path(__file__).parent / "cases" / "whole"
CLEANED = ("source", "clean")  # fields that are about what loading does; all other texts are taken as they stand
CASES: list[dict[str, Any]] = [
    json.loads(line) for path in sorted(FOLDER.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()
]


def _texts(case: dict[str, Any]) -> list[str]:
    return case.get("pair") or [case["text"]]


@cache
def analysed() -> dict[str, list[dict[str, Any]]]:
    """The JSON of every case, by its id; all are read together, as a folder of articles would be."""
    articles = [
        from_text(text, id=case["id"], clean=case["capability"].startswith(CLEANED))
        for case in CASES
        for text in _texts(case)
    ]
    rows: dict[str, list[dict[str, Any]]] = {}
    for report in analyze_many(articles):
        rows.setdefault(report.article.id, []).append(to_dict(report))
    return rows


def _params() -> list[Any]:
    known = [pytest.mark.xfail(reason=case["miss"]) if "miss" in case else () for case in CASES]
    return [pytest.param(case, id=case["id"], marks=marks) for case, marks in zip(CASES, known, strict=True)]


@pytest.mark.parametrize("case", _params())
def test_case(case: dict[str, Any]) -> None:
    assert complaints(case["expect"], analysed()[case["id"]]) == []


def test_the_cases_are_well_formed() -> None:
    assert [one for one, n in Counter(case["id"] for case in CASES).items() if n > 1] == []
    unknown = {key for case in CASES for key in case["expect"]} - set(CHECKS) - OF_A_PAIR - {"more_quotes"}
    assert unknown == set()


def test_every_field_has_what_must_be_found_and_what_must_stay_silent() -> None:
    keys = Counter(key for case in CASES for key in case["expect"])
    for found, silent in (("quotes", "not_quotes"), ("loaded", "not_loaded"), ("actors", "not_actors")):
        assert keys[found] > 5
        assert keys[silent] > 3
