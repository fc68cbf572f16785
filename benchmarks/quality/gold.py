"""How well the analysis reads the gold set that ships (tests/gold): no other data is needed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from analysis import analyze
from analysis.model import Report, Span
from tests import gold

QUOTE_KINDS = ("direct", "partial", "scare", "mention")
LOADED_KINDS = frozenset({"loaded_term", "reporting_verb"})  # a charged verb of saying answers a loaded mark too


def measure(data: Path | None = None, documents: int = 0) -> Iterator[tuple[str, float]]:
    """Scores on all articles of the gold set; the arguments are those of every measure and say nothing here."""
    read = [(one, analyze(one.article)) for one in gold.read()]
    yield from _loaded(read)
    yield from _quotes(read)
    yield "gold.indirect_tokens_f1", _indirect(read)
    yield "gold.slanted_auc", _slanted(read)


def _loaded(read: list[tuple[gold.Gold, Report]]) -> Iterator[tuple[str, float]]:
    """Partial overlap counts, once each way (as for spans in Da San Martino 2019); targets on the terms found."""
    wanted = found = hit_wanted = hit_found = aimed = right = 0
    for one, report in read:
        marks = [m for m in one.marks if m.kind == "loaded"]
        findings = [f for f in report.findings if f.kind == "loaded_term"]
        answers = [f for f in report.findings if f.kind in LOADED_KINDS]
        wanted += len(marks)
        found += len(findings)
        hit_found += sum(any(f.span.overlaps(m.span) for m in marks) for f in findings)
        names = {a.id: a.name for a in report.actors}
        for mark in marks:
            over = [f for f in answers if f.span.overlaps(mark.span)]
            hit_wanted += bool(over)
            if over and mark.who:
                aimed += 1
                right += any(
                    same_actor(mark.who, names.get(t, t)) for f in over if f.target for t in f.target.split("; ")
                )
    precision, recall = hit_found / max(1, found), hit_wanted / max(1, wanted)
    yield "gold.loaded_f1", 2 * precision * recall / max(1e-9, precision + recall)
    yield "gold.target_accuracy", right / max(1, aimed)


def _quotes(read: list[tuple[gold.Gold, Report]]) -> Iterator[tuple[str, float]]:
    pairs: list[tuple[str, str]] = []
    credited = right = 0
    for one, report in read:
        names = {a.id: a.name for a in report.actors}
        given = {q.content.start: q for q in report.quotes}
        for mark in one.marks:
            if mark.kind not in QUOTE_KINDS:
                continue
            quote = given.get(mark.span.start)
            pairs.append((mark.kind, quote.kind if quote else "none"))
            if mark.kind in ("direct", "partial"):
                credited += 1
                speaker = quote.speaker if quote else None
                right += speaker is not None and same_actor(mark.who, names.get(speaker, speaker))
    scores = []
    for kind in QUOTE_KINDS:
        both = pairs.count((kind, kind))
        total = sum(w == kind for w, _ in pairs) + sum(f == kind for _, f in pairs)
        scores.append(2 * both / max(1, total))
    yield "gold.quote_kinds_macro_f1", sum(scores) / len(scores)
    yield "gold.speaker_accuracy", right / max(1, credited)


def same_actor(wanted: str, given: str) -> bool:
    """One name holds the other: an unnamed speaker is a phrase, of which the annotator may have written a part."""
    a, b = wanted.casefold(), given.casefold()
    return a in b or b in a


def _indirect(read: list[tuple[gold.Gold, Report]]) -> float:
    both = wanted = found = 0
    for one, report in read:
        gold_places = _places([m.span for m in one.marks if m.kind == "indirect"], one.article.text)
        our_places = _places([a.content for a in report.attributions if a.kind == "indirect"], one.article.text)
        both += len(gold_places & our_places)
        wanted += len(gold_places)
        found += len(our_places)
    return 2 * both / max(1, wanted + found)


def _places(spans: list[Span], text: str) -> set[int]:
    return {i for span in spans for i in range(span.start, span.end) if not text[i].isspace()}


def _slanted(read: list[tuple[gold.Gold, Report]]) -> float:
    """Share of (slanted, other) pairs of sentences that `bias` puts in the right order; ties count one half."""
    slanted: list[float] = []
    others: list[float] = []
    for one, report in read:
        for sentence in report.sentences:
            inside = any(sentence.span.start <= at < sentence.span.end for at in one.slanted)
            (slanted if inside else others).append(sentence.bias)
    wins = sum((s > o) + 0.5 * (s == o) for s in slanted for o in others)
    return wins / max(1, len(slanted) * len(others))
