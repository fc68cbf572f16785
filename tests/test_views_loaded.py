"""What a visitor has loaded can be corrected and taken out again, and lined up as the reader knows that it belongs."""

from __future__ import annotations

from datetime import date
from typing import Any
from unittest.mock import patch

import pandas as pd
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis import framing, tables
from tests import press
from tests.pages import DASHBOARD, html
from views import load_files, loaded, one_event, progress, state

TEXTS = ("Tram approved. Rain fell on Monday.", "A folly on rails. Shops fear dust.", "Buses return. Trees grow.")


def kept(app: AppTest) -> None:
    """Three articles of three sources, one a load, and no other."""
    made = {f"load {n}": [press.told(f"a{n}", f"Paper {n}", text)] for n, text in enumerate(TEXTS)}
    app.session_state["loads"] = made
    app.session_state["laid"] = {name: tables.from_reports(reports) for name, reports in made.items()}


def editor(**changes: Any) -> Any:
    """A table editor in which somebody has written `changes`: by column, rows to values."""

    def edited(before: pd.DataFrame, **_: Any) -> pd.DataFrame:
        after = before.copy()
        for column, values in changes.items():
            for row, value in values.items():
                after.loc[row, column] = value
        return after

    return patch.object(st, "data_editor", edited)


def shelf_clicked(app: AppTest, **changes: Any) -> AppTest:
    app.run().switch_page("views/load.py").run()
    kept(app)
    with editor(**changes):
        app.session_state["shelf"] = True
        app.run()
        app.button(key="shelf-keep").click().run()
    assert not app.exception
    return app


def test_source_and_day_can_be_corrected(app: AppTest):
    at = shelf_clicked(app, Source={1: " The  Gannet "}, Day={1: pd.Timestamp(2026, 5, 12)})
    corrected = at.session_state["loads"]["load 1"][0].article
    assert (corrected.source, corrected.published) == ("The Gannet", date(2026, 5, 12))
    assert "3 articles from 3 sources" in html(at)
    assert "The Gannet" in at.session_state["laid"]["load 1"].sources


def test_an_article_can_be_taken_out_and_so_can_all(app: AppTest):
    at = shelf_clicked(app, **{loaded.OUT: {0: True}})
    assert list(at.session_state["loads"]) == ["load 1", "load 2"]
    with editor(**{loaded.OUT: {0: True, 1: True}}):
        at.run()
        at.button(key="shelf-keep").click().run()
    assert not at.exception
    assert not at.session_state["loads"]
    assert not [box for box in at.button if box.key == "onwards-read"]
    assert at.switch_page("views/overview.py").run().selectbox(key="story").value == state.SAMPLES


def test_few_articles_can_be_lined_up_as_one_event(app: AppTest):
    app.run()
    kept(app)
    app.session_state["carried"] = {"story": state.MINE}
    at = app.switch_page("views/events.py").run()
    assert not at.exception
    assert at.selectbox(key="event").value == state.ALL, "no event was found, so it is the only one"
    assert "3 tellings by Paper 0, Paper 1 and Paper 2" in html(at)


def test_all_articles_as_one_event_are_called_by_one_that_tells_it(app: AppTest):
    app.run()
    texts = {
        "Alone": "Prices fall\n\nPrices of milk fell in spring.",
        "North": "Vellmar lock reopens\n\nThe Vellmar lock reopened on Monday, said Nora Arden of the harbour board.",
        "South": "Vellmar lock is open\n\nOn Monday the Vellmar lock reopened, Nora Arden of the harbour board said.",
    }
    reports = [
        press.told(f"{n}", source, text, title=text.partition("\n")[0], published=date(2024, 3, n))
        for n, (source, text) in enumerate(texts.items(), 1)
    ]
    found = tables.from_reports(reports).articles[["article", "source", "title", "published"]].iloc[1:]
    found = found.assign(story=0, copy_of="", n_sources=2, n_tellings=2).reset_index(drop=True)
    app.session_state["loads"] = {"all": reports}
    app.session_state["laid"] = {"all": tables.from_reports(reports)}
    app.session_state["carried"] = {"story": state.MINE, "event": state.ALL}
    with patch.object(progress, "stories", return_value=found):
        at = app.switch_page("views/events.py").run()
    assert not at.exception
    assert at.selectbox(key="event").value == state.ALL
    assert "<h1>Vellmar lock reopens</h1>" in html(at), "“Prices fall” came first, and tells something else"
    assert "3 tellings by Alone, North and South" in html(at)


def test_who_repeats_whom_is_said_once():
    copies = pd.DataFrame({"source": ["B", "B", "C"], "copy_of": ["a1", "a1", "c1"]})
    assert one_event.repeats(copies, pd.Series({"a1": "A", "c1": "C"})) == ["B repeats A twice", "C repeats itself"]


def test_a_page_that_leads_to_an_event_opens_it():
    at = AppTest.from_file(DASHBOARD, default_timeout=60).run()
    found = framing.stories(at.session_state["selection"].tables).drop_duplicates("story")["article"].tolist()
    assert len(found) > 1
    at.session_state["carried"] = {"event": found[-1]}
    at.switch_page("views/events.py").run()
    assert not at.exception
    assert at.selectbox(key="event").value == found[-1]


def test_a_table_shows_days_as_they_were_written() -> None:
    written = pd.DataFrame({0: pd.to_datetime(["2024-05-03", None]), "at": pd.to_datetime(["2024-05-03 10:00"] * 2)})
    shown = load_files.days(written)
    assert [str(day) for day in shown[0]] == ["2024-05-03", "NaT"]
    assert shown["at"].equals(written["at"])
