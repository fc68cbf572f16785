"""What all figures share: labels that fit and are safe, numbers as people write them, colours that can be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.charts import style


@given(st.text(max_size=60))
def test_labels_are_safe_and_short(text: str) -> None:
    made = style.label(text, 12, 2)
    lines = made.split("<br>")
    assert "<" not in "".join(lines)
    assert len(lines) <= 2
    unescaped = [line.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") for line in lines]
    assert all(len(line) <= 12 for line in unescaped)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Meridian Daily", "Meridian Daily"),
        ("International Committee of the Red Cross", "International<br>Committee of the…"),
        ("Donaudampfschifffahrtsgesellschaft", "Donaudampfschiff…"),
        ("a <b>bold</b> name", "a &lt;b&gt;bold&lt;/b&gt;<br>name"),
        ("", ""),
    ],
)
def test_labels_keep_what_fits(text: str, label: str) -> None:
    assert style.label(text, 17, 2 if text != "Donaudampfschifffahrtsgesellschaft" else 1) == label


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_can_be_read_on_its_ground(theme: str) -> None:
    colours = style.palette(theme)
    for ink in (colours.ink, colours.muted, colours.mark, colours.cold, colours.warm, colours.accent):
        assert style.contrast(ink, colours.page) >= 4.5
    for at in range(-10, 11):
        ground = style.valence_colour(at / 10, theme)
        assert style.contrast(style.text_on(ground), ground) >= 4.5, at
    for colour in colours.actors:
        assert style.contrast(colour, colours.page) >= 3, "a mark, WCAG 1.4.11"
