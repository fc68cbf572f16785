"""Files, folders, patterns, uploads and streams in; articles out, in order.

The kind of a file is read from its name, and where the name says nothing, from its first bytes.
"""

from __future__ import annotations

import glob
import gzip
import io
import itertools
import logging
import re
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from analysis.loading import documents, encoding, sheets, tables, zipped
from analysis.loading.columns import Columns, guess_columns
from analysis.loading.dates import read_date
from analysis.loading.drafts import Draft, finish
from analysis.loading.errors import MAX_DOCUMENT, MAX_EXPANDED, MAX_UPLOAD, MIB, LoadError, unpacks_to_more
from analysis.loading.tables import Row
from analysis.model import Article

if TYPE_CHECKING:
    import pandas as pd

KINDS = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html",
    ".xhtml": "html", ".docx": "docx", ".pdf": "pdf", ".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".jsonl": "jsonl",
    ".ndjson": "jsonl", ".json": "json", ".parquet": "parquet", ".pq": "parquet",
    ".xlsx": "xlsx", ".xlsm": "xlsx", ".zip": "zip",
}  # fmt: skip
VALID = (
    ".txt, .md, .html, .docx, .pdf, .csv, .tsv, .xlsx, .jsonl, .json, .parquet; text and tables also as .gz, "
    "any of them in a .zip"
)
TEXTS = frozenset({"text", "markdown", "html", "csv", "tsv", "jsonl", "json"})
TABLES = frozenset({"csv", "tsv", "xlsx", "jsonl", "json", "parquet"})
PREVIEW_ROWS = 200
OTHERS = {  # kinds of files that people have, and what to do with them
    "xls": "is an old Word or Excel file; save it as .docx, .txt or .xlsx and load that",
    "pptx": "is a presentation; save its text as .docx or .txt and load that",
    "odt": "is an OpenDocument file; save it as .docx, .txt or CSV and load that",
    "rtf": "is rich text; save it as .docx or .txt and load that",
}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
# What tables write where there is no text.
NO_TEXT = frozenset({"", "nan", "null", "none", "n/a", "na", "#n/a", "-", "[removed]", "[deleted]"})
GUESS_ROWS = 50  # rows of JSON lines whose keys are taken together before columns are chosen
IDS_REMEMBERED = 1_000_000  # ids checked for repeats in one file, about 100 MB of memory; later repeats pass
_PROJECT_FILES = re.compile(r"(?:readme|licen[cs]e|changelog|provenance|contributing)\b", re.IGNORECASE)
_log = logging.getLogger(__name__)


def load(path: str | Path, *, clean: bool = True) -> Iterator[Article]:
    """The articles of a file, of every readable file in a folder and below it, or of the files a pattern matches.

    Raises LoadError at once where nothing is found, and where a single file cannot be read. One bad file among several
    becomes an article with an empty text and its problem.
    """
    return map(finish, drafts(path, clean=clean))


def drafts(path: str | Path, *, clean: bool = True) -> Iterator[Article | Draft]:
    """As `load`, with the rows of tables as they stand, so that another process may clean them."""
    found, base = _find(path)
    if len(found) == 1 and base is None:
        return _open(found[0], found[0].name, clean=clean)
    return _each(found, base, clean=clean)


def _find(path: str | Path) -> tuple[list[Path], Path | None]:
    """Files, and the folder that their names are told from; None for a single file named by itself."""
    start = Path(path)
    try:
        if start.is_file():
            return [start], None
        if start.is_dir():
            files = [file for file in sorted(start.rglob("*")) if file.is_file() and _wanted(file.relative_to(start))]
            if not files:
                raise LoadError(f"The folder {start} holds no file that can be read. Kinds: {VALID}.")
            return files, start
        matches = [Path(match) for match in sorted(glob.glob(str(path), recursive=True)) if Path(match).is_file()]
    except (OSError, ValueError, RecursionError) as error:
        raise LoadError(f"{path} cannot be read: {error}.") from None
    if not matches:
        raise LoadError(f"No file, folder or pattern matches “{path}”.")
    parents = {match.parent for match in matches}
    return matches, parents.pop() if len(parents) == 1 else Path(".")


