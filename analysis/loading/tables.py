"""A stream of a table in, its rows out one at a time: CSV and TSV, JSON lines, JSON, Parquet.

A row is its number (from 1, the header not counted), its values by column, and a problem: a row that cannot be read has
no values and a sentence, and the rows after it still come. Only JSON proper is held in memory whole.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from analysis.loading import encoding
from analysis.loading.columns import guess_columns
from analysis.loading.errors import MAX_ROW, MIB, LoadError, unpacks_to_more

MAX_JSON = 100 * MIB  # bytes; a larger file belongs in JSON lines, which stream
MAX_RECOVERIES = 20  # unclosed quotation marks mended in one file; each costs up to MAX_ROW of reading again
TOP_LINES = 6  # lines below the first in which a header is looked for
BATCH_ROWS = 256  # Parquet rows decoded at a time; about 2 MiB of articles
_LINE = re.compile(r"[^\r]*\r\n?|[^\r]+")
_STATED = re.compile(r"sep=(.)")  # what Excel writes above a table to say what divides it
_LISTS = ("articles", "items", "data", "rows", "results", "documents", "docs", "records", "news")


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    values: dict[str, Any] = field(default_factory=dict)
    problem: str = ""


def csv_rows(
    stream: BinaryIO, name: str, choose: Callable[[list[str]], object], *, delimiter: str = ""
) -> Iterator[Row]:
    """Rows of delimited text; the delimiter is found in the header line where none is given.

    `choose` is told the columns before the first row. Under a single column the whole line is its text.
    """
    csv.field_size_limit(MAX_ROW)
    source = _Lines(clean for line in encoding.lines(stream) if (clean := line.replace("\0", "")))
    first = next((line for line in source if line.strip()), "")
    if not first:
        raise LoadError(f"{name} is empty.")
    if stated := _STATED.fullmatch(first.strip()):
        delimiter, first = stated[1], next(source, "")
    top = [first, *itertools.islice(source, TOP_LINES)]
    start, sniffed = _header(top, delimiter)
    source.push(top[start:])
    source.marked = []
    delimiter = delimiter or sniffed
    header = [cell.strip() or f"column {place}" for place, cell in enumerate(_record(source, delimiter) or [], 1)]
    choose(header)
    number = recoveries = 0
    while True:
        source.marked = []
        cells = _record(source, delimiter, len(header))
        if not source.marked:
            return
        if cells == []:
            continue
        number += 1
        if cells is not None:
            cells = [delimiter.join(cells)] if len(header) == 1 else cells
            yield Row(number, dict(zip(header, cells, strict=False)), _too_many(cells, header, number, name))
            continue
        recoveries += 1
        yield Row(
            number,
            problem=f"Row {number} of {name} has a quotation mark that is never closed, "
            f"or a cell over {MAX_ROW // MIB} MiB.",
        )
        if recoveries > MAX_RECOVERIES:
            yield Row(number + 1, problem=f"The rest of {name} was not read: too many rows are broken.")
            return
        source.push(source.marked[1:])


def _header(top: list[str], delimiter: str) -> tuple[int, str]:
    """Which of the first lines names the columns, and what divides it: the first that names a text column, else the
    first. Exports set what was searched for, and when, above their header."""
    for place, line in enumerate(top):
        mark = delimiter or sniff_delimiter(line)
        names = next(csv.reader([line], delimiter=mark), [])
        guess = guess_columns(names)
        if guess.text and (not place or guess.title or guess.source or guess.published or guess.url):
            return place, mark
    return 0, delimiter or sniff_delimiter(top[0])


def _record(source: _Lines, delimiter: str, width: int = 0) -> list[str] | None:
    """The cells of the next record; none at the end, None where a quotation mark swallowed the rows after its own."""
    try:
        return next(csv.reader(source, delimiter=delimiter, strict=True), [])
    except csv.Error:
        consumed = list(source.marked)
    # Marks inside cells are often not doubled. They are forgiven, unless a later line is a row of its own.
    if width > 1 and any(len(_forgiving([line], delimiter, width) or []) == width for line in consumed[1:]):
        return None
    return _forgiving(consumed, delimiter, width)


def _forgiving(lines: list[str], delimiter: str, width: int) -> list[str] | None:
    plain = lines[0].rstrip("\r\n").split(delimiter)
    if len(lines) == 1 and len(plain) == width and len(lines[0]) <= MAX_ROW:
        return plain  # marks that do not quote a cell belong to its text
    try:
        records = list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return None
    return records[0] if len(records) == 1 else None


def _too_many(cells: list[str], header: list[str], number: int, name: str) -> str:
    if len(cells) <= len(header):
        return ""
    more = f"{len(cells)} cells where the header has {len(header)}"
    return f"Row {number} of {name} has {more}; the last ones were left out."


class _Lines:
    """Lines that can be put back, so that a row which swallowed its neighbours gives them up again."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines, self._pushed = lines, deque[str]()
        self.marked: list[str] = []  # the lines given out since the caller last emptied the list

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if not self._pushed:
            # A lone “\r” ends lines in files of old Macs; inside a quoted cell the reader joins them again.
            line = next(self._lines)
            self._pushed.extend(_LINE.findall(line))
        self.marked.append(self._pushed.popleft())
        return self.marked[-1]

    def push(self, lines: list[str]) -> None:
        self._pushed.extendleft(reversed(lines))


def sniff_delimiter(header: str) -> str:
    """The mark that divides the header line best; a comma where nothing divides it."""
    outside = re.sub(r'"[^"]*"', "", header)
    counts = Counter({mark: outside.count(mark) for mark in ",\t;|"})
    best, count = counts.most_common(1)[0]
    return best if count else ","


