"""Files, folders, tables and uploads: every kind, every bound, and one bad row that costs nothing else."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.loading import (
    Columns,
    LoadError,
    files,
    from_bytes,
    from_stream,
    guess_columns,
    load,
    read_table,
    tables,
)
from analysis.model import Article
from tests.loading_files import SENTENCE, articles, pdf, word, workbook


def texts(data: bytes | str, name: str) -> list[str]:
    return [article.text for article in articles(data, name)]


def parquet(rows: list[dict[str, object]]) -> bytes:
    buffer = io.BytesIO()
    pd.DataFrame(rows).to_parquet(buffer, index=False)
    return buffer.getvalue()


ROW = {
    "id": "a",
    "source": "The Tidewater Post",
    "published": "2022-02-07",
    "url": "https://t.example/a",
    "text": SENTENCE,
}
KINDS: dict[str, bytes] = {
    "a.txt": SENTENCE.encode(),
    "a.md": f"# Lock mended\n\n{SENTENCE}".encode(),
    "a.html": f"<html><body><p>{SENTENCE}</p></body></html>".encode(),
    "a.docx": word(SENTENCE),
    "a.pdf": pdf([[SENTENCE]]),
    "a.csv": f"text\n{SENTENCE}\n".encode(),
    "a.tsv": f"text\n{SENTENCE}\n".encode(),
    "a.xlsx": workbook({"Sheet1": [["text"], [SENTENCE]]}),
    "a.jsonl": json.dumps(ROW).encode(),
    "a.json": json.dumps([ROW]).encode(),
    "a.parquet": parquet([ROW]),
    "a.txt.gz": gzip.compress(SENTENCE.encode()),
    "a.jsonl.gz": gzip.compress(json.dumps(ROW).encode()),
    "a.csv.gz": gzip.compress(f"text\n{SENTENCE}\n".encode()),
}


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_from_bytes_from_disk_and_from_a_pipe(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(KINDS[name])
    for found in (
        articles(KINDS[name], name),
        list(load(tmp_path / name)),
        list(from_stream(Pipe(KINDS[name]), name)),  # type: ignore[arg-type]
    ):
        assert len(found) == 1
        assert found[0].text.endswith(SENTENCE)
        assert found[0].problems == ()


class Pipe(io.BytesIO):
    """A stream that cannot be wound back, like standard input."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: object) -> int:
        raise io.UnsupportedOperation


@pytest.mark.parametrize("name", ["a.txt", "a.docx", "a.pdf", "a.jsonl", "a.json", "a.parquet", "a.html", "a.jsonl.gz"])
def test_kind_without_a_name(name: str) -> None:
    assert articles(KINDS[name], "upload")[0].text.endswith(SENTENCE)


def test_row_keys() -> None:
    (article,) = articles(KINDS["a.jsonl"], "a.jsonl")
    assert (article.id, article.source, article.url) == ("a", "The Tidewater Post", "https://t.example/a")
    assert str(article.published) == "2022-02-07"


def test_rows_without_cleaning_are_kept_to_the_character() -> None:
    text = "Cafe\u0301\u00a0 \r\n\r\nLeave a Reply\u2028 “x” 😀\x85\n"
    data = json.dumps({"text": text, "title": "T"}) + "\n" + json.dumps({"text": text}, ensure_ascii=False)
    assert [article.text for article in articles(data, "a.jsonl", clean=False)] == [text, text]


@given(st.text(min_size=1).filter(lambda text: text.strip() != ""))
def test_any_text_passes_json_lines_unchanged(text: str) -> None:
    data = json.dumps({"text": text}) + "\n"
    assert articles(data, "a.jsonl", clean=False)[0].text == "".join(
        "\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text
    )


@given(
    st.lists(
        st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), min_size=1), min_size=1, max_size=5
    )
)
def test_any_texts_pass_csv_unchanged(values: list[str]) -> None:
    values = [f"x{value}" for value in values]
    data = pd.DataFrame({"text": values}).to_csv(index=False, lineterminator="\n", quoting=csv.QUOTE_ALL).encode()
    assert [article.text for article in articles(data, "a.csv", clean=False)] == values


