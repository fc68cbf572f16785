"""Figures of rows: rates, tone, profiles, gaps, typical words. Frames of measures come in, Plotly figures go out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis.charts import grids, rows, style
from analysis.charts.rows import Group, Row
from analysis.charts.scatter import SURE
from analysis.charts.style import in_voice, plain
from analysis.choices import check_choices
from analysis.framing import MIDDLING, Gap
from analysis.model import VOICES
from analysis.tables import records
from analysis.written import capital, count, listing, number

KINDS = {
    "loaded_term": ("loaded term", "loaded terms"),
    "scare_quote": ("scare quote", "scare quotes"),
    "hedge": ("word of doubt", "words of doubt"),
    "certainty": ("word of certainty", "words of certainty"),
    "reporting_verb": ("charged reporting verb", "charged reporting verbs"),
}
TONE_TICKS = {-1.0: "−1", -0.5: "−0.5", -0.25: "−0.25", 0.0: "0", 0.25: "+0.25", 0.5: "+0.5", 1.0: "+1"}
Record = Mapping[str, Any]


def rate_dots(frame: pd.DataFrame, *, voice: str = "narrator", theme: str = "light") -> go.Figure:
    """A rate per source with its interval, highest first. `frame`: `framing.source_rates`, one kind or several.

    customdata: [source, voice, kind].
    """
    check_choices("voice", [voice], VOICES)
    own = frame[(frame["voice"] == voice) & frame["rate"].notna()]
    if own.empty:
        return style.nothing(f"No words {in_voice(voice)} here.", theme)
    kinds = list(dict.fromkeys(own["kind"]))
    groups = []
    for kind in kinds:
        of_kind = own[own["kind"] == kind].sort_values(["enough", "rate"], ascending=False, kind="stable")
        singular, plural = KINDS.get(kind, (kind, kind))
        made = tuple(
            _rate_row(one, one["source"], (singular, plural), (one["source"], voice, kind)) for one in records(of_kind)
        )
        groups.append(Group(capital(plural) if len(kinds) > 1 else "", made))
    plural = KINDS.get(kinds[0], (kinds[0], kinds[0]))[1]
    title = (
        _leader(own[own["kind"] == kinds[0]], plural)
        if len(kinds) == 1
        else f"How often the sources frame {in_voice(voice)}"
    )
    subtitle = (
        f"{capital(plural) if len(kinds) == 1 else 'Marks'} per 1,000 words {in_voice(voice)}, "
        f"{_from_articles(own.drop_duplicates('source'))}. Lines: 95 % intervals. Hollow: too few."
    )
    return rows.dots(
        groups, title=title, subtitle=subtitle, theme=theme, axis="per 1,000 words", limits=_rate_limits(own)
    )


def tone_dots(frame: pd.DataFrame, *, voice: str = "narrator", theme: str = "light") -> go.Figure:
    """Tone per actor, a row per source, with intervals. `frame`: `framing.tone`. customdata: [actor, source, voice]."""
    check_choices("voice", [voice], VOICES)
    own = frame[(frame["voice"] == voice) & frame["tone"].notna()]
    if own.empty:
        return style.nothing(f"Nobody is mentioned {in_voice(voice)} here.", theme)
    groups = []
    for actor in dict.fromkeys(own["actor"]):
        of_actor = own[own["actor"] == actor].sort_values(["enough", "tone"], ascending=[False, True], kind="stable")
        made = []
        for one in records(of_actor):
            shown = number(one["tone"], 2, sign=True)
            detail = f"{count(one['n_mentions'], 'mention')} in {_articles(one)}"
            hover = f"<b>{plain(one['name'])}</b> in {plain(one['source'])}: {shown}<br>{detail}{_interval(one, 2)}"
            # The hue must be seen on the page as well as on a cell, so a pale middle is drawn in grey.
            colours = style.palette(theme)
            colour = colours.muted
            if abs(one["tone"]) >= MIDDLING:
                colour = colours.cold if one["tone"] < 0 else colours.warm
            made.append(
                Row(
                    one["source"], one["tone"], detail, shown, one["low"], one["high"], bool(one["enough"]), colour,
                    hover, (actor, one["source"], voice),
                )
            )  # fmt: skip
        # A name that all rows share is left to the title.
        groups.append(Group(of_actor["name"].iloc[0] if own["actor"].nunique() > 1 else "", tuple(made)))
    sure = own[own["enough"]]
    here = "" if len(sure) else "In these few articles, "
    sure = own if sure.empty else sure
    most = records(sure.loc[[sure["tone"].abs().idxmax()]])[0]
    feeling = "neither warm nor cold" if abs(most["tone"]) < MIDDLING else "cold" if most["tone"] < 0 else "warm"
    title = f"{here}{most['source']} is {feeling} about {most['name']}"
    widest = grids.widest(sure)
    if len(widest):
        most_of_all = "most " if own["actor"].nunique() > 1 else ""
        title = f"{here}no source is clearly warm or cold about {widest['name'].iloc[0]}"
    if len(widest) and float(widest["tone"].abs().max()) >= MIDDLING:
        title = f"{here}the sources differ {most_of_all}about {widest['name'].iloc[0]}: {grids.ends(widest)}"
    subtitle = (
        f"Mean tone of the mentions {in_voice(voice)}, orange cold, blue warm. Lines: 95 % intervals. Hollow: too few."
    )
    low, high = rows.limits([*own["tone"], *own["low"]], [*own["tone"], *own["high"]])
    edge = max(-low, high, 0.28)  # so that 0.25 is on the axis, and small tones look small
    return rows.dots(
        groups, title=capital(title), subtitle=subtitle, theme=theme, axis="tone", ends=("← cold", "warm →"),
        limits=(-edge, edge), ticks=TONE_TICKS, zero=True,
    )  # fmt: skip


def search_bars(frame: pd.DataFrame, *, query: str, words: bool = True, theme: str = "light") -> go.Figure:
    """How often each source has what was searched for: `words`, else a kind of mark or an actor by its name.

    `frame`: `concordance.dispersion`. customdata: [source].
    """
    own = frame[frame["n"] > 0].sort_values("per_1000", ascending=False, kind="stable")
    if own.empty:
        return style.nothing(f"“{query}” stands in no article of this selection.", theme)
    made = [
        Row(
            one["source"], one["per_1000"], detail=f"in {one['n_articles']:,} of {count(one['articles'], 'article')}",
            shown=number(one["per_1000"], 2), custom=(one["source"],),
            hover=f"{plain(one['source'])}: {count(one['n'], 'time')}, {_spread(one['dp'])}",
        )
        for one in records(own)
    ]  # fmt: skip
    most = records(own)[0]
    if words:
        how = "writes “{}” most often" if len(own) > 1 else "alone writes “{}”"
        title = f"{most['source']} {how.format(query)}"
    else:
        title = capital(f"{query}: {'most often in' if len(own) > 1 else 'only in'} {most['source']}")
    subtitle = f"Times per 1,000 words, {count(own['n'].sum(), 'time')} in {count(own['n_articles'].sum(), 'article')}."
    return rows.bars(
        [Group("", made)], title=title, subtitle=subtitle, theme=theme, axis="per 1,000 words",
        limits=rows.limits([0], list(own["per_1000"])),
    )  # fmt: skip


def _spread(dp: float) -> str:
    """Gries's deviation of proportions in words."""
    told = "in few of its articles"
    if dp < 0.4:
        told = "evenly spread over its articles"
    elif dp < 0.8:
        told = "in some of its articles"
    return f"{told} (dispersion {number(dp, 2)}, 0 is even)"


