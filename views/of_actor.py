"""What Actors and Compare show alike: what an actor is called, and who judges whom in other people's words."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis import charts, framing
from views import figures, layout, margin, state


def called(page: str, actor: str, *, part: str) -> None:
    """The words that each source uses for an actor; a click opens the places in the margin of the page."""
    name = state.current().tables.actor_names[actor]
    layout.section(
        f"What {name} is called",
        "A row a word, a column a source; quotations are left out. A click opens the places.",
        part=part,
    )

    def open_word(data: list[Any]) -> None:
        word, source = data[:2]
        margin.pick(page, f"“{word}” for {name} in {source}", "named", actor=actor, source=source, word=word)

    measured = state.measure(framing.naming, actor=actor)
    drawing = state.drawn(charts.naming_grid, measured, name=name)
    figures.figure(drawing, measured, key=f"{page}-naming", pick=open_word, file_name="naming.csv")


def judged_by_speakers(page: str, pairs: pd.DataFrame) -> bool:
    """Who is quoted, or where nobody is, reported as judging whom: rows of `framing.speaker_targets`.

    False where nobody in an article judges anybody, and nothing is drawn.
    """
    selection = state.current()
    names = selection.tables.actor_names
    heard = [voice for voice in ("quoted", "reported") if (pairs["voice"] == voice).any()]
    if not heard:
        return False

    def open_pair(data: list[Any]) -> None:
        speaker, target, voice = data[:3]
        title = f"{names.get(speaker, speaker or 'the narrator')} on {names.get(target, target)}"
        margin.pick(page, title, "findings", speaker=speaker, actor=target, voice=voice)

    voice = selection.voice if selection.voice in heard else heard[0]
    drawing = state.drawn(charts.speaker_target_matrix, pairs, voice=voice)
    figures.figure(drawing, pairs, key=f"{page}-pairs", pick=open_pair, file_name="who-judges-whom.csv")
    return True
