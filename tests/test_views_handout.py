"""The handout that a page saves: of the articles that it shows, read with the visitor's own lists."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from analysis import analyze
from analysis.lexicon.overrides import Change, Overrides
from analysis.lexicon.own import NONE, Own, using
from analysis.model import Article
from tests.pages import html, opened, reports
from views import handout


def buttons(at: AppTest) -> list[str]:
    return [one.proto.label for one in at.get("download_button") if one.proto.label.startswith("Handout")]


def test_pages_of_few_articles_offer_their_handout(app: AppTest):
    at = opened(app, "read")
    assert buttons(at) == ["Handout"]
    at.switch_page("views/compare.py").run()
    assert buttons(at) == ["Handout"]
    assert "Compare the sources" in html(at)


def test_a_book_is_not_offered():
    offered = [report for report in reports() for _ in range(handout.MOST)]
    assert handout.offer(offered) is None


def test_the_handout_names_the_own_words_that_it_was_read_with():
    mine = Own(Overrides((Change("port"),)))
    with using(mine):
        report = analyze(Article("one", "The port reopened on Monday.", source="S"))
    page = handout.made([report], mine).decode()
    assert "Own lists" in page
    assert "Own lists" not in handout.made([report], NONE).decode()
