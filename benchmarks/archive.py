"""A million articles behind the dashboard: how long a click of the Archive page takes.

    python -m benchmarks.archive --out FOLDER [--articles 1000000]

Makes the tables where FOLDER holds none: the sample articles, analysed once and repeated under new ids, each copy with
a source, a day and a draw of its rows of its own. So the numbers say nothing about news; the sizes are those of a real
archive. Then it indexes the folder and asks every question of the page, each in a connection of its own, once cold and
WARM times warm. The exit status is 1 where a warm answer takes more than a second.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from analysis import analyze, load, tables
from analysis.schemas import SCHEMAS
from analysis.warehouse import Base, index, measures, search

ROOT = Path(__file__).resolve().parent.parent
PART = 10_000  # articles a file
SOURCES = [f"Paper {number:02}" for number in range(1, 25)]
MONTHS = 48
KEPT = 0.8  # share of findings, mentions and words that a copy keeps
WARM = 5
BOUND = 1.0  # seconds


def make(out: Path, articles: int) -> None:
    """Write the tables of so many articles, a file a part and table."""
    flat = tables.from_reports([analyze(article) for article in load(ROOT / "samples" / "articles.jsonl")])
    frames = {name: frame.reset_index(drop=True) for name, frame in flat.frames().items()}
    numbers = pd.Series(range(len(flat.articles)), index=flat.articles["article"].astype("str"))
    rng = np.random.default_rng(7)
    for part, first in enumerate(range(0, articles, PART)):
        copies = -(-min(PART, articles - first) // len(numbers))
        owners = rng.integers(len(SOURCES), size=(copies, len(numbers)))
        days = np.datetime64("2020-01-01", "us") + rng.integers(MONTHS * 30, size=owners.shape).astype("timedelta64[D]")
        for name in sorted(SCHEMAS, key=lambda one: one == "articles"):  # that file says that the part is whole
            frame = frames[name]
            whole = pd.concat([frame] * copies, ignore_index=True)
            copy = np.repeat(np.arange(copies), len(frame))
            number = numbers.reindex(whole["article"].astype("str")).to_numpy()
            whole["article"] = pd.Series(number).astype("str") + f"-{part}-" + pd.Series(copy).astype("str")
            whole["source"] = np.array(SOURCES)[owners[copy, number]]
            if name == "articles":
                whole["published"] = days[copy, number]
            if name in ("findings", "mentions", "words"):
                whole = whole[rng.random(len(whole)) < KEPT]
            folder = out / name
            folder.mkdir(parents=True, exist_ok=True)
            whole.astype({column: kind for column, kind in SCHEMAS[name].items() if kind != "category"}).to_parquet(
                folder / f"part-{part:06}.parquet", index=False
            )
        print(f"made {min(first + PART, articles):,} of {articles:,} articles", file=sys.stderr)


def questions(base: Base) -> dict[str, Callable[[Base], object]]:
    """What the page asks, by what a reader does."""
    actors = list(base.actors(10))
    source = base.sources[0]
    article = str(base.frame("SELECT max(article) AS last FROM places")["last"][0])
    return {
        "rates of all sources": lambda b: measures.source_rates(b),
        "rates over time": lambda b: measures.over_time(b),
        "tone of ten actors": lambda b: measures.tone(b, actors),
        "rates about ten actors": lambda b: measures.actor_rates(b, actors),
        "a click on a dot": lambda b: search.findings(b, source=source),
        "a click on a month": lambda b: search.findings(b, source=source, month=base.months[-1]),
        "a click on a square of tone": lambda b: search.findings(b, source=source, actor=actors[0], kind=None),
        "a sentence's article": lambda b: search.article(b, article),
        "a frequent word by source": lambda b: search.words(b, "government"),
        "a word with a star": lambda b: search.words(b, "regim*"),
        "two words": lambda b: search.words(b, "prime minister"),
        "lines of a word": lambda b: search.lines(b, "regime", source=source),
    }


def ask(folder: Path) -> float:
    """Print the time of every question; returns the slowest warm one."""
    slowest = 0.0
    print(f"{'':28} cold     warm, median   warm, slowest   (seconds)")
    for name, question in questions(Base(folder)).items():
        base, times = Base(folder), []
        for _ in range(WARM + 1):
            began = time.perf_counter()
            question(base)
            times.append(time.perf_counter() - began)
        slowest = max(slowest, *times[1:])
        print(
            f"{name:28} {times[0]:5.2f}    {statistics.median(times[1:]):5.2f}          {max(times[1:]):5.2f}",
            flush=True,
        )
    return slowest


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, help="folder of the tables; made where it is missing")
    parser.add_argument("--articles", type=int, default=1_000_000)
    given = parser.parse_args()
    if not (given.out / "articles").is_dir():
        make(given.out, given.articles)
    began = time.perf_counter()
    try:
        index.key(given.out)
    except index.Missing:
        index.make(given.out, progress=lambda name, done, of: print(f"index: {name}", file=sys.stderr))
        print(f"index made in {time.perf_counter() - began:.0f} s")
    standing = Base(given.out).standing
    size = sum(file.stat().st_size for file in given.out.rglob("*.parquet")) / 1e9
    print(f"{standing['articles'].sum():,} articles, {standing['words'].sum():,} words, {size:.1f} GB on disk")
    slowest = ask(given.out)
    print(f"peak memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.1f} GB")
    return int(slowest > BOUND)


if __name__ == "__main__":
    sys.exit(main())
