"""Text in any encoding people have, and days as people write them."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.loading import encoding
from analysis.loading.dates import read_date

TEXT = "“Café” – the Łódź owners’ word for “naïve”."
WESTERN = "“Café” – the owners’ word for “naïve”…"


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_encodings(name: str) -> None:
    text, problems = encoding.decode(TEXT.encode(name))
    assert text.removeprefix("\ufeff") == TEXT
    assert problems == ()


def test_windows_1252_with_its_undefined_bytes() -> None:
    assert encoding.decode(WESTERN.encode("cp1252")) == (WESTERN, ())
    assert encoding.decode(b"a\x81\x8d\x8f\x90\x9d\xe9") == ("a\x81\x8d\x8f\x90\x9dé", ())


def test_damaged_utf_8_stays_utf_8_and_says_so() -> None:
    text, problems = encoding.decode(TEXT.encode()[:-1] + b"\xff.")
    assert text == TEXT[:-1] + "\ufffd."
    assert problems == ("1 broken character was replaced by “\ufffd” in reading.",)


def test_half_a_character_of_utf_16_is_replaced() -> None:
    text, problems = encoding.decode(b"\xff\xfe" + "ab".encode("utf-16-le") + b"\x00\xd8")
    assert text == "ab\ufffd"
    assert len(problems) == 1


def test_declared_encoding_counts_after_utf_8() -> None:
    assert encoding.decode("Łódź".encode("iso-8859-2"), "iso-8859-2")[0] == "Łódź"
    assert encoding.decode("Łódź".encode(), "iso-8859-2")[0] == "Łódź"
    assert encoding.decode("Привет".encode("cp1251"), "windows-1251")[0] == "Привет"
    assert encoding.decode(b"caf\xe9", "no-such-name")[0] == "café"
    assert encoding.decode(b"\x93caf\xe9\x94", "iso-8859-1")[0] == "“café”"


@given(st.text())
def test_utf_8_is_read_back(text: str) -> None:
    data = text.encode("utf-8", "replace")
    if encoding.wide(data) is None:
        assert encoding.decode(data) == (data.decode(), ())


@given(st.binary(max_size=500))
def test_no_bytes_fail(data: bytes) -> None:
    assert isinstance(encoding.decode(data)[0], str)
    lines = list(encoding.lines(io.BytesIO(data)))
    assert all(line.endswith("\n") for line in lines[:-1])


def test_lines_come_one_by_one_each_in_its_encoding() -> None:
    data = "one “é”\n".encode() + "two “é”\n".encode("cp1252") + b"three"
    assert list(encoding.lines(io.BytesIO(data))) == ["one “é”\n", "two “é”\n", "three"]
    assert list(encoding.lines(io.BytesIO("a\r\nb\u2028c\n".encode("utf-16")))) == ["a\r\n", "b\u2028c\n"]


@pytest.mark.parametrize(
    "written",
    [
        "2022-02-07", "2022-02-07T10:14:00Z", "2022-02-07 10:14:00+01:00", "20220207", "2022/02/07", "7 February 2022",
        "7th of February 2022", "7 Feb 2022", "Feb. 7, 2022", "February 7, 2022", "Monday, 7 February 2022",
        "Monday, February 7, 2022 10:14 GMT", "Mon, 07 Feb 2022 10:14:00 +0000", "Mon Feb 07 10:14:00 UTC 2022",
        "7 FEBRUARY 2022", "7-Feb-2022", "07.02.2022", "7. 2. 2022", "1644192000", "1644192000000", "1644192000.5",
        date(2022, 2, 7), datetime(2022, 2, 7, 23, 59), 20220207,
    ],
)  # fmt: skip
def test_days(written: object) -> None:
    assert read_date(written) == (date(2022, 2, 7), None)


def test_slashes_are_read_only_where_one_reading_is_left() -> None:
    assert read_date("13/02/2022")[0] == read_date("02/13/2022")[0] == date(2022, 2, 13)
    assert read_date("02/02/2022")[0] == date(2022, 2, 2)
    found, problem = read_date("07/02/2022")
    assert found is None
    assert problem == "The date “07/02/2022” can be read in two ways; write it like 2022-02-07."


@pytest.mark.parametrize(
    "written", ["Monday", "yesterday", "2022-13-45", "31 February 2022", "7 Foo 2022", "31/31/2022", "x" * 500]
)
def test_what_is_no_day_says_so(written: str) -> None:
    found, problem = read_date(written)
    assert found is None
    assert problem is not None
    assert "cannot be read" in problem


@pytest.mark.parametrize("written", [None, "", " ", float("nan"), True])
def test_nothing_is_no_day_and_no_problem(written: object) -> None:
    assert read_date(written) == (None, None)


@given(st.one_of(st.text(max_size=60), st.integers(), st.floats(), st.dates(), st.datetimes()))
def test_any_value_is_a_day_or_none(value: object) -> None:
    found, _ = read_date(value)
    assert found is None or type(found) is date
