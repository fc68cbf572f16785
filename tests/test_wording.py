"""How likely readers are to mark a word, and the marks that follow."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import analyze, pipeline, wording
from analysis.layers import Layers, load
from analysis.lexicon import load_terms, overrides
from analysis.model import Article, Finding
from analysis.wording import nearest
from benchmarks import layers

HOSTILE = (
    "The gelatinous functionaries at the ministry cringed again, and their pathetic, cumbersome scheme collapsed "
    "into a shambolic farce."
)


def loaded(text: str) -> list[str]:
    report = analyze(Article("one", text))
    assert not report.problems
    return [f.span.of(text) for f in report.findings if f.kind == "loaded_term"]


def unlisted(text: str) -> list[Finding]:
    return [f for f in analyze(Article("one", text)).findings if "is in no list" in f.reason]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (HOSTILE, "gelatinous"),
        ("The humorless, disgraceful stunt fooled nobody but the mayor's gullible admirers.", "humorless"),
        ("His moralistic preening is as ridiculous as it is dishonest.", "moralistic"),
    ],
)
def test_a_word_that_no_list_holds_is_marked_where_a_sentence_judges(text: str, word: str) -> None:
    (found,) = [f for f in unlisted(text) if f.span.of(text) == word]
    assert found.voice == "narrator"
    assert 0 < found.weight < 1
    assert found.valence < 0
    assert found.reason.count("‘") == 3


def test_a_word_that_no_list_holds_is_told_beside_listed_ones_that_judge_the_same_way() -> None:
    terms = {term.term: term for term in load_terms()}
    like = [terms[name] for name in ("tranquil", "disconcerting", "serene", "graceful")]
    assert nearest.named(like, nearest.sense(like)[1]) == ("tranquil", "serene")
    assert nearest.named(like[1:3], 1.0) == ("serene", "disconcerting"), "where one alone agrees, it stands first"


@pytest.mark.parametrize(
    "text",
    [
        "The council met on Monday and approved the budget for the new bridge.",
        "The carrier said that the floppy disks were delivered to the museum on Monday.",
        "Two stealth bombers flew over the base on Tuesday, the air force said.",
        "Farmers measured the gelatinous layer and sent a sample to the laboratory in the capital.",
        "Officials from Wuhan and the Chinese ministry visited the plant on Friday.",
    ],
)
def test_plain_reports_stay_silent(text: str) -> None:
    assert unlisted(text) == []


def test_a_word_that_mostly_names_is_marked_where_a_sentence_judges_and_said_by_its_own_row() -> None:
    text = HOSTILE.replace("pathetic", "bloody")
    assert "bloody" not in loaded("The bloody coat was sent to the laboratory.")
    (found,) = [f for f in analyze(Article("one", text)).findings if f.span.of(text) == "bloody"]
    assert found.category == "aggressor"
    assert "is in no list" not in found.reason


def test_a_literal_use_that_the_lexicon_knows_is_never_marked() -> None:
    assert "explosive" not in loaded("The pathetic, shameless thieves left an explosive device at the door.")
    assert "explosive" in loaded("The pathetic, shameless thieves told an explosive story.")


def test_what_else_a_sentence_tells_shows_a_literal_use_too() -> None:
    text = "Ghastly giant puppets, a monstrous truck and a fire-eater closed the disgraceful village fair."
    assert "puppets" not in loaded(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "The ludicrous scheme gave the town a headache.",
            marks=pytest.mark.xfail(reason="the network takes the anger of the sentence for the word's", strict=True),
        ),
        "The pathetic minister slipped on a banana at the disgraceful gala.",
        pytest.param(
            "The pathetic, shameless minister rubbed his jaw and left the disgraceful meeting.",
            marks=pytest.mark.xfail(reason="the network takes the anger of the sentence for the word's", strict=True),
        ),
    ],
)
def test_a_thing_in_a_sentence_that_judges_is_no_judgement(text: str) -> None:
    assert unlisted(text) == []


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("The mayor laughably claimed that his ludicrous scheme had paid for itself.", True),
        ("The mayor claimed that the port was closed on Monday.", False),
        ("The disgraced mayor is likely to once again falsely claim that his ludicrous scheme has paid.", False),
    ],
)
def test_a_verb_of_saying_is_loaded_too_where_a_sentence_judges(text: str, marked: bool) -> None:
    found = [f.kind for f in analyze(Article("one", text)).findings if f.span.of(text).startswith("claim")]
    assert found == (["loaded_term", "reporting_verb"] if marked else ["reporting_verb"])


def test_a_listed_term_that_readers_pass_over_is_not_marked() -> None:
    reading, listed, _ = pipeline.detect(Article("one", HOSTILE))
    assert wording.weigh(reading, listed) == listed
    width = wording.see(reading, listed).values.shape[1]
    never = Layers(*(np.zeros(size, "float32") for size in ((width, 1), 1, (1, 2))), np.full(2, -9, "float32"))
    assert [f for f in wording.weigh(reading, listed, never) if f.kind == "loaded_term"] == []
    assert len([f for f in listed if f.kind != "loaded_term"]) == len(wording.weigh(reading, listed, never))


def test_own_words_are_never_passed_over_and_never_brought_back() -> None:
    text = "Two stealth bombers flew over the base on Tuesday."
    assert "stealth" not in loaded(text)
    with overrides.using(overrides.Overrides((overrides.Change("stealth", pos="NOUN/ADJ"),))):
        assert "stealth" in loaded(text)
    with overrides.using(overrides.Overrides((overrides.Change("gelatinous", use="off", pos="ADJ"),))):
        assert "gelatinous" not in loaded(HOSTILE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dana Renn defended the shambolic plan.", "Kofi Moller defended the shambolic plan."),
        ("The shameless Kestrian cabinet wrecked it.", "The shameless Belmoran cabinet wrecked it."),
    ],
)
def test_names_do_not_matter(one: str, other: str) -> None:
    chances = []
    for text in (one, other):
        reading = pipeline.read(Article("one", text))[0]
        chances.append(wording.chances(reading.doc))
    assert chances[0] == pytest.approx(chances[1], abs=0.05)


@settings(max_examples=60)
@given(st.text(max_size=120))
def test_any_text_has_chances(text: str) -> None:
    if not text.strip() or any("\ud800" <= letter <= "\udfff" for letter in text):
        return
    reading, found, _ = pipeline.read(Article("one", text))
    chance = wording.chances(reading.doc)
    assert chance.shape == (len(reading.doc),)
    assert ((chance >= 0) & (chance <= 1)).all()
    assert not chance[[token.is_space or token.is_punct for token in reading.doc]].any()
    assert all(f.span.of(text) for f in found)


def test_the_fit_learns_what_can_be_learnt(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    values = rng.normal(size=(20000, 6)).astype("float32")
    wished = (values[:, 2] * values[:, 4] > 0).astype("float32")  # no straight line tells these apart
    recipe = layers.Recipe(hidden=32, starts=2, rounds=8, batch=512, drop_in=0.0, drop_hidden=0.1, rate=1e-2)
    model = layers.fit(values, wished[:, None], recipe)
    assert ((model(values) > 0.5) == (wished > 0.5)).mean() > 0.95
    model.save(tmp_path / "weights.npz")
    assert load(tmp_path / "weights.npz")(values) == pytest.approx(model(values), abs=0.02)
    both = layers.fit(values, np.column_stack([1 - wished, wished]), recipe)(values)
    assert both.sum(axis=1) == pytest.approx(1, abs=1e-4)
    assert (both.argmax(axis=1) == (wished > 0.5)).mean() > 0.95
