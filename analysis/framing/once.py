"""What several measures ask of the same tables, worked out once; it goes when the tables do."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock
from typing import TypeVar
from weakref import WeakKeyDictionary

from analysis.tables import Tables

Made = TypeVar("Made")


def once(function: Callable[..., Made]) -> Callable[..., Made]:
    """`function(tables, *options)`, remembered for each `tables` and options. Who gets it may not change it.

    What is remembered may not hold the tables themselves, which would then never go. Two threads that ask for the same
    at the same time wait for one answer.
    """
    known: WeakKeyDictionary[Tables, tuple[Lock, dict[Hashable, Made]]] = WeakKeyDictionary()
    gate = Lock()

    @wraps(function)
    def asked(tables: Tables, *options: Hashable) -> Made:
        with gate:
            own, answers = known.setdefault(tables, (Lock(), {}))
        with own:
            if options not in answers:
                answers[options] = function(tables, *options)
            return answers[options]

    return asked
