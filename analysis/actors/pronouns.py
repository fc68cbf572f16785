"""Resolves third-person pronouns where only one reading is likely; the others stay silent.

In: a `Cast` with all other mentions. Out: the same cast with pronoun mentions. The subject of the sentence before, or
of this one, is the first choice (Hobbs 1978; Grosz, Joshi and Weinstein 1995); gender and number must agree.
"""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter

from analysis.actors.cast import Cast, Member, Place
from analysis.actors.clauses import anybody, below, clause_owner, of_clause, over, partner, told_of, unnamed_subject
from analysis.actors.registry import bag
from analysis.actors.several import many
from analysis.actors.token_view import NORMAL, View

_PRONOUNS = {
    **dict.fromkeys(("he", "him", "his", "himself"), "m"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "f"),
    **dict.fromkeys(("it", "its", "itself"), "n"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "p"),
}
_REACH = 2  # sentences back in which an antecedent is looked for
_EMPTY_IT = bag(
    "clear likely unlikely possible impossible important necessary hard easy difficult true unclear noted "
    "reported known said believed thought understood expected time raining seems seemed appears appeared takes "
    "took turns turned rained snowed means follows remains remained happened matters alleged announced"
)
_SUBJECTS = bag("he she it they")
_BE = bag("is was will would has had been be may might could can should also not n't being now still")
_SUBJECT_VERBS = bag("said says told added has had is was will would did")


def add_pronouns(cast: Cast) -> None:
    """Add the pronouns whose antecedent is plain."""
    view = cast.view
    mark_subjects(cast)
    inside = _in_marks(view)
    ahead = cast.places
    seen: list[Place] = []
    taken = 0
    for k in [k for k, w in enumerate(view.low) if w in _PRONOUNS]:
        while taken < len(ahead) and ahead[taken].start <= k:
            seen.append(ahead[taken])
            taken += 1
        if cast.owner[k] or _named_so(view, k):
            continue
        kind = _PRONOUNS[view.low[k]]
        members = _owner_behind(view, ahead, taken, k, kind)
        if not members and not anybody(view, k) and not (kind in "mf" and unnamed_subject(cast, k)):
            fits = _unnamed_behind(view, seen, ahead, taken, k)
            members = _antecedent(view, fits, k, kind, inside) or _ahead(cast, seen, k, kind, inside)
        if members and cast.put(k, k + 1, members, "pronoun"):
            new = cast.beginning(k)
            for place in new:
                place.subject = view.low[k] in _SUBJECTS
            seen.extend(new)


def _named_so(view: View, k: int) -> bool:
    """Whether “He” is a name: Vice Premier Liu He; the planner He Lifeng."""
    inner = view.words[k].istitle() and not view.opening[k] and view.zone[k] == NORMAL
    return inner and (view.cap[k - 1] or (k + 1 < len(view.cap) and view.cap[k + 1]))


def mark_subjects(cast: Cast) -> None:
    """Mark the mentions that are subjects: by the parse, else by standing before the verb of their clause."""
    view = cast.view
    for place in cast.places:
        if view.parsed:
            place.subject = _is_subject(view, place)
        else:
            a, _ = view.bounds[view.sent[place.start]]
            plain = [m for m in range(a, place.start) if view.low[m][:1].isalpha()]
            leading = len(plain) <= 4 and not any(
                view.low[m] in ("in", "at", "for", "of", "with", "to", "from", "on", "by", "after", "said")
                for m in plain
            )
            place.subject = (
                (leading and view.word(place.end) not in ("'s", "’s"))
                or view.word(place.end) in _SUBJECT_VERBS
                or view.word(place.start - 1) in ("said", "says")
            )


def _is_subject(view: View, place: Place) -> bool:
    """Whether a word of a mention is a subject, or hangs on one as its partner or apposition."""
    dep, beside = view.dep, False
    for m in range(place.start, place.end):
        if dep[m].startswith("nsubj"):
            return True
        beside = beside or (dep[m] in ("conj", "appos") and dep[view.head[m]].startswith("nsubj"))
    return beside


