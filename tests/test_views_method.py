"""The Method page: its figures are those that the analysis counts by, its marks those of Read."""

from __future__ import annotations

import re
from unittest.mock import patch

from streamlit.testing.v1 import AppTest

from analysis import tone
from analysis.model import FINDING_KINDS
from tests.pages import html, opened


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
