"""How sure a text is that what it tells has happened."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import analyze, factuality, pipeline
from analysis.factuality.features import Scene
from analysis.model import Article


def chance(text: str, word: str) -> float:
    reading, found, _ = pipeline.detect(Article("one", text))
    scene = Scene(reading, found)
    return float(factuality.chances(scene, [scene.columns.words.index(word)])[0])


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The mayor may resign on Monday.", "resign"),
        ("If the dam fails, the valley will flood.", "fails"),
        pytest.param(
            "The minister denied that the bridge had collapsed.",
            "collapsed",
            marks=pytest.mark.xfail(reason="“denied” is seldom above an event in the annotated sentences", strict=True),
        ),
        ("The company plans to close the mill.", "close"),
        ("The band did not play.", "play"),
        ("Renn refused to sign the treaty.", "sign"),
    ],
)
def test_what_is_open(text: str, word: str) -> None:
    assert chance(text, word) > factuality.OPEN


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The mayor resigned on Monday.", "resigned"),
        ("The dam failed, and the valley was flooded.", "failed"),
        ("The bridge collapsed last night.", "collapsed"),
        ("Two sailors drowned after the boat sank.", "drowned"),
        ("Renn managed to sign the treaty.", "managed"),
    ],
)
def test_what_is_told_as_a_fact(text: str, word: str) -> None:
    assert chance(text, word) < factuality.OPEN


def test_a_hedge_weighs_more_where_its_event_is_open() -> None:
    text = "The mayor may have resigned. Police saw what appeared to be smoke."
    weights = {f.span.of(text): f.weight for f in analyze(Article("one", text)).findings if f.kind == "hedge"}
    found = pipeline.detect(Article("one", text))[1]
    listed = {f.span.of(text): f.weight for f in found if f.kind == "hedge"}
    assert weights.keys() == listed.keys()
    assert all(0 < weight <= 1 for weight in weights.values())
    assert weights != listed


@settings(max_examples=40)
@given(st.text(max_size=80))
def test_any_text_has_chances(text: str) -> None:
    if not text.strip() or any("\ud800" <= letter <= "\udfff" for letter in text):
        return
    reading, found, _ = pipeline.detect(Article("one", text))
    scene = Scene(reading, found)
    chances = factuality.chances(scene, range(len(reading.doc)))
    assert chances.shape == (len(reading.doc),)
    assert np.isfinite(chances).all()
    assert ((chances >= 0) & (chances <= 1)).all()


def test_the_events_of_a_text_are_told_apart() -> None:
    text = "The mayor resigned on Monday. The council may choose another."
    reading, found, _ = pipeline.detect(Article("one", text))
    events = {span.of(text): chance for span, chance in factuality.told(reading, found)}
    assert events.keys() == {"resigned", "choose"}
    assert events["resigned"] < factuality.OPEN < events["choose"]