def test_one_bad_row_of_json_lines_costs_only_itself() -> None:
    deep = "[" * 100_000
    lines = [
        json.dumps(ROW),
        "{broken",
        '{"id": "b"}',
        "[1, 2]",
        deep,
        '{"id": "c", "text": null}',
        "",
        json.dumps({"text": "End."}),
    ]
    found = articles("\n".join(lines), "x.jsonl")
    assert [article.id for article in found] == ["a", "x.jsonl#2", "b", "x.jsonl#4", "x.jsonl#5", "c", "x.jsonl#7"]
    assert [bool(article.text) for article in found] == [True, False, False, False, False, False, True]
    assert [len(article.problems) for article in found] == [0, 1, 1, 1, 1, 1, 0]
    assert found[2].problems == ("Row 3 of x.jsonl has no text.",)
    assert "too deeply" in found[4].problems[0]


def test_one_bad_row_of_csv_costs_only_itself() -> None:
    data = 'id,text\n1,one\n2,"never closed\n3,three\n4,"four, with a\nbreak"\n5,five,six\n6\n'
    found = articles(data, "x.csv")
    assert [(article.id, article.text) for article in found] == [
        ("1", "one"), ("x.csv#2", ""), ("3", "three"), ("4", "four, with a\nbreak"), ("5", "five"), ("6", ""),
    ]  # fmt: skip
    assert "never closed" in found[1].problems[0]
    assert "3 cells" in found[4].problems[0]
    assert found[5].problems == ("Row 6 of x.csv has no text.",)


def test_a_cell_beyond_the_bound_costs_only_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_ROW", 1000)
    found = articles("id,text\n1,one\n2," + "x" * 2000 + "\n3,three\n", "x.csv")
    assert [(article.id, bool(article.text)) for article in found] == [("1", True), ("x.csv#2", False), ("3", True)]


def test_a_line_beyond_the_bound_costs_only_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_ROW", 100)
    lines = ['{"text": "one"}', json.dumps({"text": "x" * 200}), '{"text": "three"}']
    assert texts("\n".join(lines), "x.jsonl") == ["one", "", "three"]


def test_columns_of_csv_come_from_its_header() -> None:
    assert texts('id,body\n1,"never\n2,Two.\n3,Three.\n', "x.csv") == ["", "Two.", "Three."]


def test_marks_inside_cells_are_kept() -> None:
    assert texts('id\ttext\n1\t"He left," she said.\n', "x.tsv") == ['"He left," she said.']
    assert texts('id,text\n1,She said "no" twice.\n2,"She said ""no"", twice."\n', "x.csv") == [
        'She said "no" twice.', 'She said "no", twice.',
    ]  # fmt: skip


def test_a_single_column_holds_whole_lines() -> None:
    assert texts("text\nOne, two and three left.\n", "x.csv") == ["One, two and three left."]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(delimiter: str) -> None:
    data = f"id{delimiter}text\n1{delimiter}One said so.\n"
    assert texts(data, "x.csv") == ["One said so."]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_tables_in_every_encoding(encoding: str) -> None:
    text = "“Café” owners – all nine – met."
    assert texts(f"id,text\n1,{text}\n2,“No”\n".encode(encoding), "x.csv") == [text, "“No”"]
    line = json.dumps({"text": text}, ensure_ascii=False)
    assert texts(f"{line}\n{line}\n".encode(encoding), "x.jsonl") == [text, text]


def test_repeated_ids_stay_apart() -> None:
    found = articles('{"id": "a", "text": "One."}\n{"id": "a", "text": "Two."}\n{"id": 3, "text": "Three."}', "x.jsonl")
    assert [article.id for article in found] == ["a", "a#2", "3"]
    assert "repeats the id" in found[1].problems[0]


