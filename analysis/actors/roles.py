"""Finds the mentions that are no names: “the French leader”, “Russian officials”, “the company”, “the two presidents”.

In: a `View`, its `Name`s and the `Cast` that joining made. Out: the same cast with these mentions added.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import chain

from analysis.actors.cast import Cast, Member, Place
from analysis.actors.firms import company
from analysis.actors.led import meant, served
from analysis.actors.naming import Name, role_at
from analysis.actors.plurals import NUMBERS, group, numbered, wide
from analysis.actors.registry import Role, bag, country_entry, registry
from analysis.actors.token_view import NORMAL, View

_DEFINITE = bag("the this that")
_POSSESSIVE = bag("his her its their our")
_INDEFINITE = bag("a an any every some no another each many several few most all")
_OF_STATE = frozenset({"ruler", "minister", "office", "official", "military", "spokesperson", "executive"})
_ADVISING = bag("adviser advisor aide")  # of the executives, several who speak for their state; Norvian analysts do not
_OF_LAW = bag("enforcement police election campaign")  # officials who do not act for the state abroad
_AGAINST = bag(
    "rebel militant insurgent guerrilla jihadist terrorist warlord opposition"
)  # Norvian rebels fight their state
_CIVIL = bag("passenger civilian commercial cargo")  # a Norvian passenger jet is no deed of Norvia
_SERVING = bag("official aide adviser advisor")  # whose words are those of the administration they serve
_COPULAS = bag("is was are were be been being became become becomes as like not")
_LANDS = bag("country nation kingdom republic emirate")
_STATES = bag("government regime administration cabinet leadership")


@dataclass(slots=True)
class _Phrase:
    """Words before a role: where the phrase begins, its article or possessive, the country its adjective names."""

    start: int
    article: str
    codes: list[str]
    adjective: int  # token of the adjective that names the country, -1 for none
    possessor: Place | None


@cache
def _firsts() -> frozenset[str]:
    return frozenset(word.split()[0].split("-")[0] for word in registry().roles)


@cache
def _wides() -> frozenset[str]:
    return registry().words["wide"] | {"West"}


@cache
def _begins() -> frozenset[str]:
    """What the first token may be of a mention that is no name, in lower case."""
    return _firsts().union(NUMBERS, registry().words["company"], _LANDS, [word.lower() for word in _wides()])


def add_roles(cast: Cast, names: list[Name]) -> None:
    """Add every role, demonym phrase and group to the cast."""
    view, r = cast.view, registry()
    _ages(cast)
    firsts = _firsts()
    people_at = {n.start for n in names if n.kind == "person"} | {n.title_start for n in names if n.title_start >= 0}
    demonyms = {n.end - 1: n for n in names if n.kind in ("demonym", "country", "capital", "seat") and n.entry}
    n = len(view.words)
    wides, begins = _wides(), _begins()
    free = 0
    for k in [k for k, low in enumerate(view.low) if low in begins]:
        if k < free:
            continue
        w = view.low[k]
        if end := (w in NUMBERS and numbered(cast, k)) or (view.words[k] in wides and wide(cast, k)):
            free = end
        elif w in firsts and (found := role_at(view, k, n)):
            free = _role(cast, k, k + found[0], found[1], people_at, demonyms)
        elif w in r.words["company"] and not cast.owner[k]:
            company(cast, k)
        elif w in _LANDS and not cast.owner[k]:
            _land(cast, k)


def _phrase(cast: Cast, k: int, demonyms: dict[int, Name]) -> _Phrase:
    """Walk back from a role over its adjectives to its article: “the former French | president”."""
    view = cast.view
    start, adjective = k, -1
    codes: list[str] = []
    m = k - 1
    while m >= 0 and view.sent[m] == view.sent[k] and k - m <= 6:
        w = view.low[m]
        if m in demonyms and not (demonyms[m].kind == "capital" and view.low[k] in registry().words["local"]):
            name = demonyms[m]
            entry = name.entry
            if entry and entry.code:
                codes.insert(0, entry.code)
                adjective = start = name.start
                m = name.start - 1
                if view.word(m) in ("and", "&") and m - 1 in demonyms:
                    m -= 1
                continue
        if w in _DEFINITE or w in _POSSESSIVE or w in _INDEFINITE:
            return _Phrase(start, w, codes, adjective, None)
        if w in ("'s", "’s", "'", "’"):
            owner = next(iter(cast.ending(m)), None)
            if m - 1 in demonyms and (entry := demonyms[m - 1].entry) and entry.code:
                codes.insert(0, entry.code)
                return _Phrase(start, "'s", codes, demonyms[m - 1].start, owner)
            return _Phrase(start, "'s", codes, adjective, owner)
        named = view.cap[m] and not view.opening[m] and view.words[m] not in registry().words["partial"]
        if not (w.isalpha() or w == "-" or w[:1].isdigit()) or named or _stops(view, m):
            break
        if not _modifies(view, m):
            break
        start = m
        m -= 1
    return _Phrase(start, "", codes, adjective, None)


def _stops(view: View, m: int) -> bool:
    if view.tagged:
        return view.pos[m] in ("VERB", "AUX", "ADP", "CCONJ", "SCONJ", "PRON", "DET", "PUNCT", "ADV")
    return view.low[m] in bag("and or of to in by with as for from said that when after on at")


def _modifies(view: View, m: int) -> bool:
    if view.tagged:
        return view.pos[m] in ("ADJ", "NOUN", "NUM", "PROPN")
    return view.low[m] in bag(
        "former senior top new young old late ex current acting chief deputy outgoing incoming ruling state "
        "military government security veteran local regional federal unnamed anonymous foreign defence defense "
        "high-ranking"
    )


def _role(cast: Cast, k: int, end: int, roles: tuple[Role, ...], people_at: set[int], demonyms: dict[int, Name]) -> int:
    """Read one role at tokens [k, end) and say who it is; return where to go on."""
    view = cast.view
    if any(cast.owner[k:end]):
        return end
    role = roles[0]
    phrase = _phrase(cast, k, demonyms)
    plural = any(x.plural for x in roles)
    official = next((x for x in roles if x.cls == "official"), None)
    if _apposed(cast, phrase) or (view.low[k] == "head" and phrase.article in ("his", "her", "my", "your")):
        return end  # he pointed at his head: no one who leads anything
    if end in people_at or (view.word(end) == "," and end + 1 in people_at and phrase.article):
        return end  # a title: the name after it is the mention
    if view.word(end) in ("'s", "’s") and view.cap[k] and view.zone[k] != NORMAL:
        return end
    spoken = any(x.cls == "spokesperson" for x in roles)
    if spoken and not plural and _spokesman(cast, k, end, phrase):
        cast.spoken_for = next((place.member for place in cast.ending(end)), cast.spoken_for)
        return end
    if phrase.article in ("a", "an", "another") and not plural and view.word(phrase.start - 2) not in _COPULAS:
        cast.unnamed[role.word] = k
    if view.word(end) == "of" and (stop := _of_countries(cast, k, end, roles, plural)):
        return stop
    if not phrase.codes and roles[0].word in _SERVING and (body := served(cast, k)):
        cast.put(k if cast.owner[k - 1] else k - 1, end, [body], "role")
        return end
    if phrase.codes:
        _national(cast, end, roles, plural, official is not None, phrase)
        return end
    if plural:
        return end
    if (
        phrase.article in _DEFINITE
        or (phrase.article in ("his", "her", "'s") and role.cls not in ("family",))
        or (phrase.article == "" and view.opening[phrase.start] is False and view.low[k] == "president" and view.cap[k])
    ):
        _definite(cast, phrase, k, end, roles)
    return end


def _apposed(cast: Cast, phrase: _Phrase) -> bool:
    """“Jan Kolar, the foreign minister,”: the name is the mention, the words after the comma explain it."""
    comma = phrase.start - (2 if phrase.article not in ("", "'s") else 1)
    return cast.view.word(comma) == "," and any(p.member.kind == "person" for p in cast.ending(comma))


def _definite(cast: Cast, phrase: _Phrase, k: int, end: int, roles: tuple[Role, ...]) -> None:
    """“the doctor”: the person whom the article has introduced so; “the government”: the only country's."""
    view = cast.view
    taken_up = phrase.article in ("the", "this") and phrase.start == k and view.word(end) != "of"
    if taken_up and (body := meant(cast, k)):
        cast.put(k, end, [body], "role")
        return
    if view.low[k] in _STATES and phrase.article == "the" and view.word(end) != "of":
        home = view.low[k] != "administration" or any("USA" in land.codes for land in cast.lands)
        if len(cast.lands) == 1 and cast.first("country") < k and phrase.start == k and home:
            cast.put(phrase.start, end, cast.lands, "role")
        return
    if view.low[k] in registry().words["company"] and company(cast, k):
        return
    if view.word(end) == "of":
        return  # “the leader of the Brexit party”: a role of its own
    person = _person_with(cast, roles, [], k)
    if person is None and roles[0].cls == "ruler" and phrase.article == "the" and phrase.start == k:
        person = cast.mostly(roles[0].word, k)
    if person is None and roles[0].cls == "person" and phrase.article == "the" and phrase.start == k:
        person = _only_person(cast, roles[0].gender, k)
    if person is None and cast.spoken_for and roles[0].cls == "spokesperson" and phrase.start == k:
        person = cast.spoken_for
    if person is not None:
        cast.put(phrase.start, end, [person], "role")


