"""Grids of cells: actor × source, speaker × target. Frames of measures come in, figures with clickable cells go out.

Invisible points above the cells carry what hovering shows and what a click hands on: Plotly's heat maps have neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis.charts import style
from analysis.charts.style import in_voice, label, plain
from analysis.choices import check_choices
from analysis.model import VOICES
from analysis.tables import records
from analysis.written import capital, category, count, number

LEFT = 118  # px for the row labels
CELL = 44  # px, two lines of text with air
DIMMED = 0.4  # part of the page colour in a cell that is too few
SHOWN = 0.005  # a tone nearer to nought is shown as 0.00
RUNGS = 6  # lines in the hatched edge of a cell
NARROW_COLUMNS = 5  # with more, column labels stand upright to stay apart at 360 px


@dataclass(frozen=True)
class Cell:
    """One cell: its place, value, colour and texts (`shown` and `small` are ours, `hover` is safe)."""

    row: int
    column: int
    value: float
    colour: str
    shown: str
    small: str
    hover: str
    custom: tuple[str, ...]
    enough: bool


def heat_map(frame: pd.DataFrame, *, voice: str = "narrator", theme: str = "light", what: str = "") -> go.Figure:
    """Actors down, sources across, coloured by tone or by rate, in one voice. Cells with a hatched edge are too few.

    `frame` comes from `framing.tone` or `framing.actor_rates`. `what` names what is counted ("loaded terms"). The trace
    "cells" has customdata [actor, source, voice].
    """
    check_choices("voice", [voice], VOICES)
    value = measure_of(frame)
    own = frame[(frame["voice"] == voice) & frame[value].notna()]
    if own.empty:
        return style.nothing(f"No actor has a {value} {in_voice(voice)} here.", theme)
    title, subtitle = _tone_words(own, voice) if value == "tone" else _rate_words(own, voice, what or "loaded terms")
    names, sources = list(own.drop_duplicates("actor")["name"]), list(dict.fromkeys(own["source"]))
    return _grid(judged_cells(own, voice, theme), names, sources, title, subtitle, theme)


def measure_of(frame: pd.DataFrame) -> str:
    """Whether a frame holds a tone or a rate."""
    return "tone" if "tone" in frame else "rate"


def judged_cells(own: pd.DataFrame, voice: str, theme: str) -> list[Cell]:
    """A cell for each row of `framing.tone` or `framing.actor_rates`, actors and sources in the order of the rows."""
    value = measure_of(own)
    rows = {actor: place for place, actor in enumerate(dict.fromkeys(own["actor"]))}
    columns = {source: place for place, source in enumerate(dict.fromkeys(own["source"]))}
    highest = float(own[value].max()) or 1.0
    cells = []
    for one in records(own):
        amount, n = float(one[value]), int(one["n_mentions" if value == "tone" else "n_events"])
        colour = style.valence_colour(amount, theme) if value == "tone" else depth(amount / highest, theme)
        shown = number(amount, 2, sign=True) if value == "tone" else number(amount)
        based = count(n, "mention") if value == "tone" else f"{n} in {count(one['exposure'], 'word')}"
        lines = [
            f"<b>{plain(one['name'])}</b> in {plain(one['source'])}",
            f"{'tone ' if value == 'tone' else ''}{shown} {in_voice(voice)}",
            f"from {based} in {count(one['n_articles'], 'article')}",
        ]
        if one["low"] == one["low"]:
            digits = 2 if value == "tone" else 1
            lines.append(f"95 % interval {number(one['low'], digits)} to {number(one['high'], digits)}")
        if not one["enough"]:
            lines.append("too few to compare")
        place = (rows[one["actor"]], columns[one["source"]])
        custom = (one["actor"], one["source"], voice)
        cells.append(
            Cell(
                *place, amount, colour, shown, f"n {n:,}" if n else "", "<br>".join(lines), custom, bool(one["enough"])
            )
        )
    return cells


def profile_map(frame: pd.DataFrame, *, what: str = "loaded terms", theme: str = "light", top: int = 10) -> go.Figure:
    """Categories down, sources across, coloured by rate. `frame`: `framing.profile` of one voice.

    The trace "cells" has customdata [category, source].
    """
    own = frame[frame["rate"].notna()]
    ranked = list(dict.fromkeys(own["category"]))[:top]
    own = own[own["category"].isin(ranked)]
    if own.empty:
        return style.nothing(f"No {what} here.", theme)
    sources = list(dict.fromkeys(own["source"]))
    highest = float(own["rate"].max()) or 1.0
    cells = []
    for one in records(own):
        shown = number(one["rate"])
        lines = [
            f"<b>{plain(category(one['category']))}</b> in {plain(one['source'])}",
            f"{shown} per 1,000 words: {one['n_events']} in {count(one['exposure'], 'word')}, "
            f"{count(one['n_articles'], 'article')}",
        ]
        if one["low"] == one["low"]:
            lines.append(f"95 % interval {number(one['low'])} to {number(one['high'])}")
        if not one["enough"]:
            lines.append("too few to compare")
        place = (ranked.index(one["category"]), sources.index(one["source"]))
        colour, custom = depth(float(one["rate"]) / highest, theme), (one["category"], one["source"])
        small = f"n {one['n_events']:,}" if one["n_events"] else ""
        cells.append(
            Cell(*place, float(one["rate"]), colour, shown, small, "<br>".join(lines), custom, bool(one["enough"]))
        )
    sure = own[own["enough"]]
    most = records((own if sure.empty else sure).nlargest(1, "rate"))[0]
    here = "" if len(sure) else "In these few articles, "
    title = f"{here}{most['source']} has most {style.wording(most['category'])}"
    subtitle = (
        f"{capital(what)} per 1,000 words, by what they do: {style.deeper(theme)}, the more. n counts them. "
        f"{_articles_a_cell(own)} Hatched edge: too few to compare."
    )
    names = [capital(category(name)) for name in ranked]
    return _grid(cells, names, sources, title, subtitle, theme)


def naming_grid(frame: pd.DataFrame, *, name: str, theme: str = "light", top: int = 10) -> go.Figure:
    """Words for an actor down, sources across, deeper in colour for a larger part of the source's words for it.

    `frame`: `framing.naming`. The words that set a source apart come first. The trace "cells" has customdata
    [word, source].
    """
    if frame.empty:
        return style.nothing(f"Nobody names {name} here.", theme)
    words = list(frame.groupby("word")["z"].max().sort_values(ascending=False, kind="stable").index[:top])
    sources = list(dict.fromkeys(frame["source"]))
    whole = frame.groupby("source")["n"].sum()
    cells = []
    for one in records(frame[frame["word"].isin(words)]):
        part = one["n"] / whole[one["source"]]
        hover = (
            f"<b>{plain(one['word'])}</b> ({plain(one['form'])}) in {plain(one['source'])}<br>"
            f"{count(one['n'], 'time')}, {100 * part:.0f} % of its words for {plain(name)}; "
            f"the others {count(one['n_others'], 'time')}"
        )
        cells.append(
            Cell(
                words.index(one["word"]), sources.index(one["source"]), part, depth(part, theme), f"{one['n']}",
                f"{100 * part:.0f} %", hover, (one["word"], one["source"]), True,
            )
        )  # fmt: skip
    # A word that judges says more about framing than a title, and both more than a name.
    telling = frame.assign(judges=frame["form"] == "loaded")[(frame["form"] != "name") & (frame["z"] > 0)]
    telling = telling.sort_values(["judges", "n", "z"], ascending=False, kind="stable")
    title = f"The words for {name}" + (", source by source" if len(sources) > 1 else "")
    if len(telling):
        title = f"{telling['source'].iloc[0]} writes “{telling['word'].iloc[0]}” of {name}"
    subtitle = (
        "How often a source uses a word, as the narrator or in reported words, and what part that is of its words for "
        f"{name}: {style.deeper(theme)}, the more. Words that set a source apart stand first. "
        f"{count(int(frame['n'].sum()), 'use')} in all."
    )
    return _grid(cells, words, sources, title, subtitle, theme)


def speaker_target_matrix(
    frame: pd.DataFrame, *, voice: str = "quoted", theme: str = "light", top: int = 6
) -> go.Figure:
    """Speakers down, targets across (the `top` most judged): how warm or cold, and how often, in one voice.

    `frame` comes from `framing.speaker_targets`. The trace "cells" has customdata [speaker, target, voice].
    """
    check_choices("voice", [voice], VOICES)
    own = frame[frame["voice"] == voice]
    if own.empty:
        return style.nothing(f"Nobody judges anybody {in_voice(voice)} here.", theme)
    targets = own.groupby("target", sort=False)["n"].sum().sort_values(ascending=False, kind="stable").index[:top]
    own = own[own["target"].isin(targets)]
    speakers = own.groupby("speaker", sort=False)["n"].sum().sort_values(ascending=False, kind="stable").index
    names = dict(zip(own["target"], own["target_name"], strict=True))
    said_by = dict(zip(own["speaker"], own["speaker_name"], strict=True))
    cells = []
    for one in records(own):
        shown = number(one["valence"], 2, sign=True)
        hover = (
            f"<b>{plain(one['speaker_name'])}</b> about {plain(one['target_name'])}<br>"
            f"{count(one['n'], 'judging word')} in {count(one['n_articles'], 'article')}: "
            f"{one['negative']} cold, {one['positive']} warm<br>mean {shown}"
        )
        place = (list(speakers).index(one["speaker"]), list(targets).index(one["target"]))
        colour = style.valence_colour(float(one["valence"]), theme)
        custom = (one["speaker"], one["target"], voice)
        cells.append(
            Cell(*place, float(one["valence"]), colour, shown, f"n {one['n']}", hover, custom, bool(one["enough"]))
        )
    most = own.sort_values("n", ascending=False, kind="stable").iloc[0]
    feeling = "coldly" if most["valence"] < 0 else "warmly"
    often = f"speaks most often, and {feeling}," if most["enough"] else f"speaks {feeling}"
    title = f"{capital(most['speaker_name'])} {often} of {most['target_name']}"
    subtitle = (
        f"Mean valence of the judging words {in_voice(voice)}, −1 cold to +1 warm; n counts the words. "
        f"Hatched edge: too few. {count(own['n'].sum(), 'judging word')} of {count(len(speakers), 'speaker')}."
    )
    columns = [names[target] for target in targets]
    return _grid(cells, [said_by[speaker] for speaker in speakers], columns, title, subtitle, theme)


def depth(share: float, theme: str) -> str:
    """The colour of a rate: the deeper, the nearer to the highest (1)."""
    colours = style.palette(theme)
    return style.mix(colours.faint, colours.mark, min(1.0, max(0.0, share)) * 0.85)


def _tone_words(own: pd.DataFrame, voice: str) -> tuple[str, str]:
    whom = "the narrator" if voice == "narrator" else f"{voice} speech"
    sure = own[own["enough"]]
    subtitle = (
        f"Tone of the mentions {in_voice(voice)}, −1 cold to +1 warm, {style.full_from()}; n counts mentions. "
        f"{_articles_a_cell(own)} Hatched edge: too few to compare."
    )
    # Of a handful of articles it can be said what stands in them, not what their sources do.
    here = "" if len(sure) else "In these few articles, "
    ranked = own if sure.empty else sure
    weighed = ranked["tone"].abs() * ranked["n_mentions"] ** 0.5  # one mention, however cold, is no headline
    most = records(ranked.loc[[weighed.idxmax()]])[0]
    if round(abs(float(most["tone"])), 2) == 0:
        return capital(f"{here}{whom} is neither warm nor cold towards anybody"), subtitle
    feeling = "coldest" if most["tone"] < 0 else "warmest"
    return capital(f"{here}{whom} is {feeling} in {most['source']}, about {most['name']}"), subtitle


def widest(ranked: pd.DataFrame) -> pd.DataFrame:
    """The rows, coldest first, of the actor about whom the sources differ most, by the mentions that this rests on."""
    ordered = ranked.sort_values("tone", kind="stable")
    ends = ordered.groupby("actor", sort=False).agg(
        low=("tone", "first"), high=("tone", "last"), n_low=("n_mentions", "first"), n_high=("n_mentions", "last")
    )
    # A difference of means is as sure as the smaller number of mentions lets it be.
    weighed = (ends["high"] - ends["low"]) * ends[["n_low", "n_high"]].min(axis=1) ** 0.5
    if weighed.empty or float(weighed.max()) == 0:
        return ordered.iloc[:0]
    return ordered[ordered["actor"] == weighed.idxmax()]


def ends(ordered: pd.DataFrame) -> str:
    """The first and the last of rows of `widest` in words; what is below nought is not called warm."""
    coldest, warmest = ordered["source"].iloc[0], ordered["source"].iloc[-1]
    if float(ordered["tone"].iloc[-1]) < SHOWN:
        return f"coldest in {coldest}, least so in {warmest}"
    if float(ordered["tone"].iloc[0]) > -SHOWN:
        return f"warmest in {warmest}, least so in {coldest}"
    return f"coldest in {coldest}, warmest in {warmest}"


def _rate_words(own: pd.DataFrame, voice: str, what: str) -> tuple[str, str]:
    sure = own[own["enough"]]
    subtitle = (
        f"{capital(what)} about the actor {in_voice(voice)}, per 1,000 words of the articles that mention it; "
        f"n counts them. {_articles_a_cell(own)} Hatched edge: too few to compare."
    )
    if float(own["rate"].max()) == 0:
        return f"No {what} about anybody {in_voice(voice)}", subtitle
    here = "" if len(sure) else "In these few articles, "
    most = records((own if sure.empty else sure).nlargest(1, "rate"))[0]
    return f"{here}{most['source']} has most {what} about {most['name']}", subtitle


def _articles_a_cell(own: pd.DataFrame) -> str:
    low, high = int(own["n_articles"].min()), int(own["n_articles"].max())
    return f"{count(high, 'article')} a cell." if low == high else f"{low} to {high} articles a cell."


def _grid(
    cells: Sequence[Cell], rows: Sequence[str], columns: Sequence[str], title: str, subtitle: str, theme: str
) -> go.Figure:
    colours = style.palette(theme)
    upright = len(columns) > NARROW_COLUMNS
    draft = style.Draft()
    # A colour scale of one step per cell keeps the drawn colour the one that was computed, in any Plotly version.
    number_of = {(cell.row, cell.column): place for place, cell in enumerate(cells)}
    steps = len(cells)
    drawn = [cell.colour if cell.enough else style.mix(cell.colour, colours.page, DIMMED) for cell in cells]
    scale = [(edge, colour) for place, colour in enumerate(drawn) for edge in (place / steps, (place + 1) / steps)]
    draft.traces.append(
        {
            "type": "heatmap",
            "z": [[number_of.get((row, column)) for column in range(len(columns))] for row in range(len(rows))],
            "x": list(range(len(columns))),
            "y": list(range(len(rows))),
            "zmin": -0.5,
            "zmax": steps - 0.5,
            "colorscale": scale,
            "showscale": False,
            "xgap": 2,
            "ygap": 2,
            "hoverinfo": "skip",
            "hoverongaps": False,
            "name": "colours",
        }
    )
    across: list[float | None] = []
    down: list[float | None] = []
    for cell in cells:
        if not cell.enough:
            for rung in range(RUNGS):  # at the left edge alone: across the cell, lines would strike out its number
                foot = cell.row + 0.46 - rung * 0.92 / RUNGS
                across += [cell.column - 0.485, cell.column - 0.435, None]
                down += [foot, foot - 0.92 / RUNGS, None]
    hatch = {"color": colours.muted, "width": 1}
    draft.traces.append(
        {"type": "scatter", "x": across, "y": down, "mode": "lines", "line": hatch, "hoverinfo": "skip"}
        | {"name": style.TOO_FEW}
    )
    written = [
        f"{cell.shown}<br><span style='font-size:10px'>{cell.small}</span>" if cell.small else cell.shown
        for cell in cells
    ]
    inks = [style.text_on(colour) for colour in drawn]
    draft.traces.append(numbers(cells, written, {"size": 12, "color": inks}))
    draft.traces.append(clickable(cells, 40, colours.mark))
    edges(draft, rows, columns, theme, upright)
    unseen = {"visible": False}
    return draft.finish(
        title=title, subtitle=subtitle, theme=theme, height=len(rows) * CELL + 12, top=112 if upright else 58,
        margins={"l": LEFT, "r": 8, "b": 12}, xaxis=unseen | {"range": [-0.5, len(columns) - 0.5]},
        yaxis=unseen | {"range": [len(rows) - 0.5, -0.5]}, hoverdistance=-1, hovermode="closest",
    )  # fmt: skip


def numbers(
    cells: Sequence[Cell],
    written: Sequence[str],
    font: dict[str, Any],
    *,
    down: float = 0,
    place: str = "middle center",
) -> dict[str, Any]:
    """The texts in the cells, `down` from the middle of their rows.

    As annotations, those of 168 cells took a browser 0.8 s more for every click on the page.
    """
    return {
        "type": "scatter",
        "x": [cell.column for cell in cells],
        "y": [cell.row + down for cell in cells],
        "mode": "text",
        "name": "numbers",
        "text": list(written),
        "textfont": font,
        "textposition": place,
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def clickable(cells: Sequence[Cell], size: float, colour: str) -> dict[str, Any]:
    """The invisible points above the cells."""
    return {
        "type": "scatter",
        "x": [cell.column for cell in cells],
        "y": [cell.row for cell in cells],
        "mode": "markers",
        "name": "cells",
        "marker": {"size": size, "symbol": "square", "opacity": 0, "color": colour},
        "customdata": [cell.custom for cell in cells],
        "hovertext": [cell.hover for cell in cells],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def edges(draft: style.Draft, rows: Sequence[str], columns: Sequence[str], theme: str, upright: bool) -> None:
    """The names of rows and columns, at the left and above."""
    colours = style.palette(theme)
    for place, name in enumerate(rows):
        draft.annotations.append(
            {"showarrow": False, "font": {"size": 12, "color": colours.ink}, "xref": "paper", "x": 0, "y": place}
            | {"xanchor": "left", "align": "left", "xshift": style.EDGE - LEFT}
            | {"text": label(name, 15, 2), "hovertext": plain(name)}
        )
    for place, name in enumerate(columns):
        text = label(name, 15, 2) if upright else label(name, 10, 3)
        draft.annotations.append(
            {"showarrow": False, "font": {"size": 11, "color": colours.ink}, "x": place, "yref": "paper", "y": 1}
            | {"yanchor": "bottom", "yshift": 6, "text": text, "textangle": -90 if upright else 0}
            | {"hovertext": plain(name)}
        )
