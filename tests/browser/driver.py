"""Starts the dashboard on a free port and a Chromium that watches for console errors and requests to the outside."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from classroom.database import PATH_SETTING
from tests.browser import serving

# Nothing but our own requests: no updates, no sync, no sandbox (which containers lack).
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
]
# A look at every page.
PATHS = (
    "/",
    "/read?article=kremlin-talks%2Fkestrel-post",
    "/compare",
    "/events",
    "/actors",
    "/sources",
    "/search?q=regime",
    "/load",
    "/class",
    "/lexicon",
    "/method",
)
DARK = """dark => {
  const ground = getComputedStyle(document.querySelector(".stApp")).backgroundColor;
  return dark === (ground.match(/\\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) < 200);
}"""
READY = 120_000  # ms until a page stands; the first one may have to analyse the samples


def chromium() -> str | None:
    """The browser of this machine, or None."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@contextmanager
def server(rooms: Path | None = None, tables: Path | None = None) -> Iterator[str]:
    """The dashboard, as the README starts it; yields its address.

    `rooms` is the file for the classroom's rooms, `tables` a folder to open as the archive.
    """
    port = serving.free_port()
    arguments = [*serving.streamlit("dashboard.py", port), *(["--", "--tables", str(tables)] if tables else [])]
    with serving.answering(arguments, port, settings={PATH_SETTING: str(rooms)} if rooms else None) as answers:
        yield answers.address


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield opened
        opened.close()


class Watched:
    """A page that remembers what it must not do."""

    def __init__(self, browser: Browser, address: str, *, width: int = 1440, height: int = 900, scheme: str = "light"):
        self.address = address
        self.faults: list[str] = []
        options: dict[str, Any] = {"viewport": {"width": width, "height": height}, "color_scheme": scheme}
        self.context = browser.new_context(**options)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"page error: {error}"))
        self.page.on("request", self._request)
        self.page.on("dialog", lambda dialog: (self.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))

    def _console(self, message: Any) -> None:
        if message.type == "error":
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:", "blob:", self.address.replace("http", "ws"))):
            self.faults.append(f"outside request: {request.url}")

    def open(self, path: str = "/") -> Page:
        """Go to a page and wait until it stands."""
        self.page.goto(self.address + path)
        self.settle()
        return self.page

    def schemes(self) -> Iterator[str]:
        """Shows the page in light, then in dark; a page that is open changes in a third of the time of a new one."""
        for scheme, is_dark in (("light", False), ("dark", True)):
            self.page.emulate_media(color_scheme=scheme)
            self.page.wait_for_function(DARK, arg=is_dark)
            self.settle()
            yield scheme
        self.page.emulate_media(color_scheme="light")

    def go(self, title: str) -> Page:
        """Go to a page by the navigation; on a narrow window that is in the drawer."""
        link = self.page.get_by_role("link", name=title, exact=True)
        if not link.first.is_visible():
            self.page.get_by_test_id("stExpandSidebarButton").click()
        link.first.click()
        self.page.wait_for_url(lambda url: title.split()[-1].lower() in url or title == "Overview")
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until the script has run and its foot is drawn."""
        self.page.wait_for_selector(".foot", timeout=READY)
        self.page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=READY)
        self.page.wait_for_function(
            "[...document.querySelectorAll('[class*=\"-place\"]')].every(one => one.querySelector('[data-drawn]'))"
        )
        self.page.wait_for_timeout(400)  # clicks reach a figure a moment after it is drawn

    def text(self) -> str:
        return self.page.locator("[data-testid=stMain]").inner_text()

    def shoot(self, folder: Path, name: str) -> None:
        """Keep a picture of the window."""
        self.page.screenshot(path=folder / f"{name}.png")

    def close(self) -> None:
        self.context.close()
