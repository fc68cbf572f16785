"""What size and cores cost: `python -m analysis batch` on growing corpora, in processes of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log10
from pathlib import Path

from benchmarks.pages.corpora import ROOT
from benchmarks.speed import texts

# A small process between: Linux counts the memory of the one that starts a process as the process's own.
_USED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
WIDTH, HEIGHT, EDGE = 560, 300, 56  # px


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the batch: seconds on the clock and of the processor, and the largest process in MB."""

    articles: int
    words: int
    workers: int
    clock: float
    processor: float
    memory: float


def corpus(path: Path, data: Path | None, articles: int) -> int:
    """Write a corpus as JSONL; returns its words."""
    size = 0
    with path.open("w", encoding="utf-8") as file:
        for one in texts.corpus(data, articles):
            size += texts.words(one.text)
            row = {"id": one.id, "source": one.source, "title": one.title, "text": one.text}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return size


def batch(source: Path, articles: int, words: int, workers: int) -> Run:
    """Run the batch over a corpus, and throw the tables away."""
    with tempfile.TemporaryDirectory(dir=source.parent) as home:
        command = [sys.executable, "-m", "analysis", "batch", str(source), "--out", f"{home}/tables"]
        began = time.monotonic()
        told = subprocess.run(
            [sys.executable, "-c", _USED, *command, "--workers", str(workers)],
            cwd=ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True, text=True,
        )  # fmt: skip
        clock = time.monotonic() - began
    processor, memory = map(float, told.stdout.split())
    return Run(articles, words, workers, clock, processor, memory / 1000)


def growing(data: Path | None, sizes: Sequence[int], workers: int) -> list[Run]:
    """A run for each size."""
    made = []
    with tempfile.TemporaryDirectory() as home:
        for size in sizes:
            source = Path(home, f"{size}.jsonl")
            made.append(batch(source, size, corpus(source, data, size), workers))
    return made


def cores(data: Path | None, articles: int, pairs: int) -> Iterator[tuple[Run, Run]]:
    """One worker and two on the same corpus, several times; who goes first changes, as a machine changes its pace."""
    with tempfile.TemporaryDirectory() as home:
        source = Path(home, "corpus.jsonl")
        size = corpus(source, data, articles)
        for pair in range(pairs):
            order = (1, 2) if pair % 2 == 0 else (2, 1)
            made = {workers: batch(source, articles, size, workers) for workers in order}
            yield made[1], made[2]


def plot(runs: Sequence[Run]) -> str:
    """Seconds of the processor by articles as SVG, both scales logarithmic; the line is growth in proportion."""
    most_x, most_y = max(one.articles for one in runs), max(one.processor for one in runs)
    least_x, least_y = min(one.articles for one in runs), min(one.processor for one in runs)

    def x(value: float) -> float:
        return EDGE + 24 + (WIDTH - 2 * EDGE - 48) * log10(value / least_x) / log10(most_x / least_x)

    def y(value: float) -> float:
        return HEIGHT - EDGE - 12 - (HEIGHT - 2 * EDGE - 24) * log10(value / least_y) / log10(most_y / least_y)

    # Through the middle of the points in logarithms: with exact growth every point lies on it.
    rate = 10 ** (sum(log10(one.processor / one.articles) for one in runs) / len(runs))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fbf9f4"/>',
        f'<text x="16" y="24" font-weight="600" fill="#1d2127">The cost of the batch grows with the corpus: '
        f"{rate * 1000:.0f} ms of one core an article</text>",
        f'<line x1="{x(least_x)}" y1="{y(least_x * rate):.1f}" x2="{x(most_x)}" y2="{y(most_x * rate):.1f}" '
        'stroke="#5a6270" stroke-dasharray="4 4"/>',
        f'<text x="{WIDTH - 16}" y="{HEIGHT - 8}" text-anchor="end" fill="#5a6270">dashed: exactly in proportion; '
        "both scales are logarithmic</text>",
    ]
    for one in runs:
        side, shift = ("end", -10) if one.articles > least_x else ("start", 12)
        parts += [
            f'<circle cx="{x(one.articles):.1f}" cy="{y(one.processor):.1f}" r="5" fill="#6d3b7d"/>',
            f'<text x="{x(one.articles) + shift:.1f}" y="{y(one.processor) + (18 if side == "start" else -6):.1f}" '
            f'text-anchor="{side}" fill="#1d2127">{one.articles:,} articles, {one.processor:,.0f} s</text>',
        ]
    return "\n".join([*parts, "</svg>"]) + "\n"