def collocate_bars(frame: pd.DataFrame, *, query: str, words: bool = True, theme: str = "light") -> go.Figure:
    """The words that keep a query company; `query` and `words` as in `search_bars`.

    `frame`: `concordance.collocates`. customdata: [word].
    """
    told = f"“{query}”" if words else query
    if frame.empty:
        return style.nothing(f"No word stands near {told} more than once.", theme)
    made = [
        Row(
            one["word"], one["n"], shown=f"{one['n']:,} of {one['n_all']:,}", custom=(one["word"],),
            hover=f"{plain(one['word'])}: {count(one['n'], 'time')} near it in {count(one['n_articles'], 'article')}, "
            f"strength {number(one['strength'])} of 14",
        )
        for one in records(frame)
    ]  # fmt: skip
    title = f"“{frame['word'].iloc[0]}” keeps {told} company most closely"
    subtitle = "Times within 5 words of it, of all times in these articles; the closest company first."
    return rows.bars(
        [Group("", made)], title=title, subtitle=subtitle, theme=theme, axis="times near it",
        limits=rows.limits([0], list(frame["n"])), tick_format=",d",
    )  # fmt: skip


def gap_bars(gap: Gap, *, theme: str = "light", top: int = 12) -> go.Figure:
    """The terms that make the gap between two sources, largest part first. `gap`: `framing.gap`.

    A bar is a term's part; its label says what the gap would be without it. customdata: [term, a, b].
    """
    plural = KINDS.get(gap.kind, (gap.kind, gap.kind))[1]
    whom = f" about {gap.name}" if gap.name else ""
    terms = gap.terms.head(top)
    if terms.empty:
        return style.nothing(f"Neither {gap.a} nor {gap.b} uses {plural}{whom} {in_voice(gap.voice)}.", theme)
    colours, digits = style.palette(theme), 2 if gap.measure == "valence" else 1
    made = []
    for one in records(terms):
        shown = number(one["gap"], digits, sign=True)
        detail = f"{one['n_a']} : {one['n_b']}, without {number(one['gap_without'], digits, sign=True)}"
        hover = (
            f"<b>{plain(one['term'])}</b><br>{plain(gap.a)} {count(one['n_a'], 'time')}, "
            f"{plain(gap.b)} {count(one['n_b'], 'time')}<br>part of the gap {shown}<br>"
            f"the gap without it {number(one['gap_without'], digits, sign=True)}"
        )
        colour = colours.accent if one["gap"] > 0 else colours.mark
        made.append(
            Row(
                one["term"],
                one["gap"],
                detail,
                shown,
                colour=colour,
                enough=gap.enough,
                hover=hover,
                custom=(one["term"], gap.a, gap.b),
            )
        )
    more = gap.a if gap.gap > 0 else gap.b
    if gap.measure == "rate":
        less, ends = (gap.b, (gap.value_a, gap.value_b)) if more == gap.a else (gap.a, (gap.value_b, gap.value_a))
        here = "" if gap.enough else "In these few articles, "
        title = f"{here}{more} uses {number(ends[0])} {plural}{whom} in 1,000 words, {less} {number(ends[1])}"
        counted = f"{capital(plural)} per 1,000 words {in_voice(gap.voice)}"
    else:
        values = [number(value, 2, sign=True) for value in (gap.value_a, gap.value_b)]
        title = f"{more} has the warmer words{whom}: {values[0]} in {gap.a}, {values[1]} in {gap.b}"
        counted = f"Valence of the {plural} per 1,000 words {in_voice(gap.voice)}"
    interval = (
        f" (95 % interval {number(gap.low, digits, sign=True)} to {number(gap.high, digits, sign=True)})"
        if gap.low == gap.low
        else ""
    )
    few = " Hatched: too few to compare." if not gap.enough else ""
    left_out = len(gap.terms) - len(terms)
    rest = f" {count(left_out, 'further term')} make up the rest." if left_out else ""
    subtitle = (
        f"{counted}, from {gap.n_articles_a} and {count(gap.n_articles_b, 'article')}. The gap is "
        f"{number(gap.gap, digits, sign=True)}{interval}; each bar is one term’s part. The small line counts its uses "
        f"({gap.a} : {gap.b}) and gives the gap without it.{rest}{few}"
    )
    unit = f"{plural if gap.measure == 'rate' else 'valence'} per 1,000 words"
    low, high = rows.limits(list(terms["gap"]), list(terms["gap"]))
    return rows.bars(
        [Group("", tuple(made))],
        title=title,
        subtitle=subtitle,
        theme=theme,
        axis=unit,
        ends=(f"← more in {gap.b}", f"more in {gap.a} →"),
        limits=(_room(low), _room(high)),
        zero=True,
    )


