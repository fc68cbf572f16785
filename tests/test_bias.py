"""The probability of a sentence being called biased."""

from __future__ import annotations

import numpy as np
import pytest

from analysis import bias, pipeline
from analysis.model import Article, Sentence
from tests.test_detectors import reading


def scored(text: str) -> tuple[Sentence, ...]:
    here, found, _ = pipeline.read(Article("one", text))
    return bias.sentences(here, found)


def test_one_score_for_each_sentence() -> None:
    text = "The council met on Monday. The shameful, corrupt mayor squandered everything!"
    first, second = scored(text)
    assert first.span.of(text).strip() == "The council met on Monday."
    assert 0 < first.bias < 0.5 < second.bias < 1


def test_an_empty_text_has_no_sentences() -> None:
    assert scored("") == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The Kestrian regime shamelessly jailed two printers.",
            "The Belmoran regime shamelessly jailed two printers.",
        ),
        ("Donald Renn gave a ludicrous answer.", "Barack Holt gave a ludicrous answer."),
    ],
)
def test_names_do_not_matter(one: str, other: str) -> None:
    assert [s.bias for s in scored(one)] == pytest.approx([s.bias for s in scored(other)], abs=0.02)


def test_every_feature_has_a_coefficient_and_no_other() -> None:
    here = reading("The shameful vote stands.")
    values = bias.features(here, ())
    assert {len(column) for column in values.values()} == {1}
    assert set(values) == set(bias.coefficients())


def test_an_unknown_feature_is_an_error() -> None:
    with pytest.raises(KeyError):
        bias.score({"outlet": np.ones(1, dtype=np.float32)})
