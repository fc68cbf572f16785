"""Joins the names of an article: short to full, acronym to long form, capital and adjective to country.

In: a `View` and its `Name`s. Out: a `Cast` with one member per actor and a mention for every name that acts or is judged.
"""

from __future__ import annotations

from collections import defaultdict

from analysis.actors.cast import Cast, Member
from analysis.actors.metonymy import relation, sporting, stands_for_people
from analysis.actors.names import Name, role_at
from analysis.actors.registry import Entry, Leader, Role, country_entry, registry
from analysis.actors.view import NORMAL, View
from analysis.model import ActorKind, MentionForm

_SMALL = frozenset("the of and for de la le von van der a an & - ’ ' 's ’s".split())
_AGENTIVE = frozenset(
    "said says voted sued banned approved rejected agreed signed accused denied wants wanted plans planned refused decided "
    "demanded called urged pledged announced warned insisted claimed condemned welcomed joined elected declared adopted "
    "refuses rejects bans sues votes will sold bought hired fined won lost beat need needs want has have told asked".split()
)
_GEORGIA_US = frozenset(
    "atlanta savannah augusta senator governor peach bulldogs alabama florida carolina runoff republican republicans democrat "
    "democrats county counties u.s. kemp raffensperger abrams electors gop legislature statehouse".split()
)
_GEORGIA_ASIA = frozenset("tbilisi georgian georgians ossetia abkhazia saakashvili russia caucasus batumi".split())


def join(view: View, names: list[Name]) -> Cast:
    """Make the cast of an article from its names."""
    cast = Cast(view)
    _persons(cast, [n for n in names if n.kind == "person"])
    _countries(cast, names)
    _bodies(cast, [n for n in names if n.kind in ("organisation", "body", "unknown", "place")])
    return cast


# --- persons


def _parts(view: View, name: Name) -> tuple[str, ...]:
    return tuple(
        w for w in view.low[name.start : name.end] if w not in ("-", "‑") and not (len(w) <= 2 and w.endswith("."))
    )


def _persons(cast: Cast, names: list[Name]) -> None:
    view = cast.view
    full = sorted((n for n in names if len(_parts(view, n)) > 1), key=lambda n: (-len(_parts(view, n)), n.start))
    owner: dict[int, Member] = {}
    by_surname: dict[str, list[Member]] = defaultdict(list)
    first_seen: dict[int, int] = {}
    for name in full:
        parts = _parts(view, name)
        member = next((m for m in by_surname[parts[-1]] if _same_person(m.forms[0], parts)), None)
        if member is None:
            member = cast.add(Member("person", view.span(name.start, name.end).of(view.text), forms=[parts]))
            by_surname[parts[-1]].append(member)
        owner[name.start] = member
        first_seen[id(member)] = min(first_seen.get(id(member), name.start), name.start)
        _learn(view, member, name)
    latest: dict[int, int] = {}
    for name in sorted(names, key=lambda n: n.start):
        if name.start in owner:
            latest[id(owner[name.start])] = name.start
            continue
        parts = _parts(view, name)
        if not parts:
            continue
        member = _whose(view, name, parts, cast, by_surname, latest, first_seen)
        if member is None:
            member = cast.add(Member("person", view.span(name.start, name.end).of(view.text), forms=[parts]))
            by_surname[parts[-1]].append(member)
        owner[name.start] = member
        latest[id(member)] = name.start
        _learn(view, member, name)
    for member in cast.members:
        _recall(member)
    for name in names:
        start = _with_particles(view, name, owner.get(name.start))
        if len(_parts(view, name)) == 1 and name.title_start >= 0 and all(t.cls == "courtesy" for t in name.titles):
            start = name.title_start
        cast.put(start, name.end, [owner[name.start]] if name.start in owner else [], "name")


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
    return len(other) == len(known) == 2 and (
        a.rstrip(".") == b.rstrip(".")[: len(a.rstrip("."))] and len(a.rstrip(".")) <= 2
    )


def _whose(
    view: View, name: Name, parts: tuple[str, ...], cast: Cast, by_surname: dict[str, list[Member]],
    latest: dict[int, int], first_seen: dict[int, int],
) -> Member | None:  # fmt: skip
    """The person a short name means: by surname, then by what stands before family names, then by the given name."""
    people = [m for m in cast.members if m.kind == "person"]
    candidates = [m for m in people if m.forms[0][-len(parts) :] == parts]
    if not candidates and len(parts) == 1:
        candidates = [m for m in people if m.forms[0][0] == parts[0]]
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
        met = [m for m in ranked if id(m) in latest]
        if met:
            return max(met, key=lambda m: latest[id(m)])
        return min(ranked, key=lambda m: first_seen.get(id(m), 0))
    return candidates[0] if candidates else None


