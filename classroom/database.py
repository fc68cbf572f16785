"""One SQLite file that holds the rooms. A path comes in; short transactions go out.

What a transaction has written is on the disk when it ends (WAL, synchronous=FULL); only then may a mark be
acknowledged.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

PATH_SETTING = "FRAMING_CLASSROOM_FILE"  # where the file lies
DAYS_SETTING = "FRAMING_CLASSROOM_DAYS"  # how long a room is kept
DAYS = 30.0
PURGE_EVERY = 600.0  # seconds between two looks for expired rooms
BUSY = 10.0  # seconds to wait for another process that writes
VERSION = 1

SCHEMA = """
CREATE TABLE room (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    task TEXT NOT NULL,
    title TEXT NOT NULL,
    lesson TEXT NOT NULL,
    hidden INTEGER NOT NULL,
    minutes TEXT NOT NULL,
    choices TEXT NOT NULL,
    pin_salt BLOB NOT NULL,
    pin_hash BLOB NOT NULL,
    phase TEXT NOT NULL,
    phase_started REAL NOT NULL,
    revealed REAL,
    opened REAL NOT NULL,
    expires REAL NOT NULL,
    version INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE text (
    room INTEGER NOT NULL REFERENCES room ON DELETE CASCADE,
    number INTEGER NOT NULL,
    source TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    pieces TEXT NOT NULL,
    reading TEXT NOT NULL,
    PRIMARY KEY (room, number)
);
CREATE TABLE pupil (
    id INTEGER PRIMARY KEY,
    room INTEGER NOT NULL REFERENCES room ON DELETE CASCADE,
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    token TEXT NOT NULL UNIQUE,
    UNIQUE (room, number),
    UNIQUE (room, folded)
);
CREATE TABLE op (
    pupil INTEGER NOT NULL REFERENCES pupil ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    tab TEXT NOT NULL,
    round INTEGER NOT NULL,
    kind TEXT NOT NULL,
    text INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    value TEXT,
    PRIMARY KEY (pupil, seq, tab)
) WITHOUT ROWID;
CREATE TABLE try (
    room INTEGER NOT NULL REFERENCES room ON DELETE CASCADE,
    who TEXT NOT NULL,
    at REAL NOT NULL
);
"""


class StoreError(Exception):
    """The file cannot be used; the message says why in one sentence."""


def default_path() -> Path:
    """The file that the setting names, or one in the home folder."""
    named = os.environ.get(PATH_SETTING, "").strip()
    return Path(named).expanduser() if named else Path.home() / ".framing" / "classroom.sqlite"


def default_days() -> float:
    """How many days a room is kept. A setting that is no positive number is refused."""
    given = os.environ.get(DAYS_SETTING, "").strip()
    try:
        days = float(given) if given else DAYS
    except ValueError:
        days = 0.0
    if not 0 < days <= 3650:
        raise StoreError(f"{DAYS_SETTING} is {given!r}; it needs a number of days from 1 to 3650.")
    return days


class Store:
    """The open file. One connection for all threads of this process, one transaction at a time."""

    def __init__(
        self, path: Path | str | None = None, *, days: float | None = None, clock: Callable[[], float] = time.time
    ):
        """`clock` gives seconds since 1970. Raises StoreError where the file cannot be used."""
        self.path = Path(path) if path is not None else default_path()
        self.days = default_days() if days is None else days
        self.clock = clock
        self._lock = threading.RLock()
        self._purged = float("-inf")
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Nobody else on this computer need read what pupils mark.
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
            self._connection = sqlite3.connect(
                self.path, timeout=BUSY, isolation_level=None, check_same_thread=False, cached_statements=256
            )
            self._prepare()
        except (OSError, sqlite3.DatabaseError) as error:
            raise StoreError(f"The classroom file {self.path} cannot be used: {error}.") from error

    def _prepare(self) -> None:
        connection = self._connection
        connection.row_factory = sqlite3.Row
        for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {setting}")
        with self.writing() as open_:
            version = open_.execute("PRAGMA user_version").fetchone()[0]
            if version > VERSION:
                raise StoreError(f"The classroom file {self.path} was written by a newer version of this program.")
            if version == 0:
                for statement in SCHEMA.split(";"):
                    open_.execute(statement)
                open_.execute(f"PRAGMA user_version={VERSION}")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that writes: all of it is on the disk afterwards, or none of it."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A transaction that reads one state of the file."""
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._connection.execute(begin)
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # a full disk may have ended it already
                    self._connection.execute("ROLLBACK")
                raise

    def purge(self, *, now: bool = False) -> int:
        """Delete rooms whose time is over; looks at most every ten minutes unless told `now`. Returns how many."""
        time_ = self.clock()
        if not now and abs(time_ - self._purged) < PURGE_EVERY:
            return 0
        self._purged = time_
        with self.writing() as connection:
            return connection.execute("DELETE FROM room WHERE expires < ?", (time_,)).rowcount

    def close(self) -> None:
        with self._lock:
            self._connection.close()
