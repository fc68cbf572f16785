"""Marks as pupils make them: operations come in, in any order and any number of times; each pupil's marks go out.

An operation sets the value of a run of pieces (or takes it away). Every device numbers its operations one above the
highest number it has seen (Lamport 1978, “Time, clocks, and the ordering of events”), and the highest number wins each
piece. So the marks depend on the operations alone, not on the order or the repetitions in which they arrive, and a
queue that a phone sends again after an hour changes nothing twice. No clock of a phone is ever read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from classroom.database import Store
from classroom.pupils import Pupil
from classroom.rooms import Room, Text, touch
from classroom.tasks import task

KINDS = ("mark", "guess", "draft")
WHOLE = -1  # the “piece” of a value that belongs to a whole text
OPS = 5_000  # of one pupil in one room; a keen class needs about 200
BATCH = 200  # operations in one message
SEQ = 10**9
DRAFT = 1_500  # characters of a rewrite
TAB = re.compile(r"[A-Za-z0-9]{1,12}")

Values = dict[int, str]  # piece → value


@dataclass(frozen=True, slots=True)
class Op:
    """One operation. `value` is a category, a source or a draft; None takes the mark away."""

    seq: int
    tab: str
    kind: str
    text: int
    first: int
    last: int
    value: str | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of an operation: stored, or refused with a sentence that says why."""

    seq: int
    tab: str
    refused: str = ""


def parse(raw: object, room: Room, texts: Sequence[Text]) -> Op:
    """The operation in a message from a phone. Raises ValueError for anything that is none of this room."""
    if not isinstance(raw, Mapping):
        raise ValueError("A mark must be an object.")
    seq, tab = key(raw)
    kind, value = raw.get("kind", "mark"), raw.get("value")
    number, first, last = (raw.get(name, WHOLE) for name in ("text", "first", "last"))
    if any(isinstance(n, bool) or not isinstance(n, int) for n in (number, first, last)):
        raise ValueError("A mark names its text and pieces by whole numbers.")
    if value is not None and not isinstance(value, str):
        raise ValueError("A mark’s value must be text.")
    if kind == "draft" and room.task == "rewrite":
        return Op(seq, tab, kind, WHOLE, WHOLE, WHOLE, clean_draft(value or ""))
    if kind == "draft" or kind not in KINDS:
        raise ValueError("This room does not ask for that.")
    if not 0 <= number < len(texts):
        raise ValueError("This room has no such text.")
    if kind == "guess":
        if value is not None and value not in room.choices:
            raise ValueError("That source is not among those to guess from.")
        return Op(seq, tab, kind, number, WHOLE, WHOLE, value)
    if not 0 <= first <= last < len(texts[number].pieces):
        raise ValueError("This text has no such words.")
    if value is not None and task(room.task).category(value) is None:
        raise ValueError("This task has no such category.")
    return Op(seq, tab, kind, number, first, last, value)


def key(raw: object) -> tuple[int, str]:
    """The number and device by which an operation is known. Raises ValueError where it has none."""
    if isinstance(raw, Mapping):
        seq, tab = raw.get("seq"), raw.get("tab")
        numbered = isinstance(seq, int) and not isinstance(seq, bool) and 0 < seq < SEQ
        if numbered and isinstance(tab, str) and TAB.fullmatch(tab):
            return int(seq or 0), tab
    raise ValueError("A mark needs a number and a device.")


def clean_draft(text: str) -> str:
    """A rewrite as it is kept: no control signs, at most 1,500 characters."""
    kept = "".join(s for s in text if s == "\n" or (s.isprintable() and not 0xD800 <= ord(s) <= 0xDFFF))
    return kept[:DRAFT]


def record(store: Store, room: Room, pupil: Pupil, raw_ops: Sequence[Any], texts: Sequence[Text]) -> list[Receipt]:
    """Store operations; when this returns they are on the disk. What has no key cannot be answered for."""
    receipts: list[Receipt] = []
    good: list[Op] = []
    for raw in raw_ops[:BATCH]:
        try:
            seq, tab = key(raw)
        except ValueError:
            continue
        try:
            good.append(parse(raw, room, texts))
            receipts.append(Receipt(seq, tab))
        except ValueError as error:
            receipts.append(Receipt(seq, tab, str(error)))
    if not good:
        return receipts
    in_round = room.round(store.clock())
    with store.writing() as connection:
        have = connection.execute("SELECT count(*) FROM op WHERE pupil = ?", (pupil.id,)).fetchone()[0]
        if have + len(good) > OPS:
            return [Receipt(r.seq, r.tab, "That is more marks than a lesson holds.") for r in receipts]
        connection.executemany(
            "INSERT OR IGNORE INTO op VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(pupil.id, op.seq, op.tab, in_round, op.kind, op.text, op.first, op.last, op.value) for op in good],
        )
        if any(op.kind == "draft" for op in good):  # only the last one is kept
            connection.execute(
                "DELETE FROM op WHERE pupil = ?1 AND kind = 'draft' AND (seq, tab) < "
                "(SELECT seq, tab FROM op WHERE pupil = ?1 AND kind = 'draft' ORDER BY seq DESC, tab DESC LIMIT 1)",
                (pupil.id,),
            )
        touch(connection, room.id)
    return receipts


def fold(ops: Sequence[Op]) -> dict[int, Values]:
    """Text → piece → value that operations leave behind, in whatever order they are given.

    The last operation comes first and each piece is set once, so that thousands over whole texts cost no more.
    """
    left: dict[int, dict[int, str | None]] = defaultdict(dict)
    free: dict[int, dict[int, int]] = defaultdict(dict)  # text → a piece that is set → one behind it that may be free
    for op in sorted(ops, key=lambda op: (op.seq, op.tab), reverse=True):
        values, ways = left[op.text], free[op.text]
        while (piece := _free(ways, op.first)) <= op.last:
            values[piece], ways[piece] = op.value, piece + 1
    return {text: {piece: v for piece, v in sorted(values.items()) if v is not None} for text, values in left.items()}


def _free(ways: dict[int, int], piece: int) -> int:
    """The first piece from this one on that is not set; the way there is kept short."""
    end = piece
    while end in ways:
        end = ways[end]
    while piece in ways:
        ways[piece], piece = end, ways[piece]
    return end


def own(store: Store, pupil: Pupil) -> tuple[dict[int, Values], int]:
    """All that a pupil has set, and the highest number so far."""
    ops = [op for _, _, op in _ops(store, "op.pupil = ?", pupil.id)]
    return fold(ops), max((op.seq for op in ops), default=0)


def of_class(store: Store, room: Room, last_round: int) -> dict[int, dict[int, Values]]:
    """Text → pupil's number → piece → value, as it stood after a round. Who never touched a text is not in it."""
    by_pupil: dict[int, list[Op]] = defaultdict(list)
    for number, in_round, op in _ops(store, "p.room = ?", room.id):
        if in_round <= last_round:
            by_pupil[number].append(op)
    found: dict[int, dict[int, Values]] = defaultdict(dict)
    for number, ops in by_pupil.items():
        for text, values in fold(ops).items():
            found[text][number] = values
    return dict(found)


def _ops(store: Store, where: str, value: int) -> list[tuple[int, int, Op]]:
    with store.reading() as connection:
        rows = connection.execute(
            "SELECT p.number, op.round, op.seq, op.tab, op.kind, op.text, op.first, op.last, op.value "
            f"FROM op JOIN pupil p ON p.id = op.pupil WHERE {where} ORDER BY p.number, op.seq, op.tab",
            (value,),
        ).fetchall()
    return [(row[0], row[1], Op(*tuple(row)[2:])) for row in rows]
