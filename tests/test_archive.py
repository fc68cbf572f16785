"""The page over a folder of tables, on a small one: what it shows, what a click lists, what it says of bad folders."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analysis import analyze, store, tables
from analysis.model import Article, Tone
from analysis.warehouse import Base, index, search
from tests.pages import components
from tests.press import filler, told
from tests.test_views import DASHBOARD, HOSTILE, html
from views import margin, warehouse
from views.warehouse import places

SOURCES = (HOSTILE, "O'Hara’s “Post”", "Meridian")
LOOKS = ("Overview", "Two sources", "Search")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    reports = []
    for at in range(36):
        n = 1 + at % 3
        reports.append(
            told(
                f"a{at}",
                SOURCES[at % 3],
                f"{HOSTILE}\n\nVellmar waits. {'A regime, they say. ' * n}Nora Arden spoke. {filler(400)} A last word.",
                terms=[("regime", "vellmar", -0.5)] * n,
                mentions=[("Vellmar", "vellmar", "name"), ("Nora Arden", "nora-arden", "name")],
                tone=[Tone("vellmar", "narrator", -0.3 * n, 1)],
                published=date(2024, 1 + at % 2, 7),
                title=HOSTILE,
            )
        )
    home = tmp_path_factory.mktemp("it's <b>") / "tables"
    store.write(tables.from_reports(reports), home)
    index.make(home)
    return home


def started(with_tables: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr(sys, "argv", ["dashboard.py", "--tables", str(with_tables)])
    return AppTest.from_file(DASHBOARD, default_timeout=60)


@pytest.fixture
def app(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    return started(folder, monkeypatch)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("voice", ["narrator", "quoted"])
def test_every_look_runs_and_keeps_hostile_names_text(app: AppTest, look: str, voice: str) -> None:
    app.session_state["look"], app.session_state["voice"], app.session_state["q"] = look, voice, "regim*"
    at = app.run()
    assert not at.exception
    shown = html(at)
    assert re.search(r"36 articles, 3 sources, [\d,]+ words, January 2024 to February 2024\.", shown)
    assert "<script>" not in shown
    assert "foot" in shown


def test_without_a_folder_there_is_no_such_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["dashboard.py"])
    at = AppTest.from_file(DASHBOARD, default_timeout=60).run()
    assert not at.exception
    assert "What is in front of you" in html(at)


def test_the_other_pages_stay_and_the_way_back(app: AppTest) -> None:
    app.run()
    at = app.switch_page("views/overview.py").run()
    assert not at.exception
    assert "What is in front of you" in html(at)
    at = at.switch_page("views/archive.py").run()
    assert not at.exception
    assert "36 articles" in html(at)


@pytest.mark.parametrize(
    ("options", "note"),
    [
        ({"actor": "vellmar", "kind": None}, "24 places"),
        ({"month": date(2024, 1, 1)}, "12 places"),
        ({"kind": "hedge"}, "no places"),
    ],
)
def test_a_click_lists_the_sentences(app: AppTest, options: dict[str, Any], note: str) -> None:
    picked = {"source": "O'Hara’s “Post”", "kind": "loaded_term", "voice": "narrator"} | options
    app.session_state["pick:archive"] = margin.Pick("Loaded <terms>", "findings", tuple(picked.items()))
    at = app.run()
    assert not at.exception
    assert note in html(at)
    assert "Loaded &lt;terms&gt;" in html(at)


def test_a_pick_of_other_tables_is_no_error(app: AppTest) -> None:
    app.session_state["pick:archive"] = margin.Pick("Gone", "findings", (("source", "Times"), ("voice", "narrator")))
    assert not app.run().exception


def test_a_month_and_every_kind_are_found(folder: Path) -> None:
    base = Base(folder)
    january = search.findings(base, source="Meridian", month=date(2024, 1, 1))
    both = search.findings(base, source="Meridian", kind=None)
    assert len(january) == len(both) / 2 == 18
    assert {day.month for day in january["published"]} == {1}
    assert january["reason"].str.contains("regime").all()
    assert [month.month for month in base.months] == [1, 2]
    one = search.article(base, "a2")
    assert one.articles["source"].tolist() == ["Meridian"]
    assert set(one.sentences["article"]) == {"a2"}


@pytest.mark.parametrize("query", ["…", "zzz", "regime spoke", "'; DROP VIEW words; --"])
def test_a_query_without_an_answer_says_so(app: AppTest, query: str) -> None:
    app.session_state["look"], app.session_state["q"] = "Search", query
    at = app.run()
    assert not at.exception
    told = ("cannot be searched for", "stands nowhere", "one after the other")
    assert any(words in html(at) for words in told)


def test_a_folder_that_cannot_be_opened_says_what_to_do(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = started(tmp_path, monkeypatch).run()
    assert not at.exception
    assert "holds no tables. Make them with" in html(at)
    flat = store.read(folder)
    store.write(flat, tmp_path)
    at = started(tmp_path, monkeypatch).run()
    assert "Its index is missing, or of other tables." in html(at)
    (command,) = components(at, "framing_copyable")
    assert f"python -m analysis index {tmp_path}" in command["words"]
    at.button(key="make-index").click().run()
    assert not at.exception
    assert "36 articles" in html(at), "the page can make the index itself"
    store.write(flat.select(sources=["Meridian"]), tmp_path)
    assert "or of other tables" in html(started(tmp_path, monkeypatch).run())
    index.make(tmp_path)
    assert "12 articles" in html(started(tmp_path, monkeypatch).run())
    (tmp_path / "index" / "exposure.parquet").write_bytes(b"no Parquet")
    warehouse._opened.clear()
    warehouse._measured.clear()
    at = started(tmp_path, monkeypatch).run()
    assert not at.exception
    assert "cannot be read" in html(at)


def test_an_article_is_cut_into_paragraphs_and_at_the_words_asked_for() -> None:
    sentences = tables.from_reports(
        [analyze(Article("a", "Ferry back\n\nIt sails. Nora Arden spoke.\n\nThe end."))]
    ).sentences
    start = len("Ferry back\n\nIt sails. ")
    made = places.paragraphs(sentences, start, start + len("Nora"))
    assert ["".join(piece["text"] for piece in one).strip() for one in made] == [
        "Ferry back", "It sails. Nora Arden spoke.", "The end.",
    ]  # fmt: skip
    assert [piece["text"] for one in made for piece in one if piece["own"]] == ["Nora"]


def test_in_a_browser_a_square_opens_sentences_and_a_sentence_its_article(folder: Path, chromium: Any) -> None:
    from tests.browser import driver

    with driver.server(tables=folder) as address:
        window = driver.Watched(chromium, address)
        page = window.open("/")
        page.locator(".st-key-archive-rates .hit").first.click()
        line = page.locator(".st-key-margin .hit").first
        line.wait_for()
        line.click()
        article = page.get_by_role("dialog")
        article.get_by_text("Nora Arden spoke.").wait_for()
        assert "<script>alert(1)</script>" in article.locator(".passage").inner_text()
        page.keyboard.press("Escape")
        page.set_viewport_size({"width": 900, "height": 420})  # the article is longer than the window
        page = window.open("/?look=Search&q=last+word")
        page.locator(".st-key-found-lines .hit").first.click()
        own = page.get_by_role("dialog").locator(".own")
        own.wait_for()
        page.wait_for_function("own => own.getBoundingClientRect().top < 400", arg=own.element_handle())
        assert own.inner_text() == "last word"
        assert own.bounding_box()["y"] > 0
        assert window.faults == []
        window.close()
