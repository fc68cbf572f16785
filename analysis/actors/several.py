"""Whom “they”, “them” and “their” mean: a group, or several who share a mention or stand joined by “and”.

In: a `View`, the mentions of this sentence and the one before, the token. Out: the members, none where it is not plain.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.actors.cast import Member, Place
from analysis.actors.registry import bag
from analysis.actors.token_view import View

_PLURAL = bag("NNS NNPS")
_ALIKE = ("country", "organisation")  # Norvia and the European Union
_CLAUSES_UP = 8
_OF_OTHERS = bag("experts analysts observers scholars economists")  # what they say is mostly of others
_RELATIVE = bag("who that which")
_PARTIES = bag("republicans democrats tories conservatives liberals greens socialists houthis")  # organisations
_ANYBODY = bag("they we you who those these people others many some both")


@dataclass(frozen=True, slots=True)
class _Many:
    """Several at tokens [start, end): who they are, and whether they are a subject."""

    start: int
    end: int
    members: tuple[Member, ...]
    subject: bool


def many(view: View, near: list[Place], k: int) -> list[Member]:
    """The members whom a pronoun at token k means."""
    known = [p for p in near if p.start < k and p.form != "place" and not _of_same_verb(view, p, k)]
    found = _candidates(view, known)
    first = view.bounds[view.sent[k]][0]
    here = [one for one in found if one.start >= first]
    if view.parsed and view.low[k] != "them":  # police crushed them: others, which is open
        who, told = _of_clause(view, here, known, k)
        if told and (len(who) > 1 or not _others(view, found, first, k, people=True)):
            return list(who)
    if not found:
        return []
    last = found[-1]
    if len(last.members) > 1 and not (view.low[k] == "them" and _others(view, found, first, k)):
        later = [p for p in known if p.start > last.start and p.subject and p.member not in last.members]
        return [] if later else list(last.members)
    if _others(view, found, first, k):
        return []
    if here:
        sure = last.subject or view.dep[k] == "nmod:poss"
        return list(last.members) if sure and len({one.members for one in here}) == 1 else []
    opens = not view.parsed or view.dep[k].startswith("nsubj") or view.dep[k] == "nmod:poss"
    subjects = [one for one in found if one.subject and (not view.parsed or _tops(view, one))]
    later = [p for p in known if p.start >= first and p.subject]
    alone = len({one.members for one in subjects}) == 1
    return list(subjects[0].members) if opens and alone and not later else []


def _of_same_verb(view: View, place: Place, k: int) -> bool:
    """Whether a mention is the subject of the verb that has “them” for its object."""
    if view.low[k] != "them":
        return False
    return any(view.head[m] == view.head[k] and view.dep[m].startswith("nsubj") for m in range(place.start, place.end))


def _tops(view: View, one: _Many) -> bool:
    """Whether several are the subject of their whole sentence."""
    subject = next((m for m in range(one.start, one.end) if view.dep[m].startswith("nsubj")), -1)
    return subject >= 0 and view.dep[view.head[subject]] in ("ROOT", "conj")


def _candidates(view: View, near: list[Place]) -> list[_Many]:
    """All of several that the mentions are, in the order of the text."""
    found: list[_Many] = []
    for index, place in enumerate(near):
        shared = tuple(q.member for q in near if q.start == place.start)
        if len(shared) > 1:
            if not found or found[-1].start != place.start:
                found.append(_Many(place.start, place.end, shared, place.subject))
            continue
        if _plural(view, place):
            found.append(_Many(place.start, place.end, shared, place.subject))
        other = near[index + 1] if index + 1 < len(near) else None
        if other is None or view.low[place.end : other.start] not in (["and"], ["and", "the"]):
            continue
        one, two = place.member, other.member
        alike = one.kind == two.kind or {one.kind, two.kind} == set(_ALIKE)
        if one is not two and alike and (place.subject or other.subject):
            found = [one for one in found if one.start != place.start]
            found.append(_Many(place.start, other.end, (one, two), subject=True))
    return found


def _plural(view: View, place: Place) -> bool:
    """Whether a mention means several: a group, or “Norvian officials”, whatever state they stand for."""
    if place.form == "name" and view.low[place.end - 1] in _PARTIES:
        return True
    said = place.form in ("demonym", "role") and view.tag[place.end - 1] in _PLURAL
    return place.member.plural or said


def _of_clause(view: View, here: list[_Many], known: list[Place], k: int) -> tuple[tuple[Member, ...], bool]:
    """The subject of the nearest clause round a pronoun that has several, or a body; whether the grammar decides."""
    word, passed = k, False
    for _ in range(_CLAUSES_UP):
        if view.head[word] == word:
            break
        told = passed and view.dep[word] == "ccomp"  # workers say that it is long until they return
        word = view.head[word]
        subject = next((m for m in view.children(word) if m < k and view.dep[m].startswith("nsubj")), -1)
        if subject < 0:
            continue
        passed = True
        if view.low[subject] in _RELATIVE and view.dep[word] == "acl:relcl":
            subject = view.head[word]  # Renn and Vuk, who left their posts
        elif view.dep[subject].startswith("nsubj") and view.tag[subject] == "PRP":
            told = False
        who = next((one for one in here if one.start <= subject < one.end), None)
        if who is not None and not told and view.low[subject] not in _OF_OTHERS:
            return who.members, True
        joint = any(view.dep[m] == "conj" for m in view.children(subject))
        if who is not None or joint or view.tag[subject] in _PLURAL or view.low[subject] in _ANYBODY:
            return (), True
        body = next((p for p in known if p.start <= subject < p.end and p.member.kind == "organisation"), None)
        if body is not None:  # the council said that they had lost
            later = any(p.start >= body.end for p in known)
            return (body.member,), not later and not any(view.tag[m] in _PLURAL for m in range(subject, k))
    return (), False


def _others(view: View, found: list[_Many], first: int, k: int, *, people: bool = False) -> bool:
    """Whether other plurals, or those of `people`, stand before a pronoun in its sentence: it may mean them as well."""
    return any(
        view.tag[m] in _PLURAL
        and (not people or m in view.roles)
        and not any(one.start <= m < one.end for one in found)
        for m in range(first, k)
    )
