"""Bytes in, articles out: files, folders, tables, pasted text and web pages, cleaned, with what was taken away.

`load` and `from_bytes` yield articles one at a time and keep the order of the input. What cannot be read raises
`LoadError` with one plain sentence; a bad row or a bad file among others becomes an article with an empty text and
its problem, so nothing is dropped in silence.
"""

from analysis.loading.articles import from_text
from analysis.loading.columns import Columns, guess_columns
from analysis.loading.drafts import Draft, finish
from analysis.loading.errors import MAX_UPLOAD, LoadError
from analysis.loading.fetching import fetch
from analysis.loading.files import drafts, from_bytes, from_stream, load, read_table

__all__ = [
    "MAX_UPLOAD",
    "Columns",
    "Draft",
    "LoadError",
    "drafts",
    "fetch",
    "finish",
    "from_bytes",
    "from_stream",
    "from_text",
    "guess_columns",
    "load",
    "read_table",
]
