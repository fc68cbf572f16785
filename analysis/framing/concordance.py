"""Key word in context: tables and a query come in, one row per hit with the words around it goes out.

A hit stands inside one sentence, and so does its context. How evenly hits are spread over the articles is told by
Gries's deviation of proportions (Gries 2008, “Dispersions and adjusted frequencies in corpora”, IJCL 13(4)); which
words keep them company by logDice, 14 at most, a point less for half the strength (Rychlý 2008, “A
lexicographer-friendly association score”, RASLAN).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from analysis.choices import check_choices
from analysis.flat import fold
from analysis.framing import article_numbers
from analysis.framing.article_numbers import Ints
from analysis.framing.contents import JOINERS, sentence_of
from analysis.framing.measured_once import once
from analysis.framing.rates import PER_WORDS, in_voice
from analysis.framing.words import FUNCTION_WORDS
from analysis.letters import runs
from analysis.lexicon.inflect import forms
from analysis.tables import Tables

LONGEST_QUERY = 200  # characters
MOST_FORMS = 64  # written forms of one word of the query
STRETCH = 80  # characters that hold NEAR words of most texts
NEAR = 5  # words on either side of a hit that keep it company
FEWEST = 2  # times that a word must stand near a hit to count as its company
SPELT = 2_000  # hits that show how the words near them are written
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
    # A first look by the longest plain piece of the query keeps the slow pattern from most sentences.
    piece = max(_pieces(query.lower(), lemmas), key=len)
    there = sentences["text"].str.lower().str.contains(piece, regex=False)
    if source is not None:
        check_choices("source", [source], tables.sources)
        there &= sentences["source"] == source
    rows = np.flatnonzero(there.to_numpy(dtype=bool))
    texts = sentences["text"].take(rows).tolist()
    hits = [(i, *match.span()) for i, text in enumerate(texts) for match in pattern.finditer(text)]
    at, first, last = np.array(hits, dtype=np.int64).reshape(-1, 3).T
    return in_voice(_lines(tables, rows[at], first, last), voice).reset_index(drop=True)


def lines(tables: Tables, spots: pd.DataFrame) -> pd.DataFrame:
    """Stretches of text (article, start, end: of findings, mentions, quotes …) as lines of a concordance, in `COLUMNS`.

    A stretch outside every sentence of the tables has no line.
    """
    known = article_numbers.of(tables)
    starts, ends = (spots[name].to_numpy(dtype=np.int64) for name in ("start", "end"))
    row = known.sentences(known.units.numbers(spots["article"].astype("str")), starts)
    inside = row >= 0
    row = row[inside]
    begins = tables.sentences["start"].to_numpy()[row]
    return _lines(tables, row, starts[inside] - begins, ends[inside] - begins)


def _lines(tables: Tables, row: Ints, first: Ints, last: Ints) -> pd.DataFrame:
    """Stretches of sentences as lines: the row of each sentence, and where the stretch begins and ends in it."""
    known = article_numbers.of(tables)
    number = known.of("sentences")[row]
    inside = tables.sentences[["source", "start", "text"]].take(row).reset_index(drop=True)
    bounds = list(zip(inside["text"].tolist(), first.tolist(), last.tolist(), strict=True))
    around = {
        "left": [text[:a] for text, a, _ in bounds],
        "match": [text[a:b] for text, a, b in bounds],
        "right": [text[b:] for text, _, b in bounds],
    }
    lengths = np.ones(len(tables.articles))
    np.maximum.at(lengths, known.of("sentences"), tables.sentences["end"].to_numpy(float))
    made = tables.articles[["article", "title", "published"]].take(number).reset_index(drop=True)
    starts, ends = (inside["start"].to_numpy() + edge for edge in (first, last))
    made = made.assign(source=inside["source"], start=starts, end=ends, position=starts / lengths[number])
    made = made.assign(**{name: pd.Series(own, dtype="str") for name, own in around.items()})
    return _with_voices(tables, made, number)[COLUMNS]


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

    Returns word (as it is written there), n (times within NEAR words of a hit), n_articles, n_all (times in the tables,
    in every voice) and strength (logDice), strongest first.
    """
    hit, words = _company(found)
    written, spellings = pd.factorize(words)
    kept: dict[str, int] = {}
    codes = np.array(
        [kept.setdefault(w, len(kept)) if _counts(w) else -1 for w in map(_fold, spellings)], dtype=np.int64
    )
    code = codes[written] if len(written) else np.empty(0, dtype=np.int64)
    hit, code = hit[code >= 0], code[code >= 0]
    article, articles = pd.factorize(found["article"])
    pairs = np.sort(code * max(1, len(articles)) + article[hit])
    pairs = pairs[np.diff(pairs, prepend=-1) > 0] // max(1, len(articles))
    made = pd.DataFrame({"word": pd.Series(list(kept), dtype="str")})
    made["n"] = np.bincount(code, minlength=len(kept))
    made["n_articles"] = np.bincount(pairs, minlength=len(kept))
    made = made.sort_values("word", kind="stable", ignore_index=True)
    made = made[made["n"] >= FEWEST]
    place = tables.words["word"].cat.categories.get_indexer(pd.Index(made["word"]))
    everywhere = np.append(_everywhere(tables), 0)[place]
    made["n_all"] = np.where(everywhere > 0, everywhere, made["n"])
    # A word between two hits is near both, and one hit can have it on either side: neither makes it stand there twice.
    together = made[["n", "n_all"]].min(axis=1).clip(upper=len(found))
    made["strength"] = 14 + np.log2(2 * together / (made["n_all"] + len(found)))
    made = made.sort_values(["strength", "n", "word"], ascending=[False, False, True], kind="stable").head(top)
    spelt = _spelt(found.head(SPELT), set(made["word"]))
    return made.assign(word=made["word"].map(lambda word: spelt.get(word, word)).astype("str")).reset_index(drop=True)


