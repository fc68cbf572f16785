"""Measures over a folder of tables: the same numbers as over tables in memory, and sentences behind each."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from analysis import framing, store, tables
from analysis.__main__ import main
from analysis.framing import concordance
from analysis.model import Tone
from analysis.tables import Tables
from analysis.warehouse import Base, index, measures, search
from tests.press import filler, told

SOURCES = ("O'Hara’s “Post”", "Meridian", "Kestrel")


@pytest.fixture(scope="module")
def flat() -> Tables:
    reports = []
    for at in range(40):
        n = at % 4
        text = f"Vellmar waits on day {at}. {'A regime, they say. ' * n}Nora Arden spoke. " + filler(150)
        reports.append(
            told(
                f"a{at}",
                SOURCES[at % 3],
                text,
                terms=[("regime", "vellmar; nora-arden" if at % 5 == 0 else "vellmar", -0.5)] * n,
                mentions=[("Vellmar", "vellmar", "name"), ("Nora Arden", "nora-arden", "name")],
                tone=[Tone("vellmar", "narrator", -0.1 * n, 1)],
                published=date(2024, 1 + at % 3, 7) if at % 7 else None,
            )
        )
    return tables.from_reports(reports)


@pytest.fixture(scope="module")
def folder(flat: Tables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("it's [1]") / "tables"
    store.write(flat, home)
    index.make(home)
    return home


@pytest.fixture(scope="module")
def base(folder: Path) -> Base:
    return Base(folder)


def same(one: pd.DataFrame, other: pd.DataFrame, columns: list[str]) -> None:
    pd.testing.assert_frame_equal(one[columns], other[columns], check_dtype=False)


def test_rates_are_those_of_the_tables_in_memory(base: Base, flat: Tables) -> None:
    counted = ["source", "voice", "kind", "rate", "n_events", "n_articles", "exposure", "enough"]
    for kind in ("loaded_term", "hedge"):
        same(measures.source_rates(base, kind), framing.source_rates(flat, kind, voice="narrator"), counted)


def test_intervals_are_near_those_of_the_tables_in_memory(base: Base, flat: Tables) -> None:
    ours, theirs = measures.source_rates(base), framing.source_rates(flat, voice="narrator")
    for side in ("low", "high"):
        assert (ours[side] - theirs[side]).abs().max() < 0.25 * (theirs["high"] - theirs["low"]).max()


def test_rates_over_time_and_by_actor_are_the_same(base: Base, flat: Tables) -> None:
    counted = ["source", "rate", "n_events", "n_articles", "exposure"]
    same(measures.over_time(base), framing.over_time(flat), ["period", *counted])
    actors = list(flat.actor_names)
    tones = ["actor", "name", "source", "tone", "n_mentions", "n_articles", "enough"]
    same(measures.tone(base, actors), framing.tone(flat, actors=actors, voice="narrator"), tones)
    same(
        measures.actor_rates(base, actors),
        framing.actor_rates(flat, actors=actors, voice="narrator"),
        ["actor", "name", *counted],
    )


def test_the_base_knows_its_sources_and_actors(base: Base, flat: Tables) -> None:
    assert base.sources == flat.sources
    assert base.actors(10) == flat.actor_names
    assert base.standing["articles"].sum() == len(flat.articles)
    assert base.standing["words"].sum() == flat.exposure["words"].sum()


def test_sentences_behind_a_cell(base: Base, flat: Tables) -> None:
    found = search.findings(base, source="Meridian", actor="nora-arden")
    joint = flat.findings[(flat.findings["source"] == "Meridian") & flat.findings["target"].str.contains("nora-arden")]
    assert sorted(zip(found["article"], found["start"], strict=True)) == sorted(
        zip(joint["article"], joint["start"], strict=True)
    )
    assert set(found["match"]) == {"regime"}
    assert len(search.findings(base, source="Kestrel")) == (flat.findings["source"] == "Kestrel").sum()


def test_a_joint_target_counts_for_each_in_memory_too(flat: Tables) -> None:
    found = framing.evidence(flat, actor="nora-arden", source="Meridian")
    assert len(found) > 0
    assert set(found["target"]) == {"vellmar; nora-arden"}
    assert set(found["source"]) == {"Meridian"}
    assert set(found["term"]) == {"regime"}


def test_words_are_counted_and_shown(base: Base, flat: Tables) -> None:
    counted = search.words(base, "regim*").set_index("source")
    for source, rows in flat.findings.groupby("source"):
        assert counted.loc[source, "n_events"] == len(rows)
    shown = search.lines(base, "a regime", source="Meridian")
    expected = concordance.search(flat, "a regime", voice="narrator", source="Meridian")
    pd.testing.assert_frame_equal(
        shown.reset_index(drop=True), expected.head(len(shown)).reset_index(drop=True), check_dtype=False
    )
    assert search.lines(base, "wait").empty
    assert len(search.lines(base, "wait", lemmas=True)) == len(flat.articles)


@pytest.mark.parametrize("query", ["'; DROP VIEW words; --", "100%", "a_b", "“regime”"])
def test_any_query_is_only_a_query(base: Base, query: str) -> None:
    search.words(base, query)
    search.lines(base, query)
    assert len(search.words(base, "regime")) == 3


def test_wrong_arguments_are_told(base: Base) -> None:
    with pytest.raises(ValueError, match="There is no word"):
        search.words(base, "…")
    with pytest.raises(ValueError, match="Unknown source 'Times'"):
        search.findings(base, source="Times")
    with pytest.raises(ValueError, match=r"Unknown actor 'nobody'. The most mentioned are: "):
        measures.tone(base, ["nobody"])


def test_tables_of_analyze_are_told_from_those_of_batch(tmp_path: Path) -> None:
    (tmp_path / "articles.parquet").write_bytes(b"")
    with pytest.raises(ValueError, match="as `analyze` writes them, not those of `batch`"):
        Base(tmp_path)


def test_an_index_of_other_tables_is_not_used(flat: Tables, tmp_path: Path) -> None:
    home = tmp_path / "tables"
    with pytest.raises(ValueError, match="holds no tables"):
        Base(home)
    store.write(flat, home)
    with pytest.raises(ValueError, match="have no index"):
        Base(home)
    assert main(["index", str(home)]) == 0
    assert Base(home).sources
    store.write(flat.select(sources=["Meridian"]), home)
    with pytest.raises(ValueError, match="or one of other tables"):
        Base(home)
    assert not list(home.glob("index.*"))


def test_a_run_that_has_not_ended_is_not_indexed(flat: Tables, tmp_path: Path) -> None:
    store.write(flat, tmp_path / "tables")
    (tmp_path / "tables" / "run.json").write_text("{}")
    with pytest.raises(ValueError, match="has not ended"):
        index.make(tmp_path / "tables")
