"""What a name is, and the small words that belong to names; shared by the modules that find and join them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from analysis.actors.registry import Entry, Found, Role, bag, registry
from analysis.actors.token_view import View

NameKind = Literal[
    "person", "country", "demonym", "people", "capital", "seat", "body", "organisation", "place", "thing", "unknown"
]
LABELS: dict[str, NameKind] = {"PER": "person", "LOC": "place", "ORG": "organisation", "MISC": "thing"}
PARTICLES = bag("de van der von den da do dos das del della di du la le bin bint ibn al el ul ur ten ter zu")
SYLLABLES = bag(
    "un il in hye hee jin hyun wook eun ho soo woo jong young kyun sook uk hwa ja jae kyu min ryul seok su sun "
    "won moon yeon yong yul chol gun sik bok hwan ju ping shek wen"
)
SAYS = bag(
    "said says told tells added adds asked asks replied wrote writes claimed insisted warned announced "
    "confirmed denied argued noted admitted has had is was will would could did does can"
)
_UNSURE = bag("person place organisation unknown")
_FIRMS = bag(
    "company firm group retailer carmaker automaker airline charity manufacturer insurer startup supplier giant "
    "newspaper daily weekly tabloid magazine broadcaster"
)
_PLAIN = frozenset({"ADJ", "ADV", "NOUN", "VERB"})
_STRESSED_LETTERS = 5  # of the longest of several words in capitals: shorter ones are acronyms
_MARKS = bag('“ ” "')
_TOWNS = bag("city town village port council borough district suburb island")
_AFTER_KIND = bag(", . of that which from with based in for whose and – — )")
_APPOSED = 5  # words after the article: “a small family-owned shipping company”
_BESIDE = bag("compound flat appos amod")  # how the grammar hangs a role on the name behind it
_NO_PERSON = bag("official courtesy title")
PLACE_PREPOSITIONS = bag("in at near from to outside around across into through")


@dataclass(frozen=True, slots=True)
class Name:
    """Tokens [start, end). `titles` are the roles written before it; `entry` what a list says of it."""

    start: int
    end: int
    kind: NameKind
    entry: Entry | None = None
    titles: tuple[Role, ...] = ()
    title_start: int = -1
    aside: bool = False  # in a dateline or a credit line: names nobody who acts
    noun: str = ""  # “Renn administration”: what the leader who is named leads,
    whole: int = 0  # and where the name of that body ends

    def of_kind(self, kind: NameKind) -> Name:
        """The name with another kind."""
        return self if kind == self.kind else replace(self, kind=kind)


def role_at(view: View, i: int, limit: int) -> Found | None:
    """The longest listed role that begins at token i and ends by `limit`: its length in tokens and its readings."""
    best = None
    for found in view.roles.get(i, ()):
        if i + found[0] <= limit:
            best = found
    return best


def as_told(view: View, names: list[Name]) -> list[Name]:
    """The names with kinds that the article itself tells: “Lumora, a shipping company,” is one wherever it stands."""
    told: dict[tuple[str, ...], NameKind] = {}
    for name in names:
        if not (name.kind in _UNSURE or (name.kind == "thing" and _aged(view, name.end))):
            continue
        if name.entry is None and not name.titles and (kind := _told(view, name)) is not None:
            told[tuple(view.words[name.start : name.end])] = kind
    if not told:
        return names
    return [
        name.of_kind(kind)
        if name.entry is None
        and (kind := told.get(tuple(view.words[name.start : name.end])))
        and (name.kind in _UNSURE or (name.kind == "thing" and kind == "person"))
        else name
        for name in names
    ]


def _told(view: View, name: Name) -> NameKind | None:
    if view.words[name.start] in registry().given:
        return None  # “told the company Anna Renn had left”
    if 1 < name.end - name.start < 4 and _aged(view, name.end):
        return "person"  # Ewa Zak, 29,
    before, j, low = view.word(name.start - 1).lower(), name.end, view.low
    if before in _FIRMS:
        return "organisation"
    if before == "of" and view.word(name.start - 2).lower() in _TOWNS:
        return "place"
    if view.word(j) not in (",", "is", "was") or view.word(j + 1) not in ("a", "an", "the"):
        return None
    for k in range(j + 2, min(j + 2 + _APPOSED, len(low) - 1)):
        if low[k] in registry().words["company"]:
            return "organisation" if low[k + 1] in _AFTER_KIND else None
        if not low[k].isalpha() or view.cap[k] or view.pos[k] == "ADP":
            return None
    return None


def _aged(view: View, j: int) -> bool:
    """Whether an age stands behind a name, between commas."""
    age = view.word(j + 1)
    return view.word(j) == "," and view.word(j + 2) == "," and age.isdigit() and 1 < len(age) < 3


def portfolio(view: View, k: int, end: int) -> int:
    """“Secretary of Defense | Mark Esper”, “envoy for Karsk | Ada Renn”: where the person's name begins; else 0."""
    given = registry().given
    if k < 2 or view.words[k - 1] not in ("of", "for") or not role_at(view, k - 2, k - 1) or view.words[k] in given:
        return 0
    return next((m for m in range(k + 1, end - 1) if view.words[m] in given and view.cap[m + 1]), 0)