def test_unreadable_day_is_a_problem_of_its_row() -> None:
    found = articles("text,date\nOne.,07/02/2022\nTwo.,2022-02-08\n", "x.csv")
    assert (found[0].text, found[0].published) == ("One.", None)
    assert "two ways" in found[0].problems[0]
    assert str(found[1].published) == "2022-02-08"


def test_columns_are_guessed_by_the_names_people_use() -> None:
    names = ["Article ID", "Headline", "Outlet", "Publish_Date", "Link", "Body", "leaning"]
    assert guess_columns(names) == Columns("Body", "Article ID", "Outlet", "Headline", "Publish_Date", "Link")
    assert guess_columns(["content", "text", "publisher", "source"]) == Columns(text="text", source="source")
    assert guess_columns(["a", "b"]) == Columns()


def test_missing_columns_are_named() -> None:
    with pytest.raises(LoadError, match=r"Columns found: a, b\."):
        articles("a,b\n1,2\n", "x.csv")
    with pytest.raises(LoadError, match=r"no column “body” for text\. Columns found: a, b\."):
        articles("a,b\n1,2\n", "x.csv", columns=Columns(text="body"))
    with pytest.raises(LoadError, match="Columns found: a"):
        articles(parquet([{"a": 1}]), "x.parquet")
    assert articles("a,b\n1,Said so.\n", "x.csv", columns=Columns(text="b", id="a"))[0].id == "1"


def test_preview_of_a_table() -> None:
    frame = read_table(b"id,body\n1,One\n2,Two\n3,Three\n", "x.csv", rows=2)
    assert list(frame.columns) == ["id", "body"]
    assert frame["body"].tolist() == ["One", "Two"]
    assert list(read_table(KINDS["a.parquet"], "a.parquet").columns) == list(ROW)
    with pytest.raises(LoadError, match="no table"):
        read_table(b"x", "x.txt")
    with pytest.raises(LoadError, match="no rows"):  # its columns cannot be told from those that hold no text
        read_table(b"title,text\n", "x.csv")


def test_a_text_with_a_stray_byte_is_still_a_text() -> None:
    assert articles(b"title,text\nA,The mi\0nister spoke.\n", "a.csv")[0].text.endswith("The minister spoke.")


@pytest.mark.parametrize(
    "value",
    [[ROW, ROW | {"id": "b"}], {"articles": [ROW, ROW | {"id": "b"}]}, {"total": 2, "found": [ROW, ROW | {"id": "b"}]}],
)
def test_json_shapes(value: object) -> None:
    assert [article.id for article in articles(json.dumps(value), "x.json")] == ["a", "b"]


def test_json_lines_under_the_wrong_name() -> None:
    assert texts(f"{json.dumps(ROW)}\n{json.dumps(ROW | {'id': 'b'})}\n", "x.json") == [SENTENCE, SENTENCE]


def test_nested_publisher_is_read_by_its_name() -> None:
    data = json.dumps({"articles": [{"source": {"id": None, "name": "The Tidewater Post"}, "content": SENTENCE}]})
    assert articles(data, "x.json")[0].source == "The Tidewater Post"


def test_parquet_streams_by_row_group() -> None:
    buffer = io.BytesIO()
    pd.DataFrame({"text": [f"Said {n} times." for n in range(1000)], "big": ["x" * 1000] * 1000}).to_parquet(
        buffer, row_group_size=100
    )
    found = from_bytes(buffer.getvalue(), "x.parquet")
    assert next(found).text == "Said 0 times."
    assert sum(1 for _ in found) == 999


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "a.txt", "no text"),
        (b" \n ", "a.txt", "no text"),
        (b"", "a.csv", "empty"),
        (b"", "a.jsonl", "no rows"),
        (b"{", "a.json", "not JSON"),
        (b"[" * 100_000, "a.json", "too deeply"),
        (b"12", "a.json", "no list"),
        (b"PK\x03\x04 broken", "a.docx", "not a Word file"),
        (b"%PDF-1.4 broken", "a.pdf", "not a PDF"),
        (b"PAR1 broken", "a.parquet", "not a Parquet file"),
        (b"\x1f\x8b broken", "a.txt.gz", "not a gzip file"),
        (gzip.compress(b"x" * 1000, mtime=0)[:-9], "a.txt.gz", "not a gzip file"),
        (b"\x00\x01\x02\x03\xff\x00\x00", "a.bin", "no kind of file"),
        *(
            (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, f"a.{kind}", "holds no text")
            for kind in ("txt", "csv", "html")
        ),
        (b"PK\x03\x04" + bytes(range(0, 256, 2)) * 8, "a.csv", "holds no text"),
        (b"title,text\n", "a.csv", "no rows"),
    ],
)
def test_what_cannot_be_read_says_so(data: bytes, name: str, says: str) -> None:
    with pytest.raises(LoadError, match=says):
        articles(data, name)


