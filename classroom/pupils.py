"""Pupils: a nickname comes in; a number, a clean name and a secret token go out. Nothing else is known of anybody."""

from __future__ import annotations

import hashlib
import re
import secrets
import sqlite3
import unicodedata
from dataclasses import dataclass

from classroom.database import Store
from classroom.rooms import Room, touch

PUPILS = 120  # in a room; three classes
NAME_LENGTH = 20  # characters
MARKS_ON_A_LETTER = 2  # accents that may stack up; Vietnamese needs two
TOKEN_LENGTH = 64
_JOINERS = "\u200c\u200d"  # letters of some scripts join by them, but they are invisible and make copies of names
BIRDS = (
    "Heron", "Plover", "Kestrel", "Wren", "Curlew", "Swift", "Osprey", "Robin", "Puffin", "Lark", "Finch", "Tern",
    "Magpie", "Avocet", "Dunlin", "Gannet", "Linnet", "Merlin", "Nuthatch", "Petrel", "Redstart", "Siskin", "Teal",
    "Whimbrel",
)  # fmt: skip
COLOURS = ("Amber", "Blue", "Copper", "Golden", "Green", "Grey", "Red", "Silver", "Violet", "White")


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil of a room; `number` counts from 1 in the order of joining."""

    id: int
    number: int
    name: str


def clean_name(given: object) -> str:
    """A nickname as it can be shown: no control, joining or direction signs, no towers of accents, 20 characters.

    An empty string where nothing is left.
    """
    if not isinstance(given, str):
        return ""
    kept: list[str] = []
    stacked = 0
    for sign in unicodedata.normalize("NFKC", given[:200]).lstrip():
        kind = unicodedata.category(sign)
        if kind in ("Mn", "Me", "Mc"):
            stacked += 1
            if not kept or kept[-1] == " " or stacked > MARKS_ON_A_LETTER:
                continue
        else:
            stacked = 0
        if kind[0] == "Z" or sign in "\t\r\n":
            kept.append(" ")
        elif kind[0] != "C" and sign not in _JOINERS:
            kept.append(sign)
    name = re.sub(r"\s+", " ", "".join(kept)).strip()[:NAME_LENGTH].strip()
    return name if any(sign.isalnum() or unicodedata.category(sign) == "So" for sign in name) else ""


def suggest() -> str:
    """A nickname that says nothing of anybody."""
    return f"{secrets.choice(COLOURS)} {secrets.choice(BIRDS)}"


def join(store: Store, room: Room, name: object) -> tuple[Pupil, str]:
    """A new pupil and the token that lets this device back in. A name that is taken gets a number.

    Raises ValueError where the room is full.
    """
    wanted = clean_name(name) or suggest()
    token = secrets.token_urlsafe(24)
    with store.writing() as connection:
        taken = {
            row["folded"]: row["number"]
            for row in connection.execute("SELECT folded, number FROM pupil WHERE room = ?", (room.id,))
        }
        if len(taken) >= PUPILS:
            raise ValueError(f"This room is full: {PUPILS} have joined.")
        free, count = wanted, 2
        while free.casefold() in taken:
            ending = f" {count}"
            free, count = wanted[: NAME_LENGTH - len(ending)] + ending, count + 1
        number = max(taken.values(), default=0) + 1
        row = connection.execute(
            "INSERT INTO pupil (room, number, name, folded, token) VALUES (?, ?, ?, ?, ?)",
            (room.id, number, free, free.casefold(), _hashed(token)),
        )
        touch(connection, room.id)
    assert row.lastrowid is not None
    return Pupil(row.lastrowid, number, free), token


def rejoin(store: Store, room: Room, token: object) -> Pupil | None:
    """The pupil of a token, in this room; None where there is none."""
    if not isinstance(token, str) or not 0 < len(token) <= TOKEN_LENGTH:
        return None
    with store.reading() as connection:
        row = connection.execute(
            "SELECT id, number, name FROM pupil WHERE room = ? AND token = ?", (room.id, _hashed(token))
        ).fetchone()
    return None if row is None else Pupil(row["id"], row["number"], row["name"])


def everybody(store: Store, room: Room) -> list[tuple[Pupil, int]]:
    """All pupils of a room with how often each has marked, in the order of joining."""
    with store.reading() as connection:
        rows: list[sqlite3.Row] = connection.execute(
            "SELECT p.id, p.number, p.name, count(op.seq) AS n FROM pupil p LEFT JOIN op ON op.pupil = p.id "
            "WHERE p.room = ? GROUP BY p.id ORDER BY p.number",
            (room.id,),
        ).fetchall()
    return [(Pupil(row["id"], row["number"], row["name"]), row["n"]) for row in rows]


def rename(store: Store, room: Room, number: int) -> None:
    """Replace a nickname that should not be read out by a plain “Pupil 7”."""
    with store.writing() as connection:
        name = f"Pupil {number}"
        try:
            connection.execute(
                "UPDATE pupil SET name = ?, folded = ? WHERE room = ? AND number = ?",
                (name, name.casefold(), room.id, number),
            )
        except sqlite3.IntegrityError:  # somebody took that very name
            connection.execute(
                "UPDATE pupil SET name = ?, folded = ? WHERE room = ? AND number = ?",
                (f"{name}.", f"{name}.".casefold(), room.id, number),
            )
        touch(connection, room.id)


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
