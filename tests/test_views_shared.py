"""What pages share is written once: the choice of what colour shows, what an actor is called, buttons that save."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages import opened
from views import words

VIEWS = Path(__file__).resolve().parent.parent / "views"


@pytest.mark.parametrize(
    "words", ["st.download_button(", '"Colour shows"', "charts.naming_grid", "charts.speaker_target_matrix"]
)
def test_what_pages_share_stands_in_one_place(words: str) -> None:
    holding = [path.name for path in VIEWS.rglob("*.py") if words in path.read_text("utf-8")]
    assert len(holding) == 1, f"{words} stands in {holding}"


@pytest.mark.parametrize(("page", "key"), [("overview", "grid"), ("compare", "compare-grid")])
def test_the_colour_of_a_grid_is_chosen_in_the_same_words(app: AppTest, page: str, key: str) -> None:
    at = opened(app, page)
    names = []
    for option in at.segmented_control(key=key).options:
        names.append(re.sub(r"\W+", " ", option.content if hasattr(option, "content") else str(option)).strip())
    assert names == ["Tone", "Loaded terms", "Scare quotes", "Words of doubt"]


@pytest.mark.parametrize(("n", "said"), [(1, ("source", "1")), (2, ("sources", "2")), (1200, ("sources", "1,200"))])
def test_facts_agree_with_their_numbers(n: int, said: tuple[str, str]) -> None:
    assert words.fact(n, "source") == said


def test_a_class_begins_with_the_story_that_is_in_use(app: AppTest) -> None:
    app.run()
    app.selectbox(key="story").set_value("samples/port").run()
    at = app.switch_page("views/classroom_desk.py").run()
    at.segmented_control(key="class-way").set_value("Your own choice").run()
    assert not at.exception
    assert at.selectbox(key="class-story").value == "samples/port"


def test_a_table_tells_codes_in_words_and_large_numbers_in_groups(app: AppTest):
    at = opened(app, "overview")
    at.session_state["rates-figure-numbers"] = True
    at.run()
    assert not at.exception
    shown = at.dataframe[0]
    assert set(shown.value["kind"]) == {"loaded term"}
    assert '"format": "localized"' in shown.proto.columns
    assert '"95 % from"' in shown.proto.columns
