"""Measures: `Tables` come in, tidy frames with counts, exposure and intervals go out. Every function is pure.

Rates are per 1,000 words of exposure. Voices are never added up: with voice=None every voice has its own rows, the
narrator's first. Unnamed actors are left out unless asked for by id; mentions of form "place" never count.
"""

from analysis.framing.agency import agency
from analysis.framing.apart import furthest_apart
from analysis.framing.bootstrap import MIN_ARTICLES, MIN_EXPOSURE, MIN_MENTIONS
from analysis.framing.differences import differences
from analysis.framing.events import group, landmarks, stories
from analysis.framing.evidence import at, evidence, mentions_of, with_sentences
from analysis.framing.gaps import Gap, gap
from analysis.framing.lined_up import lined_up
from analysis.framing.marked import marked_elsewhere_plain
from analysis.framing.rates import (
    MIDDLING,
    actor_rates,
    beside,
    by_rate,
    over_time,
    own_rate,
    profile,
    sentence_bias,
    source_rates,
    tone,
)
from analysis.framing.speech import reporting_verbs, speaker_targets, voice_share
from analysis.framing.words import keyness, naming

__all__ = [
    "MIDDLING",
    "MIN_ARTICLES",
    "MIN_EXPOSURE",
    "MIN_MENTIONS",
    "Gap",
    "actor_rates",
    "agency",
    "at",
    "beside",
    "by_rate",
    "differences",
    "evidence",
    "furthest_apart",
    "gap",
    "group",
    "keyness",
    "landmarks",
    "lined_up",
    "marked_elsewhere_plain",
    "mentions_of",
    "naming",
    "over_time",
    "own_rate",
    "profile",
    "reporting_verbs",
    "sentence_bias",
    "source_rates",
    "speaker_targets",
    "stories",
    "tone",
    "voice_share",
    "with_sentences",
]
