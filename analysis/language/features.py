"""A word form in, the rows of the network's tables that describe it out: itself, its ends, its shape, its letters."""

from __future__ import annotations

import re
from functools import lru_cache
from zlib import crc32

WORDS, AFFIXES, LETTERS = 8192, 8192, 8192  # rows of the hashed tables
# Marks that the open vectors know in another shape.
SAME = {"’s": "'s", "``": '"', "“": '"', "”": '"', "‘": "'", "’": "'", "—": "--", "–": "--"}
LONGEST = 24  # letters; what lies between the ends of a longer word says nothing more
_DIGIT = re.compile(r"\d")


def normal(word: str) -> str:
    """The form by which the open vectors know a word."""
    return SAME.get(word) or word.lower().replace("’", "'")


def shape(word: str) -> str:
    """“U.N.” is X.X., “Moscow” Xxxx, “1990s” ddddx: four of a kind at most."""
    if word.isalpha() and word.islower():
        return "xxxx"[: len(word)]
    made: list[str] = []
    for letter in word[:40]:
        kind = "d" if letter.isdigit() else "X" if letter.isupper() else "x" if letter.isalpha() else letter
        if made[-4:] != [kind] * 4:
            made.append(kind)
    return "".join(made)


def _row(text: str, rows: int) -> int:
    return crc32(text.encode()) % rows


def rows(form: str) -> tuple[list[int], list[int], list[int]]:
    """Rows of the tables of words, of affixes and of letters. A blank at the end of `form` is the blank after it."""
    word = form.removesuffix(" ")
    words, ends, letters = _of_word(word)
    return words, [*ends, _row(f"_{form != word}", AFFIXES)], letters


@lru_cache(maxsize=16384)
def _of_word(word: str) -> tuple[list[int], list[int], list[int]]:
    """As `rows`, without what the blank says: most words are met with and without one."""
    lower = normal(word)
    plain = lower if lower.isalpha() else _DIGIT.sub("0", lower)
    ends = [
        *(f"<{plain[:1]}", f"<{plain[:2]}", f"<{plain[:3]}"),
        *(f"{plain[-1:]}>", f"{plain[-2:]}>", f"{plain[-3:]}>", f"{plain[-4:]}>"),
        *(f"#{shape(word)}", f"={word}"),
    ]
    framed = f"<{plain}>" if len(plain) <= LONGEST else f"<{plain[: LONGEST // 2]}{plain[-LONGEST // 2 :]}>"
    return (
        [_row(f"1{lower}", WORDS), _row(f"2{lower}", WORDS)],
        [_row(end, AFFIXES) for end in ends],
        [crc32(part) % LETTERS for part in _threes(framed)],
    )


def _threes(text: str) -> list[bytes]:
    """Every three letters in a row, as bytes."""
    if text.isascii():  # one byte a letter
        data = text.encode()
        return [data[k : k + 3] for k in range(len(data) - 2)] or [data]
    return [text[k : k + 3].encode() for k in range(len(text) - 2)] or [text.encode()]
