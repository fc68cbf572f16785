"""The analysis as the pages call it: one article at a time, so that a long job can show its progress and be stopped."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Event, Thread

import streamlit as st

import analysis
from analysis import midway, tables
from analysis.lexicon.own import Own, using
from analysis.model import Article, Report, Span
from views import spare_time

MANY = 1_000  # articles, which take about a second to lay flat
STEP = 100  # articles between two steps of a bar, about a tenth of a second
LONG = 50_000  # characters, of which half a second's work is made
SOON = 0.3  # seconds that an article waits at most to be met: who reads it may click on and on
MET = 64  # articles that are known to have been met

ready = Event()  # grammar and lists are loaded, by `make_ready`


def digest(articles: Sequence[Article]) -> str:
    """Names the content of some articles and the version of the analysis that reads them."""
    summary = hashlib.sha256(analysis.__version__.encode())
    for a in articles:
        for part in (a.id, a.source, a.title, str(a.published), a.url, a.text):
            summary.update(part.encode("utf-8", "surrogatepass"))
            summary.update(b"\0")
    return summary.hexdigest()[:24]


def analyse(article: Article, listener: midway.Listener | None = None) -> Report:
    """The report of one article. The grammar loads with the first call, not with the page.

    `listener` hears how much of it is done.
    """
    with midway.heard_by(listener):
        return analysis.analyze(article)


def make_ready(article: Article) -> None:
    """Load grammar and lists, and meet what most articles hold in this one."""
    analyse(article)
    ready.set()


def meet(article: Article, own: Own) -> None:
    """Analyse an article that somebody begins to read, when there is time, so that its words and paragraphs are known.

    Other words in it are then one new paragraph, a third of the work or less.
    """
    if ready.is_set():
        Thread(target=_meet, args=(article, own), daemon=True).start()


@lru_cache(maxsize=MET)
def _meet(article: Article, own: Own) -> None:
    spare_time.quiet(SOON)
    with using(own):
        analyse(article, lambda _: spare_time.between_pages())  # whoever clicks meanwhile waits for one stage at most


def not_told_as_facts(article: Article) -> tuple[tuple[Span, ...], int]:
    """The verbs of an article whose events it does not tell as facts, and how many events it tells in all."""
    from analysis import factuality, pipeline  # the grammar takes a second to import, and is not needed otherwise

    reading, found, _ = pipeline.detect(article)
    events = factuality.told(reading, found)
    return tuple(span for span, chance in events if chance >= factuality.OPEN), len(events)


def again(reports: Sequence[Report], own: Own) -> list[Report]:
    """The articles of some reports, read again with own lists, under a bar that shows how far it is."""
    made = []
    with using(own):
        bar = st.progress(0.0, "Reading again with your own lists …")
        for number, report in enumerate(reports, start=1):
            made.append(analyse(report.article))
            bar.progress(number / len(reports), f"Reading again with your own lists: {number} of {len(reports)}")
        bar.empty()
    return made


def in_sight(reports: Sequence[Report]) -> Iterator[Report]:
    """Reports on their way into tables, under a bar that shows how far they are where there are many.

    Each step of the bar is a place where Streamlit lets a click interrupt the page.
    """
    if len(reports) < MANY:
        yield from reports
        return
    bar = st.progress(0.0, "Counting …")
    for number, report in enumerate(reports):
        if number % STEP == 0:
            bar.progress(number / len(reports), f"Counting: {number:,} of {len(reports):,} articles")
        yield report
    bar.empty()


@dataclass
class Job:
    """Articles on their way to reports. It keeps its place, so a stopped or interrupted run loses nothing."""

    name: str
    articles: list[Article]
    reports: list[Report] = field(default_factory=list)
    # Lays each report flat when it is there, so that nobody waits for it.
    flattener: tables.Flattener = field(default_factory=tables.Flattener)

    @property
    def done(self) -> int:
        return len(self.reports)

    @property
    def left(self) -> int:
        return len(self.articles) - len(self.reports)

    def part(self, begun: float = 0.0) -> float:
        """How much is done, 0 to 1, with so much of the article that is next."""
        return (self.done + begun) / len(self.articles) if self.articles else 1.0

    def steps(self, listener: midway.Listener | None = None) -> Iterator[Article]:
        """Analyse what is left; yields each article before its turn. `listener` hears of long ones how much is done."""
        while self.left:
            article = self.articles[self.done]
            yield article
            report = analyse(article, listener if len(article.text) > LONG else None)
            self.reports.append(report)
            self.flattener.add(report)
