"""Finds whom “the company”, “the ministry” or “the bloc” takes up: a body named before, by grammar and place."""

from __future__ import annotations

from analysis.actors.cast import Cast, Member
from analysis.actors.registry import bag

_FIRMS = bag(
    "company firm group retailer manufacturer carmaker automaker airline publisher broadcaster newspaper paper "
    "magazine operator developer insurer brewer chain giant start-up startup supplier utility"
)
_BODIES = bag("group organisation organization charity watchdog")  # what a listed body without a state may be called
_BEFORE = 4  # sentences back in which “the company” may still mean the only firm named there


def company(cast: Cast, k: int, *, bare: bool = False) -> Member | None:
    """“the ministry”, “the company”: the organisation whose name ends so, or the only firm near. Adds the mention."""
    view = cast.view
    article = view.word(k - 1)
    if not bare and article not in ("the", "this"):
        return None
    if not bare and view.word(k + 1) in ("of", "-"):
        return None
    noun = view.low[k]
    named = cast.latest_first([m for m in cast.called(noun) if m.kind in ("organisation", "group")], k)
    firms: dict[Member, None] = {}
    bare_names: dict[Member, None] = {}
    for place in cast.before(k, _BEFORE) if not named else ():
        m = place.member
        if _could_be(m):
            bare_names[m] = None
        elif (
            m.kind in ("organisation", "group")
            and not (m.codes or m.roles)
            and noun in (_BODIES if m.key and m.entry else _FIRMS)
        ):
            firms[m] = None
    best = named[0] if named else next(iter(firms)) if len(firms) == 1 else None
    if best is None and not firms and len(bare_names) == 1 and noun in _FIRMS:
        best = next(iter(bare_names))
        best.kind = "organisation"
    if noun == "bloc" and best is None:
        best = next((m for m in cast.members if m.key == "European Union"), None)
    if noun == "alliance" and best is None:
        best = next((m for m in cast.members if m.key == "North Atlantic Treaty Organization"), None)
    if best is not None and not bare:
        cast.put(k, k + 1, [best], "role")
    return best


def _could_be(member: Member) -> bool:
    """A name of one word that nothing in the article makes a person: “Nordlys closed a mill”."""
    said = member.gender or member.roles or member.age or member.codes or member.key
    return member.kind == "person" and not said and all(len(form) == 1 for form in member.forms)
