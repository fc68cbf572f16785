"""Rooms: opening one, finding it by its code, its phases, its PIN.

Texts and a task come in; a `Room` goes out, as it stands at this moment.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from analysis.model import Report, Span
from classroom.database import Store
from classroom.tasks import cut, reading, task

PHASES = ("forewarn", "write", "mark", "reveal", "discuss", "revise", "close")
MARKING = ("mark", "revise")  # the phases in which marks are made
SHOWING = ("reveal", "discuss", "close")  # the phases in which everybody sees everybody's marks
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # no vowels, so that no code spells a word; twenty to the sixth are 64 million
CODE_LENGTH = 6
TEXTS = 6
TEXT_LENGTH = 20_000  # characters; about 3,300 words, far beyond what a class reads in a lesson
ROOMS = 500  # open at a time; keeps a prankster from filling the disk
MINUTES = 180.0  # the longest phase
GRACE = 6.0  # seconds after the reveal in which marks that were on their way still count as blind
PIN_LENGTHS = range(4, 13)
TRIES = 5  # wrong PINs from one device …
TRIES_WINDOW = 300.0  # … in five minutes
ROOM_TRIES = 60  # wrong PINs from everybody elsewhere together …
ROOM_TRIES_WINDOW = 3600.0  # … in an hour; with a six-digit PIN a month of guessing finds it once in 23 times
HERE = ""  # the device on which the server runs, which no pupil can lock out
_SALT = secrets.token_bytes(16)  # devices are remembered by a hash that means nothing after a restart


class Locked(Exception):
    """Too many wrong PINs; `seconds` until the next try."""

    def __init__(self, seconds: float):
        super().__init__(f"Too many wrong PINs. Try again in {max(1, round(seconds / 60))} min.")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Mark:
    """What the analyser says of a stretch of a text."""

    span: Span
    value: str
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a room: the pieces that can be tapped, and the analyser's reading of it."""

    number: int
    source: str
    title: str
    body: str
    pieces: tuple[Span, ...]
    reading: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """A room at one moment. `left`: seconds that its phase still has; None where the teacher moves on by hand."""

    id: int
    code: str
    task: str
    title: str
    lesson: str
    hidden: bool
    minutes: Mapping[str, float]
    choices: tuple[str, ...]
    phase: str
    left: float | None
    revealed: float | None
    opened: float
    expires: float
    version: int

    @property
    def phases(self) -> tuple[str, ...]:
        """The phases of this room, in order."""
        return phases_of(self.task)

    @property
    def sources_shown(self) -> bool:
        return not self.hidden or self.revealed is not None

    def round(self, now: float) -> int:
        """1 while nobody has seen the class's marks, 2 afterwards."""
        return 1 if self.revealed is None or now < self.revealed + GRACE else 2


def phases_of(task_id: str) -> tuple[str, ...]:
    return tuple(phase for phase in PHASES if phase != "write" or task_id == "rewrite")


def open_room(
    store: Store,
    reports: Sequence[Report],
    task_id: str,
    *,
    pin: str,
    title: str = "",
    lesson: str = "",
    minutes: Mapping[str, float] | None = None,
    hidden: bool = False,
    choices: Sequence[str] = (),
) -> Room:
    """Open a room on the texts of `reports`.

    `minutes` gives phases a timer; a phase that is not in it ends by hand. With `hidden`, pupils see no source before
    the reveal; `choices` are the sources to guess from. Raises ValueError for texts, PIN or minutes of no use.
    """
    of = task(task_id)
    given = dict(minutes or {})
    for phase, length in given.items():
        if phase not in PHASES:
            raise ValueError(f"Unknown phase {phase!r}. Choose one of: {', '.join(PHASES)}.")
        if not 0 < length <= MINUTES:
            raise ValueError(
                f"A phase takes more than 0 and at most {MINUTES:.0f} minutes; {phase} was given {length}."
            )
    if not reports:
        raise ValueError("A room needs at least one text.")
    _check_pin(pin)
    salt = secrets.token_bytes(16)
    rows = _text_rows(reports, of.id, 0)
    now = store.clock()
    store.purge(now=True)
    with store.writing() as connection:
        if connection.execute("SELECT count(*) FROM room").fetchone()[0] >= ROOMS:
            raise ValueError(f"{ROOMS} rooms are open already. Delete one, or wait until some have expired.")
        code = _free_code(connection)
        row = connection.execute(
            "INSERT INTO room (code, task, title, lesson, hidden, minutes, choices, pin_salt, pin_hash, phase, "
            "phase_started, opened, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                code, of.id, title[:200], lesson, int(hidden or of.id == "guess"), json.dumps(given),
                json.dumps(list(choices)), salt, _hash(pin, salt), PHASES[0], now, now, now + store.days * 86400,
            ),
        )  # fmt: skip
        connection.executemany("INSERT INTO text VALUES (?, ?, ?, ?, ?, ?, ?)", [(row.lastrowid, *r) for r in rows])
    found = find(store, code)
    assert found is not None
    return found


