"""Whose clause a pronoun stands in, as the grammar has it.

In: a `View`, mentions near a pronoun, its token. Out: the actor whom the clause is about, or whom it cannot mean.
"""

from __future__ import annotations

from analysis.actors.cast import Cast, Member, Place
from analysis.actors.registry import bag
from analysis.actors.token_view import View

CLAUSES_UP = 8  # words from a pronoun up the tree to the clause whose owner is looked for
_LANDS = bag("country nation kingdom republic state city town")
_SELF = bag("himself herself")
_INDEFINITE = bag("a an one another")
_PHRASE = 6  # words before a noun that may belong to it


def anybody(view: View, k: int) -> bool:
    """“Her rival announced he would run”: whoever speaks without a name says so of himself."""
    verb = view.head[k]
    above = view.head[verb]
    if view.low[k] not in ("he", "she") or view.dep[verb] != "ccomp" or above >= k:
        return False
    first = view.bounds[view.sent[k]][0]
    who = next((m for m in range(first, above) if view.head[m] == above and view.dep[m] == "nsubj"), None)
    return who is not None and view.tag[who] == "NN" and who in view.roles


def below(view: View, m: int, verb: int) -> bool:
    """Whether the grammar leads from a word up to the verb, not through a clause beside it."""
    for _ in range(12):
        if view.head[m] == verb:
            return view.dep[m] not in ("conj", "parataxis", "advcl", "nsubj")
        if view.head[m] == m or view.dep[m] in ("conj", "parataxis", "advcl"):
            return False
        m = view.head[m]
    return False


def told_of(view: View, place: Place, k: int, seen: list[Place]) -> bool:
    """“On Iran, a country that Renn has criticised, he …”: who only stands in what is told of somebody or some land.

    Not: in a letter that Renn wrote, he …
    """
    clause = view.above(place.start, "acl:relcl")
    noun = view.head[clause] if clause >= 0 else clause
    if not 0 <= noun < place.start or view.below(k, clause):
        return False
    return view.low[noun] in _LANDS or any(p.start <= noun < p.end for p in seen if p.form != "pronoun")


def clause_owner(view: View, near: list[Place], k: int) -> Member | None:
    """Whose clause a pronoun stands in: of those mentioned near it, the one whom the clause is about."""
    clause = k
    for _ in range(CLAUSES_UP):
        who = _about(view, clause, k)
        if who >= 0:
            return next((p.member for p in near if p.start <= who < p.end or _of(view, p.start, who, "appos")), None)
        if view.head[clause] == clause:
            return None
        clause = view.head[clause]
    return None


def _about(view: View, clause: int, k: int) -> int:
    """Dan Renn, who gave his view; Renn's claim that he won; accused Renn of hiding his debts: Renn; else -1."""
    noun, dep = view.head[clause], view.dep[clause]
    if dep == "acl:relcl" and any(view.low[c] == "who" and _of(view, c, clause, "nsubj") for c in range(noun, k)):
        return noun
    if dep in ("acl", "acl:relcl", "ccomp") and view.tag[noun] == "NN" and view.word(noun + 1) == "that":
        return next((c for c in range(noun - 1, max(-1, noun - 8), -1) if _of(view, c, noun, "nmod:poss")), -1)
    if dep in ("advcl", "acl") and view.tag[clause] == "VBG" and view.word(clause - 1) in ("of", "for", "into", "from"):
        return next((c for c in range(noun + 1, clause) if _of(view, c, noun, "obj")), -1)
    return -1


def _of(view: View, word: int, head: int, dep: str) -> bool:
    return view.head[word] == head and view.dep[word] == dep


def over(view: View, subjects: list[Place], k: int) -> Member | None:
    """“Brix argued that, despite Vogt deciding against it, she …”: the subject of a verb over that of the pronoun."""
    verb, seen = view.head[k], {k}
    while verb not in seen:
        seen.add(verb)
        own = [p for p in subjects if p.start < k and any(view.head[m] == verb for m in range(p.start, p.end))]
        if own:
            return own[0].member
        verb = view.head[verb]
    return None


def of_clause(view: View, subjects: list[Place], k: int) -> Member | None:
    """“Pyongyang tested one; South Korea put its troops on alert”: the subject of the clause in which “its” stands."""
    verb = view.head[k]
    while view.pos[verb] not in ("VERB", "AUX") and view.head[verb] != verb:
        verb = view.head[verb]
    own = [p for p in subjects if any(view.head[m] == verb for m in range(p.start, p.end)) and p.start < k]
    if not own or any(
        view.dep[m] == "conj" and own[-1].start <= view.head[m] < own[-1].end
        for p in subjects
        for m in range(p.start, p.end)
    ):
        return None  # “Russia and Ukraine quarrelled over its waters”
    return own[-1].member


def partner(view: View, near: list[Place], k: int) -> Member | None:
    """“Renn met Jan Vuk and his rival”: of the two people it is the one beside whom the pronoun's noun stands."""
    noun = view.head[k]
    if view.dep[k] != "nmod:poss" or view.dep[noun] != "conj":
        return None
    return next((p.member for p in near if p.start <= view.head[noun] < p.end <= k), None)


def unnamed_subject(cast: Cast, k: int) -> bool:
    """“A mayor told his audience”: somebody whom nothing names is the subject, so “his” is no one else's.

    “The mayor” may be somebody whom the text has named, not so “the Norvian mayor” that found nobody.
    """
    view, verb = cast.view, k
    itself = view.low[k] in _SELF
    if not view.parsed or not (itself or view.dep[k] == "nmod:poss"):
        return False
    for _ in range(CLAUSES_UP):
        verb = view.head[verb]
        if view.pos[verb] in ("VERB", "AUX") or view.head[verb] == verb:
            break
    first = view.bounds[view.sent[k]][0]
    who = next((m for m in range(first, k) if view.head[m] == verb and view.dep[m].startswith("nsubj")), None)
    if who is None or view.tag[who] != "NN" or any(cast.owner[who:k]):
        return False
    before = range(max(first, who - _PHRASE), who)
    unknown = any(view.low[m] in _INDEFINITE or m in view.listed for m in before if view.head[m] == who)
    return itself or (unknown and who in view.roles)