def _person_with(cast: Cast, roles: tuple[Role, ...], codes: list[str], k: int) -> Member | None:
    """The person met before token k with this role (and country): the latest, if no other was met as near."""
    likely = [cast.natives(code) for code in codes] if codes else [cast.holders(x.word) for x in roles]
    fitting = [
        m
        for m in dict.fromkeys(chain.from_iterable(likely))
        if m.kind == "person"
        and any((not x.plural and m.is_a(x.word)) or (codes and _stands_level(m, x)) for x in roles)
    ]
    ahead = bool(codes) and cast.view.starts[k] < cast.view.title_end  # of a headline, whoever the text names below it
    met = cast.latest_first(fitting, len(cast.view.words) if ahead else k)
    newest = max((cast.unnamed.get(x.word, -1) for x in roles), default=-1)
    if not codes and met and newest > cast.latest(met[0], k):
        return None  # “A diplomat … The diplomat”, whatever office somebody named before has
    if len(met) == 1:
        return met[0]
    if len(met) > 1 and not codes:
        home = [m for m in met if m.titled and not m.placed and any(x.word in m.roles for x in roles)]
        if len(home) == 1 and all(m.placed for m in met if m is not home[0]):
            return home[0]  # President Renn met the Norvian president, Jan Vuk: “the president” is Renn
        sent = cast.view.sent
        recent = [m for m in met if sent[cast.latest(m, k)] >= sent[k] - 1]
        if len(recent) == 1:
            return recent[0]
        exact = [m for m in met if any(x.word in m.roles for x in roles)]
        return exact[0] if len(exact) == 1 else None
    return met[0] if met else None


