"""How far the analysis of a long text is: told in order, by many steps, and a listener may leave."""

from __future__ import annotations

import pytest

from analysis import analyze, midway
from analysis.language import reader
from analysis.model import Article

PARAGRAPHS = reader.TOGETHER * 4


def text(place: str) -> str:
    lines = (f"The regime in {place} slammed offer {n}, Ada Renn said." for n in range(PARAGRAPHS))
    return "\n\n".join(lines)


class Left(BaseException):
    """What a page raises that a click has interrupted."""


def test_shares_rise_through_the_paragraphs_and_the_stages() -> None:
    shares: list[float] = []
    with midway.heard_by(shares.append):
        report = analyze(Article("long", text("Vellmar")))
    assert report.findings
    assert shares == sorted(shares)
    assert len([share for share in shares if share < midway.GRAMMAR]) == PARAGRAPHS / reader.TOGETHER
    assert shares[0] == 0
    assert shares[-1] == midway.TONE < 1


def test_nobody_hears_of_it_afterwards() -> None:
    shares: list[float] = []
    with midway.heard_by(shares.append):
        pass
    analyze("A quiet day at the port.")
    assert not shares


@pytest.mark.parametrize("share", [0.1, midway.GRAMMAR, midway.ATTRIBUTION, midway.TONE])
def test_a_listener_that_leaves_costs_the_next_reading_nothing(share: float) -> None:
    def leave(reached: float) -> None:
        if reached >= share:
            raise Left

    place = f"Port {int(100 * share)}"
    with pytest.raises(Left), midway.heard_by(leave):
        analyze(Article("long", text(place)))
    again = analyze(Article("long", text(place)))
    assert again == analyze(Article("long", text(place)))
    assert len(again.findings) >= PARAGRAPHS