def add_texts(store: Store, room: Room, reports: Sequence[Report]) -> None:
    """Put more texts into a room, such as what pupils wrote. Raises ValueError where they are too many or too long."""
    with store.writing() as connection:
        have = connection.execute("SELECT count(*) FROM text WHERE room = ?", (room.id,)).fetchone()[0]
        rows = _text_rows(reports, room.task, have)
        connection.executemany("INSERT INTO text VALUES (?, ?, ?, ?, ?, ?, ?)", [(room.id, *r) for r in rows])
        touch(connection, room.id)


def text_of(report: Report, task_id: str, number: int = 0) -> Text:
    """A report as a text of a room."""
    of = task(task_id)
    article = report.article
    marks = tuple(Mark(*mark) for mark in reading(report, of))
    return Text(number, article.source, article.title, article.text, cut(article.text, of.cut), marks)


def _text_rows(reports: Sequence[Report], task_id: str, first: int) -> list[tuple[object, ...]]:
    if first + len(reports) > TEXTS:
        raise ValueError(f"A room takes at most {TEXTS} texts.")
    rows: list[tuple[object, ...]] = []
    for number, report in enumerate(reports, first):
        text = text_of(report, task_id, number)
        name = text.title or report.article.id
        if not text.body.strip():
            raise ValueError(f"“{name}” has no text.")
        if len(text.body) > TEXT_LENGTH:
            raise ValueError(
                f"“{name}” has {len(text.body):,} characters; a class reads at most {TEXT_LENGTH:,}. Load a part of it."
            )
        pieces = json.dumps([[span.start, span.end] for span in text.pieces])
        marks = json.dumps([[m.span.start, m.span.end, m.value, m.kind, m.reason] for m in text.reading])
        rows.append((number, text.source, text.title, text.body, pieces, marks))
    return rows


def find(store: Store, code: str) -> Room | None:
    """The room of a code as it stands now, or None. A timer that has run out moves it one phase on."""
    known = clean_code(code)
    if known is None:
        return None
    store.purge()
    with store.reading() as connection:
        row = connection.execute("SELECT * FROM room WHERE code = ?", (known,)).fetchone()
    now = store.clock()
    if row is None or row["expires"] < now:
        return None
    room = _room(row, now)
    if room.left is not None and room.left <= 0:
        following = room.phases[room.phases.index(room.phase) + 1 :]
        if following:
            set_phase(store, room, following[0])
            return find(store, code)
    return room


def set_phase(store: Store, room: Room, phase: str) -> None:
    """Move a room to a phase; its timer starts now. Moving on twice from the same phase counts once."""
    if phase not in room.phases:
        raise ValueError(f"Unknown phase {phase!r}. Choose one of: {', '.join(room.phases)}.")
    now = store.clock()
    with store.writing() as connection:
        connection.execute(
            "UPDATE room SET phase = ?, phase_started = ?, version = version + 1, "
            "revealed = CASE WHEN ? THEN coalesce(revealed, ?) ELSE revealed END WHERE id = ? AND phase = ?",
            (phase, now, phase in (*SHOWING, "revise"), now, room.id, room.phase),
        )


def delete(store: Store, room: Room) -> None:
    """Delete a room with everything in it."""
    with store.writing() as connection:
        connection.execute("DELETE FROM room WHERE id = ?", (room.id,))


