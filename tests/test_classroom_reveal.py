"""What a class sees of itself: shares, where it parts from the analyser, and agreement before and after, by hand."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from analysis.model import Span
from classroom import phone, reveal, rooms
from classroom.rooms import Mark, Text
from classroom.tasks import MARKED, task
from tests import classroom_room as lesson
from tests import factory

WORDS = {
    factory.TEXT[span.start : span.end]: number
    for number, span in enumerate(rooms.text_of(factory.report(), "loaded").pieces)
}
REGIME, STUNT, OFFER, MONDAY = (WORDS[word] for word in ("regime", "stunt", "offer", "Monday"))


def shown(folder: Path, *readers: tuple[int, ...]) -> reveal.TextReveal:
    """The reveal of a room in which each reader has marked some words."""
    store = lesson.store(folder)
    room = lesson.opened(store)
    for pieces in readers:
        lesson.Phone(store, room).mark(*pieces)
    rooms.set_phase(store, lesson.again(store, room), "reveal")
    return reveal.reveal(store, lesson.again(store, room))[0]


def test_a_share_is_of_all_who_read_and_a_third_speaks_for_the_class(tmp_path: Path) -> None:
    found = shown(tmp_path, (REGIME, STUNT), (REGIME, OFFER), (REGIME,), (OFFER,))
    assert found.readers == 4
    said = {number: (found.pieces[number].share, found.pieces[number].of_class) for number in (REGIME, OFFER, STUNT)}
    assert said == {REGIME: (0.75, "against"), OFFER: (0.5, "against"), STUNT: (0.25, None)}


def test_where_class_and_analyser_part_most_comes_first(tmp_path: Path) -> None:
    found = shown(tmp_path, (REGIME, MONDAY), (MONDAY,), (MONDAY, OFFER))
    told = [(one.words, round(one.gap, 2), one.by_analyser, one.sentence) for one in found.differences]
    assert told == [
        ("Monday", 1.0, False, "All 3 marked it; the analyser did not."),
        ("disgraceful", 1.0, True, "The analyser marked it; none of 3 did."),
        ("regime", 0.67, True, "The analyser marked it; 1 of 3 did."),
    ]


def test_what_both_marked_is_counted_from_either_side(tmp_path: Path) -> None:
    (compared,) = shown(tmp_path, (REGIME, MONDAY), (REGIME, MONDAY)).compared
    assert (compared.of_class, compared.class_met, compared.of_analyser, compared.analyser_met) == (2, 1, 2, 1)
    assert (compared.precision, compared.recall) == (0.5, 0.5)


def test_before_and_after_are_compared_over_the_same_readers(tmp_path: Path) -> None:
    clock = lesson.Clock()
    store = lesson.store(tmp_path, clock)
    room = lesson.opened(store)
    first, second = lesson.Phone(store, room), lesson.Phone(store, room)
    first.mark(REGIME, MONDAY)
    second.mark(REGIME, OFFER)
    for phase in ("reveal", "discuss", "revise"):
        rooms.set_phase(store, lesson.again(store, room), phase)
        clock.now += rooms.GRACE + 1
    second.mark(MONDAY)
    lesson.Phone(store, room).mark(STUNT)  # joined after the reveal
    found = reveal.reveal(store, lesson.again(store, room))[0]
    assert found.readers == 3
    assert found.before is not None
    assert found.after is not None
    assert (found.before.readers, found.after.readers) == (2, 2)
    assert found.before.alpha < found.after.alpha


@pytest.mark.parametrize(("end", "met"), [(4, False), (5, True), (9, True)])
def test_a_piece_is_the_analysers_where_half_of_it_is_marked(end: int, met: bool) -> None:
    text = Text(0, "S", "", "wholesome", (Span(0, 9),), (Mark(Span(0, end), "favour", "loaded_term", "Why."),))
    piece = reveal._of_text(task("loaded"), text, {}, {1: {0: "favour"}}).pieces[0]
    assert (piece.kind == "loaded_term", piece.reason == "Why.") == (met, met)


def test_a_word_of_which_the_same_is_to_be_said_twice_is_listed_once(tmp_path: Path) -> None:
    text = factory.TEXT
    again = [n for n, word in enumerate(text.split()) if word.strip(",.“”").casefold() == "the"][:2]
    found = shown(tmp_path, tuple(again), tuple(again))
    assert [one.words.casefold() for one in found.differences].count("the") == 1


def test_a_class_that_asks_at_once_has_its_reveal_worked_out_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = lesson.store(tmp_path)
    room = lesson.opened(store)
    pupils = [lesson.Phone(store, room, f"P{number}") for number in range(6)]
    rooms.set_phase(store, lesson.again(store, room), "reveal")
    worked = []

    def slowly(*given: Any) -> tuple[reveal.TextReveal, ...]:
        worked.append(given)
        time.sleep(0.1)  # long enough for all to have asked
        return reveal.reveal(*given)

    monkeypatch.setattr(phone, "reveal", slowly)
    with ThreadPoolExecutor(len(pupils)) as at_once:
        replies = list(at_once.map(lambda pupil: pupil.say("poll"), pupils))
    assert len(worked) == 1
    assert all(reply["screen"]["reveal"] for reply in replies)


@pytest.mark.parametrize(
    ("of_class", "class_met", "of_analyser", "analyser_met", "said"),
    [
        (4, 1, 23, 2, "Of the analyser’s 23 marks you found 2. Of the 4 words you marked, the analyser marked 1 too."),
        (4, 0, 23, 0, "Of the analyser’s 23 marks you found none. "
         "Of the 4 words you marked, the analyser marked none."),
        (1, 1, 1, 1, "The analyser made one mark here; you found it. "
         "As a class you marked one word; the analyser did, too."),
        (1, 0, 1, 0, "The analyser made one mark here; you did not find it. "
         "As a class you marked one word; the analyser did not."),
    ],
)  # fmt: skip
def test_counts_are_told_as_people_say_them(
    of_class: int, class_met: int, of_analyser: int, analyser_met: int, said: str
) -> None:
    compared = reveal.Compared(MARKED, of_class, class_met, of_analyser, analyser_met)
    assert reveal.compared_in_words(compared, task("loaded")) == said
