"""Which words are typical of a source: tables come in, words with log-odds and z-scores go out.

Log-odds with an informative Dirichlet prior: Monroe, Colaresi & Quinn 2008, “Fightin' Words”, Political Analysis
16(4), equations 15-22. The prior is the words of both sides together, so that a rare word needs evidence to rank.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any, Literal

import numpy as np
import pandas as pd

from analysis.choices import check_choices
from analysis.flat import fold
from analysis.framing.bootstrap import Floats
from analysis.framing.rates import PER_WORDS, choose_actors, in_voice, of_kind, one_a_row, where
from analysis.framing.spelling import as_written
from analysis.model import VOICES
from analysis.tables import Tables

PRIOR_WORDS = 500.0  # weight of the prior in words: about one article, as in Monroe's speeches
PRIOR_NAMES = 10.0  # the same for the mentions of one actor: an article mentions its main actor about ten times
LABEL = "label"  # the category of loaded terms that name somebody (“regime”); the others judge without naming
NAMING_FORMS = ("name", "role", "demonym", "metonym")  # pronouns choose no word, places name nobody
_DETERMINER = re.compile(
    r"^(?:(?:the|a|an|this|that|these|those|his|her|its|their|our|your|my|some)\s+)+(?=\S)", re.IGNORECASE
)

# Closed-class words: they tell styles apart, not framing. Modals of doubt are left in on purpose.
_FUNCTION_WORDS = """
    a about after again all also although am an and another any are as at be because been before being between both
    but by can did do does doing down during each either else even ever every few for from further had has have having
    he her here hers herself him himself his how i if in into is it its itself just many me mine more most much must my
    myself near neither no nor not now of off on once one only onto or other our ours ourselves out over own per same
    shall she since so some such than that the their theirs them themselves then there these they this those through
    to too toward towards under until up upon us very was we were what when where whether which while who whom whose
    why will with within without would yet you your yours yourself
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())


def log_odds(
    own: Floats, others: Floats, prior_weight: float, *, totals: tuple[Floats | float, Floats | float] | None = None
) -> tuple[Floats, Floats]:
    """Log-odds ratio and z-score of every word between two lists of counts over the same words.

    `totals` are the words from which the counts were picked, where the lists do not hold all of them: a term is then
    weighed against all words that could have been it.
    """
    pooled = own + others
    first_total, second_total = totals if totals is not None else (own.sum(), others.sum())
    prior = prior_weight * pooled / np.maximum(first_total + second_total, 1.0)
    first, second = own + prior, others + prior
    # A word that is all there is has no odds; the tiny number keeps it at zero instead of dividing by nothing.
    rest_first = np.maximum(first_total + prior_weight - first, 1e-9)
    rest_second = np.maximum(second_total + prior_weight - second, 1e-9)
    with np.errstate(divide="ignore", invalid="ignore"):
        odds = np.log(first / rest_first) - np.log(second / rest_second)
        z = odds / np.sqrt(1 / first + 1 / second)
    known = pooled > 0
    return np.where(known, odds, 0.0), np.where(known, z, 0.0)


