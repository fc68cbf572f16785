"""The words of figures: titles rest on evidence, rows say what they count."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import pytest

from analysis import charts, framing
from analysis.charts import grids


def test_a_headline_rests_on_evidence_and_not_on_one_far_mention() -> None:
    rows = [("a", "A", 0.9, 1), ("a", "B", -0.9, 1), ("b", "A", -0.5, 16), ("b", "B", 0.1, 12)]
    frame = pd.DataFrame(rows, columns=["name", "source", "tone", "n_mentions"]).assign(
        actor=lambda one: one["name"], voice="narrator", low=float("nan"), high=float("nan"), n_articles=2, enough=False
    )
    for chart in (charts.evidence_grid, charts.tone_dots):
        assert "differ most about b: coldest in A" in chart(frame).layout.meta["title"]
    assert charts.heat_map(frame).layout.meta["title"].endswith("coldest in A, about b")


def test_events_are_numbered_lines_in_a_timeline_and_told_below_its_title() -> None:
    months = pd.to_datetime(["2024-01-01", "2024-02-01", "2024-03-01"])
    frame = pd.DataFrame({"source": "P", "period": months, "rate": [1.0, 2.0, 3.0], "low": 0.5, "high": 4.0})
    frame = frame.assign(n_events=3, n_articles=5, exposure=2000, enough=True)
    figure = charts.timeline(frame, events=(("2024-01-20", "Port <b>shut</b>"), ("2024-02-11", "Talks")))
    assert [shape.x0 for shape in figure.layout.shapes] == ["2024-01-20", "2024-02-11"]
    assert {"<b>1</b>", "<b>2</b>"} <= {one.text for one in figure.layout.annotations}
    assert "1: Port <b>shut</b> (20 January 2024). 2: Talks (11 February 2024)." in figure.layout.meta["subtitle"]
    assert "&lt;b&gt;shut" in figure.layout.title.subtitle.text
    go.Figure(figure.to_dict())  # Plotly's own checks


def test_landmarks_are_the_stories_told_by_most_sources_in_order_of_time() -> None:
    rows = [(0, "2024-03-02", "Late", 3), (0, "2024-03-01", "Early", 3), (1, "2024-01-01", "One", 2), (2, None, "x", 9)]
    found = pd.DataFrame(rows, columns=["story", "published", "title", "n_sources"]).assign(n_tellings=2)
    found["published"] = pd.to_datetime(found["published"])
    assert framing.landmarks(found, top=2) == (("2024-01-01", "One"), ("2024-03-01", "Early"))


def test_one_actor_in_one_source_is_told_as_that() -> None:
    frame = pd.DataFrame([("a", "Arden", "P", -0.4, 3)], columns=["actor", "name", "source", "tone", "n_mentions"])
    frame = frame.assign(voice="narrator", low=float("nan"), high=float("nan"), n_articles=1, enough=False)
    figure = charts.tone_dots(frame)
    assert figure.layout.meta["title"] == "In these few articles, P is cold about Arden"
    assert not any("<b>Arden" in one.text for one in figure.layout.annotations)


def test_verbs_stand_beside_their_bars_and_the_most_doubted_speaker_first() -> None:
    rows = [
        ("a", "Arden", "P", "said", "neutral", 5),
        ("b", "Brandl", "P", "<i>claimed</i>", "doubting", 2),
        ("b", "Brandl", "P", "said", "neutral", 1),
    ]
    frame = pd.DataFrame(rows, columns=["actor", "name", "source", "verb", "stance", "n"]).assign(n_articles=1)
    figure = charts.verb_bars(frame)
    lines = [one.text for one in figure.layout.annotations]
    assert lines[0].startswith("Brandl")
    assert "&lt;i&gt;claimed&lt;/i&gt; 2, said" in lines[0]
    assert lines[1].startswith("Arden")
    assert figure.layout.meta["title"] == "P introduces Brandl with doubt or heat twice (“<i>claimed</i>”)"
    assert [bar.text[0] for bar in figure.data] == ["neutral 1", "doubting 2", "neutral 5"], (
        "told in words beside the hue"
    )
    calm = charts.verb_bars(frame.iloc[:1])
    assert calm.layout.meta["title"] == "P never introduces Arden with doubt or heat"


def test_a_band_spans_neighbouring_periods_alone() -> None:
    frame = pd.DataFrame({"source": "P", "period": pd.to_datetime([f"2024-0{month}-01" for month in range(1, 7)])})
    low = [1.0, 1.0, float("nan"), 1.0, float("nan"), float("nan")]
    frame = frame.assign(rate=2.0, low=low, high=[one + 2 for one in low], n_events=3, n_articles=5, exposure=2000)
    frame = frame.assign(enough=frame["low"].notna())
    figure = charts.timeline(frame)
    bands = [list(trace.x) for trace in figure.data if trace.name == "interval"]
    assert bands == [["2024-01-01", "2024-02-01"], ["2024-01-01", "2024-02-01"], ["2024-04-01", "2024-04-01"]]
    assert figure.layout.meta["title"] == "P uses most loaded terms in January 2024"


def test_speakers_of_a_sliver_are_added_up_with_the_others() -> None:
    rows = [
        ("narrator", "", "the narrator", 900), ("quoted", "a", "Arden", 50), ("quoted", "b", "Brandl", 4),
        ("quoted", "", "others", 6), ("reported", "a", "Arden", 5), ("reported", "", "nobody named", 35),
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["voice", "speaker", "name", "words"]).assign(
        source="P", share=lambda one: one["words"] / 1000, low=float("nan"), high=float("nan"), n_articles=6,
        exposure=1000, enough=True,
    )  # fmt: skip
    made = charts.gathered(frame)
    assert made[["voice", "name", "words"]].to_numpy().tolist() == [
        ["narrator", "the narrator", 900], ["quoted", "Arden", 50], ["reported", "Arden", 5], ["quoted", "others", 10],
        ["reported", "nobody named", 35],
    ]  # fmt: skip
    assert made["share"].sum() == pytest.approx(1)
    assert charts.gathered(made).equals(made)


def test_the_ends_of_an_axis_are_named_where_it_goes_there() -> None:
    rows = [("a", "Arden", "P", -0.4, 3), ("a", "Arden", "Q", 0.0, 3)]
    frame = pd.DataFrame(rows, columns=["actor", "name", "source", "tone", "n_mentions"])
    frame = frame.assign(voice="narrator", low=float("nan"), high=float("nan"), n_articles=1, enough=False)
    told = [one.text for one in charts.tone_dots(frame).layout.annotations]
    assert {"← cold", "warm →"} <= set(told)
    calm = charts.tone_dots(frame.assign(tone=[-0.02, 0.01])).layout.meta["title"]
    assert calm == "In these few articles, no source is clearly warm or cold about Arden"


def test_a_tone_that_is_called_warm_is_drawn_warm() -> None:
    rows = [("a", "Arden", "P", framing.MIDDLING, 3), ("a", "Arden", "Q", framing.MIDDLING / 2, 3)]
    frame = pd.DataFrame(rows, columns=["actor", "name", "source", "tone", "n_mentions"])
    frame = frame.assign(voice="narrator", low=float("nan"), high=float("nan"), n_articles=9, enough=True)
    (values,) = [trace for trace in charts.tone_dots(frame).data if trace.name == "values"]
    colours = charts.palette("light")
    assert dict(zip(values.x, values.marker.color, strict=True)) == {0.05: colours.warm, 0.025: colours.muted}


def test_the_words_for_an_actor_in_one_source_are_told_as_that() -> None:
    rows = [("The Heron", "Dana Holt", "name"), ("The Heron", "regime", "loaded")]
    frame = pd.DataFrame(rows, columns=["source", "word", "form"]).assign(
        n=1, n_others=0, n_articles=1, log_odds=0.0, z=0.0
    )
    assert charts.naming_grid(frame, name="Dana Holt").layout.meta["title"] == "The words for Dana Holt"


@pytest.mark.parametrize("value", ["tone", "rate"])
def test_a_cell_says_the_same_on_every_page(value: str) -> None:
    counts = {"n_mentions": 12} if value == "tone" else {"n_events": 12, "exposure": 4000}
    frame = pd.DataFrame({"actor": ["a"], "name": ["Arden"], "source": ["P"], value: [0.25]}).assign(
        voice="narrator", low=0.125, high=0.375, n_articles=9, enough=True, **counts
    )
    told = [
        next(trace for trace in chart(frame).data if trace.name == "cells").hovertext[0]
        for chart in (charts.heat_map, charts.evidence_grid)
    ]
    assert told[0] == told[1]
    assert ("0.12 to 0.38" if value == "tone" else "0.1 to 0.4") in told[0]


@pytest.mark.parametrize(
    ("z", "title"),
    [
        ((2.9, 1.9, -2.1), "What A writes: “w0”"),
        ((1.5, 0.3, -1.2), "No word tells A from the others beyond chance"),
        ((1.5, 0.3, -2.2), "What A writes less than the others"),
    ],
)
def test_a_title_names_typical_words_only_beyond_chance(z: tuple[float, ...], title: str) -> None:
    frame = pd.DataFrame({"word": [f"w{i}" for i in range(len(z))], "z": z})
    frame = frame.assign(n=3, n_others=2, per_1000=1.0, per_1000_others=0.5)
    assert charts.keyness_bars(frame, source="A").layout.meta["title"] == title


@pytest.mark.parametrize(
    ("tones", "said"),
    [
        ((-0.6, 0.2), "coldest in A, warmest in B"),
        ((-0.6, -0.03), "coldest in A, least so in B"),
        ((-0.6, 0.0), "coldest in A, least so in B"),
        ((0.0, 0.4), "warmest in B, least so in A"),
    ],
)
def test_what_is_cold_is_not_called_warmest(tones: tuple[float, float], said: str):
    assert grids.ends(pd.DataFrame({"source": ["A", "B"], "tone": tones})) == said
