"""Bytes in, text out, in the encodings people have: UTF-8 and UTF-16 with or without mark, Windows-1252, UTF-32.

Never fails. Guessing libraries take Windows-1252 for its neighbours, so the order is fixed: mark, NUL pattern,
strict UTF-8, Windows-1252.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from analysis.loading.errors import MAX_ROW

HEAD = 4096  # bytes looked at for a mark or a NUL pattern
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose little-endian mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_SURROGATES = re.compile("[\ud800-\udfff]")
# Windows-1252 leaves five bytes undefined; like browsers, we keep them as control characters.
_CP1252 = "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in range(256))
# A file is UTF-8 with damage, not Windows-1252, when it has this many intact sequences for each broken one:
# two letters of Windows-1252 that happen to form a UTF-8 sequence are rare.
INTACT_PER_BROKEN = 3
# Bytes that no text needs, NUL among them. Pictures and packed files have them in a tenth of their places, a text with
# stray ones in fewer than one of a hundred.
_NO_TEXT = bytes({*range(32)} - {*b"\t\n\v\f\r\x1b"})
NO_TEXT_SHARE = 0.05


def wide(head: bytes) -> str | None:
    """The multi-byte encoding (UTF-16 or UTF-32, or UTF-8 by its mark) that the first bytes show, if any."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    sample = head[: len(head) // 2 * 2]
    if len(sample) >= 4:
        half = len(sample) // 2
        even, odd = sample[0::2].count(0), sample[1::2].count(0)
        # English text in UTF-16 has a NUL in almost every second byte; binary files have them on both sides.
        if odd > 0.7 * half and even < 0.1 * half:
            return "utf-16-le"
        if even > 0.7 * half and odd < 0.1 * half:
            return "utf-16-be"
    return None


def is_text(head: bytes) -> bool:
    """Whether the first bytes can be a text in any encoding; a picture or a packed file is none."""
    if b"\0" not in head or wide(head) is not None:
        return True
    return len(head) - len(head.translate(None, _NO_TEXT)) < NO_TEXT_SHARE * len(head)


def decode(data: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Text and problems. `declared` is what a header or a page says of itself; marks and strict UTF-8 go before it."""
    name = wide(data[:HEAD])
    if name is not None:
        text = data.decode(name, "replace")
        return text, _replaced(text, data, name)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    if declared and (text_declared := _declared(data, declared)) is not None:
        return text_declared, ()
    damaged = data.decode("utf-8", "replace")
    intact = len(_MULTIBYTE.findall(data))
    if intact and intact >= INTACT_PER_BROKEN * damaged.count("\ufffd"):
        return damaged, _replaced(damaged, data, "utf-8")
    return "".join(map(_CP1252.__getitem__, data)), ()


def _declared(data: bytes, name: str) -> str | None:
    try:
        codec = codecs.lookup(name).name
        if codec in {"utf-8", "ascii", "iso8859-1", "cp1252"}:  # the web reads the last three as Windows-1252
            return None
        return data.decode(codec)
    except (LookupError, ValueError, TypeError, AttributeError):
        return None


def _replaced(text: str, data: bytes, name: str) -> tuple[str, ...]:
    lost = text.count("\ufffd") - data.count("\ufffd".encode(name.removesuffix("-sig").removesuffix("-le")[:6]))
    if lost <= 0:
        return ()
    return (f"{lost} broken {'character was' if lost == 1 else 'characters were'} replaced by “\ufffd” in reading.",)


def mend_surrogates(text: str) -> tuple[str, tuple[str, ...]]:
    """Half characters, which no file can hold, become “\ufffd”, one for one, so that offsets stay true."""
    mended, lost = _SURROGATES.subn("\ufffd", text)
    return mended, (f"{lost} half characters were replaced by “\ufffd” in reading.",) if lost else ()


def lines(stream: BinaryIO) -> Iterator[str]:
    """The lines of a stream with their ends, one at a time, decoded one by one: a broken line costs only itself.

    A line longer than `MAX_ROW` comes in pieces, so that memory stays bounded.
    """
    head = stream.read(HEAD)
    rest = _Chained(head, stream)
    name = wide(head)
    if name is None or name == "utf-8-sig":
        if name:
            rest = _Chained(head[len(codecs.BOM_UTF8) :], stream)
        buffered = io.BufferedReader(cast(io.RawIOBase, rest), buffer_size=256 * 1024)
        while line := buffered.readline(MAX_ROW):
            yield decode_line(line)
        return
    buffered = io.BufferedReader(cast(io.RawIOBase, rest))
    wrapped = io.TextIOWrapper(buffered, encoding=name, errors="replace", newline="\n")
    while wide_line := wrapped.readline(MAX_ROW):
        yield wide_line


def decode_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return decode(line)[0] if b"\0" not in line else line.decode("utf-8", "replace")


class _Chained(io.RawIOBase):
    """The bytes already looked at, then the rest of the stream."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head, self._stream = head, stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._head[: len(buffer)] if self._head else self._stream.read(len(buffer))
        self._head = self._head[len(piece) :] if self._head else b""
        buffer[: len(piece)] = piece
        return len(piece)
