"""Figures of shares: whose words fill a source, which verbs introduce whom, who acts and who is acted upon."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis.charts import style
from analysis.charts.style import in_voice, plain
from analysis.framing.speech import NARRATOR, NOBODY, OTHERS
from analysis.model import AGENCY_ROLES, VOICES
from analysis.tables import records
from analysis.written import count, percent

BAR, LINE, AIR = 26, 16, 20  # px: bar, line of its key, space between sources
KEY_CHARS = 52  # characters in a line of the key under a bar, at 12 px
AGENCY_WORDS: dict[str, str] = {
    "agent": "acts",
    "patient": "is acted upon, and the doer is named",
    "patient_agentless": "is acted upon, and nobody says by whom",
}
AGENCY_SHORT: dict[str, str] = {
    "agent": "acts",
    "patient": "acted upon",
    "patient_agentless": "acted upon, nobody named",
}
PASSIVE, FAINT = 0.65, 0.45  # parts of the page colour: of those acted upon, of bars that are too few
SLIVER = 0.015  # of a bar: narrower parts can be neither told apart nor hit, and are added up
REST = 0.35  # part of the page colour in those whom the key does not name, so that people stand before them
STANCES = ("neutral", "endorsing", "doubting", "charged")
DOUBTED = STANCES[2:]
VERB_CHARS = 56  # characters of a row's name and verbs, at 12 and 11 px on a phone


def voice_bars(frame: pd.DataFrame, *, theme: str = "light") -> go.Figure:
    """A full bar per source: the narrator's share, then each speaker's. The key under each bar names the parts.

    `frame`: `framing.voice_share`. Quoted words are full colour, reported words paler. customdata:
    [speaker ("" for the narrator, the others and nobody named), source, voice, name].
    """
    if frame.empty:
        return style.nothing("There are no words to share out here.", theme)
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
                f"<b>{plain(one['name'])}</b> in {plain(source)}: {percent(one['share'])}, "
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
                    "marker": {
                        "color": colour,
                        "line": {"color": style.edge(colour, theme), "width": 1},
                        "pattern": pattern,
                    },
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
    if len(shares) == 1:
        source, room = shares["source"].iloc[0], percent(1 - float(shares["share"].iloc[0]))
        title = f"{room} of the words in {source} are quoted or reported"
    elif len(sure) > 1:
        source, room = sure["source"].iloc[0], percent(1 - float(sure["share"].iloc[0]))
        title = f"{source} leaves most room to others: {room} of its words are quoted or reported"
    articles = int(frame.drop_duplicates("source")["n_articles"].sum())
    subtitle = (
        "Share of all words: the narrator, then each speaker with quoted (full colour) and reported words (paler), "
        f"from {count(articles, 'article')}."
    )
    return _finish_stack(draft, y, title, subtitle, theme)


def gathered(frame: pd.DataFrame) -> pd.DataFrame:
    """`framing.voice_share` as a bar shows it: the narrator, each speaker with quoted and reported words side by side,
    the largest first, the others with those of a SLIVER among them, nobody named.
    """
    named = frame["speaker"] != ""
    whole = frame.groupby(["source", "speaker"])["share"].transform("sum").where(named, 0.0)
    small = named & (whole < SLIVER)
    others = frame[small | (frame["name"] == OTHERS)]
    added = others.groupby(["source", "voice"], sort=False, as_index=False).agg(
        {"words": "sum", "share": "sum"} | dict.fromkeys(("n_articles", "exposure", "enough"), "first")
    )
    added = added.assign(speaker="", name=OTHERS, low=float("nan"), high=float("nan"), whole=0.0)
    made = pd.concat([frame.assign(whole=whole).drop(others.index), added], ignore_index=True)
    place = made["name"].where(made["speaker"] == "").map({NARRATOR: 0, OTHERS: 2, NOBODY: 3}).fillna(1)
    heard = made["voice"].map({voice: i for i, voice in enumerate(VOICES)})
    of = made["source"].map({source: i for i, source in enumerate(dict.fromkeys(frame["source"]))})
    made = made.assign(of=of, place=place, first=-made["whole"], heard=heard)
    made = made.sort_values(["of", "place", "first", "speaker", "heard"], kind="stable")
    return made[list(frame.columns)].astype(frame.dtypes.to_dict()).reset_index(drop=True)


def agency_bars(frame: pd.DataFrame, *, name: str, voice: str = "narrator", theme: str = "light") -> go.Figure:
    """Who acts and who is acted upon: an actor's verbs by its part in them, a full bar per source.

    `frame`: `framing.agency` of one actor. customdata: [actor, source, voice, role]. Paler: too few.
    """
    own = frame[frame["voice"] == voice]
    if own.empty:
        return style.nothing(f"No verb has {name} as doer or as done to {in_voice(voice)}.", theme)
    colours = style.palette(theme)
    passive = style.mix(colours.mark, colours.page, PASSIVE)
    hues: dict[str, str] = dict(zip(AGENCY_ROLES, (colours.mark, passive, colours.accent), strict=True))
    if not own["enough"].any():  # then the key is as pale as the bars
        hues = {role: style.mix(hue, colours.page, FAINT) for role, hue in hues.items()}
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
            between = f", 95 % interval {percent(one['low'])} to {percent(one['high'])}" if known else ""
            hover = (
                f"<b>{plain(name)}</b> in {plain(source)}<br>{AGENCY_WORDS[one['role']]}: {one['n_events']} of {total}"
                f"<br>{percent(one['share'])}{between}"
            )
            custom = (one["actor"], source, voice, one["role"])
            pale = own["enough"].any() and not enough
            colour = style.mix(hues[one["role"]], colours.page, FAINT) if pale else hues[one["role"]]
            shown = f"{AGENCY_SHORT[one['role']]} {one['n_events']}"
            _part(draft, one["share"], left, y + 8, one["role"], colour, shown, custom, hover, theme)
            left += one["share"]
        y += 24
    used = set(own.loc[own["n_events"] > 0, "role"])
    y = _key(draft, y, [(hues[role], words, "") for role, words in AGENCY_WORDS.items() if role in used], theme) + 4
    sure = own[own["enough"] & (own["role"] == "agent")].sort_values("share", kind="stable")
    acts = int(own.loc[own["role"] == "agent", "n_events"].sum())
    title = f"{name} acts in {acts} of {count(int(own['n_events'].sum()), 'verb')}"
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
    """One part of a full bar, with its count inside: `text` ends with it, and what goes before names the part.

    The page leaves the name out where the part is too narrow for it.
    """
    draft.traces.append(
        {
            "type": "bar",
            "x": [share],
            "base": [left],
            "y": [y],
            "width": [14],
            "orientation": "h",
            "name": name,
            "marker": {"color": colour, "line": {"color": style.edge(colour, theme), "width": 1}},
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

    `frame`: `framing.reporting_verbs`. Those whose words are doubted most come first; a name that all bars share is
    left to the title. customdata: [actor, source, stance].
    """
    if frame.empty:
        return style.nothing("Nobody’s words are introduced by a verb here.", theme)
    draft = style.Draft()
    colours = _stance_colours(theme)
    doubt = frame["n"].where(frame["stance"].isin(DOUBTED), 0)
    ranked = frame.assign(doubt=doubt).groupby("actor", sort=False)[["doubt", "n"]].sum()
    ranked = ranked.sort_values(["doubt", "n"], ascending=False, kind="stable")
    one_source, one_actor = frame["source"].nunique() == 1, len(ranked) == 1
    rows = records(frame[frame["actor"].isin(ranked.index[:top])])  # some hundred; a frame for each bar takes longer
    y = 0.0
    for actor in ranked.index[:top]:
        of_actor = [one for one in rows if one["actor"] == actor]
        name = of_actor[0]["name"]
        if not one_source and not one_actor:
            y = _heading(draft, y, name, count(_times(of_actor), "time"), theme)
        for source in dict.fromkeys(one["source"] for one in of_actor):
            own = [one for one in of_actor if one["source"] == source]
            total, left = _times(own), 0.0
            y += LINE
            called = style.label(name if one_source else source, 24, 1)
            _line(draft, y - LINE / 2, f"{called} {style.muted(_verbs(own, VERB_CHARS - len(called)), theme)}", theme)
            for stance in STANCES:
                verbs = [one for one in own if one["stance"] == stance]
                n = _times(verbs)
                if not n:
                    continue
                told = ", ".join(f"“{plain(one['verb'])}” {one['n']}" for one in verbs[:6])
                hover = f"<b>{plain(name)}</b> in {plain(source)}<br>{stance}: {n} of {total}<br>{told}"
                custom = (actor, source, stance)
                _part(draft, n / total, left, y + 8, stance, colours[stance], f"{stance} {n}", custom, hover, theme)
                left += n / total
            y += 22
        if not one_source and not one_actor:
            y += AIR / 2
    used = [stance for stance in STANCES if stance in set(frame["stance"])]
    y = _key(draft, y + 4, [(colours[stance], stance, "") for stance in used], theme) + 4
    verbs_in_all = count(int(frame["n"].sum()), "verb")
    subtitle = f"Verbs that introduce somebody’s words, by stance; the numbers count them. {verbs_in_all} in all."
    return _finish_stack(draft, y, _doubted(frame), subtitle, theme)


