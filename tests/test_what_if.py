"""Other words at a mark: tried once however often the page is drawn, and on an article that is known by then."""

from __future__ import annotations

import time
from threading import Event

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.lexicon import own
from analysis.lexicon.overrides import Change, Overrides
from analysis.lexicon.own import NONE, Own
from analysis.model import Article, Report
from tests import factory, press
from tests.pages import html, reports
from views import spare_time, what_if, work

ARTICLE = "port/Meridian Wire-1"
PLACE = press.place(factory.TEXT, "regime").start
MINE = Own(Overrides((Change("wobble"),)))


@pytest.fixture
def analysed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Own]]:
    """The texts that are analysed while the test runs, and the lists in use; the reports are empty."""
    found: list[tuple[str, Own]] = []

    def analyse(article: Article, listener: object = None) -> Report:
        found.append((article.text, own.current()))
        return Report(article)

    monkeypatch.setattr(work, "analyse", analyse)
    work._meet.cache_clear()
    return found


def test_what_is_tried_is_analysed_once_for_as_long_as_it_is_shown(
    analysed: list[tuple[str, Own]], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(st, "session_state", {"own": NONE})
    report = reports()[0]
    finding = next(one for one in report.findings if one.span.start == PLACE)
    for words in ("effort", "effort", "matter"):
        what_if.read_as(what_if.changed(report.article, finding, words))
    st.session_state["own"] = MINE
    what_if.read_as(what_if.changed(report.article, finding, "matter"))
    assert [(text[PLACE : PLACE + 6], lists) for text, lists in analysed] == [
        ("effort", NONE),
        ("matter", NONE),
        ("matter", MINE),
    ]


def test_other_words_are_compared_in_numbers(app: AppTest):
    app.session_state[what_if.TRIED] = (ARTICLE, PLACE, "effort")
    app.run().switch_page("views/read.py")
    app.query_params["article"], app.query_params["mark"] = ARTICLE, str(PLACE)
    assert not app.run().exception
    assert "Loaded terms in the article" in html(app)


def test_an_article_that_is_read_is_met_once_with_the_lists_of_who_reads_it(
    analysed: list[tuple[str, Own]], monkeypatch: pytest.MonkeyPatch
):
    ready = Event()
    monkeypatch.setattr(work, "ready", ready)
    monkeypatch.setattr(spare_time, "_busy_until", 0.0)
    article = Article("a", "A quiet day.")
    work.meet(article, MINE)
    time.sleep(0.1)
    assert not analysed, "the grammar is not there yet, and nobody need wait for it"
    ready.set()
    for lists in (MINE, MINE, NONE):
        work.meet(article, lists)
        time.sleep(0.2)
    assert analysed == [("A quiet day.", MINE), ("A quiet day.", NONE)]
