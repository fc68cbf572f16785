"""Word and sentence polarity, corrected for news."""

from __future__ import annotations

import pytest

from analysis.polarity import sentence_valence, word_valence


@pytest.mark.parametrize("word", ["war", "killed", "attack", "security", "united", "defence", "Cancer", "table", ""])
def test_words_that_only_name_have_no_valence(word: str) -> None:
    assert word_valence(word) == 0.0


@pytest.mark.parametrize(("word", "sign"), [("shameful", -1), ("hysterically", -1), ("courageous", 1), ("regime", -1)])
def test_judging_words_have_one(word: str, sign: int) -> None:
    assert word_valence(word) * sign > 0.3


@pytest.mark.parametrize("word", ["clearly", "certainly", "surely", "admits", "survived", "survivors"])
def test_how_sure_a_claim_is_says_not_how_good(word: str) -> None:
    assert word_valence(word) == 0.0


def test_the_lemma_is_tried_after_the_form() -> None:
    assert word_valence("xyzzy", "shameful") == word_valence("shameful")


@pytest.mark.parametrize(
    ("typographic", "typewriter"),
    [("It isn’t great.", "It isn't great."), ("“This is a disaster.”", '"This is a disaster."')],
)
def test_marks_do_not_change_a_sentence(typographic: str, typewriter: str) -> None:
    assert sentence_valence(typographic) == sentence_valence(typewriter) < 0


def test_an_event_is_no_judgement() -> None:
    assert sentence_valence("Twelve soldiers were killed in the war near the border.") == 0.0
    assert sentence_valence("The crooked mayor gave a dishonest answer.") < 0
    assert sentence_valence("The courageous mayor gave an honest answer.") > 0


def test_valence_stays_in_bounds() -> None:
    assert -1 <= sentence_valence("shameful " * 60) <= sentence_valence("heroic " * 60) <= 1