def introduced(view: View, i: int, j: int) -> NameKind | None:
    """What a small role before a name says it is: “the activist Ewa Zak”, “a spokesman for Halden Rail”."""
    if 1 < j - i <= 4 and (role := role_at(view, i - 1, i)) and not view.cap[i - 1] and view.dep[i - 1] in _BESIDE:
        return "person" if role[1][0].cls not in _NO_PERSON and not role[1][0].plural else None
    k = i - 2 if view.word(i - 1) == "the" else i - 1
    if view.word(k) == "for" and (role := role_at(view, k - 1, k)) and role[1][0].cls == "spokesperson":
        given = i < j and view.words[i] in registry().given
        return "organisation" if view.word(k + 1) == "the" or not given else None
    return None


def nickname(view: View, i: int, j: int, b: int) -> bool:
    """Whether marks at token j hold what a person is called: William “Bo” Renn, from a given name at i on."""
    marked = view.words[j] in _MARKS and j - i == 1 and j + 3 < b and view.words[j + 2] in _MARKS
    return marked and view.words[i] in registry().given and view.cap[j + 1] and view.cap[j + 3]


def family_first(view: View, name: Name) -> bool:
    """“Moon Jae-in”, “Kim Jong Un”, “Xi Jinping”: a small syllable ends the name, the family's name stands first."""
    words, last, length = view.words, name.end - 1, name.end - name.start
    hyphened = length == 4 and words[last - 1] in "-‑" and words[last].islower()
    korean = length == 3 and words[name.start] in registry().words["family_first"] and view.low[last] in SYLLABLES
    return words[last] in SYLLABLES or hyphened or korean


def stressed(view: View, i: int, j: int, words: list[str]) -> bool:
    """Whether the capitals of tokens [i, j) only raise the voice: it cost EIGHT MILLION; a TERRIBLE deal."""
    lists = registry()
    if not all(w.isupper() and len(w) > 1 and w.isalpha() for w in words):
        return False
    if len(words) > 1:
        if "-" in view.words[i:j] or max(map(len, words)) < _STRESSED_LETTERS:
            return False  # CBS NEWS
        return not any(w.title() in lists.given for w in words) and words[-1].title() not in lists.words["org_end"]
    if len(words[0]) >= _STRESSED_LETTERS and view.pos[i] in _PLAIN and not view.label[i]:
        return True
    beside = [view.words[k] for k in (i - 1, j) if 0 <= k < len(view.words) and view.words[k].isupper()]
    return any(
        w.lower() in lists.words["pronoun"] or (len(w) > 1 and w.title() in lists.words["opener"]) for w in beside
    )
