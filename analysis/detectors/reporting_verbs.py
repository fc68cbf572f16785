"""Reporting verbs that take a side: doubting (claimed), endorsing (confirmed), charged (ranted); Thompson & Ye 1991.

In: a Reading with its attributions. Out: findings of kind "reporting_verb", category the stance. A cue is judged where
an attribution has found one, so that "the storm slammed the coast" reports nothing. Neutral cues are no findings.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from analysis.detectors import context, reasons, senses
from analysis.detectors.context import Context
from analysis.lexicon import Cue, load_cues
from analysis.lexicon.matching import Matcher, build, words
from analysis.model import Finding, Reading, Span

_POS = {"verb": "VERB", "noun": "NOUN", "phrase": "any"}
_DOES = {
    "doubting": "reports the words and hints that they may not be true",
    "endorsing": "reports the words as if they were proved",
    "charged": "judges how the words were said",
}
_WEIGHTS = {"doubting": 0.5, "endorsing": 0.5, "charged": 0.7}


@cache
def _matcher() -> Matcher[Cue]:
    return build((cue.term, _POS[cue.kind], cue) for cue in load_cues())


def _literal(here: Context, entry: Cue, cue: Span) -> bool:
    """Whether the next words say that no speech is meant: “has claimed the attack”; others may be what was said."""
    first, last = here.word(here.columns.at(cue.start)), here.word(here.columns.at(cue.end - 1))
    return first is not None and last is not None and senses.literal(here, entry.term, first, last, "next")


def find(reading: Reading) -> Iterator[Finding]:
    """Yield the cues of the reading's attributions that doubt, endorse or judge."""
    here, seen = context.of(reading), set()
    for attribution in reading.attributions:
        cue = attribution.cue
        if cue is None or cue in seen:
            continue
        seen.add(cue)
        written = cue.of(reading.article.text)
        entry = next((match.entry for match in _matcher().find(words(written), written)), None)
        if entry is None or entry.stance == "neutral" or _literal(here, entry, cue):
            continue
        voiced = context.at(reading, cue)
        plain = f", where ‘{entry.neutral}’ would only report" if entry.neutral else ""
        yield Finding(
            kind="reporting_verb",
            category=entry.stance,
            span=cue,
            voice=voiced.voice,
            speaker=voiced.speaker,
            target=None,
            valence=entry.valence,
            weight=_WEIGHTS[entry.stance],
            reason=f"‘{written}’ {_DOES[entry.stance]}{plain}; {reasons.whose(reading, voiced)}.",
        )
