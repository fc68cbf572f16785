"""The way back from a number to its sentences: tables and a choice come in, rows with their sentence go out."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.framing.rates import choose_actors, in_voice, is_about, of_kind, one_of
from analysis.tables import Tables, check_choices, fold

Spot = tuple[str, int, int]  # article, start, end: names a stretch of text in any of the tables


def evidence(
    tables: Tables,
    *,
    source: str | None = None,
    actor: str | None = None,
    speaker: str | None = None,
    voice: str | None = None,
    kind: str | None = None,
    category: str | None = None,
    term: str | None = None,
) -> pd.DataFrame:
    """The findings behind a cell, strongest first; None leaves a column open.

    `actor` is the target, or one of joint targets; `speaker` "" is the narrator; `term` is compared without regard
    to case. The columns are those of `Tables.findings`.
    """
    found = of_kind(tables, kind, voice=voice, category=category)
    if source is not None:
        check_choices("source", [source], tables.sources)
        found = found[found["source"] == source]
    if actor is not None:
        found = found[is_about(found, actor)]
    if speaker is not None:
        found = found[one_of(found["speaker"], speaker) if speaker else found["speaker"] == ""]
    if term is not None:
        found = found[found["term"] == fold(term)]
    rows = tables.findings.loc[found.index]
    return rows.sort_values("weight", ascending=False, kind="stable").reset_index(drop=True)


def mentions_of(tables: Tables, actor: str, *, source: str | None = None, voice: str | None = None) -> pd.DataFrame:
    """The mentions of an actor (not as a place), in the order of the articles, with the column `sentence`."""
    choose_actors(tables, [actor], 1)
    own = in_voice(tables.mentions, voice)
    own = own[(own["actor"] == actor) & (own["form"] != "place")]
    if source is not None:
        check_choices("source", [source], tables.sources)
        own = own[own["source"] == source]
    return tables.with_sentences(own).reset_index(drop=True)


def at(tables: Tables, evidence: Sequence[Spot]) -> pd.DataFrame:
    """The sentences in which stretches of text stand, one row per stretch, in the order given.

    Returns article, source, title, start, end, text, sentence, sentence_start, sentence_end. A stretch outside every
    sentence of the tables has no row.
    """
    spots = pd.DataFrame(list(evidence), columns=["article", "start", "end"])
    spots = spots.astype({"article": "str", "start": "int64", "end": "int64"})
    spots["place"] = range(len(spots))
    own = tables.sentences[tables.sentences["article"].isin(spots["article"])]
    own = own.rename(columns={"start": "sentence_start", "end": "sentence_end", "text": "sentence"})
    own = own[["article", "source", "sentence_start", "sentence_end", "sentence"]]
    joined = spots.merge(own, on="article")
    joined = joined[(joined["sentence_start"] <= joined["start"]) & (joined["start"] < joined["sentence_end"])]
    joined = joined.merge(tables.articles[["article", "title"]], on="article").sort_values("place")
    text = [
        sentence[start - first : end - first]
        for sentence, first, start, end in zip(
            joined["sentence"], joined["sentence_start"], joined["start"], joined["end"], strict=True
        )
    ]
    joined = joined.assign(text=pd.Series(text, index=joined.index, dtype="str"))
    columns = ["article", "source", "title", "start", "end", "text", "sentence", "sentence_start", "sentence_end"]
    return joined[columns].reset_index(drop=True)
