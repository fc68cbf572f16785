"""Tables to a folder and back, whole and in part."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from analysis import framing, store, tables
from tests.press import told

REPORTS = [
    told(
        f"a{at}",
        "O'Hara’s “Post”" if at % 2 else "Meridian",
        "Vellmar’s regime waits. 😀 Nobody came.",
        terms=[("regime", "vellmar", -0.5)],
        mentions=[("Vellmar", "vellmar", "name")],
        published=date(2024, 1 + at, 7) if at < 3 else None,
    )
    for at in range(4)
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store.write(tables.from_reports(REPORTS), tmp_path / "corpus")
    return tmp_path / "corpus"


def same(one: tables.Tables, other: tables.Tables) -> None:
    for name, frame in one.frames().items():
        pd.testing.assert_frame_equal(frame, other.frames()[name], check_categorical=False)


def test_there_and_back(folder: Path) -> None:
    same(store.read(folder), tables.from_reports(REPORTS))
    assert len(framing.source_rates(store.read(folder))) == 6


def test_nothing_there_and_back(tmp_path: Path) -> None:
    store.write(tables.empty(), tmp_path)
    same(store.read(tmp_path), tables.empty())
    assert store.sources(tmp_path).empty


def test_parts_are_read_as_one_in_their_order(tmp_path: Path) -> None:
    for number, part in enumerate((REPORTS[:2], REPORTS[2:])):
        for name, frame in tables.from_reports(part).frames().items():
            (tmp_path / name).mkdir(exist_ok=True)
            frame.to_parquet(tmp_path / name / f"part-{number:06d}.parquet", index=False)
    same(store.read(tmp_path), tables.from_reports(REPORTS))
    with pytest.raises(ValueError, match="several parts"):
        store.write(tables.empty(), tmp_path)


def test_one_file_a_table_is_read_too(tmp_path: Path) -> None:
    for name, frame in tables.from_reports(REPORTS).frames().items():
        frame.to_parquet(tmp_path / f"{name}.parquet", index=False)
    same(store.read(tmp_path), tables.from_reports(REPORTS))


@pytest.mark.parametrize(
    ("choice", "ids"),
    [
        ({"sources": ["O'Hara’s “Post”"]}, ["a1", "a3"]),
        ({"sources": []}, []),
        ({"since": date(2024, 2, 7)}, ["a1", "a2"]),
        ({"until": date(2024, 2, 7)}, ["a0", "a1"]),
        ({"sources": ["Meridian"], "since": date(2024, 1, 8), "until": date(2024, 3, 7)}, ["a2"]),
    ],
)
def test_a_choice_is_what_select_would_choose(choice: dict[str, object], ids: list[str], folder: Path) -> None:
    made = store.read(folder, **choice)  # type: ignore[arg-type]
    assert made.articles["article"].tolist() == ids
    same(made, tables.from_reports(REPORTS).select(**choice))  # type: ignore[arg-type]


def test_sources_of_a_folder(folder: Path) -> None:
    frame = store.sources(folder)
    assert frame[["source", "articles", "words"]].to_numpy().tolist() == [
        ["Meridian", 2, 10],
        ["O'Hara’s “Post”", 2, 10],
    ]
    assert frame["last"].iloc[0] == pd.Timestamp(2024, 3, 7)


def test_errors_are_sentences(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"Unknown source 'Post'\. Choose one of: Meridian, O'Hara’s “Post”\."):
        store.read(folder, sources=["Post"])
    with pytest.raises(FileNotFoundError, match="holds no table “articles”"):
        store.read(tmp_path / "nowhere")
    (tmp_path / "file").write_text("x")
    with pytest.raises(ValueError, match="is a file"):
        store.write(tables.empty(), tmp_path / "file")
