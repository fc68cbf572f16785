"""One document in (text, Markdown, a page, Word, PDF), one article out, or all articles of an archive's export."""

from __future__ import annotations

import io
import logging
import re
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from analysis.loading import cleaning, encoding, exports, markup
from analysis.loading.articles import from_text
from analysis.loading.dates import read_date
from analysis.loading.errors import MIB, LoadError
from analysis.model import UNKNOWN_SOURCE, Article

MAX_DOCX = 100 * MIB  # bytes a Word file may unpack to
MAX_DOCX_PARTS = 2_000
MAX_PAGES = 300  # pages of a PDF; more is a book
PDF_SECONDS = 60.0  # of computing for the text of a PDF; a book of 240 pages that a browser printed takes five
RUNNING_PAGES = 3  # pages on which a line must stand to be a running head
_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(?P<head>.{0,4000}?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_PAGE_NUMBER = re.compile(r"[-–— ]*(?:[Pp]age )?#(?: ?(?:/|of) ?#)?[-–— ]*")
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{2,30})", re.IGNORECASE)


def read(data: bytes, kind: str, name: str, *, clean: bool = True) -> list[Article]:
    """The article of one document, or all those of an export of a news archive. Raises LoadError.

    `kind` is one of text, markdown, html, docx, pdf.
    """
    if kind == "docx":
        title, text = _word(data, name)
        if records := exports.split(text):
            return [_record(record, name, number, clean=clean) for number, record in enumerate(records, 1)]
        article = from_text(text, id=name, title=title, clean=clean)
    elif kind == "pdf":
        text, running = _pdf(data, name, clean=clean)
        article = from_text(text, id=name, clean=clean)
        article = replace(article, removed=(*running, *article.removed))
    else:
        if kind == "text" and (records := exports.split(encoding.decode(data)[0].removeprefix("\ufeff"))):
            return [_record(record, name, number, clean=clean) for number, record in enumerate(records, 1)]
        article = _text(data, kind, name, clean=clean)
    if not article.text.strip():
        if markup.CROWDED in article.problems:
            raise LoadError(f"{name}: {markup.CROWDED}")
        raise LoadError(
            f"{name} holds no text." if kind != "pdf" else f"{name} holds no text; its pages may be pictures."
        )
    return [article]


def _record(record: exports.Record, name: str, number: int, *, clean: bool) -> Article:
    """The article of an export; what the export says about it is listed as removed."""
    id = f"{name}#{number}"
    if not record.text:
        missing = f"Document {number} of {name} has no text."
        return Article(id, "", record.source or UNKNOWN_SOURCE, removed=record.about, problems=(missing,))
    published, problem = read_date(record.published)
    article = from_text(
        record.text, id=id, title=record.title, source=record.source, published=published, clean=clean
    )  # fmt: skip
    problems = (f"Document {number} of {name}: {problem}",) if problem else ()
    return replace(article, removed=(*record.about, *article.removed), problems=(*article.problems, *problems))


def _text(data: bytes, kind: str, name: str, *, clean: bool) -> Article:
    text, problems = encoding.decode(data, declared_charset(data) if kind == "html" else "")
    text = text.removeprefix("\ufeff")
    if kind == "html" and not clean:
        text = plain_page(text)
    article = _markdown(text, name) if kind == "markdown" and clean else from_text(text, id=name, clean=clean)
    return replace(article, problems=(*article.problems, *problems))


def declared_charset(data: bytes) -> str:
    """The encoding that a page's head names, or ""."""
    declared = _CHARSET.search(data[:4096])
    return declared[1].decode("ascii", "ignore") if declared else ""


def plain_page(text: str) -> str:
    """The text of a page for those who want no cleaning: a page must still be read out of its markup."""
    page = markup.read(text)
    if markup.CROWDED in page.problems:
        raise LoadError(markup.CROWDED)
    return page.text


def _markdown(text: str, name: str) -> Article:
    """Markdown read as its text: head matter to fields, marks of headings, links and emphasis taken off."""
    fields: dict[str, str] = {}
    if match := _FRONT_MATTER.match(text):
        text = text[match.end() :]
        for line in match["head"].splitlines():
            key, colon, value = line.partition(":")
            if colon and value.strip():
                fields[key.strip().lower()] = value.strip().strip("\"'")
    text = re.sub(r"!\[[^\]]{0,300}\]\([^)\s]{0,1000}\)", "", text)
    text = re.sub(r"\[([^\]]{1,300})\]\([^)\s]{1,1000}\)", r"\1", text)
    text = re.sub(r"(?m)^[ \t]{0,3}#{1,6}[ \t]+(.*)$", lambda heading: heading[1].rstrip(" \t#"), text)
    text = re.sub(r"(?m)^[ \t]{0,3}(?:>[ \t]?)+", "", text)
    text = re.sub(r"(\*\*|__)(?=\S)(.{1,500}?)(?<=\S)\1", r"\2", text)
    text = re.sub(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,300}?)(?<=[^\s*])\*(?![\w*])", r"\1", text)
    published, problem = read_date(fields.get("date") or fields.get("published"))
    article = from_text(
        text, id=name, title=fields.get("title", ""), published=published,
        source=fields.get("source") or fields.get("publisher") or fields.get("outlet") or "",
        url=fields.get("url") or fields.get("link") or "",
    )  # fmt: skip
    return replace(article, problems=(*article.problems, problem)) if problem else article


