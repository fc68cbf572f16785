"""Figures of shares and of time: whose words fill a source, which verbs introduce whom, how a rate moves."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis.charts import style
from analysis.charts.comparisons import KINDS
from analysis.charts.style import count, in_voice, number, plain
from analysis.model import AGENCY_ROLES
from analysis.tables import records

BAR, LINE, AIR = 26, 16, 20  # px: bar, line of its key, space between sources
KEY_CHARS = 52  # characters in a line of the key under a bar, at 12 px
AGENCY_WORDS: dict[str, str] = {
    "agent": "acts",
    "patient": "is acted upon, and the doer is named",
    "patient_agentless": "is acted upon, and nobody says by whom",
}
STANCES = ("neutral", "endorsing", "doubting", "charged")
PANEL = 104  # px, one source in a timeline
MAX_PANELS = 12


def voice_bars(frame: pd.DataFrame, *, theme: str = "light") -> go.Figure:
    """A full bar per source: the narrator's share, then each speaker's. The key under each bar names the parts.

    `frame`: `framing.voice_share`. Quoted words are full colour, reported words paler. customdata:
    [speaker ("" for the narrator, the others and nobody named), source, voice, name].
    """
    if frame.empty:
        return style.nothing("There are no words to share out here.", theme)
    colours = style.palette(theme)
    draft = style.Draft()
    y = 0.0
    for source in dict.fromkeys(frame["source"]):
        own = frame[frame["source"] == source]
        few = not bool(own["enough"].iloc[0])
        y = _heading(
            draft,
            y,
            source,
            count(int(own["exposure"].iloc[0]), "word")
            + f", {count(int(own['n_articles'].iloc[0]), 'article')}"
            + (f", {style.TOO_FEW}" if few else ""),
            theme,
        )
        left = 0.0
        for one in records(own):
            colour = _speaker_colour(one, theme)
            how = "" if one["voice"] == "narrator" else f" {one['voice']}"
            hover = (
                f"<b>{plain(one['name'])}</b> in {plain(source)}: {_percent(one['share'])}, "
                f"{count(one['words'], 'word')}{how}"
            )
            pattern = {
                "shape": "/" if few else "",
                "fgcolor": colour,
                "fillmode": "replace",
                "size": 6,
                "solidity": 0.4,
            }
            draft.traces.append(
                {
                    "type": "bar",
                    "x": [one["share"]],
                    "base": [left],
                    "y": [y + BAR / 2],
                    "width": [BAR],
                    "orientation": "h",
                    "name": "shares",
                    "marker": {"color": colour, "line": {"color": colours.page, "width": 1}, "pattern": pattern},
                    "customdata": [(one["speaker"], source, one["voice"], one["name"])],
                    "hovertext": [hover],
                    "hovertemplate": "%{hovertext}<extra></extra>",
                }
            )
            left += one["share"]
        y += BAR + 4
        y = _key(draft, y, _key_parts(own, theme), theme) + AIR
    shares = frame[frame["voice"] == "narrator"].sort_values("share", kind="stable")
    title = "Whose words fill the story"
    sure = shares[shares["enough"]]
    if len(sure) > 1:
        source, room = sure["source"].iloc[0], _percent(1 - float(sure["share"].iloc[0]))
        title = f"{source} leaves most room to others: {room} of its words are quoted or reported"
    articles = int(frame.drop_duplicates("source")["n_articles"].sum())
    subtitle = (
        "Share of all words, the narrator first, then quoted (full colour) and reported words (paler) by speaker, "
        f"from {count(articles, 'article')}."
    )
    return _finish_stack(draft, y, title, subtitle, theme)


def agency_bars(frame: pd.DataFrame, *, name: str, voice: str = "narrator", theme: str = "light") -> go.Figure:
    """Who acts and who is acted upon: an actor's verbs by its part in them, a full bar per source.

    `frame`: `framing.agency` of one actor. customdata: [actor, source, voice, role]. Paler: too few.
    """
    own = frame[frame["voice"] == voice]
    if own.empty:
        return style.nothing(f"No verb has {name} as doer or as done to {in_voice(voice)}.", theme)
    colours = style.palette(theme)
    hues: dict[str, str] = dict(zip(AGENCY_ROLES, (colours.mark, colours.rule, colours.accent), strict=True))
    draft, y = style.Draft(), 0.0
    for source in dict.fromkeys(own["source"]):
        of_source = own[own["source"] == source]
        total, enough, left = int(of_source["n_verbs"].iloc[0]), bool(of_source["enough"].iloc[0]), 0.0
        y += LINE
        few = "" if enough else f", {style.TOO_FEW}"
        told = style.muted(f"{count(total, 'verb')}{few}", theme)
        _line(draft, y - LINE / 2, f"{style.label(source, 34, 1)} {told}", theme)
        for one in records(of_source[of_source["n_events"] > 0]):
            known = one["low"] == one["low"]
            between = f", 95 % interval {_percent(one['low'])} to {_percent(one['high'])}" if known else ""
            hover = (
                f"<b>{plain(name)}</b> in {plain(source)}<br>{AGENCY_WORDS[one['role']]}: {one['n_events']} of {total}"
                f"<br>{_percent(one['share'])}{between}"
            )
            custom = (one["actor"], source, voice, one["role"])
            colour = hues[one["role"]] if enough else style.mix(hues[one["role"]], colours.page, 0.45)
            shown = str(one["n_events"])
            _part(draft, one["share"], left, y + 8, one["role"], colour, shown, custom, hover, theme)
            left += one["share"]
        y += 24
    y = _key(draft, y, [(hues[role], words, "") for role, words in AGENCY_WORDS.items()], theme) + 4
    sure = own[own["enough"] & (own["role"] == "agent")].sort_values("share", kind="stable")
    title = f"What {name} does and undergoes"
    if len(sure) > 1:
        title = f"{name} acts most in {sure['source'].iloc[-1]}, least in {sure['source'].iloc[0]}"
    verbs = count(int(own.drop_duplicates("source")["n_verbs"].sum()), "verb")
    subtitle = (
        f"Share of the verbs that have {name} as doer or as done to, {in_voice(voice)}; the numbers count them. "
        f"{verbs} in all."
    )
    return _finish_stack(draft, y, title, subtitle, theme)


def _part(
    draft: style.Draft,
    share: float,
    left: float,
    y: float,
    name: str,
    colour: str,
    text: str,
    custom: tuple[str, ...],
    hover: str,
    theme: str,
) -> None:
    """One part of a full bar, with its count inside."""
    draft.traces.append(
        {
            "type": "bar",
            "x": [share],
            "base": [left],
            "y": [y],
            "width": [14],
            "orientation": "h",
            "name": name,
            "marker": {"color": colour, "line": {"color": style.palette(theme).page, "width": 1}},
            "text": [text],
            "textposition": "inside",
            "insidetextanchor": "middle",
            "textangle": 0,
            "textfont": {"size": 10, "color": style.text_on(colour)},
            "customdata": [custom],
            "hovertext": [hover],
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
    )


def verb_bars(frame: pd.DataFrame, *, theme: str = "light", top: int = 8) -> go.Figure:
    """Who “says” and who “claims”: the stance of the verbs before an actor's words, a full bar per actor × source.

    `frame`: `framing.reporting_verbs`. customdata: [actor, source, stance].
    """
    if frame.empty:
        return style.nothing("Nobody’s words are introduced by a verb here.", theme)
    draft = style.Draft()
    colours = _stance_colours(theme)
    y = 0.0
    for actor in list(dict.fromkeys(frame["actor"]))[:top]:
        of_actor = frame[frame["actor"] == actor]
        name = of_actor["name"].iloc[0]
        y = _heading(draft, y, name, count(int(of_actor["n"].sum()), "time"), theme)
        for source in dict.fromkeys(of_actor["source"]):
            own = of_actor[of_actor["source"] == source]
            total, left = int(own["n"].sum()), 0.0
            y += LINE
            _line(
                draft, y - LINE / 2, f"{style.label(source, 34, 1)} {style.muted(count(total, 'time'), theme)}", theme
            )
            for stance in STANCES:
                verbs = own[own["stance"] == stance]
                n = int(verbs["n"].sum())
                if not n:
                    continue
                told = ", ".join(f"“{plain(one['verb'])}” {one['n']}" for one in records(verbs.head(6)))
                hover = f"<b>{plain(name)}</b> in {plain(source)}<br>{stance}: {n} of {total}<br>{told}"
                _part(
                    draft,
                    n / total,
                    left,
                    y + 8,
                    stance,
                    colours[stance],
                    str(n),
                    (actor, source, stance),
                    hover,
                    theme,
                )
                left += n / total
            y += 20
        y += AIR / 2
    y = _key(draft, y, [(colours[stance], stance, "") for stance in STANCES], theme) + 4
    doubted = frame[frame["stance"].isin(["doubting", "charged"])].groupby(["actor", "name", "source"])["n"].sum()
    title = "The sources introduce nobody with doubt"
    if len(doubted):
        name, source = doubted.sort_values(ascending=False, kind="stable").index[0][1:]
        title = f"{source} introduces {name} with words of doubt or heat {count(int(doubted.max()), 'time')}"
    verbs_in_all = count(int(frame["n"].sum()), "verb")
    subtitle = f"Verbs that introduce somebody’s words, by stance; the numbers count them. {verbs_in_all} in all."
    return _finish_stack(draft, y, title, subtitle, theme)


def timeline(frame: pd.DataFrame, *, what: str | None = None, theme: str = "light") -> go.Figure:
    """A rate over time, one panel per source on the same scale, with its interval as a band. Hollow: too few.

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
        panel = {"type": "scatter", "xaxis": f"x{axis}", "yaxis": f"y{axis}"}
        band = own[own["low"].notna()]
        days = [f"{period:%Y-%m-%d}" for period in band["period"]]
        bound = panel | {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "name": "interval", "x": days}
        draft.traces.append(bound | {"y": band["low"].tolist()})
        shade = {"fill": "tonexty", "fillcolor": _clear(colours.mark, 0.16)}
        draft.traces.append(bound | shade | {"y": band["high"].tolist()})
        hover = [
            f"<b>{plain(source)}</b>, from {_day(one['period'])}<br>{number(one['rate'])} per 1,000 words<br>"
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
        title = f"{peak['source']} uses most {what} in the days from {_day(peak['period'])}"
    articles = count(int(frame["n_articles"].sum()), "dated article")
    subtitle = (
        f"{style.capital(what)} per 1,000 words, one scale for all, from {articles}. Bands: 95 % intervals. "
        "Hollow: too few."
    )
    height = PANEL * len(sources)
    upright = {"range": [0, highest * 1.08], "nticks": 4, "showgrid": True}
    across = {"type": "date", "showgrid": False, "showline": True, "nticks": 5, "hoverformat": "%d %b %Y"}
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


def _day(when: pd.Timestamp) -> str:
    return f"{when.day} {when:%B %Y}"


def _heading(draft: style.Draft, y: float, text: str, detail: str, theme: str) -> float:
    _line(draft, y + 12, f"<b>{style.label(text, 34, 1)}</b>  {style.muted(plain(detail), theme)}", theme, size=13)
    return y + 26


def _line(draft: style.Draft, y: float, text: str, theme: str, *, size: int = 12) -> None:
    draft.annotations.append(
        {"xref": "paper", "x": 0, "xanchor": "left", "y": y, "yanchor": "middle", "align": "left"}
        | {"showarrow": False, "text": text, "font": {"size": size, "color": style.palette(theme).ink}}
    )


def _key(draft: style.Draft, y: float, parts: list[tuple[str, str, str]], theme: str) -> float:
    """Write coloured squares with their names, as many to a line as fit 360 px; return where the next thing goes."""
    lines: list[list[str]] = [[]]
    used = 0
    for colour, name, value in parts:
        size = len(name) + len(value) + 5
        if used and used + size > KEY_CHARS:
            lines.append([])
            used = 0
        lines[-1].append(f'<span style="color:{colour}">■</span> {style.label(name, 40, 1)} {value}'.rstrip())
        used += size
    for line in lines:
        _line(draft, y + LINE / 2, "&nbsp;&nbsp; ".join(line), theme)
        y += LINE
    return y


def _key_parts(own: pd.DataFrame, theme: str) -> list[tuple[str, str, str]]:
    merged = own.assign(whole=own["speaker"] + "|" + own["name"]).groupby("whole", sort=False)
    ranked = sorted((part for _, part in merged), key=lambda part: -float(part["share"].sum()))
    first = [part for part in ranked if part["voice"].iloc[0] == "narrator"]
    # The key names people first; whoever is summed up or unknown comes last, however large.
    rest = [part for part in ranked if part["voice"].iloc[0] != "narrator"]
    rest.sort(key=lambda part: part["speaker"].iloc[0] == "")
    return [
        (
            _speaker_colour(records(part)[0], theme, full=True),
            part["name"].iloc[0],
            _percent(float(part["share"].sum())),
        )
        for part in first + rest[:3] + [part for part in rest[3:] if not part["speaker"].iloc[0]]
    ]


def _speaker_colour(one: dict[str, Any], theme: str, *, full: bool = False) -> str:
    colours = style.palette(theme)
    if one["voice"] == "narrator":
        return colours.rule
    colour = style.actor_colour(one["speaker"], theme) if one["speaker"] else colours.muted
    return colour if full or one["voice"] == "quoted" else style.mix(colour, colours.page, 0.5)


def _stance_colours(theme: str) -> dict[str, str]:
    colours = style.palette(theme)
    return {"neutral": colours.rule, "endorsing": colours.warm, "doubting": colours.valence[1], "charged": colours.cold}


def _finish_stack(draft: style.Draft, height: float, title: str, subtitle: str, theme: str) -> go.Figure:
    return draft.finish(
        title=title, subtitle=subtitle, theme=theme, height=height + 8, top=4,
        margins={"l": style.EDGE, "r": 8, "b": 8}, xaxis={"range": [0, 1], "visible": False},
        yaxis={"range": [height, 0], "visible": False}, barmode="overlay",
    )  # fmt: skip


def _percent(share: float) -> str:
    return "under 1 %" if 0 < share < 0.005 else f"{share:.0%}".replace("%", " %")


def _clear(colour: str, alpha: float) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha})"
