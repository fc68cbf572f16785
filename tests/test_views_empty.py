"""Pages on articles in which there is nothing to find: each says what to do next."""

from __future__ import annotations

import re
from unittest.mock import patch

import pytest
from streamlit.testing.v1 import AppTest

from analysis.model import Article, Exposure, Report
from tests.pages import DASHBOARD, html, opened
from views import samples

TEXT = "The panel met on Monday. It rose at noon."
TOLD = re.compile(r'class="empty"><h3>(.*?)</h3><p>(.*?)</p>', re.DOTALL)


@pytest.mark.parametrize("page", ["overview", "compare", "events", "actors", "sources", "search"])
def test_where_there_is_nothing_the_page_says_what_to_do_next(page: str):
    plain = tuple(Report(Article(str(n), TEXT, f"Paper {n}"), exposure=Exposure(9, 0, 0)) for n in (1, 2))
    with patch.object(samples, "_all", lambda: plain), patch.object(samples, "stories", dict):
        told = TOLD.findall(html(opened(AppTest.from_file(DASHBOARD, default_timeout=60), page)))
    assert told
    for what, what_next in told:
        assert len(what_next.split()) > 3, what
