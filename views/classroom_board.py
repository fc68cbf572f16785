"""The projector: how to join, the phase and its time, and after the reveal the class beside the analyser.

It shows what the pupils' phones may show at the same moment and nothing more, so the room's code is enough to open it.
"""

from __future__ import annotations

import streamlit as st

from analysis.written import capital
from classroom import phone, pupils, rooms
from classroom.database import StoreError
from classroom.rooms import SHOWING, Room
from classroom.tasks import task
from views import classroom, layout
from views.classroom import join_box, reveal_box
from views.classroom.words import PHASE_NAMES, clock
from views.words import count, show

REFRESH = 2  # seconds; a class does not notice a delay below three


@st.fragment(run_every=REFRESH)
def board(code: str) -> None:
    room = rooms.find(classroom.store(), code)
    if room is None:
        layout.empty("There is no open room with this code.", "Open the board from the teacher’s desk.")
        return
    joined = len(pupils.everybody(classroom.store(), room))
    show(
        '<header class="class-board"><h1>{title}</h1><p class="class-phase">{phase} <b>{clock}</b></p>'
        '<p class="quiet">{joined} · room {code}</p></header>',
        title=room.title,
        phase=PHASE_NAMES[room.phase],
        clock=clock(room.left),
        joined=capital(count(joined, "pupil")) + " joined",
        code=room.code,
    )
    if room.phase in SHOWING:
        shown(room)
        return
    of = task(room.task)
    left, right = st.columns([5, 4], gap="large")
    with left:
        show('<p class="class-ask">{words}</p>', words=of.warning if room.phase == "forewarn" else of.ask)
        if room.phase == "mark":
            show(
                '<p class="quiet">{words}</p>',
                words="On your own, without talking. Nobody sees your marks before the reveal.",
            )
    with right:
        join_box.draw(room.code, large=True)


def shown(room: Room) -> None:
    """The reveal, text by text."""
    found = phone.revealed(classroom.store(), room)
    number = 0
    if len(found) > 1:
        number = st.segmented_control(
            "Text",
            range(len(found)),
            default=0,
            required=True,
            format_func=lambda i: found[i].text.source,
            key="board-text",
            label_visibility="collapsed",
        )
    reveal_box.draw(room, found[min(number or 0, len(found) - 1)], key="board")


st.html(classroom.HERE / "class.css")
st.html(classroom.HERE / "phone_page.css")
try:
    board(st.query_params.get("room", ""))
except StoreError as error:
    layout.empty("The rooms cannot be read.", str(error))
