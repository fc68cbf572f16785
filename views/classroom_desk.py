"""The teacher's desk: choose a lesson or texts, open a room, lead it through its phases, take the results home.

A room is guarded by its PIN; whoever opened it in this window need not type it again.
"""

from __future__ import annotations

import streamlit as st

from analysis import memory
from classroom import lessons, rooms
from classroom.database import StoreError
from classroom.lessons import Lesson
from classroom.rooms import Room
from classroom.tasks import TASKS, task
from views import classroom, layout, samples, state
from views.classroom import desk
from views.words import count, fact, join_markup, markup, plain, show

WAYS = ("Ready lessons", "Your own choice", "Back to a room")
FIELD = 760  # px: a menu as wide as the words below it
TEXTS_OFFERED = 1_000  # in the menu; ten times as many take the browser seconds to hold
PHASE_MINUTES = {"forewarn": 4, "write": 12, "mark": 10, "reveal": 6, "discuss": 12, "revise": 5, "close": 3}


def chosen_lesson() -> None:
    """The library: what a lesson is for, how it goes, its handouts, and the way to open it."""
    found = st.selectbox(
        "Lesson",
        lessons.lessons(),
        format_func=lambda one: f"{one.title} · {task(one.task).name} · {one.time} min",
        key="lesson",
        filter_mode=None,
        width=FIELD,
    )
    layout.facts(
        [
            ("minutes", f"{found.time}"),
            ("years old", found.grade.removeprefix("Ages ")),
            fact(len(found.articles), "text"),
        ]
    )
    show('<div class="class-plan"><p><b>Goal.</b> {goal}</p></div>', goal=found.goal)
    with st.container(key="lesson-sheet"):  # on a phone the way to open a room stands before the plan
        plan, opening = st.columns([7, 4], gap="large")
    with plan:
        draw_plan(found)
    reports = {r.article.id: r for r in samples.reports()}
    missing = [article for article in found.articles if article not in reports]
    with opening:
        if missing:
            layout.empty(
                "A text of this lesson is missing.",
                "The sample articles have changed since it was written. Choose another lesson above.",
            )
            return
        chosen = [reports[article] for article in found.articles]
        layout.section("Open a room")
        open_form(chosen, found.task, found.title, lesson=found)
        layout.section("On paper", "For a class without phones, or to take home.")
        texts = [rooms.text_of(report, found.task, i) for i, report in enumerate(chosen)]
        desk.handouts(texts, found.task, found, key="library")


def draw_plan(found: Lesson) -> None:
    """The steps of a lesson and its questions, as its teacher reads them."""
    show(
        '<div class="class-plan"><ol>{steps}</ol>'
        "<h2>Questions, and what to listen for</h2><dl>{questions}</dl>"
        "<p><b>Afterwards.</b> {afterwards}</p></div>",
        steps=join_markup([markup("<li>{step}</li>", step=step) for step in found.steps]),
        questions=join_markup(
            [markup("<dt>{ask}</dt><dd>{note}</dd>", ask=q.ask, note=q.note) for q in found.questions]
        ),
        afterwards=found.afterwards,
    )


def own_choice() -> None:
    """Any story or loaded articles, with any task but the game: that is played on invented papers alone."""
    offered = state.choices()
    used = state.in_use()
    story = st.selectbox(
        "Story", list(offered), list(offered).index(used) if used in offered else 0,
        format_func=offered.__getitem__, key="class-story", filter_mode=None, width=FIELD,
    )  # fmt: skip
    whole = state.corpus(story)
    offered_texts = state.article_labels(whole, whole.tables.articles.head(TEXTS_OFFERED))
    picked = st.multiselect(
        "Texts",
        list(offered_texts),
        format_func=offered_texts.__getitem__,
        max_selections=rooms.TEXTS,
        key="class-texts",
        width=FIELD,
        placeholder=f"One to {rooms.TEXTS} texts",
        select_all=False,
        help="Two or three tellings of one event give most to talk about. Add articles of your own under Load.",
    )
    known = [one for one in TASKS if one.id != "guess" and (one.id != "rewrite" or len(picked) <= 1)]
    of = st.selectbox("Task", known, format_func=lambda one: one.name, key="class-task", filter_mode=None, width=FIELD)
    show('<p class="quiet">{ask}</p>', ask=of.ask)
    if not picked:
        layout.empty("Choose at least one text.", "The class marks it on phones; the analyser has read it already.")
        return
    hidden = st.checkbox("Hide the sources until the reveal", key="class-hidden")
    open_form([whole.reports[article] for article in picked], of.id, whole.name, hidden=hidden)


