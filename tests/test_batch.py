"""Batch: the same rows whatever the engine, the workers and the partitions; killed, stopped and resumed."""

from __future__ import annotations

import gzip
import io
import json
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.__main__ import main
from analysis.batch import Progress, engines, parquet, partitions, plan, run, work
from analysis.batch.output import RECORD
from analysis.batch.partitions import Partition, Reader, count_articles
from analysis.batch.progress import spell, to_stderr
from analysis.loading import Draft, LoadError, finish, load
from analysis.loading import articles as texts
from analysis.model import Article
from analysis.pipeline import analyze, analyze_many
from analysis.provenance import versions
from analysis.schemas import SCHEMAS
from analysis.tables import from_reports
from tests.fragile import fragile, never_ready

TEXTS = (
    "The regime in Vellmar slammed the “generous” offer on Monday, Nora Arden said.",
    "“This is a disgraceful stunt,” said Nora Arden. She allegedly wrote it.",
    "A quiet day at the port.",
    "The minister admitted that the plan was “in ruins”.",
    "One mark “ has no partner here, officials claimed.",
)
DAYS = (date(2024, 2, 29), None, date(1969, 12, 31), date(1970, 1, 1), None)


def corpus(folder: Path, n: int = 7) -> Path:
    """JSON lines with a repeated id, a row that is no JSON and one without a text."""
    rows = [
        json.dumps({"id": f"a{i % 5}", "source": f"Paper {i % 2}", "title": f"Story {i}", "text": TEXTS[i % 5]})
        for i in range(n)
    ]
    rows[2:2] = ["{broken", json.dumps({"id": "empty", "text": ""})]
    path = folder / "corpus.jsonl"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def quiet(progress: Progress) -> None:
    """Says nothing."""


def rows_of(out: Path) -> dict[str, pd.DataFrame]:
    """All tables of a folder, in the order of the partitions."""
    found = {}
    for name in SCHEMAS:
        files = sorted((out / name).glob("part-*.parquet"))
        found[name] = pd.concat([pd.read_parquet(file) for file in files], ignore_index=True)
    return found


def assert_same(one: dict[str, pd.DataFrame], other: dict[str, pd.DataFrame]) -> None:
    assert list(one) == list(other) == list(SCHEMAS)
    for name in one:
        # The bag of words counts in the order in which words come up; within an article that is its own.
        pd.testing.assert_frame_equal(one[name], other[name], obj=name)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pd.DataFrame]:
    """The rows as one process without any partition makes them."""
    path = corpus(tmp_path_factory.mktemp("expected"))
    (whole,) = Reader([path], clean=True, plan=plan.even(1000)).partitions()
    frames = from_reports(analyze(finish(one)) for one in whole.articles).frames()
    return {name: frame.astype(dict.fromkeys(frame.select_dtypes("category"), "str")) for name, frame in frames.items()}


def test_there_is_something_to_compare(expected: dict[str, pd.DataFrame]) -> None:
    assert len(expected["articles"]) == 9
    assert len(expected["findings"]) > 5
    assert len(expected["quotes"]) > 2
    assert set(expected["problems"]["problem"]) >= {"Row 4 of corpus.jsonl has no text."}
    assert expected["problems"]["problem"].str.contains("not JSON").sum() == 1
    assert expected["articles"]["article"].is_unique


