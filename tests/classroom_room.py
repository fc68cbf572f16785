"""A room for the tests of the classroom: a store with a clock of its own, a text by hand, pupils that send marks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from classroom import phone, rooms
from classroom.database import Store
from classroom.rooms import Room
from tests import factory

PIN = "246810"


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, now: float = 1_000_000.0):
        self.now = now

    def __call__(self) -> float:
        return self.now


def store(folder: Path, clock: Clock | None = None) -> Store:
    return Store(folder / "rooms.sqlite", days=30, clock=clock or Clock())


def opened(in_store: Store, task: str = "loaded", *, phase: str = "mark", **options: Any) -> Room:
    """A room on the text of the factory, in a phase."""
    room = rooms.open_room(in_store, [factory.report()], task, pin=PIN, title="Port", **options)
    rooms.set_phase(in_store, room, phase)
    return again(in_store, room)


def again(in_store: Store, room: Room) -> Room:
    found = rooms.find(in_store, room.code)
    assert found is not None
    return found


class Phone:
    """One pupil's phone."""

    def __init__(self, in_store: Store, room: Room, name: str = "Heron"):
        self.store, self.code, self.seq = in_store, room.code, 0
        reply = self.say("join", name=name)
        assert "error" not in reply, reply
        self.token = reply["token"]
        self.name = reply["name"]

    def say(self, do: str, **more: Any) -> dict[str, Any]:
        token = {"token": self.token} if hasattr(self, "token") else {}
        return phone.answer(self.store, {"n": 1, "session": "s", "code": self.code, "do": do, **token, **more})

    def op(self, first: int, value: str | None, last: int | None = None, **more: Any) -> dict[str, Any]:
        self.seq += 1
        last = first if last is None else last
        return {"seq": self.seq, "tab": "a", "text": 0, "first": first, "last": last, "value": value, **more}

    def mark(self, *pieces: int, value: str | None = "against") -> dict[str, Any]:
        return self.say("send", ops=[self.op(piece, value) for piece in pieces])

    def own(self) -> dict[int, str]:
        return {piece: value for _, piece, value in self.say("hello")["own"]}
