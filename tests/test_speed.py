"""The parts of the benchmark of speed that its figures rest on: texts that repeat nothing, a picture that is one."""

from __future__ import annotations

import argparse
from xml.etree import ElementTree

import pytest

from benchmarks.speed import cost, texts
from benchmarks.speed.__main__ import main, rounds


def test_turns_hardly_repeat_a_paragraph() -> None:
    made = [one.text for one in texts.articles(None, 23 * 6)]
    assert made[0] == made[0].strip()
    long = [part for text in made for part in set(text.split("\n\n")) if len(part.split()) > 30]
    assert len(set(long)) > 0.99 * len(long)
    assert {len(text) for text in made[:23]} == {len(text) for text in made[23:46]}
    assert texts.words("It’s 3 o’clock.") == 3


@pytest.mark.parametrize("data", [[], ["--data", "news"]])
def test_the_first_line_and_the_last_say_which_texts_are_read(
    data: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["speed", "--rounds", "0", "--cores", "0", "--sizes", *data])
    assert main() == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == lines[-1]
    assert ("NEWS" in lines[0], "THE SAMPLES" in lines[0]) == (bool(data), not data)


def test_the_plot_names_every_size() -> None:
    runs = [cost.Run(size, size * 400, 2, 1.0, size / 20, 300.0) for size in (1000, 10_000, 100_000)]
    drawn = "".join(ElementTree.fromstring(cost.plot(runs)).itertext())
    for told in ("1,000 articles, 50 s", "100,000 articles, 5,000 s", "50 ms of one core"):
        assert told in drawn


def test_rounds_are_none_or_enough() -> None:
    assert rounds("0") == 0
    assert rounds("2") == 2
    for given in ("1", "-3"):
        with pytest.raises(argparse.ArgumentTypeError, match="0 leaves the comparison out"):
            rounds(given)