def test_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_DOCUMENT", 100)
    with pytest.raises(LoadError, match="too much for one article"):
        articles("x" * 101, "a.txt")
    monkeypatch.setattr(files, "MAX_EXPANDED", 1000)
    with pytest.raises(LoadError, match="unpacks to more"):
        articles(gzip.compress(b'{"text": "One."}\n' * 1000), "a.jsonl.gz")
    repeated, long = [{"text": SENTENCE}] * 100, [{"text": "".join(map(str, range(1000)))}]
    for rows in (repeated, long):  # the first holds its text once for all rows, the second says how large it is
        with pytest.raises(LoadError, match="unpacks to more"):
            articles(parquet(rows), "a.parquet")
    monkeypatch.setattr(files, "MAX_UPLOAD", 10)
    with pytest.raises(LoadError, match="larger than"):
        from_bytes(b"x" * 11, "a.txt")


def test_folder_in_order_with_one_bad_file(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "b").mkdir()
    for name, data in {
        "a.txt": b"One.",
        "b/c.txt": b"Two.",
        "b/bad.pdf": b"%PDF broken",
        "README.md": b"# About",
        "d.xyz": b"?",
    }.items():
        (tmp_path / name).write_bytes(data)
    found = list(load(tmp_path))
    assert [(article.id, article.text) for article in found] == [
        ("a.txt", "One."),
        ("b/bad.pdf", ""),
        ("b/c.txt", "Two."),
    ]
    assert "not a PDF" in found[1].problems[0]
    assert "d.xyz left out" in caplog.text


def test_patterns_and_missing_paths(tmp_path: Path) -> None:
    for name in ("a1.txt", "a2.txt", "b.txt"):
        (tmp_path / name).write_text(f"{name} said so.")
    assert [article.id for article in load(tmp_path / "a*.txt")] == ["a1.txt", "a2.txt"]
    for missing in (tmp_path / "none.txt", tmp_path / "*.pdf"):
        with pytest.raises(LoadError, match="No file, folder or pattern"):
            load(missing)
    (tmp_path / "empty").mkdir()
    with pytest.raises(LoadError, match="holds no file"):
        load(tmp_path / "empty")


@given(st.data(), st.sampled_from(sorted(KINDS)))
def test_a_damaged_file_of_any_kind_loads_or_says_why(data: st.DataObject, name: str) -> None:
    broken = bytearray(KINDS[name])
    for place, byte in data.draw(st.lists(st.tuples(st.integers(0, len(broken) - 1), st.integers(0, 255)), max_size=8)):
        broken[place] = byte
    try:
        found = articles(bytes(broken[: data.draw(st.integers(1, len(broken)))]), name)
    except LoadError as error:
        found = [Article(name, "", problems=(str(error),))]
    assert all(article.text or article.problems for article in found)


@given(st.binary(max_size=300), st.sampled_from(sorted(KINDS)))
def test_any_bytes_under_any_name_load_or_say_why(data: bytes, name: str) -> None:
    try:
        found = articles(data, name)
    except LoadError as error:
        found = [Article(name, "", problems=(str(error),))]
    assert all(article.text or article.problems for article in found)
