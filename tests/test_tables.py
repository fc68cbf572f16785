"""Reports laid flat: every row points at its words, ids stay apart, exports cannot run."""

from __future__ import annotations

import csv
import io
from datetime import date
from itertools import pairwise

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import csv_safe, tables
from analysis.model import Article, Report, Span, Tone, Voiced
from analysis.schemas import SCHEMAS
from analysis.voices import count_words, exposure
from tests.press import told

STALL = told(
    "stall",
    "The Kestrel Post",
    "Vellmar’s regime stalled. “We never lie,” claimed Nora Arden. Its ‘offer’ is old. 😀 The regime waits in Vellmar.",
    terms=[("regime", "vellmar", -0.7), ("lie", "vellmar", -0.5), ("regime", "vellmar", -0.7)],
    mentions=[("Vellmar", "vellmar", "name"), ("Nora Arden", "nora-arden", "name"), ("Vellmar", "vellmar", "place")],
    said=[("We never lie,", "direct", "claimed", "nora-arden", "doubting")],
    scare=["offer"],
    tone=[Tone("vellmar", "narrator", -0.7, 2)],
    published=date(2024, 3, 5),
    title="Talks stall",
    problems=("One mark is missing.",),
)
PLAIN = told(
    "plain", "Meridian", "The offer came late. Vellmar said nothing.", mentions=[("Vellmar", "vellmar", "name")]
)


@pytest.fixture
def both() -> tables.Tables:
    return tables.from_reports([STALL, PLAIN])


def test_every_span_points_at_its_words(both: tables.Tables) -> None:
    texts = {"stall": STALL.article.text, "plain": PLAIN.article.text}
    for name in ("mentions", "attributions", "quotes", "findings", "sentences"):
        frame = both.frames()[name]
        assert len(frame) > 0
        for row in frame.to_dict("records"):
            assert texts[row["article"]][row["start"] : row["end"]] == row["text"]
            if name != "sentences":
                assert row["sentence_start"] <= row["start"] < row["sentence_end"]


def test_findings_carry_voice_names_and_sentence(both: tables.Tables) -> None:
    rows = both.findings.to_dict("records")
    assert [(row["term"], row["voice"], row["speaker_name"]) for row in rows] == [
        ("regime", "narrator", ""),
        ("lie", "quoted", "Nora Arden"),
        ("regime", "narrator", ""),
    ]
    assert rows[2]["sentence"].strip() == "😀 The regime waits in Vellmar."
    assert rows[0]["target_name"] == "Vellmar"


def test_places_are_no_mentions_of_the_actor(both: tables.Tables) -> None:
    counts = both.actors.set_index(["article", "actor"])["n_mentions"]
    assert counts["stall", "vellmar"] == 1
    assert list(both.mentions["form"]) == ["name", "name", "place", "name"]


def test_words_add_up_everywhere(both: tables.Tables) -> None:
    for report in (STALL, PLAIN):
        own = report.article.id
        words = count_words(report.article.text)
        assert both.articles.set_index("article")["words"][own] == words
        for name in ("exposure", "speech"):
            frame = both.frames()[name]
            assert frame.loc[frame["article"] == own, "words"].sum() == words
        assert both.words.loc[both.words["article"] == own, "n"].sum() == words
        assert both.sentences.loc[both.sentences["article"] == own, "words"].sum() == words


def test_the_possessive_counts_as_its_word(both: tables.Tables) -> None:
    assert both.words.loc[(both.words["article"] == "stall") & (both.words["word"] == "vellmar"), "n"].sum() == 2


def test_narrator_share_of_a_sentence(both: tables.Tables) -> None:
    share = both.sentences.set_index("text")["narrator"]
    assert share["Vellmar’s regime stalled."] == 1.0
    assert share[" “We never lie,” claimed Nora Arden."] == pytest.approx(3 / 6)


@pytest.mark.parametrize("name", SCHEMAS)
def test_types_do_not_depend_on_rows(name: str, both: tables.Tables) -> None:
    for frame in (both.frames()[name], tables.empty().frames()[name]):
        assert {column: str(dtype) for column, dtype in frame.dtypes.items()} == dict(SCHEMAS[name])


def test_repeated_ids_are_kept_apart_and_said() -> None:
    made = tables.from_reports([STALL, PLAIN, STALL, STALL])
    assert list(made.articles["article"]) == ["stall", "plain", "stall#2", "stall#3"]
    assert made.exposure.groupby("article")["words"].sum().nunique() == 2
    assert "“stall”" in made.problems.loc[made.problems["article"] == "stall#2", "problem"].iloc[-1]


def test_an_id_that_looks_like_a_repeat_is_no_trap() -> None:
    reports = [Report(Article(id, "One.")) for id in ("a", "a#2", "a", "", "")]
    ids = list(tables.from_reports(reports).articles["article"])
    assert ids[:2] == ["a", "a#2"]
    assert len(set(ids)) == 5


