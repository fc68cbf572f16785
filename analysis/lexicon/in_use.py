"""A list is another inside a with-block, for one thread or task: how own words and own actors come into use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")


@contextmanager
def holding(variable: ContextVar[T], value: T) -> Iterator[None]:
    """`variable` holds `value` inside the with-block, and afterwards what it held before."""
    token = variable.set(value)
    try:
        yield
    finally:
        variable.reset(token)
