"""Exports of news archives and zip files are taken apart; what is neither stays one article."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest

from analysis.loading import LoadError, exports
from tests.loading_cases import PARTS, read
from tests.loading_files import SENTENCE, articles, word

CASES = read("exports.txt")


def test_both_parts_hold_cases() -> None:
    assert {part for part, _ in CASES} == set(PARTS)
    assert all(bool(exports.split(case.partition("\n@@\n")[0])) == (part == "must find") for part, case in CASES)


@pytest.mark.parametrize(("part", "case"), CASES, ids=[case.strip()[:40] for _, case in CASES])
@pytest.mark.parametrize("clean", [True, False])
def test_exports(part: str, case: str, clean: bool) -> None:
    text, _, told = case.partition("\n@@\n")
    expected = [[cell.strip() for cell in line.split("|")] for line in told.split("\n")]
    found = articles(text, "x.txt", clean=clean)
    assert len(found) == len(expected)
    for number, (article, (title, source, day, first, last)) in enumerate(zip(found, expected, strict=True), 1):
        body = article.text.removeprefix(f"{title}\n\n")
        assert body.startswith(first)
        assert body.endswith(last)
        if part == "must find":
            assert (article.id, article.source, str(article.published)) == (f"x.txt#{number}", source, day)
            assert article.title == title
            assert bool(article.problems) == (not article.text)
            assert article.removed


def test_a_word_file_may_be_an_export() -> None:
    text = next(case for _, case in CASES if "End of Document" in case).partition("\n@@\n")[0]
    assert len(articles(word(*text.split("\n")), "x.docx")) == 2


def packed(files: Mapping[str, bytes | str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, content in files.items():
            parts.writestr(name, content)
    return held.getvalue()


def test_the_files_of_a_zip_file_are_read_one_by_one() -> None:
    data = packed(
        {
            "b.txt": "The second.", "a/one.txt": SENTENCE, "a/t.csv": f"id,text\n7,{SENTENCE}\n",
            "a/w.docx": word(SENTENCE),
            "__MACOSX/a/._one.txt": b"\0", ".DS_Store": b"\0", "a/p.jpg": b"\xff\xd8\0",
            "in.zip": packed({"x.txt": SENTENCE}),
        }
    )  # fmt: skip
    found = articles(data, "mail.zip")
    assert [article.id for article in found] == [
        "mail.zip/a/one.txt", "mail.zip/a/p.jpg", "7", "mail.zip/a/w.docx", "mail.zip/b.txt", "mail.zip/in.zip",
    ]  # fmt: skip
    assert [bool(article.text) for article in found] == [True, False, True, True, True, False]
    assert "no kind of file" in found[1].problems[0]
    assert "within another" in found[5].problems[0]


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (packed({"xl/workbook.xml": "<x/>"}), "a.xlsx", "not an Excel file that can be read"),
        (packed({"xl/workbook.xml": "<x/>"}), "a.docx", "not an Excel file that can be read"),
        (packed({"content.xml": "<x/>"}), "a.odt", "OpenDocument"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1" + b"\0" * 99, "a.doc", "old Word or Excel"),
        (rb"{\rtf1\ansi The mill.}", "a.rtf", "rich text"),
        (packed({}), "a.zip", "holds no files"),
        (b"PK\x03\x04 and nothing else", "a.zip", "not a zip file"),
    ],
)
def test_kinds_that_cannot_be_read_say_what_to_do(data: bytes, name: str, says: str) -> None:
    with pytest.raises(LoadError, match=says):
        articles(data, name)


def test_a_zip_file_that_unpacks_to_far_more_is_not_opened() -> None:
    with pytest.raises(LoadError, match="unpacks to more"):
        articles(packed({f"{n}.txt": b"0" * 2**26 for n in range(7)}), "bomb.zip")
