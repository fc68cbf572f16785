"""The words of figures: titles rest on evidence, rows say what they count."""

from __future__ import annotations

import pandas as pd

from analysis import charts


def test_a_headline_rests_on_evidence_and_not_on_one_far_mention() -> None:
    rows = [("a", "A", 0.9, 1), ("a", "B", -0.9, 1), ("b", "A", -0.5, 16), ("b", "B", 0.1, 12)]
    frame = pd.DataFrame(rows, columns=["name", "source", "tone", "n_mentions"]).assign(
        actor=lambda one: one["name"], voice="narrator", low=float("nan"), high=float("nan"), n_articles=2, enough=False
    )
    for chart in (charts.evidence_grid, charts.tone_dots):
        assert "differ most about b: coldest in A" in chart(frame).layout.meta["title"]
    assert charts.heat_map(frame).layout.meta["title"].endswith("coldest in A, about b")


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
    calm = charts.verb_bars(frame.iloc[:1])
    assert calm.layout.meta["title"] == "P never introduces Arden with doubt or heat"
