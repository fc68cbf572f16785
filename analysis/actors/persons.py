"""Who is who among the persons: short names to full ones, and what the article says of each.

In: a `Cast` and the names of persons. Out: the cast with one member a person, its gender, offices, age and countries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import partial

from analysis.actors.cast import Cast, Member
from analysis.actors.led import body_of
from analysis.actors.naming import Name, family_first, role_at
from analysis.actors.registry import Leader, Role, registry
from analysis.actors.token_view import SHOUTED, View

_YOUNGER = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii"})  # behind a surname, no part of it


def _parts(view: View, name: Name) -> tuple[str, ...]:
    words = view.low[name.start : name.end]
    return tuple([w for w in words if any(map(str.isalnum, w)) and not (len(w) <= 2 and w.endswith("."))])


def join_persons(cast: Cast, names: list[Name]) -> None:
    view = cast.view
    full = sorted((n for n in names if len(_parts(view, n)) > 1), key=lambda n: (-len(_parts(view, n)), n.start))
    owner: dict[int, Member] = {}
    by_surname: dict[str, list[Member]] = defaultdict(list)
    first_seen: dict[int, int] = {}
    short = _Short()
    for name in full:
        parts = _parts(view, name)
        member = next((m for m in by_surname[parts[-1]] if _same_person(m.forms[0], parts)), None)
        if member is None:
            member = cast.add(Member("person", view.span(name.start, name.end).of(view.text), forms=[parts]))
            by_surname[parts[-1]].append(member)
            short.add(member, family_first(view, name))
        elif member.name.isupper():  # as a headline in capitals writes it; the text may not
            member.name = view.span(name.start, name.end).of(view.text)
        owner[name.start] = member
        first_seen[id(member)] = min(first_seen.get(id(member), name.start), name.start)
        _learn(view, member, name)
    alone = _alone(view, names)
    shared = {
        id(owner[name.start])
        for name in full
        if _stands_beside(view, name) or _relative_of(view, name, alone, first_seen[id(owner[name.start])])
    }
    for name in names:
        if name.start not in owner and (parts := _parts(view, name)) and _leads(name, parts, short.of(parts, _anybody)):
            member = cast.add(Member("person", view.span(name.start, name.end).of(view.text), forms=[parts]))
            short.add(member)
            first_seen[id(member)] = name.start
    latest: dict[int, int] = {}
    for name in sorted(names, key=lambda n: n.start):
        if name.start in owner:
            latest[id(owner[name.start])] = name.start
            continue
        parts = _parts(view, name)
        if not parts:
            continue
        near = view.bounds[max(view.sent[name.start] - 1, 0)][0]
        member = _whose(name, short.of(parts, partial(_may_be, view, shared, name)), latest, first_seen, near)
        if member is None:
            member = cast.add(Member("person", view.span(name.start, name.end).of(view.text), forms=[parts]))
            short.add(member)
        owner[name.start] = member
        latest[id(member)] = name.start
        _learn(view, member, name)
    for member in cast.members:
        _recall(member)
    for name in names:
        if name.noun:  # the Renn administration: of Renn it says no more than that there is one
            cast.put(name.start, name.whole, [body_of(cast, owner[name.start], name.noun)], "name")
            cast.meet(owner[name.start], name.start)
            continue
        start = _with_particles(view, name, owner.get(name.start))
        if len(_parts(view, name)) == 1 and name.title_start >= 0 and all(t.cls == "courtesy" for t in name.titles):
            start = name.title_start
        cast.put(start, name.end, [owner[name.start]] if name.start in owner else [], "name")


class _Short:
    """The people of an article by the words that may stand for them alone."""

    def __init__(self) -> None:
        self._by_end: dict[tuple[str, ...], list[Member]] = defaultdict(list)
        self._by_given: dict[str, list[Member]] = defaultdict(list)
        self._younger: dict[tuple[str, ...], list[Member]] = defaultdict(list)

    def add(self, person: Member, family_first: bool = False) -> None:
        """Take up a person; “Kim Jong Un”, whose family's name stands first, may be “Kim” as Tony Kim may."""
        full = person.forms[0]
        if family_first and len(full) > 1:
            self._by_end[full[:1]].append(person)
        for start in range(len(full)):
            self._by_end[full[start:]].append(person)
            if full[-1] in _YOUNGER and start < len(full) - 1:
                self._younger[full[start:-1]].append(person)
        self._by_given[full[0]].append(person)

    def of(self, parts: tuple[str, ...], may: Callable[[Member], bool]) -> list[Member]:
        """Those whom a short name may mean: by surname and what stands before it, else by the given name."""
        found = [m for m in (self._by_end.get(parts) or self._younger.get(parts) or ()) if may(m)]
        if not found and len(parts) == 1:
            found = [m for m in self._by_given.get(parts[0], ()) if may(m)]
        return found


