"""The one visual language of every figure: colours, type, labels. Texts come in, safe labels and empty figures go out.

Valence is hue, orange cold and blue warm (told apart by colour-blind readers too), and always a signed number beside
it. Counts and rates are ink. Hatching and hollow marks mean "too few". Labels of articles, sources and actors are
other people's text: Plotly reads a small HTML in every label, so they pass through `label` or `plain`.
"""

from __future__ import annotations

import re
import textwrap
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from html import escape
from typing import Any, cast

import plotly.graph_objects as go

from analysis.choices import check_choices
from analysis.lexicon import CATEGORIES
from analysis.written import category

FONT = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
TITLE_CHARS = 42  # a line of 15 px bold that fits 360 px, the narrowest phone
SUBTITLE_CHARS = 56  # the same for 12 px
LABEL_CHARS = 20  # a line of row labels: “The Harbour Gazette” on one line, and most of 360 px left to the data
EDGE = 4  # px between the figure's edge and its words
FULL_TONE = 0.11  # tone at full colour: from there on three in four point where a careful reader’s does
STANDS_OUT = 3.3  # contrast of a mark with the page: 3 by WCAG 1.4.11, and some for a page that is not quite white
SEEN_THROUGH = 0.7  # opacity at which lines and small dots still have a contrast of 3
TOO_FEW = "too few"
TEMPLATE: dict[str, Any] = {"layout": {}}  # Plotly's own is nine kilobytes a figure, and every value is set here
CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False}


@dataclass(frozen=True)
class Palette:
    """Colours of one theme; every text colour reaches 4.5:1 on the page it is made for."""

    page: str
    ink: str
    muted: str
    rule: str
    faint: str
    mark: str  # counts and rates
    accent: str  # the source that a comparison is about
    other: str  # the one it is compared with, where both are marks: lighter or darker, too, for colour-blind readers
    cold: str
    warm: str
    valence: tuple[str, ...]  # cold, half cold, middle, half warm, warm
    actors: tuple[str, ...]


PALETTES: dict[str, Palette] = {
    "light": Palette(
        page="#ffffff",
        ink="#1d2127",
        muted="#5a6270",
        rule="#d5d9df",
        faint="#eef0f2",
        mark="#3c4450",
        accent="#6d3b7d",
        other="#23927f",
        cold="#b04a00",
        warm="#1d5c9e",
        valence=("#b04a00", "#eba968", "#f0eee9", "#93b8dc", "#1d5c9e"),
        actors=("#7a5195", "#2f7d6b", "#8a6d1c", "#a23e6a", "#4d6a86", "#5f7d2a", "#8c5a45", "#5560a8"),
    ),
    "dark": Palette(
        page="#14171b",
        ink="#eceae5",
        muted="#a9b0ba",
        rule="#3b424c",
        faint="#23282f",
        mark="#c3c9d1",
        accent="#cf9be0",
        other="#2b9c8a",
        cold="#ff9d52",
        warm="#7db6f2",
        valence=("#ff9d52", "#a8672f", "#2d3239", "#3f6fa3", "#7db6f2"),
        actors=("#b795cf", "#6fbfab", "#cfae5a", "#dd86ac", "#93b0cc", "#a5c46c", "#cf9c85", "#9aa4e6"),
    ),
}


def palette(theme: str) -> Palette:
    """The colours of a theme; ValueError names the themes."""
    check_choices("theme", [theme], tuple(PALETTES))
    return PALETTES[theme]


def actor_colour(actor: str, theme: str = "light") -> str:
    """The colour of a speaker: the same actor id has the same hue on every page and in every session."""
    colours = palette(theme).actors
    return colours[zlib.crc32(actor.encode()) % len(colours)]


def plain(text: object) -> str:
    """Other people's text for a Plotly label or hover: no tag, no entity, no line break of its own takes effect."""
    return escape(" ".join(str(text).split()), quote=False)


