"""What is worked out before a page is opened is what the page asks for, and it never stands in a page's way."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial
from threading import Event, Thread
from typing import Any
from unittest.mock import patch

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analysis import framing
from tests.pages import DASHBOARD, opened, reports
from views import ahead, places, spare_time, state

Asked = tuple[Any, ...]


@pytest.fixture
def asked() -> Iterator[list[Asked]]:
    """The measures that are asked for while the test runs; each is taken anew."""
    found: list[Asked] = []

    def keep(key: str, name: str, options: Asked, function: Any, flat: Any) -> Any:
        found.append((key, name, options))
        return function(flat, **dict(options))

    with patch.dict(state._KEPT, {(shared, state._measured): keep for shared in (True, False)}):
        yield found


def selection(voice: str = "narrator") -> state.Selection:
    whole = state.make_corpus("x", reports())
    return state.Selection(whole, whole.tables, whole.key, voice, ())


@pytest.mark.parametrize("page", ["overview", "read", "compare", "events", "actors", "sources", "search"])
@pytest.mark.parametrize("voice", ["narrator", "quoted"])
def test_what_a_page_asks_for_when_it_is_opened_was_asked_before(
    app: AppTest, asked: list[Asked], page: str, voice: str
):
    app.query_params["voice"] = voice.capitalize()
    chosen = app.run().session_state["selection"]
    assert chosen.voice == voice
    list(ahead.steps(chosen, partial(ahead.keep, chosen, True)))
    before = set(asked)
    asked.clear()
    assert not opened(app, page).exception
    assert asked, "a page measures something"
    assert not set(asked) - before


def test_an_option_left_out_is_the_same_question_as_its_default(asked: list[Asked]):
    one = selection()
    state.measured(one.key, one.tables, framing.source_rates, shared=True, voice="narrator")
    state.measured(one.key, one.tables, framing.source_rates, shared=True, kind="loaded_term", voice="narrator")
    assert len(asked) == 2
    assert len(set(asked)) == 1


def test_work_ahead_waits_for_pages_and_ends_when_it_is_told(asked: list[Asked]):
    stop = Event()
    thread = Thread(target=ahead.work, args=(selection(), True, stop), daemon=True)
    with patch.object(spare_time, "STANDS", 0.2), patch.object(spare_time, "_busy_until", 0.0):
        with spare_time.page():
            thread.start()
            time.sleep(4 * spare_time.WAIT)
            assert not asked
        time.sleep(2 * spare_time.WAIT)
        assert not asked, "the page does not stand in the browser yet"
        stop.set()
    thread.join(10)
    assert not thread.is_alive()
    assert len(asked) <= 1


def test_what_waits_for_pages_to_be_over_waits_so_long_and_no_longer():
    with patch.object(spare_time, "STANDS", 0.2), patch.object(spare_time, "_busy_until", 0.0):
        with spare_time.page():
            pass
        began = time.monotonic()
        spare_time.after_pages(60)
        assert time.monotonic() - began > 0.1, "the page does not stand in the browser yet"
        with spare_time.page():
            pass
        with spare_time.page():  # and the next is already being made
            began = time.monotonic()
            spare_time.after_pages(2 * spare_time.WAIT)
            assert time.monotonic() - began < 30


def test_work_that_was_begun_stops_midway_while_a_page_is_made():
    passed = Event()

    def work() -> None:
        spare_time.between_pages()
        passed.set()

    with patch.object(spare_time, "STANDS", 0):
        with spare_time.page():
            thread = Thread(target=work)
            thread.start()
            assert not passed.wait(10 * spare_time.GLANCE)
        thread.join(5)
        assert passed.is_set(), "it goes on as soon as the page is made"
        with spare_time.page():
            spare_time.between_pages(at_most=0.02)  # in a class some page is always being made


def test_an_empty_corpus_has_nothing_to_work_out():
    whole = state.make_corpus("x", [])
    assert not list(ahead.steps(state.Selection(whole, whole.tables, whole.key, "narrator", ()), lambda *_, **__: None))


def test_pages_by_themselves_start_no_work(app: AppTest):
    assert "ahead" not in app.run().session_state


@pytest.mark.parametrize("voice", ["narrator", "quoted"])
def test_looked_up_together_is_what_each_source_has_by_itself(voice: str):
    tables = selection().tables
    together = places.judged_by_source(tables, actor="vellmar", voice=voice)
    for source in tables.sources:
        asked = {"actor": "vellmar", "source": source, "voice": voice}
        alone = places.judged(tables, **asked)
        assert (source in together) == (len(alone) > 0)
        if len(alone):
            pd.testing.assert_frame_equal(together[source][0], alone)
            assert together[source][1] == places.judged_in_words(tables, **asked)


def test_what_is_ready_for_everybody_is_not_begun_again(app: AppTest):
    with (
        patch.object(ahead, "enabled", True),
        patch.object(spare_time, "STANDS", 0),
        patch.object(ahead, "_done", set()) as done,
    ):
        at = app.run()
        wanted, _ = at.session_state["ahead"]
        ahead.work(at.session_state["selection"], True, Event())
        assert wanted in done
        again = AppTest.from_file(DASHBOARD, default_timeout=60).run()
        assert "ahead" not in again.session_state
