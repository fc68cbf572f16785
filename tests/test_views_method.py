"""The Method page: its figures are those that the analysis counts by."""

from __future__ import annotations

from unittest.mock import patch

from streamlit.testing.v1 import AppTest

from analysis import tone
from tests.pages import opened


def test_a_figure_in_the_text_follows_the_code(app: AppTest):
    with patch.object(tone, "UNSEEN", 7.0):
        told = "\n".join(one.value for one in opened(app, "method").markdown)
    assert "with 7 neutral mentions more" in told
    assert "−0.7 gives −0.09, ten of them −0.41" in told
    assert "{" not in told
