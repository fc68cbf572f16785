"""How warm or cold an article is to each actor: findings and mentions in, one `Tone` per actor and voice out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from analysis import polarity
from analysis.language.columns import columns
from analysis.model import Finding, Reading, Span, Tone, Voice
from analysis.targets import Targets
from analysis.voices import at

FULL = 4.0  # VADER's scale of words runs from -4 to 4
JUDGING_TAGS = ("JJ", "RB", "VB", "NN")  # adjectives, adverbs, verbs, nouns (Penn tags)
OPINION_KINDS = frozenset({"loaded_term", "scare_quote", "reporting_verb"})


def measure(reading: Reading, findings: Sequence[Finding]) -> tuple[Tone, ...]:
    """Mean target-directed valence over the mentions of each actor in each voice.

    A mention without a judging word counts as 0, so that a rare insult in a long portrait weighs little. Words outside
    the findings bring the polarity that VADER gives them (Hutto & Gilbert 2014), corrected for news; both are capped at
    -1..1 per judging word. Places are left out.
    """
    sums: dict[tuple[str, Voice], list[float]] = defaultdict(list)
    counts: dict[tuple[str, Voice], int] = defaultdict(int)
    for mention in reading.mentions:
        if mention.form != "place":
            counts[mention.actor, at(reading.voices, mention.span.start).voice] += 1
    covered: list[Span] = []
    for finding in findings:
        covered.append(finding.span)
        if finding.target is not None and finding.kind in OPINION_KINDS:
            for one in finding.target.split("; "):
                sums[one, finding.voice].append(finding.valence * finding.weight)
    targets = Targets(reading)
    taken = {i for span in covered for i in range(span.start, span.end)}
    seen = columns(reading.doc)
    for i, tag in enumerate(seen.tags):
        if not tag.startswith(JUDGING_TAGS) or seen.entities[i] or seen.space[i] or seen.starts[i] in taken:
            continue
        valence = polarity.word_valence(seen.words[i], seen.lemmas[i])
        if not valence:
            continue
        start = seen.starts[i]
        actor, sure = targets.of(Span(start, seen.ends[i]))
        if actor is not None and sure:
            children = reading.doc[i].children
            negated = any(c.dep_ == "advmod" and c.lower_ in {"not", "n't", "n’t", "never"} for c in children)
            for one in actor.split("; "):
                sums[one, at(reading.voices, start).voice].append(valence / FULL * (-0.5 if negated else 1.0))
    return tuple(
        Tone(actor, voice, max(-1.0, min(1.0, sum(sums.get((actor, voice), [])) / n)), n)
        for (actor, voice), n in sorted(counts.items())
    )
