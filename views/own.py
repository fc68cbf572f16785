"""A visitor's own words and own actors, as the pages hold them: in the session, and in the link where they are few.

A link is other people's text: bounded, and read row by row, so that what is wrong in it costs nothing else.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode, urlsplit

import streamlit as st

from analysis.lexicon import actors, overrides
from analysis.lexicon.own import NONE, Own

IN_LINK = 2_000  # characters: what every browser, mail and chat program takes in an address
UNPACKED = 64 * 1024  # bytes that a link may grow to
PARAMETER = "own"
SPLIT = "\x1e"  # the separator of records, which no cell can hold


@dataclass(frozen=True)
class Kind:
    """One of the two lists that a visitor can change."""

    key: str
    title: str
    note: str
    columns: Sequence[str]
    parse: Callable[[str], tuple[Any, tuple[str, ...]]]
    to_tsv: Callable[[Any], str]
    most: int
    file_name: str

    def of(self, own: Own) -> Any:
        return getattr(own, self.key)


WORDS = Kind(
    "words",
    "Your own words",
    "Add a word, change what one says, or switch it off.",
    overrides.COLUMNS,
    overrides.parse,
    overrides.to_tsv,
    overrides.MOST,
    "own-words.tsv",
)
ACTORS = Kind(
    "actors",
    "Your own actors",
    "Add countries, organisations, groups and leaders with the names that articles give them, change what the list "
    "knows of one, or switch it off: then an article that names it is read without the list’s help.",
    actors.COLUMNS,
    actors.parse,
    actors.to_tsv,
    actors.MOST,
    "own-actors.tsv",
)


def current() -> Own:
    """This visitor's changes; those of the address, where a visitor arrives with a link and has none."""
    if "own" not in st.session_state:
        st.session_state["own"] = unpacked(st.query_params.get(PARAMETER, ""))
    own: Own = st.session_state["own"]
    return own


def use(own: Own, problems: Sequence[str] = ()) -> None:
    """From now on this visitor's articles are read with these lists."""
    st.session_state["own"] = own
    st.session_state["own-problems"] = tuple(problems)
    for kind in (WORDS, ACTORS):
        st.session_state.pop(f"own-{kind.key}-editor", None)


# --- The link ---------------------------------------------------------------------------------------------------------


def packed(own: Own) -> str:
    """The changes as they stand in an address; the empty string where there are none or too many."""
    if not own.key:
        return ""
    text = SPLIT.join(kind.to_tsv(kind.of(own)) for kind in (WORDS, ACTORS))
    code = base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")
    return code if len(code) <= IN_LINK else ""


def unpacked(code: str) -> Own:
    """The changes of an address; whatever cannot be read is left out."""
    if not code or len(code) > IN_LINK:
        return NONE
    try:
        reader = zlib.decompressobj()
        text = reader.decompress(base64.urlsafe_b64decode(code + "=" * (-len(code) % 4)), UNPACKED).decode()
        words, _, names = text.partition(SPLIT)
        return Own(WORDS.parse(words)[0], ACTORS.parse(names)[0])
    except (binascii.Error, zlib.error, ValueError):
        return NONE


def into_address() -> None:
    """Let the address carry the changes, where they are few enough."""
    code = packed(current())
    if code and st.query_params.get(PARAMETER) != code:
        st.query_params[PARAMETER] = code
    elif not code:
        st.query_params.pop(PARAMETER, None)


def link() -> str:
    """The address of the first page with these changes and the story; the empty string where they are too many."""
    code = packed(current())
    at = urlsplit(str(st.context.url or ""))
    story = {name: st.query_params[name] for name in ("story",) if name in st.query_params}
    asked = urlencode(story | {PARAMETER: code})
    return f"{at.scheme}://{at.netloc}{at.path.rpartition('/')[0]}/?{asked}" if code else ""


def put(kind: Kind, one: Any) -> None:
    """Put a change among the visitor's own, in place of an earlier one of the same name."""
    name = kind.columns[0]
    mine = kind.of(current())
    kept = tuple(other for other in mine.changes if getattr(other, name).casefold() != getattr(one, name).casefold())
    use(replace(current(), **{kind.key: type(mine)((*kept, one))}))