def test_an_article_without_text_or_voices() -> None:
    made = tables.from_reports([Report(Article("bare", ""), problems=("No text.",))])
    assert list(made.articles["words"]) == [0]
    assert len(made.problems) == 1
    assert made.words.empty


def test_select_keeps_whole_articles(both: tables.Tables) -> None:
    own = both.select(sources=["Meridian"])
    assert {name: set(frame["article"]) <= {"plain"} for name, frame in own.frames().items()} == dict.fromkeys(
        own.frames(), True
    )
    assert len(own.exposure) == 3
    assert list(both.select(actors=["nora-arden"]).articles["article"]) == ["stall"]
    assert list(both.select(since=date(2024, 3, 5), until=date(2024, 3, 5)).articles["article"]) == ["stall"]
    assert both.select(since=date(2024, 3, 6)).articles.empty
    assert both.select() is both


@pytest.mark.parametrize(
    ("what", "choice"), [("sources", "The Kestrel Post"), ("articles", "plain"), ("actors", "vellmar")]
)
def test_select_names_the_choices(what: str, choice: str, both: tables.Tables) -> None:
    with pytest.raises(ValueError, match="Unknown .* 'kestrel'. Choose one of: .*" + choice):
        both.select(**{what: ["kestrel"]})  # type: ignore[arg-type]


def test_concat_is_the_same_as_together(both: tables.Tables) -> None:
    joined = tables.concat([tables.from_reports([STALL]), tables.from_reports([PLAIN])])
    for name, frame in both.frames().items():
        pd.testing.assert_frame_equal(frame, joined.frames()[name], check_categorical=False)
    assert str(joined.words["word"].dtype) == "category"
    assert tables.concat([]).articles.empty


def test_tables_made_of_blocks_are_the_same_and_their_words_lie_in_one_piece(
    both: tables.Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "BLOCK", 1)
    for made in (
        tables.from_reports([STALL, PLAIN]),
        tables.concat([tables.from_reports([one]) for one in (STALL, PLAIN)]),
    ):
        for name, frame in both.frames().items():
            pd.testing.assert_frame_equal(frame, made.frames()[name], check_categorical=False)
        assert isinstance(pa.array(made.sentences["text"]), pa.Array)


def test_concat_refuses_an_id_twice(both: tables.Tables) -> None:
    with pytest.raises(ValueError, match="'stall'"):
        tables.concat([both, both])


def test_joint_speakers_have_joint_names() -> None:
    text = "“Enough,” they said."
    one = told("joint", "M", text, said=[("Enough,", "direct", "said", "nora-arden; vellmar", "neutral")],
               mentions=[("they", "nora-arden", "pronoun")])  # fmt: skip
    assert list(tables.from_reports([one]).attributions["speaker_name"]) == ["Nora Arden; vellmar"]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\t1", "\r=1", "\rx", "\nx", "  =1", "＝1"])
def test_csv_runs_nothing(cell: str) -> None:
    text = csv_safe.to_csv_safe(pd.DataFrame({cell: [cell], "n": [-1.5]}))
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[0][0] == "'" + cell
    assert rows[1] == ["'" + cell, "-1.5"]


@pytest.mark.parametrize("cell", ["plain", "a=b", "“-1”", "1-2", ""])
def test_csv_leaves_the_rest_alone(cell: str) -> None:
    rows = list(csv.reader(io.StringIO(csv_safe.to_csv_safe(pd.DataFrame({"text": [cell], "n": [1]})))))
    assert rows[1] == [cell, "1"]


@given(st.text(alphabet="ab =-’'“”.\n😀", max_size=60), st.data())
def test_speech_equals_exposure_for_any_partition(text: str, data: st.DataObject) -> None:
    cuts = sorted({0, len(text), *data.draw(st.lists(st.integers(0, len(text)), max_size=4))})
    stretches = tuple(
        Voiced(Span(a, b), data.draw(st.sampled_from(["narrator", "quoted", "reported"])), "x")
        for a, b in pairwise(cuts)
    )
    counted = exposure(text, stretches) if stretches else exposure(text, (Voiced(Span(0, 0), "narrator", None),))
    made = tables.from_reports([Report(Article("one", text), exposure=counted, voices=stretches)])
    by_speech = made.speech.groupby("voice")["words"].sum()
    by_exposure = made.exposure.set_index("voice")["words"]
    assert {voice: by_speech.get(voice, 0) for voice in by_exposure.index} == by_exposure.to_dict()


def test_a_part_numbers_its_articles_as_if_it_were_laid_flat_alone(both: tables.Tables) -> None:
    part = both.select(articles=["plain"])
    alone = tables.from_reports([PLAIN])
    for name, frame in part.frames().items():
        pd.testing.assert_frame_equal(frame, alone.frames()[name], check_categorical=False)
        assert part.numbers[name].tolist() == alone.numbers[name].tolist() == [0] * len(frame)