def _in_marks(view: View) -> list[bool]:
    """Whether a token lies between double quotation marks; the caller's spans win where given."""
    if any(view.quoted):
        return view.quoted
    inside, out = False, []
    for w in view.words:
        if w in ("“", "„", "«"):
            inside = True
        elif w in ("”", "»"):
            inside = False
        elif w == '"':
            inside = not inside
        elif "\n\n" in w:
            inside = False
        out.append(inside)
    return out


def _owner_behind(view: View, ahead: list[Place], taken: int, k: int, kind: str) -> list[Member]:
    """“Before his move to Karsk, Jan Pell was a clerk”: whose it is stands behind, as the subject."""
    said = view.low[k] in ("he", "she") and view.low[view.bounds[view.sent[k]][0]] == "as"  # as he has said, Renn …
    if not view.parsed or not (view.low[k] in ("his", "her") or said):
        return []
    first, last = view.bounds[view.sent[k]]
    fronted = k > first and view.pos[first] in ("ADP", "SCONJ")
    if not fronted or any(view.dep[m].startswith("nsubj") for m in range(first, k)):
        return []
    for place in ahead[taken:]:
        if place.start >= last:
            break
        if place.member.kind == "person" and place.form == "name":
            opens = place.subject and view.word(place.start - 1) == "," and place.member.gender in ("", kind)
            return [place.member] if opens else []
    return []


def _unnamed_behind(view: View, seen: list[Place], ahead: list[Place], taken: int, k: int) -> list[Place]:
    """The mentions without those of whom the clause of “he” or “she” names: “he said that Renn …” is not Renn."""
    if view.low[k] not in ("he", "she") or not view.parsed or not view.dep[k].startswith("nsubj"):
        return seen
    verb, last = view.head[k], view.bounds[view.sent[k]][1]
    other: set[int] = set()
    for place in ahead[taken:]:
        if place.start >= last:
            break
        named = place.member.kind == "person" and place.form == "name" and view.dep[place.start] != "compound"
        if named and below(view, place.start, verb):
            other.add(id(place.member))
    return [p for p in seen if id(p.member) not in other] if other else seen


def _antecedent(view: View, seen: list[Place], k: int, kind: str, inside: list[bool]) -> list[Member]:
    if kind == "n":
        return _thing(view, seen, k, inside) or ([] if inside[k] else _vowed(view, _latest(view, seen, k, 0), k))
    if kind == "p":
        return [] if inside[k] else many(view, _latest(view, seen, k, 1), k)
    return _person(view, seen, k, kind, inside)


def _latest(view: View, seen: list[Place], k: int, sentences: int) -> list[Place]:
    """Those of the mentions, in the order of the text, that reach back so many sentences at most."""
    first = view.bounds[max(view.sent[k] - sentences, 0)][0]
    return seen[bisect_left(seen, first, key=attrgetter("start")) :]


