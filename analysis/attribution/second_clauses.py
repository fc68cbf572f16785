"""Where what was said ends among the clauses behind it: a cue and the clause that it governs in, the end out.

Grammar hangs a second clause now on what was said, now on the cue; its tense and its subject show whose it is.
"""

from __future__ import annotations

from analysis import lexicon
from analysis.attribution.phrases import FINITE, SUBJECTS, has
from analysis.language.columns import Columns

OWN = SUBJECTS | {"nsubj:pass", "csubj", "expl"}
SUCH = frozenset({"such", "these", "those"})  # before a noun: what the speaker has just named
AND = frozenset({"and", "but"})
CLAUSES = frozenset({"ccomp", "xcomp"})
ABOVE = 6  # clauses one in another that are looked through for the cue; nobody writes more
PRESENT = frozenset({"VBZ", "VBP"})


def taken_up(seen: Columns, verb: int, right: int) -> int:
    """Saying it was no threat, | and such claims are a pretext; that he was ill, | so he has to go: where it all ends.

    A writer who tells what followed from the words keeps to the past: so the talks were broken off.
    """
    above = seen.heads[verb] if seen.tags[verb] == "VBG" and seen.deps[verb] in {"advcl", "parataxis"} else verb
    for clause in (c for top in dict.fromkeys((verb, above)) for c in seen.children[top] if c > right):
        first = right + (seen.words[right] == ",")
        if seen.deps[clause] not in {"conj", "parataxis"} or seen.lefts[clause] not in {right, first}:
            continue
        subject = next((c for c in seen.children[clause] if seen.deps[c] in OWN), None)
        if subject is None or seen.entities[subject]:
            continue
        such = seen.lower[first] in AND and seen.lower[first + 1] in SUCH and seen.lefts[subject] == first + 1
        if such or (seen.lower[first] == "so" and seen.words[right] == "," and _now(seen, clause)):
            return seen.rights[clause] + 1
    return right


def parted_by_tense(seen: Columns, verb: int, clause: int, right: int) -> int:
    """Where what was said ends before a verb that goes on with its cue."""
    own = (c for c in range(clause + 1, right) if (cue := cue_before(seen, c)) is not None and cue <= verb)
    return next((seen.lefts[c] for c in own), right)


def cue_before(seen: Columns, verb: int) -> int | None:
    """Said the talks go on | and called them good; said the mill would close | and hinted at more: that cue.

    A verb without a subject that is tensed as the cue is, and not as what was said, goes on with the cue.
    """
    at = seen.heads[verb]
    joined = seen.deps[verb] == "conj" and seen.lower[seen.lefts[verb]] in {",", *AND} and not has(seen, verb, OWN)
    if not joined or not _past(seen, verb):
        return None
    tense = _tensed(seen, at)
    if tense not in {"MD", "VB"} and not (tense in PRESENT and seen.lower[verb] in lexicon.cue_forms()):
        return None
    found = None
    for _ in range(ABOVE):
        if seen.deps[at] not in CLAUSES or seen.heads[at] >= at:
            break
        if seen.deps[at] == "ccomp":
            found = seen.heads[at]
        at = seen.heads[at]
    return found if found is not None and seen.tags[found] == "VBD" and found < verb else None


def _past(seen: Columns, verb: int) -> bool:
    """A verb in the past, or a participle with an object, which can only be that."""
    if has(seen, verb, ("aux", "aux:pass", "cop")):
        return False
    return seen.tags[verb] == "VBD" or (seen.tags[verb] == "VBN" and has(seen, verb, ("obj",)))


def _now(seen: Columns, clause: int) -> bool:
    """Whether a clause speaks of now: it has to close, it can be seen; not: it could cost him votes."""
    first = _finite(seen, clause)
    return seen.tags[first] in PRESENT or seen.lower[first] in {"can", "will", "must"}


def _tensed(seen: Columns, clause: int) -> str:
    """The tag of the word that carries the tense of a clause."""
    tag = seen.tags[_finite(seen, clause)]
    return tag if tag in FINITE | {"VB"} else ""


def _finite(seen: Columns, clause: int) -> int:
    """The first auxiliary of a clause, else its verb."""
    helps = (c for c in seen.children[clause] if seen.deps[c] in {"aux", "aux:pass", "cop"} and seen.tags[c] in FINITE)
    return next(helps, clause)