def _learn(view: View, member: Member, name: Name) -> None:
    """Take up what stands round a name: titles, “, the chief executive,”, country, age, gender."""
    if name.kind == "person" and len(view.span(name.start, name.end).of(view.text)) > len(member.name):
        if len(_parts(view, name)) >= len(member.forms[0]):
            member.name = view.span(name.start, name.end).of(view.text)
    start = name.title_start if name.title_start >= 0 else name.start
    roles: list[Role] = list(name.titles)
    while (back := _role_before(view, start)) and not (roles and view.word(start - 1) == ","):
        roles.extend(back[1])
        start = back[0]
    for role in roles:
        if not role.plural:
            member.roles.add(role.word)
        member.gender = member.gender or role.gender
    _country_before(view, member, start)
    _after(view, member, name.end)
    if not member.gender:
        given = registry().given.get(view.words[name.start], "")
        if name.end - name.start > 1 and given in ("m", "f"):
            member.gender = given


def _role_before(view: View, end: int) -> tuple[int, tuple[Role, ...]] | None:
    """The role that ends where the name begins: “the lawyer | Marek Zielony”, “vice-president and former sprinter, | …”."""
    stop = end - 1 if view.word(end - 1) in (",", ":") else end
    if stop < 1 or view.sent[stop - 1] != view.sent[min(end, len(view.sent) - 1)]:
        return None
    for n in (5, 4, 3, 2, 1):
        if stop - n >= 0:
            found = role_at(view, stop - n, stop)
            if found and found[0] == n and not all(r.plural for r in found[1]):
                if stop != end and not _described(view, stop - n):
                    return None
                return stop - n, found[1]
    return None


def _described(view: View, k: int) -> bool:
    """Whether the role before a comma opens its sentence or follows “the”, “her”, “’s”: only then the name explains it."""
    for m in range(k - 1, max(-1, k - 7), -1):
        if view.word(m) in ("the", "his", "her", "its", "their", "'s", "’s", "a", "an", "said", "says"):
            return True
    return view.opening[k]


def _country_before(view: View, member: Member, start: int) -> None:
    """The country whose name or adjective stands right before the title: “Russian President”, “Iran's foreign minister”."""
    r = registry()
    for back in (1, 2, 3):
        k = start - back
        if k < 0 or view.sent[k] != view.sent[start]:
            return
        w = view.low[k]
        if w in ("'s", "’s", "former", "then", "new", "outgoing", "acting", "-", "top", "senior", "ex"):
            continue
        for length in (3, 2, 1):
            hit = r.phrases.at(view.words, k - length + 1) if k - length + 1 >= 0 else None
            if hit and hit[0] == length and hit[1].code and hit[1].kind not in ("people", "capital"):
                member.codes.add(hit[1].code)
                return
        if not view.cap[k]:
            return


def _after(view: View, member: Member, k: int) -> None:
    """“…, 52, the chief executive of …” and “… is a doctor” and “… of Russia”."""
    r = registry()
    n = len(view.words)
    if view.word(k) == "," and k + 1 < n and view.words[k + 1].isdigit() and len(view.words[k + 1]) <= 2:
        member.age = view.words[k + 1]
        k += 2
    if view.word(k) == "of" and k + 1 < n:
        hit = r.phrases.at(view.words, k + 1 if view.word(k + 1) != "the" else k + 2) if k + 2 < n else None
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
            singular = [x for x in found[1] if not x.plural]
            member.roles.update(x.word for x in singular)
            member.gender = member.gender or next((x.gender for x in singular if x.gender), "")
            end = m + found[0]
            if view.word(end) == "of" and end + 1 < n and (hit := r.phrases.at(view.words, end + 1)):
                member.codes.update({hit[1].code} - {""})
            return
        hit = r.phrases.at(view.words, m)
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
    parts = member.forms[0]
    keys = {parts[-1], parts[0]}
    found: list[Leader] = [x for key in keys for x in registry().leaders.get(key, ())]
    if len(parts) > 1:
        plain = " ".join(parts)
        found = [
            x
            for x in found
            if _flat(x.name) == plain or (_flat(x.name).split()[0], _flat(x.name).split()[-1]) == (parts[0], parts[-1])
        ]
    elif len({_flat(x.name).split()[0] for x in found}) > 1:
        found = [x for x in found if x.code in member.codes] if member.codes else []
        if len({_flat(x.name).split()[0] for x in found}) > 1:
            found = []
    if not found:
        return
    leader = found[0]
    member.gender = member.gender or leader.gender
    member.codes = {leader.code}
    member.roles.update(leader.roles if len(parts) > 1 or len(found) >= 1 else ())
    if len(parts) == 1:
        member.key = leader.name