def _person(view: View, seen: list[Place], k: int, gender: str, inside: list[bool]) -> list[Member]:
    here = view.sent[k]
    near = [p for p in _latest(view, seen, k, _REACH) if p.member.kind == "person" and p.start < k]
    near = [p for p in near if p.member.gender == gender or (not p.member.gender and p.subject)]
    near = [p for p in near if not _shouted(view, p) or view.sent[p.start] == here]
    if not inside[k] and view.word(k + 1) in _SUBJECT_VERBS:  # “Renn is late,” he said: somebody else
        quoted_of = {id(p.member) for p in near if inside[p.start] and view.sent[p.start] == here and p.form == "name"}
        near = [p for p in near if id(p.member) not in quoted_of]
    if view.parsed:
        near = [p for p in near if view.sent[p.start] != here or not told_of(view, p, k, seen)]
    single = [p for p in near if sum(1 for q in near if q.start == p.start) == 1]
    if not single:
        return []
    people: dict[int, Member] = {id(p.member): p.member for p in single}
    if inside[k]:
        quoted = [p for p in single if inside[p.start] and view.sent[p.start] >= here - 1]
        return [quoted[-1].member] if quoted and len({id(p.member) for p in quoted}) == 1 else []
    if len(people) == 1:
        member = single[-1].member
        if not member.gender and here - view.sent[single[-1].start] <= 1:
            member.gender = gender
        return [member]
    if view.parsed and (beside := partner(view, [p for p in single if p.form == "name"], k)):
        return [beside]
    sure = [p for p in single if p.member.gender == gender] or single
    if len({id(p.member) for p in sure}) == 1:
        return [sure[-1].member]
    if view.parsed and (owner := clause_owner(view, sure, k)):
        return [owner]
    subjects = [p for p in sure if p.subject and not inside[p.start]]
    same = [p for p in subjects if view.sent[p.start] == here]
    only = _only(view, seen, sure, k, gender, inside)
    if view.low[k] == "him":
        other = any(p.subject and only is not None and p.member is not only.member for p in sure)
        if only is not None and only.subject and not other and view.parsed and not _same_clause(view, only, k):
            return [only.member]
        return []  # “Putin met Macron and told him”: hardly ever the subject, and which other one is open
    if view.parsed and (upper := over(view, same, k)):
        return [upper]
    if same and len({id(p.member) for p in same}) == 1:
        return [same[-1].member]
    turned = [p for p in sure if p.form == "name" and view.sent[p.start] == here]
    if not same and turned and view.low[k - 1] in ("but", "and") and view.word(k - 2) == ",":
        return [turned[-1].member]  # they moved on from Renn, but she …
    before = [p for p in subjects if view.sent[p.start] == here - 1]
    if only is not None and not same and (not before or view.low[k] in ("his", "her")):
        return [only.member]
    last = same or [p for p in subjects if view.sent[p.start] == here - 1]
    if last:
        first_clause = [p for p in last if p.form == "pronoun"] or last[:1] if not same else last[-1:]
        return [first_clause[-1].member]
    return []


def _only(view: View, seen: list[Place], sure: list[Place], k: int, gender: str, inside: list[bool]) -> Place | None:
    """The last mention of the one person whom the sentence names before a pronoun, if no other may be meant."""
    own = [p for p in sure if view.sent[p.start] == view.sent[k] and not inside[p.start]]
    here = [p for p in _latest(view, seen, k, 0) if p.start < k and p.member.kind == "person"]
    likely = {id(p.member) for p in here if p.member.gender in ("", gender)}
    known = {p.start for p in here}
    first = view.bounds[view.sent[k]][0]
    open_ = any(_PRONOUNS.get(view.low[m]) == gender and m not in known for m in range(first, k))  # he wants, whom he …
    return own[-1] if own and len(likely) == 1 and not open_ else None


def _same_clause(view: View, place: Place, k: int) -> bool:
    """Whether a mention is the subject of the verb, or of one joined to it, that has the pronoun for its object."""
    verb = view.head[k] if view.pos[view.head[k]] in ("VERB", "AUX") else view.head[view.head[k]]
    verbs = {verb}
    while view.dep[verb] in ("conj", "xcomp") and view.head[verb] not in verbs:
        verb = view.head[verb]
        verbs.add(verb)
    return any(view.head[m] in verbs and view.dep[m].startswith("nsubj") for m in range(place.start, place.end))


def _shouted(view: View, place: Place) -> bool:
    """A line in capitals between paragraphs is a link to another article: nobody in it is who “he” means below it."""
    first, end = view.bounds[view.sent[place.start]]
    plain = [w for w in view.words[first:end] if w.isalpha() and len(w) > 1]
    return len(plain) > 2 and all(w.isupper() for w in plain)


