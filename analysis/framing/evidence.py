"""The way back from a number to its sentences: tables and a choice come in, rows with their sentence go out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.choices import check_choices
from analysis.flat import fold
from analysis.framing import article_numbers
from analysis.framing.rates import choose_actors, is_about, of_kind, one_of, where
from analysis.model import VOICES
from analysis.tables import Tables

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
    if source is not None:
        check_choices("source", [source], tables.sources)
    found = of_kind(tables, kind, voice=voice, category=category, source=source)
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
    if source is not None:
        check_choices("source", [source], tables.sources)
    own = tables.mentions
    keep = where(own, "actor", actor) & where(own, "voice", voice, VOICES) & where(own, "source", source)
    own = own[keep]
    return with_sentences(tables, own[own["form"] != "place"]).reset_index(drop=True)


def with_sentences(tables: Tables, frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` (with the columns article and sentence_start) with its sentences' text as column `sentence`."""
    known = article_numbers.of(tables)
    starts = frame["sentence_start"].to_numpy()
    row = known.sentences(known.units.numbers(frame["article"]), starts)
    begins = tables.sentences["start"].to_numpy()[row] == starts if len(tables.sentences) else row >= 0
    texts = tables.sentences["text"].take(np.maximum(row, 0)) if len(tables.sentences) else pd.Series(dtype="str")
    return frame.assign(sentence=texts.where((row >= 0) & begins, "").to_numpy())


def at(tables: Tables, evidence: Sequence[Spot]) -> pd.DataFrame:
    """The sentences in which stretches of text stand, one row per stretch, in the order given.

    Returns article, source, title, start, end, text, sentence, sentence_start, sentence_end. A stretch outside every
    sentence of the tables has no row.
    """
    spots = pd.DataFrame(list(evidence), columns=["article", "start", "end"])
    spots = spots.astype({"article": "str", "start": "int64", "end": "int64"})
    known = article_numbers.of(tables)
    row = known.sentences(known.units.numbers(spots["article"]), spots["start"].to_numpy())
    spots, row = spots[row >= 0], row[row >= 0]
    inside = tables.sentences.iloc[row].reset_index(drop=True)
    title = tables.articles["title"].iloc[known.of("sentences")[row]].reset_index(drop=True)
    columns = (spots["start"] - inside["start"].to_numpy(), spots["end"] - inside["start"].to_numpy())
    text = [told[first:last] for told, first, last in zip(inside["text"].tolist(), *columns, strict=True)]
    return pd.DataFrame(
        {
            "article": spots["article"].reset_index(drop=True),
            "source": inside["source"],
            "title": title,
            "start": spots["start"].to_numpy(),
            "end": spots["end"].to_numpy(),
            "text": pd.Series(text, dtype="str"),
            "sentence": inside["text"],
            "sentence_start": inside["start"],
            "sentence_end": inside["end"],
        }
    )
