"""Figures by what they encode: the numbers of the table, the voice, what is too few; others' text stays text."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from analysis import analyze, charts, framing, tables
from analysis.charts import style
from analysis.framing import concordance
from analysis.framing.words import log_odds
from analysis.model import Article, Report, Tone
from tests.press import CAST, FULL, filler, told

SOURCES = ("The <a href='x'>Kestrel</a> Post", "Harbour & Tide Courier", "Meridian Daily")


def articles(seed: int = 1) -> list[Report]:
    """Fifteen articles of three sources, the last source with one article only: too few."""
    rng = random.Random(seed)
    made = []
    for source, n in zip(SOURCES, (7, 7, 1), strict=True):
        for at in range(n):
            terms = rng.randint(0, 5)
            text = (
                f"Vellmar waits with the Union. {'A <i>regime</i>. ' * terms}The ‘offer’ is old. "
                f"“It is a stunt,” claimed Nora Arden. {filler(380)}"
            )
            made.append(
                told(
                    f"{source}{at}",
                    source,
                    text,
                    terms=[("<i>regime</i>", "vellmar", -0.5)] * terms + [("stunt", "dock-union", -0.8)],
                    mentions=[
                        ("Vellmar", "vellmar", "name"),
                        ("the Union", FULL.id, "role"),
                        ("Nora Arden", "nora-arden", "name"),
                    ],
                    said=[("It is a stunt,", "direct", "claimed", "nora-arden", "doubting")],
                    scare=["offer"],
                    tone=[Tone(actor.id, "narrator", rng.uniform(-1, 1), 3) for actor in CAST[:2]],
                    published=pd.Timestamp(2024, 1 + at % 3, 4).date(),
                )
            )
    return made


TABLES = tables.from_reports(articles())
ACTS = "Anton Drozd attacked the union. Anton Drozd was accused by the port. Anton Drozd was ignored. Drozd left."
ACTED = tables.from_reports(
    [analyze(Article(f"{source}{n}", ACTS, source)) for source in SOURCES[:2] for n in range(4)]
)
FIGURES: dict[str, tuple[pd.DataFrame, Callable[..., go.Figure]]] = {
    "tone map": (framing.tone(TABLES), charts.heat_map),
    "rate map": (framing.actor_rates(TABLES), charts.heat_map),
    "squares of tone": (framing.tone(TABLES), charts.evidence_grid),
    "squares of rates": (framing.actor_rates(TABLES), charts.evidence_grid),
    "profile map": (framing.profile(TABLES), charts.profile_map),
    "rates": (framing.source_rates(TABLES), charts.rate_dots),
    "tone": (framing.tone(TABLES), charts.tone_dots),
    "profile": (
        framing.profile(TABLES),
        lambda frame, **how: charts.category_bars(frame, source=SOURCES[0], **how),
    ),
    "voices": (framing.voice_share(TABLES), charts.voice_bars),
    "verbs": (framing.reporting_verbs(TABLES), charts.verb_bars),
    "time": (framing.over_time(TABLES), charts.timeline),
    "matrix": (framing.speaker_targets(TABLES), charts.speaker_target_matrix),
    "keyness": (
        framing.keyness(TABLES, SOURCES[0]),
        lambda frame, **how: charts.keyness_bars(frame, source=SOURCES[0], **how),
    ),
    "scatter": (
        framing.keyness(TABLES, SOURCES[0], against=SOURCES[1:]),
        lambda frame, **how: charts.keyness_scatter(frame, a=SOURCES[0], b="<b>the</b> others", **how),
    ),
    "agency": (
        framing.agency(ACTED, actors=["anton-drozd"]),
        lambda frame, **how: charts.agency_bars(frame, name="<b>Drozd</b>", **how),
    ),
    "search": (
        concordance.dispersion(TABLES, concordance.search(TABLES, "regime")),
        lambda frame, **how: charts.search_bars(frame, query="<i>regime</i>", **how),
    ),
    "company": (
        concordance.collocates(TABLES, concordance.search(TABLES, "offer")),
        lambda frame, **how: charts.collocate_bars(frame, query="<i>offer</i>", **how),
    ),
    "naming": (framing.naming(TABLES, FULL.id), lambda frame, **how: charts.naming_grid(frame, name=FULL.name, **how)),
}  # fmt: skip


def drawn(figure: go.Figure, name: str) -> list[dict[str, Any]]:
    """The points of the traces of a name, as dictionaries of x, y, custom, hover."""
    points = []
    for trace in figure.data:
        if trace.name == name:
            for at in range(len(trace.x)):
                point = {"x": trace.x[at], "y": trace.y[at], "hover": trace.hovertext[at] if trace.hovertext else ""}
                points.append(point | {"custom": tuple(trace.customdata[at]), "marker": trace.marker})
    return points


def texts(figure: go.Figure) -> list[str]:
    """Every text that Plotly reads as its little HTML."""
    found = [str(figure.layout.title.text), str(figure.layout.title.subtitle.text)]
    found += [str(one.text) for one in figure.layout.annotations]
    found += [str(one.hovertext) for one in figure.layout.annotations if one.hovertext]
    for axis in ("xaxis", "yaxis"):
        found.append(str(figure.layout[axis].title.text))
    for trace in figure.data:
        for attribute in ("text", "hovertext"):
            value = getattr(trace, attribute, None)
            found += [] if value is None else [str(one) for one in ([value] if isinstance(value, str) else value)]
    return found


def test_the_tone_map_shows_every_cell_of_its_voice() -> None:
    frame = FIGURES["tone map"][0]
    figure = charts.heat_map(frame)
    points = drawn(figure, "cells")
    assert {point["custom"] for point in points} == set(
        frame.loc[frame["voice"] == "narrator", ["actor", "source", "voice"]].itertuples(index=False, name=None)
    )
    numbers = next(trace for trace in figure.data if trace.name == "numbers")
    shown = {(x, y): text for x, y, text in zip(numbers.x, numbers.y, numbers.text, strict=True)}
    for point in points:
        actor, source, _ = point["custom"]
        value = frame.loc[(frame["actor"] == actor) & (frame["source"] == source), "tone"].iloc[0]
        assert shown[point["x"], point["y"]].startswith(f"{value:+.2f}".replace("-", "−"))


def test_the_map_can_be_clicked_through_its_invisible_points() -> None:
    figure = charts.heat_map(FIGURES["tone map"][0])
    cells = next(trace for trace in figure.data if trace.name == "cells")
    assert figure.data[0].hoverinfo == "skip"
    assert figure.data[-1] is cells
    assert figure.layout.hoverdistance == -1
    assert cells.marker.opacity == 0


def test_the_map_is_orange_for_cold_and_blue_for_warm() -> None:
    for theme in ("light", "dark"):
        cold, middle, warm = (style.valence_colour(value, theme) for value in (-1.0, 0.0, 1.0))
        red = {colour: int(colour[1:3], 16) - int(colour[5:7], 16) for colour in (cold, middle, warm)}
        assert red[cold] > 60 > abs(red[middle])
        assert red[warm] < -60


def test_cells_that_are_too_few_are_hatched() -> None:
    frame = FIGURES["tone map"][0]
    own = frame[frame["voice"] == "narrator"]
    figure = charts.heat_map(frame)
    lines = next(trace for trace in figure.data if trace.name == style.TOO_FEW)
    hatched = {round(x) for x in lines.x if x is not None}
    assert hatched == {list(dict.fromkeys(own["source"])).index(SOURCES[2])}


def test_a_square_is_as_large_as_its_evidence_and_pale_where_it_is_too_small() -> None:
    frame = FIGURES["squares of tone"][0]
    own = frame[frame["voice"] == "narrator"].set_index(["actor", "source"])
    figure = charts.evidence_grid(frame)
    squares, cells = (next(t for t in figure.data if t.name == name) for name in ("squares", "cells"))
    size = {tuple(custom[:2]): side for custom, side in zip(cells.customdata, squares.marker.size, strict=True)}
    most = own["n_mentions"].max()
    for cell, side in size.items():
        assert side == pytest.approx(max(9, 38 * (own.loc[cell, "n_mentions"] / most) ** 0.5)), cell
    edges = zip(cells.customdata, squares.marker.line.width, strict=True)
    pale = {cell[1] for cell, width in edges if width > 1}
    assert pale == set(own[~own["enough"]].index.get_level_values("source")) == {SOURCES[2]}


def test_dots_stand_at_their_rates_with_their_intervals() -> None:
    frame = FIGURES["rates"][0]
    own = frame[frame["voice"] == "narrator"].set_index("source")
    figure = charts.rate_dots(frame)
    points = drawn(figure, "values")
    assert {point["custom"][0]: point["x"] for point in points} == own["rate"].to_dict()
    whiskers = sorted(tuple(trace.x) for trace in figure.data if trace.name == "interval")
    assert whiskers == sorted(zip(own["low"].dropna(), own["high"].dropna(), strict=True))
    hollow = [point["custom"][0] for at, point in enumerate(points) if point["marker"].color[at] == "rgba(0,0,0,0)"]
    assert hollow == [SOURCES[2]]


def test_a_word_stands_at_its_two_rates_and_leans_by_its_shape() -> None:
    counts = {"regime": (40, 2), "government": (3, 38), "talks": (20, 20), "monday": (9, 10), "thug": (12, 0)}
    frame = pd.DataFrame([(word, *n) for word, n in counts.items()], columns=["word", "n", "n_others"])
    odds, z = log_odds(frame["n"].to_numpy(float), frame["n_others"].to_numpy(float), 500.0, totals=(9000, 9000))
    frame = frame.assign(per_1000=frame["n"] / 9, per_1000_others=frame["n_others"] / 9, log_odds=odds, z=z)
    figure = charts.keyness_scatter(frame.sort_values("z", ascending=False), a="Kestrel", b="the others")
    sides = {trace.name: trace for trace in figure.data}
    assert [custom[0] for custom in sides["more in a"].customdata] == ["regime", "thug"]
    assert [custom[0] for custom in sides["more in b"].customdata] == ["government"]
    assert len({sides[name].marker.symbol for name in ("more in a", "more in b", "words")}) == 3
    points = [one for trace in figure.data[1:] for one in zip(trace.customdata, trace.x, trace.y, strict=True)]
    where = {custom[0]: (x, y) for custom, x, y in points}
    assert where["talks"] == pytest.approx((math.log10(20 / 9), math.log10(20 / 9)))
    assert where["regime"] == pytest.approx((math.log10(2 / 9), math.log10(40 / 9)))
    assert where["thug"][0] < where["regime"][0] - 0.3, "in the strip of what the others never write"
    assert {"regime", "thug", "government"} <= {str(one.text) for one in figure.layout.annotations}
    assert figure.layout.meta["title"] == "“regime” and “thug” more in Kestrel, “government” more in the others"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_two_sides_differ_in_brightness_as_well_as_in_hue(theme: str) -> None:
    colours = style.palette(theme)
    assert style.contrast(colours.accent, colours.other) > 1.3
    assert min(style.contrast(side, colours.page) for side in (colours.accent, colours.other)) >= 3


def test_a_chart_shows_one_voice_and_the_narrator_first() -> None:
    for name in ("tone map", "rates", "tone"):
        frame, chart = FIGURES[name]
        points = drawn(chart(frame), "cells" if name == "tone map" else "values")
        voices = {point["custom"][1 if name == "rates" else 2] for point in points}
        assert voices == {"narrator"}, name
    quoted = drawn(charts.rate_dots(FIGURES["rates"][0], voice="quoted"), "values")
    assert {point["custom"][1] for point in quoted} == {"quoted"}


def test_the_bars_of_a_source_fill_it() -> None:
    frame = FIGURES["voices"][0]
    figure = charts.voice_bars(frame)
    ends: dict[str, float] = {}
    for trace in figure.data:
        _, source, voice, _ = trace.customdata[0]
        assert trace.base[0] == pytest.approx(ends.get(source, 0.0))
        assert (voice == "narrator") == (source not in ends), "the narrator comes first"
        ends[source] = trace.base[0] + trace.x[0]
    assert ends == pytest.approx(dict.fromkeys(SOURCES, 1.0))


def test_the_kinds_of_one_source_are_bars_with_the_other_sources_as_dots_on_their_lines() -> None:
    frame = FIGURES["profile"][0]
    figure = charts.category_bars(frame, source=SOURCES[0])
    rates = frame.set_index(["category", "source"])["rate"]
    assert {one["custom"]: one["x"] for one in drawn(figure, "values")} == {
        key: rate for key, rate in rates.items() if key[1] == SOURCES[0] and rate
    }
    dots = {one["custom"]: one["x"] for one in drawn(figure, "others")}
    assert dots == {key: rate for key, rate in rates.items() if key[1] != SOURCES[0] and (key[0], SOURCES[0]) in rates}
    assert SOURCES[0] in figure.layout.meta["title"]


def test_the_parts_of_the_gap_are_its_bars() -> None:
    gap = framing.gap(TABLES, SOURCES[0], SOURCES[1])
    figure = charts.gap_bars(gap)
    bars = {point["custom"][0]: point["x"] for point in drawn(figure, "values")}
    assert bars == gap.terms.set_index("term")["gap"].to_dict()
    valence = charts.gap_bars(framing.gap(TABLES, SOURCES[0], SOURCES[1], measure="valence"))
    assert "warmer" in valence.layout.meta["title"]


def test_the_timeline_has_a_panel_per_source_on_one_scale() -> None:
    frame = FIGURES["time"][0]
    figure = charts.timeline(frame)
    points = drawn(figure, "values")
    assert [point["y"] for point in points] == pytest.approx(frame["rate"].tolist())
    assert {point["custom"] for point in points} == {
        (source, f"{period:%Y-%m-%d}") for source, period in zip(frame["source"], frame["period"], strict=True)
    }
    ranges = {figure.layout[axis].range for axis in ("yaxis", "yaxis2", "yaxis3")}
    assert len(ranges) == 1


def test_the_matrix_and_the_verbs_show_their_counts() -> None:
    frame, chart = FIGURES["matrix"]
    assert {point["custom"] for point in drawn(chart(frame), "cells")} == {("nora-arden", FULL.id, "quoted")}
    verbs = [trace for trace in charts.verb_bars(FIGURES["verbs"][0]).data if trace.name == "doubting"]
    assert [trace.text[0] for trace in verbs] == ["doubting 7", "doubting 7", "doubting 1"]


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_figure_has_words_and_a_transparent_ground(name: str, theme: str) -> None:
    frame, chart = FIGURES[name]
    figure = chart(frame, theme=theme)
    assert figure.layout.paper_bgcolor == figure.layout.plot_bgcolor == "rgba(0,0,0,0)"
    assert figure.layout.meta["title"]
    assert re.search(r"\d|narrator|speaker", figure.layout.meta["subtitle"])
    title, subtitle, bare = charts.split(figure)
    assert (title, subtitle) == (figure.layout.meta["title"], figure.layout.meta["subtitle"])
    assert not bare.layout.title.text
    assert bare.layout.height < figure.layout.height
    assert figure.layout.title.text, "split leaves the figure it was given alone"


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_passes_plotlys_own_checks(name: str) -> None:
    frame, chart = FIGURES[name]
    for drawn_from in (frame, frame.iloc[:0]):
        spec = chart(drawn_from).to_dict()
        assert len(go.Figure(spec).data) == len(spec["data"])


def test_an_unknown_property_would_not_pass() -> None:
    with pytest.raises(ValueError, match="colour"):
        go.Figure({"data": [{"type": "bar", "colour": "red"}]})


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_says_when_there_is_nothing(name: str) -> None:
    frame, chart = FIGURES[name]
    figure = chart(frame.iloc[:0])
    assert not figure.data
    assert figure.layout.meta["title"].endswith(".")


OURS = re.compile(r"</?(?:b|span)(?: style=[\"'][-a-z0-9:#;]*[\"'])?>|<br>")


@pytest.mark.parametrize("name", [*FIGURES, "gap"])
def test_other_peoples_text_stays_text(name: str) -> None:
    if name == "gap":
        figure = charts.gap_bars(framing.gap(TABLES, SOURCES[0], SOURCES[1]))
    else:
        frame, chart = FIGURES[name]
        figure = chart(frame)
    found = texts(figure)
    assert any("&" in text for text in found), "the sample has text that needs care"
    for text in found:
        assert "<" not in OURS.sub("", text), text


def test_unknown_choices_are_named() -> None:
    with pytest.raises(ValueError, match=r"Unknown theme 'sepia'\. Choose one of: light, dark\."):
        charts.rate_dots(FIGURES["rates"][0], theme="sepia")
    with pytest.raises(ValueError, match=r"Unknown voice 'narator'\. Choose one of: narrator, quoted, reported\."):
        charts.heat_map(FIGURES["tone map"][0], voice="narator")


def test_the_parts_of_agency_fill_each_bar() -> None:
    frame = FIGURES["agency"][0]
    own = frame[frame["voice"] == "narrator"]
    ends: dict[str, float] = {}
    for trace in charts.agency_bars(frame, name="Drozd").data:
        _, source, voice, role = trace.customdata[0]
        assert voice == "narrator"
        assert trace.base[0] == pytest.approx(ends.get(source, 0.0))
        ends[source] = trace.base[0] + trace.x[0]
        at = own[(own["source"] == source) & (own["role"] == role)]
        assert trace.text[0].endswith(f" {at['n_events'].iloc[0]}"), "the count, after what names the part"
        assert "nan" not in trace.hovertext[0]
    assert ends == pytest.approx(dict.fromkeys(own["source"].unique(), 1.0))


def test_a_figure_as_a_page_is_whole_and_keeps_others_text_as_text() -> None:
    title, subtitle, bare = charts.split(charts.rate_dots(FIGURES["rates"][0]))
    made = charts.page(title, "<script>alert(1)</script>", bare.to_dict(), note="<img src=x>")
    assert "Save as SVG" in made
    assert "Plotly.newPlot" in made
    assert "https://cdn" not in made.split("Plotly.newPlot")[1]
    for hostile in ("<script>alert(1)", "<img src=x>", "<a href='x'>"):
        assert hostile not in made
    assert subtitle


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ["voices", "verbs", "agency", "profile", "keyness", "search", "company"])
def test_parts_of_bars_stand_out_from_the_page_by_themselves_or_by_their_edge(name: str, theme: str) -> None:
    frame, chart = FIGURES[name]
    page = style.palette(theme).page
    for trace in chart(frame, theme=theme).data:
        if trace.type == "bar" and trace.name != "guide":
            colours = [trace.marker.color, trace.marker.line.color]
            every = [one for colour in colours if colour for one in ([colour] if isinstance(colour, str) else colour)]
            assert max(style.contrast(one, page) for one in every) >= 3, trace.name


@pytest.mark.parametrize(("theme", "words"), [("light", "the darker, the more"), ("dark", "the lighter, the more")])
@pytest.mark.parametrize("name", ["profile map", "naming"])
def test_a_grid_of_counts_says_how_more_looks_on_its_page(name: str, theme: str, words: str) -> None:
    frame, chart = FIGURES[name]
    figure = chart(frame, theme=theme)
    assert words in figure.layout.meta["subtitle"]