def keyness_bars(
    frame: pd.DataFrame, *, source: str, others: str = "the others", top: int = 12, theme: str = "light"
) -> go.Figure:
    """The words most typical of a source and of the others. `frame`: `framing.keyness`. customdata: [word, source]."""
    first = frame[(frame["z"] > 0) & (frame["n"] > 0)].head(top)
    last = frame[(frame["z"] < 0) & (frame["n_others"] > 0)].iloc[::-1].head(top)
    if first.empty and last.empty:
        return style.nothing(f"No word tells {source} from {others}.", theme)
    colours = style.palette(theme)
    groups = []
    for whose, own, colour in ((source, first, colours.accent), (others, last, colours.mark)):
        made = []
        for one in records(own):
            detail = f"{one['n']:,} : {one['n_others']:,}"
            hover = (
                f"<b>{plain(one['word'])}</b><br>{plain(source)} {count(one['n'], 'time')} "
                f"({number(one['per_1000'])} per 1,000 words)<br>{plain(others)} {count(one['n_others'], 'time')} "
                f"({number(one['per_1000_others'])})<br>how sure (z) {number(one['z'], 1, sign=True)}"
            )
            made.append(
                Row(
                    one["word"],
                    one["z"],
                    detail,
                    number(one["z"], 1, sign=True),
                    colour=colour,
                    hover=hover,
                    custom=(one["word"], source),
                )
            )
        if made:
            groups.append(Group(f"Typical of {whose}", tuple(made)))
    sure = first[first["z"] >= SURE]
    title = f"No word tells {source} from {others} beyond chance"
    if len(sure):
        title = f"What {source} writes: {listing([f'“{word}”' for word in sure['word'].head(3)])}"
    elif len(last) and -last["z"].iloc[0] >= SURE:
        title = f"What {source} writes less than {others}"
    subtitle = (
        "Words that one side writes more often. The longer the bar, the surer that this is no chance: beyond 2, chance "
        f"would bring it about in one word of twenty. The small line counts uses in {source} : {others}."
    )
    shown = pd.concat([first, last])["z"]
    low, high = rows.limits(list(shown), list(shown))
    return rows.bars(
        groups, title=title, subtitle=subtitle, theme=theme, axis="how sure (z-score)",
        ends=(f"← {others}", f"{source} →"), limits=(_room(low), _room(high)), zero=True,
    )  # fmt: skip