def label(text: object, width: int = LABEL_CHARS, lines: int = 2) -> str:
    """`plain` text broken into at most `lines` lines of `width` characters, with an ellipsis where it is cut."""
    whole = " ".join(str(text).split())
    broken = textwrap.wrap(whole, width, break_long_words=False, break_on_hyphens=False)
    if len(broken) > lines:
        broken = [*broken[: lines - 1], f"{broken[lines - 1]}…"]
    cut = [line if len(line) <= width else line[: width - 1].rstrip("… ") + "…" for line in broken]
    return "<br>".join(escape(line, quote=False) for line in cut)


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a title or subtitle, as plain text."""
    return [escape(line, quote=False) for line in textwrap.wrap(text, width, break_on_hyphens=False)]


def in_voice(voice: str) -> str:
    """“in the narrator's voice”, “in quoted words”, “in reported words”."""
    return "in the narrator’s voice" if voice == "narrator" else f"in {voice} words"


def wording(name: str) -> str:
    """The wording of a category by what it does: “wording that names somebody by a judging name”."""
    return f"wording that {CATEGORIES[name]}" if name in CATEGORIES else f"wording of the kind “{category(name)}”"


def valence_colour(value: float, theme: str) -> str:
    """The colour of a valence: the scale of `Palette.valence`, full at ±FULL_TONE."""
    stops = palette(theme).valence
    place = (max(-1.0, min(1.0, value / FULL_TONE)) + 1) * (len(stops) - 1) / 2
    below = min(int(place), len(stops) - 2)
    return mix(stops[below], stops[below + 1], place - below)


def full_from() -> str:
    """Where the colour of a tone ends, in words: −0.2 and −0.9 look alike, and their numbers say which is which."""
    return f"full colour from ±{FULL_TONE:g}"


def deeper(theme: str) -> str:
    """How more of a count looks: on a dark page it is lighter."""
    return "the lighter" if theme == "dark" else "the darker"


def mix(first: str, second: str, part: float) -> str:
    """A colour between two, `part` of the way from the first."""
    channels = [
        round(int(first[at : at + 2], 16) * (1 - part) + int(second[at : at + 2], 16) * part) for at in (1, 3, 5)
    ]
    return "#{:02x}{:02x}{:02x}".format(*channels)


def text_on(colour: str) -> str:
    """Black or white, whichever reads better on a colour: one of the two always reaches 4.5:1."""
    return max(("#000000", "#ffffff"), key=lambda one: contrast(one, colour))


def edge(colour: str, theme: str) -> str:
    """The edge of a part of a bar: of the page's colour, which parts it from the next, or where the part itself hardly
    stands out from the page, one that does."""
    colours = palette(theme)
    return colours.page if contrast(colour, colours.page) >= STANDS_OUT else colours.muted


