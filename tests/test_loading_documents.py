"""Markdown, Word and PDF: their text, and the files that are refused."""

from __future__ import annotations

import io
import zipfile

import docx
import pypdf
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from analysis.loading import LoadError, documents, errors
from tests.loading_files import SENTENCE, articles, pdf


def test_markdown_is_read_as_its_text() -> None:
    head = "---\ntitle: Lock mended\nsource: The Tidewater Post\ndate: 2022-02-07\n---\n"
    data = f"{head}## Why\n\nThe **lock** at [Weir Bridge](https://w.example) was *mended*."
    (article,) = articles(data, "a.md")
    assert article.text == "Lock mended\n\nWhy\n\nThe lock at Weir Bridge was mended."
    assert (article.source, str(article.published)) == ("The Tidewater Post", "2022-02-07")


def test_word_with_title_and_table() -> None:
    document = docx.Document()
    document.add_heading("Lock mended", 0)
    document.add_paragraph(SENTENCE)
    document.add_table(1, 2).rows[0].cells[0].text = "Bolts: nine"
    buffer = io.BytesIO()
    document.save(buffer)
    (article,) = articles(buffer.getvalue(), "a.docx")
    assert (article.title, article.text) == ("Lock mended", f"Lock mended\n\n{SENTENCE}\n\nBolts: nine")


def test_a_cell_that_says_it_spans_a_thousand_million_columns_is_read_once() -> None:
    document = docx.Document()
    cell = document.add_table(1, 1).rows[0].cells[0]
    cell.text = SENTENCE
    cell._tc.get_or_add_tcPr().append(OxmlElement("w:gridSpan", attrs={qn("w:val"): str(10**9)}))
    buffer = io.BytesIO()
    document.save(buffer)
    assert articles(buffer.getvalue(), "a.docx")[0].text == SENTENCE


def test_word_bomb_is_refused_unopened() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("word/document.xml", b"0" * (documents.MAX_DOCX + 1))
    assert len(buffer.getvalue()) < errors.MIB
    with pytest.raises(LoadError, match="unpacks to far more"):
        articles(buffer.getvalue(), "bomb.docx")


def test_pdf_lines_become_paragraphs() -> None:
    page = [
        "The lock at Weir Bridge was mended on Monday after eleven months of re-",
        "pairs that cost twice what was planned, and boats may pass from six in",
        "the morning.",
        "Bakers on the far bank lost a third of their trade, their guild said, in",
        "the time of the closure.",
    ]
    (article,) = articles(
        pdf([["The Tidewater Post", *page, "Page 1"], ["The Tidewater Post", SENTENCE, "Page 2"]]), "a.pdf"
    )
    assert article.text == (
        "The lock at Weir Bridge was mended on Monday after eleven months of repairs that cost twice what was planned, "
        "and boats may pass from six in the morning.\n\nBakers on the far bank lost a third of their trade, their "
        f"guild said, in the time of the closure.\n\n{SENTENCE}"
    )
    assert article.removed == ("The Tidewater Post", "Page 1", "Page 2")


def test_pdf_whose_steps_never_end_is_put_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "PDF_SECONDS", 0.0)
    with pytest.raises(LoadError, match=r"a\.pdf takes longer to read than a book would"):
        articles(pdf([[SENTENCE]]), "a.pdf")


def test_locked_pdf_is_named() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([[SENTENCE]])))
    writer.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    with pytest.raises(LoadError, match="locked with a password"):
        articles(buffer.getvalue(), "a.pdf")