def _stands_level(member: Member, role: Role) -> bool:
    """“The French leader” may be a president; “his German counterpart” is whatever the other one is."""
    if role.word in ("leader", "counterpart"):
        return member.rules
    return "counterpart" in member.roles and role.cls in ("ruler", "minister")


def _only_person(cast: Cast, gender: str, k: int) -> Member | None:
    first = cast.view.bounds[cast.view.sent[k]][0]
    if any(low in ("he", "she") for low in cast.view.low[first:k]):
        return None  # he said that the man had left: somebody else
    people = {p.member.id: p.member for p in cast.before(k, 2) if p.member.kind == "person"}
    fitting = [m for m in people.values() if not gender or m.gender in ("", gender)]
    return fitting[0] if len(fitting) == 1 else None


def _national(cast: Cast, end: int, roles: tuple[Role, ...], plural: bool, official: bool, phrase: _Phrase) -> None:
    """A role with a country's adjective: its introduced holder, else officials for their state, else a group."""
    view = cast.view
    start = phrase.adjective if phrase.article != "'s" else phrase.start
    if phrase.article in _INDEFINITE and not plural and not official:
        return
    somebody = phrase.article not in _INDEFINITE  # a Russian diplomat is no one whom the text has met
    if somebody and ((not plural and not official) or roles[0].cls in ("ruler", "minister")):
        person = _person_with(cast, roles, phrase.codes, phrase.start)
        if person is not None and not plural:
            cast.put(phrase.start, end, [person], "role", over=True)
            return
    if view.low[end - 1] == "agency" and view.word(end - 2) == "news":
        return  # the Russian state news agency RIA is no state
    ruling = _OF_STATE if not plural else _OF_STATE - {"office", "executive"}  # US senators, each for himself
    advising = plural and any(x.word in _ADVISING for x in roles)
    state = (plural and official) or any(x.cls in ruling for x in roles) or view.low[end - 1] in _STATES or advising
    state = state and not (_OF_LAW | _CIVIL) & set(view.low[phrase.adjective : end - 1])
    against = {*view.low[phrase.adjective : end - 1], roles[0].word} & _AGAINST
    state = state and not against
    if phrase.article == "'s":
        return
    if state and (plural or official or roles[0].cls in ("ruler", "minister")):
        first = True
        for code in reversed(phrase.codes):
            member = cast.country(country_entry(code))
            if first:
                adjective = _adjective_start(cast, end, code, start)
                cast.put(adjective, end, [member], "demonym", over=True)
                first = False
            else:
                cast.put(start, start + 1, [member], "demonym")
    elif plural:
        text = view.span(phrase.adjective, end).of(view.text)
        cast.put(phrase.adjective, end, [group(cast, text)], "role")


