"""A lesson in real browsers: a teacher at the desk, a projector, two phones; from the room's opening to the reveal."""

from __future__ import annotations

from typing import Any

import pytest

from tests.test_browser_contrast import MEASURE

PHONE = {"width": 390, "height": 844}
TAPPED = (3, 11, 24)  # numbers of the words that the first pupil taps


def opened(watched: Any, scheme: str = "light") -> tuple[Any, str]:
    """The teacher's window with a room open, and the room's code."""
    desk = watched(height=1100, scheme=scheme)
    page = desk.open("/class")
    page.get_by_role("button", name="Open the room").click()
    link = page.locator("a[href*='board?room=']")
    link.wait_for()
    return desk, link.get_attribute("href").split("room=")[1]


def joined(watched: Any, code: str, name: str) -> Any:
    phone = watched(**PHONE)
    page = phone.page
    page.goto(f"{phone.address}/join?room={code}")
    page.locator(".phone input").fill(name)
    page.locator(".phone .go").click()
    page.locator(".phone .warning").wait_for()
    return page


def following(page: Any, phase: str) -> None:
    page.get_by_role("button", name=f"Next: {phase}").click()


def test_a_lesson_from_the_first_tap_to_the_reveal(watched: Any, pictures: Any) -> None:
    desk, code = opened(watched)
    first, second = joined(watched, code, "Otter"), joined(watched, code, "<b>Wren</b>")
    roster = desk.page.locator(".class-roster")
    roster.locator("li").nth(1).wait_for()
    assert "Otter" in roster.inner_text()
    assert "Wren" in roster.inner_text()
    assert roster.locator("b").count() == 0, "a nickname stays text"

    following(desk.page, "Mark")
    for phone, pieces in ((first, TAPPED), (second, TAPPED[:1])):
        phone.locator(".sheet.taps .p").first.wait_for()
        for piece in pieces:
            phone.locator(f'.sheet.taps .p[data-piece="{piece}"]').click()
        phone.get_by_text("All saved").wait_for()
    words = [first.locator(f'.sheet.taps .p[data-piece="{piece}"]').inner_text() for piece in TAPPED]
    assert first.locator(".mark.their, .heat").count() == 0, "nothing of the others before the reveal"
    first.screenshot(path=pictures / "phone-marking.png")

    first.reload()
    first.locator(".sheet.taps .p.on").first.wait_for()
    kept = first.locator(".sheet.taps .p.on").all_inner_texts()
    assert sorted(kept) == sorted(words), "a reload loses nothing"

    following(desk.page, "Reveal")
    for phone in (first, second):
        phone.locator(".sheet .heat").first.wait_for()
    hot = first.locator(".sheet .heat").all_inner_texts()
    assert all(any(word in one for one in hot) for word in words)
    first.screenshot(path=pictures / "phone-reveal.png")
    board = watched(width=1280, height=800)
    board.page.goto(f"{desk.address}/board?room={code}")
    board.page.locator(".sheet .heat").first.wait_for()
    board.page.wait_for_timeout(800)
    board.shoot(pictures, "projector-reveal")


def test_on_a_phone_the_room_is_opened_before_the_plan_is_read(watched: Any, pictures: Any) -> None:
    phone = watched(**PHONE)
    page = phone.open("/class")
    button, plan = page.get_by_role("button", name="Open the room"), page.locator(".class-plan ol")
    assert button.bounding_box()["y"] < plan.bounding_box()["y"]
    phone.shoot(pictures, "phone-class")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_words_of_desk_projector_and_phone_can_be_read(watched: Any, scheme: str) -> None:
    desk, code = opened(watched, scheme)
    board, phone = watched(width=1280, height=800, scheme=scheme), watched(**PHONE, scheme=scheme)
    for window, path in ((board, "board"), (phone, "join")):
        window.page.goto(f"{desk.address}/{path}?room={code}")
        window.page.get_by_text(code).first.wait_for()
    for window in (desk, board, phone):
        assert window.page.evaluate(MEASURE) == []


def test_the_desk_of_a_room_needs_its_pin(watched: Any) -> None:
    _, code = opened(watched)
    page = watched(height=1100).open("/class")
    page.get_by_text("Back to a room", exact=True).click()
    page.get_by_label("Room code").fill(code)
    page.get_by_label("Teacher’s PIN").fill("000000")
    page.get_by_role("button", name="To the desk").click()
    page.get_by_text("do not belong together").wait_for()
