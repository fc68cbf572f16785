"""The desk of an open room: joining, phases, who is there, rewrites, results. The page decides who may see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from analysis.model import Article
from classroom import export, handout, lessons, phone, pupils, rooms
from classroom.lessons import Lesson
from classroom.rooms import SHOWING, Room, Text
from views import classroom, figures, layout, work
from views.classroom import join_box, reveal_box
from views.classroom.words import PHASE_NAMES, PHASE_NOTES, clock
from views.words import count, day, join_markup, markup, plain, show

REFRESH = 2  # seconds


def draw(room: Room) -> None:
    """The whole desk."""
    layout.head("Classroom", room.title or "Your room", _about(room))
    join, lead = st.columns([5, 6], gap="large")
    with join:
        join_box.draw(room.code)
        pin = st.session_state.get("class-pin")
        if pin:
            show('<p class="quiet">Your PIN for this room is <b>{pin}</b>. Note it down.</p>', pin=pin)
        with st.container(horizontal=True):
            st.link_button("Open the projector", f"board?room={room.code}", type="primary")
            if st.button("Leave the desk", type="tertiary", help="The room stays open; code and PIN bring you back."):
                leave()
    with lead:
        led(room.code)
    if room.task == "rewrite":
        rewrites(room.code)
    people(room.code)
    lesson = lessons.lesson(room.lesson) if room.lesson in {one.id for one in lessons.lessons()} else None
    if lesson:
        with st.expander("The plan of this lesson"):
            steps = join_markup([markup("<li>{step}</li>", step=step) for step in lesson.steps])
            asked = [markup("<dt>{ask}</dt><dd>{note}</dd>", ask=q.ask, note=q.note) for q in lesson.questions]
            show('<div class="class-plan"><ol>{s}</ol><dl>{q}</dl></div>', s=steps, q=join_markup(asked))
    results(room, lesson)


def _about(room: Room) -> str:
    by = "by timer" if room.minutes else "by hand"
    kept = day(date.fromtimestamp(room.expires))
    return f"Phases change {by}. The room and everything in it is deleted on {kept}, or when you say so."


def leave() -> None:
    """Stand up from the desk."""
    for name in ("class-room", "class-pin", "new-pin"):
        st.session_state.pop(name, None)
    st.rerun()


@st.fragment(run_every=REFRESH)
def led(code: str) -> None:
    """The phases, the one in use, and the step to the next."""
    store = classroom.store()
    room = rooms.find(store, code)
    if room is None:
        layout.empty("This room is gone.", "It was deleted or has expired.")
        return
    now = room.phases.index(room.phase)
    show(
        '<p class="class-now"><b>{name} {clock}</b><br>{note}</p>',
        name=PHASE_NAMES[room.phase],
        clock=clock(room.left),
        note=PHASE_NOTES[room.phase],
    )
    if now + 1 < len(room.phases):
        following = room.phases[now + 1]
        if st.button(f"Next: {PHASE_NAMES[following]}", type="primary", key="class-next"):
            move(room, following)
    jump = st.segmented_control(
        "Phase",
        room.phases,
        format_func=PHASE_NAMES.__getitem__,
        key=f"class-phase-{room.phase}",
        default=room.phase,
        required=True,
        help="Marks that are made after a reveal count as the second round, also if you go back to marking.",
    )
    if jump and jump != room.phase:
        move(room, jump)


def move(room: Room, phase: str) -> None:
    """Lead the class on. Where the reveal opens or closes by it, the whole desk is drawn again."""
    rooms.set_phase(classroom.store(), room, phase)
    st.rerun(scope="fragment" if (room.phase in SHOWING) == (phase in SHOWING) else "app")


@st.fragment(run_every=REFRESH)
def people(code: str) -> None:
    """Who has joined and how much each has marked; a nickname can be taken away."""
    store = classroom.store()
    room = rooms.find(store, code)
    if room is None:
        return
    there = pupils.everybody(store, room)
    marked = sum(1 for _, n in there if n)
    joined = f"{count(len(there), 'pupil')} joined, {marked} marking" if there else "Nobody has joined yet"
    layout.section(joined)
    if not there:
        show('<p class="quiet">{words}</p>', words="They appear here as they join.")
        return
    rows = [
        markup("<li><span>{name}</span><span>{n}</span></li>", name=pupil.name, n=count(n, "tap")) for pupil, n in there
    ]
    show('<ul class="class-roster">{rows}</ul>', rows=join_markup(rows))
    with st.popover("Take a nickname away", type="tertiary"):
        names = {p.number: plain(p.name) for p, _ in there}
        chosen = st.selectbox(
            "Nickname", list(names), format_func=names.__getitem__, key="class-rename", filter_mode=None
        )
        if st.button("Make it a plain number", key="class-rename-go"):
            pupils.rename(store, room, int(chosen))
            st.rerun(scope="fragment")


def rewrites(code: str) -> None:
    """What pupils wrote, without their names; the chosen ones become texts that class and analyser read."""
    store = classroom.store()
    room = rooms.find(store, code)
    if room is None:
        return
    written = export.drafts(store, room)
    read = {text.body for text in rooms.texts(store, room)}
    layout.section(
        f"Rewrites: {len(written)}", "Choose up to five for the class to read. No name will stand beside them."
    )
    if st.button("Look again", key="class-drafts-again", type="tertiary"):
        st.rerun()
    free = rooms.TEXTS - len(read)
    chosen = []
    for number, words in written:
        shown, box = st.columns([8, 2])
        with shown:
            show('<p class="class-draft">{words}</p>', words=words)
        if words in read:
            box.markdown("Given to the class")
        elif box.checkbox("Read it", key=f"class-draft-{code}-{number}"):
            chosen.append(words)
    if chosen and st.button(f"Give {count(len(chosen), 'rewrite')} to the class", type="primary", key="class-give"):
        if len(chosen) > free:
            st.warning(f"A room takes {rooms.TEXTS} texts; there is room for {max(free, 0)} more.")
            return
        first = len(read)
        articles = [Article(f"rewrite-{first + i}", words, f"Rewrite {first + i}") for i, words in enumerate(chosen)]
        with st.spinner("The analyser reads them…"):
            rooms.add_texts(store, room, [work.analyse(article) for article in articles])
        st.rerun()


def results(room: Room, lesson: Lesson | None) -> None:
    """The reveal on the desk, the handouts, the marks as a table, and the end of the room."""
    store = classroom.store()
    shown = room.phase in SHOWING
    name = "The reveal" if shown else "The reveal, for your eyes first"
    with st.expander(name, expanded=shown, on_change="rerun") as box:
        if box.open:
            found = phone.revealed(store, room)
            names = [f"{t.text.number + 1}. {t.text.source}" for t in found]
            chosen = st.selectbox(
                "Text", range(len(found)), format_func=names.__getitem__, key="desk-text", filter_mode=None
            )
            reveal_box.draw(room, found[chosen], key="desk")
    layout.section("To take home")
    with st.container(horizontal=True):
        handouts(rooms.texts(store, room), room.task, lesson, key="room")
        figures.download(
            "Marks, without names (CSV)",
            lambda: export.marks_csv(store, room).encode("utf-8-sig"),
            f"marks-{room.code.lower()}.csv",
            key="class-csv",
        )
        with st.popover("Delete the room"):
            show('<p class="quiet">{words}</p>', words="Marks, nicknames and rewrites are gone for good.")
            if st.button("Delete it now", key="class-delete", type="primary"):
                rooms.delete(store, room)
                leave()


def handouts(texts: Sequence[Text], task_id: str, lesson: Lesson | None, *, key: str) -> None:
    """Two pages to print: for the pupils, and with the answers."""
    hidden = bool(lesson and lesson.hidden)
    name = lesson.id if lesson else "handout"
    for label, answers in (("Handout for pupils", False), ("Handout with answers", True)):
        figures.download(
            label,
            lambda answers=answers: handout.to_html(
                texts, task_id, lesson=lesson, answers=answers, sources=not hidden
            ).encode(),
            f"{name}{'-answers' if answers else ''}.html",
            key=f"{key}-handout-{answers}",
        )