def _rate_row(one: Record, name: str, noun: tuple[str, str], custom: tuple[Any, ...]) -> Row:
    detail = f"{one['n_events']:,} in {count(one['exposure'], 'word')}"
    hover = (
        f"<b>{plain(name)}</b>: {number(one['rate'])} per 1,000 words<br>{count(one['n_events'], *noun)} in "
        f"{count(one['exposure'], 'word')}, {_articles(one)}{_interval(one, 1)}"
    )
    return Row(
        name, one["rate"], detail, number(one["rate"]), one["low"], one["high"], bool(one["enough"]), "", hover, custom
    )


def _interval(one: Record, digits: int) -> str:
    told = (
        f"<br>95 % interval {number(one['low'], digits)} to {number(one['high'], digits)}"
        if one["low"] == one["low"]
        else ""
    )
    return told if one["enough"] else told + "<br>too few to compare"


def _articles(one: Record) -> str:
    return count(one["n_articles"], "article")


def _from_articles(own: pd.DataFrame) -> str:
    return f"from {count(int(own['n_articles'].sum()), 'article')}"


def _leader(own: pd.DataFrame, plural: str) -> str:
    sure = own[own["enough"]]
    here = "" if len(sure) > 1 else "In these few articles, "
    ranked = (sure if len(sure) > 1 else own).sort_values("rate", ascending=False, kind="stable")
    first, last = ranked.iloc[0], ranked.iloc[-1]
    if len(ranked) == 1:
        return f"How often {first['source']} uses {plural}"
    if float(first["rate"]) == float(last["rate"]):
        return capital(f"{here}the sources use {plural} equally often")
    return f"{here}{first['source']} uses most {plural}, {last['source']} fewest"


def _rate_limits(own: pd.DataFrame) -> tuple[float, float]:
    return rows.limits([0], [*own["rate"], *own["high"]])


def _room(end: float) -> float:
    return end * 1.15  # the number beside the longest bar
