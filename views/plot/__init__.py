"""The component that draws a figure: a `Drawing` comes in, what was clicked in it goes out.

`analysis.charts` makes figures for Plotly, which downloads and notebooks use. A page draws the same data as SVG by a
few hundred lines of its own: Plotly is 4.7 MB of script, which keep a browser busy for a second before the first
figure stands, draws every figure anew at every click, and cannot be reached by the keyboard.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from analysis import charts

HERE = Path(__file__).resolve().parent
SCRIPTS = ("text", "axes", "traces", "save", "plot")
FAMILY = '"Source Sans", sans-serif'  # that of the page around the figure


@cache
def _component() -> Callable[..., Any]:
    js = "".join((HERE / f"{name}.js").read_text("utf-8") for name in SCRIPTS)
    css = (HERE / "plot.css").read_text("utf-8")
    return st.components.v2.component("framing_plot", html='<div class="figure"></div>', css=css, js=js)


def draw(
    title: str,
    subtitle: str,
    spec: dict[str, Any],
    *,
    key: str,
    file: str,
    note: str,
    theme: str,
    chosen: Sequence[Any] = (),
    leads: str = "",
    on_pick: Callable[[list[Any]], None] | None = None,
) -> None:
    """Draw a figure that `charts.split` took apart. `on_pick` gets the customdata of the mark that was chosen.

    `leads`: the id of the part of the page where the answer stands, where that is not beside the figure.
    """
    data = {
        "spec": {"data": spec["data"], "layout": spec["layout"]},
        "title": title,
        "subtitle": subtitle,
        "label": f"{title} {subtitle}",
        "note": note,
        "file": file,
        "family": FAMILY,
        "paper": charts.palette(theme).page,
        "chosen": list(chosen) or None,
        "picks": on_pick is not None,
        "leads": leads,
    }

    def picked() -> None:
        # A plain dict when a test puts the event in, hence the brackets.
        value = st.session_state[key]["pick"]
        if value is not None and on_pick is not None:
            on_pick(list(value))

    _component()(key=key, data=data, on_pick_change=picked, on_scheme_change=lambda: None)