def open_form(reports: list, task_id: str, title: str, *, lesson: Lesson | None = None, hidden: bool = False) -> None:
    """PIN, timer, and the button that opens the room."""
    if "new-pin" not in st.session_state:
        st.session_state["new-pin"] = rooms.random_pin()
    with st.form(f"open-{task_id}", border=False):
        timed = st.segmented_control(
            "Phases change", ("By hand", "By timer"), default="By hand", required=True, key="class-timer"
        )
        pin = st.text_input(
            "Teacher’s PIN",
            key="new-pin",
            max_chars=rooms.PIN_LENGTHS[-1],
            help="Four to twelve digits. Note it down: it is the only way back to this room from another window.",
        )
        if not st.form_submit_button("Open the room", type="primary"):
            return
    minutes = dict(lesson.minutes) if lesson else {p: PHASE_MINUTES[p] for p in rooms.phases_of(task_id)}
    try:
        room = rooms.open_room(
            classroom.store(),
            reports,
            task_id,
            pin=pin,
            title=title,
            lesson=lesson.id if lesson else "",
            minutes=minutes if timed == "By timer" else None,
            hidden=hidden or bool(lesson and lesson.hidden),
            choices=lesson.choices if lesson else (),
        )
    except ValueError as error:
        st.warning(plain(str(error)))
        return
    memory.settle()  # the texts have been read by now
    enter(room, pin)


def enter(room: Room, pin: str = "") -> None:
    """Sit down at the desk of a room."""
    st.session_state["class-room"] = room.code
    st.session_state["class-pin"] = pin
    st.rerun()


def back() -> None:
    """Code and PIN, for another window or after a restart."""
    with st.form("back", border=False):
        code = st.text_input("Room code", max_chars=12, key="back-code", placeholder="Six letters")
        pin = st.text_input("Teacher’s PIN", type="password", max_chars=rooms.PIN_LENGTHS[-1], key="back-pin")
        if not st.form_submit_button("To the desk", type="primary"):
            return
    room = rooms.find(classroom.store(), code)
    try:
        # A wrong code and a wrong PIN sound alike, so that trying codes tells nobody which rooms there are.
        if room is None or not rooms.opens(classroom.store(), room, pin, device=classroom.device()):
            st.warning("This code and this PIN do not belong together.")
            return
    except rooms.Locked as error:
        st.warning(plain(str(error)))
        return
    enter(room)


def reception() -> None:
    """The page without a room."""
    layout.head(
        "Classroom",
        "Mark first, then look",
        "A class marks a text on its phones, each pupil alone, and only then sees what the others and the analyser "
        "marked. No accounts, no names: a code, a nickname, and a room that is deleted after "
        f"{count(round(classroom.store().days), 'day')}.",
    )
    way = st.segmented_control(
        "Way", WAYS, default=WAYS[0], required=True, key="class-way", label_visibility="collapsed"
    )
    {WAYS[0]: chosen_lesson, WAYS[1]: own_choice, WAYS[2]: back}[way or WAYS[0]]()


st.html(classroom.HERE / "class.css")
try:
    store = classroom.store()
except StoreError as error:
    layout.head("Classroom", "The rooms cannot be opened", str(error))
    layout.end()
at = rooms.find(store, st.session_state.get("class-room", ""))
if at is None:
    reception()
else:
    desk.draw(at)
