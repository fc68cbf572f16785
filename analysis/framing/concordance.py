"""Key word in context: tables and a query come in, one row per hit with the words around it goes out.

A hit stands inside one sentence, and so does its context. How evenly hits are spread over the articles is told by
Gries's deviation of proportions (Gries 2008, “Dispersions and adjusted frequencies in corpora”, IJCL 13(4)); which
words keep them company by logDice, 14 at most, a point less for half the strength (Rychlý 2008, “A
lexicographer-friendly association score”, RASLAN).
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.framing.rates import PER_WORDS, in_voice
from analysis.framing.words import FUNCTION_WORDS
from analysis.lexicon.inflect import forms
from analysis.tables import Tables, check_choices, fold
from analysis.voices import WORD

LONGEST_QUERY = 200  # characters
MOST_FORMS = 64  # written forms of one word of the query
NEAR = 5  # words on either side of a hit that keep it company
FEWEST = 2  # times that a word must stand near a hit to count as its company
COLUMNS = [
    "article", "source", "title", "published", "start", "end", "left", "match", "right", "voice", "speaker_name",
    "position",
]  # fmt: skip
# How a concordance can be sorted; by the words on either side, patterns of use line up under each other.
_SORTS: dict[str, Callable[[pd.DataFrame], pd.Series]] = {
    "left": lambda lines: lines["left"].map(lambda text: " ".join(reversed(_words(text)))),
    "match": lambda lines: lines["match"].str.lower(),
    "right": lambda lines: lines["right"].map(lambda text: " ".join(_words(text))),
    "source": lambda lines: lines["source"],
    "date": lambda lines: lines["published"],
}
SORTS = tuple(_SORTS)


def search(
    tables: Tables, query: str, *, lemmas: bool = False, voice: str | None = None, source: str | None = None
) -> pd.DataFrame:
    """The places where the words of `query` follow one another, whatever stands between them but letters.

    `*` stands for any letters (“regim*”); with `lemmas`, every form of each word is found. Case and the shape of
    apostrophes do not count. Returns `COLUMNS`, in the order of the articles; `position` is 0..1 within the article.
    Raises ValueError for a query without a letter or digit, one that is too long, and an unknown voice or source.
    """
    pattern = compile_query(query, lemmas=lemmas)
    sentences = tables.sentences
    if source is not None:
        check_choices("source", [source], tables.sources)
        sentences = sentences[sentences["source"] == source]
    # A first look by the longest plain piece of the query keeps the slow pattern from most sentences.
    piece = max(re.findall(r"[^\W_]+", query.lower()), key=len)
    if not lemmas:
        sentences = sentences[sentences["text"].str.lower().str.contains(piece, regex=False)]
    hits = [
        (article, start + match.start(), start + match.end())
        for article, start, text in zip(sentences["article"], sentences["start"], sentences["text"], strict=True)
        for match in pattern.finditer(text)
    ]
    found = lines(tables, pd.DataFrame(hits, columns=["article", "start", "end"]))
    return in_voice(found, voice).reset_index(drop=True)


def lines(tables: Tables, spots: pd.DataFrame) -> pd.DataFrame:
    """Stretches of text (article, start, end: of findings, mentions, quotes …) as lines of a concordance, in `COLUMNS`.

    A stretch outside every sentence of the tables has no line.
    """
    spots = spots[["article", "start", "end"]].astype({"article": "str", "start": "int64", "end": "int64"})
    spots = spots.reset_index(drop=True)
    spots["place"] = spots.index
    own = tables.sentences[tables.sentences["article"].isin(spots["article"])]
    own = own[["article", "source", "start", "end", "text"]].rename(columns={"start": "from", "end": "to"})
    joined = pd.merge_asof(
        spots.sort_values("start"), own.sort_values("from"), left_on="start", right_on="from", by="article"
    ).dropna(subset=["from"])
    joined = joined[joined["start"] < joined["to"]].sort_values("place")
    lengths = tables.sentences.groupby("article")["end"].max()
    cut = [
        (text[: a - first], text[a - first : b - first], text[b - first :])
        for text, first, a, b in zip(
            joined["text"], joined["from"].astype("int64"), joined["start"], joined["end"], strict=True
        )
    ]
    around = pd.DataFrame(cut, columns=["left", "match", "right"], index=joined.index, dtype="str")
    joined = pd.concat([joined, around], axis=1).merge(tables.articles[["article", "title", "published"]], on="article")
    joined["position"] = joined["start"] / joined["article"].map(lengths).astype("float64").clip(lower=1)
    joined = _with_voices(tables, joined.sort_values("place"))
    return joined[COLUMNS].reset_index(drop=True)


def sorted_by(found: pd.DataFrame, by: str) -> pd.DataFrame:
    """The lines of a concordance in another order (`SORTS`); equal lines keep theirs."""
    check_choices("order", [by], SORTS)
    if found.empty:
        return found
    return found.iloc[_SORTS[by](found).argsort(kind="stable").to_numpy()].reset_index(drop=True)


def dispersion(tables: Tables, found: pd.DataFrame, *, voice: str | None = None) -> pd.DataFrame:
    """How often and how evenly the hits occur in each source.

    Returns source, n, n_articles (with a hit), articles (in all), exposure (words of the voice, or of all voices),
    per_1000, dp: 0 where the hits are spread like the words, near 1 where one article has them all; NaN without a hit.
    """
    exposure = in_voice(tables.exposure, voice)
    words = exposure.groupby(["source", "article"], sort=False)["words"].sum()
    hits: pd.Series = found.value_counts(["source", "article"]).reindex(words.index, fill_value=0)
    made = []
    for source in tables.sources:
        own_words, own_hits = words[source].to_numpy(float), hits[source].to_numpy(float)
        total, n = own_words.sum(), int(own_hits.sum())
        apart = np.abs(own_hits / n - own_words / total).sum() / 2 if n and total else np.nan
        rate = n * PER_WORDS / total if total else np.nan
        made.append((source, n, int((own_hits > 0).sum()), len(own_words), int(total), rate, apart))
    columns = ["source", "n", "n_articles", "articles", "exposure", "per_1000", "dp"]
    return pd.DataFrame(made, columns=columns).astype({"source": "str"})


def collocates(tables: Tables, found: pd.DataFrame, *, top: int = 24) -> pd.DataFrame:
    """The words that stand near the hits more often than elsewhere; function words and numbers are left out.

    Returns word, n (times within NEAR words of a hit), n_articles, n_all (times in the tables, in every voice) and
    strength (logDice), strongest first.
    """
    rows = [
        (word, article)
        for article, left, right in zip(found["article"], found["left"], found["right"], strict=True)
        for word in (*_folded(left)[-NEAR:], *_folded(right)[:NEAR])
        if len(word) > 1 and word not in FUNCTION_WORDS and not word.isdigit()
    ]
    near = pd.DataFrame(rows, columns=["word", "article"], dtype="str")
    made = near.groupby("word").agg(n=("article", "size"), n_articles=("article", "nunique")).reset_index()
    made = made[made["n"] >= FEWEST]
    bag = tables.words[tables.words["word"].isin(made["word"])]
    everywhere = bag.groupby(bag["word"].astype("str"))["n"].sum()
    made["n_all"] = made["word"].map(everywhere).fillna(made["n"]).astype("int64")
    made["strength"] = 14 + np.log2(2 * made["n"] / (made["n_all"] + len(found)))
    made = made.sort_values(["strength", "n", "word"], ascending=[False, False, True], kind="stable")
    return made.head(top).reset_index(drop=True)


def compile_query(query: str, *, lemmas: bool = False) -> re.Pattern[str]:
    """The query as a pattern over a sentence. Raises ValueError (see `search`)."""
    if len(query) > LONGEST_QUERY:
        raise ValueError(f"The query has {len(query)} characters; at most {LONGEST_QUERY} are searched for.")
    words = query.lower().replace("’", "'").split()
    if not any(character.isalnum() for character in query):
        raise ValueError(
            f"There is no word in the query {query!r}. Write a word, several words, or regim* with a star."
        )
    made = []
    for word in words:
        written = sorted(written_forms(word), key=len, reverse=True)[:MOST_FORMS] if lemmas else [word]
        made.append("(?:" + "|".join(_escaped(one) for one in written) + ")")
    # A word of the query may end in marks of its own (“U.S.”), so its bounds are no letters rather than \b.
    return re.compile(r"(?<!\w)" + r"[\W_]{1,4}".join(made) + r"(?!\w)", re.IGNORECASE)


def written_forms(word: str) -> set[str]:
    """Every form of a word, whatever its part of speech."""
    return {word}.union(*(forms(word, pos) for pos in ("NOUN", "VERB", "ADJ")))


def _escaped(word: str) -> str:
    return re.escape(word).replace(r"\*", r"\w*").replace("'", "['’]")


def _folded(text: str) -> list[str]:
    return [fold(match.group()) for match in WORD.finditer(text)]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _with_voices(tables: Tables, joined: pd.DataFrame) -> pd.DataFrame:
    """The voice at the start of each hit and who speaks: of the attributions around it the innermost, else nobody's."""
    said = tables.attributions[tables.attributions["article"].isin(joined["article"])]
    said = said[["article", "kind", "start", "end", "speaker_name"]]
    pairs = joined[["article", "start", "place"]].merge(said, on="article", suffixes=("", "_said"))
    pairs = pairs[(pairs["start_said"] <= pairs["start"]) & (pairs["start"] < pairs["end"])]
    # What stands in marks is quoted even where it is part of reported speech.
    pairs = pairs.assign(quoted=pairs["kind"] != "indirect", size=pairs["end"] - pairs["start_said"])
    pairs = pairs.sort_values(["quoted", "size"], ascending=[False, True]).drop_duplicates("place")
    voices = pairs.set_index("place")
    inside = voices.assign(voice=np.where(voices["quoted"], "quoted", "reported"))[["voice", "speaker_name"]]
    inside = inside.astype("str").reindex(joined["place"])
    return joined.assign(
        voice=inside["voice"].fillna("narrator").to_numpy(), speaker_name=inside["speaker_name"].fillna("").to_numpy()
    )
