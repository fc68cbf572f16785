"""The Method page: its figures are those that the analysis counts by, its marks those of Read."""

from __future__ import annotations

import re
from html import escape
from unittest.mock import patch

from streamlit.testing.v1 import AppTest

from analysis import tone
from analysis.model import FINDING_KINDS
from analysis.written import capital
from tests.pages import components, html, opened
from views import scores

RESEARCH = re.compile(r"development part|train part|held out|fitted|cross-validation|PolNeAR|BABE|NewsMTSC|macro|F1")


def test_a_figure_in_the_text_follows_the_code(app: AppTest):
    with patch.object(tone, "UNSEEN", 7.0):
        told = "\n".join(one.value for one in opened(app, "method").markdown)
    assert "with 7 neutral mentions more" in told
    assert "−0.7 gives −0.09, ten of them −0.41" in told
    assert "{" not in told


def test_the_method_page_draws_every_kind_of_mark_as_read_draws_it(app: AppTest):
    made = html(opened(app, "method"))
    for look in (*FINDING_KINDS, "cold", "warm", "pair", "quoted", "reported"):
        assert re.search(rf'class="[^"]*\b{look}\b', made), look
    shown = re.findall(r'class="n">([\d.]*)<', made)
    assert shown
    assert all(re.fullmatch(r"|\d\.\d\d", one) for one in shown), "two digits are enough to read"


def test_every_score_stands_under_plain_words_for_its_texts():
    plain = {row["scores"]: row["texts"] for row in scores.rows_of(scores.ON)}
    floors = scores.rows_of(scores.FLOORS)
    for row in floors:
        assert any(row["score"].startswith(begins) for begins in plain), row["score"]
    for begins, texts in plain.items():
        assert any(row["score"].startswith(begins) for row in floors), begins
        assert not RESEARCH.search(texts), texts
    made = scores.table()
    assert made.count('class="texts"') >= len(plain)
    for row in floors:
        assert escape(capital(row["measured on"].replace("`", ""))) in made, "and the exact data beside it"


def test_the_page_asks_for_no_script_that_colours_programs(app: AppTest):
    at = opened(app, "method")
    assert not at.code
    sentence, entry = (one["words"] for one in components(at, "framing_copyable"))
    assert "version" in sentence
    assert entry.startswith("@software{")