def keyness(
    tables: Tables,
    source: str | Collection[str],
    *,
    against: str | Collection[str] | None = None,
    of: Literal["words", "findings"] = "words",
    voice: str = "narrator",
    kind: str | None = None,
    top: int | None = None,
) -> pd.DataFrame:
    """How typical words (function words left out) or the terms of findings are of a source, most typical first.

    `source` and `against` are a source or a group of sources; without `against`, all the others together. `top` keeps
    the most typical on both ends. Returns word (as the corpus mostly writes it; a term folded), n, n_others, per_1000,
    per_1000_others (words of exposure), n_articles (of the source), log_odds, z. Raises ValueError for an unknown
    source, and for one that stands on both sides.
    """
    here = _group(source)
    there = tuple(name for name in tables.sources if name not in here) if against is None else _group(against)
    check_choices("source", (*here, *there), tables.sources)
    if both := sorted({*here} & {*there}):
        raise ValueError(f"A source cannot be compared with itself: {', '.join(both)}.")
    check_choices("choice for 'of'", [of], ("words", "findings"))
    check_choices("voice", [voice], VOICES)
    exposure = in_voice(tables.exposure, voice).groupby("source")["words"].sum()
    own, other = int(exposure[[*here]].sum()), int(exposure[[*there]].sum())
    if of == "words":
        counts = _word_counts(tables, here, there, voice)
    else:
        counts = _term_counts(tables, here, there, voice, kind)
    n, n_others = counts["n"].to_numpy(float), counts["n_others"].to_numpy(float)
    odds, z = log_odds(n, n_others, PRIOR_WORDS, totals=(own, other))
    frame = counts.assign(per_1000=n * PER_WORDS / max(own, 1), per_1000_others=n_others * PER_WORDS / max(other, 1))
    frame = frame.assign(log_odds=odds, z=z)
    columns = ["word", "n", "n_others", "per_1000", "per_1000_others", "n_articles", "log_odds", "z"]
    frame = frame[columns].sort_values(["z", "word"], ascending=[False, True], kind="stable")
    if top is not None and len(frame) > 2 * top:
        frame = pd.concat([frame.head(top), frame.tail(top)])
    if of == "words":
        frame = frame.assign(word=as_written(tables, frame["word"]))
    return frame.reset_index(drop=True)


def naming(tables: Tables, actor: str) -> pd.DataFrame:
    """The words each source uses for an actor (an id), by how typical they are of the source against the others.

    Counts mentions by name, role, demonym and metonym, and labels (loaded terms that name) about the actor that are
    part of no mention, in every voice but the quoted. Returns source, word, form (… or "loaded"), n, n_others,
    n_articles, log_odds, z; sources with most articles first, most typical word first. A word that a source never
    uses has no row.
    """
    return name_counts(names_used(tables, actor), tables)


def names_used(tables: Tables, actor: str) -> pd.DataFrame:
    """The single uses behind `naming`: article, source, start, end, text, form, word (`text` without its article)."""
    choose_actors(tables, [actor], 1)
    return names_used_of(tables, [actor])[actor]


def names_used_of(tables: Tables, actors: Collection[str]) -> dict[str, pd.DataFrame]:
    """`names_used` for several actors, by their ids, in one walk through the tables."""
    columns = ["article", "source", "start", "end", "text", "form", "actor"]
    mentions = tables.mentions
    keep = mentions["actor"].isin(list(actors)).to_numpy(dtype=bool) & ~where(mentions, "voice", "quoted")
    mentions = mentions.loc[keep, columns]
    mentions = mentions[mentions["form"].isin(NAMING_FORMS)]
    found = tables.findings
    keep = where(found, "category", LABEL) & where(found, "kind", "loaded_term") & ~where(found, "voice", "quoted")
    loaded = one_a_row(found.loc[keep, [*columns[:5], "target"]], "target").rename(columns={"target": "actor"})
    loaded = loaded[loaded["actor"].isin(actors)].reset_index(drop=True).assign(form="loaded")
    loaded = loaded.loc[~_inside(loaded, mentions)]
    uses: pd.DataFrame = pd.concat([mentions[columns], loaded[columns]], ignore_index=True)
    by_actor = dict(iter(uses.groupby("actor")))
    return {actor: _with_words(by_actor.get(actor, uses.iloc[:0])) for actor in actors}


def _with_words(uses: pd.DataFrame) -> pd.DataFrame:
    """The uses of one actor with the column `word`: the most frequent spelling of a text stands for all of them."""
    code, texts = pd.factorize(uses["text"])  # an actor has few names and many mentions
    spelt = [_spelling(str(text)) for text in texts]
    frequent = {fold(spelt[place]): spelt[place] for place in np.argsort(np.bincount(code, minlength=len(spelt)))}
    words = np.array([frequent[fold(word)] for word in spelt], dtype=object)
    made = uses.drop(columns="actor").reset_index(drop=True)
    return made.assign(word=pd.Series(words[code] if len(code) else [], dtype="str"))


