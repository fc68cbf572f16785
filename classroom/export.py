"""A room comes in, CSV goes out: one row for each mark, with a pupil's number and no name."""

from __future__ import annotations

import pandas as pd

from analysis.csv_safe import to_csv_safe
from classroom import marks
from classroom.database import Store
from classroom.rooms import Room, texts

COLUMNS = ("room", "task", "round", "pupil", "text", "source", "piece", "start", "end", "words", "category")


def marks_csv(store: Store, room: Room) -> str:
    """The marks after the first round (blind) and after the second, safe to open in a spreadsheet.

    `start` and `end` count code points of the text. A guess has piece −1 and the source guessed as its category.
    Rewrites are left out: a style can be known.
    """
    rows = []
    known = texts(store, room)
    for in_round in (1, 2) if room.revealed is not None else (1,):
        readings = marks.of_class(store, room, in_round)
        for text in known:
            for pupil, values in sorted(readings.get(text.number, {}).items()):
                for piece, value in sorted(values.items()):
                    span = text.pieces[piece] if piece >= 0 else None
                    rows.append(
                        (
                            room.code, room.task, in_round, pupil, text.number + 1, text.source, piece,
                            span.start if span else -1, span.end if span else -1, span.of(text.body) if span else "",
                            value,
                        )
                    )  # fmt: skip
    return to_csv_safe(pd.DataFrame(rows, columns=list(COLUMNS)))


def drafts(store: Store, room: Room) -> list[tuple[int, str]]:
    """The rewrites of a room: pupil's number and text, in the order of joining; empty ones are left out."""
    found = marks.of_class(store, room, 2).get(marks.WHOLE, {})
    return [(n, values[marks.WHOLE].strip()) for n, values in sorted(found.items()) if values[marks.WHOLE].strip()]
