"""What several test files share: the dashboard in a browser, and the folder for its pictures."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import settings

# Whatever Hypothesis takes for granted here or in CI; but an example that loads a list, on a machine with other work,
# takes longer than the fifth of a second that it allows.
settings.register_profile("unhurried", settings(), deadline=None)
settings.load_profile("unhurried")


TYPES = pytest.StashKey[subprocess.Popen[str]]()


def pytest_collection_finish(session: pytest.Session) -> None:
    """The types are checked while other tests run: half a minute of one processor, for which nothing has to wait."""
    if not session.config.option.collectonly and any(item.name == "test_types" for item in session.items):
        command = [sys.executable, "-m", "mypy"]
        session.stash[TYPES] = subprocess.Popen(
            command, cwd=Path(__file__).parent.parent, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )


def pytest_sessionfinish(session: pytest.Session) -> None:
    if (checking := session.stash.get(TYPES, None)) is not None:
        checking.kill()


@pytest.fixture(scope="session")
def types(request: pytest.FixtureRequest) -> tuple[int, str]:
    """How mypy ended, and what it said."""
    checking = request.session.stash[TYPES]
    said = checking.communicate()[0]
    return checking.returncode, said


@pytest.fixture(autouse=True)
def own_main() -> Iterator[None]:
    """Streamlit's test runner leaves its script as `__main__`, and processes that a later test spawns would run it."""
    kept = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = kept


@pytest.fixture
def app() -> Iterator[Any]:
    """The dashboard in Streamlit's test runner, on small reports made by hand in place of the samples."""
    from streamlit.testing.v1 import AppTest

    from tests.pages import DASHBOARD, reports
    from views import samples

    made = tuple(reports())
    with patch.object(samples, "_all", lambda: made), patch.object(samples, "stories", lambda: {"port": "Port"}):
        yield AppTest.from_file(DASHBOARD, default_timeout=60)


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures are kept: the folder that ARTIFACTS names, or a passing one."""
    folder = Path(os.environ["ARTIFACTS"]) if os.environ.get("ARTIFACTS") else tmp_path_factory.mktemp("pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A Chromium for all tests of a run: Playwright starts once in a process, and refuses a second time beside it."""
    try:
        from tests.browser import driver

        missing = "" if driver.chromium() else "no Chromium: install it, or name it in CHROMIUM"
    except ImportError as error:
        missing = f"{error.name} is not installed"
    if missing:
        if os.environ.get("CI"):
            pytest.fail(f"The browser tests must run here, but there is {missing}.")
        pytest.skip(missing)
    with driver.browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def dashboard(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, str]]:
    """A Chromium and the address of a running dashboard."""
    from tests.browser import driver

    with driver.server(tmp_path_factory.mktemp("rooms") / "rooms.sqlite") as address:
        yield chromium, address


@pytest.fixture
def watched(dashboard: tuple[Any, str]) -> Iterator[Any]:
    """Opens watched windows; at the end of the test none of them may have a fault."""
    from tests.browser.driver import Watched

    opened: list[Watched] = []

    def window(**options: Any) -> Watched:
        opened.append(Watched(*dashboard, **options))
        return opened[-1]

    yield window
    faults = [fault for one in opened for fault in one.faults]
    for one in opened:
        one.close()
    assert not faults, "\n".join(faults)
