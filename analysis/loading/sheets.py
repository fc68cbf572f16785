"""An Excel workbook in, the rows of its first sheet out, as those of other tables.

A workbook is a zip file of XML that anybody may have made: its parts are measured before they are unpacked, none may
define entities, and rows and columns are bounded. Formulas give the values that Excel kept beside them.
"""

from __future__ import annotations

import io
import itertools
import warnings
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any, BinaryIO
from xml.parsers import expat

from analysis.loading.columns import guess_columns
from analysis.loading.errors import MAX_UPLOAD, MIB, LoadError, unpacks_to_more
from analysis.loading.tables import TOP_LINES, Row
from analysis.written import count, listing

MAX_XML = 64 * MIB  # bytes that a workbook may unpack to: its texts are held in memory whole
MAX_ROWS = 1_048_576  # Excel's own
MAX_COLUMNS = 256  # a row that names a cell far to the right would be filled up to it
FULL_CELL = 32_767  # characters, the most that a cell of Excel holds; what is longer was cut by Excel
MAX_SHEETS = 200
SHEETS_NAMED = 5
_BLANK = (None,) * MAX_COLUMNS
_CHUNK = 65_536
_LOCKED = b"\xd0\xcf\x11\xe0"  # the first bytes of old Excel files, and of new ones with a password


def sheet_rows(
    stream: BinaryIO, name: str, choose: Callable[[list[str]], object], expand: int | None = None
) -> Iterator[Row]:
    """Rows of the first sheet that holds any; `choose` is told the columns before them, `expand` bounds the characters
    that come out, for one text may stand in every cell. The first row says which sheets were not read. Raises
    LoadError."""
    data = stream.read(MAX_UPLOAD + 1)
    book = _opened(data, name)
    try:
        sheet, cells, others = _first(book, name)
        cells = _to_the_damage(cells)
        top = list(itertools.islice(cells, TOP_LINES + 1))
        place = _header([row for row in top if not isinstance(row, Row)])
        header = [_text(cell) or f"column {at}" for at, cell in enumerate(_trimmed(top[place]), 1)]
        choose(header)
        note = _others(name, sheet, others)
        characters = 0
        for number, row in enumerate(itertools.chain(top[place + 1 :], cells), 1):
            if isinstance(row, Row):
                yield row
                return
            values = {column: _cell(value) for column, value in zip(header, row, strict=False)}
            texts = [value for value in values.values() if isinstance(value, str)]
            characters += sum(map(len, texts))
            if expand is not None and characters > expand:
                raise unpacks_to_more(name, expand)
            cut = any(len(text) >= FULL_CELL for text in texts)
            told = f"Row {number} of {name} has a cell with as many characters as Excel takes; its end may be missing."
            yield Row(number, values, " ".join(filter(None, (note, told if cut else ""))))
            note = ""
    finally:
        book.close()


def _opened(data: bytes, name: str) -> Any:
    if data[:4] == _LOCKED:
        raise LoadError(
            f"{name} is locked with a password, or an old Excel file by a new name; save it as .xlsx without a "
            "password and load that."
        )
    try:
        _check(data, name)
        from openpyxl import load_workbook  # here alone: nobody else need wait for it

        with warnings.catch_warnings(action="ignore"):  # of styles and extensions, which are nothing to a reader
            return load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except LoadError:
        raise
    except Exception as error:  # a broken workbook breaks openpyxl in many ways
        raise LoadError(
            f"{name} is not an Excel file that can be read; open it in a spreadsheet program and save it as .xlsx "
            f"or .csv ({_short(error)})."
        ) from None


def _check(data: bytes, name: str) -> None:
    """Raise LoadError where the parts would fill the memory, or define what would grow when it is read."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        xml = [part for part in parts.infolist() if part.filename.lower().endswith((".xml", ".rels"))]
        if sum(part.file_size for part in xml) > MAX_XML:
            raise LoadError(
                f"{name} unpacks to more than {MAX_XML // MIB} MiB; save it as CSV, which is read row by row."
            )
        for part in xml:
            with parts.open(part) as stream:
                if _defines(stream):
                    raise LoadError(f"{name} defines its own entities, which no spreadsheet program writes.")
        # openpyxl looks into every sheet at once, and a thousand may name the same part.
        if parts.read("xl/workbook.xml").count(b"<sheet ") > MAX_SHEETS:
            raise LoadError(f"{name} has more than {MAX_SHEETS} sheets; save the one with the articles as a file.")


def _defines(stream: Any) -> bool:
    """Whether the XML has a document type, where entities are defined; what follows the first tag is not looked at."""
    found: list[bool] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: found.append(True)
    parser.StartElementHandler = lambda *_: found.append(False)
    with suppress(expat.ExpatError):  # what is damaged is told where it is read
        while not found and (piece := stream.read(_CHUNK)):
            parser.Parse(piece)
    return bool(found) and found[0]


def _first(book: Any, name: str) -> tuple[str, Iterator[Sequence[Any]], list[str]]:
    """The first visible sheet that holds a cell, its rows from there on, and the other sheets that hold some."""
    held = []
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            rows = _rows(sheet, name)
            begin = next(rows, None)
            if begin is not None:
                held.append((str(sheet.title), itertools.chain([begin], rows)))
    if not held:
        raise LoadError(f"{name} has no rows.")
    (title, rows), *others = held
    return title, rows, [other for other, _ in others]


def _rows(sheet: Any, name: str) -> Iterator[Sequence[Any]]:
    """The rows of a sheet that hold something."""
    try:
        for row in sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS, values_only=True):
            if row != _BLANK:
                yield row
    except Exception as error:  # the sheet's XML, its cells, the texts that they point to
        raise LoadError(f"{name} is damaged: {_short(error)}.") from None


def _to_the_damage(rows: Iterator[Sequence[Any]]) -> Iterator[Any]:
    """The rows; where one is damaged, a `Row` in its place says so, and those before are kept."""
    number = 0
    try:
        for row in rows:
            yield row
            number += 1
    except LoadError as error:
        if not number:
            raise
        yield Row(number, problem=f"{str(error).rstrip('.')}; what stands below was not read.")


def _header(top: Sequence[Sequence[Any]]) -> int:
    """Which of the first rows names the columns: the first that names a text and something else, else the first."""
    for place, row in enumerate(top):
        guess = guess_columns([_text(cell) for cell in row])
        if guess.text and (guess.title or guess.source or guess.published or guess.url):
            return place
    return 0


def _trimmed(row: Sequence[Any]) -> Sequence[Any]:
    """A row without the empty cells at its end."""
    filled = [at for at, cell in enumerate(row, 1) if cell is not None]
    return row[: max(filled, default=0)]


def _text(cell: Any) -> str:
    return "" if cell is None else " ".join(str(cell).split())


def _cell(value: Any) -> Any:
    """A cell's value; a text without the signs that Excel writes for a line that ended twice."""
    return value.replace("_x000D_", "").strip() if isinstance(value, str) else value


def _others(name: str, sheet: str, others: Sequence[str]) -> str:
    if not others:
        return ""
    named = listing([f"“{title}”" for title in others[:SHEETS_NAMED]])
    more = count(len(others) - SHEETS_NAMED, "more sheet") if len(others) > SHEETS_NAMED else ""
    left = f"{named} and {more}" if more else named
    return f"Of {name} the sheet “{sheet}” was read, and not {left}: save each as a file of its own to read it, too."


def _short(error: Exception) -> str:
    return str(error).splitlines()[0][:150].rstrip(".") if str(error) else type(error).__name__