def _with_particles(view: View, name: Name, member: Member | None) -> int:
    """Where “von der Heide” begins, when capitals showed only “Heide”."""
    start = name.start
    full = member.forms[0] if member else ()
    length = len(_parts(view, name))
    while start > 0 and len(full) > length and full[-length - 1] == view.low[start - 1] and not view.cap[start - 1]:
        start -= 1
        length += 1
    return start


def _same_person(known: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """“Vladimir V. Putin” and “Vladimir Putin”: one name's words are among the other's, or initials agree."""
    if known == other or set(other) <= set(known):
        return True
    a, b = known[0], other[0]
    if (
        known[1:] == other[1:]
        and len(known) == len(other)
        and registry().nicknames.get(a, a) == registry().nicknames.get(b, b)
    ):
        return True
    return len(other) == len(known) == 2 and (
        a.rstrip(".") == b.rstrip(".")[: len(a.rstrip("."))] and len(a.rstrip(".")) <= 2
    )


def _stands_beside(view: View, name: Name) -> bool:
    """Whether the surname alone is another's: “Renn and his wife Ilse Renn”, “Renn's son Otto Renn”, a first lady."""
    surname = _parts(view, name)[-1]
    start, roles = (name.title_start if name.title_start >= 0 else name.start), list(name.titles)
    while back := _role_before(view, start := start - (view.word(start - 1) in ("former", "late", "then"))):
        start = back[0]  # Renn and her husband, former mayor Otto Renn
        roles.extend(back[1])
    if any(role.word == "first lady" for role in roles):
        return True
    k = start - 1
    if view.word(k).lower() in ("his", "her", "the"):
        k -= 1
    kin = any(role.cls == "family" for role in roles)
    if kin and view.word(k) in ("'s", "’s") and view.word(k - 1).lower() == surname:
        return True
    return view.word(k) in ("and", "with", "or") and view.word(k - 1).lower() == surname


def _alone(view: View, names: list[Name]) -> dict[str, int]:
    """Surnames that stand without a given name, and where each does so first."""
    found: dict[str, int] = {}
    for name in names:
        parts = _parts(view, name)
        if len(parts) == 1:
            found[parts[0]] = min(name.start, found.get(parts[0], name.start))
    return found


def _relative_of(view: View, name: Name, alone: dict[str, int], first: int) -> bool:
    """“President Renn … the president's daughter Ilse Renn”: who is met by surname before belongs to the family."""
    before = alone.get(_parts(view, name)[-1], first)
    if before >= first or view.zone[before] == SHOUTED:
        return False
    role = _role_before(view, name.title_start if name.title_start >= 0 else name.start)
    roles = [*name.titles, *(role[1] if role else ())]
    if not any(one.cls == "family" for one in roles):
        return False
    owned = view.word((role[0] if role else name.title_start) - 1)
    return owned in {"'s", "’s", "his", "her"}


def _may_be(view: View, shared: set[int], name: Name, member: Member) -> bool:
    """Whether a surname alone may be this person; where it is somebody else's too, only if a title says so."""
    if id(member) not in shared or _parts(view, name) != member.forms[0][-1:]:
        return True
    gender = next((t.gender for t in name.titles if t.gender), "")
    return bool(gender and gender == member.gender) or any(t.word in member.roles for t in name.titles)


def _anybody(_: Member) -> bool:
    return True


def _leads(name: Name, parts: tuple[str, ...], known: list[Member]) -> bool:
    """“President Renn” of an article that has nobody but Ilse Renn: the leader of that surname, whom it never names."""
    leaders = _listed(parts) if len(parts) == 1 and known else []
    if len(_given(leaders)) != 1 or any(_listed(member.forms[0]) for member in known):
        return False
    one = leaders[0]
    return any(title.word in one.roles or title.gender == one.gender for title in name.titles) and all(
        member.gender and member.gender != one.gender for member in known
    )


def _whose(
    name: Name, candidates: list[Member], latest: dict[int, int], first_seen: dict[int, int], near: int
) -> Member | None:
    """The person a short name means, of those whom it may mean: by title, as a leader, then by who was met last.

    From token `near` on the one person of that surname who is met is nearer than a leader.
    """
    gender = next((t.gender for t in name.titles if t.gender), "")
    if gender:
        candidates = [m for m in candidates if m.gender in ("", gender)]
    if len(candidates) > 1:
        ranked = [
            m
            for m in candidates
            if any(t.word in m.roles or m.is_a(t.word) for t in name.titles if t.cls != "courtesy")
        ]
        ranked = ranked or [m for m in candidates if gender and m.gender == gender] or candidates
        leading = [m for m in ranked if _listed(m.forms[0])]
        met = [m for m in ranked if id(m) in latest]
        beside = [m for m in met if latest[id(m)] >= near]
        if len(leading) == 1 and not gender and (len(beside) != 1 or beside == leading):
            return leading[0]
        if met:
            return max(met, key=lambda m: latest[id(m)])
        return min(ranked, key=lambda m: first_seen.get(id(m), 0))
    return candidates[0] if candidates else None


def _learn(view: View, member: Member, name: Name) -> None:
    """Take up what stands round a name: titles, “, the chief executive,”, country, age, gender."""
    text = view.span(name.start, name.end).of(view.text)
    if len(text) > len(member.name) and len(_parts(view, name)) >= len(member.forms[0]):
        member.name = text
    start = name.title_start if name.title_start >= 0 else name.start
    roles: list[Role] = list(name.titles)
    while (back := _role_before(view, start)) and not (roles and view.word(start - 1) == ","):
        roles.extend(back[1])
        start = back[0]
    for n, role in enumerate(roles):
        if not role.plural and not (n and role.cls == "official"):  # an army spokesman is no army
            member.roles.add(role.word)
        member.gender = member.gender or role.gender
    known = len(member.codes)
    _country_before(view, member, start)
    _after(view, member, name.end)
    member.placed = member.placed or len(member.codes) > known
    member.titled = member.titled or bool(name.titles)
    if not member.gender:
        given = registry().given.get(view.words[name.start], "")
        if name.end - name.start > 1 and given in ("m", "f"):
            member.gender = given


def _role_before(view: View, end: int) -> tuple[int, tuple[Role, ...]] | None:
    """The role that ends where the name begins: “the lawyer | Marek Zielony”."""
    stop = end - 1 if view.word(end - 1) in (",", ":") else end
    if stop < 1 or view.sent[stop - 1] != view.sent[min(end, len(view.sent) - 1)]:
        return None
    for n, readings in view.role_ends.get(stop, ()):
        if not all(r.plural or (stop != end and r.cls == "official") for r in readings):
            return None if stop != end and not _described(view, stop - n) else (stop - n, readings)
    return None


def _described(view: View, k: int) -> bool:
    """Whether the role before a comma opens its sentence or follows “the”, “her”, “’s”: then the name explains it."""
    for m in range(k - 1, max(-1, k - 7), -1):
        if view.word(m) in ("the", "his", "her", "its", "their", "'s", "’s", "a", "an", "said", "says"):
            return True
    return view.opening[k]


def _country_before(view: View, member: Member, start: int) -> None:
    """The country named right before the title: “Russian President”, “Iran's foreign minister”."""
    for back in (1, 2, 3):
        k = start - back
        if k < 0 or view.sent[k] != view.sent[start]:
            return
        w = view.low[k]
        if w in ("'s", "’s", "former", "then", "new", "outgoing", "acting", "-", "top", "senior", "ex"):
            continue
        for length in (3, 2, 1):
            hit = view.listed.get(k - length + 1)
            if hit and hit[0] == length and hit[1].code and hit[1].kind not in ("people", "capital"):
                member.codes.add(hit[1].code)
                return
        if not view.cap[k]:
            return


def _after(view: View, member: Member, k: int) -> None:
    """“…, 52, the chief executive of …” and “… is a doctor” and “… of Russia”."""
    n = len(view.words)
    if view.word(k) == "," and k + 1 < n and view.words[k + 1].isdigit() and len(view.words[k + 1]) <= 2:
        member.age = view.words[k + 1]
        k += 2
    if view.word(k) == "of" and k + 1 < n:
        hit = view.listed.get(k + 1 if view.word(k + 1) != "the" else k + 2) if k + 2 < n else None
        if hit and hit[1].kind == "country":
            member.codes.add(hit[1].code)
    apposed = view.word(k) in (",", "(", "–", "—")
    copula = view.word(k) in ("is", "was", "became", "becomes")
    if not (apposed or copula):
        return
    m = k + 1
    limit = min(n, m + 8)
    seen_article = False
    while m < limit and view.word(m) not in (
        ".",
        ",",
        ";",
        "and",
        "who",
        "which",
        "that",
        "to",
        "in",
        "of",
        "for",
        "with",
        "said",
    ):
        found = role_at(view, m, limit)
        if found and (seen_article or (apposed and m == k + 1) or copula):
            if copula and not seen_article:
                return
            while (more := role_at(view, m + found[0], limit)) is not None:
                m, found = m + found[0], more  # the police commissioner: the last of them is what somebody is
            if view.word(m + found[0]) in ("'s", "’s"):
                return  # Ilse Renn, the mayor's daughter
            singular = [x for x in found[1] if not x.plural]
            member.roles.update(x.word for x in singular)
            member.gender = member.gender or next((x.gender for x in singular if x.gender), "")
            end = m + found[0]
            if view.word(end) == "of" and (hit := view.listed.get(end + 1)):
                member.codes.update({hit[1].code} - {""})
            return
        hit = view.listed.get(m)
        if hit and hit[1].code and hit[1].kind in ("demonym", "country") and (apposed or seen_article):
            member.codes.add(hit[1].code)
        seen_article = seen_article or view.word(m) in (
            "the",
            "a",
            "an",
            "his",
            "her",
            "its",
            "their",
            "our",
            "'s",
            "’s",
        )
        m += 1


def _recall(member: Member) -> None:
    """What leaders.tsv knows of a person whose name it lists, and of a bare surname only one listed person has."""
    if member.kind != "person":
        return
    found = _listed(member.forms[0])
    if len(_given(found)) > 1:
        found = [x for x in found if x.code in member.codes]
        if len(_given(found)) > 1:
            found = []
    if not found:
        return
    leader = found[0]
    member.gender = leader.gender or member.gender  # Lindsey and Jean are given to men and women
    member.codes = {leader.code}
    member.roles.update(leader.roles)
    member.key = leader.name


def _listed(parts: tuple[str, ...]) -> list[Leader]:
    """Whom leaders.tsv lists under a full name, or under a surname alone."""
    found = [x for key in {parts[-1], parts[0]} for x in registry().leaders.get(key, ())]
    if len(parts) == 1:
        return found
    ends = (parts[0], parts[-1])
    return [x for x in found if (told := _flat(x.name)) == " ".join(parts) or _ends(told) == ends]


def _given(leaders: list[Leader]) -> set[str]:
    return {_ends(_flat(one.name))[0] for one in leaders}


def _ends(name: str) -> tuple[str, str]:
    words = name.split()
    return words[0], words[-1]


def _flat(name: str) -> str:
    return name.lower().replace("-", " ").replace(".", "")
