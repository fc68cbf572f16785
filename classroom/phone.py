"""What a pupil's phone and the room say to each other: a message comes in, a reply goes out. Nothing here draws.

A message holds `n` (its number, which the reply repeats), `code`, and one of
    join      with `name`                        answered by a token, which the phone keeps
    hello     with `token`                       answered by all that the pupil has set so far
    send      with `token` and `ops`             answered by `acked`: what is now on the disk, and `refused`
    poll      with `token`                       answered by the phase
Each may hold `have`, the key of the screen that the phone shows; what that screen needs is sent when the key differs.
Messages come from strangers: whatever is wrong with one, the reply says so in a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from threading import Lock
from typing import Any

from classroom import marks, pupils, rooms
from classroom.database import Store
from classroom.reveal import TextReveal, compared_in_words, reveal
from classroom.rooms import MARKING, SHOWING, Room, Text
from classroom.tasks import Task, task

GONE = "There is no open room with this code. Check the six letters, or ask your teacher."
STRANGER = "This phone is not known in this room. Join again."
DEEP = 4  # digits of a share that is sent

_at_work = Lock()


def answer(store: Store, message: object) -> dict[str, Any]:
    """The reply to a message."""
    if not isinstance(message, Mapping):
        return {"n": 0, "error": "This message cannot be read."}
    reply = envelope(message)
    code = message.get("code")
    room = rooms.find(store, code) if isinstance(code, str) else None
    if room is None:
        return reply | {"error": GONE, "gone": True}
    if message.get("do") == "join":
        try:
            pupil, token = pupils.join(store, room, message.get("name"))
        except ValueError as error:
            return reply | {"error": str(error)}
        reply["token"] = token
    else:
        found = pupils.rejoin(store, room, message.get("token"))
        if found is None:
            return reply | {"error": STRANGER, "stranger": True}
        pupil = found
    texts = rooms.texts(store, room)
    ops = message.get("ops")
    if message.get("do") == "send" and isinstance(ops, list):
        receipts = marks.record(store, room, pupil, ops, texts)
        reply["acked"] = [[r.seq, r.tab] for r in receipts if not r.refused]
        reply["refused"] = [[r.seq, r.tab, r.refused] for r in receipts if r.refused]
    if message.get("do") in ("join", "hello"):
        values, highest = marks.own(store, pupil)
        reply["own"] = [[text, piece, v] for text, pieces in values.items() for piece, v in pieces.items()]
        reply["seq"] = highest
    reply["name"] = pupil.name
    reply["room"] = _room(room)
    screen = screen_key(room, texts)
    if message.get("have") != screen:
        reply["screen"] = {"key": screen} | _screen(store, room, texts)
    return reply


def envelope(message: Mapping[str, Any]) -> dict[str, Any]:
    """What a reply repeats of its message, so that the phone knows which one is answered."""
    n, session = message.get("n"), message.get("session")
    return {"n": n if isinstance(n, int) else 0, "session": session[:20] if isinstance(session, str) else ""}


def screen_key(room: Room, texts: tuple[Text, ...]) -> str:
    """Names what a phone needs to show a phase; the class's marks stand still while they are shown."""
    if room.phase in SHOWING:
        return f"{room.id}:{room.phase}:{len(texts)}:{room.version}"
    return f"{room.id}:{room.phase}:{len(texts)}:{room.sources_shown}"


def _room(room: Room) -> dict[str, Any]:
    return {
        "code": room.code,
        "title": room.title,
        "task": room.task,
        "phase": room.phase,
        "left": None if room.left is None else max(0, round(room.left)),
        "marking": room.phase in MARKING,
    }


def _screen(store: Store, room: Room, texts: tuple[Text, ...]) -> dict[str, Any]:
    """What one phase shows. Before the reveal nothing of the analyser or of anybody else is in it."""
    of = task(room.task)
    shown: dict[str, Any] = {
        "task": task_data(of),
        "choices": list(room.choices),
        "draft": marks.DRAFT,
    }
    if room.phase == "forewarn":
        return shown
    shown["texts"] = [text_data(text, sources=room.sources_shown) for text in texts]
    if room.phase in SHOWING:
        shown["reveal"] = [text_reveal_data(r, of) for r in revealed(store, room)]
    return shown


def revealed(store: Store, room: Room) -> tuple[TextReveal, ...]:
    """The reveal of a room, worked out once for each state of it, though a whole class asks in the same moment."""
    with _at_work:
        return _revealed(store, room.id, room.version, room.code)


@lru_cache(maxsize=32)
def _revealed(store: Store, room: int, version: int, code: str) -> tuple[TextReveal, ...]:
    found = rooms.find(store, code)
    return () if found is None else reveal(store, found)


def task_data(of: Task) -> dict[str, Any]:
    """A task as the phone draws it."""
    return {
        "id": of.id,
        "name": of.name,
        "ask": of.ask,
        "warning": of.warning,
        "cut": of.cut,
        "categories": [{"id": c.id, "name": c.name, "hint": c.hint, "sign": c.sign} for c in of.categories],
    }


@lru_cache(maxsize=64)
def text_data(text: Text, *, sources: bool) -> dict[str, Any]:
    """A text as blocks of [piece or -1, words], so that a phone needs no offsets. All get the same one."""
    blocks: list[list[list[Any]]] = [[]]

    def add(number: int, words: str) -> None:
        parts = words.split("\n")
        for i, part in enumerate(parts):
            if i and blocks[-1]:
                blocks.append([])
            if part:
                blocks[-1].append([number, part])

    place = 0
    for number, span in enumerate(text.pieces):
        add(marks.WHOLE, text.body[place : span.start])
        add(number, text.body[span.start : span.end])
        place = span.end
    add(marks.WHOLE, text.body[place:])
    title = " ".join(text.title.split())
    first = " ".join("".join(words for _, words in blocks[0]).split()) if blocks else ""
    return {
        "number": text.number,
        "source": text.source if sources else f"Text {text.number + 1}",
        "headed": bool(title) and title == first,
        "blocks": [block for block in blocks if block],
    }


def text_reveal_data(found: TextReveal, of: Task) -> dict[str, Any]:
    """The reveal of a text as it is drawn."""
    pieces = [
        [number, round(piece.share, DEEP), [[v, n] for v, n in piece.votes], piece.of_analyser if piece.kind else None,
         piece.kind, piece.reason]
        for number, piece in enumerate(found.pieces)
        if piece.votes or piece.kind
    ]  # fmt: skip
    return {
        "readers": found.readers,
        "pieces": pieces,
        "differences": [
            {"piece": d.piece, "words": d.words, "sentence": d.sentence, "reason": d.reason} for d in found.differences
        ],
        "compared": [compared_in_words(c, of) for c in found.compared],
        "guesses": [[choice, n] for choice, n in found.guesses],
    }
