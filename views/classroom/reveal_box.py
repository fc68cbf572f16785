"""The reveal of one text, as the projector and the desk draw it: the text under its marks, differences, agreement."""

from __future__ import annotations

import streamlit as st

from classroom.phone import task_data, text_data, text_reveal_data
from classroom.reveal import TextReveal, compared_in_words
from classroom.rooms import Room
from classroom.tasks import task
from views import classroom, layout
from views.classroom.words import agreement_lines
from views.words import count, join_markup, markup, show

SHOWN = 8  # differences; more do not fit beside the text


def draw(room: Room, found: TextReveal, *, key: str) -> None:
    """The text at left, at right where class and analyser differ, how far they meet, and the agreement of the class."""
    of = task(room.task)
    text, side = st.columns([7, 5], gap="large")
    with text:
        classroom.heat(
            {
                "key": f"{room.id}:{room.version}:{found.text.number}",
                "text": text_data(found.text, sources=True),
                "reveal": text_reveal_data(found, of),
                "categories": task_data(of)["categories"],
            },
            key=f"{key}-heat",
        )
    with side:
        if found.guesses:
            layout.section("Your guesses", "What a paper’s habits made you think. A habit is not a fault.")
            _guesses(found)
        layout.section("Where you and the analyser differ", "The widest gap first. Neither is right by rank.")
        _differences(found)
        if found.compared:
            layout.section("How far you meet the analyser")
        for compared in found.compared:
            show('<p class="class-words">{words}</p>', words=compared_in_words(compared, of))
        layout.section(
            "How far you agree with each other",
            "1: all marked the same words. 0: no more alike than by chance. Krippendorff’s alpha, 95 % intervals.",
        )
        show("{lines}", lines=agreement_lines(found))


def _differences(found: TextReveal) -> None:
    if not found.differences:
        words = "Nowhere that matters." if found.readers else "Nobody has marked this text."
        show('<p class="quiet">{words}</p>', words=words)
        return
    rows = [
        markup(
            "<li><b>“{words}”</b> {sentence} <span>{reason}</span></li>",
            words=d.words,
            sentence=d.sentence,
            reason=d.reason,
        )
        for d in found.differences[:SHOWN]
    ]
    show('<ol class="class-differences">{rows}</ol>', rows=join_markup(rows))


def _guesses(found: TextReveal) -> None:
    most = max(n for _, n in found.guesses)
    rows = [
        markup(
            '<div><dt>{name}{here}</dt><dd><i style="width:{width}%"></i>{n}</dd></div>',
            name=name,
            here=" (it is)" if name == found.text.source else "",
            width=round(70 * n / most),
            n=count(n, "guess", "guesses"),
        )
        for name, n in found.guesses
    ]
    show('<dl class="class-guesses">{rows}</dl>', rows=join_markup(rows))
