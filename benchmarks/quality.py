"""How well the analysis does what people did by hand: development data in, a table of scores beside their floors out.

    python -m benchmarks.quality --data FOLDER [--documents N]

FOLDER holds the development data, which is other people's text and does not ship; the scorer lies beside it. Exits
with 1 where a score has fallen below its floor in floors.tsv, with 2 where the data is missing.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import importlib.util
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from analysis import analyze
from analysis.model import Article, Report

FLOORS = Path(__file__).with_name("floors.tsv")
SCARE_KINDS = ("direct", "partial", "scare", "mention")
DISTANCE_NEAR = 0.25  # a distance this close to the readers' counts as theirs
ROUNDING = 0.0005  # floors have three decimals


def rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def scorer(data: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", data.parent / "score" / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"There is no scorer beside {data}.")
    module = importlib.util.module_from_spec(spec)
    sys.modules["score"] = module
    spec.loader.exec_module(module)
    return module


def polnear(data: Path, score: ModuleType, documents: int) -> Iterator[tuple[str, float]]:
    """Quotations with their speakers, and all attributions by token, on PolNeAR's development part (Newell 2018)."""
    articles = [a for a in rows(data / "polnear/articles.jsonl.gz") if a["split"] == "dev"][:documents]
    wanted = {a["id"] for a in articles}
    gold = [q for q in rows(data / "polnear/quoted_stretches.jsonl.gz") if q["doc"] in wanted]
    quotes, attributions = {}, {}
    for article in articles:
        report = analyze(Article(article["id"], article["text"]))
        quotes[article["id"]] = {"quotes": _spoken(report)}
        attributions[article["id"]] = {"attributions": [_spans(report, a) for a in report.attributions]}
    found = score.score_quotes(gold, quotes, {a["id"]: a["text"] for a in articles})
    yield "polnear.speaker_end_to_end_f1", found["end_to_end_f1"]
    by_role = score.score_attribution(articles, attributions)
    yield "polnear.content_tokens_f1", by_role["content"]["f1"]
    yield "polnear.source_tokens_f1", by_role["source"]["f1"]


def _spoken(report: Report) -> list[dict[str, Any]]:
    """Quotations with the words that name their speaker, which is what PolNeAR's annotators marked."""
    text = report.article.text
    return [
        {
            "start": a.content.start,
            "end": a.content.end,
            "kind": a.kind,
            "speaker": a.source.of(text) if a.source else None,
        }
        for a in report.attributions
        if a.kind != "indirect"
    ]


def _spans(report: Report, attribution: Any) -> dict[str, list[list[int]]]:
    return {
        role: [[span.start, span.end]] if span is not None else []
        for role, span in (("content", attribution.content), ("source", attribution.source), ("cue", attribution.cue))
    }


def scare(data: Path) -> Iterator[tuple[str, float]]:
    """Four kinds of marked fragments, as two readers agreed on them."""
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


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with the development data")
    parser.add_argument("--documents", type=int, default=60, help="PolNeAR documents to read; default: 60")
    args = parser.parse_args()
    if not (args.data / "polnear").is_dir():
        print(f"benchmarks: there is no development data in {args.data}; it does not ship.", file=sys.stderr)
        return 2
    with FLOORS.open(encoding="utf-8", newline="") as file:
        floors = {row["score"]: row for row in csv.DictReader(file, delimiter="\t")}
    fallen = 0
    print(f"{'score':34} {'now':>6} {'floor':>6} {'goal':>6} {'people':>7}")
    for name, value in (*polnear(args.data, scorer(args.data), args.documents), *scare(args.data)):
        floor = floors[name]
        low = value < float(floor["floor"]) - ROUNDING
        fallen += low
        mark = "  below its floor" if low else ""
        print(f"{name:34} {value:6.3f} {floor['floor']:>6} {floor['goal']:>6} {floor['people']:>7}{mark}")
    return 1 if fallen else 0


if __name__ == "__main__":
    raise SystemExit(main())
