"""A second look at an article's names: held together by small words, one kind a string, and those of headlines.

In: a `View` and the `Name`s that capitals and lists gave. Out: the names as the whole article reads them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from analysis.actors.naming import PARTICLES, PLACE_PREPOSITIONS, SAYS, Name, NameKind, family_first
from analysis.actors.registry import bag, registry
from analysis.actors.token_view import DATELINE, NORMAL, SHOUTED, View

_WIDE_FIRST = bag("National International American European British Royal Federal World")
_OWNERS = bag("People Women Men Children Workers Worker Farmers Doctors Veterans Teachers Nurses King Queen")
_JOINS = ({"of"}, {"for"}, {"of", "the"}, {"for", "the"}, {"on"}, {"and"}, {"&"}, {"'s"}, {"’s"}, {"'"}, {"’"})


def joined(v: View, names: list[Name]) -> list[Name]:
    """“Bank” of “England”, “Workers” ’ “Party”: names that small words hold together."""
    r = registry()
    out: list[Name] = []
    for name in names:
        prev = out[-1] if out else None
        if prev is not None and 0 < name.start - prev.end <= 2 and v.zone[name.start] == NORMAL:
            gap = v.low[prev.end : name.start]
            if set(gap) in _JOINS and _holds(v, prev, gap, name):
                words = v.words[prev.start : prev.end]
                kind: NameKind = "organisation"
                if words[-1] in r.words["thing"] or (prev.kind == "thing" and words[-1] not in r.words["org_head"]):
                    kind = "thing"
                elif words[-1] in r.words["place"] and words[-1] not in r.words["org_head"]:
                    kind = "place"
                out[-1] = Name(prev.start, name.end, kind)
                continue
        out.append(name)
    return out


def _holds(v: View, left: Name, gap: list[str], right: Name) -> bool:
    r = registry()
    if left.titles or right.titles or left.aside:
        return False
    words = v.words[left.start : left.end]
    small = gap[0]
    if v.labelled and all(v.label[m] and v.label[m] == v.label[left.start] for m in range(left.start, right.end)):
        return small not in ("and",) or any(a <= left.start and right.end <= b for a, b, _ in v.ents)
    if small in ("of", "for", "on"):
        last_two = set(words[-1:]) | set(words[:1])
        heads = r.words["org_head"] if small != "on" else {"Committee", "Council", "Commission", "Conference"}
        known = left.kind in ("country", "demonym", "capital", "body", "person", "people", "seat")
        if last_two & heads and not known and v.words[left.end - 1] not in ("Office",):
            return right.kind != "person" or small == "for"
        return small == "of" and left.kind in ("thing", "place") and right.kind != "person"
    if small == "and":
        if words[0] in _WIDE_FIRST and right.kind == "organisation" and words[-1] not in r.words["org_end"]:
            return True  # “National Air and Space Intelligence Center”
        inner = {"of", "for"} & set(v.low[left.start : left.end])
        return bool(inner) and right.kind in ("organisation", "unknown", "thing") and words[0] in r.words["org_head"]
    if small == "&":
        return True
    if right.kind in ("person", "country", "demonym"):
        return False
    # “Workers’ Party”, and any plural that owns a kind of body: “Dockers’ Union”
    plural = small in ("'", "’") and words[-1].endswith("s") and left.kind not in ("person", "country", "capital")
    return words[-1] in _OWNERS or (plural and v.words[right.end - 1] in r.words["org_head"])


def settled(v: View, names: list[Name]) -> list[Name]:
    """One string, one kind; a surname met alone is the person whose full name the article gives."""
    r = registry()
    surnames = {v.words[n.end - 1] for n in names if n.kind == "person" and (n.end - n.start > 1 or n.titles)}
    surnames |= {v.words[n.start] for n in names if n.kind == "person" and family_first(v, n)}
    people = {v.words[n.end - 1] for n in names if n.kind == "person" and n.end - n.start > 1}
    firms = _short_for(v, names) - surnames
    kinds: dict[str, Counter[NameKind]] = defaultdict(Counter)
    for n in names:
        kinds[" ".join(v.words[n.start : n.end])][n.kind] += 2 if n.titles else 1
    out = []
    for n in names:
        text = " ".join(v.words[n.start : n.end])
        single = n.end - n.start == 1
        if n.entry is None and not n.titles:
            if (single or v.low[n.start] in PARTICLES) and v.words[n.end - 1] in surnames:
                n = n.of_kind("person")
            elif single and v.words[n.start] in firms:
                n = n.of_kind("organisation")
            elif n.kind in ("unknown", "place", "thing") or (single and n.kind != "unknown"):
                best = kinds[text].most_common(1)[0][0]
                if best != "unknown" and kinds[text][best] > kinds[text][n.kind] // 2:
                    n = n.of_kind(best)
        elif single and text in people and n.kind in ("country", "capital", "place") and text not in ("US", "UK"):
            if v.word(n.start - 1) not in PLACE_PREPOSITIONS:
                n = replace(n, kind="person", entry=None)
        elif (
            n.kind in ("country", "capital") and single and v.word(n.end) in r.words["ware"] and v.pos[n.end] != "VERB"
        ):
            n = replace(n, kind="thing", entry=None)
        out.append(n)
    taken = [False] * len(v.words)
    for n in out:
        taken[n.start : n.end] = [True] * (n.end - n.start)
    for k in [k for k, opens in enumerate(v.opening) if opens]:  # “May said …”, when the article has met Theresa May
        fits = v.words[k] in people and not taken[k] and v.zone[k] == NORMAL
        if fits and (v.low[k] not in v.plain or v.word(k + 1) in SAYS):
            out.append(Name(k, k + 1, "person"))
    return out


def _short_for(v: View, names: list[Name]) -> set[str]:
    """First words by which the article may call its organisations: “Greenleaf Energy”, later “Greenleaf”."""
    r = registry()
    towns = {  # “Halden” is no short name where something happens in Halden
        v.words[n.start] for n in names if n.kind == "place" and v.word(n.start - 1) in PLACE_PREPOSITIONS
    }
    return {
        v.words[n.start]
        for n in names
        if v.words[n.start] not in towns and n.kind == "organisation" and n.entry is None and n.end - n.start > 1
        and v.words[n.end - 1] in r.words["org_end"]
        and v.words[n.start] not in r.given and v.words[n.start] not in r.words["opener"]
    }  # fmt: skip


def headlines(v: View, names: list[Name]) -> list[Name]:
    """Names in title case or capitals: those the article has elsewhere, those listed, and given name + surname."""
    likely = [k for k in v.capitals if v.zone[k] not in (NORMAL, DATELINE)]
    if not likely:
        return []
    known: dict[str, list[tuple[tuple[str, ...], Name]]] = defaultdict(list)
    for n in names:
        if n.aside:
            continue
        parts = tuple(v.low[n.start : n.end])
        known[parts[0]].append((parts, n))
        if n.kind == "person" and len(parts) > 1:
            known[parts[-1]].append((parts[-1:], replace(n, titles=())))
    for found in known.values():
        found.sort(key=lambda pair: -len(pair[0]))
    out = []
    free = 0
    for k in likely:
        if k >= free and (new := _headline_name(v, k, known.get(v.low[k], ()))):
            out.append(new)
            free = new.end
    return out


def _headline_name(v: View, k: int, known: Iterable[tuple[tuple[str, ...], Name]]) -> Name | None:
    r = registry()
    for parts, n in known:
        if tuple(v.low[k : k + len(parts)]) == parts:
            return Name(k, k + len(parts), n.kind, n.entry)
    hit = v.listed.get(k) or r.shouted.at(v.words, k)
    unsure = v.words[k] in (bag("US WHO ICE POLISH TURKEY IT") if v.zone[k] == SHOUTED else bag("Us Who Ice It"))
    if hit and not unsure:
        return Name(k, k + hit[0], hit[1].kind, hit[1])
    given = v.words[k].title()
    if (
        given in r.given
        and given not in r.words["opener"]
        and k + 1 < len(v.words)
        and v.cap[k + 1]
        and v.zone[k + 1] == v.zone[k]
    ):
        surname = v.words[k + 1]
        if surname.isalpha() and surname.title() not in r.words["opener"] and v.low[k + 1] not in v.plain:
            return Name(k, k + 2, "person")
    if (
        v.zone[k] == SHOUTED
        and v.low[k] in r.leaders
        and not r.is_(given, "calendar", "opener")
        and v.low[k] not in v.plain
    ):
        return Name(k, k + 1, "person")  # RENN IN THE LEAD, of a leader of the lists
    for a, b, label in v.ents:
        if a == k and label == "PER" and v.words[k].title() in r.given and b - a <= 3:
            return Name(a, b, "person")
    return None
