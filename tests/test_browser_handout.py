"""The handout on paper: whole pages on A4 and on Letter, printed by a real browser."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pypdf
import pytest

from analysis.report import to_html
from views import samples

FEWEST = 60  # words on a page: fewer are a remnant that belongs on the page before


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("several", [False, True], ids=["one article", "one story"])
def test_no_page_of_a_handout_is_a_remnant(chromium: Any, tmp_path: Path, paper: str, several: bool) -> None:
    reports = samples.reports("kremlin-talks")
    file = tmp_path / "handout.html"
    file.write_text(to_html(reports if several else reports[1:2]), encoding="utf-8")
    page = chromium.new_page()
    page.goto(file.as_uri())
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(format=paper)))
    page.close()
    words = [len(sheet.extract_text().split()) for sheet in printed.pages]
    assert min(words) >= FEWEST, words
    assert len(words) <= (18 if several else 4)
