"""The archive page over a folder of tables: figures, places, search, and folders that cannot be opened."""

from __future__ import annotations

import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from streamlit.testing.v1 import AppTest

from analysis import store, tables
from analysis.warehouse import index
from tests.press import filler, told
from tests.test_views import DASHBOARD, html

HOSTILE = "<script>alert(1)</script> **Post**"
SOURCES = (HOSTILE, "Meridian", "Kestrel")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("archive") / "tables"
    made = [
        told(
            f"a{at}",
            SOURCES[at % 3],
            f"Vellmar waits on day {at}. {'A regime, they say. ' * (at % 4)}" + filler(200),
            terms=[("regime", "vellmar", -0.5)] * (at % 4),
            mentions=[("Vellmar", "vellmar", "name")],
        )
        for at in range(36)
    ]
    store.write(tables.from_reports(made), home)
    index.make(home)
    return home


def run(folder: Path) -> AppTest:
    with patch.object(sys, "argv", ["dashboard.py", "--tables", str(folder)]):
        return AppTest.from_file(DASHBOARD, default_timeout=60).run()


def again(at: AppTest, folder: Path) -> AppTest:
    with patch.object(sys, "argv", ["dashboard.py", "--tables", str(folder)]):
        return at.run()


def test_the_archive_opens_first_and_names_stay_text(folder: Path) -> None:
    at = run(folder)
    assert not at.exception
    assert "<dt>articles</dt><dd>36</dd>" in html(at)
    assert "<script>" not in html(at)
    assert "foot" in html(at), "the page stopped before its end"


def test_a_click_lists_its_places(folder: Path) -> None:
    at = run(folder)
    options = {"source": "Kestrel", "voice": "narrator", "kind": "loaded_term"}
    at.session_state["pick:archive"] = ("Loaded terms in Kestrel", "findings", options)
    again(at, folder)
    assert not at.exception
    assert "Loaded terms in Kestrel" in html(at)
    assert "18 places" in html(at)


def test_words_are_searched_and_refused_in_a_sentence(folder: Path) -> None:
    at = run(folder)
    at.text_input(key="archive-q").set_value("regim*")
    again(at, folder)
    assert not at.exception
    assert "“regim*”" in html(at)
    at.text_input(key="archive-q").set_value("nobodywritesthis")
    again(at, folder)
    assert "stands nowhere" in html(at)
    at.text_input(key="archive-q").set_value("!!!")
    again(at, folder)
    assert "cannot be searched for" in html(at)


def test_a_folder_without_tables_or_index_says_what_to_do(folder: Path, tmp_path: Path) -> None:
    at = run(tmp_path)
    assert not at.exception
    assert "holds no tables" in html(at)
    bare = tmp_path / "bare"
    store.write(tables.from_reports([told("a", "Kestrel", "Vellmar waits. " + filler(50))]), bare)
    assert "have no index" in html(run(bare))