def _spelt(found: pd.DataFrame, words: set[str]) -> dict[str, str]:
    """How words are written near hits: with a capital where that is never left out, as in names."""
    spelt: dict[str, str] = {}
    hit, near = _company(found)
    for written in near[np.argsort(hit, kind="stable")].tolist():
        word = _fold(written)
        if word in words and spelt.get(word) != word:
            spelling = written[: len(word)]  # without “’s”
            if _fold(spelling) != word or spelling == word:
                spelt[word] = word
            else:
                spelt.setdefault(word, spelling)
    return spelt


@once
def _everywhere(tables: Tables) -> Ints:
    """How often each word of the vocabulary stands in the tables, in every voice."""
    words = tables.words["word"].cat
    return np.bincount(words.codes, weights=tables.words["n"], minlength=len(words.categories)).astype(np.int64)


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


_fold = lru_cache(maxsize=1 << 16)(fold)  # a corpus repeats its words


def _counts(word: str) -> bool:
    """Whether a word may count as company."""
    return len(word) > 1 and word not in FUNCTION_WORDS and not word.isdigit()


def _company(found: pd.DataFrame) -> tuple[Ints, np.ndarray[Any, Any]]:
    """The words within NEAR words of each hit: the number of the hit, and the word."""
    before, after = (_nearest(found[name].tolist(), name == "left") for name in ("left", "right"))
    return np.concatenate([before[0], after[0]]), np.array(before[1] + after[1], dtype=object)


def _nearest(texts: list[str], last: bool) -> tuple[Ints, list[str]]:
    """The NEAR first words of each text, or the last: the number of the text, and the word.

    Of a long text only its end is read, where the word beside the cut may be a part of one.
    """
    number = np.arange(len(texts))
    cut, rest = _counted([text[-STRETCH:] if last else text[:STRETCH] for text in texts], number, last)
    few = [i for i in np.flatnonzero(rest <= NEAR).tolist() if len(texts[i]) > STRETCH]
    again, _ = _counted([texts[i] for i in few], number[few], last)
    enough = ~np.isin(cut[0], few)
    words = [word for word, kept in zip(cut[1], enough.tolist(), strict=True) if kept]
    return np.concatenate([cut[0][enough], again[0]]), words + again[1]


def _counted(texts: list[str], number: Ints, last: bool) -> tuple[tuple[Ints, list[str]], Ints]:
    """As `_nearest` of texts that have a number each; and how many words each has in all."""
    text = " ".join(texts)
    starts, ends = runs(text, JOINERS)
    of = sentence_of(texts, starts)
    n = np.bincount(of, minlength=len(texts))
    rank = np.arange(len(of)) - (np.cumsum(n) - n)[of]
    near = rank >= n[of] - NEAR if last else rank < NEAR
    bounds = zip(starts[near].tolist(), ends[near].tolist(), strict=True)
    return (number[of[near]], [text[first:end] for first, end in bounds]), n


def _pieces(query: str, lemmas: bool) -> list[str]:
    """Plain pieces that stand in whatever a query finds; with `lemmas`, what all forms of a word begin with."""
    if not lemmas:
        return re.findall(r"[^\W_]+", query)
    begins = (_shared_start(written_forms(word)) for word in query.replace("’", "'").split())
    return [piece for begin in begins for piece in re.findall(r"[^\W_]+", begin)] or [""]


def _shared_start(words: set[str]) -> str:
    """What all words begin with."""
    first, last = min(words), max(words)
    same = (i for i, letter in enumerate(first) if not last.startswith(letter, i))
    return first[: next(same, len(first))]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _with_voices(tables: Tables, lines: pd.DataFrame, number: Ints) -> pd.DataFrame:
    """The voice at the start of each hit and who speaks: of the attributions around it the innermost, else nobody's.

    `number`: that of the article of each hit.
    """
    of_said = article_numbers.of(tables).of("attributions")
    wanted = np.zeros(len(tables.articles), dtype=bool)
    wanted[number] = True
    rows = np.flatnonzero(wanted[of_said])
    said = tables.attributions.iloc[rows][["kind", "start", "end"]].assign(row=rows, number=of_said[rows])
    hits = pd.DataFrame({"number": number, "at": lines["start"].to_numpy(), "place": np.arange(len(lines))})
    pairs = hits.merge(said, on="number")
    pairs = pairs[(pairs["start"] <= pairs["at"]) & (pairs["at"] < pairs["end"])]
    # What stands in marks is quoted even where it is part of reported speech.
    pairs = pairs.assign(quoted=pairs["kind"] != "indirect", size=pairs["end"] - pairs["start"])
    pairs = pairs.sort_values(["quoted", "size"], ascending=[False, True]).drop_duplicates("place")
    voices, speakers = np.full(len(lines), "narrator", dtype=object), np.full(len(lines), "", dtype=object)
    voices[pairs["place"]] = np.where(pairs["quoted"], "quoted", "reported")
    speakers[pairs["place"]] = tables.attributions["speaker_name"].iloc[pairs["row"]].to_numpy(dtype=object)
    return lines.assign(voice=pd.Series(voices, dtype="str"), speaker_name=pd.Series(speakers, dtype="str"))