def _word(data: bytes, name: str) -> tuple[str, str]:
    """Title and text of a Word file, whose parts are measured before any is unpacked."""
    import docx
    from docx.table import Table

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            sizes = [part.file_size for part in parts.infolist()]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise LoadError(f"{name} is not a Word file (.docx) that can be read.") from None
    if sum(sizes) > MAX_DOCX or len(sizes) > MAX_DOCX_PARTS:
        raise LoadError(f"{name} unpacks to far more than an article ({sum(sizes) // MIB} MiB), so it was not opened.")
    try:
        document = docx.Document(io.BytesIO(data))
        title, paragraphs = "", []
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                paragraphs += _table_rows(block)
                continue
            if not title and block.style is not None and block.style.name == "Title":
                title = block.text.strip()
            paragraphs.append(block.text)
    except Exception as error:  # python-docx meets broken files with whatever its parser raises
        raise LoadError(f"{name} is not a Word file (.docx) that can be read ({type(error).__name__}).") from None
    return title, "\n\n".join(paragraph for paragraph in paragraphs if paragraph.strip())


def _table_rows(table: Any) -> list[str]:
    """The cells of a Word table, a row a line.

    They are taken as they are written: python-docx gives a cell once for every column that it spans, and a file may
    say that it spans a thousand million of them.
    """
    from docx.table import _Cell

    rows = ([_Cell(cell, table).text.strip() for cell in row._tr.tc_lst] for row in table.rows)
    return [" | ".join(dict.fromkeys(filter(None, cells))) for cells in rows]


def _pdf(data: bytes, name: str, *, clean: bool) -> tuple[str, tuple[str, ...]]:
    """Text of a PDF with its lines joined to paragraphs, and the running heads taken out."""
    import pypdf
    from pypdf.errors import FileNotDecryptedError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise LoadError(f"{name} is locked with a password; save it without one first.")
        if len(reader.pages) > MAX_PAGES:
            raise LoadError(f"{name} has {len(reader.pages)} pages; an article has at most {MAX_PAGES}.")
        watch = _stopwatch(name)
        pages = [(page.extract_text(visitor_operand_before=watch) or "").split("\n") for page in reader.pages]
    except LoadError:
        raise
    except (FileNotDecryptedError, NotImplementedError):
        raise LoadError(f"{name} is locked with a password; save it without one first.") from None
    except PyPdfError as error:
        raise LoadError(
            f"{name} is not a PDF that can be read; save it anew, or paste its text ({str(error)[:100].rstrip('.')})."
        ) from None
    except Exception as error:  # broken PDFs surface as whatever the parser met
        raise LoadError(f"{name} is not a PDF that can be read ({type(error).__name__}).") from None
    running = _running(pages) if clean else set()
    removed = tuple(dict.fromkeys(line.strip() for page in pages for line in page if _plain(line) in running))
    kept = [[line.strip() for line in page if _plain(line) not in running] for page in pages]
    return "\n\n".join(_paragraphs(kept)), removed


def _stopwatch(name: str) -> Callable[..., None]:
    """What pypdf asks before each step of drawing; it ends a file of a few kilobytes whose steps would take hours."""
    end = time.thread_time() + PDF_SECONDS

    def ask(*_: object) -> None:
        if time.thread_time() > end:
            raise LoadError(f"{name} takes longer to read than a book would, so it was put away.")

    return ask


def _plain(line: str) -> str:
    return re.sub(r"\d+", "#", line.strip())


def _running(pages: list[list[str]]) -> set[str]:
    """Heads and feet: first or last lines that stand, but for numbers, on several pages; and bare page numbers."""
    edges = Counter(
        plain for page in pages if (lines := [_plain(line) for line in page if line.strip()])
        for plain in {*lines[:2], *lines[-2:]}
    )  # fmt: skip
    often = min(RUNNING_PAGES, max(2, len(pages)))
    return {plain for plain, count in edges.items() if plain and (count >= often or _PAGE_NUMBER.fullmatch(plain))}


def _paragraphs(pages: list[list[str]]) -> Iterator[str]:
    """Wrapped lines joined; a paragraph ends at a blank line, or at a short line that closes a sentence."""
    lines = [line for page in pages for line in page]
    lengths = sorted(len(line) for line in lines if line)
    width = lengths[int(len(lengths) * 0.8)] if lengths else 0
    held = ""
    for place, line in enumerate(lines):
        if not line:
            if held and not _runs_on(held, next((near for near in lines[place:] if near), "")):
                yield held
                held = ""
            continue
        if held.endswith("-") and len(held) > 1 and held[-2].isalpha() and line[:1].islower():
            held = held[:-1] + line
        else:
            held = f"{held} {line}" if held else line
        short = len(line) < 0.75 * width
        closes = re.search(r"[.!?…:][\"”’»)]*$", line) is not None
        following = next((near for near in lines[place + 1 :] if near), "")
        if short and (closes or (cleaning.headline_like(line) and held == line and not following[:1].islower())):
            yield held
            held = ""
    if held:
        yield held


def _runs_on(held: str, following: str) -> bool:
    """A page break in mid-sentence."""
    return following[:1].islower() and not re.search(r"[.!?…][\"”’»)]*$", held)
