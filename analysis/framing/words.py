"""Which words are typical of a source: tables come in, words with log-odds and z-scores go out.

Log-odds with an informative Dirichlet prior: Monroe, Colaresi & Quinn 2008, “Fightin' Words”, Political Analysis
16(4), equations 15-22. The prior is the words of both sides together, so that a rare word needs evidence to rank.
"""

from __future__ import annotations

import re
from typing import Any, Literal

import numpy as np
import pandas as pd

from analysis.framing.bootstrap import Floats
from analysis.framing.rates import PER_WORDS, choose_actors, in_voice, of_kind
from analysis.model import VOICES
from analysis.tables import Tables, check_choices, fold

PRIOR_WORDS = 500.0  # weight of the prior in words: about one article, as in Monroe's speeches
PRIOR_NAMES = 10.0  # the same for the mentions of one actor: an article mentions its main actor about ten times
NAMING_FORMS = ("name", "role", "demonym", "metonym")  # pronouns choose no word, places name nobody
_DETERMINER = re.compile(r"^(?:(?:the|a|an|this|that|these|those|his|her|its|their|our|your|my|some)\s+)+(?=\S)")

# Closed-class words: they tell styles apart, not framing. Modals of doubt are left in on purpose.
FUNCTION_WORDS = frozenset(
    """a about after again all also although am an and another any are as at be because been before being between both
    but by can did do does doing down during each either else even ever every few for from further had has have having
    he her here hers herself him himself his how i if in into is it its itself just many me mine more most much must my
    myself near neither no nor not now of off on once one only onto or other our ours ourselves out over own per same
    shall she since so some such than that the their theirs them themselves then there these they this those through
    to too toward towards under until up upon us very was we were what when where whether which while who whom whose
    why will with within without would yet you your yours yourself""".split()
)


def log_odds(own: Floats, others: Floats, prior_weight: float) -> tuple[Floats, Floats]:
    """Log-odds ratio and z-score of every word between two lists of counts over the same words."""
    pooled = own + others
    prior = prior_weight * pooled / max(float(pooled.sum()), 1.0)
    first, second = own + prior, others + prior
    # One word alone in the world has no odds; the tiny number keeps it at zero instead of dividing by nothing.
    rest_first = np.maximum(first.sum() - first, 1e-9)
    rest_second = np.maximum(second.sum() - second, 1e-9)
    with np.errstate(divide="ignore", invalid="ignore"):
        odds = np.log(first / rest_first) - np.log(second / rest_second)
        z = odds / np.sqrt(1 / first + 1 / second)
    known = pooled > 0
    return np.where(known, odds, 0.0), np.where(known, z, 0.0)


def keyness(
    tables: Tables,
    source: str,
    *,
    against: str | None = None,
    of: Literal["words", "findings"] = "words",
    voice: str = "narrator",
    kind: str | None = None,
    top: int | None = None,
) -> pd.DataFrame:
    """How typical words (function words left out) or the terms of findings are of a source, most typical first.

    `against` is another source; without it, all the others together. `top` keeps the most typical on both ends.
    Returns word, n, n_others, per_1000, per_1000_others (words of exposure), n_articles (of the source), log_odds, z.
    """
    check_choices("source", [source] + ([against] if against is not None else []), tables.sources)
    check_choices("choice for 'of'", [of], ("words", "findings"))
    check_choices("voice", [voice], VOICES)
    counts = (
        _word_counts(tables, source, against, voice)
        if of == "words"
        else _term_counts(tables, source, against, voice, kind)
    )
    counts = counts[(counts["n"] + counts["n_others"]) > 0]
    odds, z = log_odds(
        counts["n"].to_numpy(float), counts["n_others"].to_numpy(float), PRIOR_WORDS if of == "words" else PRIOR_NAMES
    )
    exposure = in_voice(tables.exposure, voice).groupby("source")["words"].sum()
    own = max(int(exposure[source]), 1)
    other = max(int(exposure[against] if against is not None else exposure.drop(source).sum()), 1)
    frame = counts.assign(
        per_1000=counts["n"] * PER_WORDS / own,
        per_1000_others=counts["n_others"] * PER_WORDS / other,
        log_odds=odds,
        z=z,
    )
    columns = ["word", "n", "n_others", "per_1000", "per_1000_others", "n_articles", "log_odds", "z"]
    frame = frame[columns].sort_values(["z", "word"], ascending=[False, True], kind="stable")
    if top is not None and len(frame) > 2 * top:
        frame = pd.concat([frame.head(top), frame.tail(top)])
    return frame.reset_index(drop=True)


def naming(tables: Tables, actor: str) -> pd.DataFrame:
    """The words each source uses for an actor (an id), by how typical they are of the source against the others.

    Counts mentions by name, role, demonym and metonym, and loaded terms about the actor that are part of no mention,
    in every voice but the quoted. Returns source, word, form (… or "loaded"), n, n_others, n_articles, log_odds, z;
    sources with most articles first, most typical word first. A word that a source never uses has no row.
    """
    return name_counts(names_used(tables, actor), tables)