def _spelling(text: str) -> str:
    """A mention without its determiner and possessive."""
    bare = " ".join(text.replace("’", "'").split()).removesuffix("'s").removesuffix("'")
    return _DETERMINER.sub("", bare)


def name_counts(uses: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """`naming` for uses that have been chosen: any frame with article, source, word and form."""
    rank = {source: place for place, source in enumerate(tables.sources)}
    by_form = uses.groupby(["word", "form"], as_index=False).size()
    by_form = by_form.sort_values(["size", "form"], ascending=[False, True], kind="stable").drop_duplicates("word")
    frame = uses.groupby(["source", "word"], as_index=False).agg(
        n=("article", "size"), n_articles=("article", "nunique")
    )
    own = frame["n"].to_numpy(float)
    own_total = frame.groupby("source")["n"].transform("sum").to_numpy(float)
    others = frame.groupby("word")["n"].transform("sum").to_numpy(float) - own
    others_total = own.sum() - own_total
    odds, z = log_odds(own, others, PRIOR_NAMES, totals=(own_total, others_total))
    frame = frame.assign(
        form=frame["word"].map(by_form.set_index("word")["form"]), n_others=others, log_odds=odds, z=z, rank=-z
    )
    frame["source_rank"] = frame["source"].map(rank)
    frame = frame.sort_values(["source_rank", "rank", "word"], kind="stable")
    frame = frame[["source", "word", "form", "n", "n_others", "n_articles", "log_odds", "z"]]
    return frame.astype({"form": "str", "n_others": "int64"}).reset_index(drop=True)


def _inside(findings: pd.DataFrame, mentions: pd.DataFrame) -> Any:
    """Whether each finding overlaps one of the mentions of its actor."""
    if findings.empty:
        return np.zeros(0, dtype=bool)
    pairs = findings.reset_index()[["index", "article", "actor", "start", "end"]].merge(
        mentions[["article", "actor", "start", "end"]], on=["article", "actor"], suffixes=("", "_mention")
    )
    hit = pairs[(pairs["start"] < pairs["end_mention"]) & (pairs["start_mention"] < pairs["end"])]
    return findings.index.isin(hit["index"])


def _group(sources: str | Collection[str]) -> tuple[str, ...]:
    return (sources,) if isinstance(sources, str) else tuple(sources)


def _word_counts(tables: Tables, here: tuple[str, ...], there: tuple[str, ...], voice: str) -> pd.DataFrame:
    words = tables.words
    vocabulary = words["word"].cat.categories
    code, n = words["word"].cat.codes.to_numpy(), words["n"].to_numpy()
    spoken = (words["voice"] == voice).to_numpy()
    own = spoken & words["source"].isin(here).to_numpy()
    other = spoken & words["source"].isin(there).to_numpy()

    def counted(rows: Any, weights: Any) -> Any:
        return np.bincount(code[rows], weights=weights, minlength=len(vocabulary)).astype(np.int64)

    counts = {"n": counted(own, n[own]), "n_others": counted(other, n[other]), "n_articles": counted(own, None)}
    frame = pd.DataFrame({"word": vocabulary.astype("str")} | counts)
    frame = frame[(frame["n"] + frame["n_others"]) > 0]
    # A number is a fact, not a choice of words.
    telling = ~frame["word"].isin(FUNCTION_WORDS) & frame["word"].str.contains(r"[^\W\d]", regex=True)
    return frame[telling.to_numpy(dtype=bool)]


def _term_counts(
    tables: Tables, here: tuple[str, ...], there: tuple[str, ...], voice: str, kind: str | None
) -> pd.DataFrame:
    found = of_kind(tables, kind, voice=voice)
    found = found[found["source"].isin([*here, *there])]
    own = found["source"].isin(here)
    n = found[own].groupby("term").size()
    everyone = found.groupby("term").size()
    articles = found[own].groupby("term")["article"].nunique()
    frame = pd.DataFrame({"word": everyone.index.astype("str")})
    for name, counts in (("n", n), ("n_articles", articles)):
        frame[name] = frame["word"].map(counts).fillna(0).astype("int64")
    return frame.assign(n_others=everyone.to_numpy(dtype=np.int64) - frame["n"])