def texts(store: Store, room: Room) -> tuple[Text, ...]:
    """The texts of a room, in order."""
    with store.reading() as connection:
        rows = connection.execute("SELECT * FROM text WHERE room = ? ORDER BY number", (room.id,)).fetchall()
    return tuple(_text(*tuple(row)[1:]) for row in rows)


@lru_cache(maxsize=64)
def _text(number: int, source: str, title: str, body: str, pieces: str, marks: str) -> Text:
    return Text(
        number,
        source,
        title,
        body,
        tuple(Span(start, end) for start, end in json.loads(pieces)),
        tuple(Mark(Span(start, end), value, kind, reason) for start, end, value, kind, reason in json.loads(marks)),
    )


def opens(store: Store, room: Room, pin: str, *, device: str = HERE) -> bool:
    """Whether `pin` is the room's. Raises Locked after too many wrong ones from `device` or from all together."""
    now = store.clock()
    who = hashlib.sha256(_SALT + device.encode("utf-8", "replace")).hexdigest()[:16] if device else HERE
    with store.reading() as connection:
        row = connection.execute("SELECT pin_salt, pin_hash FROM room WHERE id = ?", (room.id,)).fetchone()
        tries = connection.execute("SELECT who, at FROM try WHERE room = ?", (room.id,)).fetchall()
    own = sorted(t["at"] for t in tries if t["who"] == who and abs(now - t["at"]) < TRIES_WINDOW)
    if len(own) >= TRIES:
        raise Locked(own[-TRIES] + TRIES_WINDOW - now)
    elsewhere = sorted(t["at"] for t in tries if t["who"] != HERE and abs(now - t["at"]) < ROOM_TRIES_WINDOW)
    if who != HERE and len(elsewhere) >= ROOM_TRIES:
        raise Locked(elsewhere[-ROOM_TRIES] + ROOM_TRIES_WINDOW - now)
    if row is None:
        return False
    if hmac.compare_digest(_hash(pin, row["pin_salt"]), row["pin_hash"]):
        return True
    with store.writing() as connection:
        connection.execute("DELETE FROM try WHERE abs(? - at) > ?", (now, ROOM_TRIES_WINDOW))
        connection.execute("INSERT INTO try SELECT id, ?, ? FROM room WHERE id = ?", (who, now, room.id))
    return False


def random_pin() -> str:
    """Six digits."""
    return f"{secrets.randbelow(10**6):06}"


def clean_code(code: str) -> str | None:
    """The code as it is stored, from what somebody typed; None where it cannot be one."""
    letters = "".join(sign for sign in code[:40].upper() if not sign.isspace() and sign not in "-–.")
    return letters if len(letters) == CODE_LENGTH and set(letters) <= set(LETTERS) else None


def touch(connection: sqlite3.Connection, room: int) -> None:
    """Count up the version of a room: what was worked out of it before is out of date."""
    connection.execute("UPDATE room SET version = version + 1 WHERE id = ?", (room,))


def _free_code(connection: sqlite3.Connection) -> str:
    while True:
        code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
        if connection.execute("SELECT 1 FROM room WHERE code = ?", (code,)).fetchone() is None:
            return code


def _room(row: sqlite3.Row, now: float) -> Room:
    minutes = json.loads(row["minutes"])
    left = None
    if row["phase"] in minutes:
        length = minutes[row["phase"]] * 60
        # A clock that was set back must not make a phase longer than it is.
        left = min(length, row["phase_started"] + length - now)
    return Room(
        row["id"], row["code"], row["task"], row["title"], row["lesson"], bool(row["hidden"]), minutes,
        tuple(json.loads(row["choices"])), row["phase"], left, row["revealed"], row["opened"], row["expires"],
        row["version"],
    )  # fmt: skip


def _check_pin(pin: str) -> None:
    if not (pin.isascii() and pin.isdigit() and len(pin) in PIN_LENGTHS):
        raise ValueError(f"The PIN needs {PIN_LENGTHS[0]} to {PIN_LENGTHS[-1]} digits.")


def _hash(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode("utf-8", "replace")[:64], salt=salt, n=2**14, r=8, p=1)