def names_used(tables: Tables, actor: str) -> pd.DataFrame:
    """The single uses behind `naming`: article, source, start, end, word, form, most frequent spelling kept in `text`."""
    choose_actors(tables, [actor], 1)
    mentions = tables.mentions
    mentions = mentions[
        (mentions["actor"] == actor) & mentions["form"].isin(NAMING_FORMS) & (mentions["voice"] != "quoted")
    ]
    loaded = tables.findings
    loaded = loaded[(loaded["kind"] == "loaded_term") & (loaded["target"] == actor) & (loaded["voice"] != "quoted")]
    loaded = loaded[~_inside(loaded, mentions)].assign(form="loaded")
    columns = ["article", "source", "start", "end", "text", "form"]
    uses = pd.concat([mentions[columns], loaded[columns]], ignore_index=True)
    words = [_DETERMINER.sub("", fold(text)).removesuffix("'s").removesuffix("'") for text in uses["text"]]
    return uses.assign(word=pd.Series(words, index=uses.index, dtype="str"))


def name_counts(uses: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """`naming` for uses that have been chosen."""
    rank = {source: place for place, source in enumerate(tables.sources)}
    table = uses.groupby(["word", "source"]).size().unstack(fill_value=0)
    articles = uses.groupby(["source", "word"])["article"].nunique()
    form = uses.groupby("word")["form"].agg(lambda forms: forms.mode().iloc[0]) if len(uses) else pd.Series(dtype="str")
    rows: list[tuple[Any, ...]] = []
    for source in sorted(table.columns, key=lambda one: rank[one]):
        own = table[source].to_numpy(float)
        others = table.sum(axis=1).to_numpy(float) - own
        odds, z = log_odds(own, others, PRIOR_NAMES)
        for place in sorted(np.flatnonzero(own), key=lambda one: (-z[one], -own[one], table.index[one])):
            word = table.index[place]
            rows.append(
                (source, word, form[word], own[place], others[place], articles[source, word], odds[place], z[place])
            )
    frame = pd.DataFrame(rows, columns=["source", "word", "form", "n", "n_others", "n_articles", "log_odds", "z"])
    text, counts = ("source", "word", "form"), ("n", "n_others", "n_articles")
    return frame.astype(
        dict.fromkeys(text, "str") | dict.fromkeys(counts, "int64") | {"log_odds": "float64", "z": "float64"}
    )


def _inside(findings: pd.DataFrame, mentions: pd.DataFrame) -> Any:
    """Whether each finding overlaps one of the mentions."""
    pairs = findings.reset_index()[["index", "article", "start", "end"]].merge(
        mentions[["article", "start", "end"]], on="article", suffixes=("", "_mention")
    )
    hit = pairs[(pairs["start"] < pairs["end_mention"]) & (pairs["start_mention"] < pairs["end"])]
    return findings.index.isin(hit["index"])


def _word_counts(tables: Tables, source: str, against: str | None, voice: str) -> pd.DataFrame:
    words = tables.words
    categories = words["word"].cat.categories
    in_this_voice = words["voice"].cat.codes.to_numpy() == list(words["voice"].cat.categories).index(voice)
    sources = list(words["source"].cat.categories)
    source_code = words["source"].cat.codes.to_numpy()
    code, n = words["word"].cat.codes.to_numpy(), words["n"].to_numpy()

    def counted(rows: Any, weights: Any = None) -> Any:
        chosen = None if weights is None else weights[rows]
        return np.bincount(code[rows], weights=chosen, minlength=len(categories)).astype(np.int64)

    own = in_this_voice & (source_code == (sources.index(source) if source in sources else -2))
    wanted = source_code != source_code[own][0] if own.any() else np.ones(len(words), dtype=bool)
    if against is not None:
        wanted = source_code == (sources.index(against) if against in sources else -2)
    other = in_this_voice & wanted
    frame = pd.DataFrame(
        {"word": categories, "n": counted(own, n), "n_others": counted(other, n), "n_articles": counted(own)}
    )
    frame = frame[(frame["n"] + frame["n_others"]) > 0]
    content = ~frame["word"].isin(FUNCTION_WORDS) & frame["word"].str.contains(r"[^\W\d]", regex=True)
    return frame[content]


def _term_counts(tables: Tables, source: str, against: str | None, voice: str, kind: str | None) -> pd.DataFrame:
    found = of_kind(tables, kind, voice=voice)
    if against is not None:
        found = found[found["source"].isin([source, against])]
    own = found["source"] == source
    n = found[own].groupby("term").size()
    everyone = found.groupby("term").size()
    articles = found[own].groupby("term")["article"].nunique()
    frame = pd.DataFrame({"word": everyone.index.astype("str")})
    for name, counts in (("n", n), ("n_articles", articles)):
        frame[name] = frame["word"].map(counts).fillna(0).astype("int64")
    return frame.assign(n_others=everyone.to_numpy(dtype=np.int64) - frame["n"])
