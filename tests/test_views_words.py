"""The words that pages are written with: plain text from anybody's, numbers and dates."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests import factory
from views.words import count, day, label, listing, markup, plain, span, times


@pytest.mark.parametrize(
    "text", ["*a*", "[a](b)", "<b>", ":red[x]", "# a", "1. a", "a_b_c", "`x`", "$x$", "~~x~~", "a\n\nb", "![i](j)"]
)
def test_plain_leaves_no_markdown(text: str):
    shown = plain(text)
    for i, sign in enumerate(shown):
        assert sign not in "*[]<>#_`$~!()|" or shown[i - 1] == "\\"
    assert "\n" not in shown
    assert shown.replace("\\", "") == " ".join(text.split())


def test_plain_breaks_icon_codes():
    assert "\u2060" in plain(":material/home:")
    assert "\u2060" not in plain("Macron: talks")


@pytest.mark.parametrize("text", ["www.example.org is down", "https://example.org", "write to a@example.org"])
def test_plain_leaves_no_address_that_becomes_a_link(text: str):
    assert not re.search(r"www\.|://|\w@\w", plain(text).replace("\\", ""))


def test_a_label_holds_no_markdown_and_no_backslash():
    assert label("clarion_2 (final).docx") == "clarion_2 final .docx"
    assert not re.search(r"[\\*\[\]<>`:]|\b_|_\b", label("_a_ *b* [c](d) :red[x] <b> \\ `x`"))


def test_markup_escapes_its_fields():
    assert markup("<b>{x}</b>", x="<i>&") == "<b>&lt;i&gt;&amp;</b>"
    assert markup("<p>{x}</p>", x=markup("<b>{y}</b>", y="<")) == "<p><b>&lt;</b></p>"


def test_numbers_and_dates_are_written_as_people_write_them():
    assert [count(n, "article") for n in (0, 1, 12400)] == ["no articles", "1 article", "12,400 articles"]
    assert day(factory.report().article.published) == "4 March 2024"
    assert [times(n) for n in (1, 2, 3)] == ["once", "twice", "3 times"]
    assert day(None) == ""
    assert listing(["a", "b", "c"]) == "a, b and c"


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        ((2022, 3, 14), (2022, 3, 14), "14 March 2022"),
        ((2022, 3, 14), (2022, 3, 16), "14 to 16 March 2022"),
        ((2022, 1, 17), (2022, 3, 16), "17 January to 16 March 2022"),
        ((2021, 3, 16), (2022, 3, 16), "16 March 2021 to 16 March 2022"),
    ],
)
def test_days_from_and_to_share_what_they_have_in_common(first: tuple[int, ...], last: tuple[int, ...], written: str):
    assert span(date(*first), date(*last)) == written
