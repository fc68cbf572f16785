"""What the larger reader of word choice is taught: the right words marked, batches of everything, other names."""

from __future__ import annotations

import gzip
import json
from itertools import pairwise
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from analysis.model import Span
from benchmarks.quality import ptc
from training import taught
from training.taught import Read

JUDGING = "The shameless plan failed. Kofi Moller left."
BABE = {
    "text": JUDGING, "split": "train", "label": 1, "n_biased": 4, "n_annotators": 5, "biased_words": ["shameless"],
    "annotations": [{"words": ["shameless"]}, {"words": []}],
}  # fmt: skip
TARGETS = [
    {"text": JUDGING, "split": split, "start": 27, "end": 38, "polarity": -1} for split in ("train", "dev", "train")
]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder like that of the development data, and a scorer."""
    monkeypatch.setattr(taught, "scorer", lambda _: SimpleNamespace(stems=lambda word: {word.lower()}))
    span = {"start": 4, "end": 13, "label": min(ptc.LABELS)}
    articles = [{"id": f"p{n}", "text": JUDGING, "spans": [span]} for n in range(ptc.MEASURED + 1)]
    files: dict[str, list[dict[str, Any]]] = {
        "babe/sg2": [BABE, BABE | {"split": "dev"}, BABE | {"label": None}],
        "ptc/articles": articles,
        "checkthat_subj/sentences": [{"text": JUDGING, "split": "train", "label": 1}],
        "newsmtsc/targets": TARGETS,
        "outlet_articles/articles": [{"id": f"n{n}", "text": JUDGING * 200} for n in range(2)],
    }
    for name, rows in files.items():
        path = tmp_path / f"{name}.jsonl.gz"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    return tmp_path


def marked(read: Read) -> dict[str, float]:
    return {word: round(float(share), 2) for word, share in zip(read.words, read.marked, strict=True) if share}


def test_train_parts_alone_are_taught_with_what_was_said_of_them(data: Path) -> None:
    found = taught.taught(data)
    (babe,) = found["babe"]
    assert marked(babe) == {"shameless": 0.85}  # the decision, and half of the readers
    assert babe.label == pytest.approx(0.7 + 0.3 * 4 / 5)
    assert [marked(read) for read in found["ptc"]] == [{"shameless": 1.0}, {}]
    assert [read.label for read in found["plain"]] == [1]
    pointed = [[w for w, asked in zip(read.words, read.target, strict=True) if asked] for read in found["target"]]
    assert pointed == [["Kofi", "Moller"]] * 2
    assert [read.label for read in found["target"]] == [0, 0]


def test_data_without_one_kind_is_named(data: Path) -> None:
    (data / "newsmtsc/targets.jsonl.gz").write_bytes(gzip.compress(b""))
    with pytest.raises(ValueError, match="nothing to teach about 'target'"):
        taught.taught(data)


def test_what_is_read_is_cut_and_not_measured_elsewhere(data: Path) -> None:
    found = taught.unmarked(data)
    assert sorted(found) == ["news/n0", "news/n1", f"ptc/p{ptc.MEASURED}"]
    assert len(found["news/n0"]) == taught.CHARACTERS


def test_long_texts_are_read_in_pieces_that_hold_every_word() -> None:
    c = taught.columns_of("One two three four five six seven eight nine ten. " * 40)
    found = list(taught.sentences(c, whole=True))
    assert [len(read.words) for read in found] == [taught.LONGEST] * 2 + [140]
    assert np.concatenate([read.tokens for read in found]).tolist() == [i for i, s in enumerate(c.space) if not s]
    assert len(list(taught.sentences(c))) == 40


def test_batches_hold_every_marked_sentence_and_a_share_of_the_others() -> None:
    reads = [Read([f"a{n}"] * (n % 7 + 1), np.arange(1), [], marked=np.array([float(n < 10)])) for n in range(100)]
    batches = taught.turns(reads, 0.5, Random(1), size=8)
    first: list[Read] = []
    while sum(read.marked.any() for read in first) < 10:
        first += next(batches)
    assert all(len(next(batches)) <= 8 for _ in range(50)), "they never end"
    assert 10 < len({id(read) for read in first}) < 90
    assert list(taught.turns([], 1, Random(1))) == []


def test_what_is_asked_of_one_sentence_stays_together() -> None:
    reads = [Read([f"a{n % 25}"] * 4, np.arange(1), [], marked=np.array([float(n < 25)])) for n in range(100)]
    first = next(taught.turns(reads, 0, Random(1), size=100))
    assert len(first) == 100, "one mark brings all that is asked of its sentence"
    told = [read.words[0] for read in first]
    assert sum(a != b for a, b in pairwise(told)) == 24


def test_names_are_swapped_and_targets_are_not() -> None:
    (read,) = taught.sentences(taught.columns_of("Kofi Moller thanked Dana Renn."), whole=True)
    assert taught.names([read]) == ["Kofi", "Moller", "Dana", "Renn"]
    assert taught.swapped(read, ["Mei"], Random(1)) == ["Mei", "Mei", "thanked", "Mei", "Mei", "."]
    read.target = np.array([True, True, False, False, False, False])
    assert taught.swapped(read, ["Mei"], Random(1)) == ["Kofi", "Moller", "thanked", "Mei", "Mei", "."]
    assert taught.swapped(read, ["Mei"], Random(1), blind=True) == ["Mei", "Mei", "thanked", "Mei", "Mei", "."]


def test_a_mention_is_shown_in_its_sentence_behind_the_end_of_the_one_before() -> None:
    text = "Before it all stood well. " + "Old " * 40 + "walls fell. The shameless Kofi Moller left."
    start = text.index("Kofi")
    read = taught.shown(taught.columns_of(text), Span(start, start + len("Kofi Moller")), 0)
    assert read is not None
    assert read.words == ["Old"] * 27 + ["walls", "fell", ".", "The", "shameless", "Kofi", "Moller", "left", "."]
    assert [w for w, asked in zip(read.words, read.target, strict=True) if asked] == ["Kofi", "Moller"]
    assert (read.label, read.marked.tolist()) == (0, [True])


@pytest.mark.parametrize("place", [0, 150, 299])
def test_a_mention_in_a_long_sentence_is_shown_with_the_words_around_it(place: int) -> None:
    text = " ".join(["and"] * place + ["Mei"] + ["and"] * (299 - place))
    start = text.index("Mei")
    read = taught.shown(taught.columns_of(text), Span(start, start + 3), taught.NEUTRAL)
    assert read is not None
    assert len(read.words) <= 2 * taught.AROUND + taught.BEFORE
    assert [w for w, asked in zip(read.words, read.target, strict=True) if asked] == ["Mei"]
    assert not read.marked.any()
