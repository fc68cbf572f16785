"""Words on the screen: text that other people wrote, made safe to show, and numbers and dates as people write them.

Titles, sources, file names and articles come from outside. They reach a page in two ways only: through `markup`
(escaped, into a template of ours) or through `plain` (Markdown switched off, for the labels of buttons and menus).
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from datetime import date

import streamlit as st

from analysis import written
from analysis.written import KIND_NAMES as KIND_NAMES
from analysis.written import KIND_PLURALS as KIND_PLURALS
from analysis.written import listing as listing

_PUNCTUATION = re.compile(r"([!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~])")
_SIGNS = re.compile(r"[^\w\s.,;&’'-]|(?<!\w)_|_(?!\w)")
# Emoji and icon codes (":smile:", ":material/home:") and bare addresses ("www.", "https://", "a@b.c") are read after
# the escapes are gone; a word joiner breaks them.
_CODE = re.compile(r":(?=[\w+/-]+:|//)|(?<=\bwww)(?=\.)|@(?=\w)", re.IGNORECASE)

VOICE_NAMES = {"narrator": "the narrator’s voice", "quoted": "quoted words", "reported": "reported words"}
VOICE_LABELS = {"narrator": "Narrator", "quoted": "Quoted", "reported": "Reported"}


def plain(text: str) -> str:
    """`text` as Markdown that shows exactly `text`, on one line."""
    joined = _CODE.sub("\\g<0>\u2060", " ".join(text.split()))
    return _PUNCTUATION.sub(r"\\\1", joined)


def label(text: str) -> str:
    """`text` for the label of a field, which is read aloud as it is written: signs of Markdown become blanks."""
    return _CODE.sub("\\g<0>\u2060", " ".join(_SIGNS.sub(" ", text).split()))


def markup(template: str, **fields: object) -> str:
    """`template` (ours) with every field escaped; a field whose value is `Markup` is ours too and stays as it is."""
    safe = {k: v if isinstance(v, Markup) else html.escape(str(v)) for k, v in fields.items()}
    return Markup(template.format(**safe))


class Markup(str):
    """HTML that has already been through `markup`."""

    __slots__ = ()


def join_markup(parts: Sequence[str], between: str = "") -> Markup:
    """Several pieces of `markup` as one."""
    return Markup(between.join(part if isinstance(part, Markup) else html.escape(part) for part in parts))


def show(template: str, **fields: object) -> None:
    """Put `template` with its escaped fields on the page."""
    st.html(markup(template, **fields))


def count(n: int, one: str, many: str = "") -> str:
    """`3 articles`, `1 article`, `no articles`, `12,400 words`."""
    return written.count(n, one, many) if n else f"no {many or one + 's'}"


def fact(n: int, one: str) -> tuple[str, str]:
    """`("articles", "12,400")`, `("article", "1")`: what is counted and its number, as `layout.facts` takes them."""
    number, what = written.count(n, one).split(" ", 1)
    return what, number


def number_word(n: int) -> str:
    """`two` to `nine`, other numbers in figures."""
    words = ("two", "three", "four", "five", "six", "seven", "eight", "nine")
    return words[n - 2] if 2 <= n <= 9 else f"{n:,}"


def times(n: int) -> str:
    """`never`, `once`, `twice`, `5 times`."""
    return {0: "never", 1: "once", 2: "twice"}.get(n, f"{n:,} times")


def day(when: object) -> str:
    """`7 February 2022`; an empty string where there is no date. Takes dates and pandas timestamps."""
    return written.day(when) if isinstance(when, date) else ""


def span(first: object, last: object) -> str:
    """`7 February 2022`, `14 to 16 March 2022`, `17 January to 16 March 2022`, `30 December 2021 to 2 January 2022`."""
    begin, end = day(first), day(last)
    if begin == end:
        return end
    for same in (month(last), end.rpartition(" ")[2]):
        if begin.endswith(f" {same}"):
            return f"{begin.removesuffix(f' {same}')} to {end}"
    return f"{begin} to {end}"


def month(when: object) -> str:
    """`February 2022`; an empty string where there is no date."""
    return day(when).partition(" ")[2]
