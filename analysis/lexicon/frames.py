"""How a cue of speech takes its content: lemma in, frames out. The words live in cue_frames.tsv."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from analysis.lexicon import rows

FRAMES = (
    "to",
    "ing",
    "object",
    "about",
    "as",
    "finding",
    "naming",
    "light",
    "mental",
    "measure",
    "inserted",
    "ending",
    "teller",
    "showing",
    "evidence",
    "struck",
)


@cache
def _table() -> Mapping[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for row in rows.read("cue_frames.tsv", ("lemma", "frame", "source", "note")):
        table.setdefault(row["lemma"], set()).add(rows.choice(row["frame"], FRAMES, row["lemma"]))
    return MappingProxyType({lemma: frozenset(found) for lemma, found in table.items()})


def of(lemma: str) -> frozenset[str]:
    """Frames of a cue verb beside the that-clause, which all of them take.

    to: "vowed to go" reports going; ing: so does "suggested going"; object: "denied the charge" reports it; about:
    "spoke about the charge"; as: "described it as a farce", of which only the farce is theirs; finding: "found that",
    where single words in marks are nobody's; naming: "a storm named", where marks hold a name; mental: "he sees",
    which brings no words; inserted: "…, said the mayor, …", where a thanked or warned mayor would only be the object;
    ending: ends a headline behind its subject, as "police warn" does; teller: a noun that says what stands behind it in
    a headline; showing: "the fire showed that", said by nobody; evidence: a noun of what does tell or show: data;
    struck: a noun for what is attacked by arms, not by words.
    """
    return _table().get(lemma, frozenset())


@cache
def naming_verbs() -> frozenset[str]:
    """Lemmas that give a name when passive: is called, known as."""
    return frozenset(lemma for lemma, found in _table().items() if "naming" in found)


@cache
def light_verbs() -> frozenset[str]:
    """Verb forms that only lend a noun of saying its subject: made the claim that."""
    return frozenset(lemma for lemma, found in _table().items() if "light" in found)


@cache
def measures() -> frozenset[str]:
    """Nouns that say nothing after "according to": set according to size."""
    return frozenset(lemma for lemma, found in _table().items() if "measure" in found)


@cache
def evidence() -> frozenset[str]:
    """Nouns of what tells or shows something though roles.tsv lists it as nobody: the data, the campaign show that."""
    return frozenset(lemma for lemma, found in _table().items() if "evidence" in found)


@cache
def struck() -> frozenset[str]:
    """Nouns for what is attacked by arms: rebels attacked the town."""
    return frozenset(lemma for lemma, found in _table().items() if "struck" in found)


@cache
def tellers() -> frozenset[str]:
    """Nouns that say what stands behind them in a headline: Poll: …; … – police."""
    return frozenset(lemma for lemma, found in _table().items() if "teller" in found)
