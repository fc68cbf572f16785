"""A rate over time, one panel a source on one scale: a frame of measures comes in, a figure goes out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis.charts import style
from analysis.charts.comparisons import KINDS
from analysis.charts.style import plain
from analysis.tables import records
from analysis.written import capital, count, day, number

PANEL = 104  # px, one source
MAX_PANELS = 12


def timeline(
    frame: pd.DataFrame,
    *,
    what: str | None = None,
    events: Sequence[tuple[str, str]] = (),
    theme: str = "light",
) -> go.Figure:
    """A rate over time, one panel per source on the same scale, with its interval as a band. Hollow: too few.

    `events` are days (ISO) and headlines: numbered lines through all panels, told in the subtitle.

    `frame`: `framing.over_time`; `what` names what is counted ("loaded terms"). customdata: [source, period]
    (an ISO date).
    """
    what = what or KINDS["loaded_term"][1]
    if frame.empty:
        return style.nothing("No article here has a date.", theme)
    colours = style.palette(theme)
    sources = list(dict.fromkeys(frame["source"]))[:MAX_PANELS]
    draft = style.Draft()
    for place, source in enumerate(sources, start=1):
        own = frame[frame["source"] == source].sort_values("period")
        axis = "" if place == 1 else str(place)
        panel: dict[str, Any] = {"type": "scatter", "xaxis": f"x{axis}", "yaxis": f"y{axis}"}
        for band in _runs(own):
            dated = [f"{period:%Y-%m-%d}" for period in band["period"]]
            bound: dict[str, Any] = panel | {"mode": "lines", "hoverinfo": "skip", "name": "interval"}
            if len(dated) == 1:
                line = {"color": _clear(colours.mark, 0.4), "width": 2}
                draft.traces.append(bound | {"line": line, "x": dated * 2, "y": [*band["low"], *band["high"]]})
                continue
            bound |= {"line": {"width": 0}, "x": dated}
            draft.traces.append(bound | {"y": band["low"].tolist()})
            shade = {"fill": "tonexty", "fillcolor": _clear(colours.mark, 0.16)}
            draft.traces.append(bound | shade | {"y": band["high"].tolist()})
        hover = [
            f"<b>{plain(source)}</b>, from {day(one['period'])}<br>{number(one['rate'])} per 1,000 words<br>"
            f"{one['n_events']} in {count(one['exposure'], 'word')}, {count(one['n_articles'], 'article')}"
            + ("" if one["enough"] else "<br>too few to compare")
            for one in records(own)
        ]
        draft.traces.append(
            panel
            | {
                "x": [f"{period:%Y-%m-%d}" for period in own["period"]],
                "y": own["rate"].tolist(),
                "mode": "lines+markers",
                "name": "values",
                "line": {"color": colours.mark, "width": 1.5},
                "marker": {
                    "size": 8,
                    "color": [colours.mark if enough else colours.page for enough in own["enough"]],
                    "line": {"color": colours.mark, "width": 1.5},
                },
                "cliponaxis": False,
                "customdata": [(source, f"{period:%Y-%m-%d}") for period in own["period"]],
                "hovertext": hover,
                "hovertemplate": "%{hovertext}<extra></extra>",
            }
        )
        draft.annotations.append(
            {"xref": "paper", "x": 0, "xanchor": "left", "yref": f"y{axis} domain", "y": 1, "yanchor": "bottom"}
            | {"yshift": 2, "xshift": -28, "showarrow": False, "font": {"size": 12, "color": colours.ink}}
            | {"text": f"<b>{style.label(source, 40, 1)}</b>"}
        )
    highest = float(frame[["rate", "high"]].max().max()) or 1.0
    moving = frame[frame["enough"]].sort_values("rate", ascending=False, kind="stable")
    title = f"How often the sources use {what}, over time"
    if len(moving) and float(moving["rate"].iloc[0]) > 0:
        peak = moving.iloc[0]
        monthly = bool((frame["period"].dt.day == 1).all())
        when = f"in {peak['period']:%B %Y}" if monthly else f"in the days from {day(peak['period'])}"
        title = f"{peak['source']} uses most {what} {when}"
    articles = count(int(frame["n_articles"].sum()), "dated article")
    subtitle = (
        f"{capital(what)} per 1,000 words, one scale for all, from {articles}. Bands: 95 % intervals. Hollow: too few."
    )
    for number_of, (iso, headline) in enumerate(events, start=1):
        line = {"color": colours.accent, "width": 1}
        draft.shapes.append(
            {"type": "line", "x0": iso, "x1": iso, "y0": 0, "y1": 1, "yref": "paper", "line": line, "layer": "below"}
        )
        draft.annotations.append(
            {"x": iso, "yref": "paper", "y": 1, "yanchor": "bottom", "showarrow": False, "text": f"<b>{number_of}</b>"}
            | {"font": {"size": 11, "color": colours.accent}}
        )
        subtitle += f" {number_of}: {headline} ({day(date.fromisoformat(iso))})."
    height = PANEL * len(sources)
    upright = {"range": [0, highest * 1.08], "nticks": 4, "showgrid": True}
    days = [*frame["period"], *(pd.Timestamp(iso) for iso, _ in events)]
    room = (max(days) - min(days)) * 0.04 or pd.Timedelta(days=1)
    ends = [f"{end:%Y-%m-%d}" for end in (min(days) - room, max(days) + room)]
    across = {
        "type": "date",
        "range": ends,
        "showgrid": False,
        "showline": True,
        "nticks": 5,
        "hoverformat": "%d %b %Y",
    }
    gap = 30 / height if len(sources) > 1 else 0
    part = (1 - gap * (len(sources) - 1)) / len(sources)
    panels: dict[str, Any] = {}
    for place in range(len(sources)):
        axis = "" if place == 0 else str(place + 1)
        above = 1 - place * (part + gap)
        panels[f"yaxis{axis}"] = upright | {"domain": [max(0.0, above - part), above], "anchor": f"x{axis}"}
        last = {"matches": f"x{len(sources)}", "showticklabels": False} if place < len(sources) - 1 else {}
        panels[f"xaxis{axis}"] = across | {"anchor": f"y{axis}"} | last
    return draft.finish(
        title=title, subtitle=subtitle, theme=theme, height=height, top=24, margins={"l": 32, "r": 16, "b": 34},
        **panels,
    )  # fmt: skip


def _runs(own: pd.DataFrame) -> list[pd.DataFrame]:
    """The stretches of a source's periods that have an interval: a band over those without would promise one."""
    known = own["low"].notna()
    return [run for _, run in own[known].groupby((~known).cumsum()[known], sort=False)]


def _clear(colour: str, alpha: float) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha})"