def _adjective_start(cast: Cast, end: int, code: str, start: int) -> int:
    """Where the last adjective of “French and German officials” begins."""
    view = cast.view
    for m in range(end - 1, start - 1, -1):
        if view.low[m] in ("and", "&"):
            return m + 1
    return start


def _spokesman(cast: Cast, k: int, end: int, phrase: _Phrase) -> bool:
    """A spokesman speaks for the organisation: “the company's spokesman”, “a spokesman for the ministry”."""
    view = cast.view
    if phrase.possessor and phrase.possessor.member.kind != "person":
        return cast.put(phrase.start, end, [phrase.possessor.member], "role")
    for m in range(k - 1, max(-1, k - 4), -1):
        if view.low[m] in ("'s", "’s"):
            continue
        owner = next(iter(cast.ending(m + 1)), None)
        if owner and owner.member.kind != "person":
            return cast.put(k, end, [owner.member], "role")
        if view.low[m] in registry().words["company"]:
            firm = company(cast, m, bare=True)
            if firm is not None:
                return cast.put(m if view.word(m + 1) not in ("'s", "’s") else k, end, [firm], "role")
        break
    if phrase.codes:
        member = cast.country(country_entry(phrase.codes[-1]))
        return cast.put(phrase.adjective, end, [member], "role", over=True)
    if view.word(end) in ("for", "of", "at"):
        m = end + 1
        while view.word(m) in ("the", "its"):
            m += 1
        owner = next(iter(cast.beginning(m)), None)
        if owner and owner.member.kind != "person":
            return cast.put(k, end, [owner.member], "role")
        for q in range(m, min(m + 3, len(view.words))):
            if view.low[q] in registry().words["company"] and (firm := company(cast, q, bare=True)):
                return cast.put(k, end, [firm], "role")
    return False


def _of_countries(cast: Cast, k: int, end: int, roles: tuple[Role, ...], plural: bool) -> int:
    """“the presidents of Russia and France”, “the president of France”: the persons, else the states."""
    view = cast.view
    if not any(x.cls in ("ruler", "minister", "official") for x in roles):
        return 0
    m = end + 1
    found: list[tuple[int, str]] = []
    while m < len(view.words) and len(found) < 6:
        if view.low[m] in ("the", "and", ","):
            m += 1
            continue
        hit = view.listed.get(m)
        if not hit or hit[1].kind != "country":
            break
        m += hit[0]
        found.append((m, hit[1].code))
    if not found:
        return 0
    stop = found[-1][0]
    persons = [
        _person_with(cast, tuple(Role(x.word, x.cls, x.gender, False) for x in roles), [code], k) for _, code in found
    ]
    if (plural and all(persons) and len(found) > 1) or (not plural and persons[0] and len(found) == 1):
        start = k
        cast.put(start, stop, [p for p in persons if p], "role", over=True)
        return stop
    return 0


def _land(cast: Cast, k: int) -> None:
    """“the country”: the only one named here or in the sentence before."""
    view = cast.view
    if view.word(k - 1) not in ("the", "this"):
        return
    near = {p.member.id: p.member for p in cast.before(k, 1) if p.member.kind == "country"}
    if len(near) == 1:
        cast.put(k, k + 1, near.values(), "role")


def _ages(cast: Cast) -> None:
    """“the 44-year-old”: the person of that age, else the only one in the sentence before."""
    view = cast.view
    low = view.low
    for k in [k - 2 for k, word in enumerate(low) if word == "year"]:
        if 0 < k < len(low) - 4 and low[k + 4] == "old" and low[k].isdigit() and low[k - 1] == "the":
            aged = [m for m in cast.members if m.age == low[k]]
            person = aged[0] if len(aged) == 1 else None if aged else _only_person(cast, "", k)
            if person is not None:
                end = k + 5
                found = role_at(view, end, len(low))
                end += found[0] if found and not any(x.plural for x in found[1]) else 0
                cast.put(k, end, [person], "role")
