"""The house rules that a tool can check: lint and types, the two commands, the size of a file."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LONGEST = 410  # lines, "about 400"; beyond this a file has more than one reason to change


def run(*command: str) -> str:
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_lint() -> None:
    assert run("ruff", "check", ".") == ""


def test_format() -> None:
    assert run("ruff", "format", "--check", ".") == ""


def test_types(types: tuple[int, str]) -> None:
    status, said = types
    assert status == 0, said


def test_ci_runs_the_test_command_of_the_readme() -> None:
    commands = re.findall(r"^```sh\n(.+)\n```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(commands) == 2, commands
    assert "streamlit run dashboard.py" in commands[0]
    last = (ROOT / ".ci/run").read_text(encoding="utf-8").strip().splitlines()[-1]
    assert commands[1] == last


@pytest.mark.parametrize(
    "path", sorted(p.relative_to(ROOT).as_posix() for p in ROOT.glob("*/**/*.py") if ".venv" not in p.parts)
)
def test_file_is_short(path: str) -> None:
    assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) <= LONGEST
