"""Work that takes seconds: the page says so and how far it is, and a click elsewhere need not wait for it."""

from __future__ import annotations

import time
from threading import Event
from typing import ClassVar
from unittest.mock import patch

import pytest
from streamlit.testing.v1 import AppTest

from analysis.model import Article
from tests.pages import opened
from views import ahead, progress, work


@pytest.mark.parametrize(("looked_through", "said"), [(8, False), (7, True)], ids=["few", "many"])
def test_where_finding_events_takes_seconds_the_page_says_so(app: AppTest, looked_through: int, said: bool):
    steps = patch.object(progress.events, "steps", lambda _tables: [("looking", lambda: None)])
    with patch.object(ahead, "LOOKED_THROUGH", looked_through), steps, patch.object(progress.st, "progress") as bar:
        assert not opened(app, "events").exception
    assert bar.called == said


def test_steps_move_a_bar_and_go_on_where_the_page_is_left():
    done, go = [], Event()

    class Left(Exception):
        pass

    class Bar:
        moves: ClassVar[list[tuple[float, str]]] = []

        def progress(self, part: float, words: str) -> None:
            self.moves.append((part, words))
            if len(done) == 1:
                raise Left  # a click elsewhere, in the second step

        def empty(self) -> None:
            raise AssertionError("it was left before its end")

    def slow() -> None:
        go.wait(10)
        done.append("slow")

    steps = [("counting", lambda: done.append("quick")), ("looking", slow), ("ending", lambda: done.append("never"))]
    with patch.object(progress.st, "progress", lambda *_: Bar()), pytest.raises(Left):
        progress.in_steps("Working", steps)
    assert Bar.moves[-1] == (1 / 3, "Working: looking …")
    go.set()
    for _ in range(100):
        time.sleep(0.02)
        if len(done) > 1:
            break
    assert done == ["quick", "slow"]
    progress.in_steps("Working", [])


def test_of_a_long_article_alone_it_is_heard_how_much_is_done() -> None:
    articles = [Article("short", "A calm day."), Article("long", "The vile regime fell. " * (work.LONG // 20))]
    job = work.Job("x", articles)
    heard: list[tuple[int, float]] = []
    list(job.steps(lambda share: heard.append((job.done, share))))
    assert {place for place, _ in heard} == {1}
    assert len(heard) > 5
