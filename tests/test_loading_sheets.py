"""Excel tables: the first sheet as any other table, a sentence for what is not read, and files made to do harm."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest

from analysis.loading import LoadError, read_table, sheets
from analysis.loading.errors import MIB
from tests.loading_files import SENTENCE, articles, workbook

HEADER = ["headline", "body", "outlet", "date"]


def changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """A workbook with something else in one of its parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as parts, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name in parts.namelist():
            content = parts.read(name)
            if name == part:
                assert old in content
                content = content.replace(old, new)
            made.writestr(name, content)
    return buffer.getvalue()


def test_rows_are_articles_with_their_source_headline_and_day() -> None:
    rows = [HEADER, ["Lock mended", SENTENCE, "The Weir Post", datetime(2024, 3, 4)],
            [None, None, None, None], ["Again", "Mended again.", "Meridian Wire", "5 March 2024"]]  # fmt: skip
    first, second = articles(workbook({"Articles": rows}), "a.xlsx")
    assert (first.title, first.source, first.published) == ("Lock mended", "The Weir Post", date(2024, 3, 4))
    assert first.text.endswith(SENTENCE)
    assert (second.id, second.published, second.problems) == ("a.xlsx#2", date(2024, 3, 5), ())


def test_texts_that_excel_keeps_apart_from_their_cells_are_read() -> None:
    """As Excel writes them: a list of texts, some in several letters, and numbers in the cells."""
    whole = workbook({"S": [["text"], ["SHARED"]]})
    cell = changed(whole, "xl/worksheets/sheet1.xml", b't="inlineStr"><is><t>SHARED</t></is>', b't="s"><v>0</v>')
    kinds = b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    listed = changed(cell, "[Content_Types].xml", b"</Types>", kinds + b'spreadsheetml.sharedStrings+xml"/></Types>')
    buffer = io.BytesIO(listed)
    with zipfile.ZipFile(buffer, "a") as made:
        made.writestr(
            "xl/sharedStrings.xml",
            '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><r><t xml:space="preserve">The '
            "lock was </t></r><r><rPr><b/></rPr><t>mended.</t></r></si></sst>",
        )
    assert [one.text for one in articles(buffer.getvalue(), "a.xlsx")] == ["The lock was mended."]


def test_the_header_may_stand_below_what_was_searched_for() -> None:
    rows = [["Export of 4 March"], [], HEADER, ["Lock mended", SENTENCE, "The Weir Post", None]]
    (only,) = articles(workbook({"Export": rows}), "a.xlsx")
    assert (only.source, only.published) == ("The Weir Post", None)


def test_the_first_sheet_with_rows_is_read_and_the_others_are_named() -> None:
    data = workbook({"Cover": [], "Articles": [["text"], [SENTENCE], ["More."]], "Notes": [["Ask Nora."]]})
    first, second = articles(data, "a.xlsx")
    assert first.problems == (
        "Of a.xlsx the sheet “Articles” was read, and not “Notes”: save each as a file of its own to read it, too.",
    )
    assert second.problems == ()


def test_a_row_without_text_and_a_cell_that_excel_cut_are_problems() -> None:
    long = ("The lock was mended. " * 2000)[: sheets.FULL_CELL - 1] + "."
    rows = [["id", "text"], ["a", None], ["b", long], ["c", SENTENCE]]
    empty, cut, good = articles(workbook({"S": rows}), "a.xlsx")
    assert (empty.text, empty.problems) == ("", ("Row 1 of a.xlsx has no text.",))
    assert "its end may be missing" in cut.problems[0]
    assert (good.id, good.problems) == ("c", ())


def test_columns_can_be_looked_at_and_a_table_without_text_says_so() -> None:
    data = workbook({"S": [["was", "wann"], [SENTENCE, 3]]})
    assert read_table(data, "a.xlsx").columns.tolist() == ["was", "wann"]
    with pytest.raises(LoadError, match=r"No column of a\.xlsx looks like the text"):
        articles(data, "a.xlsx")
    with pytest.raises(LoadError, match="has no rows"):
        articles(workbook({"S": []}), "a.xlsx")


def test_a_damaged_sheet_keeps_the_rows_before() -> None:
    whole = workbook({"S": [["text"], [SENTENCE], ["Second."], ["Third."]]})
    found = articles(changed(whole, "xl/worksheets/sheet1.xml", b'<row r="3"', b'<row r="3'), "a.xlsx")
    assert [bool(one.text) for one in found] == [True, False]
    assert "is damaged" in found[1].problems[0]


def test_a_locked_or_old_file_says_what_to_do() -> None:
    with pytest.raises(LoadError, match="without a password"):
        articles(b"\xd0\xcf\x11\xe0\xa1\xb1" + b"\0" * 99, "a.xlsx")


def test_a_workbook_that_unpacks_to_far_more_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    data = changed(workbook({"S": [["text"], [SENTENCE]]}), "xl/styles.xml", b"</styleSheet>",
                   b" " * (sheets.MAX_XML + 1) + b"</styleSheet>")  # fmt: skip
    assert len(data) < MIB
    with pytest.raises(LoadError, match="unpacks to more than 64 MiB; save it as CSV"):
        articles(data, "bomb.xlsx")


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_entities_are_refused(part: str) -> None:
    whole = workbook({"S": [["text"], [SENTENCE]]})
    with zipfile.ZipFile(io.BytesIO(whole)) as parts:
        start = parts.read(part)[:40]
    at = start.index(b"<", 1) if start.startswith(b"<?xml") else 0
    bomb = start[:at] + b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + start[at:]
    with pytest.raises(LoadError, match="entities"):
        articles(changed(whole, part, start, bomb), "a.xlsx")


def test_a_text_that_stands_in_every_cell_is_counted_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    data = workbook({"S": [["text"], *[[SENTENCE * 100]] * 300]})
    monkeypatch.setattr("analysis.loading.files.MAX_EXPANDED", MIB)
    with pytest.raises(LoadError, match="unpacks to more than 1 MiB"):
        articles(data, "a.xlsx")


def test_a_cell_far_to_the_right_or_far_down_costs_nothing() -> None:
    whole = workbook({"S": [["text"], [SENTENCE], ["Last."]]})
    sheet = "xl/worksheets/sheet1.xml"
    right = changed(whole, sheet, b'r="A3"', b'r="XFD3"')
    assert len(articles(right, "a.xlsx")) == 1
    down = changed(whole, sheet, b'<row r="3"', b'<row r="99999999999"')
    assert len(articles(down, "a.xlsx")) == 1
