"""Whom judging words of whole articles are about: our own readings of 1,408 loaded terms in 403 articles.

`target_labels.tsv` holds them by the hash of the article's id and offsets: `who` gives the places that name somebody
whom a careful reader takes the term to be about, any of which will do, and `nobody` is 1 where that reader may also
take it to be about no actor (a thing, an event, people of whom nothing else is told). At most four terms an article
were drawn by lot, and read without what the analysis made of them. The errors of half of the articles were read to
mend the rules of `analysis.targets`; here the others are measured.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis import pipeline, targets
from analysis.model import Article, Finding, Mention, Span
from benchmarks.quality.data import half

LABELS = Path(__file__).parents[1] / "target_labels.tsv"
FOLDERS = ("outlet_articles", "polnear")


@dataclass(frozen=True, slots=True)
class Label:
    """Whom a reader takes a term to be about: any of those named at `who`, or, if `nobody`, nobody."""

    who: tuple[Span, ...]
    nobody: bool

    def right(self, target: str | None, mentions: tuple[Mention, ...]) -> bool:
        """Whether a target, or one of joint targets, is named at one of the places."""
        if target is None:
            return self.nobody
        actors = target.split("; ")
        return any(m.actor in actors and m.span.overlaps(place) for place in self.who for m in mentions)


def read_articles(data: Path, *, held_out: bool) -> Iterator[tuple[Article, dict[Span, Label]]]:
    """The articles of one half with the label of each term that was read."""
    labels: dict[str, dict[Span, Label]] = defaultdict(dict)
    with LABELS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            places = (place.split("-") for place in row["who"].split())
            who = tuple(Span(int(start), int(end)) for start, end in places)
            labels[row["article"]][Span(int(row["start"]), int(row["end"]))] = Label(who, row["nobody"] == "1")
    for article in half(data, FOLDERS, labels, held_out=held_out):
        yield article, labels[article.id]


def measure(data: Path, documents: int) -> Iterator[tuple[str, float]]:
    """The share of terms with the right target or rightly none, and of targets that are given the share right."""
    answers: list[tuple[bool, Finding]] = []
    for article, labels in read_articles(data, held_out=True):
        reading, found, _ = pipeline.read(article)
        reading, findings = targets.assign(reading, found)
        for finding in findings:
            if finding.kind == "loaded_term" and finding.span in labels:
                answers.append((labels[finding.span].right(finding.target, reading.mentions), finding))
    yield "target_rows.accuracy", sum(right for right, _ in answers) / max(1, len(answers))
    given = [right for right, finding in answers if finding.target]
    yield "target_rows.given_right", sum(given) / max(1, len(given))
