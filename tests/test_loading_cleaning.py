"""Furniture of a page goes and is listed; sentences that only look like it stay."""

from __future__ import annotations

import re
import unicodedata

import pytest
import trafilatura  # noqa: F401 - loads with the first page, which must not be an example that is timed
from hypothesis import given
from hypothesis import strategies as st

from analysis.loading import from_text
from tests.loading_cases import PARTS, read

CASES = read("cleaning.txt")
GOES = "- "


def test_both_parts_hold_cases() -> None:
    parts = [part for part, _ in CASES]
    assert set(parts) == set(PARTS)
    assert min(parts.count(part) for part in PARTS) >= 30
    assert all(any(map(is_furniture, case.split("\n"))) == (part == "must find") for part, case in CASES)


def is_furniture(line: str) -> bool:
    return line.startswith(GOES)


@pytest.mark.parametrize(("part", "case"), CASES, ids=[case[:60] for _, case in CASES])
def test_cleaning(part: str, case: str) -> None:
    lines = case.split("\n")
    kept = "\n".join(line for line in lines if not is_furniture(line))
    article = from_text("\n".join(line.removeprefix(GOES) for line in lines))
    assert article.text == re.sub(r"\n{3,}", "\n\n", kept).strip()
    assert list(article.removed) == [line.removeprefix(GOES) for line in lines if is_furniture(line)]


GLUED = read("glued.txt")
BEFORE, AFTER = "The mill stood by the river for two hundred years.", "It was the largest of the whole valley."


def test_glued_cases_mark_what_goes() -> None:
    assert {part for part, _ in GLUED} == set(PARTS)
    assert all(("⟦" in case) == (part == "must find") for part, case in GLUED)


@pytest.mark.parametrize(("part", "case"), GLUED, ids=[case[:60] for _, case in GLUED])
def test_what_is_glued_to_a_line_goes_and_is_listed(part: str, case: str) -> None:
    article = from_text("\n\n".join((BEFORE, case.replace("⟦", "").replace("⟧", ""), AFTER)))
    stays = " ".join(re.sub("⟦[^⟧]*⟧", " ", case).split())
    assert article.text == "\n\n".join(filter(None, (BEFORE, stays, AFTER)))
    assert list(article.removed) == re.findall("⟦([^⟧]*)⟧", case)


def test_a_caption_alone_is_what_somebody_wants_to_read() -> None:
    caption = "Ada Renn waves to the bakers of Karsk. (Goran Vuk/AP Photo)"
    assert from_text(caption).text == caption
    assert from_text(caption, title="Mayor waves").removed == ()


def test_a_name_alone_below_the_title_is_a_byline() -> None:
    article = from_text("Ada Renn\n\nThe mill was lost on Monday at noon.", title="Mill burns for two days in Karsk")
    assert article.removed == ("Ada Renn",)
    untitled = "Canal Lock Reopens\n\nThe mill was lost on Monday at noon."
    assert from_text(untitled).removed == ()


def test_title_becomes_the_first_paragraph() -> None:
    article = from_text("The lock was mended on Monday.", title="Canal lock reopens")
    assert article.text == "Canal lock reopens\n\nThe lock was mended on Monday."
    assert article.removed == ()


@pytest.mark.parametrize("copy", ["Canal lock reopens", "CANAL LOCK REOPENS", "Canal lock reopens."])
def test_title_that_stands_in_the_text_is_not_doubled(copy: str) -> None:
    article = from_text(f"{copy}\n\nThe lock was mended on Monday.", title="Canal lock reopens")
    assert article.text == f"{copy}\n\nThe lock was mended on Monday."
    assert article.title == "Canal lock reopens"


def test_title_below_a_menu_moves_up() -> None:
    article = from_text("Local\n\nCanal lock reopens\n\nThe lock was mended on Monday.", title="Canal lock reopens")
    assert article.text.startswith("Canal lock reopens\n\n")
    assert article.text.count("Canal lock reopens") == 1


def test_lead_that_begins_with_the_title_keeps_both() -> None:
    article = from_text("Canal lock reopens on Monday after repairs, its keeper said.", title="Canal lock reopens")
    assert article.text == "Canal lock reopens\n\nCanal lock reopens on Monday after repairs, its keeper said."


