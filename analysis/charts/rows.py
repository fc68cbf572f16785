"""Figures made of labelled rows under headings: dots with whiskers, or bars. Every label stands at the left edge.

Comparisons of one thing across sources are rows of their own, so that intervals never cover each other and nothing
needs a legend; the layout holds from 360 px upwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go

from analysis.charts import style

LEFT = 136  # px for the row labels: LABEL_CHARS of 12 px
BELOW = 13  # px: dots of others below the middle of their bar
HEADING, LINE, AIR = 38, 15, 12  # px: a heading, a line of a row label, the space around a row
DETAIL_CHARS = 24  # a line of the small words of a row label, at 11 px
END_CHARS = 32  # at 11 px, in the 200 px that a plot has on a phone
CAPTION = 24  # px from the axis to its caption, as it is drawn


@dataclass(frozen=True)
class Other:
    """A dot on the line of a row: the same of another source."""

    value: float
    hover: str  # safe text
    custom: tuple[Any, ...]


@dataclass(frozen=True)
class Row:
    """One row: what it is called and what it shows. Texts are other people's and are made safe here."""

    label: str
    value: float
    detail: str = ""  # small second line of the label
    shown: str = ""  # the number beside the mark
    low: float = float("nan")
    high: float = float("nan")
    enough: bool = True
    colour: str = ""  # "" takes the ink of counts
    hover: str = ""  # safe text
    custom: tuple[Any, ...] = ()
    others: tuple[Other, ...] = ()  # of bars alone
    fold: bool = False  # whether the detail may take several lines


@dataclass(frozen=True)
class Group:
    """Rows under one heading; "" has none."""

    heading: str
    rows: Sequence[Row] = field(default_factory=tuple)


@dataclass(frozen=True)
class Layout:
    """Where the rows lie: y in px from the top of the plot, downwards."""

    rows: tuple[tuple[float, Row], ...]
    headings: tuple[tuple[float, str], ...]
    height: float


def lay_out(groups: Sequence[Group]) -> Layout:
    """Place rows and headings below each other."""
    y = 0.0
    rows: list[tuple[float, Row]] = []
    headings: list[tuple[float, str]] = []
    for group in groups:
        if group.heading:
            headings.append((y + HEADING * 0.6, group.heading))
            y += HEADING
        for row in group.rows:
            lines = style.label(row.label).count("<br>") + 1 + (_detail(row).count("<br>") + 1) * bool(row.detail)
            size = LINE * lines + AIR
            rows.append((y + size / 2, row))
            y += size
    return Layout(tuple(rows), tuple(headings), y)


def dots(
    groups: Sequence[Group],
    *,
    title: str,
    subtitle: str,
    theme: str,
    axis: str,
    limits: tuple[float, float],
    ends: tuple[str, str] = ("", ""),
    tick_format: str = "",
    ticks: Mapping[float, str] | None = None,
    zero: bool = False,
) -> go.Figure:
    """Dots with whiskers. Hollow dots are too few; the number stands above its dot."""
    layout, colours = lay_out(groups), style.palette(theme)
    draft = style.Draft()
    shown = [(y, row) for y, row in layout.rows if row.value == row.value]
    for y, row in shown:
        if row.low == row.low:
            line = {"color": row.colour or colours.mark, "width": 2}
            draft.traces.append(
                {"type": "scatter", "x": [row.low, row.high], "y": [y, y], "mode": "lines", "hoverinfo": "skip"}
                | {"name": "interval", "line": line, "opacity": style.SEEN_THROUGH}
            )
    fills = [(row.colour or colours.mark) if row.enough else "rgba(0,0,0,0)" for _, row in shown]
    lines = [row.colour or colours.mark for _, row in shown]
    draft.traces.append(
        {
            "type": "scatter",
            "x": [row.value for _, row in shown],
            "y": [y for y, _ in shown],
            "mode": "markers+text",
            "name": "values",
            "marker": {"size": 11, "color": fills, "line": {"color": lines, "width": 2}, "opacity": 1},
            "textposition": "top center",
            "cliponaxis": False,
        }
        | _said([row for _, row in shown], theme)
    )
    if zero:
        draft.upright(0, colours.muted)
    return _finish(draft, layout, title, subtitle, theme, axis, limits, ends, tick_format, ticks)