def _flat(name: str) -> str:
    return name.lower().replace("-", " ").replace(".", "")


# --- countries


def _countries(cast: Cast, names: list[Name]) -> None:
    view, r = cast.view, registry()
    sure = {
        n.entry.code for n in names if n.entry and not n.entry.doubtful and n.kind in ("country", "demonym", "people")
    }
    _koreas(cast, sure)
    titled = {n.title_start for n in names if n.title_start >= 0} | {n.start for n in names if n.kind == "person"}
    asian = _georgia_is_a_country(view)
    for name in names:
        entry = name.entry
        if entry is None or name.aside or entry.kind in ("body", "place") or not entry.code:
            continue
        if entry.doubtful and entry.code not in sure:
            continue
        if entry.code == "GEO" and not asian:
            continue
        i, j = name.start, name.end
        if name.kind == "country":
            _country_name(cast, name, entry, titled)
        elif name.kind in ("capital", "seat"):
            if _acts(view, name):
                cast.put(i, j, [cast.country(entry)], "metonym")
        elif name.kind == "people":
            if view.words[j - 1].endswith(("s", "men", "women")) and view.word(i - 1) not in (
                "two",
                "three",
                "four",
                "five",
                "some",
            ):
                cast.put(i, j, [cast.country(entry)], "demonym")
        elif name.kind == "demonym" and view.word(j) in r.words["act"] and not _goods(view, j):
            cast.put(i, j, [cast.country(entry)], "demonym")


def _koreas(cast: Cast, sure: set[str]) -> None:
    """“the North”, “North and South Korea”, “the two Koreas”, in an article that names either state."""
    view = cast.view
    if not sure & {"PRK", "KOR"}:
        return
    both = [cast.country(country_entry("PRK")), cast.country(country_entry("KOR"))]
    for k, w in enumerate(view.words):
        if w == "Koreas":
            cast.put(k, k + 1, both, "name")
        elif w in ("North", "South") and view.zone[k] == NORMAL:
            after = view.words[k + 1 : k + 4]
            shared = after[:1] == ["and"] and after[1:] in (["South", "Korea"], ["North", "Korea"])
            alone = (
                view.word(k - 1) == "the"
                and not after[0:1][0:1] in (["of"], ["-"])
                and not "".join(after[:1])[:1].isupper()
            )
            if shared or alone:
                where = relation(view, k, k + 1)
                place = where.kind == "preposition" and where.preposition in ("in", "to", "from", "into", "across")
                cast.put(k, k + 1, [both[w == "South"]], "place" if place else "name")


def _goods(view: View, j: int) -> bool:
    """“Russian military officials”, “foreign policy”: the word after the adjective is not the last of its phrase."""
    return bool(role_at(view, j + 1, j + 3)) or view.word(j) == "state" and view.word(j + 1) != "media"


def _georgia_is_a_country(view: View) -> bool:
    words = set(view.low)
    return len(words & _GEORGIA_ASIA) >= len(words & _GEORGIA_US)


def _country_name(cast: Cast, name: Name, entry: Entry, titled: set[int]) -> None:
    view = cast.view
    i, j = name.start, name.end
    if j in titled and view.word(j) not in ("'s", "’s"):
        return  # “U.S. Secretary of State Antony Blinken”: it says where the person belongs
    rel = relation(view, i, j)
    weight = stands_for_people(view, i, j)
    form: MentionForm = "name"
    if rel.kind == "preposition" and weight < 0:
        form = "place"
    elif (
        view.word(i - 1) == ","
        and view.cap[i - 2]
        and rel.kind in ("none", "object", "modifier")
        and view.word(j) in (",", ".", "")
    ):
        form = "place"  # “Lyon, France,”
    elif rel.kind == "subject" and weight < 0:
        form = "place"
    cast.put(i, j, [cast.country(entry)], form)