def _ahead(cast: Cast, seen: list[Place], k: int, gender: str, inside: list[bool]) -> list[Member]:
    """“I saw nothing,” she said. Hanna Brix lives opposite: a text that begins so means whoever it names next."""
    view = cast.view
    opening = view.bounds[view.sent[k]][0]
    told = any(view.words[m][:1].isalnum() and not inside[m] for m in range(opening, k))
    if view.low[k] not in ("he", "she") or told or inside[k] or any(p.member.kind == "person" for p in seen):
        return []
    people = [p for p in cast.places if p.member.kind == "person" and p.start > k]
    first = min(people, key=lambda p: p.start, default=None)
    if first is None or not first.subject or first.form != "name" or first.end - first.start < 2 or inside[first.start]:
        return []
    if view.sent[first.start] - view.sent[k] > _REACH or first.member.gender not in ("", gender):
        return []
    first.member.gender = gender
    return [first.member]


def _thing(view: View, seen: list[Place], k: int, inside: list[bool]) -> list[Member]:
    """“It” and “its”: the organisation or country that is the subject here, or began the sentence before."""
    w = view.low[k]
    here = view.sent[k]
    if w == "it" and _empty(view, k):
        return []
    if inside[k]:
        return []
    fit = [
        p
        for p in _latest(view, seen, k, 1)
        if p.member.kind in ("organisation", "country") and p.form != "place" and not p.member.plural
    ]
    if w == "its" and view.parsed and (own := clause_owner(view, fit, k)):
        return [own]
    same = [p for p in fit if view.sent[p.start] == here and p.subject]
    if w != "it" and len({id(p.member) for p in same}) > 1 and (own := of_clause(view, same, k)):
        return [own]
    if same and (
        w != "it"
        or view.low[k - 1]
        in (
            "that",
            "if",
            "because",
            "when",
            "while",
            "and",
            "but",
            "as",
            "said",
            "says",
            "until",
            "after",
            "before",
            ",",
        )
    ):
        return [same[-1].member] if len({id(p.member) for p in same}) == 1 else []
    others = [p for p in fit if view.sent[p.start] == here]
    if others and w != "it" and len({id(p.member) for p in others}) == 1 and not same:
        return [others[-1].member] if view.word(others[-1].end) not in ("'s", "’s") else []
    if not view.opening[k] and not (w == "its" and not others) and not _says(view, k, inside):
        return []
    back = [p for p in fit if view.sent[p.start] == here - 1 and p.subject]
    if not back:
        return []
    first = back[0]
    if len({id(p.member) for p in back}) > 1 and back[1].start - back[0].start < 4:
        return []
    return [first.member]


def _vowed(view: View, near: list[Place], k: int) -> list[Member]:
    """“The council vowed it would go on”: the subject of the verb that tells what “it” does."""
    verb = view.head[k]
    if not view.parsed or view.dep[k] != "nsubj" or view.dep[verb] != "ccomp" or _empty(view, k):
        return []
    told = view.children(view.head[verb])
    subject = next((m for m in told if m < k and view.dep[m] == "nsubj"), -1)
    own = [p.member for p in near if p.start <= subject < p.end and p.form != "place"]
    fits = len(own) == 1 and own[0].kind in ("organisation", "country") and not own[0].plural
    if not fits or view.tag[subject].endswith("S"):
        return []
    return [] if any(view.dep[m] == "conj" for m in view.children(subject)) else own


def _says(view: View, k: int, inside: list[bool]) -> bool:
    """“It is too early to say,” it said: nothing but somebody's words stands before the pronoun in its sentence."""
    first = view.bounds[view.sent[k]][0]
    return view.word(k + 1) in _SUBJECT_VERBS and all(
        inside[m] or not view.words[m][:1].isalnum() for m in range(first, k)
    )


def _empty(view: View, k: int) -> bool:
    """“It is clear that …”, “it rained”, “It was “a disgrace” that …”."""
    m = k + 1
    while m < len(view.words) and view.low[m] in _BE:
        m += 1
    if view.word(m) in _EMPTY_IT and m - k <= 4:
        b = view.bounds[view.sent[k]][1]
        return any(
            view.low[q] in ("that", "to", "how", "whether", "if", "like") for q in range(m, min(b, m + 12))
        ) or view.word(m).endswith("ed")
    return view.word(k + 1) in ("is", "was", "’s", "'s") and view.word(k + 2) in ("“", '"', "a", "the", "not")