@given(size=st.integers(1, 10))
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_rows_do_not_depend_on_the_partitions(
    size: int, expected: dict[str, pd.DataFrame], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = corpus(tmp_path_factory.mktemp("parts"))
    parts = [work.process(p) for p in Reader([path], clean=True, plan=plan.even(size)).partitions()]
    joined = {
        name: pd.concat([pd.read_parquet(io.BytesIO(part[name])) for part in parts], ignore_index=True)
        for name in SCHEMAS
    }
    assert_same(joined, expected)


def test_a_part_of_long_texts_ends_sooner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "books.jsonl"
    lengths = (10, 70, 40, 90, 300, 5, 5, 5, 5, 99)
    path.write_text("".join(json.dumps({"text": "x" * n}) + "\n" for n in lengths), encoding="utf-8")
    monkeypatch.setattr(partitions, "HEAVY", 100)
    reader = Reader([path], clean=True, plan=plan.even(4))
    parts = list(reader.partitions())
    assert [[len(one.text) for one in part.articles] for part in parts] == [
        [10, 70, 40], [90, 300], [5, 5, 5, 5], [99]
    ]  # fmt: skip
    assert [part.number for part in parts] == [0, 1, 2, 3]
    assert (reader.articles, reader.count) == (len(lengths), 4)


def test_rows_are_cleaned_where_they_are_analysed(
    expected: dict[str, pd.DataFrame], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as reading:
        reading.setattr(texts, "_plain", None)  # whatever cleans fails here
        (whole,) = Reader([corpus(tmp_path)], clean=True, plan=plan.even(1000)).partitions()
    unread = [one for one in whole.articles if not isinstance(one, Draft)]
    assert [one.problems[-1].startswith("Row ") for one in unread] == [True, True], "only rows without a text are done"
    (drafted,) = [one for one in whole.articles if isinstance(one, Draft) and one.id == "a3"]
    assert finish(drafted).text.startswith("Story 3\n\nThe minister")
    lost = partitions.unreadable(drafted, engines.LOST)
    assert (lost.id, lost.source, lost.text, lost.problems) == ("a3", "Paper 1", "", (engines.LOST,))
    assert [finish(one).id for one in whole.articles] == expected["articles"]["article"].tolist()


def test_packed_tables_hold_what_the_frames_do(monkeypatch: pytest.MonkeyPatch) -> None:
    dated = [Article(f"a{i}", text, published=day) for i, (text, day) in enumerate(zip(TEXTS, DAYS, strict=True))]
    reports = [*analyze_many(dated), analyze(Article("ü", "Zoë’s 🙂 “brutal” plan was slammed, Nora Arden said."))]
    for held in (reports, []):
        frames = from_reports(held).frames()
        packed = {name: pd.read_parquet(io.BytesIO(file)) for name, file in parquet.pack(held).items()}
        assert_same(packed, {n: f.astype(dict.fromkeys(f.select_dtypes("category"), "str")) for n, f in frames.items()})
        monkeypatch.setattr(parquet, "SHORT", 10)  # as if there were gigabytes
        long = pd.read_parquet(io.BytesIO(parquet.pack(held)["findings"]))
        pd.testing.assert_frame_equal(long, packed["findings"])


def test_a_report_that_cannot_be_packed_costs_the_others_nothing() -> None:
    good, bad = analyze(Article("good", TEXTS[0])), analyze(Article("bad", TEXTS[1], url="half a pair: \ud83d"))
    rows = {name: pd.read_parquet(io.BytesIO(file)) for name, file in parquet.pack([good, bad]).items()}
    assert rows["articles"]["article"].tolist() == ["good", "bad"]
    assert rows["findings"]["article"].unique().tolist() == ["good"]
    assert rows["problems"]["problem"].str.contains("UnicodeEncodeError").sum() == 1


def test_a_worker_does_without_pandas() -> None:
    code = "import sys; from analysis.batch import work; work.ready(); assert 'pandas' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_many_are_analysed_as_each_is_and_a_strange_one_costs_the_others_nothing() -> None:
    articles = [Article(f"a{i}", text) for i, text in enumerate((*TEXTS, "", "Half a pair: \ud83d", *TEXTS))]
    assert list(analyze_many(articles)) == [analyze(article) for article in articles]
    assert list(analyze_many([])) == []


def test_the_local_engine_gives_the_same_rows(expected: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    told: list[Progress] = []
    summary = run([corpus(tmp_path)], tmp_path / "out", workers=2, partition_size=2, progress=told.append)
    assert_same(rows_of(tmp_path / "out"), expected)
    assert (summary.articles, summary.partitions, summary.skipped, summary.failed) == (9, 5, 0, ())
    assert [p.finished for p in told] == [False] * 5 + [True]
    assert told[-1].done == 9
    assert told[0].total == 9
    assert not list((tmp_path / "out").rglob("*.new"))


def test_dask_gives_the_same_rows(expected: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    run([corpus(tmp_path)], tmp_path / "out", engine="dask", workers=2, partition_size=3, progress=quiet)
    assert_same(rows_of(tmp_path / "out"), expected)


def test_a_killed_worker_costs_time_and_no_rows(expected: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    killed: list[int] = []

    def kill_one(progress: Progress) -> None:
        workers = multiprocessing.active_children()
        if not killed and workers and workers[0].pid:
            killed.append(workers[0].pid)
            os.kill(workers[0].pid, signal.SIGKILL)

    run([corpus(tmp_path)], tmp_path / "out", workers=2, partition_size=1, progress=kill_one)
    assert killed
    assert_same(rows_of(tmp_path / "out"), expected)


def test_stopped_and_resumed_is_the_same_as_in_one_go(expected: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    def stop(progress: Progress) -> None:
        raise KeyboardInterrupt

    path, out = corpus(tmp_path), tmp_path / "out"
    with pytest.raises(KeyboardInterrupt):
        run([path], out, workers=1, partition_size=3, progress=stop)
    assert len(list((out / "articles").iterdir())) == 1
    assert len(list((out / "findings").iterdir())) == 1
    assert not multiprocessing.active_children()
    # What a kill between two files leaves behind.
    (out / "findings" / "part-000002.parquet").write_bytes(b"half")
    (out / "quotes" / "part-000002.new").write_bytes(b"half")
    summary = run([path], out, workers=1, partition_size=3, resume=True, progress=quiet)
    assert summary.skipped == 1
    assert_same(rows_of(out), expected)
    assert run([path], out, partition_size=3, resume=True, progress=quiet).skipped == 3


@pytest.mark.parametrize(
    ("change", "word"),
    [({"partition_size": 4}, "partition sizes"), ({"clean": False}, "cleaning"), ({"resume": False}, "--resume")],
)
def test_a_folder_of_other_results_is_left_alone(tmp_path: Path, change: dict[str, int], word: str) -> None:
    path, out = tmp_path / "one.jsonl", tmp_path / "out"
    path.write_text('{"text": "A quiet day."}\n', encoding="utf-8")
    run([path], out, workers=1, partition_size=3, progress=quiet)
    before = {file: file.read_bytes() for file in out.rglob("*") if file.is_file()}
    with pytest.raises(ValueError, match=word):
        run([path], out, progress=quiet, **({"partition_size": 3, "resume": True} | change))  # type: ignore[arg-type]
    assert {file: file.read_bytes() for file in out.rglob("*") if file.is_file()} == before


@pytest.mark.parametrize("engine", ["local", "dask"])
def test_own_words_and_actors_hold_in_every_process_and_are_named(tmp_path: Path, engine: str) -> None:
    if engine == "dask":
        pytest.importorskip("distributed")
    path, out = tmp_path / "one.jsonl", tmp_path / "out"
    path.write_text('{"text": "Critics called it a flumpish plan. The regime slammed it."}\n', encoding="utf-8")
    words, names = tmp_path / "words.tsv", tmp_path / "actors.tsv"
    words.write_text("term\tuse\nflumpish\ton\nregime\toff\n", encoding="utf-8")
    names.write_text("name\nCritics\n", encoding="utf-8")
    call = ["batch", str(path), "--out", str(out), "--engine", engine, "--workers", "1", "--lexicon", str(words)]
    assert main([*call, "--actors", str(names)]) == 0
    loaded = rows_of(out)["findings"].query("kind == 'loaded_term'")["term"].tolist()
    assert "flumpish" in loaded
    assert "regime" not in loaded
    assert "Critics" in rows_of(out)["actors"]["name"].tolist()
    record = json.loads((out / RECORD).read_text(encoding="utf-8"))["versions"]
    assert {"own_words", "own_actors"} <= set(record)
    assert json.loads(pq.read_schema(out / "findings" / "part-000000.parquet").metadata[b"versions"]) == record


def test_a_run_is_not_resumed_with_other_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out, words = tmp_path / "one.jsonl", tmp_path / "out", tmp_path / "words.tsv"
    path.write_text('{"text": "A quiet day."}\n', encoding="utf-8")
    words.write_text("term\nflumpish\n", encoding="utf-8")
    call = ["batch", str(path), "--out", str(out), "--workers", "1", "--resume"]
    assert main(call) == 0
    assert main([*call, "--lexicon", str(words)]) == 2
    assert "other own words or own actors, so it cannot be resumed" in capsys.readouterr().err
    assert main(call) == 0


def test_every_worker_gets_a_share_and_a_resumed_run_keeps_it(tmp_path: Path) -> None:
    path, out = tmp_path / "many.jsonl", tmp_path / "out"
    path.write_text('{"text": ""}\n' * 170, encoding="utf-8")
    assert run([path], out, workers=2, progress=quiet).partitions == 9
    for file in out.glob("*/part-000003.parquet"):
        file.unlink()
    assert run([path], out, workers=1, resume=True, progress=quiet).skipped == 8
    assert len(rows_of(out)["articles"]) == 170


@pytest.mark.parametrize(("articles", "workers"), [(1, 1), (9, 2), (170, 2), (3000, 1), (3000, 2), (40_000, 16)])
def test_parts_begin_small_end_small_and_hold_every_article(articles: int, workers: int) -> None:
    made = plan.shared(articles, workers)
    sizes = list(islice(made.sizes(), made.partitions(articles)))
    assert sum(sizes[:-1]) < articles <= sum(sizes)
    assert all(plan.MIN <= size <= plan.MAX for size in sizes)
    assert all(size <= plan.FIRST for size in sizes[:workers])
    turn = sizes.index(max(sizes))
    assert sizes[:turn] == sorted(sizes[:turn])
    assert sizes[turn:] == sorted(sizes[turn:], reverse=True)
    assert sizes[-1] == plan.MIN
    uncounted = made.partitions(articles + 10 * plan.MAX) - made.partitions(articles)
    assert uncounted <= 10 * plan.MAX // max(sizes) + 1, "more articles than were counted come in large parts"


def test_workers_load_while_the_first_articles_are_read() -> None:
    at_work: list[int] = []

    def slow() -> Iterator[Partition]:
        at_work.append(len(multiprocessing.active_children()))
        yield from ()

    assert list(engines.local(slow(), 2, expected=3)) == []
    assert list(engines.local(slow(), 2, expected=0)) == []  # a run that was finished before
    assert at_work == [2, 0]
    assert not multiprocessing.active_children()


def test_a_folder_without_a_record_is_not_resumed(tmp_path: Path) -> None:
    path, out = corpus(tmp_path), tmp_path / "out"
    out.mkdir()
    (out / "holiday.jpg").write_bytes(b"")
    with pytest.raises(ValueError, match=r"no run\.json"):
        run([path], out, resume=True, progress=quiet)


def test_the_folder_is_read_by_duckdb_and_names_its_versions(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run([corpus(tmp_path)], out, workers=1, partition_size=5, progress=quiet)
    connection = duckdb.connect()
    for name, columns in SCHEMAS.items():
        found = connection.execute(f"select * from read_parquet('{out}/{name}/*.parquet')")
        assert [column[0] for column in found.description] == list(columns)
    record = json.loads((out / RECORD).read_text(encoding="utf-8"))
    assert (record["complete"], record["articles"], record["inputs"][0][0]) == (True, 9, "corpus.jsonl")
    assert record["versions"] == versions()


def test_an_article_that_ends_its_process_becomes_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "process", fragile)
    monkeypatch.setattr(engines, "TRIES", 1)
    articles = [Article(f"a{i}", "a bomb" if i == 1 else "calm") for i in range(3)]
    parts = [Partition(0, tuple(articles[:2])), Partition(1, tuple(articles[2:]))]
    done = {part.number: json.loads(tables["articles"]) for part, tables in engines.local(iter(parts), 1)}
    assert [row for number in sorted(done) for row in done[number]] == [["a0"], ["a1", engines.LOST], ["a2"]]


def test_workers_that_end_while_they_load_cost_time_and_no_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "process", fragile)
    monkeypatch.setattr(work, "ready", never_ready)
    parts = [Partition(number, (Article(f"a{number}", "calm"),)) for number in range(3)]
    done = {part.number: json.loads(tables["articles"]) for part, tables in engines.local(iter(parts), 2, expected=3)}
    assert done == {0: [["a0"]], 1: [["a1"]], 2: [["a2"]]}


def test_an_input_that_cannot_be_read_costs_the_others_nothing(tmp_path: Path) -> None:
    good, bad = corpus(tmp_path), tmp_path / "bad.parquet"
    bad.write_bytes(b"PAR1 and nothing else")
    summary = run([bad, good], tmp_path / "out", workers=1, partition_size=50, progress=quiet)
    assert len(summary.failed) == 1
    assert "bad.parquet" in summary.failed[0]
    rows = rows_of(tmp_path / "out")
    assert len(rows["articles"]) == 10
    assert rows["problems"]["problem"].str.contains("bad.parquet").any()


def test_wrong_calls_name_the_choices(tmp_path: Path) -> None:
    path = corpus(tmp_path)
    with pytest.raises(ValueError, match="local, dask"):
        run([path], tmp_path / "out", engine="spark")
    with pytest.raises(ValueError, match="dask"):
        run([path], tmp_path / "out", scheduler="tcp://127.0.0.1:8786")
    with pytest.raises(ValueError, match="at least one"):
        run([], tmp_path / "out")
    with pytest.raises(LoadError, match="nowhere"):
        run([path, tmp_path / "nowhere.csv"], tmp_path / "out")
    with pytest.raises(ValueError, match="workers"):
        run([path], tmp_path / "out", workers=0)
    assert not (tmp_path / "out").exists()


def test_dask_missing_is_said_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(ValueError, match=r"pip install .*cluster"):
        run([corpus(tmp_path)], tmp_path / "out", engine="dask")


def test_rows_are_counted_before_they_are_read(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text('id,text\n1,"two\nlines, one ""cell"""\n2,short', encoding="utf-8")
    packed = tmp_path / "b.jsonl.gz"
    packed.write_bytes(gzip.compress(b'{"text": "a"}\n{"text": "b"}\n'))
    frame = tmp_path / "c.parquet"
    pd.DataFrame({"text": ["a", "b", "c"]}).to_parquet(frame)
    for file, n in ((table, 2), (packed, 2), (frame, 3)):
        assert count_articles([file]) == n == len(list(load(file)))


def test_progress_says_rate_and_time_left(capsys: pytest.CaptureFixture[str]) -> None:
    assert str(Progress(50, 100, 400, 10.0)) == "150 of about 400 articles (38%), 5.0 a second, about 50 s left"
    assert str(Progress(0, 0, 0, 0.0)) == "0 of about 0 articles, 0.0 a second"
    assert str(Progress(300, 100, 400, 600.0, True)) == "400 articles, 100 of them earlier, 0.5 a second, 10 min."
    assert str(Progress(0, 9, 9, 0.2, True)) == "9 articles, 9 of them earlier, 0 s."
    assert [spell(s) for s in (5, 130, 7500)] == ["5 s", "2 min", "2 h 05 min"]
    to_stderr(Progress(1, 0, 2, 1.0))
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "1 of about 2 articles (50%), 1.0 a second, about 1 s left\n"