def _wanted(file: PurePath) -> bool:
    if any(part.startswith((".", "__")) for part in file.parts) or _PROJECT_FILES.match(file.name):
        return False
    if kind_by_name(file.name)[0]:
        return True
    _log.warning("%s left out: not one of %s.", file, VALID)
    return False


def _each(files: list[Path], base: Path | None, *, clean: bool) -> Iterator[Article | Draft]:
    for file in files:
        name = file.relative_to(base).as_posix() if base and file.is_relative_to(base) else file.as_posix()
        try:
            yield from _open(file, name, clean=clean)
        except LoadError as error:
            yield Article(name, "", problems=(str(error),))


def _open(file: Path, name: str, *, clean: bool) -> Iterator[Article | Draft]:
    try:
        with file.open("rb") as stream:
            yield from _drafts(stream, name, clean=clean)
    except OSError as error:
        raise LoadError(f"{name} cannot be read: {error.strerror or error}.") from None


def from_bytes(data: bytes, name: str, *, clean: bool = True, columns: Columns | None = None) -> Iterator[Article]:
    """The articles of an upload. `columns` says which column of a table holds what; without it they are guessed.

    Raises LoadError for what is too large, of no known kind, or a table without the columns it needs.
    """
    if len(data) > MAX_UPLOAD:
        raise LoadError(f"{name} is larger than {MAX_UPLOAD // MIB} MiB; use the command line for large corpora.")
    return from_stream(
        io.BytesIO(data), PurePath(name).name or "upload", clean=clean, columns=columns, expand=MAX_EXPANDED
    )


def from_stream(
    stream: BinaryIO, name: str, *, clean: bool = True, columns: Columns | None = None, expand: int | None = None
) -> Iterator[Article]:
    """The articles of an open binary stream, such as standard input. Tables are read row by row.

    `expand` bounds, in bytes, what a packed stream may unpack to; None leaves tables unbounded, because they stream.
    """
    return map(finish, _drafts(stream, name, clean=clean, columns=columns, expand=expand))


def _drafts(
    stream: BinaryIO, name: str, *, clean: bool, columns: Columns | None = None, expand: int | None = None
) -> Iterator[Article | Draft]:
    kind, stream = _kind(stream, name, expand)
    if kind in ("docx", "zip"):
        data = stream.read(MAX_UPLOAD + 1)
        kind = zipped.kind(data) or kind
        if kind == "zip":
            yield from _inside(data, name, clean=clean, expand=expand)
            return
        stream = cast(BinaryIO, io.BytesIO(data))
    if kind in TABLES:
        yield from _from_table(stream, kind, name, clean=clean, columns=columns, expand=expand)
        return
    if kind in OTHERS:
        raise LoadError(f"{name} {OTHERS[kind]}.")
    data = stream.read(MAX_DOCUMENT + 1)
    if len(data) > MAX_DOCUMENT:
        raise LoadError(f"{name} is larger than {MAX_DOCUMENT // MIB} MiB, too much for one article.")
    yield from documents.read(data, kind, name, clean=clean)


def _inside(data: bytes, name: str, *, clean: bool, expand: int | None) -> Iterator[Article | Draft]:
    """The articles of all files in a zip file; one that cannot be read is an article that says so."""
    count = 0
    for inner, content in zipped.files(data, name, expand):
        count += 1
        place = f"{name}/{inner}"
        try:
            if isinstance(content, LoadError):
                raise content
            if zipped.kind(content) == "zip":
                raise LoadError(f"{place} is a zip file within another; unpack it first.")
            yield from _drafts(cast(BinaryIO, io.BytesIO(content)), place, clean=clean, expand=expand)
        except LoadError as error:
            yield Article(place, "", problems=(str(error),))
    if not count:
        raise LoadError(f"{name} holds no files.")


