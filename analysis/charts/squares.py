"""Squares in a grid: colour says how warm or how often, size says how much evidence. Frames come in, figures go out.

A square that rests on too few articles is pale inside, as dots are hollow, so that a large number from one article
does not look like a finding. As in `grids`, invisible points above the squares carry hover and click.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis.charts import grids, style
from analysis.charts.style import in_voice
from analysis.choices import check_choices
from analysis.model import VOICES
from analysis.tables import records
from analysis.written import capital

ROW = 62  # px: a square and its number below
SMALLEST, LARGEST = 9, 38  # px: side of a square; the area grows with the evidence
EDGE, PALE = 2, 0.65  # px, and part of the page colour inside: a square that is too few
ABOVE = 0.13  # of a row: how far a square stands above the middle, to leave room for its number


def evidence_grid(
    frame: pd.DataFrame, *, voice: str = "narrator", what: str = "loaded terms", theme: str = "light"
) -> go.Figure:
    """Actors down, sources across: colour is tone or rate, size the mentions or words it rests on, in one voice.

    `frame` comes from `framing.tone` or `framing.actor_rates`; `what` names what a rate counts. The trace "cells" has
    customdata [actor, source, voice].
    """
    check_choices("voice", [voice], VOICES)
    value = grids.measure_of(frame)
    own = frame[(frame["voice"] == voice) & frame[value].notna()]
    if own.empty:
        return style.nothing(f"Nobody is mentioned {in_voice(voice)} here.", theme)
    title, subtitle = _words(own, value, voice, what)
    names, sources = list(own.drop_duplicates("actor")["name"]), list(dict.fromkeys(own["source"]))
    sides = _sides(own["n_mentions" if value == "tone" else "exposure"].astype(float).tolist())
    return _squares(grids.judged_cells(own, voice, theme), sides, names, sources, title, subtitle, theme)


def _sides(evidence: Sequence[float]) -> list[float]:
    most = max(evidence) or 1.0
    return [max(SMALLEST, LARGEST * (amount / most) ** 0.5) for amount in evidence]


def _words(own: pd.DataFrame, value: str, voice: str, what: str) -> tuple[str, str]:
    counted = (
        f"Tone {in_voice(voice)}: orange cold (to −1), blue warm (to +1), {style.full_from()}. Size: mentions."
        if value == "tone"
        else f"{capital(what)} about the actor per 1,000 words {in_voice(voice)}. Darker: more. Size: words read."
    )
    subtitle = f"{counted} n counts {'mentions' if value == 'tone' else what}. Pale inside: too few to compare."
    sure = own[own["enough"]]
    here = "" if len(sure) else "In these few articles, "
    ranked = own if sure.empty else sure
    if value == "rate":
        if float(own["rate"].max()) == 0:
            return f"No {what} about anybody {in_voice(voice)}", subtitle
        most = records(ranked.nlargest(1, "rate"))[0]
        return f"{here}{most['source']} has most {what} about {most['name']}", subtitle
    widest = grids.widest(ranked)
    if widest.empty:
        return f"{here}no two sources differ in tone {in_voice(voice)}", subtitle
    told = f"{here}the sources differ most about {widest['name'].iloc[0]}: {grids.ends(widest)}"
    return capital(told), subtitle


def _squares(
    cells: Sequence[grids.Cell],
    sides: Sequence[float],
    rows: Sequence[str],
    columns: Sequence[str],
    title: str,
    subtitle: str,
    theme: str,
) -> go.Figure:
    colours = style.palette(theme)
    draft = style.Draft()
    draft.traces.append(_marks(cells, sides, theme))
    written = [f"{cell.shown} {style.muted(cell.small, theme, 10)}".rstrip() for cell in cells]
    inks = [colours.ink if cell.enough else colours.muted for cell in cells]
    font = {"size": 11, "color": inks}
    draft.traces.append(grids.numbers(cells, written, font, down=0.5 - 1 / ROW, place="top center"))
    draft.traces.append(grids.clickable(cells, 46, colours.mark))
    upright = len(columns) > grids.NARROW_COLUMNS
    grids.edges(draft, rows, columns, theme, upright)
    for place in range(1, len(rows)):
        line = {"color": colours.rule, "width": 1}
        at = {"y0": place - 0.5, "y1": place - 0.5, "xref": "paper", "x0": 0, "x1": 1, "layer": "below"}
        draft.shapes.append({"type": "line", "line": line} | at)
    unseen = {"visible": False}
    return draft.finish(
        title=title, subtitle=subtitle, theme=theme, height=len(rows) * ROW + 12, top=112 if upright else 58,
        margins={"l": grids.LEFT, "r": 8, "b": 12}, xaxis=unseen | {"range": [-0.5, len(columns) - 0.5]},
        yaxis=unseen | {"range": [len(rows) - 0.5, -0.5]}, hoverdistance=-1, hovermode="closest",
    )  # fmt: skip


def _marks(cells: Sequence[grids.Cell], sides: Sequence[float], theme: str) -> dict[str, Any]:
    colours = style.palette(theme)
    fills = [cell.colour if cell.enough else style.mix(cell.colour, colours.page, PALE) for cell in cells]
    # The edge of a pale square says its colour; mixed with ink, since that of a middling value is paler than the page.
    edges = [style.mix(cell.colour, colours.ink, 0.25) for cell in cells]
    widths = [1 if cell.enough else EDGE for cell in cells]
    return {
        "type": "scatter",
        "x": [cell.column for cell in cells],
        "y": [cell.row - ABOVE for cell in cells],
        "mode": "markers",
        "name": "squares",
        "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": {"symbol": "square", "size": list(sides), "color": fills, "line": {"width": widths, "color": edges}},
    }