def jsonl_rows(stream: BinaryIO, name: str) -> Iterator[Row]:
    """One JSON object a line; a line that is none is a problem of that row alone."""
    number = 0
    for line in _whole_lines(encoding.lines(stream)):
        if not line.strip():
            continue
        number += 1
        if len(line) > MAX_ROW:
            yield Row(number, problem=f"Row {number} of {name} is longer than {MAX_ROW // MIB} MiB.")
            continue
        yield _object(line, number, name)


def _whole_lines(pieces: Iterator[str]) -> Iterator[str]:
    """Lines from pieces; of a line that is far too long only enough to see that it is."""
    held = ""
    for piece in pieces:
        held = held + piece if len(held) <= MAX_ROW else held
        if piece.endswith("\n"):
            yield held
            held = ""
    if held:
        yield held


def _object(line: str, number: int, name: str) -> Row:
    try:
        values = json.loads(line, strict=False)
    except RecursionError:
        return Row(number, problem=f"Row {number} of {name} is nested too deeply to read.")
    except ValueError as error:
        where = f" ({error.msg} at character {error.pos + 1})" if isinstance(error, json.JSONDecodeError) else ""
        return Row(number, problem=f"Row {number} of {name} is not JSON{where}.")
    if isinstance(values, str):
        return Row(number, {"text": values})
    if not isinstance(values, dict):
        return Row(number, problem=f"Row {number} of {name} is not a JSON object with a text.")
    return Row(number, values)


def json_rows(stream: BinaryIO, name: str) -> Iterator[Row]:
    """A JSON list of objects, an object that holds one, a single object; or JSON lines under the wrong name."""
    data = stream.read(MAX_JSON + 1)
    if len(data) > MAX_JSON:
        raise LoadError(
            f"{name} is larger than {MAX_JSON // MIB} MiB; save it as JSON lines (.jsonl), one object a line."
        )
    text = encoding.decode(data)[0].removeprefix("\ufeff")
    try:
        value = json.loads(text, strict=False)
    except RecursionError:
        raise LoadError(f"{name} is nested too deeply to read.") from None
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" or "\n" in text.strip():
            rows = list(jsonl_rows(io.BytesIO(text.encode("utf-8", "surrogatepass")), name))
            if any(not row.problem for row in rows):
                yield from rows
                return
        raise LoadError(f"{name} is not JSON: {error.msg} in line {error.lineno}.") from None
    except ValueError as error:
        raise LoadError(f"{name} is not JSON that can be read: {error}.") from None
    if isinstance(value, dict):
        lists = [value[key] for key in (*_LISTS, *value) if isinstance(value.get(key), list)]
        value = next((found for found in lists if found and isinstance(found[0], dict)), None) or _turned(value)
    if not isinstance(value, list):
        raise LoadError(f"{name} holds no list of articles; expected [{{“text”: …}}, …].")
    for number, item in enumerate(value, 1):
        if isinstance(item, dict):
            yield Row(number, item)
        elif isinstance(item, str):
            yield Row(number, {"text": item})
        else:
            yield Row(number, problem=f"Row {number} of {name} is not a JSON object with a text.")


def _turned(value: dict[str, Any]) -> list[Any]:
    """An object as a list of rows: columns, as pandas writes them, articles by their id, or one article."""
    text = value.get(guess_columns(list(value)).text)
    if isinstance(text, list):
        return [
            {name: cells[row] for name, cells in value.items() if isinstance(cells, list) and row < len(cells)}
            for row in range(len(text))
        ]
    if isinstance(text, dict):
        return [{name: cells.get(row) for name, cells in value.items() if isinstance(cells, dict)} for row in text]
    inner = list(value.values())
    if text is None and inner and all(isinstance(item, dict) and guess_columns(list(item)).text for item in inner):
        return [{"id": id, **item} for id, item in value.items()]
    return [value]


def parquet_rows(
    stream: BinaryIO, name: str, choose: Callable[[list[str]], list[str]], expand: int | None = None
) -> Iterator[Row]:
    """Rows of a Parquet file, row group by row group; `choose` says which of its columns are read.

    `expand` bounds the bytes that the file says it unpacks to, and the characters that come out: a text that it holds
    once can stand in every row. A bounded file is therefore unpacked a row at a time. Raises LoadError.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(stream)
        names = [str(column) for column in file.schema_arrow.names]
    except (pa.ArrowException, OSError, ValueError) as error:
        raise LoadError(f"{name} is not a Parquet file that can be read: {_short(error)}.") from None
    chosen = choose(names)
    groups = (file.metadata.row_group(place).total_byte_size for place in range(file.metadata.num_row_groups))
    if expand is not None and sum(groups) > expand:
        raise unpacks_to_more(name, expand)
    number = characters = 0
    try:
        for batch in file.iter_batches(batch_size=BATCH_ROWS if expand is None else 1, columns=chosen):
            for values in batch.to_pylist():
                number += 1
                if expand is not None:
                    characters += sum(len(cell) for cell in values.values() if isinstance(cell, str | bytes))
                    if characters > expand:
                        raise unpacks_to_more(name, expand)
                yield Row(number, values)
    except LoadError:
        raise
    except (pa.ArrowException, OSError, ValueError) as error:
        yield Row(number + 1, problem=f"{name} is damaged after row {number}: {_short(error)}.")


def _short(error: Exception) -> str:
    return str(error).splitlines()[0][:150].rstrip(".") if str(error) else type(error).__name__
