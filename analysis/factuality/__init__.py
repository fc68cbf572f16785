"""How sure a text is that what its words tell has happened (factuality: Saurí & Pustejovsky 2009).

Texts deny, foresee, suppose and pass on; a reader knows from the grammar around a word whether its event is told as a
fact. A small network over that grammar (`features`) says how likely it is that readers do not take it for certain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path

import numpy as np

from analysis.factuality.features import Scene
from analysis.layers import Floats, Layers, load
from analysis.model import Finding, Reading, Span

FILE = Path(__file__).with_name("weights.npz")
OPEN = 0.5  # from this chance an event is not told as a fact; best in cross-validation on the train part
HELPERS = frozenset({"aux", "aux:pass", "cop"})
CLAUSES = frozenset({"xcomp", "ccomp", "csubj", "advcl"})


def chances(scene: Scene, tokens: Sequence[int]) -> Floats:
    """[tokens], 0..1: how likely readers take what each of the words tells for less than certain."""
    if not len(tokens):
        return np.zeros(0, dtype=np.float32)
    return _shipped()(np.vstack([scene.of(i) for i in tokens]))


def weigh(reading: Reading, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings; a hedge weighs the mean of its weight in the list and of how open what it hedges is told here."""
    hedges = [finding for finding in findings if finding.kind == "hedge"]
    if not hedges:
        return tuple(findings)
    scene = Scene(reading, findings)
    events = [_events(scene, hedge) for hedge in hedges]
    likely = iter(chances(scene, [i for inside in events for i in inside]).tolist())
    open_ = iter([max(islice(likely, len(inside)), default=0.0) for inside in events])
    return tuple(_weighed(finding, next(open_)) if finding.kind == "hedge" else finding for finding in findings)


def told(reading: Reading, findings: Sequence[Finding]) -> tuple[tuple[Span, float], ...]:
    """The verbs that tell an event, in the order of the text, each with the chance that it is not told as a fact."""
    scene = Scene(reading, findings)
    c = scene.columns
    events = [i for i in range(len(c)) if c.pos[i] == "VERB" and c.deps[i] not in HELPERS]
    likely = chances(scene, events)
    return tuple((Span(c.starts[i], c.ends[i]), float(chance)) for i, chance in zip(events, likely, strict=True))


def _weighed(hedge: Finding, likely: float) -> Finding:
    return replace(hedge, weight=round((hedge.weight + likely) / 2, 3))


def _events(scene: Scene, hedge: Finding) -> list[int]:
    """The words of a hedge, what they hang on, and the clauses below them."""
    c = scene.columns
    inside = c.begun(hedge.span)
    below = [k for i in inside for k in c.children[i] if c.deps[k] in CLAUSES]
    return sorted({*inside, *below, *(c.heads[i] for i in inside)})


@cache
def _shipped() -> Layers:
    return load(FILE)
