"""Plain sentences that say why something is marked: evidence in, words a fourteen-year-old understands out."""

from __future__ import annotations

from analysis.detectors import context
from analysis.model import Reading, Voiced
from analysis.voices import WRITERS


def whose(reading: Reading, voiced: Voiced) -> str:
    """The half sentence that says whose word it is."""
    if voiced.voice == "narrator":
        return WRITERS
    name = speaker_name(reading, voiced.speaker)
    if voiced.voice == "quoted":
        return f"it is quoted and is {name}’s word" if name else "it is quoted"
    return f"the writer is retelling what {name} said" if name else "the writer is retelling what somebody said"


def speaker_name(reading: Reading, speaker: str | None) -> str:
    """The name of a speaker id, or of joint speakers "a; b"; "" for nobody."""
    if speaker is None:
        return ""
    names = context.of(reading).actors
    return " and ".join(names.get(one, one) for one in speaker.split("; "))
