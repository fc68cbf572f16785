"""How mentions are shown in an article as it comes: odds of each and who is meant in, chances of each light out.

Evidence adds up over an article: two faint cold mentions of somebody are more than one. So the odds of a mention are
read beside what is said of the same actor in the article's other mentions, beside the loaded terms about the actor in
its sentence, and beside the voice. A regression over the features named here; `lexicon/tone_in_news.tsv` holds the
weights, which `benchmarks/fit_tone.py` fits on our own readings of whole articles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from analysis.layers import Floats
from analysis.lexicon import rows as table
from analysis.model import Voice
from analysis.tone import model

IN_NEWS = "tone_in_news.tsv"
# Each feature and what it says; of one mention, if nothing else is told. “Others” are the actor's other mentions here.
MEANINGS: Mapping[str, str] = {
    "constant": "how rare cold and warm mentions are",
    "odds of cold": "the network's, against neutral",
    "odds of warm": "the network's, against neutral",
    "others: cold": "mean chance of cold of the others, one neutral one more",
    "others: warm": "mean chance of warm of the others, one neutral one more",
    "others in the voice: warm": "the same of those in its voice",
    "others: frames, warm": "what verbs and nouns say for the actor in the others",
    "names that judge": "loaded words in mentions of other actors of the article",
    "own: loaded, cold": "loaded words of the mention itself",
    "own: loaded, warm": "loaded words of the mention itself",
    "frames": "what verbs and nouns say of whom they bind",
    "frames, warm": "how many of them speak for the actor",
    "frames, subject": "what they say of their doer",
    "frames, object": "what they say of whom it is done to",
    "others": "how many others its sentence names",
    "speaks": "the actor's words stand in its sentence",
    "terms: cold": "valence of loaded terms about the actor in its sentence",
    "terms: warm": "valence of loaded terms about the actor in its sentence",
    "quoted": "in a quotation",
    "reported": "in reported speech",
}
_FROM_MENTION = ("own: loaded, cold", "own: loaded, warm", "frames", "frames, warm", "frames, subject",
                 "frames, object", "others", "speaks")  # fmt: skip
# Below this balance of warm and cold nothing is said of a mention. By six folds over the fitted half of our own
# readings it costs nothing, and keeps mentions at 0 that nobody judges.
QUIET = 0.1
_FEW = 5.0  # mentions without a loaded word that are added to those of other actors


@dataclass(frozen=True, slots=True)
class Cast:
    """One entry a mention of an article: who is meant, in which voice, and the loaded terms about whom beside it."""

    actors: Sequence[str]
    voices: Sequence[Voice]
    terms: Sequence[tuple[float, float]]  # valence of the cold and of the warm ones about the actor


def chances(odds: Floats, named: Sequence[Mapping[str, float]], cast: Cast) -> Floats:
    """[mentions, READINGS] of one article; `odds` are those of the network for news, `named` the features of each."""
    sides = features(odds, named, cast) @ _weights()
    return model.chances(np.stack([sides[:, 0], np.zeros(len(sides)), sides[:, 1]], axis=1))


def balance(odds: Floats, named: Sequence[Mapping[str, float]], cast: Cast) -> Floats:
    """[mentions]: the chance of warm less that of cold, 0 where it is QUIET."""
    light = chances(odds, named, cast)
    made: Floats = light[:, 2] - light[:, 0]
    return np.where(np.abs(made) < QUIET, np.float32(0), made)


def features(odds: Floats, named: Sequence[Mapping[str, float]], cast: Cast) -> Floats:
    """[mentions, MEANINGS]."""
    light = model.chances(odds)
    own = {name: np.array([found.get(name, 0.0) for found in named]) for name in _FROM_MENTION}
    _, actor = np.unique(list(cast.actors), return_inverse=True)
    _, spoken = np.unique([f"{who}\t{voice}" for who, voice in zip(cast.actors, cast.voices, strict=True)],
                          return_inverse=True)  # fmt: skip
    loaded = own["own: loaded, cold"]
    by_actor, often = np.bincount(actor, weights=loaded)[actor], np.bincount(actor)[actor]
    made = own | {
        "constant": np.ones(len(odds)),
        "odds of cold": odds[:, 0] - odds[:, 1],
        "odds of warm": odds[:, 2] - odds[:, 1],
        "others: cold": _of_others(light[:, 0], actor),
        "others: warm": _of_others(light[:, 2], actor),
        "others in the voice: warm": _of_others(light[:, 2], spoken),
        "others: frames, warm": _of_others(np.maximum(own["frames"], 0), actor),
        "names that judge": (loaded.sum() - by_actor) / (len(odds) - often + _FEW),
        "quoted": np.array([voice == "quoted" for voice in cast.voices], dtype=float),
        "reported": np.array([voice == "reported" for voice in cast.voices], dtype=float),
    }
    terms = np.array(cast.terms, dtype=float).reshape(-1, 2)
    made |= {"terms: cold": terms[:, 0], "terms: warm": terms[:, 1]}
    return np.column_stack([made[name] for name in MEANINGS]).astype(np.float32)


def _of_others(values: Floats, group: np.ndarray[tuple[int], np.dtype[np.intp]]) -> Floats:
    """For each mention the mean over the others of its group, one of 0 among them."""
    summed, often = np.bincount(group, weights=values), np.bincount(group)
    return np.asarray((summed[group] - values) / often[group], dtype=np.float32)


@cache
def _weights() -> Floats:
    """[MEANINGS, cold and warm]"""
    found = {row["feature"]: row for row in table.read(IN_NEWS, ("feature", "cold", "warm", "meaning"))}
    weights = [[table.number(found[name][side], -20, 20, name) for side in ("cold", "warm")] for name in MEANINGS]
    return np.array(weights, dtype=np.float32)
