"""The command line, as somebody outside the project calls it."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis.__main__ import main
from analysis.schemas import SCHEMAS

ROOT = Path(__file__).parent.parent
KEYS = {
    "id", "source", "title", "published", "url", "language", "text", "removed", "actors", "attributions", "quotes",
    "findings", "tone", "agency", "sentences", "exposure", "problems",
}  # fmt: skip


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "analysis", *arguments], cwd=ROOT, input=stdin, capture_output=True)


def rows(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    articles = [
        {"id": "b", "source": "The Harbour Gazette", "text": "The regime “liberated” the port, Ines Carvalho claimed."},
        {"id": "a", "text": "=cmd|' /C calc'!A0 said the thug. “No,” said Goran Vuk.", "published": "2022-02-07"},
    ]
    (folder / "two.jsonl").write_text("\n".join(json.dumps(a, ensure_ascii=False) for a in articles), encoding="utf-8")
    return folder


def test_json_keeps_order_ids_and_offsets(corpus: Path) -> None:
    done = run("analyze", str(corpus / "two.jsonl"), "--no-clean")
    assert done.returncode == 0, done.stderr
    first, second = rows(done)
    assert [first["id"], second["id"]] == ["b", "a"]
    assert set(first) == KEYS
    assert second["published"] == "2022-02-07"
    for row in (first, second):
        text = row["text"]
        for kind in ("quotes", "findings", "attributions"):
            for one in row[kind]:
                assert text[one["start"] : one["end"]] == one["text"]
    assert [(q["text"], q["kind"], q["speaker"]) for q in second["quotes"]] == [("No,", "direct", "Goran Vuk")]


def test_text_is_for_people_to_read(corpus: Path) -> None:
    done = run("analyze", str(corpus / "two.jsonl"), "--format", "text")
    assert done.returncode == 0, done.stderr
    first, _, second = done.stdout.decode().partition("─" * 24)
    assert "The Harbour Gazette" in first
    assert "The [regime]1 “" in first
    assert "   1 Loaded term" in first
    assert "‘regime’ judges where" in first
    assert "7 February 2022" in second


def test_what_a_terminal_would_obey_stays_text() -> None:
    text = json.dumps({"text": "The \u001b[2Jthuggish regime fell.", "title": "\u001b]0;x\u0007"}).encode()
    done = run("analyze", "-", "--format", "text", "--no-clean", stdin=text)
    assert done.returncode == 0, done.stderr
    assert not set(done.stdout.decode()) & {chr(code) for code in range(32) if chr(code) != "\n"}


def test_no_clean_takes_the_text_as_it_stands() -> None:
    text = "  Leave a Reply\r\n\r\nRequired fields are marked *  \u00a0é e\u0301 😀 "
    done = run("analyze", "-", "--no-clean", stdin=json.dumps({"text": text}).encode())
    assert [row["text"] for row in rows(done)] == [text]


def test_standard_input_as_plain_text() -> None:
    done = run("analyze", "-", stdin=b"The road is open.\n\nSource: IZ\n")
    (row,) = rows(done)
    assert row["source"] == "IZ"
    assert row["text"] == "The road is open."


def test_a_bad_row_costs_itself_alone() -> None:
    lines = b'{"id": "x", "text": "All is well."}\n{nonsense\n{"id": "y", "text": "So it is."}'
    done = run("analyze", "-", stdin=lines)
    assert done.returncode == 1
    found = rows(done)
    assert [row["text"] for row in found] == ["All is well.", "", "So it is."]
    assert "Row 2" in " ".join(found[1]["problems"])
    assert b"Row 2" in done.stderr


def test_an_unreadable_path_costs_itself_alone(corpus: Path) -> None:
    done = run("analyze", "no-such-file.txt", str(corpus / "two.jsonl"))
    assert done.returncode == 1
    assert len(rows(done)) == 2
    assert b"no-such-file.txt" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [(), ("analyse", "x"), ("analyze",), ("analyze", "x", "--format", "xml"), ("analyze", "x", "--format", "parquet")],
)
def test_a_wrong_call(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == b""


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (("--lexicon", "none.tsv"), 2, "The list none.tsv cannot be read: No such file or directory."),
        (("--out", "none/out.json"), 1, "none/out.json: No such file or directory."),
        (("--out", "."), 1, ".: Is a directory."),
    ],
)
def test_a_file_that_cannot_be_opened_is_named(
    arguments: tuple[str, ...], status: int, says: str, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["analyze", str(corpus / "two.jsonl"), *arguments]) == status
    assert capsys.readouterr().err == f"analysis: {says}\n"


def test_own_words_in_the_encoding_of_a_spreadsheet(tmp_path: Path) -> None:
    words = tmp_path / "words.tsv"
    words.write_bytes("term\tcategory\tvalence\nblasé\tlabel\t-0.5\n".encode("cp1252"))
    done = run("analyze", "-", "--lexicon", str(words), stdin="The blasé mayor left.".encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert "blasé" in [finding["text"] for finding in rows(done)[0]["findings"]]  # type: ignore[attr-defined]


def test_tables(corpus: Path, tmp_path: Path) -> None:
    done = run("analyze", str(corpus / "two.jsonl"), "--format", "parquet", "--out", str(tmp_path / "tables"))
    assert done.returncode == 0, done.stderr
    assert {file.stem for file in (tmp_path / "tables").iterdir()} == set(SCHEMAS)
    assert list(pd.read_parquet(tmp_path / "tables" / "articles.parquet")["article"]) == ["b", "a"]


def test_csv_runs_nothing_in_a_spreadsheet(corpus: Path) -> None:
    done = run("analyze", str(corpus / "two.jsonl"), "--format", "csv")
    table = list(csv.reader(io.StringIO(done.stdout.decode("utf-8"))))
    assert len(table) > 2
    assert not any(cell.startswith(("=", "+", "@")) for line in table for cell in line)


def test_report_is_one_page(corpus: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    done = run("report", str(corpus / "two.jsonl"), "--out", str(page))
    assert done.returncode == 0, done.stderr
    html = page.read_text(encoding="utf-8")
    assert "regime" in html
    assert "<script" not in html
