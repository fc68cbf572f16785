"""Bodies that are called after who leads them: “the Renn administration”, “the Holt government”, “the Vuk campaign”.

In: a `View` and its `Name`s, later the `Cast`. Out: the names of leaders with the noun behind them, and the mentions of
these bodies. What somebody governs with is one actor (the Renn administration is the Renn White House); the campaign is
another one.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from analysis.actors.cast import MOSTLY, Cast, Member
from analysis.actors.naming import SYLLABLES, Name
from analysis.actors.registry import bag, registry
from analysis.actors.token_view import DATELINE, View

_RULE, _CAMPAIGN = "administration", "campaign"
_MONTHS = bag("government cabinet administration")  # the May government; a March campaign is one of that month
_PAST = bag("former ex-")  # a former Renn administration official no longer speaks for it
_ARTICLES = bag("the a an this that each every")
_OWNS = bag("'s ’s ' ’")
OWN = bag("his her")
_FAMILY_FIRST = frozenset({"PRK", "KOR", "CHN"})


@cache
def _nouns() -> dict[str, tuple[tuple[str, ...], str]]:
    """The nouns and their plurals by their first words, in lower case: all words, and the noun."""
    found = {}
    for noun in registry().words["led"]:
        words = tuple(noun.lower().split())
        found[words[0]] = (words, noun)
        if len(words) == 1:
            found[f"{noun}s"] = ((f"{noun}s",), noun)
    return found


def _noun(view: View, k: int) -> tuple[int, str]:
    """Where the noun of such a body that begins at token k ends, and the noun; 0 where none begins."""
    words, noun = _nouns()[view.low[k]]
    end = k + len(words)
    if tuple(view.low[k:end]) != words:
        return 0, ""
    verb = view.tagged and view.pos[end - 1] not in ("NOUN", "PROPN")  # to hear Renn campaign
    return (0, "") if verb else (end, noun)


def with_led(view: View, names: list[Name]) -> list[Name]:
    """The names, with those of leaders that only say whose administration it is."""
    nouns = _nouns()
    at = [k for k, word in enumerate(view.low) if word in nouns and view.zone[k] != DATELINE]
    if not at:
        return names
    ends = {name.end: name for name in names}
    people = {view.low[name.end - 1] for name in names if name.kind == "person"}
    made: list[Name] = []
    for k in at:
        end, noun = _noun(view, k)
        leader = _leader(view, k, ends.get(k), ends.get(end), people, noun) if end else None
        if leader is None:
            continue
        if view.low[end - 1] == f"{noun}s":  # the Renn and Holt administrations
            other = ends.get(leader.start - 1)
            if view.word(leader.start - 1) not in ("and", "&") or other is None or other.kind != "person":
                continue
            made.append(replace(other, noun=noun, whole=other.end))
        made.append(replace(leader, noun=noun, whole=end))
    taken = {k for name in made for k in range(name.start, name.whole)}
    kept = [name for name in names if taken.isdisjoint(range(name.start, name.end))]
    return sorted([*kept, *made], key=lambda name: name.start)


def _leader(view: View, k: int, left: Name | None, whole: Name | None, people: set[str], noun: str) -> Name | None:
    """The name of the leader before a noun at token k, which may have been read as one with it."""
    leaders = registry().leaders
    article = view.word((left.start if left else k - 1) - 1) in _ARTICLES
    if left is not None and noun == _CAMPAIGN and left.end - left.start > 1 and not article:
        return None  # to hear Ada Renn campaign
    if left is not None:
        known = view.low[left.start] in leaders or (view.words[k] == _RULE and _some_name(view, left.start))
        alone = left.end - left.start == 1 and left.entry is None and known
        return left.of_kind("person") if (left.kind == "person" or alone) and not left.aside else None
    last = view.word(k - 1)
    if last not in people and last not in leaders:
        return None
    if whole is not None and whole.start < k and whole.entry is None and not whole.aside:
        return Name(whole.start, k, "person", None, whole.titles, whole.title_start)
    month = article and noun in _MONTHS and view.words[k - 1] in registry().words["month_name"]
    return Name(k - 1, k, "person") if month else None


def _some_name(view: View, k: int) -> bool:
    """Whether a word is a name, if not one that the article reads as a person's; no party, no people."""
    lists = registry().words
    word = view.words[k]
    return (
        view.pos[k] == "PROPN"
        and not word.endswith(("ist", "ite"))
        and not any(word in lists[cls] for cls in ("party", "partial", "wide", "state_short"))
    )


def add_owned(cast: Cast, *, by: frozenset[str] = _OWNS) -> None:
    """“Renn's administration”, and, once the pronouns have their persons, `by` them: “his administration”."""
    view, nouns = cast.view, _nouns()
    for k in [k for k, word in enumerate(view.low) if word in nouns and view.word(k - 1) in by]:
        end, noun = _noun(view, k)
        owner = next(iter(cast.ending(k - (by is _OWNS))), None)
        if end and owner is not None and noun != _CAMPAIGN and owner.member.rules:
            cast.put(k, end, [body_of(cast, owner.member, noun)], "role")


def body_of(cast: Cast, person: Member, noun: str) -> Member:
    """The body of a person, made on first use; its name is the first form of the article."""
    noun = _RULE if noun == "admin" else noun
    surname = _surname(person)
    key = f"{surname} {_CAMPAIGN if noun == _CAMPAIGN else _RULE}"
    body = cast.led.get(key)
    if body is None:
        body = cast.led[key] = cast.add(Member("organisation", f"{surname} {noun}", key=key))
    elif noun == _RULE:
        body.name = key
    body.roles.add(noun)
    body.codes |= person.codes
    return body


def _surname(person: Member) -> str:
    words = [w for w in (person.key or person.name).split() if len(w.strip(".")) > 1] or person.name.split()
    first = (person.codes & _FAMILY_FIRST and person.key) or words[-1].lower() in SYLLABLES
    surname = words[0] if first else words[-1]
    surname = surname[3:] if surname[:3].lower() in ("al-", "el-") else surname
    return surname.title() if surname.isupper() else surname


def meant(cast: Cast, k: int) -> Member | None:
    """Which body a bare noun at token k takes up again: the only one, the only one so near, or by far the most named.

    An American president who is named leads an administration, whether or not the article has called it so.
    """
    noun = cast.view.low[k]
    often = {body: cast.times(body, k) for body in cast.led.values() if noun in body.roles}
    often = {body: times for body, times in often.items() if times}
    sent = cast.view.sent
    near = [body for body in often if sent[cast.latest(body, k)] >= sent[k] - 1]
    if len(near) == 1:
        return near[0]
    if noun == _RULE:
        for person in cast.holders("president"):
            if person.kind == "person" and "USA" in person.codes and (times := cast.times(person, k)):
                body = body_of(cast, person, noun)
                often[body] = often.get(body, 0) + times
    ranked = sorted(often, key=lambda body: -often[body])
    clear = len(ranked) == 1 or (ranked and often[ranked[0]] >= MOSTLY * often[ranked[1]])
    return ranked[0] if clear else None


def served(cast: Cast, k: int) -> Member | None:
    """The body whose noun stands before token k: “a Renn administration | official”, “administration | officials”."""
    view, place = cast.view, next(iter(cast.ending(k)), None)
    if view.word((place.start if place else k - 1) - 1) in _PAST:
        return None
    if place is not None:
        return place.member if place.member in cast.led.values() else None
    return meant(cast, k - 1) if k and view.low[k - 1] in _nouns() else None
