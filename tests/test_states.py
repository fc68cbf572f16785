"""What the grammar holds of each word: the same in any company, nothing where nothing was read."""

from __future__ import annotations

import numpy as np
import pytest
import spacy

from analysis import language, pipeline, wording
from analysis.language.states import SIZE, states
from analysis.model import Article

TEXT = "The pier was closed on Monday.\n\nMei Tanaka called the “plan” a shameless farce."


def held(text: str) -> np.ndarray:
    doc = language.read(text)
    return states(doc, np.arange(len(doc)))


def test_every_word_has_a_state_and_white_space_has_none() -> None:
    doc = language.read(TEXT)
    found = states(doc, np.arange(len(doc)))
    assert found.shape == (len(doc), SIZE)
    assert (np.abs(found) <= 1.01).all()
    space = np.array([token.is_space for token in doc])
    assert space.any()
    assert not found[space].any()
    assert found[~space].any(axis=1).all()


def test_a_state_depends_on_the_paragraph_alone() -> None:
    first, second = TEXT.split("\n\n")
    alone, together = held(second), held(TEXT)
    assert np.array_equal(together[-len(alone) :], alone)
    many = [states(doc, np.arange(len(doc))) for doc in language.read_many([first, TEXT, second])]
    assert np.array_equal(many[1], together)


def test_a_word_has_another_state_in_another_place() -> None:
    one, other = language.read("He will fire the clerk."), language.read("A fire broke out.")
    assert np.abs(states(one, np.array([2])) - states(other, np.array([1]))).max() > 0.2


def test_a_doc_that_nobody_read_has_no_states() -> None:
    doc = spacy.blank("en")("The pier was closed.")
    assert not states(doc, np.arange(len(doc))).any()
    assert states(language.read(""), np.arange(0)).shape == (0, SIZE)


@pytest.mark.parametrize("text", ["{} is a disgusting liar.", "{} told the council a shameless farce of a tale."])
@pytest.mark.parametrize("name", ["Donald Trump", "Joe Biden", "Xi Jinping", "Angela Merkel", "Vladimir Putin"])
def test_no_name_tips_how_likely_a_word_is_marked(text: str, name: str) -> None:
    def judged(who: str) -> list[float]:
        doc = pipeline.read(Article("one", text.format(who)))[0].doc
        return [float(chance) for token, chance in zip(doc, wording.chances(doc), strict=True) if token.is_lower]

    assert judged(name) == pytest.approx(judged("Mei Tanaka"), abs=0.1)
