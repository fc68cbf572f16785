"""Forty phones in one room: how soon a tap is saved, and what a killed server loses.

    python -m benchmarks.classroom [--sessions 40] [--minutes 2]

Starts the dashboard on a free port and one Chromium with a browser context for each pupil. They join, mark for the
given time at the pace of a hand, go on marking while the server is killed (SIGKILL) and started again, and read the
reveal. Every pupil taps each word at most once, so what was tapped, what was shown as saved and what lies in the file
can be compared word for word. The exit status is 1 where a mark was lost or the 95th percentile is above a second.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Locator, async_playwright

from analysis import analyze, load
from classroom import marks, pupils, rooms
from classroom.database import PATH_SETTING, Store
from classroom.rooms import Room
from tests.browser import serving
from tests.browser.driver import FLAGS, chromium

ARTICLE = "saltmere-strike/kestrel-post"
PAUSE = (1.5, 4.5)  # seconds between two taps of one pupil
AT_ONCE = 4  # pages that load at the same time; a class does not arrive in one second either
OUTAGE = 30.0  # seconds of marking before the kill, and after the restart
BOUND = 1.0  # seconds in which 95 of 100 taps must be saved
PATIENCE = 180.0  # seconds for phones to send what they kept

# Taps at the pace of a hand until told to stop; notes when each tap was shown as saved.
TAPS = """
(root, [pieces, low, high]) => {
  const watch = (window.watch = { taps: [], stop: false, done: false });
  const sleep = (ms) => new Promise((go) => setTimeout(go, ms));
  const saved = () => {
    for (const tap of watch.taps) {
      const span = root.querySelector(`.sheet.taps .p[data-piece="${tap.piece}"]`);
      const now = span && span.classList.contains("on") && !span.classList.contains("waiting");
      if (now && tap.saved === null) tap.saved = performance.now() - tap.at;
    }
  };
  new MutationObserver(saved).observe(root, { subtree: true, childList: true, attributes: true });
  (async () => {
    await sleep(Math.random() * high * 1000);
    for (const piece of pieces) {
      if (watch.stop) break;
      const span = root.querySelector(`.sheet.taps .p[data-piece="${piece}"]`);
      if (span) {
        span.scrollIntoView({ block: "center" });
        const box = span.getClientRects()[0];
        const at = { isPrimary: true, button: 0, bubbles: true, composed: true,
                     clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 };
        watch.taps.push({ piece, at: performance.now(), saved: null, wall: Date.now() });
        span.dispatchEvent(new PointerEvent("pointerdown", at));
        span.dispatchEvent(new PointerEvent("pointerup", at));
        saved();
      }
      await sleep((low + Math.random() * (high - low)) * 1000);
    }
    watch.done = true;
  })();
}
"""


class Server:
    """The dashboard on a port of its own, to be killed and started again."""

    def __init__(self, file: Path):
        self.port = serving.free_port()
        self.address = serving.address(self.port)
        self.settings = {PATH_SETTING: str(file)}
        self.start()

    def start(self) -> None:
        self.process = serving.begin(serving.streamlit("dashboard.py", self.port), self.port, settings=self.settings)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


async def join(browser: Browser, address: str, room: Room, gate: asyncio.Semaphore) -> Locator:
    """One pupil, in a browser context of its own, at the page where marking begins."""
    async with gate:
        context = await browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
        page = await context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        await page.goto(f"{address}/join?room={room.code}")
        await page.locator(".phone .go").click()
        phone = page.locator(".phone")
        await phone.locator(".sheet.taps .p").first.wait_for()
        return phone


async def taps(phones: list[Locator]) -> list[list[dict[str, Any]]]:
    return [await phone.evaluate("() => window.watch.taps") for phone in phones]


def stored(store: Store, room: Room) -> dict[int, set[int]]:
    """Pupil's number → pieces that the file holds."""
    return {number: set(values) for number, values in marks.of_class(store, room, 2).get(0, {}).items()}


def missing(store: Store, room: Room, tapped: dict[int, list[dict[str, Any]]], *, saved: bool) -> int:
    """How many taps (all, or those shown as saved) the file does not hold."""
    held = stored(store, room)
    return sum(
        tap["piece"] not in held.get(number, set())
        for number, mine in tapped.items()
        for tap in mine
        if not saved or tap["saved"] is not None
    )


