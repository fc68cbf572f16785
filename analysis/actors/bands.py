"""Groups without a name that do something or have something done to them: “protesters”, “the rebels”, “police”.

In: a `Cast` with all other mentions but the pronouns. Out: the same cast with these groups. Their ids are like those of
unnamed speakers. A group that is only spoken of, and once, is no actor: “a law that voters may not like”.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from analysis.actors.cast import Cast, Member
from analysis.actors.registry import bag, registry
from analysis.actors.token_view import DATELINE, View
from analysis.model import ActorKind

_NO_BAND = bag("family courtesy title person spokesperson")  # parents, boys: of somebody, or anybody
_OFFICES = bag("ruler minister office")
_OFTEN = 2  # mentions from which on a group counts that does nothing
_SOME = bag(
    "thousands hundreds dozens scores tens millions number group groups majority handful many most some all half"
)
_STATES = bag("have has had seem seems seemed become becomes became remain remains remained")
_HEARS = bag(
    "tell tells told telling ask asks asked reminded inform informed assured briefed"
)  # told reporters: whoever hears it
_NONE = bag("no any few other such")
_AS = bag("as like than")  # denounced them as terrorists: a word for others


@dataclass(frozen=True, slots=True)
class _Found:
    """The noun of a group at token `head`; `start`: where its compound begins; `acts`: whether a verb is about it."""

    start: int
    head: int
    acts: bool


@cache
def _nouns() -> frozenset[str]:
    """The words for several people, in lower case."""
    roles = registry().roles
    many = {word for word, readings in roles.items() if " " not in word and all(one.plural for one in readings)}
    many -= {word for word in many if all(one.cls in _NO_BAND for one in roles[word])}
    return frozenset(many | registry().words["band"]) - registry().words["no_band"]


def add_bands(cast: Cast) -> None:
    """Add every group without a name that is worth a row of its own."""
    view = cast.view
    if not view.parsed:
        return
    nouns = _nouns()
    found: dict[str, list[_Found]] = defaultdict(list)
    for k in [k for k, low in enumerate(view.low) if low in nouns]:
        if not cast.owner[k] and (one := _band(cast, k)):
            found[" ".join(view.low[one.start : k + 1])].append(one)
    if not found:
        return
    named = _named(cast)
    for words, places in found.items():
        member = named.get(words)
        if member is None and not (any(one.acts for one in places) or len(places) >= _OFTEN):
            continue
        single = words.split()[-1] in registry().words["one_band"]
        written = view.span(places[0].start, places[0].head + 1).of(view.text)
        several = not single or words == "police"
        kind: ActorKind = "organisation" if single else "group"
        member = member or cast.add(Member(kind, written, plural=several, unnamed=True))
        for one in places:
            cast.put(one.start, one.head + 1, [member], "role")


def _named(cast: Cast) -> dict[str, Member]:
    """The one group of the article that a noun takes up: of “Norvian rebels” the rebels."""
    found: dict[str, list[Member]] = defaultdict(list)
    for member in cast.members:
        if member.kind == "group":
            found[member.name.lower().split()[-1]].append(member)
    return {noun: members[0] for noun, members in found.items() if len(members) == 1}


def _band(cast: Cast, k: int) -> _Found | None:
    """The group whose noun stands at token k, if it is one of its own."""
    view = cast.view
    if view.word(k + 1) == "of" and any(one.cls in _OFFICES for one in registry().roles.get(view.low[k], ())):
        return None  # the leaders of France and Spain
    if view.pos[k] != "NOUN" or view.zone[k] == DATELINE or (view.cap[k] and not view.opening[k]):
        return None
    if view.low[k] == "forces" and view.word(k - 1).startswith("join"):
        return None  # to join forces
    if view.dep[k] in ("compound", "nmod:poss", "appos", "vocative", "xcomp") or view.word(k + 1) == "-":
        return None
    opposed = view.low[k] == "opposition"  # not: public opposition to the plan
    if opposed and (view.word(k + 1) == "to" or not any(view.word(m) == "the" for m in range(k - 3, k))):
        return None
    first = view.bounds[view.sent[k]][0]
    start = k
    for m in range(k - 1, max(first, k - 8) - 1, -1):
        if view.head[m] != k:
            continue
        called = view.dep[m] == "cop" or (view.dep[m] == "case" and view.low[m] in _AS)
        if called or view.dep[m] == "nmod:poss" or view.low[m] in _NONE or (view.cap[m] and cast.owner[m]):
            return None
        if view.dep[m] == "compound" and m == start - 1:
            start = m
    if any(cast.owner[start:k]) or any(view.cap[m] and not view.opening[m] for m in range(start, k)):
        return None
    return _Found(start, k, _acts(view, k))


def _acts(view: View, k: int) -> bool:
    """Whether a verb says what a group does or what is done to it."""
    if any(view.dep[m].startswith("acl") and view.pos[m] == "VERB" for m in view.children(k)):
        return True  # soldiers wounded in the war; protesters who sang
    while view.head[k] < k and (view.dep[k] == "conj" or (view.dep[k] == "nmod" and _some(view, view.head[k]))):
        k = view.head[k]
    verb, dep = view.head[k], view.dep[k]
    if view.pos[verb] != "VERB":
        return False
    if dep.startswith("nsubj"):
        return view.low[verb] not in _STATES
    if dep == "obj":
        return view.low[verb] not in _HEARS
    return dep.startswith("obl") and any(view.low[m] == "by" for m in view.children(k))


def _some(view: View, m: int) -> bool:
    """Whether a word tells how many: thousands of civilians, two of the suspects."""
    return view.low[m] in _SOME or view.tag[m] == "CD"
