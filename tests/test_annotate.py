"""Cutting an article for drawing: the segments are the text, and know all that lies over them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.annotate import blocks, hue, hues, segments, sign, strength
from analysis.model import Article, Attribution, Finding, Mention, Quote, Report, Span, Voice, Voiced
from tests.factory import TEXT, finding, report
from tests.press import place
from views import reader

PIECES = ("The regime ", "“", "”", "\n\n", "said ", "'", " ", "😀", "é", "lied.", "\n", "''")


@st.composite
def reports(draw: st.DrawFn) -> Report:
    text = "".join(draw(st.lists(st.sampled_from(PIECES), max_size=25)))
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda p: Span(min(p), max(p)))
    many = st.lists(spans, max_size=4)
    cut = draw(st.integers(0, len(text)))
    said: Voice = draw(st.sampled_from(["quoted", "reported"]))
    voices = [Voiced(Span(0, cut), "narrator", None), Voiced(Span(cut, len(text)), said, "a")]
    return Report(
        Article("x", text, title=text.split("\n\n")[0], published=date(2022, 1, 1)),
        mentions=tuple(Mention(s, "a", "name") for s in draw(many)),
        attributions=tuple(Attribution("direct", s, s, s, "a", "neutral") for s in draw(many)),
        quotes=tuple(Quote("scare", s, None, 1.0, 0.0, "") for s in draw(many)),
        findings=tuple(Finding("loaded_term", "c", s, "narrator", None, None, -0.5, 1.0, "") for s in draw(many)),
        voices=tuple(v for v in voices if len(v.span)),
    )


@given(reports())
def test_segments_are_the_text_and_carry_every_span_whole(made: Report) -> None:
    text, cut = made.article.text, segments(made)
    assert "".join(s.text for s in cut) == text
    assert all(text[s.start : s.end] == s.text and s.text for s in cut)
    for index, found in enumerate(made.findings):
        assert "".join(s.text for s in cut if index in s.findings) == found.span.of(text)
    for piece in cut:
        lengths = [len(made.findings[i].span) for i in piece.findings]
        assert lengths == sorted(lengths, reverse=True)
        assert [v.voice for v in made.voices if v.span.contains(Span(piece.start, piece.end))] == [piece.voice]


@given(reports())
def test_blocks_lose_nothing_but_the_blank_lines(made: Report) -> None:
    shown = ["".join(s.text for s in block.segments) for block in blocks(made)]
    assert "".join("".join(shown).split()) == "".join(made.article.text.split())
    assert not any("\n\n" in paragraph for paragraph in shown)


def test_a_paragraph_knows_its_speakers_and_the_first_is_the_title() -> None:
    found = blocks(report())
    assert [b.is_title for b in found] == [True, False, False]
    assert [b.speakers for b in found] == [(), (), (("nora-arden", "quoted"),)]


def test_quotation_marks_cues_and_names_are_told_apart() -> None:
    cut = segments(report())
    marks = [(s.text, s.quote) for s in cut if s.is_mark]
    assert marks == [("“", 0), ("”", 0), ("“", 1), ("”", 1)]
    assert [s.text for s in cut if s.cue is not None] == ["said"]
    assert [s.text for s in cut if s.source is not None] == ["Nora Arden"]
    assert [s.text for s in cut if s.mention is not None] == ["Vellmar", "Port Authority", "Nora Arden", "her"]


def test_a_quotation_that_goes_on_in_the_next_paragraph_has_one_mark() -> None:
    text = "“We go on.\n\n“We stop,” she said."
    made = Report(
        Article("x", text),
        quotes=(
            Quote("direct", place(text, "We go on."), None, 0.0, 0.0, ""),
            Quote("direct", place(text, "We stop,"), None, 0.0, 0.0, ""),
        ),
    )
    assert [(s.text, s.quote) for s in segments(made) if s.is_mark] == [("“", 0), ("“", 1), ("”", 1)]


def test_a_span_outside_the_text_is_an_error_that_names_the_article() -> None:
    made = Report(Article("x7", "Short."), findings=(finding(TEXT, "nobody asked"),))
    with pytest.raises(ValueError, match="x7"):
        segments(made)


def test_the_same_speaker_has_the_same_hue_and_nobody_has_none() -> None:
    assert hue("nora-whitlock") == hue("nora-whitlock")
    assert len({hue(f"speaker-{i}") for i in range(100)}) >= 6
    assert hue(None) is None
    assert hue("unnamed:senior-official") is None


def speaking(*speakers: str | None) -> Report:
    heard = tuple(Voiced(Span(i, i + 1), "quoted", speaker) for i, speaker in enumerate(speakers))
    return Report(Article("x", "x" * len(speakers)), voices=heard)


def test_speakers_of_one_article_are_told_apart_in_whatever_order_they_come() -> None:
    everybody = [f"speaker-{i}" for i in range(40)]
    for n in (2, 4, 6, 8, 20):
        for first in range(0, 40 - n, 3):
            few = everybody[first : first + n]
            made = hues(speaking(*few))
            assert len(set(made.values())) == n
            assert made == hues(speaking(*reversed(few)))
            wheel = sorted(one for one in made.values() if one is not None)
            near = min(b - a for a, b in zip(wheel, [*wheel[1:], wheel[0] + 360], strict=True))
            assert near >= (30 if n <= 4 else 15 if n <= 8 else 4), (n, wheel)


def test_who_clashes_with_nobody_keeps_the_hue_of_every_page() -> None:
    assert hues(speaking("nora-arden", None, "unnamed:officials")) == {
        "nora-arden": hue("nora-arden"), None: None, "unnamed:officials": None,
    }  # fmt: skip
    same = next(f"speaker-{i}" for i in range(100) if hue(f"speaker-{i}") == hue("nora-arden"))
    made = hues(speaking(same, "nora-arden"))
    assert made["nora-arden"] == hue("nora-arden")
    assert made[same] not in (None, hue(same))


def test_who_is_only_attributed_takes_no_hue_from_those_who_are_heard() -> None:
    same = next(name for i in range(99) if hue(name := f"a-{i}") == hue("nora-arden"))
    told = Attribution("indirect", Span(0, 1), None, None, same, "neutral")
    made = hues(replace(speaking("nora-arden"), attributions=(told,)))
    assert made["nora-arden"] == hue("nora-arden") != made[same]


@pytest.mark.parametrize(("valence", "word"), [(-0.6, "against"), (0.6, "in favour"), (0.0, "neither for nor against")])
def test_direction_is_said_in_words(valence: float, word: str) -> None:
    assert sign(valence) == word


@pytest.mark.parametrize(
    ("valence", "weight", "thick"),
    [(0.0, 1.0, 1), (-0.17, 1.0, 1), (-0.85, 0.2, 1), (-0.19, 1.0, 2), (0.8, 0.4, 2), (-0.36, 1.0, 3), (0.7, 0.95, 3)],
)
def test_a_line_is_the_thicker_the_more_and_the_surer_a_word_judges(valence: float, weight: float, thick: int) -> None:
    assert strength(Finding("loaded_term", "c", Span(0, 1), "narrator", None, None, valence, weight, "")) == thick


def test_the_read_page_draws_who_says_it_and_by_which_word() -> None:
    one = report()
    sheet = reader._sheet(one, None, ())
    assert sheet["said"] == [{"who": "Nora Arden", "how": "‘said’ (neutral), direct", "hue": hue("nora-arden")}]
    pieces = [piece for block in sheet["blocks"] for run in block["runs"] for piece in run["pieces"]]
    assert [piece["text"] for piece in pieces if "cue" in piece] == ["said"]
    assert [piece["text"] for piece in pieces if "by" in piece] == ["Nora Arden"]
    quoted = [run for block in sheet["blocks"] for run in block["runs"] if run["voice"] == "quoted"]
    assert [run["said"] for run in quoted] == [0], "one run, its marks included"
    assert "".join(piece["text"] for piece in quoted[0]["pieces"]) == "“This is a disgraceful stunt,”"
