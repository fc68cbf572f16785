"""How long the pages take in a real browser: first render and clicks, on the samples and on larger corpora.

    python -m benchmarks.pages [ARTICLES ...]       0 stands for the samples as they ship; needs playwright and Chromium

Before them the samples are opened in turns with a page that says one word, which is what Streamlit itself costs here:
the ratio of the two says more than seconds on a machine that others use.

The larger corpora are the sample articles again and again, each time with other days, other outlets and other
spellings of a third of their longer words (of the same length, so that every offset stays right). They show what size
costs, not what news is like. Times are from the navigation or the click to what a reader waits for: the headline, the
end of the script with the foot of the page drawn, the figures, the sentences in the margin.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from zlib import crc32

from analysis.model import Report

ROOT = Path(__file__).resolve().parent.parent
SIZES = (0, 2000, 20000)
OUTLETS = 3  # each sample newspaper stands for so many outlets
ROUNDS = 9
READY = 240_000  # ms
_WORD = re.compile(r"[A-Za-z]{5,}")
_TURN = str.maketrans("aeiouAEIOU", "eiouaEIOUA")


def respelt(turn: int) -> Callable[[str], str]:
    """What gives a text other spellings of a third of its longer words, for each turn others; turn 0 leaves it."""

    @cache
    def word(text: str) -> str:
        changes = turn and crc32(f"{turn}{text.lower()}".encode()) % 3 == 0
        for _ in range(1 + turn % 4 if changes else 0):  # five vowels: the fifth step would lead back
            text = text.translate(_TURN)
        return text

    return lambda text: _WORD.sub(lambda found: word(found[0]), text)


def varied(report: Report, turn: int) -> Report:
    """The report again, as the `turn`-th telling of something else: same offsets, other words, another day."""
    words = respelt(turn)
    article = report.article
    published = article.published and article.published + timedelta(days=turn * 5 % 1500)
    source = article.source if turn % OUTLETS == 0 else f"{article.source} {turn % OUTLETS + 1}"
    told = replace(
        article, id=f"{article.id}-{turn}", source=source, title=words(article.title), text=words(article.text),
        published=published,
    )  # fmt: skip
    return replace(report, article=told, actors=tuple(replace(one, name=words(one.name)) for one in report.actors))


def corpus(articles: int) -> tuple[Report, ...]:
    """The sample reports, `articles` of them."""
    from views import prepared

    ready = prepared.read()
    if ready is None:
        raise SystemExit("The prepared samples are stale: run `python -m views.prepared` first.")
    turns = articles // len(ready) + 1
    return tuple(varied(report, turn) for turn in range(turns) for report in ready)[:articles]


def serve(articles: int, port: int) -> None:
    """Run the dashboard with `articles` articles in place of the samples."""
    from streamlit.web import bootstrap

    from views import samples

    made = corpus(articles)
    samples._all = lambda: made
    options = {"server.port": port, "server.headless": True}
    bootstrap.load_config_options(options)
    bootstrap.run(str(ROOT / "dashboard.py"), False, [], options)


@contextmanager
def server(articles: int, port: int) -> Iterator[str]:
    """The dashboard, with `articles` articles in place of the samples."""
    command = ["benchmarks.pages", "--serve", str(articles), "--port", str(port)]
    if not articles:
        command = ["streamlit", "run", "dashboard.py", "--server.headless=true", f"--server.port={port}"]
    with answering([sys.executable, "-m", *command], port) as address:
        yield address


@contextmanager
def answering(command: list[str], port: int) -> Iterator[str]:
    """A server while it runs; yields its address once it answers."""
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        while True:
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=1).close()
                break
            except OSError:
                if process.poll() is not None:
                    raise RuntimeError("The dashboard stopped while starting.") from None
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def bare(port: int) -> Iterator[str]:
    """A Streamlit page that says one word."""
    with TemporaryDirectory() as folder:
        script = Path(folder) / "word.py"
        script.write_text('import streamlit\nstreamlit.html("<h1>Word</h1><p class=foot>.</p>")\n', encoding="utf-8")
        command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless=true"]
        with answering([*command, f"--server.port={port}"], port) as address:
            yield address


def stands(page: Any) -> None:
    """Wait until the script has run to its end and the figures are drawn."""
    page.wait_for_selector(".foot", timeout=READY)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=READY)
    page.wait_for_function(
        "[...document.querySelectorAll('[class*=\"-place\"]')].every(one => one.querySelector('[data-drawn]'))",
        timeout=READY,
    )


def timed(act: Callable[[], Any], *waits: Callable[[], Any]) -> list[float]:
    """Seconds from an act to each of the waits, one after the other."""
    start = time.perf_counter()
    act()
    found = []
    for wait in waits:
        wait()
        found.append(time.perf_counter() - start)
    return found


def arrivals(page: Any, address: str) -> list[float]:
    """Seconds until the headline stands, until the foot does, and until the figures do."""
    return timed(
        lambda: page.goto(address, wait_until="commit"),
        lambda: page.wait_for_selector("[data-testid=stMain] h1", timeout=READY),
        lambda: page.wait_for_selector(".foot", timeout=READY),
        lambda: stands(page),
    )


def in_turns(browser: Any, port: int) -> Iterator[tuple[str, float]]:
    """Medians of ROUNDS visits to a page that says one word and to the samples, in turns, and their ratio."""
    found: dict[str, list[list[float]]] = {"one word": [], "the samples": []}
    with bare(port + 1) as one_word, server(0, port) as samples:
        for turn in range(ROUNDS + 1):
            for name, address in (("one word", one_word), ("the samples", samples)):
                context = browser.new_context(viewport={"width": 1440, "height": 1000})
                seconds = arrivals(context.new_page(), address)
                context.close()
                if turn:  # the first visitors find a server that is still at work
                    found[name].append(seconds)
    medians = {name: [median(column) for column in zip(*rows, strict=True)] for name, rows in found.items()}
    yield "a page that says one word", medians["one word"][-1]
    for what, seconds in zip(("headline", "all words", "figures, too"), medians["the samples"], strict=True):
        yield f"the samples: {what}", seconds
    ratios = [ours[-1] / theirs[-1] for ours, theirs in zip(found["the samples"], found["one word"], strict=True)]
    yield "the samples with figures, times the page with one word", median(ratios)


def measure(browser: Any, address: str) -> Iterator[tuple[str, float]]:
    """What a reader waits for, in seconds."""

    for name in ("first visitor", "next visitor"):
        context = browser.new_context(viewport={"width": 1440, "height": 1000})
        page = context.new_page()
        head, words, whole = arrivals(page, address)
        yield f"{name}: headline", head
        yield f"{name}: all words", words
        yield f"{name}: figures, too", whole
        if name == "first visitor":
            context.close()
    yield "the same visitor again: figures, too", arrivals(page, address)[-1]
    margin = ".st-key-margin-head"
    yield (
        "click on a difference",
        timed(page.locator(".st-key-differences button").first.click, lambda: page.wait_for_selector(margin))[0],
    )
    yield "another voice", timed(page.get_by_role("radio", name="Quoted").click, lambda: moved(page))[0]
    yield "back to the narrator", timed(page.get_by_role("radio", name="Narrator").click, lambda: moved(page))[0]
    for title, path in (
        ("Read", "read"),
        ("Compare", "compare"),
        ("Actors", "actors"),
        ("Sources", "sources"),
    ):
        link = page.get_by_role("link", name=title, exact=True).first
        if link.count():

            def there(part: str = path) -> None:
                page.wait_for_url(lambda url: f"/{part}" in url)
                page.wait_for_timeout(30)
                stands(page)

            yield f"to {title}, the first time", timed(link.click, there)[0]
    context.close()


def moved(page: Any) -> None:
    """Wait until the script has begun and ended."""
    page.wait_for_timeout(30)
    stands(page)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__.split("\n", 1)[0])
    parser.add_argument("articles", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--serve", type=int, help="only run the server, with so many articles")
    parser.add_argument("--port", type=int, default=8601)
    wanted = parser.parse_args()
    if wanted.serve is not None:
        serve(wanted.serve, wanted.port)
        return
    from playwright.sync_api import sync_playwright

    from tests.browser.driver import FLAGS, chromium

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for name, seconds in in_turns(browser, wanted.port):
            print(f"{seconds:7.2f}{' s' if 'times' not in name else '  '}  {name}", flush=True)
        for articles in wanted.articles:
            print(f"\n{f'{articles:,} articles' if articles else 'the samples'}", flush=True)
            with server(articles, wanted.port) as address:
                for name, seconds in measure(browser, address):
                    print(f"{seconds:7.2f} s  {name}", flush=True)
        browser.close()
    print(f"\nload average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
