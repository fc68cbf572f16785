"""How warm or cold an article is to each actor: findings and mentions in, one `Tone` per actor and voice out.

A mention's tone is what a small model makes of the words bound to it by grammar (`roles`, `words`, `features`,
`model`) and of what the article says of the same actor elsewhere (`news`). What pictures show of it is drawn towards 0
where few mentions speak for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from analysis.language.columns import Columns, columns
from analysis.model import Finding, Mention, Reading, Span, Tone, Voice, Voiced
from analysis.tone import model, news
from analysis.tone.features import NARRATED, Scene
from analysis.tone.roles import of_doc
from analysis.tone.sums import Sums, add_up
from analysis.tone.words import words
from analysis.voices import at

# Mentions in a neutral light that every mean is taken with: how much the light of one mention differs from that of the
# others of the same actor, voice and article, over how much actors differ (empirical Bayes: Efron & Morris 1975). From
# the fitted half of our own readings of whole articles; `benchmarks/fit_tone.py` tells it.
UNSEEN = 3.1


def measure(reading: Reading, findings: Sequence[Finding]) -> tuple[Tone, ...]:
    """Mean target-directed valence over the mentions of each actor in each voice, -1..1.

    A mention in which nobody judges counts as 0, so that a rare insult in a long portrait weighs little; what judges
    the actor elsewhere in the article makes a faint one count. Only words in the voice of the mention count. Marks that
    keep a distance, and loaded terms about somebody whom their sentence does not mention in their voice, add their own
    valence. Places are left out.
    """
    sums: dict[tuple[str, Voice], float] = defaultdict(float)
    counts: dict[tuple[str, Voice], int] = defaultdict(int)
    reached: set[tuple[str, Voice, int]] = set()
    seen = columns(reading.doc)
    for mention, voice, value in of_mentions(reading, findings):
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


def trust(n: int) -> float:
    """The share of a mean over n mentions that is left with UNSEEN neutral ones beside them."""
    return n / (n + UNSEEN)


def shown(of: Tone) -> float:
    """The tone of an actor in one article as pages and handouts show it; tables and JSON keep the bare mean."""
    return of.tone * trust(of.n)


def of_mentions(reading: Reading, findings: Sequence[Finding] = ()) -> list[tuple[Mention, Voice, float]]:
    """The tone of every mention that is not a place, -1..1, in its voice: the chance of warm less that of cold."""
    mentions = [mention for mention in reading.mentions if mention.form != "place"]
    told, sums, cast = seen_of(reading, mentions, findings)
    values = [0.0] * len(mentions)
    if told:
        found = news.balance(model.odds(sums, "news"), sums.named, cast)
        for place, value in zip(told, found.tolist(), strict=True):
            values[place] = value
    return list(zip(mentions, _voices(reading, mentions), values, strict=True))


def seen_of(
    reading: Reading, mentions: Sequence[Mention], findings: Sequence[Finding]
) -> tuple[list[int], Sums, news.Cast]:
    """What the words in the voice of mentions say of them: places of those told of, their sums, and who they are."""
    looked_up = words(reading.doc)
    scene = Scene(looked_up, of_doc(reading.doc), reading.mentions, reading.attributions)
    heard = _numbered(reading.voices, looked_up.columns)
    seen = [scene.of(mention.span, heard) for mention in mentions]
    told = [place for place, found in enumerate(seen) if found is not None]
    shown = [mentions[place] for place in told]
    cast = news.Cast([m.actor for m in shown], _voices(reading, shown), _terms(looked_up.columns, shown, findings))
    return told, add_up(looked_up, [found for found in seen if found is not None]), cast


def _heard(reading: Reading) -> Sequence[Mention]:
    """The mentions without those of groups that have no name and do not speak, which the picked sentences lack."""
    joint = (said.speaker for said in reading.attributions if said.speaker is not None)
    known = {actor for speakers in joint for actor in speakers.split("; ")}
    return [m for m in reading.mentions if m.form != "role" or m.actor in known or not m.actor.startswith("unnamed:")]


def _voices(reading: Reading, mentions: Sequence[Mention]) -> list[Voice]:
    return [at(reading.voices, mention.span.start).voice for mention in mentions]


def _terms(seen: Columns, mentions: Sequence[Mention], findings: Sequence[Finding]) -> list[tuple[float, float]]:
    """Of each mention the valence of the cold and the warm loaded terms about its actor in its sentence."""
    near: dict[tuple[int, str], list[float]] = defaultdict(list)
    for finding in findings:
        if finding.kind == "loaded_term" and finding.target:
            sentence = seen.sents[seen.at(finding.span.start)]
            for actor in finding.target.split("; "):
                near[sentence, actor].append(finding.valence * finding.weight)
    made = []
    for mention in mentions:
        values = near.get((seen.sents[seen.at(mention.span.start)], mention.actor), ()) if near else ()
        made.append((sum(value for value in values if value < 0), sum(value for value in values if value > 0)))
    return made


def _numbered(voices: Sequence[Voiced], seen: Columns) -> list[int] | None:
    """The voice of every token by number, see `Scene.of`: one for the narrator, one for each stretch of the others."""
    side = {"narrator": NARRATED, "reported": 1, "quoted": -1}
    # Voices are a partition of the text, so every token begins in one of them.
    stretches = [(side[one.voice] * place, seen.begun(one.span)) for place, one in enumerate(voices, start=1)]
    return [voice for voice, inside in stretches for _ in inside] or None


def polarity_of(reading: Reading, span: Span) -> tuple[float, float, float]:
    """The chances that a reader takes the mention at `span` to be shown in a cold, neutral or warm light.

    Unlike `measure` it hears every voice and one mention alone, as the readers of NewsMTSC did (Hamborg & Donnay 2021),
    whose sentences were picked because they judge.
    """
    looked_up = words(reading.doc)
    found = Scene(looked_up, of_doc(reading.doc), _heard(reading), reading.attributions).of(span)
    if found is None:
        return 0.0, 1.0, 0.0
    cold, neutral, warm = model.chances(model.odds(add_up(looked_up, [found]), "picked"))[0].tolist()
    return cold, neutral, warm
