"""A process that has settled searches less for garbage, and what it holds by then not at all."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Callable

import pytest

from analysis import memory


@pytest.mark.parametrize("settle", [memory.settle, memory.keep])
def test_what_is_in_memory_is_searched_no_more(settle: Callable[[], None]) -> None:
    before = gc.get_threshold()
    try:
        held = [[number] for number in range(100)]
        settle()
        assert gc.get_freeze_count() > len(held)
        assert not any(one is held for one in gc.get_objects())
        assert gc.get_threshold() == memory.SEARCHES
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


def test_what_is_loaded_is_not_searched_meanwhile() -> None:
    with pytest.raises(ZeroDivisionError), memory.unsearched():
        print(1 / gc.isenabled())
    assert gc.isenabled()
    gc.disable()
    try:
        with memory.unsearched():
            assert not gc.isenabled()
        assert not gc.isenabled(), "who had switched it off keeps it so"
    finally:
        gc.enable()


def test_a_process_that_has_settled_ends_without_a_word() -> None:
    end = "import duckdb\nfrom analysis import memory\nmemory.settle()\nmemory.settle()"
    done = subprocess.run([sys.executable, "-c", end], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
