"""Joins the names of an article: short to full, acronym to long form, capital and adjective to country.

In: a `View` and its `Name`s. Out: a `Cast` with one member per actor and a mention for every name that acts.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from analysis.actors.cast import Cast, Member
from analysis.actors.led import add_owned
from analysis.actors.metonymy import relation, sporting, stands_for_people
from analysis.actors.naming import Name, role_at
from analysis.actors.persons import join_persons
from analysis.actors.registry import Entry, bag, country_entry, registry
from analysis.actors.token_view import NORMAL, View
from analysis.model import ActorKind, MentionForm

# Before “Americans”: people of a country, who are not the state.
_COUNTED = bag("two three four five some many most few several more fewer")
_ALIAS_WITHIN = 6  # words from a name to its short form: “the People's Guard — also known as the YPG”
_LEGAL = bag("corp corp. inc inc. ltd ltd. co co. corporation plc llc ag gmbh")
_SMALL = bag("the of and for de la le von van der a an & - ’ ' 's ’s")
_QUALITIES = bag(
    "African American European Asian Arab Western Eastern Latin Nazi Islamic Islamist Muslim Christian Jewish Catholic "
    "Sunni Shiite Shia Wahhabi Democratic Republican Congressional Communist Conservative Liberal Brexit"
)
_AGENTIVE = bag(
    "said says voted sued banned approved rejected agreed signed accused denied wants wanted plans planned "
    "refused decided demanded called urged pledged announced warned insisted claimed condemned welcomed joined "
    "elected declared adopted refuses rejects bans sues votes will sold bought hired fined won lost beat need "
    "needs want has have told asked merged apologised apologized appealed recalled employs employed makes made"
)
_OF_PEOPLE = ("ean", "ian", "ese", "ish")  # “Korean” is not short for a Korean agency
_CONGRESS = frozenset({"Congress", "Senate"})  # whose other chamber is “the House”
_CHAMBER = Entry("body", "House of Representatives", "USA")
_GEORGIA_US = bag(
    "atlanta savannah augusta senator governor peach bulldogs alabama florida carolina runoff republican "
    "republicans democrat democrats county counties u.s. kemp raffensperger abrams electors gop legislature "
    "statehouse"
)
_GEORGIA_ASIA = bag("tbilisi georgian georgians ossetia abkhazia saakashvili russia caucasus batumi")


def join(view: View, names: list[Name]) -> Cast:
    """Make the cast of an article from its names."""
    cast = Cast(view)
    join_persons(cast, [n for n in names if n.kind == "person"])
    add_owned(cast)
    _countries(cast, names)
    _bodies(cast, [n for n in names if n.kind in ("organisation", "body", "unknown", "place")])
    return cast


# --- countries


def _countries(cast: Cast, names: list[Name]) -> None:
    view, r = cast.view, registry()
    sure = {
        n.entry.code for n in names if n.entry and not n.entry.doubtful and n.kind in ("country", "demonym", "people")
    }
    _koreas(cast, sure)
    titled = {n.title_start for n in names if n.title_start >= 0} | {n.start for n in names if n.kind == "person"}
    for name in names:
        entry = name.entry
        if entry is None or name.aside or entry.kind in ("body", "place") or not entry.code:
            continue
        if entry.doubtful and entry.code not in sure:
            continue
        if entry.code == "GEO" and not _georgia_is_a_country(view):
            continue
        i, j = name.start, name.end
        if name.kind == "country":
            _country_name(cast, name, entry, titled)
        elif name.kind in ("capital", "seat"):
            if _acts(view, name):
                cast.put(i, j, [cast.country(entry)], "metonym")
        elif name.kind == "people":
            hyphened = view.word(i - 1) == "-"  # Norvian-Americans: where people come from, no state
            if view.words[j - 1].endswith(("s", "men", "women")) and not hyphened and view.low[i - 1] not in _COUNTED:
                cast.put(i, j, [cast.country(entry)], "demonym")
        elif name.kind == "demonym" and (
            _people(view, i, j) or (view.word(j) in r.words["act"] and not _goods(view, j)) or _does(view, j)
        ):
            cast.put(i, j, [cast.country(entry)], "demonym")


DEED_WITHIN = 4  # words from an adjective to its noun: “Norvian ground and air strikes” are none of them


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
                and after[0:1][0:1] not in (["of"], ["-"])
                and not "".join(after[:1])[:1].isupper()
            )
            if shared or alone:
                where = relation(view, k, k + 1)
                place = where.kind == "preposition" and where.preposition in ("in", "to", "from", "into", "across")
                cast.put(k, k + 1, [both[w == "South"]], "place" if place else "name")


def _people(view: View, i: int, j: int) -> bool:
    """“The Dutch voted”: the adjective with an article and no noun behind it, where people act or are acted on."""
    if view.word(i - 1) != "the" or j - i > 1 or not view.parsed or view.zone[i] != NORMAL:
        return False
    acts = view.dep[i] in ("nsubj", "nsubj:pass", "obj", "iobj") or (view.dep[i] == "conj" and view.head[i] < i)
    return acts and not _is_noun_next(view, j) and view.words[i].endswith(("ch", "sh", "ese", "ss"))


def _is_noun_next(view: View, j: int) -> bool:
    return j < len(view.words) and (view.pos[j] in ("NOUN", "PROPN", "ADJ", "NUM") or view.word(j) == "-")


def _does(view: View, j: int) -> bool:
    """“The Norvian massacre of villagers”, “Norvian air strikes”: what the noun of the adjective that ends at j does.

    A massacre of nobody who is named may as well be one of Norvians.
    """
    head = view.head[j - 1] if view.parsed else j
    if not j <= head < min(j + DEED_WITHIN, len(view.low)):
        return False
    words, noun = registry().words, view.low[head]
    if noun in words["bloodshed"]:
        return view.word(head + 1) == "of" and not view.word(head + 2).isdigit()
    return noun in words["done"] or (head > j and noun in words["struck_by"])


def _goods(view: View, j: int) -> bool:
    """“Russian military officials”, “foreign policy”: the word after the adjective is not the last of its phrase."""
    return bool(role_at(view, j + 1, j + 3)) or (view.word(j) == "state" and view.word(j + 1) != "media")


def _georgia_is_a_country(view: View) -> bool:
    words = set(view.low)
    return len(words & _GEORGIA_ASIA) >= len(words & _GEORGIA_US)


def _country_name(cast: Cast, name: Name, entry: Entry, titled: set[int]) -> None:
    view = cast.view
    i, j = name.start, name.end
    if j in titled and view.word(j) not in ("'s", "’s"):
        return  # “U.S. Secretary of State Antony Blinken”: it says where the person belongs
    rel = relation(view, i, j)
    form: MentionForm = "name"
    if (
        view.word(i - 1) == ","
        and view.cap[i - 2]
        and rel.kind in ("none", "object", "modifier")
        and view.word(j) in (",", ".", "")
    ):
        form = "place"  # “Lyon, France,”
    elif rel.kind in ("preposition", "subject", "modifier") and stands_for_people(view, i, j, rel) < 0:
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
        hit = view.listed.get(j + 1)
        if hit and hit[1].kind == "country":
            return False
    rel = relation(view, i, j)
    if rel.kind == "none" and name.kind == "seat" and view.zone[i] == NORMAL:
        return False
    if rel.kind in ("owner", "modifier") and name.kind == "seat":
        return rel.governor in registry().words["act"]
    if stands_for_people(view, i, j, rel) <= 0:
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
    chamber = _CHAMBER if listed & _CONGRESS or any(_of_house(view, n) for n in names) else None
    made = _Made()
    ordered = sorted(names, key=lambda n: (n.entry is None, -(n.end - n.start), n.start))
    for name in ordered:
        i, j = name.start, name.end
        if name.aside or any(cast.owner[i:j]) or (name.entry is None and role_at(view, i, j) and j - i <= 2):
            continue
        words = tuple(view.words[i:j])
        if name.entry is None and j - i == 1 and view.pos[i] == "ADJ":
            continue  # “Korean” is not short for a Korean agency
        if name.entry is None and (words[-1] in _QUALITIES or (j - i <= 2 and any(c.isdigit() for c in words[-1]))):
            continue  # “North African”, “DF-31A”
        if words[0] in ("The", "the"):
            words = words[1:]
        if not words:
            continue
        low = tuple(view.low[j - len(words) : j])
        entry = name.entry if name.entry and name.entry.kind == "body" else None
        if words == ("House",) and chamber and view.word(j - 2) == "the":
            entry = chamber
        if entry and entry.doubtful and entry.actor not in listed:
            continue
        member: Member | None = None
        if entry:
            member = keyed.get(entry.actor)
        if member is None:
            explained = "alias" if _alias(view, i) else "bracket" if view.word(i - 1) == "(" else ""
            member = made.fuller(words, low, i, explained=explained, whole=entry is not None or _apart(name, words))
        if member is None:
            if name.kind in ("unknown", "place") and not _active(view, i, j):
                continue
            kind: ActorKind = "group" if entry and entry.group else "organisation"
            text = view.span(i if words[0] == view.words[i] else i + 1, j).of(view.text)
            if entry and view.label[i] == "LOC":
                text = entry.actor  # Brussels is where the European Union sits, not its name
            member = cast.add(Member(kind, text, entry=entry, plural=bool(entry and entry.group)))
            if entry:
                member.key = entry.actor
                member.codes.update({entry.code} - {""})
        if entry:
            keyed[entry.actor] = member
        made.add(words, low, member, i)
        text = view.span(j - len(words), j).of(view.text)
        place = entry is not None and view.label[i] == "LOC"
        if len(text) > len(member.name) and not place and (not member.entry or entry or len(words) > 1):
            member.name = text
        member.forms.append(low)
        rel = relation(view, i, j)
        where = rel.kind == "preposition" and rel.preposition in ("in", "at", "near", "outside", "inside")
        cast.put(i, j, [member], "place" if where else "name")


def _of_house(view: View, name: Name) -> bool:
    """The House Committee on Mills."""
    return view.words[name.start] == "House" and "Committee" in view.words[name.start : name.end]


def _active(view: View, i: int, j: int) -> bool:
    rel = relation(view, i, j)
    return (rel.kind == "subject" and (rel.governor in _AGENTIVE or view.word(j) in _AGENTIVE)) or (
        rel.kind == "preposition" and rel.preposition == "by"
    )


def _alias(view: View, i: int) -> bool:
    """Whether “known as”, “called” or the like stands before a name."""
    k = i - 2 if view.word(i - 1) in ("the", "as") else i - 1
    if view.word(k) == "as":
        k -= 1
    return view.word(k) in ("known", "abbreviated") or (view.word(k) == "acronym" and view.word(i - 1) == "the")


def _apart(name: Name, words: tuple[str, ...]) -> bool:
    """Karsk, the place, is not short for the Karsk Army, nor “Korean” for an agency, nor the House for a part."""
    return len(words) == 1 and (name.kind == "place" or words[0].endswith(_OF_PEOPLE) or words[0] == "House")


@dataclass(frozen=True, slots=True)
class _Longer:
    """A name that has its member: the how-manieth it is, its words in lower case, and where it stands."""

    number: int
    low: tuple[str, ...]
    member: Member
    start: int


class _Made:
    """The names that have their members, by what stands for them: a text may name thousands."""

    def __init__(self) -> None:
        self._whole: dict[tuple[str, ...], _Longer] = {}  # the first that is written so
        self._parts: dict[tuple[str, ...], list[_Longer]] = defaultdict(list)  # by their first and their last words
        self._initials: dict[str, list[_Longer]] = defaultdict(list)
        self._starts: dict[int, _Longer] = {}
        self._longest = 0

    def add(self, words: tuple[str, ...], low: tuple[str, ...], member: Member, start: int) -> None:
        """Keep a name, its words as written and in lower case."""
        one = _Longer(len(self._starts), low, member, start)
        self._starts[start] = one
        self._longest = max(self._longest, len(low))
        self._whole.setdefault(low, one)
        for part in {part for k in range(1, len(low)) for part in (low[:k], low[k:])}:
            self._parts[part].append(one)
        for initials in {_initials(words), _initials(words, small=True)}:
            self._initials[initials].append(one)

    def fuller(
        self, words: tuple[str, ...], low: tuple[str, ...], i: int, *, explained: str, whole: bool
    ) -> Member | None:
        """The longer name that words at token i shorten: its first or last words, or its initials.

        `explained`: whether the article says so beside it, in a “bracket” or as an “alias”; `whole`: the words are a
        name of their own, so that they are not the first ones of a longer name.
        """
        letters = words[0].replace(".", "") if len(words) == 1 else ""
        same = self._whole.get(low)
        if same is None and low[-1] in _LEGAL:
            same = self._whole.get(low[:-1])  # Microsoft Corp is Microsoft
        if explained and letters.isupper():
            told = self._explained(low, letters, i, explained)
            if told is not None and (same is None or told.number < same.number):
                return told.member
        if same is not None:
            return same.member
        parts = self._parts.get(low, [])
        if whole:
            parts = [one for one in parts if one.low[: len(low)] != low]
        found = parts if low[-1] not in _SMALL and (len(low) > 1 or len(low[0]) > 3) else []
        if letters.isupper() and 2 <= len(letters) <= 7:
            known = self._initials.get(letters.lower(), ())
            found = [*found, *(one for one in known if not _shortens(low, one.low))]
        return min(found, key=lambda one: (abs(one.start - i), one.number)).member if found else None

    def _explained(self, low: tuple[str, ...], letters: str, i: int, explained: str) -> _Longer | None:
        """“Halden Rail (HRX)”: the name before the bracket, with whose first letter the letters begin.

        “The People's Guard, also known as the YPG”: any letters, a few words behind the name.
        """
        within = _ALIAS_WITHIN if explained == "alias" else 2
        near = (self._starts.get(start) for start in range(i - self._longest - within, i))
        fits = [
            one
            for one in near
            if one is not None
            and i <= one.start + len(one.low) + within
            and (explained == "alias" or letters[0].lower() == one.low[0][0])
            and one.low != low
            and not _shortens(low, one.low)
            and not (2 <= len(letters) <= 7 and one in self._initials.get(letters.lower(), ()))
        ]
        return min(fits, key=lambda one: one.number, default=None)


def _shortens(low: tuple[str, ...], big: tuple[str, ...]) -> bool:
    """Whether words are the first or the last ones of a longer name."""
    return len(big) > len(low) and low in (big[-len(low) :], big[: len(low)]) and low[-1] not in _SMALL


def _initials(words: tuple[str, ...], *, small: bool = False) -> str:
    return "".join(w[0] for w in words if w[:1].isalpha() and (small or w.lower() not in _SMALL)).lower()
