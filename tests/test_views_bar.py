"""The bar above the pages: one event, filters, and what stands where they leave little or nothing."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pandas as pd
from streamlit.testing.v1 import AppTest

from analysis import analyze
from tests.pages import html
from views import progress, reader, state


def test_one_event_can_be_compared_alone(app: AppTest):
    at = app.run()
    tables = at.session_state["selection"].tables
    told = tables.articles["article"].iloc[:2].tolist()
    found = pd.DataFrame({"story": 0, "article": told, "title": "Port talks", "copy_of": ""})
    at.switch_page("views/compare.py")
    at.query_params["telling"] = told[0]
    with patch.object(progress, "stories", lambda: found):
        at.run()
        assert not at.exception
        assert "On one event, “Port talks”: 2 articles, 2 sources" in html(at)
        at.button(key="all-again").click().run()
    assert f"{len(tables.articles)} articles" in html(at)


def test_where_filters_leave_nothing_one_click_switches_them_off(app: AppTest):
    at = app.run()
    at.date_input(key="until").set_value(at.session_state["selection"].tables.articles["published"].min().date())
    at.multiselect(key="source").set_value(["Meridian Wire"])
    at.run()
    assert not at.exception
    with patch.object(
        state, "select", lambda whole, **_: state.Selection(whole, nobody(whole), "none", "narrator", ())
    ):
        at.run()
        assert "No article is left" in html(at)
        at.button(key="unfilter").click()
    at.run()
    assert at.session_state["source"] == []
    assert at.session_state["until"] is None
    assert len(at.session_state["selection"].tables.articles) == 8


def nobody(whole: state.Corpus) -> Any:
    return whole.tables.select(articles=[])


def test_a_page_without_the_bar_keeps_its_choices(app: AppTest):
    at = app.run()
    at.segmented_control(key="voice").set_value("quoted").run()
    at.switch_page("views/method.py").run()
    assert not [menu for menu in at.selectbox if menu.key == "story"], "it would change nothing there"
    at.switch_page("views/overview.py").run()
    assert at.session_state["voice"] == "quoted"


def test_articles_of_one_source_lead_to_reading_and_not_to_differences(app: AppTest):
    at = app.run()
    at.multiselect(key="source").set_value(["Meridian Wire"]).run()
    assert not at.exception
    assert at.button(key="onwards-read").label == "Read the first"
    assert "strongest differences" not in html(at)


def test_an_address_says_what_compare_shows(app: AppTest):
    at = app.run().switch_page("views/compare.py")
    at.query_params["compare-grid"] = "Scare quotes"
    at.query_params["gap-kind"] = "Words of doubt"
    at.run()
    assert not at.exception
    assert at.session_state["compare-grid"] == "scare_quote"
    assert at.session_state["gap-kind"] == "hedge"


def test_search_lists_every_mark_of_a_kind_and_every_mention_of_an_actor(app: AppTest):
    at = app.run().switch_page("views/search.py")
    at.query_params["sought"] = "Scare quotes"
    at.run()
    assert not at.exception
    assert "<dd>8</dd>" in html(at), "one in each article"
    assert "Scare quotes: most often in" in html(at)
    at.selectbox(key="sought").set_value("actor").run()
    at.selectbox(key="looked-for").set_value("vellmar").run()
    assert not at.exception
    assert "Vellmar: most often in" in html(at)
    at.button_group(key="heard").set_value("quoted").run()
    assert "“Vellmar” stands nowhere in quoted words." in html(at)


def test_a_line_of_a_mark_says_whom_it_is_about_and_why_it_is_marked():
    report = analyze("Vellmar is run by a corrupt regime. The so-called “reform” costs jobs.")
    told = {f.span.of(report.article.text): reader.why_in_line(f, report) for f in report.findings}
    assert told["regime"].startswith(("About ", "Against"))
    assert "‘regime’ judges where ‘government’ would only name" in told["regime"]
    assert "the writer’s word" not in told["regime"], "the voice is told beside the line"
    assert told["reform"].endswith(".")


def test_lines_of_marks_are_drawn_as_marks_with_their_reasons(app: AppTest):
    rows: list[dict[str, Any]] = []
    with patch.object(reader, "lines", lambda made, key: rows.extend(made)):
        at = app.run().switch_page("views/search.py")
        at.query_params["sought"] = "Loaded terms"
        at.run()
    assert not at.exception
    assert rows
    assert all(row["mark"].startswith("loaded_term ") and row["why"] for row in rows)
