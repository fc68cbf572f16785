"""Mentions of several at once: “the two leaders”, “both countries”, “Western countries”, “French farmers”.

In: a `Cast` and the token where such a phrase begins. Out: the token where it ends, 0 where it is none; the cast grows.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from analysis.actors.cast import Cast, Member
from analysis.actors.naming import role_at
from analysis.actors.registry import Role, bag, registry
from analysis.actors.token_view import NORMAL

NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4}
_SIDES = bag("countries nations states governments sides capitals neighbours neighbors powers parties republics")


def numbered(cast: Cast, k: int) -> int:
    """“the two leaders”, “both men”, “the three countries”: the last so many that fit."""
    view = cast.view
    wanted = NUMBERS[view.low[k]]
    if view.low[k] != "both" and view.word(k - 1) not in ("the", "these", "their", "'s", "’s") and not view.opening[k]:
        return 0
    m = k + 1
    if view.low[k] == "both" and view.word(m) in ("the", "of"):
        return 0
    for m in range(k + 1, min(k + 4, len(view.words))):
        w = view.low[m]
        found = role_at(view, m, len(view.words))
        if w in _SIDES and not (w == "parties" and view.word(m - 1) == "political"):
            members = _latest(cast, k, wanted, lambda x: x.kind == "country")
            end = m + 1
        elif (
            found
            and any(x.plural for x in found[1])
            and not any(x.cls == "official" and len(found[1]) == 1 for x in found[1])
        ):
            members = _latest(cast, k, wanted, partial(_fits, roles=found[1]))
            end = m + found[0]
        else:
            continue
        if view.word(end) == "of" and w in _SIDES:
            return 0  # both sides of the aisle
        if len(members) == wanted:
            cast.put(k, end, members, "role", over=True)
            return end
        return 0
    return 0


def _fits(member: Member, roles: tuple[Role, ...]) -> bool:
    if member.kind != "person":
        return False
    if roles[0].cls == "person":
        return not roles[0].gender or member.gender in ("", roles[0].gender)
    if roles[0].word in ("leader", "counterpart"):
        return True
    return any(member.is_a(x.word) for x in roles)


def _latest(cast: Cast, k: int, wanted: int, fits: Callable[[Member], bool]) -> list[Member]:
    found: list[Member] = []
    for place in cast.before(k, 6):
        if place.member not in found and fits(place.member) and place.form != "place":
            found.append(place.member)
    if len(found) > wanted and fits(found[0]) and found[0].kind == "person":
        rulers = [m for m in found if m.rules]
        if len(rulers) >= wanted:
            found = rulers
    return found[:wanted] if len(found) >= wanted else []


def wide(cast: Cast, k: int) -> int:
    """“Western countries”, “the West”: a group with no list of members."""
    view = cast.view
    if view.words[k] == "West" and view.word(k - 1) == "the" and view.zone[k] == NORMAL:
        follows = view.words[k + 1] if k + 1 < len(view.words) else ""
        if follows[:1].isupper() or (
            view.word(k - 2) in ("in", "to", "from", "of") and view.word(k - 3) in ("parts", "far", "south")
        ):
            return 0
        member = group(cast, "Western countries") if _named(cast, "Western countries") else group(cast, "the West")
        behind = view.word(k - 2) in ("in", "to", "from", "into", "across")
        cast.put(k, k + 1, [member], "place" if behind else "name")
        return k + 1
    if view.word(k + 1) in registry().words["bloc"]:
        if any(cast.owner[k : k + 2]):
            return 0
        text = view.span(k, k + 2).of(view.text)
        cast.put(k, k + 2, [group(cast, text)], "name")
        return k + 2
    return 0


def _named(cast: Cast, name: str) -> bool:
    return any(m.name == name for m in cast.members)


def group(cast: Cast, name: str) -> Member:
    found = next((m for m in cast.members if m.kind == "group" and m.name.lower() == name.lower()), None)
    return found or cast.add(Member("group", name, plural=True))
