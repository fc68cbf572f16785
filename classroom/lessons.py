"""Ready lessons: one .toml file each comes in, `Lesson`s go out, in the order of their file names."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from classroom.rooms import MINUTES, phases_of
from classroom.tasks import task

FOLDER = Path(__file__).with_name("lessons")


@dataclass(frozen=True, slots=True)
class Question:
    """A question for the class, and what a teacher may listen for in the answers."""

    ask: str
    note: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson on sample articles. `minutes` gives each phase its time; `choices` are sources to guess from."""

    id: str
    title: str
    goal: str
    grade: str
    task: str
    articles: tuple[str, ...]
    minutes: Mapping[str, float]
    steps: tuple[str, ...]
    questions: tuple[Question, ...]
    afterwards: str
    hidden: bool
    choices: tuple[str, ...]

    @property
    def time(self) -> int:
        """Minutes that the phases take together."""
        return round(sum(self.minutes.values()))


@cache
def lessons() -> tuple[Lesson, ...]:
    """All lessons that ship."""
    return tuple(_read(file) for file in sorted(FOLDER.glob("*.toml")))


def lesson(lesson_id: str) -> Lesson:
    """The lesson of that id. Raises ValueError naming the valid ones."""
    for known in lessons():
        if known.id == lesson_id:
            return known
    raise ValueError(f"Unknown lesson {lesson_id!r}. Choose one of: {', '.join(one.id for one in lessons())}.")


def parse(lesson_id: str, held: Mapping[str, Any]) -> Lesson:
    """A lesson from the content of its file. Raises ValueError for a task, a phase or a time that does not exist."""
    of = task(held["task"])
    minutes = {phase: float(length) for phase, length in held["minutes"].items()}
    for phase, length in minutes.items():
        if phase not in phases_of(of.id):
            raise ValueError(f"Unknown phase {phase!r} in {lesson_id}. Choose one of: {', '.join(phases_of(of.id))}.")
        if not 0 < length <= MINUTES:
            raise ValueError(f"The phase {phase} of {lesson_id} lasts {length} minutes.")
    return Lesson(
        lesson_id,
        held["title"],
        held["goal"],
        held["grade"],
        of.id,
        tuple(held["articles"]),
        minutes,
        tuple(held["steps"]),
        tuple(Question(q["ask"], q["note"]) for q in held["questions"]),
        held["afterwards"],
        bool(held.get("hidden", False)),
        tuple(held.get("choices", ())),
    )


def _read(file: Path) -> Lesson:
    return parse(file.stem, tomllib.loads(file.read_text(encoding="utf-8")))
