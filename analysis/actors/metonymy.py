"""Tells a place name that acts (“Moscow denied it”) from one that is only a place (“a flat in Moscow”).

In: a `View` and the tokens of a place name. Out: a number above 0 where the name stands for those who govern or play
under it, below 0 where it says where something is. The relation to the governing word decides, and lists in
name_words.tsv say which governors turn it round (Markert & Nissim 2007 name the relations that matter).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from analysis import lexicon
from analysis.actors.registry import bag, registry
from analysis.actors.token_view import SHOUTED, View

_AUX = bag(
    "has have had will would can could may might must should shall does do did is was are were wants wanted says said"
)
_IRREGULAR = bag(
    "said says won lost beat led held met made took gave sent put kept told found brought began became ran drew "
    "paid went saw came set cut sold bought spent built fought left hit read let rose fell grew broke chose "
    "drove flew forgot froze knew lay rode sang shook spoke stood stole swore taught thought threw understood "
    "withdrew wrote bid dealt sought backs wants plans needs faces agrees denies accuses calls warns rejects "
    "expects supports welcomes condemns urges seeks signs insists claims announces demands agree deny accuse "
    "call warn reject support welcome condemn urge seek sign insist claim announce demand want plan need play "
    "plays beats wins loses draw meet hosts host"
)
_SKIP = bag(
    "the northern southern eastern western central north south east west northeast northwest southeast southwest "
    "northeastern northwestern southeastern southwestern former breakaway neighbouring neighboring nearby "
    "downtown rural urban occupied modern ancient mainland greater inner"
)  # fmt: skip
_ADVERBS = bag("also now then never always still already repeatedly later recently again not ever today yesterday")
_NUMBERS = "0123456789"
_SCORE = re.compile(r"\d{1,3}[-–]\d{1,3}")


_FEATURES = bag(
    "population area climate community coastline inhabitants residents people hills temperatures households"
)
_ABSTRACT = ("ness", "tion", "sion", "ment", "ence", "ance", "ism", "ship", "cy")
_LEAVING = bag(
    "left leave leaves leaving sail sailed sailing depart departed bound headed escaped fled flee moved embassy "
    "envoy plan home"
)
_BETWEEN = bag(
    "area pass passes located location situated border crossing sandwiched line road distance found commuting"
)


_BE = bag("is are was were be been being")
_LISTS = bag("including : -- – — , (")
_GROUP = 8  # words at most from a list back to the noun for its members
_TIMES = bag("next last this today yesterday tomorrow tonight monday tuesday wednesday thursday friday saturday sunday")
_PREPOSITIONS = bag("of to from over under after")  # beside those that name_words.tsv lists
_FRONTIERS = bag("border borders frontier frontiers boundary boundaries")


class Relation(NamedTuple):
    """How a name hangs on its sentence: kind (subject, object, owner, modifier, preposition, none) and governor."""

    kind: str
    governor: str
    preposition: str = ""


def stands_for_people(view: View, i: int, j: int, known: Relation | None = None) -> float:
    """How strongly the place name in tokens [i, j) stands for people who act: above 0 it does, below 0 it does not.

    `known`: its relation, where somebody has asked for it before.
    """
    return _weigh(view, known or relation(view, i, j), i, j)


def relation(view: View, i: int, j: int) -> Relation:
    """The relation of tokens [i, j) to their sentence; the names of a list share one."""
    left, right = _coordination(view, i, j)
    parsed = _by_parse(view, i, j) if view.parsed else None
    k = left - 1
    while k >= 0 and view.low[k] in _SKIP:
        k -= 1
    before = view.word(k)
    same = k >= 0 and view.sent[k] == view.sent[i]
    r = registry()
    after = (
        view.word(right)
        if right < len(view.words) and view.sent[min(right, len(view.words) - 1)] == view.sent[i]
        else ""
    )
    if after in ("'s", "’s") or (
        after in ("'", "’") and view.low[right - 1].endswith("s") and _noun_after(view, right + 1)
    ):
        return Relation("owner", _noun_after(view, right + 1))
    placed = same and (before == "of" or before in r.words["prep_place"])
    if parsed and parsed.kind in ("subject", "object") and not placed:
        return parsed
    modified = after.isalpha() and after not in _TIMES and not _verbal(view, right) and _is_noun(view, right)
    if modified and (view.words[right][:1].islower() or view.zone[i] == SHOUTED) and after not in ("and", "or"):
        return Relation("modifier", _last_noun(view, right))
    if same and view.parsed and (grouped := _by_group(view, k)):
        return grouped
    if same and (before in _PREPOSITIONS or r.is_(before, "prep_place", "prep_actor")):
        governor = view.word(k - 1)
        if governor in ("the", "a", "an", ",", "back"):
            governor = view.word(k - 2)
        return Relation("preposition", governor, before)
    if parsed:
        return parsed
    m = right
    while m < len(view.words) and (view.low[m] in _ADVERBS or view.low[m].endswith("ly")):
        m += 1
    if m < len(view.words) and view.sent[m] == view.sent[i] and _verbal(view, m):
        return Relation("subject", _main_verb(view, m))
    if same and _verbal(view, k):
        return Relation("object", before)
    return Relation("none", before if same else "")


def _by_parse(view: View, i: int, j: int) -> Relation | None:
    """What the parse says of the name: subject, object, owner or modifier; the members of a list share one relation."""
    top = next((k for k in range(i, j) if not i <= view.head[k] < j), i)
    while view.dep[top] == "conj" and view.cap[view.head[top]] and view.head[top] != top:
        top = view.head[top]
    dep, head = view.dep[top], view.low[view.head[top]]
    if dep in ("nsubj", "nsubj:pass"):
        copular = any(
            view.dep[k] == "cop" and view.head[k] == view.head[top] for k in range(top, min(top + 8, len(view.words)))
        )
        if dep == "nsubj:pass":
            return Relation("subject", head, "passive")
        return Relation("subject", head, "is" if copular else "")
    if dep in ("obj", "iobj"):
        return Relation("object", head)
    if dep == "nmod:poss":
        return Relation("owner", head)
    if dep in ("compound", "amod", "nmod") and view.head[top] >= j:
        return Relation("modifier", head)
    return None


def _coordination(view: View, i: int, j: int) -> tuple[int, int]:
    """The outer bounds of “Britain, France and Germany” round one of its members."""
    n = len(view.words)
    left, right = i, j
    if left and view.low[left - 1] == "the":
        left -= 1
    while left >= 2 and view.sent[left - 1] == view.sent[i] and view.low[left - 1] in ("and", "or", ",", "&"):
        if not view.cap[left - 2] or (view.opening[left - 2] and view.low[left - 2] in ("but", "and")):
            break
        k = left - 2
        while k > 0 and view.cap[k - 1] and view.sent[k - 1] == view.sent[i]:
            k -= 1
        if view.low[left - 1] == "," and right == j and not _listing(view, i, j):
            break
        left = k
    while right + 1 < n and view.sent[right] == view.sent[i] and view.low[right] in ("and", "or", ",", "&"):
        k = right + 1
        if view.low[k] == "the":
            k += 1
        if k >= n or not view.cap[k] or (view.low[right] == "," and not _listing(view, i, j)):
            break
        while k < n and view.cap[k]:
            k += 1
        right = k
    return left, right


def _listing(view: View, i: int, j: int) -> bool:
    """Whether a comma beside the name is that of a list (…, … and …) and not of an address (Paris, France)."""
    low, n = view.low, len(view.low)
    k = j
    while k < n and (view.cap[k] or low[k] in (",", "the")):
        k += 1
    if k < n and low[k] in ("and", "or"):
        return True
    k = i - 1
    while k > 0 and (view.cap[k] or low[k] in (",", "the")):
        k -= 1
    return k >= 0 and low[k] in ("and", "or")


def _by_group(view: View, k: int) -> Relation | None:
    """The relation of the group whose members are listed behind token k: “states such as …”, “three nations: …”."""
    low = view.low
    blocs = registry().words["bloc"]
    if low[k] == "as" and "such" in low[max(0, k - 2) : k]:
        k -= 1
    elif low[k] not in _LISTS and low[k] not in blocs:
        return None
    far = 1 if low[k] in (",", "(") or low[k] in blocs else _GROUP
    first = max(view.bounds[view.sent[k]][0], k - far)
    while k >= first and view.tag[k] != "NNS":
        k -= 1
    if k < first:
        return None
    found = _by_parse(view, k, k + 1)
    if found or view.dep[k] not in ("obl", "nmod"):
        return found
    case = next((m for m in range(max(0, k - 5), k) if view.head[m] == k and view.dep[m] == "case"), None)
    return None if case is None else Relation("preposition", low[view.head[k]], low[case])


def _verbal(view: View, k: int) -> bool:
    if not 0 <= k < len(view.words):
        return False
    if view.tagged:
        return (view.pos[k] in ("VERB", "AUX") and view.tag[k] not in ("VBN", "VBG")) or view.low[k] in _AUX
    w = view.low[k]
    return w in _AUX or w in _IRREGULAR or (w.endswith("ed") and len(w) > 4 and not view.cap[k])


def _is_noun(view: View, k: int) -> bool:
    if view.tagged:
        return view.pos[k] in ("NOUN", "ADJ", "PROPN")
    w = view.low[k]
    r = registry()
    return (
        w in r.words["act"] or w in r.words["pact"] or w in r.words["town"] or w in r.words["company"] or w in r.roles
    )


def _noun_after(view: View, k: int) -> str:
    """The noun a possessor owns: the last of the next few words before anything that ends the phrase."""
    return _last_noun(view, k)


def _last_noun(view: View, k: int) -> str:
    r = registry()
    best = view.word(k)
    for m in range(k, min(k + 5, len(view.words))):
        w = view.low[m]
        if (not w[:1].isalnum() and w != "-") or w in (
            "to",
            "of",
            "in",
            "on",
            "and",
            "for",
            "that",
            "is",
            "was",
            "has",
            "with",
        ):
            break
        if view.tagged:
            if view.pos[m] in ("VERB", "AUX", "ADP", "DET", "PRON"):
                break
            if view.pos[m] in ("NOUN", "PROPN"):
                best = w
        else:
            if _verbal(view, m) and m > k:
                break
            if w in r.words["act"] or w in r.words["pact"] or w in r.words["part"] or w in r.roles:
                best = w
    return best


def _main_verb(view: View, k: int) -> str:
    for m in range(k, min(k + 4, len(view.words))):
        if view.tagged and view.pos[m] == "VERB":
            return view.low[m]
        if not view.tagged and view.low[m] not in _AUX and view.low[m] not in _ADVERBS and view.low[m].isalpha():
            return view.low[m]
    return view.word(k)


def _weigh(view: View, rel: Relation, i: int, j: int) -> float:
    """The rule itself; weights are round because the signs carry it, and magnitudes only break ties with the topic."""
    r = registry()
    words = r.words
    sport = sporting(view, i)
    if view.word(i - 1) in words["locality"] and rel.kind != "owner":
        return -1.0  # the capital Norvia City
    if rel.kind == "subject":
        if rel.governor in ("has", "have", "had", "boasts") and set(view.low[j : j + 6]) & _FEATURES:
            return -1.0
        passive = rel.preposition == "passive" and r.is_(rel.governor, "visit", "placed")
        return -1.0 if (passive or rel.governor in words["stand"]) and not sport else 2.0
    if rel.kind == "object":
        return -1.0 if rel.governor in _BE or (rel.governor in words["visit"] and not sport) else 1.5
    if rel.kind == "owner":
        if _of_a_team(view, j, rel.governor):
            return 1.0
        if rel.governor in words["conquest"]:
            return 1.0 if "of" in view.low[j : j + 5] else -1.0  # Norvia's occupation of Karsk
        if r.is_(rel.governor, "part", "town", "company") or rel.governor in r.roles:
            return -1.0
        meant = rel.governor.endswith((*_ABSTRACT, "ing")) or r.is_(rel.governor, "act", "deed") or _said(rel.governor)
        return 1.0 if meant or (sport and rel.governor in words["sport"]) else -1.0
    if rel.kind == "modifier":
        played = sport and view.word(j) in r.roles  # the Norvia captain, goalkeeper, coach
        played = played or (sport and rel.governor in words["sport"])
        played = played or _of_a_team(view, j, rel.governor)
        return 1.0 if rel.governor in words["act"] or played else -1.0
    if rel.kind == "preposition":
        p, g = rel.preposition, rel.governor
        if p in ("in", "of") and g in words["power"]:
            return 1.0
        if p in ("toward", "towards") and r.is_(g, "dealing", "act"):
            return 1.0
        if p in words["prep_place"]:
            return -2.0
        if p in ("to", "from"):
            return 1.0 if g in words["dealing"] and not (g in words["motion"] and not sport) else (-1.0)
        if p == "of":
            return 0.5 if (r.is_(g, "act", "dealing") and g not in words["part"]) or g == "ahead" else -1.0
        if p in ("over", "after", "under"):
            return 0.5 if sport else -1.0
        before = set(view.low[max(0, i - 7) : i])
        if p == "on":
            return 1.0 if r.is_(g, "dealing", "act") else -0.5
        if p == "for" and (g in words["motion"] or before & _LEAVING):
            return -1.0
        if p == "with" and g in _FRONTIERS:
            return -1.0
        if p == "between" and (r.is_(g, "motion", "part") or before & _BETWEEN):
            return -1.0
        return 1.0
    if _heads_a_line(view, i, j, sport) or view.label[i] in ("ORG", "PER"):
        return 0.5  # where nothing governs a name, what the grammar takes it for
    if rel.governor in ("(", " ") or view.word(j)[:1].isdigit():
        return -0.5
    return 0.4 if sport else -0.3


def _of_a_team(view: View, j: int, governor: str) -> bool:
    """Norvia's new coach, the Norvia goalkeeper Ada Renn, Norvia's first innings: only a team has these."""
    team = registry().words["team"]
    for k in range(j, min(j + 6, len(view.words))):
        if view.low[k] in team:
            return True
        if view.low[k] == governor:
            return False
    return False


def _said(noun: str) -> bool:
    """Norvia's complaints, its promise: who says something acts."""
    return noun in lexicon.cue_nouns() or noun.removesuffix("s") in lexicon.cue_nouns()


