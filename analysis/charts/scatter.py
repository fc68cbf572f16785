"""Every word of two sources, or groups of sources, by how often either writes it: keyness in, a figure out."""

from __future__ import annotations

import math
from typing import Any
from zlib import crc32

import pandas as pd
import plotly.graph_objects as go

from analysis.charts import style
from analysis.charts.style import plain
from analysis.tables import records
from analysis.written import capital, count, listing, number

HEIGHT = 520  # px of the figure without its words
PLOT = (("x", 300), ("y", 470))  # px of the plot on a phone, where labels have the least room
LABELS = 12  # on either side
SURE = 1.96  # of z: beyond chance in 95 of 100 words
SHOWN = 500  # points; a browser draws more, but nobody tells them apart
FEWEST = 2  # uses in all; most words stand once, and say nothing of anybody
BAND = 0.5  # decades between the rarest rate and the strip of words that one side never writes
RATES = (0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)  # on the axes
GLYPH, LINE, MARK = 6.2, 14, 6  # px: a letter and a line at 11 px, half a mark


def keyness_scatter(frame: pd.DataFrame, *, a: str, b: str, voice: str = "narrator", theme: str = "light") -> go.Figure:
    """Words by their rate in `a` (upwards) and in `b` (to the right), both logarithmic. `frame`: `framing.keyness`.

    A word on the diagonal is as frequent in both; triangles lean to a, squares to b, beyond chance; small dots to
    neither. Words that a side never writes stand in a strip at its edge. customdata: [word, "a", "b" or ""].
    """
    own = _telling(frame)
    if own.empty:
        return style.nothing(f"No word stands twice in {a} and {b} {style.in_voice(voice)}.", theme)
    colours = style.palette(theme)
    rates = pd.concat([own["per_1000"], own["per_1000_others"]])
    lowest, highest = math.log10(rates[rates > 0].min()), math.log10(rates.max())
    never = lowest - BAND
    sides: dict[str, list[dict[str, Any]]] = {"": [], "b": [], "a": []}  # those that lean are drawn above the others
    for one in records(own):
        one["x"] = _place(one["per_1000_others"], never, one["word"])
        one["y"] = _place(one["per_1000"], never, one["word"] + "|")
        side = "a" if one["z"] > 0 else "b"
        sides["" if abs(one["z"]) < SURE else side].append(one)
    draft = style.Draft()
    draft.traces.append(
        {"type": "scatter", "x": [lowest, highest], "y": [lowest, highest], "mode": "lines", "name": "diagonal"}
        | {"hoverinfo": "skip", "line": {"color": colours.muted, "width": 1, "dash": "dot"}}
    )
    draft.traces += [_points(points, side, a, b, theme) for side, points in sides.items()]
    span = (never - 0.2, highest + 0.35)
    word = {"showarrow": False, "font": {"size": 11, "color": colours.ink}}
    for one, shift in _labelled(sides["a"][:LABELS] + sides["b"][::-1][:LABELS], span):
        draft.annotations.append(word | shift | {"x": one["x"], "y": one["y"], "text": plain(one["word"])})
    corner = {"xref": "paper", "yref": "paper", "showarrow": False, "font": {"size": 12, "color": colours.ink}}
    top = {"x": 0.01, "y": 0.995, "xanchor": "left", "yanchor": "top"}
    foot = {"x": 0.99, "y": 0.005, "xanchor": "right", "yanchor": "bottom"}
    for place, sign, colour, name in ((top, "▲", colours.accent, a), (foot, "■", colours.other, b)):
        text = f'<span style="color:{colour}">{sign}</span> <b>more in {style.label(name, 30, 1)}</b>'
        draft.annotations.append(corner | place | {"text": text})
    ticks = {never: "never"} | {
        math.log10(rate): f"{rate:g}" for rate in RATES if lowest - 0.1 <= math.log10(rate) <= highest + 0.2
    }
    axis = {
        "range": list(span), "showgrid": True, "gridcolor": colours.faint, "tickmode": "array",
        "tickvals": list(ticks), "ticktext": list(ticks.values()),
    }  # fmt: skip
    caption = {"font": {"size": 11, "color": colours.muted}, "standoff": 6}
    title, subtitle = _words(sides, own, frame, a, b, voice)
    return draft.finish(
        title=title, subtitle=subtitle, theme=theme, height=HEIGHT, top=4, margins={"l": 52, "r": 10, "b": 44},
        xaxis=axis | {"title": caption | {"text": f"per 1,000 words in {style.label(b, 40, 1)}"}},
        yaxis=axis | {"title": caption | {"text": f"per 1,000 words in {style.label(a, 40, 1)}"}},
        hovermode="closest",
    )  # fmt: skip