def kind_by_name(name: str) -> tuple[str, bool]:
    """The kind that the name's ending says, or "", and whether the file is packed with gzip."""
    path = PurePath(name.lower())
    packed = path.suffix == ".gz"
    kind = KINDS.get(PurePath(path.stem).suffix if packed else path.suffix, "")
    return ("" if packed and kind in {"docx", "pdf", "xlsx", "zip"} else kind), packed


def _kind(stream: BinaryIO, name: str, expand: int | None) -> tuple[str, BinaryIO]:
    kind, packed = kind_by_name(name)
    if not (kind == "parquet" and stream.seekable()):
        stream = cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, _Raw(stream)), encoding.HEAD))
        packed = stream.peek(2)[:2] == b"\x1f\x8b" if packed or not kind else packed  # type: ignore[attr-defined]
    if packed:
        stream = cast(BinaryIO, io.BufferedReader(_Unpacked(stream, name, expand), encoding.HEAD))
    if kind in TEXTS and not encoding.is_text(stream.peek(encoding.HEAD)[: encoding.HEAD]):  # type: ignore[attr-defined]
        raise LoadError(f"{name} holds no text that can be read; it may be a picture or a spreadsheet by another name.")
    if not kind:
        kind = _sniff(stream.peek(encoding.HEAD)[: encoding.HEAD], name)  # type: ignore[attr-defined]
    if kind == "parquet" and not stream.seekable():
        data = stream.read(MAX_UPLOAD + 1)
        if len(data) > MAX_UPLOAD:
            raise LoadError(f"{name} is too large to read from a stream; give its path instead.")
        stream = io.BytesIO(data)
    return kind, stream


def _sniff(head: bytes, name: str) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    for sign, kind in (
        (b"%PDF", "pdf"), (b"PK\x03\x04", "zip"), (b"PAR1", "parquet"), (_OLD_OFFICE, "xls"), (b"{\\rtf", "rtf"),
    ):  # fmt: skip
        if start.startswith(sign):
            return kind
    if encoding.wide(head) is None and b"\0" in head:
        raise LoadError(f"{name} is no kind of file that can be read. Kinds: {VALID}.")
    text = encoding.decode(head)[0].lstrip("\ufeff \t\r\n")
    if re.match(r"\{\s*\"[^\"]*\"\s*:", text):
        return "jsonl" if re.match(r"\{.*\}\s*\n\s*\{|\{[^\n]*\}?\s*$|\{[^\n]{200}", text) else "json"
    if re.match(r"\[\s*\{\s*\"", text):
        return "json"
    return "text"  # a page is recognised from its text