def _times(rows: Iterable[dict[str, Any]]) -> int:
    return sum(one["n"] for one in rows)


def _verbs(own: Iterable[dict[str, Any]], room: int) -> str:
    """The verbs of a bar, the most frequent first, as many as fit `room` characters; safe text."""
    told = ""
    for one in sorted(own, key=lambda row: -row["n"]):
        verb = f"{one['verb']} {one['n']}" if one["n"] > 1 else one["verb"]
        if len(told) + len(verb) + 3 > room:
            return plain(told + " …")
        told = f"{told}, {verb}" if told else verb
    return plain(told)


def _doubted(frame: pd.DataFrame) -> str:
    """Who is introduced with doubt or heat most, by which source and verb."""
    cold = frame[frame["stance"].isin(DOUBTED)]
    if cold.empty:
        whose = frame["source"].iloc[0] if frame["source"].nunique() == 1 else "No source"
        whom = frame["name"].iloc[0] if frame["actor"].nunique() == 1 else "anybody"
        return f"{whose} {'introduces' if whose == 'No source' else 'never introduces'} {whom} with doubt or heat"
    pairs = cold.groupby(["actor", "name", "source"])["n"].sum().sort_values(ascending=False, kind="stable")
    actor, name, source = pairs.index[0]
    verb = cold[(cold["actor"] == actor) & (cold["source"] == source)].sort_values("n", ascending=False)["verb"].iloc[0]
    often = {1: "once", 2: "twice"}.get(int(pairs.iloc[0]), count(int(pairs.iloc[0]), "time"))
    return f"{source} introduces {name} with doubt or heat {often} (“{verb}”)"


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
        lines[-1].append(
            f'<span style="color:{colour};font-size:15px">■</span> {style.label(name, 40, 1)} {value}'.rstrip()
        )
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
            percent(float(part["share"].sum())),
        )
        for part in first + rest[:3] + [part for part in rest[3:] if not part["speaker"].iloc[0]]
    ]


def _speaker_colour(one: dict[str, Any], theme: str, *, full: bool = False) -> str:
    colours = style.palette(theme)
    if one["voice"] == "narrator":
        return colours.rule
    unnamed = style.mix(colours.muted, colours.page, REST)
    colour = style.actor_colour(one["speaker"], theme) if one["speaker"] else unnamed
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
