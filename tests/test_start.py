"""What a process loads before it works, and what the server settles before anything else is loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from threading import Event

import pytest

from views import start, work

ROOT = Path(__file__).resolve().parent.parent
THREADS = "OPENBLAS_NUM_THREADS"
ASK = f"""
import os, sys
import dashboard
assert "numpy" not in sys.modules, "it has chosen its threads by now"
print(os.environ["{THREADS}"])
"""


LOADED = "import sys; print(*sys.modules)"


def python(*lines: str) -> str:
    done = subprocess.run([sys.executable, "-c", "\n".join(lines)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("first", "unwanted"),
    [
        # Who starts the workers of a batch reads and writes while they load.
        ("import analysis.__main__, analysis.batch", {"spacy", "onnxruntime", "pandas", "pyarrow", "trafilatura"}),
        ("import analysis; analysis.analyze('A quiet day.')", {"spacy.cli", "requests", "pandas", "trafilatura"}),
    ],
    ids=["batch", "analyze"],
)
def test_nothing_is_loaded_that_is_not_needed(first: str, unwanted: set[str]) -> None:
    assert not unwanted & set(python(first, LOADED).split())


def test_the_commands_of_spacy_are_there_for_who_wants_them() -> None:
    told = python(
        "import analysis, spacy, sys",
        "assert not any(name.startswith('spacy.cli') for name in sys.modules), 'nothing stands in for it any more'",
        "print(spacy.info(silent=True)['spacy_version'])",
        "import spacy.cli",
        "print(spacy.cli.info.__module__, spacy.cli.download.__module__)",
    )
    assert told.split() == [version("spacy"), "spacy.cli.info", "spacy.cli.download"]


@pytest.mark.parametrize(("given", "threads"), [(None, "1"), ("3", "3")], ids=["untold", "told"])
def test_the_server_does_its_sums_in_one_thread_unless_it_is_told_otherwise(given: str | None, threads: str) -> None:
    settings = {name: value for name, value in os.environ.items() if name != THREADS}
    settings |= {THREADS: given} if given else {}
    done = subprocess.run([sys.executable, "-c", ASK], cwd=ROOT, env=settings, capture_output=True, text=True)
    assert done.stdout.strip() == threads, done.stderr


def test_grammar_and_lists_are_there_before_the_server_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "ready", Event())
    start.warm()
    assert work.ready.is_set()
    asked = (
        "from views import start; import sys; start.warm(); before = set(sys.modules)",
        "import analysis; from analysis.model import Article",
        "analysis.analyze(Article('', 'The minister said that the “reform” was a disaster for Norway.'))",
        "print(*[name for name in set(sys.modules) - before if name.startswith(('analysis', 'spacy', 'onnx'))])",
    )
    assert not python(*asked).split(), "the first text that is tried loads more"