async def numbers(phones: list[Locator], store: Store, room: Room) -> list[int]:
    """The number of each pupil, found by the nickname that the phone kept."""
    by_name = {pupil.name: pupil.number for pupil, _ in pupils.everybody(store, room)}
    name = f"() => JSON.parse(localStorage.getItem('framing-classroom:{room.code}:name'))"
    return [by_name[await phone.evaluate(name)] for phone in phones]


async def measure(sessions: int, seconds: float, folder: Path) -> bool:
    """Open a room and hold a lesson in it. Returns whether nothing was lost and the bound was kept."""
    article = next(a for a in load(serving.ROOT / "samples" / "articles.jsonl") if a.id == ARTICLE)
    store = Store(folder / "classroom.sqlite")
    room = rooms.open_room(store, [analyze(article)], "loaded", pin="123456", title="Load")
    rooms.set_phase(store, room, "mark")
    pieces = len(rooms.texts(store, room)[0].pieces)
    server = Server(store.path)
    try:
        return await lesson(server, store, room, pieces, sessions, seconds)
    finally:
        server.kill()


async def lesson(server: Server, store: Store, room: Room, pieces: int, sessions: int, seconds: float) -> bool:
    """Joining, marking, the kill, the reveal; prints what it finds."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        gate = asyncio.Semaphore(AT_ONCE)
        began = time.monotonic()
        phones = await asyncio.gather(*(join(browser, server.address, room, gate) for _ in range(sessions)))
        print(f"{sessions} joined in {time.monotonic() - began:.0f} s; load average {load_average()}")
        order = await numbers(phones, store, room)
        for i, phone in enumerate(phones):
            words = random.Random(i).sample(range(pieces), pieces)
            await phone.evaluate(TAPS, [words, *PAUSE])
        await asyncio.sleep(seconds)
        calm = await taps(phones)
        middle = load_average()

        await asyncio.sleep(OUTAGE)
        server.kill()
        before = dict(zip(order, await taps(phones), strict=True))
        lost = missing(store, room, before, saved=True)
        shown = sum(tap["saved"] is not None for mine in before.values() for tap in mine)
        print(f"killed: {shown} marks shown as saved, {lost} of them not in the file")
        server.start()
        await asyncio.sleep(OUTAGE)
        for phone in phones:
            await phone.evaluate("() => (window.watch.stop = true)")
        drained = time.monotonic()
        while time.monotonic() - drained < PATIENCE:
            after = dict(zip(order, await taps(phones), strict=True))
            unsaved = sum(tap["saved"] is None for mine in after.values() for tap in mine)
            if not unsaved:
                break
            await asyncio.sleep(1)
        never = missing(store, room, after, saved=False)
        total = sum(map(len, after.values()))
        print(f"end: {total} taps, {unsaved} not shown as saved, {never} not in the file")

        found = rooms.find(store, room.code)
        assert found is not None
        revealed = time.monotonic()
        rooms.set_phase(store, found, "reveal")
        await asyncio.gather(*(phone.locator(".sheet .heat").first.wait_for() for phone in phones))
        print(f"reveal: on all {sessions} phones after {time.monotonic() - revealed:.1f} s")
        await browser.close()
    times = sorted((t["saved"] if t["saved"] is not None else float("inf")) / 1000 for mine in calm for t in mine[:-1])
    p95 = statistics.quantiles(times, n=20)[-1]
    print(
        f"taps in {seconds:.0f} s: {len(times)}; saved after a median of {statistics.median(times):.2f} s, 95 % within "
        f"{p95:.2f} s, slowest {times[-1]:.2f} s; load average {middle} on {os.cpu_count()} cores"
    )
    return lost == 0 and never == 0 and p95 <= BOUND


def load_average() -> str:
    return f"{os.getloadavg()[0]:.1f}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=40)
    parser.add_argument("--minutes", type=float, default=2.0)
    options = parser.parse_args()
    if chromium() is None:
        print("There is no Chromium: install it, or name it in CHROMIUM.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        return 0 if asyncio.run(measure(options.sessions, options.minutes * 60, Path(folder))) else 1


if __name__ == "__main__":
    sys.exit(main())
