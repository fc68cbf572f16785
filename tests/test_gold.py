"""The gold set: well formed, and read at least as well as its floors say (benchmarks/floors.tsv)."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from benchmarks.quality import gold as measure
from benchmarks.quality.__main__ import FLOORS, ROUNDING
from tests import gold

ARTICLES = list(gold.read())


def test_it_holds_three_slants_of_every_event() -> None:
    assert len(ARTICLES) >= 24
    events = Counter(one.article.id.rsplit("-", 1)[0] for one in ARTICLES)
    assert set(events.values()) == {3}
    for event in events:
        slants = [one.slant for one in ARTICLES if one.article.id.startswith(f"{event}-")]
        assert sorted(s.split(" ")[0] for s in slants) == ["against", "for", "neutral"]


def test_signs_leave_no_trace_in_the_text() -> None:
    for one in ARTICLES:
        assert not set("[]{}^|") & set(one.article.text), one.article.id


def test_plain_articles_hold_nothing_slanted() -> None:
    for one in ARTICLES:
        if one.slant == "neutral":
            assert not one.slanted
            assert not [m for m in one.marks if m.kind in ("loaded", "scare")]
        else:
            assert len(one.slanted) >= 3


def test_a_sign_left_open_is_told(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "broken.txt").write_text("== A | neutral | B\nHe said [loaded:this and no more.", encoding="utf-8")
    with pytest.raises(ValueError, match=r"broken-0: a sign is not closed after 'this and no more.'"):
        list(gold.read(tmp_path))


def test_no_score_is_below_its_floor() -> None:
    with FLOORS.open(encoding="utf-8", newline="") as file:
        floors = {row["score"]: float(row["floor"]) for row in csv.DictReader(file, delimiter="\t")}
    fallen = {name: value for name, value in measure.measure() if value < floors[name] - ROUNDING}
    assert not fallen