def test_headline_of_a_pasted_text_is_its_title() -> None:
    assert from_text("Canal lock reopens\n\nThe lock was mended on Monday.").title == "Canal lock reopens"
    assert from_text("The lock was mended on Monday.\n\nIt leaked for years.").title == ""
    assert from_text("The lock that has leaked since\nMarch was mended on Monday at noon.").title == ""


def test_one_paragraph_a_line_becomes_paragraphs() -> None:
    text = "Canal lock reopens\nThe lock was mended on Monday.\nIt had leaked for years."
    assert from_text(text).text == text.replace("\n", "\n\n")
    wrapped = "The lock was mended on Monday, and the keeper\nwas glad of it, for he had waited since\nlast spring."
    assert from_text(wrapped).text == wrapped


def test_text_has_one_form() -> None:
    article = from_text(
        "Cafe\u0301 owners\u00a0met\u202fon\r\nMonday\u200b.\r\n\r\nThey ate &amp; drank.\u2028\u2028Done, they left."
    )
    assert article.text == "Café owners met on\nMonday.\n\nThey ate & drank.\n\nDone, they left."


def test_stray_tags_go_and_are_listed() -> None:
    article = from_text('The <a href="https://a.example">lock</a> was mended; <script>alert(1)</script> stays text.')
    assert article.text == "The lock was mended; <script>alert(1)</script> stays text."
    assert article.removed == ('<a href="https://a.example">', "</a>")


def test_uncleaned_text_is_kept_to_the_character() -> None:
    text = "\ufeff Cafe\u0301\u00a0\r\n\r\nLeave a Reply\r\n<p>x</p><p>y</p><p>z</p>\x00 "
    article = from_text(text, title="A title", clean=False)
    assert (article.text, article.removed, article.title) == (text, (), "A title")


def test_half_characters_are_replaced_one_for_one() -> None:
    article = from_text("a\ud800b said so.", clean=False)
    assert article.text == "a\ufffdb said so."
    assert len(article.problems) == 1


def test_text_of_nothing_but_furniture_is_a_problem() -> None:
    article = from_text("Leave a Reply\n\nPost Comment")
    assert article.text == ""
    assert article.problems == ("Nothing that could be an article is left in the text.",)
    assert article.removed == ("Leave a Reply", "Post Comment")


def test_ids_come_from_the_content() -> None:
    one, two = from_text("The lock was mended."), from_text("The lock was broken.")
    assert one.id == from_text("The lock was mended.").id != two.id
    assert from_text("The lock was mended.", id="x").id == "x"


@given(st.text(max_size=400))
def test_any_text_loads_and_stays_as_it_is_without_cleaning(text: str) -> None:
    assert from_text(text, clean=False).text == re.sub("[\ud800-\udfff]", "\ufffd", text)
    cleaned = from_text(text).text
    assert unicodedata.is_normalized("NFC", cleaned)
    assert "\r" not in cleaned
    assert cleaned == cleaned.strip()


@given(
    st.lists(st.sampled_from([line.removeprefix(GOES) for _, case in CASES for line in case.split("\n")]), max_size=14)
)
def test_every_line_is_kept_or_listed(lines: list[str]) -> None:
    article = from_text("\n".join(lines))
    left = article.text.split("\n") + list(article.removed)
    assert sorted(filter(None, left)) == sorted(filter(None, (line.strip() for line in lines)))


def test_titles_of_links_behind_a_name_go() -> None:
    links = "Ada Maria RennMayor under fire for a bridge Ten things to know before Monday MORE"
    article = from_text(f"Mayor Ada Renn {links} (Karsk) spoke. Renn {links}’s plan is MORE than a bridge.")
    assert article.text == "Mayor Ada Renn (Karsk) spoke. Renn’s plan is MORE than a bridge."
    assert article.removed == (links, links)


def test_a_name_said_twice_stays() -> None:
    text = "Renn met Ada Maria Renn on Monday. She wants MORE."
    assert from_text(text).text == text
