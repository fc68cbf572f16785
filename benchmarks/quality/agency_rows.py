"""Who acts in the verbs of whole articles and who is acted upon: our own readings of 455 verbs in 144 articles.

`agency_labels.tsv` holds them by the hash of the article's id and offsets of the verb: `agents` and `patients` give the
places that name its doer and whom it is done to, any of which will do; without one nobody acts, or a thing does. `open`
names the roles in which a careful reader may also see nobody (“we”, states, verbs of saying), and `agentless` is 1 for
a passive that leaves its doer out. All were read from the text, without what the analysis made of them. At most four
verbs an article were drawn by lot (336), and of other articles at most two participles that look passive (119), from
which the passives alone are measured; auxiliaries and what `processes.tsv` had as states and as saying were left out.
A pronoun is a place, so whether it is resolved rightly is not measured here. Halves by the hash of the article: the
errors of one were read to mend the rules of `analysis.agency`; the other is measured.
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
    passive: bool  # drawn among participles

    def roles(self) -> dict[str, tuple[Span, ...]]:
        """The places by the roles that the analysis ought to give."""
        patient = "patient_agentless" if self.agentless else "patient"
        return {role: places for role, places in (("agent", self.agents), (patient, self.patients)) if places}

    def needed(self) -> list[str]:
        """The roles in which a reader sees somebody for sure."""
        return [role for role in self.roles() if role.split("_")[0] not in self.open]

    def mentioned(self, role: str, mentions: tuple[Mention, ...]) -> bool:
        """Whether the analysis knows an actor at one of the places of a role."""
        places = self.roles()[role]
        return any(m.form != "place" and m.span.overlaps(place) for place in places for m in mentions)

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
            agentless, passive = row["agentless"] == "1", row["drawn"] == "passive"
            label = Label(agents, patients, frozenset(row["open"].split()), agentless, passive)
            labels[row["article"]][Span(int(row["start"]), int(row["end"]))] = label
    for article in half(data, FOLDERS, labels, held_out=held_out):
        yield article, labels[article.id]


def _places(written: str) -> tuple[Span, ...]:
    return tuple(Span(int(start), int(end)) for start, end in (place.split("-") for place in written.split()))


def measure(data: Path, documents: int) -> Iterator[tuple[str, float]]:
    """Of the rows that are given the share right, and of what a reader sees the share found."""
    given: list[bool] = []
    found: list[bool] = []
    named: list[bool] = []
    without_doer: list[bool] = []
    said: list[bool] = []
    for article, labels in read_articles(data, held_out=True):
        reading, _, _ = pipeline.read(article)
        rows: dict[Span, list[tuple[str, bool]]] = defaultdict(list)
        for row in agency.find(reading):
            if row.verb in labels:
                rows[row.verb].append((row.role, labels[row.verb].right(row, reading.mentions)))
        for verb, label in labels.items():
            said += (right for role, right in rows[verb] if role == "patient_agentless")
            for role in label.needed():
                known = label.mentioned(role, reading.mentions)
                hit = (role, True) in rows[verb]
                if role == "patient_agentless" and known:
                    without_doer.append(hit)
                if not label.passive:
                    found.append(hit)
                    named += [hit] if known else []
            if not label.passive:
                given += (right for _, right in rows[verb])
    yield "agency_rows.precision", share(given)
    yield "agency_rows.recall", share(found)
    yield "agency_rows.recall_of_mentioned", share(named)
    yield "agency_rows.agentless_right", share(said)
    yield "agency_rows.agentless_found", share(without_doer)


def share(answers: list[bool]) -> float:
    return sum(answers) / max(1, len(answers))
