"""The way back from a number to its sentences, and the search for words, over the index of a folder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import pandas as pd

from analysis.choices import check_choices
from analysis.flat import fold
from analysis.framing import concordance
from analysis.model import FINDING_KINDS, VOICES
from analysis.schemas import SCHEMAS
from analysis.tables import Tables, empty
from analysis.voices import WORD
from analysis.warehouse.base import Base
from analysis.warehouse.measures import rates

LINES = 50  # lines shown at once
ARTICLES_READ = 400  # articles looked into for them; a phrase can stand in fewer of them than its words


def findings(
    base: Base,
    *,
    source: str,
    kind: str | None = "loaded_term",
    voice: str = "narrator",
    actor: str | None = None,
    month: date | None = None,
) -> pd.DataFrame:
    """The first LINES stretches behind a cell, in the order of the articles, as lines of a concordance with `reason`.

    `kind` None stands for every kind, `month` (its first day) for all months. A stretch that is marked twice has both
    reasons.
    """
    check_choices("source", [source], base.sources)
    check_choices("kind", [kind] if kind is not None else [], FINDING_KINDS)
    check_choices("voice", [voice], VOICES)
    where, values = "source = ? AND voice = ?", [source, voice]
    for column, value in (("kind", kind), ("target", actor)):
        if value is not None:
            where, values = f"{where} AND {column} = ?", [*values, value]
    if month is not None:
        dated = "SELECT number FROM places WHERE source = ? AND date_trunc('month', published) = ?::DATE"
        where, values = f"{where} AND number IN ({dated})", [*values, source, f"{month:%Y-%m-01}"]
    spots = base.frame(
        f'SELECT DISTINCT number, start, "end" FROM (SELECT * FROM spots WHERE {where} LIMIT {LINES}) '
        "ORDER BY number, start",
        *values,
    )
    tables, places = _read(base, spots["number"].unique().tolist(), ("findings",))
    found = concordance.lines(tables, spots.merge(places, on="number"))
    marks = tables.findings[(tables.findings["kind"] == kind) | (kind is None)]
    whys = marks.groupby(["article", "start", "end"])["reason"].agg(lambda own: " ".join(dict.fromkeys(own)))
    return found.merge(whys.reset_index(), on=["article", "start", "end"], how="left").fillna({"reason": ""})


def article(base: Base, article: str) -> Tables:
    """The tables `articles`, `sentences`, `attributions` and `exposure` of one article; the others are empty."""
    number = base.frame("SELECT number FROM places WHERE article = ?", article)["number"]
    return _read(base, number.tolist())[0]


def words(base: Base, query: str, *, lemmas: bool = False, voice: str = "narrator") -> pd.DataFrame:
    """How often each source writes a word (`regim*` with a star; with `lemmas` in all its forms), in one voice.

    Of several words, each article counts once that holds all of them. Returns source, rate (per 1,000 words), low,
    high, n_events, n_articles (with words in the voice), exposure, enough.
    """
    check_choices("voice", [voice], VOICES)
    hits = _hits(base, query, lemmas, voice)
    exposure = base.frame(
        "SELECT source, block, sum(words) AS value, sum(with_words) AS n FROM exposure WHERE voice = ? GROUP BY ALL",
        voice,
    )
    events = hits.groupby(["source", "block"], as_index=False).agg(value=("n", "sum"))
    frame = rates(events, exposure, [])
    order = frame["source"].map({one: place for place, one in enumerate(base.sources)}).sort_values().index
    return frame.loc[order].reset_index(drop=True)


def lines(
    base: Base, query: str, *, lemmas: bool = False, voice: str = "narrator", source: str | None = None
) -> pd.DataFrame:
    """The first LINES hits of a query as lines of a concordance (`framing.concordance`), looked for in ARTICLES_READ
    articles that hold its words."""
    if source is not None:
        check_choices("source", [source], base.sources)
    hits = _hits(base, query, lemmas, voice)
    if source is not None:
        hits = hits[hits["source"] == source]
    tables, _ = _read(base, hits["number"].head(ARTICLES_READ).tolist())
    if tables.sentences.empty:
        return concordance.lines(tables, pd.DataFrame({"article": [], "start": [], "end": []}))
    return concordance.search(tables, query, lemmas=lemmas, voice=voice).head(LINES)


def _hits(base: Base, query: str, lemmas: bool, voice: str) -> pd.DataFrame:
    """number, source, block, n of the articles that hold every word of the query, in the order of the articles."""
    concordance.compile_query(query, lemmas=lemmas)  # refuses what cannot be searched for
    found: pd.DataFrame | None = None
    asked = [fold(word[0]) for word in re.finditer(rf"(?:{WORD.pattern})\*?", query)]
    for word in asked:
        own = _of_word(base, word, lemmas, voice)
        found = own if found is None else found[found["number"].isin(own["number"])]
    assert found is not None
    return found.assign(n=1) if len(asked) > 1 else found


def _of_word(base: Base, word: str, lemmas: bool, voice: str) -> pd.DataFrame:
    select = "SELECT number, source, block, sum(n)::BIGINT AS n FROM words WHERE voice = ? AND "
    group = " GROUP BY ALL ORDER BY number"
    if word.endswith("*"):
        stem = word.rstrip("*")
        return base.frame(select + "word >= ? AND word < ?" + group, voice, stem, stem + "\U0010ffff")
    forms = sorted(concordance.written_forms(word)) if lemmas else [word]
    forms = [form.removesuffix("'s") for form in forms]
    return base.frame(select + f"word IN ({', '.join('?' * len(forms))})" + group, voice, *forms)


def _read(base: Base, numbers: Sequence[int], more: Sequence[str] = ()) -> tuple[Tables, pd.DataFrame]:
    """The sentences and attributions of some articles and `more` of their tables, from the parts that hold them alone;
    and their ids by number."""
    places = base.frame("SELECT number, article, part FROM places WHERE number IN (SELECT unnest(?))", list(numbers))
    frames = empty().frames()
    if len(places):
        for name in ("articles", "sentences", "attributions", "exposure", *more):
            files = [str(base.folder / name / f"{part}.parquet") for part in sorted(places["part"].unique())]
            columns = ", ".join(f'"{column}"' for column in SCHEMAS[name])
            rows = base.frame(
                f"SELECT {columns} FROM read_parquet(?) WHERE article IN (SELECT unnest(?))",
                files,
                places["article"].tolist(),
            )
            frames[name] = rows.astype(dict(SCHEMAS[name]))
    return Tables(**frames), places[["number", "article"]]
