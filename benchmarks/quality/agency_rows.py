"""Who acts in the verbs of whole articles and who is acted upon: our own readings of 336 verbs in 84 articles.

`agency_labels.tsv` holds them by the hash of the article's id and offsets of the verb: `agents` and `patients` give the
places that name its doer and whom it is done to, any of which will do; without one nobody acts, or a thing does. `open`
names the roles in which a careful reader may also see nobody (“we”, states, verbs of saying), and `agentless` is 1 for
a passive that leaves its doer out. At most four verbs an article were drawn by lot, and read without what the analysis
made of them; auxiliaries and the verbs that `processes.tsv` had as states and as saying were left out. A pronoun is a
place, so whether it is resolved rightly is not measured here. The errors of half of the articles were read to mend the
rules of `analysis.agency`; here the others are measured.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis import agency, pipeline
from analysis.model import Agency, Article, Mention, Span
from benchmarks.quality.data import half

LABELS = Path(__file__).parents[1] / "agency_labels.tsv"
FOLDERS = ("outlet_articles",)


@dataclass(frozen=True, slots=True)
class Label:
    """Who acts in a verb and who is acted upon, to a reader; each named at any of the places."""

    agents: tuple[Span, ...]
    patients: tuple[Span, ...]
    open: frozenset[str]
    agentless: bool

    def roles(self) -> dict[str, tuple[Span, ...]]:
        """The places by the roles that the analysis ought to give: the patient of a passive without a doer has its own."""
        patient = "patient_agentless" if self.agentless else "patient"
        return {role: places for role, places in (("agent", self.agents), (patient, self.patients)) if places}

    def needed(self) -> list[str]:
        """The roles in which a reader sees somebody for sure."""
        return [role for role in self.roles() if role.split("_")[0] not in self.open]

    def right(self, row: Agency, mentions: tuple[Mention, ...]) -> bool:
        """Whether the actor of a row is named at one of the places of its role."""
        places = self.roles().get(row.role, ())
        return any(m.actor == row.actor and m.span.overlaps(place) for place in places for m in mentions)


def read_articles(data: Path, *, held_out: bool) -> Iterator[tuple[Article, dict[Span, Label]]]:
    """The articles of one half with the label of each verb that was read."""
    labels: dict[str, dict[Span, Label]] = defaultdict(dict)
    with LABELS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            agents, patients = (_places(row[role]) for role in ("agents", "patients"))
            label = Label(agents, patients, frozenset(row["open"].split()), row["agentless"] == "1")
            labels[row["article"]][Span(int(row["start"]), int(row["end"]))] = label
    for article in half(data, FOLDERS, labels, held_out=held_out):
        yield article, labels[article.id]


def _places(written: str) -> tuple[Span, ...]:
    return tuple(Span(int(start), int(end)) for start, end in (place.split("-") for place in written.split()))


def measure(data: Path, documents: int) -> Iterator[tuple[str, float]]:
    """Of the rows that are given the share right, and of what a reader sees the share found, by role."""
    yield from scores(data, held_out=True)


def scores(data: Path, *, held_out: bool) -> Iterator[tuple[str, float]]:
    """The measure of one half."""
    given: list[bool] = []
    found: dict[str, list[bool]] = {"agent": [], "patient": [], "patient_agentless": []}
    for article, labels in read_articles(data, held_out=held_out):
        reading, _, _ = pipeline.read(article)
        rows: dict[Span, list[tuple[str, bool]]] = defaultdict(list)
        for row in agency.find(reading):
            if row.verb in labels:
                rows[row.verb].append((row.role, labels[row.verb].right(row, reading.mentions)))
        for verb, label in labels.items():
            given += (right for _, right in rows[verb])
            for role in label.needed():
                found[role].append((role, True) in rows[verb])
    yield "agency_rows.precision", share(given)
    yield "agency_rows.recall", share([one for every in found.values() for one in every])
    yield "agency_rows.agentless_found", share(found["patient_agentless"])


def share(answers: list[bool]) -> float:
    return sum(answers) / max(1, len(answers))
