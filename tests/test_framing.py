"""Measures against numbers worked out by hand, and what must hold for any corpus."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis import framing, tables
from analysis.framing import bootstrap
from analysis.model import Agency, Report, Tone
from analysis.tone import UNSEEN
from tests.press import KESTREL, MERIDIAN, filler, loaded, place, told, two_sources


@pytest.fixture
def corpus() -> list[Report]:
    return two_sources()


def row(frame: pd.DataFrame, **wanted: str) -> dict[str, object]:
    for column, value in wanted.items():
        frame = frame[frame[column] == value]
    assert len(frame) == 1, f"{len(frame)} rows for {wanted}"
    return {str(name): value for name, value in frame.iloc[0].to_dict().items()}


def test_a_rate_is_events_per_thousand_words(corpus: list[Report]) -> None:
    own = row(framing.source_rates(tables.from_reports(corpus)), source=KESTREL, voice="narrator")
    assert (own["n_events"], own["exposure"], own["n_articles"]) == (12, 1200, 4)
    assert own["rate"] == pytest.approx(10.0)
    assert own["enough"]
    assert 0 <= own["low"] < 10 < own["high"] <= 20  # type: ignore[operator]


def test_voices_are_never_added_up() -> None:
    text = "A regime waits. “The regime lies,” said Nora Arden."
    one = told("a", "S", text, terms=[("regime", None, -1.0), ("regime", None, -1.0)],
               said=[("The regime lies,", "direct", "said", "nora-arden", "neutral")])  # fmt: skip
    frame = framing.source_rates(tables.from_reports([one]))
    assert list(zip(frame["voice"], frame["n_events"], frame["exposure"], strict=True)) == [
        ("narrator", 1, 6), ("quoted", 1, 3), ("reported", 0, 0),
    ]  # fmt: skip
    assert np.isnan(frame["rate"].iloc[2])


def test_too_few_articles_have_no_interval(corpus: list[Report]) -> None:
    own = row(framing.source_rates(tables.from_reports(corpus[:3])), source=KESTREL, voice="narrator")
    assert own["rate"] == pytest.approx(6 / 900 * 1000)
    assert np.isnan(own["low"])  # type: ignore[call-overload]
    assert not own["enough"]


def test_no_event_does_not_mean_certainty(corpus: list[Report]) -> None:
    own = row(framing.source_rates(tables.from_reports(corpus), "hedge"), source=KESTREL, voice="narrator")
    assert (own["rate"], own["low"]) == (0.0, 0.0)
    assert own["high"] == pytest.approx(3 / 1200 * 1000)


@pytest.mark.parametrize(
    "measure",
    [
        lambda t: framing.source_rates(t),
        lambda t: framing.actor_rates(t),
        lambda t: framing.profile(t),
        lambda t: framing.over_time(t),
        lambda t: framing.voice_share(t),
        lambda t: framing.naming(t, "vellmar"),
        lambda t: framing.keyness(t, KESTREL),
        lambda t: framing.gap(t, KESTREL, MERIDIAN).terms,
        lambda t: framing.differences(t).drop(columns="evidence"),
    ],
)
def test_the_order_of_reports_makes_no_difference(
    measure: Callable[[tables.Tables], pd.DataFrame], corpus: list[Report]
) -> None:
    shuffled = corpus.copy()
    random.Random(4).shuffle(shuffled)
    one, other = measure(tables.from_reports(corpus)), measure(tables.from_reports(shuffled))
    assert len(one) > 0
    pd.testing.assert_frame_equal(one, other)


def test_the_interval_covers_the_true_rate_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(7)
    covered = 0
    for trial in range(60):
        words = rng.integers(200, 800, 30)
        events = rng.poisson(words * 0.01)
        ids = [f"{trial}-{at}" for at in range(30)]
        articles = pd.DataFrame({"article": ids, "source": "S"})
        frame = bootstrap.ratios(
            pd.DataFrame({"article": ids, "value": events}), pd.DataFrame({"article": ids, "value": words}), articles,
            scale=1000,
        )  # fmt: skip
        covered += bool(frame["low"].iloc[0] <= 10 <= frame["high"].iloc[0])
    assert covered >= 51  # 95 % expected; fewer than 85 % would be a broken interval


def test_blocks_keep_the_width_of_the_interval() -> None:
    rng = np.random.default_rng(3)
    n = 3 * bootstrap.MAX_UNITS
    ids = [f"a{at:05}" for at in range(n)]
    values = np.sort(rng.gamma(0.5, 2.0, n))  # a corpus often lies in some order, which blocks must not follow
    articles = pd.DataFrame({"article": ids, "source": "S"})
    ones = pd.DataFrame({"article": ids, "value": 1.0})
    frame = bootstrap.ratios(pd.DataFrame({"article": ids, "value": values}), ones, articles)
    width = frame["high"].iloc[0] - frame["low"].iloc[0]
    assert width == pytest.approx(2 * 1.96 * values.std() / np.sqrt(n), rel=0.1)


def test_long_articles_weigh_more_in_every_draw() -> None:
    """A rate that is the same in every article is certain, however long each is: the ratio is drawn, not its parts."""
    ids, words = [f"a{at}" for at in range(8)], np.array([200, 300, 400, 500, 900, 1000, 2000, 5000])
    frame = bootstrap.ratios(
        pd.DataFrame({"article": ids, "value": words / 100}), pd.DataFrame({"article": ids, "value": words}),
        pd.DataFrame({"article": ids, "source": "S"}), scale=1000,
    )  # fmt: skip
    assert frame[["value", "low", "high"]].to_numpy().ravel().tolist() == pytest.approx([10, 10, 10])


def test_rows_of_an_article_that_is_not_there_are_nobody_elses() -> None:
    there = pd.DataFrame({"article": ["a", "b"], "value": 1.0})
    with pytest.raises(ValueError, match="not among those of the measure"):
        bootstrap.ratios(there.replace("b", "c"), there, pd.DataFrame({"article": ["a", "b"], "source": "S"}))


def test_an_article_without_words_in_a_voice_is_none_of_its_articles(corpus: list[Report]) -> None:
    text = "“We never lie,” said Nora Arden."
    said = [("We never lie,", "direct", "said", "nora-arden", "neutral")]
    own = row(
        framing.source_rates(tables.from_reports([*corpus, told("q", KESTREL, text, said=said)])),
        source=KESTREL, voice="quoted",
    )  # fmt: skip
    assert (own["n_articles"], own["exposure"], own["enough"]) == (1, 3, False)


def test_a_mark_about_two_counts_for_each_of_them() -> None:
    mentions = [("Vellmar", "vellmar", "name"), ("Nora Arden", "nora-arden", "name")]
    text = "Vellmar and Nora Arden, a gang, wait."
    made = tables.from_reports([told("a", "S", text, terms=[("gang", "vellmar; nora-arden", -0.5)], mentions=mentions)])
    rates = framing.actor_rates(made, voice="narrator")
    assert dict(zip(rates["actor"], rates["n_events"], strict=True)) == {"vellmar": 1, "nora-arden": 1}


def test_only_sentences_of_the_narrator_say_how_biased_a_source_is() -> None:
    said = [("What a wicked, shameful lie", "direct", "said", "nora-arden", "neutral")]
    made = tables.from_reports([told("a", "S", "The port closed. “What a wicked, shameful lie” she said.", said=said)])
    made = replace(made, sentences=made.sentences.assign(bias=[0.25, 1.0]))
    assert framing.sentence_bias(made)[["bias", "n_sentences"]].to_numpy().tolist() == [[0.25, 1]]


def test_an_actors_verbs_are_shared_out_among_its_parts() -> None:
    def one(at: int, roles: dict[str, str]) -> Report:
        text = "Vellmar " + " ".join(roles) + "."
        acts = tuple(Agency("vellmar", "narrator", role, place(text, verb)) for verb, role in roles.items())  # type: ignore[arg-type]
        return replace(told(f"a{at}", "S", text, mentions=[("Vellmar", "vellmar", "name")]), agency=acts)

    parts = [{"acts": "agent", "hits": "agent", "seen": "patient"}] * 3 + [{"runs": "agent"}, {}]
    frame = framing.agency(tables.from_reports(one(at, part) for at, part in enumerate(parts))).set_index("role")
    assert frame["n_events"].to_dict() == {"agent": 7, "patient": 3, "patient_agentless": 0}
    assert frame["share"].to_dict() == pytest.approx({"agent": 0.7, "patient": 0.3, "patient_agentless": 0.0})
    assert set(frame["n_verbs"]) == {10}
    assert set(frame["n_articles"]) == {4}, "the last article has no verb of its"
    assert frame["enough"].all()
    assert 0 <= frame.loc["patient", "low"] < 0.3 < frame.loc["patient", "high"] < 0.5


def test_the_articles_of_two_sources_are_drawn_apart() -> None:
    reports = [loaded(f"{source}{at}", source, at, 300) for source in (KESTREL, MERIDIAN) for at in range(6)]
    opened = framing.gap(tables.from_reports(reports), KESTREL, MERIDIAN)
    assert opened.gap == 0
    # Of two independent means with the same spread the difference has √2 of it.
    own = row(framing.source_rates(tables.from_reports(reports)), source=KESTREL, voice="narrator")
    assert opened.high - opened.low == pytest.approx(np.sqrt(2) * (own["high"] - own["low"]), rel=0.15)  # type: ignore[operator]


def test_actor_rates_count_only_articles_that_mention_the_actor(corpus: list[Report]) -> None:
    extra = told("none", KESTREL, filler(500))
    only_place = told("place", KESTREL, "In Vellmar " + filler(400), mentions=[("Vellmar", "vellmar", "place")])
    frame = framing.actor_rates(tables.from_reports([*corpus, extra, only_place]))
    own = row(frame, actor="vellmar", source=KESTREL, voice="narrator")
    assert (own["n_events"], own["exposure"], own["n_articles"]) == (12, 1200, 4)


def test_unnamed_actors_are_left_out_until_asked_for() -> None:
    mentions = [("senior official", "unnamed:senior-official", "role"), ("Vellmar", "vellmar", "name")]
    one = told("a", "S", "A senior official spoke of Vellmar.", mentions=mentions)
    made = tables.from_reports([one])
    assert set(framing.actor_rates(made)["actor"]) == {"vellmar"}
    asked = framing.actor_rates(made, actors=["unnamed:senior-official"])
    assert set(asked["name"]) == {"senior official"}


def test_tone_weighs_articles_by_their_mentions() -> None:
    mention = [("Vellmar", "vellmar", "name")]
    tones = [(-0.5, 9), (0.5, 1), (0.0, 5), (0.0, 5)]
    made = tables.from_reports(
        told(f"a{at}", "S", "Vellmar waits.", mentions=mention, tone=[Tone("vellmar", "narrator", value, n)])
        for at, (value, n) in enumerate(tones)
    )
    own = row(framing.tone(made), actor="vellmar", voice="narrator")
    assert own["tone"] == pytest.approx(sum(value * n for value, n in tones) / (20 + UNSEEN))
    assert (own["n_mentions"], own["n_articles"], own["enough"]) == (20, 4, True)


def test_voice_share_adds_up_to_one(corpus: list[Report]) -> None:
    text = "He waits. “We never lie to anybody,” said Nora Arden. It said that nobody came."
    one = told("q", KESTREL, text, mentions=[("Nora Arden", "nora-arden", "name")],
               said=[("We never lie to anybody,", "direct", "said", "nora-arden", "neutral"),
                     ("that nobody came", "indirect", "It said", None, "neutral")])  # fmt: skip
    frame = framing.voice_share(tables.from_reports([one]))
    assert list(zip(frame["voice"], frame["name"], frame["words"], strict=True)) == [
        ("narrator", "the narrator", 7), ("quoted", "Nora Arden", 5), ("reported", "nobody named", 3),
    ]  # fmt: skip
    whole = framing.voice_share(tables.from_reports([*corpus, one]))
    assert whole.groupby("source")["share"].sum().round(9).tolist() == [1.0, 1.0]


def test_who_judges_whom_puts_the_narrator_first() -> None:
    text = "A regime. “What a stunt,” said Nora Arden. “A stunt,” said a senior official."
    terms = [("regime", "vellmar", -0.5), ("stunt", "vellmar", -0.8), ("stunt", "vellmar", -0.8)]
    one = told("a", "S", text, terms=terms,
               mentions=[("Nora Arden", "nora-arden", "name"), ("A regime", "vellmar", "role"),
                         ("senior official", "unnamed:senior-official", "role")],
               said=[("What a stunt,", "direct", "said", "nora-arden", "neutral"),
                     ("A stunt,", "direct", "said", "unnamed:senior-official", "neutral")])  # fmt: skip
    frame = framing.speaker_targets(tables.from_reports([one]))
    assert frame[["speaker_name", "target", "voice", "n", "negative"]].to_numpy().tolist() == [
        ["the narrator", "vellmar", "narrator", 1, 1], ["Nora Arden", "vellmar", "quoted", 1, 1],
    ]  # fmt: skip
    assert frame["valence"].tolist() == pytest.approx([-0.5, -0.8])


def test_reporting_verbs_per_actor() -> None:
    text = "“No,” claimed Nora Arden. “Yes,” said Nora Arden."
    one = told("a", "S", text, mentions=[("Nora Arden", "nora-arden", "name")],
               said=[("No,", "direct", "claimed", "nora-arden", "doubting"),
                     ("Yes,", "direct", "said", "nora-arden", "neutral")])  # fmt: skip
    frame = framing.reporting_verbs(tables.from_reports([one]))
    assert frame[["name", "verb", "stance", "n"]].to_numpy().tolist() == [
        ["Nora Arden", "claimed", "doubting", 1], ["Nora Arden", "said", "neutral", 1],
    ]  # fmt: skip


def test_a_verb_between_two_parts_of_a_quotation_counts_once() -> None:
    text = "“No,” claimed Nora Arden, “never,” and that nobody would go. “Yes,” she claimed."
    one = told("a", "S", text, mentions=[("Nora Arden", "nora-arden", "name")],
               said=[("No,", "direct", "claimed", "nora-arden", "doubting"),
                     ("never,", "direct", "claimed", "nora-arden", "doubting"),
                     ("that nobody would go", "indirect", "claimed", "nora-arden", "doubting"),
                     ("Yes,", "direct", "she claimed", "nora-arden", "doubting")])  # fmt: skip
    other = told("b", "T", "“Go,” said Nora Arden.", mentions=[("Nora Arden", "nora-arden", "name")],
                 said=[("Go,", "direct", "said", "nora-arden", "neutral")])  # fmt: skip
    made = tables.from_reports([one, other])
    verbs = framing.reporting_verbs(made)
    assert dict(zip(verbs["verb"], verbs["n"], strict=True)) == {"claimed": 1, "she claimed": 1, "said": 1}
    found = framing.differences(made)
    told_of = found[found["kind"] == "verb"]
    assert told_of["n"].tolist() == [2]
    assert len(told_of["evidence"].iloc[0]) == 2


def test_over_time_by_month_and_week(corpus: list[Report]) -> None:
    undated = loaded("undated", KESTREL, 3, 300)
    made = tables.from_reports([*corpus, undated])
    months = framing.over_time(made)
    own = months[months["source"] == KESTREL]
    assert own["period"].tolist() == [pd.Timestamp(2024, 1, 1), pd.Timestamp(2024, 2, 1)]
    assert own["n_events"].tolist() == [4, 8]
    weeks = framing.over_time(made, every="week")
    assert weeks["period"].dt.day_of_week.eq(0).all()


def test_profile_counts_every_category_in_every_source(corpus: list[Report]) -> None:
    other = told("c", KESTREL, "They allegedly left. " + filler(50), kinds=[("allegedly", "hedge", None)])
    frame = framing.profile(tables.from_reports([*corpus, other]), "hedge")
    assert frame[["source", "n_events"]].to_numpy().tolist() == [[KESTREL, 1], [MERIDIAN, 0]]


def test_evidence_finds_what_a_cell_counts(corpus: list[Report]) -> None:
    made = tables.from_reports(corpus)
    rates = framing.actor_rates(made)
    for one in rates.to_dict("records"):
        found = framing.evidence(made, source=one["source"], actor=one["actor"], voice=one["voice"], kind=one["kind"])
        assert len(found) == one["n_events"]
    assert len(framing.mentions_of(made, "vellmar", source=KESTREL)) == 4
    assert framing.mentions_of(made, "vellmar")["sentence"].iloc[0] == "Vellmar waits."


def test_evidence_begins_with_the_strongest_and_knows_each_of_several_speakers() -> None:
    text = "A gang waits. “What thugs, what liars,” they said."
    made = tables.from_reports(
        [told("a", "S", text, terms=[("gang", None, -0.5), ("thugs", None, -0.5), ("liars", None, -0.5)],
              said=[("What thugs, what liars,", "direct", "said", "nora-arden; vellmar", "neutral")])]
    )  # fmt: skip
    made = replace(made, findings=made.findings.assign(weight=[0.2, 0.4, 0.9]))
    assert framing.evidence(made)["term"].tolist() == ["liars", "thugs", "gang"]
    for one in ("nora-arden", "vellmar", "nora-arden; vellmar"):
        assert framing.evidence(made, speaker=one)["term"].tolist() == ["liars", "thugs"], one
    assert framing.evidence(made, speaker="")["term"].tolist() == ["gang"]


@pytest.mark.parametrize(
    ("call", "choices"),
    [
        (
            lambda t: framing.source_rates(t, voice="narator"),
            "Unknown voice 'narator'. Choose one of: narrator, quoted, reported.",
        ),
        (lambda t: framing.source_rates(t, "loaded"), "Unknown kind 'loaded'. Choose one of: loaded_term, scare_quote"),
        (lambda t: framing.tone(t, actors=["nobody"]), "Unknown actor 'nobody'. Choose one of: vellmar"),
        (lambda t: framing.keyness(t, "Kestrel"), "Unknown source 'Kestrel'. Choose one of: "),
        (lambda t: framing.over_time(t, every="day"), "Unknown period 'day'. Choose one of: month, week."),
        (lambda t: framing.gap(t, KESTREL, KESTREL), "two different sources"),
        (
            lambda t: framing.gap(t, KESTREL, MERIDIAN, measure="tone"),
            "Unknown measure 'tone'. Choose one of: rate, valence.",
        ),
    ],
)
def test_errors_name_the_choices(call: Callable[[tables.Tables], object], choices: str, corpus: list[Report]) -> None:
    with pytest.raises(ValueError, match=choices.replace(".", r"\.")):
        call(tables.from_reports(corpus))


NOTHING: dict[str, Callable[[tables.Tables], pd.DataFrame]] = {
    "source_rates": framing.source_rates,
    "actor_rates": framing.actor_rates,
    "tone": framing.tone,
    "profile": framing.profile,
    "over_time": framing.over_time,
    "sentence_bias": framing.sentence_bias,
    "voice_share": framing.voice_share,
    "speaker_targets": framing.speaker_targets,
    "reporting_verbs": framing.reporting_verbs,
    "differences": framing.differences,
    "marked_elsewhere_plain": framing.marked_elsewhere_plain,
    "evidence": framing.evidence,
}


@pytest.mark.parametrize("name", NOTHING)
def test_no_articles_give_the_same_columns_without_rows(name: str, corpus: list[Report]) -> None:
    empty, full = NOTHING[name](tables.empty()), NOTHING[name](tables.from_reports(corpus))
    assert empty.empty
    assert list(empty.columns) == list(full.columns)
    assert {k: str(v) for k, v in empty.dtypes.items()} == {k: str(v) for k, v in full.dtypes.items()}


def test_one_bare_article_breaks_nothing() -> None:
    made = tables.from_reports([told("a", "S", "")])
    for name, measure in NOTHING.items():
        assert "rate" not in (frame := measure(made)) or frame["rate"].isna().all(), name
    assert framing.keyness(made, "S").empty


def test_an_articles_own_rate_is_that_of_tables_of_it_alone(corpus: list[Report]) -> None:
    for report in corpus:
        alone = row(framing.source_rates(tables.from_reports([report])), voice="narrator")
        assert framing.own_rate(report, "loaded_term") == (alone["n_events"], pytest.approx(alone["rate"]))
    assert framing.own_rate(told("a", "S", ""), "hedge") == (0, None)


def test_an_article_stands_beside_its_source_and_all_articles_together(corpus: list[Report]) -> None:
    every = framing.source_rates(tables.from_reports(corpus), voice="narrator")
    n, own, there, together = framing.beside(corpus[0], every)
    assert (n, own) == framing.own_rate(corpus[0], "loaded_term")
    assert there == every.set_index("source")["rate"][corpus[0].article.source]
    assert together == pytest.approx(every["n_events"].sum() * 1000 / every["exposure"].sum())
    assert framing.beside(corpus[0], every.iloc[:0]) == (0, None, None, None)


def test_sources_by_their_rate_have_those_that_are_too_few_last() -> None:
    rates = pd.DataFrame(
        [("A", 2.0, True), ("B", 9.0, False), ("C", 5.0, True), ("D", float("nan"), False)],
        columns=["source", "rate", "enough"],
    )
    assert framing.by_rate(rates) == ["C", "A", "B"]


def test_nobody_is_said_to_judge_themselves_and_one_actor_can_be_looked_at_alone() -> None:
    rows = [("a", "a"), ("a", "b"), ("b", "a"), ("b", "c"), ("c", "b")]
    made = tables.from_reports([told("x", "S", "")])
    findings = pd.DataFrame(rows, columns=["speaker", "target"]).assign(article="x", voice="quoted", valence=-0.5)
    actors = pd.DataFrame({"actor": list("abc"), "name": list("ABC"), "named": True, "n_mentions": 1, "article": "x"})
    made = replace(made, findings=findings, actors=actors)
    pairs = framing.speaker_targets(made)
    assert set(zip(pairs["speaker"], pairs["target"], strict=True)) == {*rows} - {("a", "a")}
    alone = framing.speaker_targets(made, actor="a")
    assert set(zip(alone["speaker"], alone["target"], strict=True)) == {("a", "b"), ("b", "a")}


def test_those_whom_narrators_judge_do_not_crowd_out_those_whom_people_judge() -> None:
    rows = [("", "a", "narrator")] * 2 + [("b", "c", "quoted")]
    findings = pd.DataFrame(rows, columns=["speaker", "target", "voice"]).assign(article="x", valence=-0.5)
    actors = pd.DataFrame({"actor": list("abc"), "name": list("ABC"), "named": True, "n_mentions": 1, "article": "x"})
    made = replace(tables.from_reports([told("x", "S", "")]), findings=findings, actors=actors)
    pairs = framing.speaker_targets(made, top=1)
    assert set(zip(pairs["speaker"], pairs["target"], strict=True)) == {("", "a"), ("b", "c")}