def bars(
    groups: Sequence[Group],
    *,
    title: str,
    subtitle: str,
    theme: str,
    axis: str,
    limits: tuple[float, float],
    ends: tuple[str, str] = ("", ""),
    tick_format: str = "",
    zero: bool = False,
) -> go.Figure:
    """Bars from zero, with dots for others. Hatched bars are too few; the number stands at the end of its bar."""
    layout, colours = lay_out(groups), style.palette(theme)
    draft = style.Draft()
    fills = [row.colour or colours.mark for _, row in layout.rows]
    pattern = {
        "shape": ["" if row.enough else "/" for _, row in layout.rows],
        "fillmode": "replace",
        "fgcolor": fills,
        "size": 5,
        "solidity": 0.35,
    }
    draft.traces.append(
        {
            "type": "bar",
            "x": [row.value for _, row in layout.rows],
            "y": [y for y, _ in layout.rows],
            "width": [14] * len(layout.rows),
            "orientation": "h",
            "name": "values",
            "marker": {"color": fills, "line": {"width": 0}, "pattern": pattern},
            "textposition": "outside",
            "cliponaxis": False,
        }
        | _said([row for _, row in layout.rows], theme)
    )
    others = [(y, other) for y, row in layout.rows for other in row.others]
    if others:
        draft.traces.append(
            {
                "type": "scatter",
                "x": [other.value for _, other in others],
                "y": [y + BELOW for y, _ in others],
                "mode": "markers",
                "name": "others",
                "marker": {"size": 7, "color": colours.muted, "line": {"color": colours.page, "width": 1}},
                "cliponaxis": False,
                "customdata": [other.custom for _, other in others],
                "hovertext": [other.hover for _, other in others],
                "hovertemplate": "%{hovertext}<extra></extra>",
            }
        )
    if zero:
        draft.upright(0, colours.muted)
    return _finish(draft, layout, title, subtitle, theme, axis, limits, ends, tick_format)


def _said(rows: Sequence[Row], theme: str) -> dict[str, Any]:
    """The number beside each mark, what hovering shows and what a click hands on."""
    return {
        "text": [row.shown for row in rows],
        "textfont": {"size": 11, "color": style.palette(theme).ink},
        "customdata": [row.custom for row in rows],
        "hovertext": [row.hover for row in rows],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _detail(row: Row) -> str:
    """The small words of a row label: counts on one line whatever their length, other words folded."""
    return style.label(row.detail, DETAIL_CHARS, 3) if row.fold else style.plain(row.detail)


def write_labels(draft: style.Draft, layout: Layout, theme: str) -> None:
    """Row labels and headings as left-aligned texts at the figure's edge."""
    colours = style.palette(theme)
    spot = {
        "xref": "paper", "x": 0, "yref": "y", "xanchor": "left", "xshift": style.EDGE - LEFT, "showarrow": False,
        "align": "left",
    }  # fmt: skip
    for y, row in layout.rows:
        text = style.label(row.label)
        if row.detail:
            text += "<br>" + style.muted(_detail(row), theme)
        draft.annotations.append(spot | {"y": y, "text": text, "font": {"size": 12, "color": colours.ink}})
    for y, heading in layout.headings:
        text = f"<b>{style.label(heading, 44, 1)}</b>"
        draft.annotations.append(spot | {"y": y, "text": text, "font": {"size": 13, "color": colours.ink}})


def _finish(
    draft: style.Draft,
    layout: Layout,
    title: str,
    subtitle: str,
    theme: str,
    axis: str,
    limits: tuple[float, float],
    ends: tuple[str, str],
    tick_format: str,
    ticks: Mapping[float, str] | None = None,
) -> go.Figure:
    write_labels(draft, layout, theme)
    bottom = 48 + _write_ends(draft, ends, axis, limits, theme)
    caption = {"text": axis, "font": {"size": 11, "color": style.palette(theme).muted}, "standoff": 6}
    xaxis = {"range": list(limits), "title": caption, "tickformat": tick_format, "nticks": 6, "showgrid": True}
    if ticks:
        xaxis |= {"tickmode": "array", "tickvals": list(ticks), "ticktext": list(ticks.values())}
    return draft.finish(
        title=title, subtitle=subtitle, theme=theme, height=layout.height + bottom, top=4,
        margins={"l": LEFT, "r": 22, "b": bottom}, xaxis=xaxis, yaxis={"range": [layout.height, 0], "visible": False},
    )  # fmt: skip


def _write_ends(draft: style.Draft, ends: tuple[str, str], axis: str, limits: tuple[float, float], theme: str) -> int:
    """What lies to the left and to the right of 0, below the ends of an axis that goes there; the px that it takes.

    Short words stand beside the caption of the axis, longer ones below it, and where both do not fit beside each other
    on a phone, the right ones below the left ones.
    """
    left, right = ends[0] if limits[0] < 0 else "", ends[1] if limits[1] > 0 else ""
    letters = len(left) + len(right)
    first = 0 if letters + len(axis) <= END_CHARS else LINE
    apart = LINE if left and right and letters > END_CHARS else 0
    for x, anchor, text, down in ((0, "left", left, first), (1, "right", right, first + apart)):
        if text:
            draft.annotations.append(
                {"xref": "paper", "x": x, "xanchor": anchor, "yref": "paper", "y": 0, "yanchor": "top"}
                | {"yshift": -CAPTION - down, "showarrow": False, "text": style.plain(text)}
                | {"font": {"size": 11, "color": style.palette(theme).muted}}
            )
    return first + apart if letters else 0


def limits(low: Sequence[float], high: Sequence[float], *, zero: bool = True) -> tuple[float, float]:
    """Axis ends that hold all values (NaN left out) with room for the numbers; from zero unless told otherwise."""
    values = [value for value in (*low, *high) if value == value]
    first, last = min([0.0, *values] if zero else values or [0.0]), max([0.0, *values] if zero else values or [0.0])
    room = (last - first) * 0.12 or 1.0
    return (first - room if first < 0 else first, last + room if last > 0 or first == last else last)
