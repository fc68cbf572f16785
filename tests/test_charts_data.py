"""Charts as plain data, as pages draw them, are the same as the figures that downloads and notebooks get."""

from __future__ import annotations

import json

import plotly.graph_objects as go
import pytest

from analysis import charts
from tests.test_charts import FIGURES


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_as_data_is_the_figure(name: str) -> None:
    frame, chart = FIGURES[name]
    title, subtitle, bare = charts.split(chart(frame, theme="light"))
    with charts.as_data():
        told, below, plain = charts.split(chart(frame, theme="light"))
    assert (told, below) == (title, subtitle)
    assert json.loads(json.dumps(plain.to_dict())) == json.loads(json.dumps(bare.to_dict()))


def test_only_what_is_drawn_within_is_plain() -> None:
    frame, chart = FIGURES["rates"]
    with charts.as_data():
        pass
    assert isinstance(chart(frame, theme="light"), go.Figure)