def _heads_a_line(view: View, i: int, j: int, sport: bool) -> bool:
    """“Norvia to open port”, “Norvia - Voss (12), Renn (40)”, “Norvia 2, Karsk 0”: who is to act, and who played."""
    if view.word(j) == "to" and view.tagged and view.pos[min(j + 1, len(view.pos) - 1)] == "VERB":
        return True
    begins = i == view.bounds[view.sent[i]][0] or view.word(i - 1) in ("-", "–", ":", " ")
    return (begins and view.word(j) in ("-", "–")) or (sport and (begins or view.word(j)[:1].isdigit()))


def sporting(view: View, i: int) -> bool:
    """Whether the sentence is about a game; there a place name is mostly a team."""
    sentence = view.sent[i]
    if sentence not in view.games:
        view.games[sentence] = _sporting(view, *view.bounds[sentence])
    return view.games[sentence]


def _sporting(view: View, a: int, b: int) -> bool:
    sport = registry().words["sport"]
    score = sum([word in sport for word in view.low[a:b]])
    for k in range(a + 1, b - 1):
        if view.words[k][0].isdigit() and _SCORE.fullmatch(view.words[k]):
            score += 2
        elif view.words[k] in "-–" and view.words[k - 1][:1] in _NUMBERS and view.words[k + 1][:1] in _NUMBERS:
            score += 2 if len(view.words[k - 1]) <= 3 and view.words[k - 2] != view.words[k] else 0
    return score >= 2
