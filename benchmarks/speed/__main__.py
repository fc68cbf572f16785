"""How fast the analysis is, beside others in the same run; what two cores gain; what a larger corpus costs.

    python -m benchmarks.speed [--data FOLDER] [--sizes 1000 10000] [--plot FILE.svg] [--stages] [--large FOLDER]

Texts are the samples, or news out of FOLDER, repeated with other spellings; the first line and the last say which,
because words a second of one are not those of the other. Times are of the processor where one core
is meant, of the clock where two are compared, so other people's jobs blur the second more than the first. --large asks
the archive's questions of a folder that `python -m benchmarks.archive` has made. The exit status is 1 where a median
ratio has fallen below its floor.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
from pathlib import Path

from benchmarks import archive
from benchmarks.speed import beside, cost, stages, texts

ROUNDS = 16  # one of them to warm up
PAIRS = 3
STAGED = 120  # articles for the profile
# Of the medians full / this. The goals: twice as fast as the stock pipeline, which only parses, and at most 1.2 times
# the cost of the grammar step. The floors are what holds today, with room for a busy machine.
GOALS = {beside.STOCK: 2.0, beside.GRAMMAR: 1 / 1.2}
CORES_GOAL = 1.9  # times as fast, with the second of two cores
FLOORS = {beside.STOCK: 2.0, beside.GRAMMAR: 0.33}


def one_core(data: Path | None, rounds: int) -> bool:
    """Print words a second and ratios; returns whether every floor holds."""
    result = beside.run(list(texts.articles(data, rounds * beside.ROUND)))
    print(f"One core, {result.words:,} words in {len(result.rates[beside.FULL])} rounds; medians")
    holds = True
    for name in result.rates:
        ratios = result.ratios(name)
        middle = statistics.median(ratios)
        low = middle < FLOORS.get(name, 0.0)
        holds &= not low
        told = "" if name == beside.FULL else f"   full / this {middle:6.3g} ({ratios[0]:.2g} to {ratios[-1]:.2g})"
        told += f"   goal {GOALS[name]:.2f}" if name in GOALS else ""
        floor = f"   floor {FLOORS[name]:.2f}{', below it' if low else ''}" if name in FLOORS else ""
        print(f"{name:38} {result.rate(name):9,.0f} words/s{told}{floor}", flush=True)
    return holds


def two_cores(data: Path | None, articles: int) -> None:
    """Print how many times as fast two workers are as one, the whole command on the clock, starting included."""
    print(f"\nBatch of {articles:,} articles on the clock, one worker and two, {PAIRS} times, starting included")
    gains = []
    for one, two in cost.cores(data, articles, PAIRS):
        gains.append(one.clock / two.clock)
        print(
            f"{one.clock:7.1f} s {two.clock:7.1f} s   {gains[-1]:.2f} times as fast; of the processor "
            f"{one.processor:.1f} s and {two.processor:.1f} s",
            flush=True,
        )
    print(
        f"mean {statistics.mean(gains):.2f} ({min(gains):.2f} to {max(gains):.2f}), goal {CORES_GOAL}; "
        "the cores are as good as two where the processor's seconds agree"
    )


def sizes(data: Path | None, wanted: list[int], picture: Path | None) -> None:
    print("\nBatch by size, two workers: processor time, and the largest process")
    runs = cost.growing(data, wanted, 2)
    for one in runs:
        print(
            f"{one.articles:9,} articles {one.words:12,} words {one.processor:9.1f} s {one.clock:9.1f} s on the clock "
            f"{1000 * one.processor / one.articles:6.1f} ms an article {one.memory:6.0f} MB"
        )
    if picture and len(runs) > 1:
        picture.write_text(cost.plot(runs), encoding="utf-8")


def rounds(given: str) -> int:
    """How many rounds; of one alone nothing would be left to measure."""
    count = int(given)
    if count == 1 or count < 0:
        raise argparse.ArgumentTypeError("0 leaves the comparison out; else 2 or more, because the first warms up")
    return count


def main() -> int:
    assert __doc__ is not None
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help=f"folder that holds {texts.NEWS}")
    told = f"of the comparison, the first of which warms up; default: {ROUNDS}; 0 leaves the comparison out"
    parser.add_argument("--rounds", type=rounds, default=ROUNDS, help=told)
    parser.add_argument("--cores", type=int, default=3000, help="articles for one worker against two; 0 leaves it out")
    parser.add_argument("--sizes", type=int, nargs="*", default=[1000, 10_000], help="articles; 100000 takes an hour")
    parser.add_argument("--stages", action="store_true", help="say where the time goes, by cProfile")
    parser.add_argument("--plot", type=Path, help="where to draw the cost by size")
    parser.add_argument("--large", type=Path, help="folder of tables to click in")
    given = parser.parse_args()
    print(texts.told(given.data), flush=True)
    holds = not given.rounds or one_core(given.data, given.rounds)
    if given.stages:
        unread = list(texts.articles(given.data, given.rounds * beside.ROUND + STAGED))[-STAGED:]
        for stage, share in stages.shares(unread):
            print(f"{share:6.1%}  {stage}")
    if given.cores:
        two_cores(given.data, given.cores)
    if given.sizes:
        sizes(given.data, given.sizes, given.plot)
    if given.large:
        print("\nThe archive")
        archive.ask(given.large)
    print(f"\nLoad average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.")
    print(texts.told(given.data))
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
