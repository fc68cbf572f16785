"""The cost of one long text grows with its length: what looks back asks an index, not all that came before.

Lines of code that run are counted, not seconds: a busy machine runs as many of them.
"""

from __future__ import annotations

import sys
from itertools import islice, product
from pathlib import Path
from types import FrameType
from typing import Any

import analysis
from analysis import analyze
from analysis.model import Article

HOME = Path(analysis.__file__).parent
STAGES = tuple(f"{HOME / part}/" for part in ("actors", "attribution", "detectors", "targets"))
TURN = (  # every kind of look-back: names, roles, bodies, countries, pronouns, quotations, judging words
    "“This {term} plan is a disgrace,” {person} said. Minister {person} and {other} told the company {body} Rail that "
    "the shameful decision of {other} would be “a brazen gift” to Russian officials. He said that {body} had lied. "
    "The {body} Rail Union attacked the corrupt minister, and she called the ministry “dead wrong”. NATO said that "
    "the government would meet the president of France. “It is {term},” added {other}, who met {person}. "
)
SYLLABLES = ("bar", "del", "fen", "gor", "hal", "kes", "lun", "mor", "nev", "pol")


def text(turns: int) -> str:
    """A single paragraph in which everybody is new."""
    surnames = ("".join(parts).title() for parts in product(SYLLABLES, repeat=3))
    drawn = [list(islice(surnames, 3)) for _ in range(turns)]
    return "".join(
        TURN.format(term="vile", person=f"Ada {one}", other=f"Jan {two}", body=three) for one, two, three in drawn
    )


def lines(given: str) -> int:
    """How many lines of the stages run while a text is analysed."""
    count = 0

    def inside(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += 1
        return inside

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        return inside if frame.f_code.co_filename.startswith(STAGES) else None

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        report = analyze(Article("long", given))
    finally:
        sys.settrace(before)
    assert report.findings
    assert len(report.quotes) > 2
    return count


def test_a_text_four_times_as_long_costs_hardly_more_than_four_times_as_much() -> None:
    analyze(Article("first", text(2)))  # what is loaded once is not counted
    short, long = lines(text(30)), lines(text(120))
    assert long < 5 * short  # it was 16 times as much when every question went through all mentions
