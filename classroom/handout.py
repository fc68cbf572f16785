"""Texts and a task come in, one HTML page goes out, to print: for pupils without answers, for teachers with them.

The page holds its own style, asks nothing of any server and runs no script; it is set like the handout of the reports.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from analysis import report as reports
from analysis.model import Span
from analysis.report.markup import Child, Markup, document, h
from classroom.lessons import Lesson
from classroom.rooms import Mark, Text
from classroom.tasks import Task, task

_STYLES = (Path(reports.__file__).with_name("handout.css"), Path(__file__).with_name("handout.css"))
WRITING_LINES = 3  # under each question, for a few sentences by hand
_HUES = {"quoted": 276, "reported": 150}


def to_html(
    texts: Sequence[Text], task_id: str, *, lesson: Lesson | None = None, answers: bool = False, sources: bool = True
) -> str:
    """The handout of some texts. With `answers` the analyser's marks and the lesson's notes are on it.

    The same texts give the same page, to the character. Raises ValueError without a text.
    """
    if not texts:
        raise ValueError("A handout needs at least one text.")
    of = task(task_id)
    title = lesson.title if lesson else of.name
    named = sources or answers
    return document(
        title,
        _STYLES,
        h(
            "header",
            h("p", title, class_="masthead"),
            h("p", "With answers" if answers else of.name, class_="scope"),
            class_="page",
        ),
        h(
            "main",
            None if answers else h("p", "Name: ______________________________", class_="name"),
            _plan(lesson) if lesson and answers else None,
            h("p", of.ask, class_="task"),
            _key(of),
            [_story(text, of, number, answers=answers, source=named) for number, text in enumerate(texts, 1)],
            _questions(lesson, answers=answers) if lesson else None,
            class_="answers" if answers else None,
        ),
    )


def _plan(lesson: Lesson) -> Markup:
    return h(
        "section",
        h(
            "p",
            h("span", f"Goal: {lesson.goal}"),
            h("span", lesson.grade),
            h("span", f"{lesson.time} minutes"),
            class_="facts",
        ),
        h("ol", [h("li", step) for step in lesson.steps]),
        h("p", lesson.afterwards),
        class_="plan",
    )


def _key(of: Task) -> Markup:
    return h(
        "ul",
        [h("li", h("b", number), f"{c.name} ({c.hint})") for number, c in enumerate(of.categories, 1)],
        class_="key",
    )


def _story(text: Text, of: Task, number: int, *, answers: bool, source: bool) -> Markup:
    marks = _apart(text.reading) if answers else []
    paragraphs = []
    start = 0
    for part in text.body.split("\n"):
        if part.strip():
            inside = Span(start, start + len(part))
            paragraphs.append(h("p", _marked(text.body, inside, marks), dir="auto"))
        start += len(part) + 1
    reasons = [
        h(
            "li",
            h("b", i, class_="no"),
            h("span", h("b", f"“{' '.join(mark.span.of(text.body).split())}”"), f" {_name(of, mark)}. {mark.reason}"),
        )
        for i, mark in enumerate(marks, 1)
    ]
    return h(
        "article",
        h("p", text.source if source else f"Text {number}", class_="kicker"),
        paragraphs,
        h("h3", "What the analyser marked, and why") if reasons else None,
        h("ol", reasons, class_="reasons") if reasons else None,
        class_="story",
    )


def _apart(reading: Sequence[Mark]) -> list[Mark]:
    """Marks in the order of the text; of two that overlap, the first."""
    kept: list[Mark] = []
    for mark in sorted(reading, key=lambda mark: (mark.span.start, -mark.span.end)):
        if not kept or mark.span.start >= kept[-1].span.end:
            kept.append(mark)
    return kept


def _marked(body: str, inside: Span, marks: Sequence[Mark]) -> list[Child]:
    parts: list[Child] = []
    place = inside.start
    for number, mark in enumerate(marks, 1):
        if not mark.span.overlaps(inside):
            continue
        start, end = max(mark.span.start, inside.start), min(mark.span.end, inside.end)
        voice = mark.kind == "voice"
        look = f"voice {mark.value}" if voice else f"mark {mark.kind} s2 {_SIGNS.get(mark.value, 'even')}"
        style = f"--h:{_HUES.get(mark.value, 0)}" if voice else None
        last = end == mark.span.end
        parts += [
            body[place:start],
            h("span", body[start:end], class_=look, style=style),
            h("sup", number) if last else None,
        ]
        place = end
    return [*parts, body[place : inside.end]]


_SIGNS = {"against": "cold", "favour": "warm"}


def _name(of: Task, mark: Mark) -> str:
    category = of.category(mark.value)
    return category.name if category else mark.value


def _questions(lesson: Lesson, *, answers: bool) -> Markup:
    lines = [h("span", class_="line") for _ in range(WRITING_LINES)]
    return h(
        "section",
        h("h3", "Questions"),
        h(
            "ol",
            [h("li", h("b", q.ask), h("p", q.note, class_="note") if answers else lines) for q in lesson.questions],
            class_="questions",
        ),
    )