class _Raw(io.RawIOBase):
    """Any binary stream as a raw one, so that it can be looked into before it is read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._stream.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


class _Unpacked(io.RawIOBase):
    """A gzip stream unpacked as it is read, up to a bound, with clear errors."""

    def __init__(self, stream: BinaryIO, name: str, bound: int | None) -> None:
        self._stream, self._name = gzip.GzipFile(fileobj=stream), name
        self._bound = self._left = bound

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            piece = self._stream.read(len(buffer))
        except (OSError, EOFError, zlib.error):
            raise LoadError(f"{self._name} is not a gzip file that can be unpacked to its end.") from None
        if self._left is not None:
            self._left -= len(piece)
            if self._bound is not None and self._left < 0:
                raise unpacks_to_more(self._name, self._bound)
        buffer[: len(piece)] = piece
        return len(piece)


def _rows(
    stream: BinaryIO, kind: str, name: str, choose: Callable[[list[str]], list[str]], expand: int | None
) -> Iterator[Row]:
    if kind == "parquet":
        return tables.parquet_rows(stream, name, choose, expand)
    if kind == "xlsx":
        return sheets.sheet_rows(stream, name, choose, expand)
    if kind in ("csv", "tsv"):
        return tables.csv_rows(stream, name, choose, delimiter="\t" if kind == "tsv" else "")
    return tables.jsonl_rows(stream, name) if kind == "jsonl" else tables.json_rows(stream, name)


def read_table(data: bytes, name: str, *, rows: int = PREVIEW_ROWS) -> pd.DataFrame:
    """The first rows of an uploaded table with all its columns, for choosing among them. Bad rows are left out.

    Raises LoadError where the file is no table.
    """
    import pandas as pd  # here alone, so that articles need not wait for it

    kind, stream = _kind(io.BytesIO(data), name, MAX_EXPANDED)
    if kind not in TABLES:
        raise LoadError(f"{name} is no table. Tables: .csv, .tsv, .xlsx, .jsonl, .json, .parquet.")
    taken = itertools.islice(_rows(stream, kind, name, lambda names: names, MAX_EXPANDED), rows)
    found = [row.values for row in taken if row.values]
    if not found:
        raise LoadError(f"{name} has no rows that can be read.")
    return pd.DataFrame(found)


def _from_table(
    stream: BinaryIO, kind: str, name: str, *, clean: bool, columns: Columns | None, expand: int | None
) -> Iterator[Article | Draft]:
    chosen = columns

    def choose(names: list[str]) -> list[str]:
        nonlocal chosen
        chosen = chosen or guess_columns(names)
        chosen.check(names, name)
        wanted = set(_parts(chosen).values())
        return [column for column in names if column in wanted]

    rows = _rows(stream, kind, name, choose, expand)
    if kind in ("json", "jsonl"):  # whose rows each name their own columns
        first = list(itertools.islice(rows, GUESS_ROWS))
        names = list(dict.fromkeys(str(key) for row in first for key in row.values))
        if names:
            choose(names)
        rows = itertools.chain(first, rows)
    seen: set[int] = set()
    count = 0
    for row in rows:
        count += 1
        yield _draft(row, chosen or Columns(text="text"), name, seen, clean=clean)
    if not count:
        raise LoadError(f"{name} has no rows.")


def _parts(columns: Columns) -> dict[str, str]:
    return {part: getattr(columns, part) for part in columns.__slots__ if getattr(columns, part)}


def _draft(row: Row, columns: Columns, name: str, seen: set[int], *, clean: bool) -> Article | Draft:
    values = {part: _plain(row.values.get(column)) for part, column in _parts(columns).items()}
    own = values.get("id")
    id = str(own) if own is not None and str(own) != "" else f"{name}#{row.number}"
    problems = [row.problem] if row.problem else []
    if hash(id) in seen:
        problems.append(f"Row {row.number} of {name} repeats the id “{id}”.")
        id = f"{id}#{row.number}"
    if len(seen) < IDS_REMEMBERED:
        seen.add(hash(id))
    text = values.get("text")
    if not isinstance(text, str) or text.strip().casefold() in NO_TEXT:
        if not row.problem or row.values:
            problems.append(f"Row {row.number} of {name} has no text.")
        return Article(id, "", problems=tuple(problems))
    published, problem = read_date(values.get("published"))
    if problem:
        problems.append(f"Row {row.number} of {name}: {problem}")
    return Draft(
        id, text, title=_words(values.get("title")), source=_words(values.get("source")), published=published,
        url=_words(values.get("url")), clean=clean, place=f"Row {row.number} of {name}", problems=tuple(problems),
    )  # fmt: skip


def _plain(value: Any) -> Any:
    """A cell's value; None for what tables write where there is nothing."""
    if value is None or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, bytes):
        return encoding.decode(value)[0]
    return value


def _words(value: Any) -> str:
    """A source, title or address as text; objects such as {"id": …, "name": …} by their name."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("title") or value.get("id")
    if value is None or isinstance(value, (dict, list, tuple, date)):
        return ""
    return str(value).strip()
