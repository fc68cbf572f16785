"""Every word on every page can be read on its ground: WCAG AA, measured in a real browser, in light and in dark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

MEASURE = (Path(__file__).parent / "browser" / "contrast.js").read_text(encoding="utf-8")


def test_words_reach_the_contrast_of_wcag_aa(watched: Any, pictures: Path) -> None:
    from tests.browser.driver import PATHS

    window = watched()
    found = {}
    for path in (*PATHS, f"{PATHS[1]}&mark=38"):
        page = window.open(path)
        for scheme in window.schemes():
            found[path, scheme] = page.evaluate(MEASURE)
            window.shoot(pictures, f"wide-{scheme}-{path.strip('/').split('?')[0] or 'overview'}")
    assert not any(found.values()), {where: faint for where, faint in found.items() if faint}


def test_the_measure_finds_faint_words(watched: Any) -> None:
    page = watched().open("/method")
    page.evaluate("document.querySelector('h1').style.color = '#bbb'")
    assert [found[2] for found in page.evaluate(MEASURE)] == ["H1"]