def contrast(first: str, second: str) -> float:
    """The WCAG contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def muted(text: str, theme: str, size: int = 11) -> str:
    """A safe text set small and grey beside its label."""
    return f'<span style="color:{palette(theme).muted};font-size:{size}px">{text}</span>'


@dataclass
class Draft:
    """A figure in the making, as the plain data that Plotly's JSON is.

    Plotly's own objects check every property of every annotation as it is added, which took most of a second for a
    grid; the tests check whole figures once instead.
    """

    traces: list[dict[str, Any]] = field(default_factory=list)
    annotations: list[dict[str, Any]] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)

    def upright(self, x: float, colour: str) -> None:
        """A line from top to bottom at `x`."""
        line = {"color": colour, "width": 1}
        whole = {"y0": 0, "y1": 1, "yref": "y domain", "layer": "below"}  # numbers stand on it
        self.shapes.append({"type": "line", "x0": x, "x1": x, "line": line} | whole)

    def finish(
        self, *, title: str, subtitle: str, theme: str, height: float, top: float = 8, margins: Mapping[str, float],
        xaxis: Mapping[str, Any], yaxis: Mapping[str, Any], **layout: Any,
    ) -> go.Figure:  # fmt: skip
        """The figure with title, type, colours and margins. `height` and `top` are without the title, which adds its
        own lines.

        title and subtitle are plain text (a headline's own “<b>” stays text); both also stand in `layout.meta`.
        """
        colours = palette(theme)
        title_lines, subtitle_lines = wrapped(title, TITLE_CHARS), wrapped(subtitle, SUBTITLE_CHARS)
        head = 8 + 20 * len(title_lines) + 16 * len(subtitle_lines) + 8
        whole = round(height + head + top)
        axis = {
            "gridcolor": colours.rule, "linecolor": colours.rule, "zeroline": False, "fixedrange": True,
            "tickfont": {"color": colours.muted, "size": 11},
        }  # fmt: skip
        made = {
            "template": TEMPLATE,
            "title": {
                "text": "<br>".join(f"<b>{line}</b>" for line in title_lines),
                "subtitle": {"text": "<br>".join(subtitle_lines), "font": {"size": 12, "color": colours.muted}},
                "font": {"size": 15, "color": colours.ink},
                "x": 0,
                "xref": "container",
                "xanchor": "left",
                # Plotly sets the first baseline, not the top of the letters, at y.
                "y": 1 - 20 / whole,
                "yref": "container",
                "yanchor": "auto",
                "pad": {"l": EDGE},
            },
            "meta": {"title": title, "subtitle": subtitle, "head": head},
            "font": {"family": FONT, "size": 12, "color": colours.ink},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "height": whole,
            "margin": {"t": head + top, "b": 36, "l": 8, "r": 12, "pad": 0} | dict(margins),
            "showlegend": False,
            "hoverlabel": {
                "bgcolor": colours.page,
                "bordercolor": colours.rule,
                "font": {"color": colours.ink, "size": 12},
                "align": "left",
            },
            "dragmode": False,
            "barmode": "relative",
            "bargap": 0.3,
            "xaxis": axis | dict(xaxis),
            "yaxis": axis | dict(yaxis),
            "annotations": self.annotations,
            "shapes": self.shapes,
        }
        # What is not given again here is as in `axis`, so that a figure of several panels has one look.
        panels = {name: axis | value for name, value in layout.items() if re.fullmatch(r"[xy]axis\d+", name)}
        return unchecked({"data": self.traces, "layout": made | layout | panels})


class Plain:
    """A figure that is nothing but its data."""

    def __init__(self, spec: dict[str, Any]) -> None:
        self._spec = spec

    def to_dict(self) -> dict[str, Any]:
        return self._spec


@contextmanager
def as_data() -> Iterator[None]:
    """Charts drawn here are `Plain`: a page wants their data, and Plotly's objects copy it four times on the way."""
    token = _as_data.set(True)
    try:
        yield
    finally:
        _as_data.reset(token)


_as_data: ContextVar[bool] = ContextVar("as_data", default=False)


def unchecked(spec: dict[str, Any]) -> go.Figure:
    """The figure of plain data that Draft made, without Plotly's checks."""
    return cast("go.Figure", Plain(spec)) if _as_data.get() else go.Figure(spec, _validate=False)


def split(figure: go.Figure) -> tuple[str, str, go.Figure]:
    """Title, subtitle and the figure without them, for a page that sets the words itself, where they wrap."""
    spec = figure.to_dict()
    layout = spec["layout"]
    meta = layout["meta"]
    title = layout["title"]
    bare = {
        "title": title | {"text": "", "subtitle": title["subtitle"] | {"text": ""}},
        "height": layout["height"] - meta["head"],
        "margin": layout["margin"] | {"t": layout["margin"]["t"] - meta["head"]},
    }
    return meta["title"], meta["subtitle"], unchecked({"data": spec["data"], "layout": layout | bare})


def nothing(message: str, theme: str) -> go.Figure:
    """A figure that says in a sentence why there is nothing to draw."""
    unseen = {"visible": False}
    return Draft().finish(
        title=message, subtitle="", theme=theme, height=24, margins={"b": 4}, xaxis=unseen, yaxis=unseen
    )
