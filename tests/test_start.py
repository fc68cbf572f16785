"""What the server settles before anything else is loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
THREADS = "OPENBLAS_NUM_THREADS"
ASK = f"""
import os, sys
import dashboard
assert "numpy" not in sys.modules, "it has chosen its threads by now"
print(os.environ["{THREADS}"])
"""


@pytest.mark.parametrize(("given", "threads"), [(None, "1"), ("3", "3")], ids=["untold", "told"])
def test_the_server_does_its_sums_in_one_thread_unless_it_is_told_otherwise(given: str | None, threads: str) -> None:
    settings = {name: value for name, value in os.environ.items() if name != THREADS}
    settings |= {THREADS: given} if given else {}
    done = subprocess.run([sys.executable, "-c", ASK], cwd=ROOT, env=settings, capture_output=True, text=True)
    assert done.stdout.strip() == threads, done.stderr
