"""How long the pages take in a real browser: first render and clicks, on the samples and on larger corpora.

    python -m benchmarks.pages [ARTICLES ...]       0 stands for the samples as they ship; needs playwright and Chromium

First the samples are opened in turns with a page that says one word, which is what Streamlit itself costs here: the
ratio of the two says more than seconds on a machine that others use. Then, for each corpus, visitors come, and one of
them opens every page twice and clicks on every kind of thing (`clicks.py`). Seconds run from the navigation or the
click until the script has ended and all figures are drawn; beside them stand the processor time of the server and that
of the browser's main thread, which other jobs on the machine change less. The slowest stand first.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

from benchmarks.pages.clicks import READY, every, moved, runs_counted, stands
from benchmarks.pages.servers import dashboard, one_word, serve
from tests.browser.serving import Server

SIZES = (0, 2000, 20000)
ROUNDS = 9
FIRST = 2.0  # seconds: the goal for a first render of the samples
CLICK = 0.5  # the goal for anything that is clicked, on up to CLICKED articles
CLICKED = 2000
WINDOW = {"width": 1440, "height": 1000}


@dataclass(frozen=True)
class Took:
    """What one act took."""

    page: str
    what: str
    seconds: float
    server: float  # seconds of processor time
    browser: float  # seconds of its main thread

    def line(self, goal: float | None) -> str:
        missed = f"missed ({goal:g})" if goal is not None and self.seconds > goal else ""
        numbers = f"{self.seconds:7.2f} s{self.server:9.2f}{self.browser:9.2f}"
        return f"{numbers}   {self.page}: {self.what}  {missed}".rstrip()


HEAD = "  clock     server  browser   (processor seconds)"


class Watch:
    """Times acts in one window of a browser."""

    def __init__(self, browser: Any, server: Server) -> None:
        self.server = server
        self.context = browser.new_context(viewport=WINDOW)
        self.context.add_init_script(runs_counted())
        self.page = self.context.new_page()
        self.devtools = self.context.new_cdp_session(self.page)
        self.devtools.send("Performance.enable", {"timeDomain": "threadTicks"})  # not what others take

    def busy(self) -> float:
        """Seconds that the main thread of the page has worked."""
        found = self.devtools.send("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in found if one["name"] == "TaskDuration"))

    def took(self, page: str, what: str, act: Callable[[], Any], wait: Callable[[], Any]) -> Took:
        """An act, timed until what it waits for is there."""
        server, browser, start = self.server.worked(), self.busy(), time.perf_counter()
        act()
        wait()
        seconds = time.perf_counter() - start
        return Took(page, what, seconds, self.server.worked() - server, max(0.0, self.busy() - browser))

    def clicked(self, page: str, what: str, act: Callable[[], Any]) -> Took:
        """A click, until the script has run and its figures are drawn."""
        stands(self.page)  # what was put into place for it may still be at work
        runs = self.page.evaluate("window.runs")
        return self.took(page, what, act, lambda: moved(self.page, runs))

    def arrives(self, what: str, path: str = "") -> Iterator[Took]:
        """A visitor comes: until the headline stands, and until the figures do."""
        page, start = self.page, time.perf_counter()

        def headline() -> None:
            page.wait_for_selector("[data-testid=stMain] h1", timeout=READY)

        head = self.took("Overview", f"{what}: headline", lambda: self.go(path), headline)
        yield head
        server, browser = self.server.worked(), self.busy()
        stands(page)
        rest = (head.server + self.server.worked() - server, head.browser + self.busy() - browser)
        yield Took("Overview", f"{what}: figures, too", time.perf_counter() - start, *rest)

    def go(self, path: str = "") -> None:
        self.page.goto(self.server.address + path, wait_until="commit")

    def close(self) -> None:
        self.context.close()


def in_turns(browser: Any, port: int) -> Iterator[str]:
    """Medians of ROUNDS visits to a page that says one word and to the samples, in turns, and their ratio."""
    found: dict[str, list[float]] = {"one word": [], "the samples": []}
    with one_word(port + 1) as bare, dashboard(0, port) as samples:
        for turn in range(ROUNDS + 1):
            for name, server in (("one word", bare), ("the samples", samples)):
                watch = Watch(browser, server)
                took = list(watch.arrives("next visitor"))[-1]
                watch.close()
                if turn:  # the first visitors find a server that is still at work
                    found[name].append(took.seconds)
    for name, seconds in found.items():
        yield f"{median(seconds):7.2f} s  {name}, with figures"
    ratios = [ours / theirs for ours, theirs in zip(found["the samples"], found["one word"], strict=True)]
    yield f"{median(ratios):7.2f}    times the page with one word"


def measure(browser: Any, server: Server) -> Iterator[Took]:
    """What a reader waits for."""
    for name in ("first visitor", "next visitor"):
        watch = Watch(browser, server)
        yield from watch.arrives(name)
        if name == "first visitor":
            watch.close()
    yield list(watch.arrives("the same visitor again"))[-1]
    for page, what, act in every(watch.page):
        try:
            yield watch.clicked(page, what, act)
        except Exception as error:
            if type(error).__name__ != "TimeoutError":  # of the browser's driver, which only this command needs
                raise
            print(f"no answer to: {page}, {what}", flush=True)
    watch.close()


def goal(articles: int, took: Took) -> float | None:
    """The seconds that something may take; None where nothing is asked."""
    if "visitor" in took.what:
        return FIRST if not articles else None
    return CLICK if articles <= CLICKED else None


def report(articles: int, found: list[Took]) -> None:
    """The table, the slowest first, and what is missed."""
    print(HEAD)
    for took in sorted(found, key=lambda one: -one.seconds):
        print(took.line(goal(articles, took)))
    asked = [(one, limit) for one in found if (limit := goal(articles, one)) is not None]
    missed = sum(one.seconds > limit for one, limit in asked)
    print(f"{missed} of {len(asked)} goals missed\n" if asked else "", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__.split("\n", 1)[0])
    parser.add_argument("articles", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--serve", type=int, help="only run the server, with so many articles")
    parser.add_argument("--port", type=int, default=8601)
    parser.add_argument("--in-turns", action=argparse.BooleanOptionalAction, default=True)
    wanted = parser.parse_args()
    if wanted.serve is not None:
        serve(wanted.serve, wanted.port)
        return
    from playwright.sync_api import sync_playwright

    from tests.browser.driver import FLAGS, chromium

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        if wanted.in_turns:
            print(*in_turns(browser, wanted.port), sep="\n", flush=True)
        for articles in wanted.articles:
            print(f"\n{f'{articles:,} articles' if articles else 'the samples'}", flush=True)
            with dashboard(articles, wanted.port) as server:
                report(articles, list(measure(browser, server)))
        browser.close()
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
