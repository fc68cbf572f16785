"""Whose words: every character has one voice, marks win over indirect speech, and the inner over the outer."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model import Attribution, Span
from analysis.voices import at, count_words, exposure, partition

TEXT = "“No,” she said, adding that it was “a sham” and that he lied."


def said(kind: str, words: str, speaker: str) -> Attribution:
    start = TEXT.index(words)
    return Attribution(kind, Span(start, start + len(words)), None, None, speaker, "neutral")  # type: ignore[arg-type]


WHOLE = said("indirect", "it was “a sham” and that he lied", "she")
SHAM = said("partial", "a sham", "critics")
LIED = said("indirect", "he lied", "others")


@pytest.mark.parametrize("order", [(WHOLE, SHAM, LIED), (LIED, SHAM, WHOLE), (SHAM, LIED, WHOLE)])
def test_marks_win_over_indirect_speech_and_the_inner_over_the_outer(order: tuple[Attribution, ...]) -> None:
    voices = partition(TEXT, order)
    told = {words: at(voices, TEXT.index(words)) for words in ("“No", "it was", "a sham", "and that", "he lied")}
    assert {words: (one.voice, one.speaker) for words, one in told.items()} == {
        "“No": ("narrator", None),
        "it was": ("reported", "she"),
        "a sham": ("quoted", "critics"),
        "and that": ("reported", "she"),
        "he lied": ("reported", "others"),
    }


@st.composite
def attributions(draw: st.DrawFn) -> tuple[str, list[Attribution]]:
    text = draw(st.text(alphabet="ab 's-“”.\n😀", max_size=50))
    places = st.integers(0, len(text))
    ends = draw(st.lists(st.tuples(places, places).map(sorted), max_size=5))
    kinds = st.sampled_from(["direct", "partial", "indirect"])
    return text, [
        Attribution(draw(kinds), Span(start, end), None, None, draw(st.sampled_from(["a", "b", None])), "neutral")
        for start, end in ends
        if end > start
    ]


@given(attributions())
def test_every_character_has_one_voice_and_every_word_is_counted_once(made: tuple[str, list[Attribution]]) -> None:
    text, found = made
    voices = partition(text, found)
    assert "".join(voiced.span.of(text) for voiced in voices) == text
    assert all(one.span.end == other.span.start for one, other in pairwise(voices))
    assert all((one.voice, one.speaker) != (other.voice, other.speaker) for one, other in pairwise(voices))
    for place in range(len(text)):
        one = at(voices, place)
        assert one.span.start <= place < one.span.end
        around = [a.kind for a in found if a.content.start <= place < a.content.end]
        told = "narrator" if not around else "reported" if set(around) == {"indirect"} else "quoted"
        assert one.voice == told
    counted = exposure(text, voices)
    assert counted.narrator + counted.quoted + counted.reported == count_words(text)


@pytest.mark.parametrize("place", [-1, len(TEXT), 10**6])
def test_a_place_outside_the_text_is_an_error(place: int) -> None:
    with pytest.raises(ValueError, match=f"outside the text \\(0 to {len(TEXT)}\\)"):
        at(partition(TEXT, []), place)
