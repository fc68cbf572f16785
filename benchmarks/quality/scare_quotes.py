"""What marks are for: four kinds of marked fragments, and how much distance they keep.

`marks_labels.tsv` holds our own readings of further fragments, by the hash of the article's id and offsets; `sure`:
whether another careful reader would surely agree. The first reading is of fragments drawn by lot, the second of some
that an earlier model took for scare quotes or was unsure of, the third of all sorts in four folders of news, long
utterances left out. `benchmarks/fit_marks.py` fits on all but the held-out half of the third.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis import analyze
from analysis.model import Article, Span
from benchmarks.quality.data import hashed, rows

LABELS = Path(__file__).parents[1] / "marks_labels.tsv"
FOLDERS = ("polnear", "outlet_articles", "ptc", "basil")
BROAD = "3"  # the reading that is of all sorts, every second article of which is held out
SCARE_KINDS = ("direct", "partial", "scare", "mention")
DISTANCE_NEAR = 0.25  # a distance this close to the readers' counts as theirs


@dataclass(frozen=True, slots=True)
class Fragment:
    """One line of marks_labels.tsv."""

    article: str
    start: int
    end: int
    kind: str
    distance: float
    sure: bool
    reading: str

    @property
    def held_out(self) -> bool:
        return self.reading == BROAD and int(self.article, 16) % 2 == 1


def fragments() -> list[Fragment]:
    """Our own readings."""
    with LABELS.open(encoding="utf-8", newline="") as file:
        return [
            Fragment(
                row["article"], int(row["start"]), int(row["end"]), row["kind"], float(row["distance"]),
                row["sure"] == "1", row["reading"],
            )
            for row in csv.DictReader(file, delimiter="\t")
        ]  # fmt: skip


def measure(data: Path, documents: int) -> Iterator[tuple[str, float]]:
    """Four kinds of marked fragments: on the held-out half of our third reading, and as two readers agreed on others.

    The weights were fitted on the latter, too; what they do unseen is what benchmarks/fit_marks.py reports.
    """
    yield from _read(data)
    yield from _agreed(data)


def _read(data: Path) -> Iterator[tuple[str, float]]:
    """By the whole analysis of each article, that of a mark of no kind an error."""
    wanted = defaultdict(list)
    for one in fragments():
        if one.held_out and one.kind in SCARE_KINDS:
            wanted[one.article].append(one)
    gold, found = [], []
    for article in hashed(data, FOLDERS):
        if own := wanted.get(article.id):
            kinds = {quote.content: quote.kind for quote in analyze(article).quotes}
            gold += [one.kind for one in own]
            found += [kinds.get(Span(one.start, one.end), "none") for one in own]
    f1 = {kind: _f1(gold, found, kind) for kind in SCARE_KINDS}
    yield "scarequotes.read_macro_f1", sum(f1.values()) / len(f1)
    yield "scarequotes.read_scare_f1", f1["scare"]


def _agreed(data: Path) -> Iterator[tuple[str, float]]:
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
