"""How warm or cold an article is to each actor: findings and mentions in, one `Tone` per actor and voice out.

A mention's tone is what a small model makes of the words bound to it by grammar
(`roles`, `words`, `features`, `model`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from analysis.language.columns import columns
from analysis.model import Finding, Mention, Reading, Span, Tone, Voice
from analysis.tone.features import Scene
from analysis.tone.model import chances
from analysis.tone.roles import of_doc
from analysis.tone.sums import add_up
from analysis.tone.words import words
from analysis.voices import at

# The model learnt from sentences that were picked because they judge: of their mentions 55 in 100 are shown in a cold
# or warm light. Of those that it would show so in eight articles as they come, a reader agreed with one in three.
PLAINER = (0.67 / 0.33) / (0.45 / 0.55)


def measure(reading: Reading, findings: Sequence[Finding]) -> tuple[Tone, ...]:
    """Mean target-directed valence over the mentions of each actor in each voice, -1..1.

    A mention without a judging word counts as 0, so that a rare insult in a long portrait weighs little. Only words in
    the voice of the mention count. Marks that keep a distance, and loaded terms about somebody whom their sentence does
    not mention in their voice, add their own valence. Places are left out.
    """
    sums: dict[tuple[str, Voice], float] = defaultdict(float)
    counts: dict[tuple[str, Voice], int] = defaultdict(int)
    reached: set[tuple[str, Voice, int]] = set()
    seen = columns(reading.doc)
    for mention, voice, value in of_mentions(reading):
        sums[mention.actor, voice] += value
        counts[mention.actor, voice] += 1
        reached.add((mention.actor, voice, seen.sents[seen.at(mention.span.start)]))
    for finding in findings:
        if finding.target is None or finding.kind not in {"loaded_term", "scare_quote"}:
            continue
        for actor in finding.target.split("; "):
            here = (actor, finding.voice, seen.sents[seen.at(finding.span.start)])
            if finding.kind == "scare_quote" or here not in reached:
                sums[actor, finding.voice] += finding.valence * finding.weight
    return tuple(
        Tone(actor, voice, max(-1.0, min(1.0, sums[actor, voice] / n)), n)
        for (actor, voice), n in sorted(counts.items())
    )


def of_mentions(reading: Reading) -> list[tuple[Mention, Voice, float]]:
    """The tone of every mention that is not a place, -1..1, in its voice: the chance of warm less that of cold."""
    looked_up = words(reading.doc)
    scene = Scene(looked_up, of_doc(reading.doc), reading.mentions, reading.attributions)
    # Voices are a partition of the text, so every token begins in one of them.
    stretches = [(voiced.span.start, looked_up.columns.begun(voiced.span)) for voiced in reading.voices]
    heard = [voice for voice, inside in stretches for _ in inside] if stretches else None
    mentions = [mention for mention in reading.mentions if mention.form != "place"]
    seen = [scene.of(mention.span, heard, judged=True) for mention in mentions]
    judging = [found for found in seen if found is not None]
    judged = iter(chances(add_up(looked_up, judging)).tolist() if judging else ())
    values = [0.0 if found is None else _balance(*next(judged)) for found in seen]
    voices = [at(reading.voices, mention.span.start).voice for mention in mentions]
    return list(zip(mentions, voices, values, strict=True))


def _balance(cold: float, neutral: float, warm: float) -> float:
    """The chance of warm less that of cold, for news as it comes (prior shift: Saerens 2002)."""
    return (warm - cold) / (cold + PLAINER * neutral + warm)


def polarity_of(reading: Reading, span: Span) -> tuple[float, float, float]:
    """The chances that a reader takes the mention at `span` to be shown in a cold, neutral or warm light.

    Unlike `measure` it hears every voice, as the readers of NewsMTSC did (Hamborg & Donnay 2021).
    """
    looked_up = words(reading.doc)
    found = Scene(looked_up, of_doc(reading.doc), reading.mentions, reading.attributions).of(span)
    if found is None:
        return 0.0, 1.0, 0.0
    cold, neutral, warm = chances(add_up(looked_up, [found]))[0].tolist()
    return cold, neutral, warm
