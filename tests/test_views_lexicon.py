"""The Lexicon page through Streamlit's test runner: own words, own actors, the file and the link that carry them."""

from __future__ import annotations

import base64
import zlib

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from analysis.lexicon import actors, load_terms
from analysis.lexicon.actors import Listed, OwnActors
from analysis.lexicon.overrides import Change, Overrides
from analysis.lexicon.own import NONE, Own
from tests.pages import HOSTILE, components, html, opened
from views import own, own_lists

MINE = Own(
    Overrides((Change("regime", use="off"), Change("snollygoster"))),
    OwnActors((Listed("Zerravia", kind="country", adjectives="Zerravian", country="own-zerravia"),)),
)


def test_own_words_are_read_again_said_on_every_page_and_given_up(app: AppTest):
    at = opened(app, "lexicon")
    at.session_state["own"] = Own(Overrides((Change("regime", use="off"), Change("port"))))
    at.switch_page("views/search.py").run()
    assert not at.exception
    assert "Read with <b>" in html(at)
    found = set(at.session_state["selection"].tables.findings["term"])
    assert "regime" not in found
    at.button(key="own-back").click().run()
    assert "Read with <b>" not in html(at)
    assert "regime" in set(at.session_state["selection"].tables.findings["term"])


def test_a_shipped_term_can_be_switched_off_by_a_button(app: AppTest):
    at = opened(app, "lexicon")
    at.text_input(key="lexicon-search").input("regime").run()
    at.selectbox(key="take-name").set_value("regime").run()
    at.button(key="take:off").click().run()
    assert not at.exception
    assert [(c.term, c.use) for c in at.session_state["own"].words.changes] == [("regime", "off")]
    assert "Read with <b>" in html(at)


def test_a_menu_of_thousands_offers_the_first_and_says_so(app: AppTest):
    at = opened(app, "lexicon")
    menu = at.selectbox(key="take-name")
    assert len(menu.options) == 300
    assert menu.label == "A loaded term of these: the first 300, search for others"
    at.text_input(key="lexicon-search").input("regime").run()
    assert "regime" in at.selectbox(key="take-name").options
    assert at.selectbox(key="take-name").label == "A loaded term of these"


def test_a_word_is_added_in_a_line_and_the_page_says_what_it_moves(app: AppTest):
    at = opened(app, "lexicon")
    at.text_input(key="add-term").input("port")
    at.button(key="add-word").click().run()
    assert not at.exception
    assert [c.term for c in at.session_state["own"].words.changes] == ["port"]
    told = html(at)
    assert "With your changes, in " in told
    assert "<th>Loaded terms of the narrator</th>" in told
    assert "→ <b>" in told
    (link,) = components(at, "framing_copyable")
    assert "own=" in link["words"], "the link to pass on"
    at.text_input(key="add-term").input("!?")
    at.button(key="add-word").click().run()
    assert "is no term" in at.warning[0].value
    assert len(at.session_state["own"].words.changes) == 1


def test_parts_of_speech_are_words_on_the_page_and_codes_in_its_downloads(app: AppTest):
    at = opened(app, "lexicon")
    shown = next(one.value for one in at.dataframe if len(one.value) > 100)
    assert {"noun", "verb", "adjective"} <= set(shown["pos"])
    assert not shown["pos"].str.contains("NOUN|ADJ").any()
    assert own_lists.part_of_speech("NOUN/ADJ") == "noun or adjective"


def test_an_own_actor_is_found_in_every_article_at_once(app: AppTest):
    at = opened(app, "lexicon")
    at.segmented_control(key="lexicon-look").set_value("Actors").run()
    at.text_input(key="actor-search").input("Vellmar").run()
    assert "No actor has these letters" in html(at)
    mine, _ = actors.parse("name\tkind\taliases\nOffer Board\torganisation\tMonday\n")
    at.session_state["own"] = Own(actors=mine)
    at.switch_page("views/actors.py").run()
    assert not at.exception
    assert "Read with <b>1 own actor</b>" in html(at)
    at.button(key="own-back").click().run()
    assert "Read with" not in html(at)


def test_a_shipped_actor_can_be_switched_off_by_a_button(app: AppTest):
    at = opened(app, "lexicon")
    at.segmented_control(key="lexicon-look").set_value("Actors").run()
    at.text_input(key="actor-search").input("Reuters").run()
    at.button(key="take:off").click().run()
    assert not at.exception
    assert [(one.name, one.use) for one in at.session_state["own"].actors.changes] == [("Reuters", "off")]
    assert own.unpacked("".join(at.query_params["own"])) == at.session_state["own"], "the address carries it"


def test_rows_that_cannot_be_used_are_named_and_hostile_ones_stay_text(app: AppTest):
    at = opened(app, "lexicon")
    at.session_state["own-problems"] = (f"Row 1 was left out. {HOSTILE}",)
    at.run()
    assert not at.exception
    assert at.warning[0].value.startswith("Row 1 was left out")
    assert "**bold**" not in at.warning[0].value


def test_the_edited_table_is_read_as_its_file():
    edited = pd.DataFrame([asdict_of(one) for one in MINE.actors.changes], columns=list(actors.COLUMNS))
    edited.loc[1] = ["The Lamp\tlighters", "on", "group", None, None, None, None, None, "", "", ""]
    made, problems = actors.parse(own_lists.as_tsv(edited))
    assert problems == ()
    assert [one.name for one in made.changes] == ["Zerravia", "The Lamp lighters"]


def asdict_of(one: Listed) -> dict[str, str]:
    return {name: getattr(one, name) for name in actors.COLUMNS}


def test_few_changes_travel_in_a_link_and_many_do_not():
    assert own.unpacked(own.packed(MINE)) == MINE
    assert own.packed(NONE) == ""
    many = Overrides(tuple(Change(term.term, valence=-0.31 * (i % 3)) for i, term in enumerate(load_terms()[:900])))
    assert own.packed(Own(many)) == ""


def test_a_link_opens_with_its_words(app: AppTest):
    app.query_params["own"] = own.packed(MINE)
    at = app.run()
    assert not at.exception
    assert "Read with <b>2 own words and 1 own actor</b>" in html(at)
    assert "regime" not in set(at.session_state["selection"].tables.findings["term"])


@given(st.text(max_size=80) | st.binary(max_size=60).map(lambda data: data.hex()))
def test_whatever_the_address_says_is_read_or_left(code: str):
    assert own.unpacked(code) == NONE


@pytest.mark.parametrize("size", [10, 10_000_000])
def test_a_link_that_swells_is_bounded(size: int):
    swollen = own.SPLIT.join(("term\n" + "a\n" * size, "name\n"))
    code = base64.urlsafe_b64encode(zlib.compress(swollen.encode(), 9)).decode().rstrip("=")
    assert len(own.unpacked(code).words.changes) <= own.UNPACKED
