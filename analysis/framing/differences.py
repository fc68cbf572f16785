"""The strongest differences in words between the sources, as plain sentences with the places that show them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from analysis.flat import fold
from analysis.framing.marked import marked_elsewhere_plain, spots_of
from analysis.framing.rates import choose_actors, in_voice, of_kind, one_a_row
from analysis.framing.speech import introductions
from analysis.framing.words import PRIOR_NAMES, PRIOR_WORDS, log_odds, names_used_of
from analysis.lexicon import load_terms
from analysis.tables import Tables, records

COLUMNS = ("sentence", "kind", "source", "actor", "name", "word", "other_word", "n", "n_others", "z", "evidence")
MIN_USES = 2  # one use is an accident of one sentence
MIN_Z = 1.0  # within one standard error a difference is not worth a sentence
PER_KIND_AND_SOURCE = 3  # so that one kind of difference, or one source, does not fill the list
TOP_ACTORS = 20
_STANCES = {"doubting": "words of doubt", "charged": "charged words", "endorsing": "words that vouch for it"}


@dataclass(frozen=True)
class _Candidate:
    z: float
    kind: str
    source: str
    word: str
    write: Callable[[], dict[str, Any]]  # its row; only the rows that are kept are written


def differences(tables: Tables, *, top: int = 12, actors: Collection[str] | None = None) -> pd.DataFrame:
    """The strongest differences between the sources, strongest first.

    Looks at the words for an actor ("naming"), loaded terms of the narrator ("loaded"), terms that one source puts in
    quotation marks and others write plainly ("marks"), and how an actor's words are introduced ("verb"). A difference
    needs two sources, MIN_USES uses (marks: one) and a z of MIN_Z. `actors` (ids) keeps the differences about them.

    Returns sentence, kind, source, actor (id or ""), name, word, other_word ("" where the others have none), n,
    n_others, z (of the log-odds), evidence: a tuple of (article, start, end).
    """
    rows: list[dict[str, Any]] = []
    if len(tables.sources) > 1:
        chosen = choose_actors(tables, actors, TOP_ACTORS)
        found = [
            *_naming(tables, chosen),
            *_loaded(tables, None if actors is None else chosen),
            *_verbs(tables, chosen),
        ]
        found += _marks(tables) if actors is None else []
        had: Counter[tuple[str, str]] = Counter()
        for one in sorted(
            (one for one in found if one.z >= MIN_Z), key=lambda one: (-one.z, one.kind, one.source, one.word)
        ):
            had[one.kind, one.source] += 1
            if had[one.kind, one.source] <= PER_KIND_AND_SOURCE and len(rows) < top:
                rows.append({"kind": one.kind, "source": one.source, "z": one.z} | one.write())
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    text = dict.fromkeys(("sentence", "kind", "source", "actor", "name", "word", "other_word"), "str")
    return frame.astype(text | {"n": "int64", "n_others": "int64", "z": "float64"})


def _counted(uses: pd.DataFrame) -> list[dict[str, Any]]:
    """What `words.name_counts` counts, counted by hand: pandas takes 25 ms for each of many actors."""
    sources, words, forms = (uses[column].tolist() for column in ("source", "word", "form"))
    pairs = Counter(zip(sources, words, strict=True))
    by_word, by_source = Counter(words), Counter(sources)
    by_form: dict[str, Counter[str]] = defaultdict(Counter)
    for word, form in zip(words, forms, strict=True):
        by_form[word][form] += 1
    own = np.array(list(pairs.values()), dtype=np.float64)
    others = np.array([by_word[word] for _, word in pairs], dtype=np.float64) - own
    totals = np.array([by_source[source] for source, _ in pairs], dtype=np.float64)
    z = log_odds(own, others, PRIOR_NAMES, totals=(totals, len(words) - totals))[1]
    return [
        {
            "source": source,
            "word": word,
            "form": min(by_form[word], key=lambda form: (-by_form[word][form], form)),
            "n": n,
            "n_others": by_word[word] - n,
            "z": float(score),
        }
        for ((source, word), n), score in zip(pairs.items(), z, strict=True)
    ]


def _naming(tables: Tables, actors: dict[str, str]) -> Iterator[_Candidate]:
    for actor, uses in names_used_of(tables, actors).items():
        name = actors[actor]
        # A full or a short name is a matter of house style; the other forms choose a word.
        counts = [row for row in _counted(uses) if row["form"] != "name" and row["z"] > 0]
        for row in counts:
            if row["n"] >= MIN_USES:
                write = partial(_write_naming, row, actor, name, uses, counts)
                yield _Candidate(row["z"], "naming", row["source"], row["word"], write)


def _write_naming(
    row: dict[str, Any], actor: str, name: str, uses: pd.DataFrame, counts: list[dict[str, Any]]
) -> dict[str, Any]:
    rest: Counter[str] = Counter()
    for one in counts:
        if one["source"] != row["source"] and one["word"] != row["word"]:
            rest[one["word"]] += one["n"]
    other = min(rest, key=lambda word: (-rest[word], word)) if rest else ""
    told = f"{row['source']} writes “{row['word']}” of {name} {_times(row['n'])}"
    writers = {one["source"] for one in counts if one["word"] == other} - {row["source"]}
    told += _elsewhere(row, other, writers, uses, set(uses["source"]))
    return _row(told, row, _own(uses, row), actor, name, other)


def _elsewhere(
    row: dict[str, Any], other: str, writers: Collection[str], uses: pd.DataFrame, sources: Collection[str]
) -> str:
    """The end of a sentence: what the `writers` of the other word write, and who else of `sources` writes the word."""
    told = ""
    if other:
        told += f" where {_who(row, writers, sources)} write{_s(writers)} “{other}”"
    if row["n_others"]:
        also = set(uses.loc[uses["word"] == row["word"], "source"]) - {row["source"]}
        told += f"; {_who(row, also, sources)} write{_s(also)} it {_times(row['n_others'])}"
    elif not other:
        told += "; no other source does"
    return f"{told}."


def _who(row: dict[str, Any], some: Collection[str], sources: Collection[str]) -> str:
    """Some of the other sources: one by its name, all of several as “the others”."""
    if len(some) == 1:
        return next(iter(some))
    return "the others" if len(some) == len(set(sources) - {row["source"]}) else "others"


def _s(some: Collection[str]) -> str:
    """The ending of a verb that these do."""
    return "s" if len(some) == 1 else ""


def _loaded(tables: Tables, actors: dict[str, str] | None) -> Iterator[_Candidate]:
    found = of_kind(tables, "loaded_term", voice="narrator")
    if actors is not None:
        found = one_a_row(found, "target")
        found = found[found["target"].isin(actors)].drop_duplicates(["article", "start", "end"])
    uses = found.assign(word=found["term"], form="loaded")
    words = in_voice(tables.exposure, "narrator").groupby("source")["words"].sum()
    counts = uses.groupby(["source", "word"], as_index=False).size().rename(columns={"size": "n"})
    counts["n_others"] = counts.groupby("word")["n"].transform("sum") - counts["n"]
    own, others = counts["n"].to_numpy(float), counts["n_others"].to_numpy(float)
    totals = words.reindex(counts["source"]).to_numpy(float)
    counts["z"] = log_odds(own, others, PRIOR_WORDS, totals=(totals, float(words.sum()) - totals))[1]
    for row in records(counts[(counts["z"] > 0) & (counts["n"] >= MIN_USES)]):
        write = partial(_write_loaded, row, uses, tables)
        yield _Candidate(row["z"], "loaded", row["source"], row["word"], write)


def _write_loaded(row: dict[str, Any], uses: pd.DataFrame, tables: Tables) -> dict[str, Any]:
    own = _own(uses, row)
    # The sentence names an actor only when every use is about it.
    actor = own["target"].iloc[0] if own["target"].nunique() == 1 else ""
    name = tables.actor_names.get(actor, "")
    whom = f" about {name}" if name else ""
    plain, writers = _plain_word(row, tables)
    told = f"{row['source']} writes “{row['word']}” {_times(row['n'])}{whom}"
    told += _elsewhere(row, plain, writers, uses, tables.sources)
    return _row(told, row, own, actor if name else "", name, plain)


def _plain_word(row: dict[str, Any], tables: Tables) -> tuple[str, set[str]]:
    """The lexicon's neutral word for a loaded term, where the narrators of the other sources prefer it (else ""), and
    the others that write it.
    """
    plain = next((term.neutral for term in load_terms() if term.neutral and fold(term.term) == row["word"]), "")
    uses = tables.words[(tables.words["voice"] == "narrator") & (tables.words["word"] == plain)]
    words = in_voice(tables.exposure, "narrator")
    here, there = uses["source"] == row["source"], words["source"] == row["source"]
    own = uses.loc[here, "n"].sum() / max(1, words.loc[there, "words"].sum())
    others = uses.loc[~here, "n"].sum() / max(1, words.loc[~there, "words"].sum())
    return plain if others > own else "", set(uses.loc[~here, "source"])


def _verbs(tables: Tables, actors: dict[str, str]) -> Iterator[_Candidate]:
    said = introductions(tables)[["article", "source", "speaker", "cue", "cue_start", "cue_end", "stance"]]
    said = said[said["speaker"].isin(actors)]
    said = said.assign(word=said["stance"], form="cue", start=said["cue_start"], end=said["cue_end"])
    for actor, uses in said.groupby("speaker"):
        for row in _counted(uses):
            if row["word"] != "neutral" and row["z"] > 0 and row["n"] >= MIN_USES:
                write = partial(_write_verb, row, uses, str(actor), actors[str(actor)])
                yield _Candidate(row["z"], "verb", row["source"], row["word"], write)


def _write_verb(row: dict[str, Any], uses: pd.DataFrame, actor: str, name: str) -> dict[str, Any]:
    own, rest = _own(uses, row), uses[uses["source"] != row["source"]]
    cue, other = fold(own["cue"].mode().iloc[0]), fold(rest["cue"].mode().iloc[0])
    told = f"{row['source']} introduces the words of {name} with {_STANCES[row['word']]} {_times(row['n'])} (“{cue}”); "
    heard = set(rest["source"])
    who = _who(row, heard, heard)
    do = "does" if len(heard) == 1 else "do"
    told += f"{who} {do} so {_times(row['n_others'])}" if row["n_others"] else f"{who} never {do}"
    told += f" and mostly write{_s(heard)} “{other}”." if other != cue else "."
    return _row(told, row | {"word": cue}, own, actor, name, other)


def _marks(tables: Tables) -> Iterator[_Candidate]:
    for (term, source), own in marked_elsewhere_plain(tables).groupby(["term", "source"], sort=False):
        counts = {
            "word": str(term),
            "source": str(source),
            "n": int(own["n_marked"].iloc[0]),
            "n_others": int(own["n_plain"].sum()),
        }
        z = log_odds(np.array([counts["n"], 0.0]), np.array([0.0, counts["n_others"]]), PRIOR_NAMES)[1][0]
        yield _Candidate(float(z), "marks", str(source), str(term), partial(_write_marks, counts, own))


def _write_marks(row: dict[str, Any], own: pd.DataFrame) -> dict[str, Any]:
    others = list(own["other"])
    whose = f"{others[0]} writes" if len(others) == 1 else f"{', '.join(others[:-1])} and {others[-1]} write"
    told = f"{row['source']} puts “{row['word']}” in quotation marks {_times(row['n'])}; "
    told += f"{whose} it without {_times(row['n_others'])}."
    spots = own["marked"].iloc[0] + tuple(spot for spots in own["plain"] for spot in spots)
    return {"sentence": told, "actor": "", "name": "", "other_word": row["word"], "evidence": spots} | _counts(row)


def _own(uses: pd.DataFrame, row: dict[str, Any]) -> pd.DataFrame:
    source, word = str(row["source"]), str(row["word"])
    return uses[(uses["source"] == source) & (uses["word"] == word)]


def _row(sentence: str, row: dict[str, Any], own: pd.DataFrame, actor: str, name: str, other: str) -> dict[str, Any]:
    told = {"sentence": sentence, "actor": actor, "name": name, "other_word": other, "evidence": spots_of(own)}
    return told | _counts(row)


def _counts(row: dict[str, Any]) -> dict[str, Any]:
    return {"word": row["word"], "n": row["n"], "n_others": row["n_others"]}


def _times(n: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(n, f"{n} times")
