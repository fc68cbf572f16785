"""Who says what: PolNeAR's quotations with their speakers, and all its attributions by token."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analysis import analyze
from analysis.model import Article, Report
from benchmarks.quality.data import rows, scorer


def measure(data: Path, documents: int) -> Iterator[tuple[str, float]]:
    """Quotations with their speakers, and all attributions by token, on PolNeAR's development part (Newell 2018)."""
    score = scorer(data)
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
