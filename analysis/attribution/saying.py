"""One cue of speech or belief, as the parts of this stage hand it on."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.model import Span, Stance


@dataclass(frozen=True, slots=True)
class Saying:
    """One cue. `contents` is the indirect speech it governs by grammar, in one piece or around the cue in two.

    `source` is the phrase that says who speaks, with its appositions and relative clauses; `named` the words in it that
    name the speaker, or the noun that a relative pronoun stands for.
    """

    cue: Span
    token: int
    lemma: str
    stance: Stance
    source: Span | None
    contents: tuple[Span, ...]
    mental: bool = False  # what somebody sees or has in mind: does not lead to words in marks in the next sentence
    fact_finding: bool = False  # "found that": the clause is a finding, single words in it are not quoted from anybody
    named: Span | None = None
    owner: Span | None = None  # of “it” or “they” as a source: who does what the clause above the cue's tells
    hearsay: bool = False  # “it is alleged that”, “is said to be”: what nobody is named to say
