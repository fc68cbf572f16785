"""From what was clicked to its places in the articles: rows with article, source, start, end and the sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis import framing
from analysis.framing import concordance
from analysis.framing.speech import introductions
from analysis.framing.words import names_used
from analysis.tables import Tables
from views.words import count


def findings(tables: Tables, *, sources: Sequence[str] = (), **options: Any) -> pd.DataFrame:
    """Marks, strongest first, of all sources or of some; options of `framing.evidence`."""
    found = framing.evidence(tables, **options)
    return found[found["source"].isin(sources)].reset_index(drop=True) if sources else found


def judged(tables: Tables, *, actor: str, source: str, voice: str) -> pd.DataFrame:
    """The marks that judge an actor, then the mentions in sentences without one: all that its tone rests on."""
    return _marks_first(*_about(tables, actor=actor, voice=voice, source=source))


def judged_in_words(tables: Tables, *, actor: str, source: str, voice: str) -> str:
    """What `judged` shows: the mentions that the tone is the mean of, and the marks that judge."""
    marks, mentions = _about(tables, actor=actor, voice=voice, source=source)
    return _counted(len(mentions), len(marks))


def judged_by_source(tables: Tables, *, actor: str, voice: str) -> dict[str, tuple[pd.DataFrame, str]]:
    """`judged` and `judged_in_words` for every source that has something to show, looked up together."""
    marks, mentions = _about(tables, actor=actor, voice=voice)
    rows = _marks_first(marks, mentions)
    found = {}
    for source in tables.sources:
        own = rows[rows["source"] == source].reset_index(drop=True)
        if len(own):
            n = (int((frame["source"] == source).sum()) for frame in (mentions, marks))
            found[source] = (own, _counted(*n))
    return found


def _about(tables: Tables, *, actor: str, voice: str, source: str | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The marks that judge an actor, and its mentions."""
    marks = framing.evidence(tables, actor=actor, source=source, voice=voice)
    return marks[marks["valence"] != 0], framing.mentions_of(tables, actor, source=source, voice=voice)


def _marks_first(marks: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """The marks, then the mentions in sentences without one."""
    seen = set(zip(marks["article"].tolist(), marks["sentence_start"].tolist(), strict=True))
    places = zip(mentions["article"].tolist(), mentions["sentence_start"].tolist(), strict=True)
    rest = mentions[np.array([place not in seen for place in places], dtype=bool)].assign(kind="", valence=0.0)
    return pd.concat([marks, rest], ignore_index=True)


def _counted(mentions: int, marks: int) -> str:
    return f"{count(mentions, 'mention')}, {count(marks, 'judging mark')}"


def spots(tables: Tables, *, spots: Sequence[tuple[str, int, int]]) -> pd.DataFrame:
    """Given places."""
    return framing.at(tables, spots)


def named(tables: Tables, *, actor: str, source: str, word: str) -> pd.DataFrame:
    """Where a source calls an actor by a word."""
    uses = names_used(tables, actor)
    uses = uses[(uses["source"] == source) & (uses["word"] == word)]
    return framing.at(tables, list(uses[["article", "start", "end"]].itertuples(index=False, name=None)))


def named_in(tables: Tables, *, actor: str) -> pd.DataFrame:
    """The articles that name an actor, and their sources."""
    return tables.actors.loc[tables.actors["actor"] == actor, ["article", "source"]]


def cues(tables: Tables, *, speaker: str, source: str, stance: str) -> pd.DataFrame:
    """The verbs with which a source introduces the words of a speaker."""
    said = introductions(tables)
    said = said[(said["speaker"] == speaker) & (said["source"] == source) & (said["stance"] == stance)]
    return framing.at(tables, list(said[["article", "cue_start", "cue_end"]].itertuples(index=False, name=None)))


def spoken(tables: Tables, *, source: str, voice: str, speaker: str = "", others: Sequence[str] = ()) -> pd.DataFrame:
    """What is heard in a source in one voice: from a speaker; from all but `others`, where they are given; else from
    nobody who is named. The narrator's sentences come with those first that read most as biased.
    """
    if voice == "narrator":
        own = tables.sentences[(tables.sentences["source"] == source) & (tables.sentences["narrator"] > 0)]
        own = own.sort_values("bias", ascending=False, kind="stable")
        # The whole sentence is meant, so no word of it is marked.
        return own.assign(sentence=own["text"], sentence_start=own["start"], end=own["start"]).reset_index(drop=True)
    said = tables.attributions
    said = said[(said["source"] == source) & ((said["kind"] != "indirect") == (voice == "quoted"))]
    said = said[~said["speaker"].isin(["", *others])] if others else said[said["speaker"] == speaker]
    return framing.with_sentences(tables, said).reset_index(drop=True)


def acts(tables: Tables, *, actor: str, source: str, voice: str, role: str) -> pd.DataFrame:
    """The verbs in which an actor has a part: does, is done to, is done to by nobody named."""
    own = tables.agency
    own = own[(own["actor"] == actor) & (own["source"] == source) & (own["voice"] == voice) & (own["role"] == role)]
    return framing.at(tables, list(own[["article", "start", "end"]].itertuples(index=False, name=None)))


def written(tables: Tables, *, word: str, sources: Sequence[str], voice: str) -> pd.DataFrame:
    """The places of a word in one voice, those of the sources named first, first."""
    found = concordance.search(tables, word, voice=voice)
    rank = {source: place for place, source in enumerate(sources)}
    found = found[found["source"].isin(sources)].sort_values("source", key=lambda of: of.map(rank), kind="stable")
    # A part of “law-breaker” is found, but counted as a word it is not.
    found = found[~found["left"].str.contains(_JOINED_BEFORE) & ~found["right"].str.contains(_JOINED_AFTER)]
    return framing.at(tables, list(found[["article", "start", "end"]].itertuples(index=False, name=None)))


_JOINED_BEFORE, _JOINED_AFTER = r"\w-$", r"^-\w"
# What is shown, in words, where it is more than so many places.
IN_WORDS: dict[str, Callable[..., str]] = {"judged": judged_in_words}
FINDERS: dict[str, Callable[..., pd.DataFrame]] = {
    finder.__name__: finder for finder in (findings, judged, spots, named, cues, spoken, acts, written)
}
