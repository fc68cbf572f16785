"""One core, side by side: every contestant reads the same texts, in turn, and ratios are of the same round."""

from __future__ import annotations

import gc
import re
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from analysis import analyze_many, memory
from analysis.language import weights
from analysis.language.reader import Grammar
from analysis.model import Article
from benchmarks.language import stock
from benchmarks.speed import texts

ROUND = 24  # articles; about a second of the analysis, long beside the clock's grain, short beside other people's jobs
QUOTATION = re.compile(r"[“\"]([^”\"]{3,400})[”\"][^.\n]{0,60}\b(?:said|says|told|added|claimed)\b", re.IGNORECASE)
FULL, GRAMMAR = "full analysis", "grammar step alone"
VADER, STOCK = "VADER alone", "stock pipeline alone"
USUAL = "stock pipeline, VADER, regex quotes"


@dataclass(frozen=True, slots=True)
class Result:
    """Words a second of processor time by contestant, a number a round."""

    words: int
    rates: dict[str, list[float]]

    def rate(self, name: str) -> float:
        """Words a second, the median of the rounds."""
        return statistics.median(self.rates[name])

    def ratios(self, name: str) -> list[float]:
        """How many times as fast as a contestant the full analysis is, smallest first; paired by round."""
        return sorted(ours / theirs for ours, theirs in zip(self.rates[FULL], self.rates[name], strict=True))


def run(articles: Sequence[Article]) -> Result:
    """Let all contestants read the articles, in rounds; the order moves on by one each round."""
    nlp, vader, grammar = stock(), SentimentIntensityAnalyzer(), Grammar(weights.load())
    sentences: list[str] = []
    searches = gc.get_threshold()

    def usual(given: Sequence[Article]) -> None:
        for doc in nlp.pipe(one.text for one in given):
            QUOTATION.findall(doc.text)
        judge(given)

    def judge(given: Sequence[Article]) -> None:
        for sentence in sentences:
            vader.polarity_scores(sentence)

    contestants: dict[str, Callable[[Sequence[Article]], object]] = {
        FULL: lambda given: list(analyze_many(given)),
        GRAMMAR: lambda given: grammar.read([one.text for one in given]),  # its own, which remembers nothing of FULL
        VADER: judge,
        STOCK: lambda given: list(nlp.pipe(one.text for one in given)),
        USUAL: usual,
    }
    rates: dict[str, list[float]] = {name: [] for name in contestants}
    total = 0
    for number, first in enumerate(range(0, len(articles), ROUND)):
        given = articles[first : first + ROUND]
        size = sum(texts.words(one.text) for one in given)
        sentences = _sentences(given)
        order = list(contestants)
        place = number % len(order)
        for name in order[place:] + order[:place]:
            began = time.process_time()
            contestants[name](given)
            spent = time.process_time() - began
            if number:  # the first round fills the memories of words, for all of them
                rates[name].append(size / spent)
        total += size if number else 0
        if not number:
            memory.settle()  # as a batch does; it spares all of them the search through our lists
    gc.set_threshold(*searches)
    gc.unfreeze()  # nothing that others of this process hold is to be kept for ever
    return Result(total, rates)


def _sentences(given: Sequence[Article]) -> list[str]:
    """The sentences that VADER gets, cut by a plain rule so that no contestant's reading is used."""
    return [part for one in given for part in re.split(r"(?<=[.!?])\s+|\n+", one.text) if part.strip()]