def _acts(view: View, name: Name) -> bool:
    """Whether a capital or a seat of power stands for the government: it must act, and not as a town."""
    i, j = name.start, name.end
    if (
        view.zone[i] == NORMAL
        and view.word(j) == ","
        and j + 1 < len(view.words)
        and view.cap[j + 1]
        and name.kind == "capital"
    ):
        hit = registry().phrases.at(view.words, j + 1)
        if hit and hit[1].kind == "country":
            return False
    rel = relation(view, i, j)
    if rel.kind == "none" and name.kind == "seat" and view.zone[i] == NORMAL:
        return False
    if rel.kind in ("owner", "modifier") and name.kind == "seat":
        return rel.governor in registry().words["act"]
    if stands_for_people(view, i, j) <= 0:
        return False
    if name.kind == "capital":
        a, b = view.bounds[view.sent[i]]
        words = registry().words
        if any(view.low[k] in words["town"] for k in range(a, b)):
            return False
        if sporting(view, i):
            return False
    return True


# --- organisations


def _bodies(cast: Cast, names: list[Name]) -> None:
    view = cast.view
    listed = {n.entry.actor for n in names if n.entry and n.entry.kind == "body" and not n.entry.doubtful}
    keyed: dict[str, Member] = {}
    made: list[tuple[tuple[str, ...], Member, int]] = []
    ordered = sorted(names, key=lambda n: (n.entry is None, -(n.end - n.start), n.start))
    for name in ordered:
        i, j = name.start, name.end
        if name.aside or any(cast.owner[i:j]) or (name.entry is None and role_at(view, i, j) and j - i <= 2):
            continue
        words = tuple(view.words[i:j])
        if words[0] in ("The", "the"):
            words = words[1:]
        if not words:
            continue
        entry = name.entry if name.entry and name.entry.kind == "body" else None
        if entry and entry.doubtful and entry.actor not in listed:
            continue
        member: Member | None = None
        if entry:
            member = keyed.get(entry.actor)
        if member is None:
            member = _fuller(view, words, made, i)
        if member is None:
            if name.kind in ("unknown", "place") and not _active(view, i, j):
                continue
            kind: ActorKind = "group" if entry and entry.group else "organisation"
            text = view.span(i if words[0] == view.words[i] else i + 1, j).of(view.text)
            member = cast.add(Member(kind, text, entry=entry, plural=bool(entry and entry.group)))
            if entry:
                member.key = entry.actor
                member.codes.update({entry.code} - {""})
        if entry:
            keyed[entry.actor] = member
        made.append((words, member, i))
        text = view.span(j - len(words), j).of(view.text)
        if len(text) > len(member.name) and (not member.entry or entry or len(words) > 1):
            member.name = text
        member.forms.append(tuple(w.lower() for w in words))
        rel = relation(view, i, j)
        where = rel.kind == "preposition" and rel.preposition in ("in", "at", "near", "outside", "inside")
        cast.put(i, j, [member], "place" if where else "name")


def _active(view: View, i: int, j: int) -> bool:
    rel = relation(view, i, j)
    return (rel.kind == "subject" and (rel.governor in _AGENTIVE or view.word(j) in _AGENTIVE)) or (
        rel.kind == "preposition" and rel.preposition == "by"
    )


def _fuller(
    view: View, words: tuple[str, ...], made: list[tuple[tuple[str, ...], Member, int]], i: int
) -> Member | None:
    """The longer name that these words shorten: its first or last words, or its initials."""
    low = tuple(w.lower() for w in words)
    found: list[tuple[int, Member]] = []
    letters = words[0].replace(".", "") if len(words) == 1 else ""
    acronym = letters.isupper() and 2 <= len(letters) <= 7
    for other, member, start in made:
        big = tuple(w.lower() for w in other)
        if big == low:
            return member
        if len(big) > len(low) and (big[-len(low) :] == low or big[: len(low)] == low) and low[-1] not in _SMALL:
            if len(low) > 1 or len(low[0]) > 3:
                found.append((abs(start - i), member))
        elif acronym and letters.lower() in (_initials(other), _initials(other, small=True)):
            found.append((abs(start - i), member))
        elif len(words) == 1 and view.word(i - 1) == "(" and start < i <= start + len(other) + 2:
            if letters.isupper() and letters[0].lower() == big[0][0]:
                return member
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _initials(words: tuple[str, ...], *, small: bool = False) -> str:
    return "".join(w[0] for w in words if w[:1].isalpha() and (small or w.lower() not in _SMALL)).lower()
