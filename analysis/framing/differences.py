"""The strongest differences in words between the sources, as plain sentences with the places that show them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

import numpy as np
import pandas as pd

from analysis.framing.evidence import Spot
from analysis.framing.rates import choose_actors, of_kind
from analysis.framing.words import PRIOR_NAMES, log_odds, name_counts, names_used
from analysis.tables import Tables, fold
from analysis.voices import WORD

COLUMNS = ("sentence", "kind", "source", "actor", "name", "word", "other_word", "n", "n_others", "z", "evidence")
MIN_USES = 2  # one use is an accident of one sentence
PER_SOURCE_AND_ACTOR = 2  # so that one pair of names does not fill the list
MAX_TERMS = 200  # marked terms looked up in the plain text: the most frequent, which bounds the search
MAX_ARTICLES = 300  # articles searched for one term
_STANCES = {"doubting": "words of doubt", "charged": "charged words", "endorsing": "words that vouch for it"}


def differences(tables: Tables, *, top: int = 12, actors: Collection[str] | None = None) -> pd.DataFrame:
    """The strongest differences between the sources, strongest first.

    Looks at the words for an actor ("naming"), loaded terms of the narrator ("loaded"), terms that one source puts in
    quotation marks and others write plainly ("marks"), and how an actor's words are introduced ("verb"). A difference
    needs two sources, and MIN_USES uses (marks: one). `actors` (ids) keeps the differences about them.

    Returns sentence, kind, source, actor (id or ""), name, word, other_word ("" where the others have none), n,
    n_others, z (of the log-odds), evidence: a tuple of (article, start, end).
    """
    if len(tables.sources) < 2:
        return _frame([])
    chosen = choose_actors(tables, actors, 20)
    rows = [*_naming(tables, chosen), *_loaded(tables, chosen, everyone=actors is None), *_verbs(tables, chosen)]
    if actors is None:
        rows += _marks(tables)
    kept: list[dict[str, Any]] = []
    full: dict[tuple[str, str, str], int] = defaultdict(int)
    for row in sorted(rows, key=lambda one: (-one["z"], one["sentence"])):
        key = (row["kind"], row["source"], row["actor"])
        full[key] += 1
        if full[key] <= PER_SOURCE_AND_ACTOR or not row["actor"]:
            kept.append(row)
    return _frame(kept[:top])


def marked_elsewhere_plain(tables: Tables, *, top: int = 50) -> pd.DataFrame:
    """Terms that one source puts in scare quotes and another writes in its own voice without marks.

    One row per term × marking source × other source, most marked first: term, source, n_marked, other, n_plain,
    marked and plain (evidence: tuples of (article, start, end)).
    """
    quotes = tables.quotes[(tables.quotes["kind"] == "scare") & (tables.quotes["voice"] == "narrator")]
    terms = [" ".join(WORD.findall(fold(text))) for text in quotes["text"]]
    quotes = quotes.assign(term=pd.Series(terms, index=quotes.index, dtype="str"))
    quotes = quotes[quotes["term"] != ""]
    common = list(
        quotes["term"].value_counts().sort_index().sort_values(ascending=False, kind="stable").index[:MAX_TERMS]
    )
    plain = _plain_uses(tables, common)
    rows = []
    for (term, source), own in quotes[quotes["term"].isin(common)].groupby(["term", "source"]):
        for other, spots in sorted(plain.get(str(term), {}).items()):
            if other != source:
                rows.append((term, source, len(own), other, len(spots), _spots(own), tuple(spots)))
    frame = pd.DataFrame(rows, columns=["term", "source", "n_marked", "other", "n_plain", "marked", "plain"])
    frame = frame.astype({"term": "str", "source": "str", "other": "str", "n_marked": "int64", "n_plain": "int64"})
    order = ["n_marked", "n_plain", "term", "source", "other"]
    frame = frame.sort_values(order, ascending=[False, False, True, True, True], kind="stable")
    return frame.head(top).reset_index(drop=True)


def _plain_uses(tables: Tables, terms: list[str]) -> dict[str, dict[str, list[Spot]]]:
    """Where each term stands in a narrator's sentence outside of all marks: term → source → places.

    The rarest word of a term finds the few articles that can hold it, so that not every sentence is searched.
    """
    bag = tables.words[tables.words["voice"] == "narrator"]
    codes = {word: code for code, word in enumerate(bag["word"].cat.categories)}
    frequency = np.bincount(bag["word"].cat.codes.to_numpy(), minlength=len(codes))
    rarest: dict[str, int] = {}
    for term in terms:
        known = [codes.get(word.removesuffix("'s"), -1) for word in term.split()]
        if known and min(known) >= 0:
            rarest[term] = min(known, key=lambda code: int(frequency[code]))
    bag = bag[np.isin(bag["word"].cat.codes.to_numpy(), list(set(rarest.values())))]
    holders = {int(code): list(own) for code, own in bag["article"].astype("str").groupby(bag["word"].cat.codes)}
    wanted = {article for articles in holders.values() for article in articles[:MAX_ARTICLES]}
    sentences = tables.sentences[tables.sentences["article"].isin(wanted) & (tables.sentences["narrator"] > 0)]
    by_article = {str(article): own for article, own in sentences.groupby("article")}
    marked = tables.quotes[tables.quotes["article"].isin(wanted)]
    marks: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for article, start, end in zip(marked["article"], marked["start"], marked["end"], strict=True):
        marks[article].append((start, end))
    uses: dict[str, dict[str, list[Spot]]] = {}
    for term, code in rarest.items():
        pattern = re.compile(
            r"(?<!\w)" + r"\W{1,2}".join(_either(word) for word in term.split()) + r"(?!\w)", re.IGNORECASE
        )
        found: dict[str, list[Spot]] = defaultdict(list)
        for article in holders.get(code, [])[:MAX_ARTICLES]:
            own = by_article.get(article)
            if own is None:
                continue
            for source, start, text in zip(own["source"], own["start"], own["text"], strict=True):
                for match in pattern.finditer(text):
                    first, last = start + match.start(), start + match.end()
                    if not any(left <= first < right for left, right in marks[article]):
                        found[source].append((article, first, last))
        uses[term] = found
    return uses


def _either(word: str) -> str:
    return re.escape(word).replace("'", "['’]")


def _naming(tables: Tables, actors: dict[str, str]) -> Iterator[dict[str, Any]]:
    for actor, name in actors.items():
        uses = names_used(tables, actor)
        counts = name_counts(uses, tables)
        # A full or a short name is a matter of house style; the other forms choose a word.
        telling = counts[(counts["form"] != "name") & (counts["z"] > 0) & (counts["n"] >= MIN_USES)]
        for row in telling.itertuples():
            rest = counts[(counts["source"] != row.source) & (counts["word"] != row.word) & (counts["z"] > 0)]
            rest = rest[rest["form"] != "name"].groupby("word")["n"].sum()
            other = str(rest.sort_index().idxmax()) if len(rest) else ""
            told = f"{row.source} writes “{row.word}” of {name} {_times(int(row.n))}"
            told += f"; the others have “{other}”" if other else ""
            told += f" and “{row.word}” {_times(int(row.n_others))}." if other and row.n_others else ""
            told += "." if not told.endswith(".") else ""
            own = uses[(uses["source"] == row.source) & (uses["word"] == row.word)]
            yield _row(told, "naming", row, actor, name, row.word, other, own)


def _loaded(tables: Tables, actors: dict[str, str], *, everyone: bool) -> Iterator[dict[str, Any]]:
    found = of_kind(tables, "loaded_term", voice="narrator")
    if not everyone:
        found = found[found["target"].isin(actors)]
    uses = found.assign(word=found["term"], form="loaded")
    counts = name_counts(uses[["article", "source", "start", "end", "text", "word", "form"]], tables)
    for row in counts[(counts["z"] > 0) & (counts["n"] >= MIN_USES)].itertuples():
        own = uses[(uses["source"] == row.source) & (uses["word"] == row.word)]
        targets = own.loc[own["target"].isin(tables.actor_names), "target"].mode()
        actor = str(targets.iloc[0]) if len(targets) else ""
        name = tables.actor_names.get(actor, "")
        whom = f" about {name}" if actor and (own["target"] == actor).all() else ""
        others = f"the others {_times(int(row.n_others))}" if row.n_others else "no other source does"
        told = f"{row.source} writes “{row.word}” {_times(int(row.n))}{whom}; {others}."
        yield _row(told, "loaded", row, actor, name, row.word, "", own)


def _verbs(tables: Tables, actors: dict[str, str]) -> Iterator[dict[str, Any]]:
    said = tables.attributions[(tables.attributions["cue"] != "") & tables.attributions["speaker"].isin(actors)]
    said = said.assign(word=said["stance"], form="cue", start=said["cue_start"], end=said["cue_end"])
    for actor, uses in said.groupby("speaker"):
        counts = name_counts(uses, tables)
        for row in counts[(counts["word"] != "neutral") & (counts["z"] > 0) & (counts["n"] >= MIN_USES)].itertuples():
            own = uses[(uses["source"] == row.source) & (uses["word"] == row.word)]
            rest = uses[uses["source"] != row.source]
            if rest.empty:
                continue
            cue, plain = fold(str(own["cue"].mode().iloc[0])), fold(str(rest["cue"].mode().iloc[0]))
            name = actors[str(actor)]
            told = f"{row.source} introduces the words of {name} with {_STANCES[str(row.word)]} {_times(int(row.n))} (“{cue}”)"
            told += f"; the others {_times(int(row.n_others))}" if row.n_others else "; the others never"
            told += f", mostly with “{plain}”." if plain != cue else "."
            yield _row(told, "verb", row, str(actor), name, cue, plain, own)


def _marks(tables: Tables) -> list[dict[str, Any]]:
    rows = []
    pairs = marked_elsewhere_plain(tables)
    for (term, source), own in pairs.groupby(["term", "source"], sort=False):
        marked, plain = int(own["n_marked"].iloc[0]), int(own["n_plain"].sum())
        others = list(own["other"])
        whose = (
            f"{others[0]} writes" if len(others) == 1 else f"{' and '.join([', '.join(others[:-1]), others[-1]])} write"
        )
        told = f"{source} puts “{term}” in quotation marks {_times(marked)}; {whose} it without {_times(plain)}."
        z = log_odds(np.array([marked, 0.0]), np.array([0.0, plain]), PRIOR_NAMES)[1][0]
        spots = own["marked"].iloc[0] + tuple(spot for spots in own["plain"] for spot in spots)
        row = {"sentence": told, "kind": "marks", "source": source, "actor": "", "name": "", "word": term}
        rows.append(row | {"other_word": term, "n": marked, "n_others": plain, "z": float(z), "evidence": spots})
    return rows


def _row(
    sentence: str, kind: str, counts: Any, actor: str, name: str, word: str, other: str, own: pd.DataFrame
) -> dict[str, Any]:
    row = {"sentence": sentence, "kind": kind, "source": counts.source, "actor": actor, "name": name, "word": word}
    numbers = {"n": int(counts.n), "n_others": int(counts.n_others), "z": float(counts.z)}
    return row | {"other_word": other, "evidence": _spots(own)} | numbers


def _spots(rows: pd.DataFrame) -> tuple[Spot, ...]:
    return tuple((str(a), int(s), int(e)) for a, s, e in zip(rows["article"], rows["start"], rows["end"], strict=True))


def _times(n: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(n, f"{n} times")


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    text = dict.fromkeys(("sentence", "kind", "source", "actor", "name", "word", "other_word"), "str")
    return frame.astype(text | {"n": "int64", "n_others": "int64", "z": "float64"})
