"""Figures in a real browser: they show the numbers they are given, answer to keys, and save themselves as files."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

RATES = ".st-key-rates-figure"


def test_dots_stand_where_their_rates_are(watched: Any) -> None:
    page = watched().open()
    told = page.locator(f"{RATES} .hit").evaluate_all(
        "nodes => nodes.map(one => [one.getAttribute('aria-label'), +one.getAttribute('x')])"
    )
    dots = [(float(re.search(r": ([\d.]+) per 1,000", words)[1]), x) for words, x in told]
    assert len(dots) == 4
    (first, at_first), (last, at_last) = max(dots), min(dots)
    for rate, at in dots:
        assert at == pytest.approx(at_last + (rate - last) / (first - last) * (at_first - at_last), abs=1.5)


def test_figures_follow_the_system_from_light_to_dark_and_back(watched: Any) -> None:
    window = watched()
    page = window.open()
    letters = f"""light => {{
      const word = document.querySelector("{RATES} [data-drawn]").shadowRoot.querySelector("svg text");
      return light === (getComputedStyle(word).fill.match(/\\d+/g).reduce((sum, part) => sum + Number(part), 0) > 382);
    }}"""
    for scheme in window.schemes():
        page.wait_for_function(letters, arg=scheme == "dark")
    page.wait_for_function(letters, arg=False)


def test_keys_lead_from_mark_to_mark_and_enter_picks(watched: Any, pictures: Path) -> None:
    window = watched()
    page = window.open()
    marks = page.locator(f"{RATES} .hit")
    assert marks.evaluate_all("nodes => nodes.filter(one => one.tabIndex === 0).length") == 1, "one Tab stop a figure"
    marks.first.focus()
    page.keyboard.press("ArrowDown")
    named = page.locator(f"{RATES} .tip").inner_text()
    assert marks.nth(1).get_attribute("aria-label").split(":")[0] in named
    page.keyboard.press("Enter")
    head = page.locator(".margin-head h2")
    head.wait_for()
    assert named.split(":")[0] in head.inner_text()
    page.locator(f"{RATES} .hit.chosen").wait_for()
    window.settle()
    focused = "document.querySelector('[data-drawn]').shadowRoot.activeElement?.getAttribute('aria-label')"
    assert page.evaluate(focused) == marks.nth(1).get_attribute("aria-label"), "the place is kept"
    window.shoot(pictures, "wide-light-figure-keys")


def test_arrows_move_in_a_grid_as_in_a_table(watched: Any) -> None:
    page = watched().open()
    cells = page.locator(".st-key-grid-figure .hit")
    cells.first.focus()
    before = cells.evaluate_all("nodes => nodes.map(one => [one.getAttribute('x'), one.getAttribute('y')])")
    focused = """() => { const one = [...document.querySelectorAll('[data-drawn]')].map(h => h.shadowRoot.activeElement)
        .find(Boolean); return [one.getAttribute('x'), one.getAttribute('y')]; }"""
    page.keyboard.press("ArrowDown")
    x, y = page.evaluate(focused)
    assert x == before[0][0]
    assert y != before[0][1]
    page.keyboard.press("ArrowRight")
    assert page.evaluate(focused)[1] == y


@pytest.mark.parametrize("kind", ["PNG", "SVG"])
def test_a_figure_saves_itself(watched: Any, tmp_path: Path, kind: str) -> None:
    page = watched().open()
    with page.expect_download() as coming:
        page.locator(f"{RATES} .save").get_by_role("button", name=kind).click()
    file = tmp_path / coming.value.suggested_filename
    coming.value.save_as(file)
    assert file.name == f"loaded-terms.{kind.lower()}"
    if kind == "PNG":
        assert file.read_bytes().startswith(b"\x89PNG")
        return
    words = " ".join(ElementTree.parse(file).getroot().itertext())
    assert "The Kestrel Post uses most loaded terms" in words
    assert "counts with their evidence, never a verdict" in words


def test_no_word_of_a_saved_figure_is_cut_where_the_pages_font_is_missing(watched: Any, tmp_path: Path) -> None:
    page = watched().open()
    grid = page.locator(".st-key-grid-figure .save")
    grid.scroll_into_view_if_needed()
    with page.expect_download() as coming:
        grid.get_by_role("button", name="SVG").click()
    file = tmp_path / "grid.svg"
    coming.value.save_as(file)
    page.set_content(re.sub('font-family="[^"]*"', 'font-family="sans-serif"', file.read_text("utf-8")))
    cut = page.evaluate(
        """() => [...document.querySelectorAll('text')].filter(text => {
            const box = text.getBBox(), edge = +document.querySelector('svg').getAttribute('width');
            return text.getAttribute('transform') === null && box.x + box.width > edge - 8;
        }).map(text => text.textContent)"""
    )
    assert not cut


@pytest.mark.parametrize("path", ["/", "/compare", "/actors", "/sources", "/search?q=regime"])
@pytest.mark.parametrize("width", [1440, 390])
def test_no_word_of_a_figure_is_cut_by_its_edge(watched: Any, path: str, width: int) -> None:
    page = watched(width=width).open(path)
    cut = page.evaluate(
        """() => [...document.querySelectorAll('[data-drawn]')].flatMap(host => {
            const svg = host.shadowRoot.querySelector('svg'), edge = svg.getBoundingClientRect();
            return [...svg.querySelectorAll('text')].filter(text => {
                const box = text.getBoundingClientRect();
                const across = box.left < edge.left - 1 || box.right > edge.right + 1;
                return across || box.top < edge.top - 1 || box.bottom > edge.bottom + 1;
            }).map(text => text.textContent);
        })"""
    )
    assert not cut


def test_a_square_of_compare_leads_to_its_sentences(watched: Any) -> None:
    window = watched()
    page = window.open("/compare")
    square = page.locator(".st-key-compare-figure .hit").nth(14)
    told = square.get_attribute("aria-label")
    square.click()
    page.wait_for_function("document.querySelector('#part-side').getBoundingClientRect().top < 200", timeout=60_000)
    window.settle()
    assert page.locator("#part-side h2").inner_text().removesuffix(", side by side") in told


def test_a_side_of_compare_shows_all_its_sentences_when_asked(watched: Any) -> None:
    window = watched()
    page = window.open("/compare")
    more = page.locator(".st-key-side button.more").first
    column = more.locator("xpath=..")
    head, few = column.locator("h3").inner_text(), column.locator("li").count()
    wanted = int("".join(filter(str.isdigit, more.inner_text())))
    assert few < wanted
    more.click()
    window.settle()
    column = page.locator(".st-key-side section").filter(has=page.get_by_role("heading", name=head, exact=True))
    assert column.locator("li").count() == wanted
    column.locator("li button").last.click()
    page.wait_for_url("**/read*")
