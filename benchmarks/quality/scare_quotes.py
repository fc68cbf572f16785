"""What marks are for: four kinds of marked fragments, and how much distance they keep."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from analysis import analyze
from analysis.model import Article
from benchmarks.quality.data import rows

SCARE_KINDS = ("direct", "partial", "scare", "mention")
DISTANCE_NEAR = 0.25  # a distance this close to the readers' counts as theirs


def measure(data: Path, documents: int) -> Iterator[tuple[str, float]]:
    """Four kinds of marked fragments, as two readers agreed on them.

    The weights were fitted on these fragments, too; what they do unseen is what benchmarks/fit_marks.py reports.
    """
    gold, found, near = [], [], []
    for row in rows(data / "scarequotes/gold_dev.jsonl.gz"):
        if row["kind"] not in SCARE_KINDS:
            continue
        before, rest = row["context"].split("[[", 1)
        inside, after = rest.split("]]", 1)
        middle = len(before) + len(inside) // 2
        report = analyze(Article(row["id"], before + inside + after))
        around = [q for q in report.quotes if q.content.start <= middle < max(q.content.end, q.content.start + 1)]
        quote = min(around, key=lambda q: len(q.content), default=None)
        gold.append(row["kind"])
        found.append(quote.kind if quote is not None else "none")
        near.append(quote is not None and abs(quote.distance - row["distance"]) <= DISTANCE_NEAR)
    f1 = {kind: _f1(gold, found, kind) for kind in SCARE_KINDS}
    for (wanted, given), n in Counter(zip(gold, found, strict=True)).most_common():
        print(f"    {wanted:8} read as {given:8} {n:4}", file=sys.stderr)
    yield "scarequotes.macro_f1", sum(f1.values()) / len(f1)
    yield "scarequotes.scare_f1", f1["scare"]
    yield "scarequotes.distance_near", sum(near) / len(near)


def _f1(gold: list[str], found: list[str], kind: str) -> float:
    both = sum(g == f == kind for g, f in zip(gold, found, strict=True))
    return 2 * both / max(1, gold.count(kind) + found.count(kind))
