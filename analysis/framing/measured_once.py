"""What several measures ask of the same tables, worked out once; it goes when the tables do."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import update_wrapper
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from analysis.tables import Tables

Made = TypeVar("Made")


class once(Generic[Made]):
    """`function(tables, *options)`, remembered for each `tables` and options. Who gets it may not change it.

    What is remembered may not hold the tables themselves, which would then never go. Two threads that ask for the same
    at the same time wait for one answer.
    """

    def __init__(self, function: Callable[..., Made]) -> None:
        update_wrapper(self, function)
        self._function = function
        self._answers: WeakKeyDictionary[Tables, tuple[Lock, dict[Hashable, Made]]] = WeakKeyDictionary()
        self._gate = Lock()

    def __call__(self, tables: Tables, *options: Hashable) -> Made:
        with self._gate:
            own, answers = self._answers.setdefault(tables, (Lock(), {}))
        with own:
            if options not in answers:
                answers[options] = self._function(tables, *options)
            return answers[options]

    def known(self, tables: Tables, *options: Hashable) -> Made | None:
        """What was asked before; None where it was not, or is still being worked out."""
        with self._gate:
            answers = self._answers[tables][1] if tables in self._answers else {}
        return answers.get(options)