def _telling(frame: pd.DataFrame) -> pd.DataFrame:
    """The words that are drawn, in the order of `frame`: those that differ most, and the most frequent."""
    own = frame[(frame["n"] + frame["n_others"]) >= FEWEST]
    strongest = own["z"].abs().sort_values(ascending=False, kind="stable").index[: SHOWN // 2]
    frequent = (own["n"] + own["n_others"]).sort_values(ascending=False, kind="stable").index[:SHOWN]
    return own.loc[own.index.isin([*strongest, *frequent.difference(strongest, sort=False)][:SHOWN])]


def _points(points: list[dict[str, Any]], side: str, a: str, b: str, theme: str) -> dict[str, Any]:
    """The words that lean to one side, or to neither, as a trace."""
    colours = style.palette(theme)
    looks: dict[str, tuple[str, dict[str, Any]]] = {
        "": ("words", {"symbol": "circle", "size": 5, "color": colours.muted, "opacity": style.SEEN_THROUGH}),
        "b": ("more in b", {"symbol": "square", "size": 9, "color": colours.other, "opacity": 0.9}),
        "a": ("more in a", {"symbol": "triangle-up", "size": 10, "color": colours.accent, "opacity": 0.9}),
    }
    name, marker = looks[side]
    return {
        "type": "scatter",
        "x": [one["x"] for one in points],
        "y": [one["y"] for one in points],
        "mode": "markers",
        "name": name,
        "marker": marker | {"line": {"color": colours.page, "width": 0.5}},
        "customdata": [(one["word"], side) for one in points],
        "hovertext": [_hover(one, a, b) for one in points],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
    }


def _place(rate: float, never: float, word: str) -> float:
    """Where a rate stands; words that are never written are spread over their strip, where places mean nothing."""
    if rate > 0:
        return math.log10(rate)
    return never + (crc32(word.encode()) % 100 / 100 - 0.5) * 0.3


def _hover(one: dict[str, Any], a: str, b: str) -> str:
    return (
        f"<b>{plain(one['word'])}</b><br>{plain(a)}: {count(one['n'], 'time')}, {number(one['per_1000'], 2)} per 1,000"
        f"<br>{plain(b)}: {count(one['n_others'], 'time')}, {number(one['per_1000_others'], 2)} per 1,000"
        f"<br>log-odds {number(one['log_odds'], 1, sign=True)}, z {number(one['z'], 1, sign=True)}"
    )


def _labelled(points: list[dict[str, Any]], span: tuple[float, float]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The strongest words with a free place beside their point, and that place.

    Places are worked out for a narrow plot; on a wider one there is more room.
    """
    spots = [tuple((one[axis] - span[0]) / (span[1] - span[0]) * px for axis, px in PLOT) for one in points]
    taken = [(x - MARK, y - MARK, x + MARK, y + MARK) for x, y in spots]
    found = []
    for (x, y), one in sorted(zip(spots, points, strict=True), key=lambda pair: -abs(pair[1]["z"])):
        wide, away = GLYPH * len(one["word"]) + 4, MARK + 1
        sides: list[tuple[float, float, dict[str, Any]]] = [
            (x + away, y - LINE / 2, {"xanchor": "left", "xshift": away, "yanchor": "middle"}),
            (x - away - wide, y - LINE / 2, {"xanchor": "right", "xshift": -away, "yanchor": "middle"}),
            (x - wide / 2, y + away, {"xanchor": "center", "yanchor": "bottom", "yshift": away - 2}),
            (x - wide / 2, y - away - LINE, {"xanchor": "center", "yanchor": "top", "yshift": 2 - away}),
        ]
        for left, low, shift in sides:
            box = (left, low, left + wide, low + LINE)
            if left >= 0 and box[2] <= PLOT[0][1] and not any(_touch(box, other) for other in taken):
                taken.append(box)
                found.append((one, shift))
                break
    return found


def _touch(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _words(
    sides: dict[str, list[dict[str, Any]]], own: pd.DataFrame, frame: pd.DataFrame, a: str, b: str, voice: str
) -> tuple[str, str]:
    first = [f"“{one['word']}”" for one in sides["a"][:3]]
    last = [f"“{one['word']}”" for one in sides["b"][::-1][:3]]
    title = f"No word tells {a} from {b} beyond chance"
    if first or last:
        title = ", ".join(f"{listing(w)} more in {side}" for w, side in ((first, a), (last, b)) if w)
    subtitle = (
        f"Above the dotted line: more in {a}; below it: more in {b}. Triangles and squares: more than chance would "
        "bring about. Along the edges: words that one side never writes. "
        f"{count(len(own), 'word')} {style.in_voice(voice)} of {len(frame):,}, those that differ most and the most "
        "frequent, on logarithmic scales."
    )
    return capital(title), subtitle
