"""What was said, as indirect speech: a cue in the tree and its source in, the stretches of words out.

The clause that the cue governs, what follows it as its object, or the rest of the sentence around it (Pareti 2016).
"""

from __future__ import annotations

from analysis import lexicon
from analysis.actors.registry import registry
from analysis.attribution.insertions import beside, clause_of, says_as, sentence_around
from analysis.attribution.misread import (
    CLAUSES,
    acts_on,
    and_that,
    behind_hearer,
    lost_clause,
    misread,
    of_another,
    parted_clause,
    parted_where,
    predicate,
    rest_of_relative,
)
from analysis.attribution.objects import (
    ABOUT,
    COMMAS,
    armed,
    doing,
    for_whom_to,
    is_matter,
    judged,
    matter,
    names_matter,
    summed,
    told_of,
)
from analysis.attribution.phrases import PROPER, RELATIVES, SUBJECTS, behind, chars, has, that, trimmed
from analysis.attribution.second_clauses import parted_by_tense, taken_up
from analysis.attribution.subjects import HEARD, can_act, cited, goes_on, is_heard, subject
from analysis.language.columns import Columns
from analysis.lexicon import frames
from analysis.model import Span

# Which child of a cue is the content.
CLOSEST = {"ccomp": 0, "xcomp": 1, "advcl": 2, "obj": 3, "nsubj:pass": 4, "obl": 5}
ACTED = SUBJECTS | {"nsubj:pass", "csubj", "expl"}
OF_DEEDS = ABOUT | {"of"}
OF_DEED = frozenset({"of", "for", "as"})
WONDERED = frozenset({"WDT", "WP", "WRB"})


def find(seen: Columns, verb: int, last: int, frame: frozenset[str], source: Span | None) -> tuple[Span, ...]:
    """The clause that a cue governs, after it, before it, or around it."""
    if any(cited(seen, child) is not None for child in seen.children[verb]):
        return ()  # cited an official as saying …: what the official says is found there
    for child in _likely(seen, verb):
        if (
            _fits(seen, verb, child, last, frame)
            and not (source is not None and source.contains(chars(seen, child, child + 1)))
            and not _says_nothing(seen, verb, child, frame)
            and (found := _governed(seen, verb, child, last, frame, source)) is not None
        ):
            if seen.deps[child] != "nsubj:pass":
                return found
            whom = _of_whom(seen, verb)
            return whom if whom and {"naming", "as"} & frame else (*found, *whom)  # was called by Renn | a gamble
    if "siding" in frame:
        return ()
    lost = lost_clause(seen, verb, frame)
    if lost is not None:
        return tuple(trimmed(seen, seen.lefts[lost], seen.rights[lost] + 1))
    noun = misread(seen, verb, last, source, frame)
    if noun is not None:
        return tuple(trimmed(seen, seen.lefts[noun], seen.rights[noun] + 1))
    rest = rest_of_relative(seen, verb, last)
    if rest is not None:
        return tuple(trimmed(seen, last + 1, seen.rights[rest] + 1))
    parted = parted_clause(seen, verb) if "inserted" in frame else None
    if parted is not None:
        return tuple(trimmed(seen, *parted))
    ends = all(seen.deps[c] in {"obl", "obl:agent", "punct"} for c in behind(seen, verb))
    if source is not None and ends and cited(seen, verb) is not None:
        return tuple(
            sentence_around(seen, seen.heads[verb], None)
        )  # the mill is a wreck, the Echo quoted Renn as saying
    if "mental" not in frame and says_as(seen, verb, last):
        return tuple(beside(seen, verb))
    if source is None or ("mental" in frame and any(seen.deps[c] in {"obj", "xcomp"} for c in behind(seen, verb))):
        return ()  # the roof fell in, and Renn held a summit; the mill continues to make a loss
    return tuple(sentence_around(seen, verb, source))


def _likely(seen: Columns, verb: int) -> list[int]:
    """The words on a cue that may head what was said, the likeliest first."""
    found, places = seen.children[verb], []
    for c in found:
        if seen.deps[c] in CLOSEST:
            own = has(seen, c, SUBJECTS | {"nsubj:pass"})  # that Renn, accused of theft, has to go
            places.append((CLOSEST[seen.deps[c]], seen.lefts[c] if own else c, c))
    if seen.tags[verb] == "NNS":  # the regime that put them there claims to have …: taken for a noun
        places += [(CLOSEST["xcomp"], c, c) for c in found if seen.deps[c] == "acl" and c > verb]
    return [place[-1] for place in sorted(places)]


def _fits(seen: Columns, verb: int, child: int, last: int, frame: frozenset[str]) -> bool:
    """Whether the cue takes such a child as its content."""
    dep, tag = seen.deps[child], seen.tags[child]
    if dep == "ccomp":
        return True
    if dep == "xcomp" and tag in {"VBN", "VBD"} and last + 1 == seen.lefts[child] and has(seen, child, SUBJECTS):
        return True  # admitted his army faced a rout
    if dep == "xcomp" or dep == "acl":
        going = "ing" in frame and (tag == "VBG" or seen.lower[seen.lefts[child]] == "having")
        return going or ("to" in frame and not ("naming" in frame and tag != "VB"))
    if dep == "advcl":  # called on the board to go
        if last < child and that(seen, child) and seen.lower[seen.lefts[child]] == "that":
            return has(seen, child, SUBJECTS | {"nsubj:pass"})  # added that a new leak would make it worse
        if tag == "VBG" and _led_deed(seen, child, frame):
            return True
        return "to" in frame and last > verb and seen.lower[seen.lefts[child]] == "to"
    if dep != "obl" and ("object" in frame or tag == "WP"):
        return True
    if "to" in frame and child == last + 2 and seen.tags[child - 1] == "TO" and tag in {"NN", "VB"}:
        return True  # declined to comment: an infinitive taken for a noun
    if "toward" in frame and has(seen, verb, ("obj",)):
        return False  # referred the matter to the council
    return dep != "nsubj:pass" and child > last and names_matter(seen, child, last, frame)


def _led_deed(seen: Columns, clause: int, frame: frozenset[str]) -> bool:
    """Warned against closing it, spoke of closing it, admitted to closing it: a deed behind a preposition."""
    first = seen.lower[seen.lefts[clause]]
    return ("about" in frame and first in OF_DEEDS) or ("ing" in frame and first == "to")


def _governed(
    seen: Columns, verb: int, child: int, last: int, frame: frozenset[str], source: Span | None
) -> tuple[Span, ...] | None:
    """The words of the clause or phrase that `child` heads; None where the cue stands in it and it is no clause."""
    left, right = seen.lefts[child], seen.rights[child] + 1
    dep = seen.deps[child]
    if left <= verb < right:
        if child < verb or dep != "ccomp":
            return None
        before = () if _tells_when(seen, verb, child) else trimmed(seen, left, clause_of(seen, verb, source)[0])
        around = [*before, *trimmed(seen, verb + 1, right)]
        return tuple(s for s in around if s.end - s.start > len("which"))
    if dep == "ccomp" and right <= verb and not has(seen, child, ACTED):
        # The head of the board, who left in May, told Renn so, the paper said.
        left = min([left, *(seen.lefts[c] for c in seen.children[verb] if seen.deps[c] in SUBJECTS and c < left)])
    elif dep == "ccomp":
        parted = (c for c in seen.children[child] if c > child and _against(seen, c))
        another = of_another(seen, verb, child)
        right = min([right, *(seen.lefts[c] for c in parted)])
        if another is None:
            right = taken_up(seen, verb, and_that(seen, verb, parted_by_tense(seen, verb, child, right)))
        else:
            right = min(right, another)
        right = next((seen.rights[c] + 1 for c in behind(seen, verb) if _thought(seen, child, c, right)), right)
        gerunds = (c for c in behind(seen, verb) if seen.deps[c] == "xcomp" and seen.rights[c] + 1 == left)
        left = next((seen.lefts[c] for c in gerunds if seen.tags[c] == "VBG"), left)  # argued closing the mill would …
        left = _behind_day(seen, left, child) if left == last + 1 else left
        left = behind_hearer(seen, left, child) if left == last + 1 and "hearer" in frame else left
        right = summed(seen, left, right)
    begun = _begun(seen, verb, last, child, frame, source)
    if begun is not None and seen.rights[begun] + 1 == left:
        left = max(seen.lefts[begun], last + 1)
    elif begun is not None:
        return (*trimmed(seen, seen.lefts[begun], seen.rights[begun] + 1), *trimmed(seen, left, right))
    loose = (i for i in range(max(left, verb), right) if seen.tags[i] == "VBG" and goes_on(seen, i))
    right = next((seen.lefts[i] for i in loose if seen.lefts[i] > left), right)
    if dep == "obj" or dep == "obl":
        left, right = matter(seen, verb, child, frame, (left, right))
        right = doing(seen, verb, right) if "proving" in frame else for_whom_to(seen, verb, last, left, right)
        right = acts_on(seen, verb, right)
    elif dep == "xcomp" or dep == "acl":
        right = told_of(seen, child, right)
    if child > verb and (rest := predicate(seen, verb, child)) is not None:
        right = seen.rights[rest] + 1
    return tuple(trimmed(seen, max(left, last + 1) if child > last else left, right))


def _thought(seen: Columns, clause: int, other: int, right: int) -> bool:
    """Said he never thought | the mill would close: what somebody thinks in a clause, hung beside it."""
    thinks = seen.deps[other] == "ccomp" and seen.lefts[other] == right and seen.lower[right] not in {"and", "but", ","}
    return thinks and has(seen, other, ACTED) and not has(seen, clause, ("ccomp", "obj", "xcomp"))


def _of_whom(seen: Columns, verb: int) -> tuple[Span, ...]:
    """The board was accused by Renn | of greed."""
    told = (c for c in behind(seen, verb) if seen.deps[c] in {"obl", "advcl"} and seen.lower[seen.lefts[c]] in OF_DEED)
    return tuple(s for c in told for s in trimmed(seen, seen.lefts[c], seen.rights[c] + 1))


def _tells_when(seen: Columns, verb: int, clause: int) -> bool:
    """“In a talk on Monday, Renn said the mill would close”: what opens the sentence tells of the cue's clause.

    Not where commas part the cue: “In May, Renn said, the mill would close”.
    """
    opening = [c for c in seen.children[clause] if c < verb and seen.deps[c] != "punct"]
    first = seen.bounds[seen.sents[verb]][0]
    if not opening or seen.lefts[opening[0]] != first or seen.words[verb + 1] in COMMAS:
        return False
    return all(seen.deps[c] in {"obl", "obl:unmarked"} for c in opening)


def hearsay(seen: Columns, verb: int) -> tuple[Span, ...]:
    """It is alleged that …; is said to be …; was accused of …: what nobody is named to say."""
    for child in behind(seen, verb):
        dep, left = seen.deps[child], seen.lefts[child]
        if (dep in {"ccomp", "advcl"} and that(seen, child)) or (
            dep in {"xcomp", "advcl", "obl"} and seen.lower[left] == ("of" if dep != "xcomp" else "to")
        ):
            return tuple(trimmed(seen, left, seen.rights[child] + 1))
    return ()


def _behind_day(seen: Columns, first: int, verb: int) -> int:
    """Announced Sunday she would resign: the day on which she did so is no part of it."""
    days = registry().words["calendar"]
    left = first + (seen.lower[first] == "on" and seen.words[first + 1] in days)
    while left < verb and (seen.words[left] in days or (left > first and seen.lower[left] in frames.lemmas("daytime"))):
        left += 1
    return left if seen.lower[left] == "that" or seen.tags[left] in {"PRP", "DT", "EX", "PRP$"} else first


def _against(seen: Columns, clause: int) -> bool:
    """… was “naive”, while Moscow accused Brussels of …: a clause that sets another's speech against it."""
    if seen.deps[clause] != "advcl" or seen.lower[clause] not in lexicon.cue_forms():
        return False
    led = any(seen.deps[c] == "mark" and seen.lower[c] in frames.lemmas("contrast") for c in seen.children[clause])
    return led and has(seen, clause, SUBJECTS)


def _says_nothing(seen: Columns, verb: int, child: int, frame: frozenset[str]) -> bool:
    """Knew how to flatter; called a witness; repeated the claim that …, which the noun brings; it was said that …"""
    if "mental" in frame and seen.tags[child] == "VB" and any(seen.tags[c] == "WRB" for c in seen.children[child]):
        return True
    first = seen.lefts[child]
    if seen.words[first] == ":" and seen.tags[first + 1] in {"WP", "WRB"}:
        return True  # A brazen lie: what the trial shows
    if "settling" in frame and (seen.tags[first] in WONDERED or seen.lower[first] == "whether"):
        return True  # decides which mill will close: nothing is said of it
    if seen.deps[child] == "ccomp" and first > verb and seen.rights[child] == child and _relays(seen, child):
        return True  # the army said on Monday, the Echo reported
    when = seen.lower[first] in frames.lemmas("when") and seen.deps[first] == "mark"
    if seen.deps[child] == "ccomp" and first > verb and (when or parted_where(seen, first)):
        return True  # spoke after a meeting was arranged; saying at the mill – where she met Renn – that …
    if child < verb and is_heard(seen, child):
        return True  # asked whether he would go, Renn said …
    if seen.deps[child] in {"obj", "nsubj:pass"} and seen.lower[child] in RELATIVES:
        return True  # a country that he described as “torn”: the pronoun holds no words
    if seen.deps[child] in {"obj", "nsubj:pass"} and seen.lower[verb].startswith("attack") and armed(seen, verb, child):
        return True
    if "ruling" in frame and _rules(seen, verb, child):
        return True
    if "siding" in frame and seen.deps[child] in {"obj", "nsubj:pass"} and not is_matter(seen, child):
        return True  # backed the rebels
    if "acting" in frame and seen.deps[child] in {"obj", "nsubj:pass"} and seen.tags[child] in PROPER:
        return True  # the board backed Renn; Renn was promised much
    if seen.deps[child] == "obj" and seen.lower[child].endswith(("self", "selves")) and not {"as", "naming"} & frame:
        return True  # have to defend themselves
    if seen.deps[child] == "obj" and seen.deps[verb] == "advcl" and _on_condition(seen, verb):
        return True
    if seen.deps[child] == "nsubj:pass":
        return seen.lower[child] == "it" or seen.lower[verb] in HEARD  # Renn was questioned by senators
    if seen.deps[child] == "obl":
        return "proving" in frame or _stranded(seen, verb)  # little to show for his trouble
    if seen.deps[child] != "obj":
        return False
    if {"acting", "proving"} & frame and not _meant(seen, verb, frame):
        return True
    if (
        "proving" in frame
        and seen.pos[child] == "PRON"
        and doing(seen, verb, seen.rights[child] + 1) == seen.rights[child] + 1
    ):
        return True  # the video showed him
    if "hearer" in frame:
        return True  # warned the council that …, against …
    if "naming" in frame:
        return not judged(seen, verb, child, frame)
    brought = seen.lower[child] in lexicon.cue_nouns() and any(
        seen.deps[c] in CLAUSES and that(seen, c) for c in seen.children[child]
    )
    return brought and seen.lower[verb] in frames.lemmas("light")


def _rules(seen: Columns, verb: int, child: int) -> bool:
    """The court dismissed the charges; not: dismissed the charge that he lied, the charge as a farce."""
    who = subject(seen, verb)
    case = seen.deps[child] in {"obj", "nsubj:pass"} and seen.lower[child] in frames.lemmas("pleading")
    judged = any(seen.lower[seen.lefts[c]] == "as" for c in behind(seen, verb)) or has(seen, child, CLAUSES)
    return case and not judged and (who is None or seen.lower[who] in frames.lemmas("bench"))


def _on_condition(seen: Columns, verb: int) -> bool:
    """If Rook rejects the deal …: nothing has been said."""
    return any(seen.deps[c] == "mark" and seen.lower[c] in {"if", "unless"} for c in seen.children[verb])


def _relays(seen: Columns, verb: int) -> bool:
    """Whether a verb says that a paper passes words on."""
    return "relaying" in frames.of(lexicon.cue_forms().get(seen.lower[verb], ""))


def _stranded(seen: Columns, verb: int) -> bool:
    """The visits that the agency boasts of amount to nothing: what “of” belongs to stands before."""
    return any(c < verb and seen.lower[c] in RELATIVES and seen.tags[c] != "IN" for c in seen.children[verb])


def _meant(seen: Columns, verb: int, frame: frozenset[str]) -> bool:
    """Renn backed the plan, the poll showed a lead; not: the fire claimed two lives, Renn showed the map, came to back
    the plan."""
    if seen.tags[verb] == "VB" and seen.deps[verb] == "advcl":
        return False
    who = subject(seen, verb)
    if who is None or "proving" in frame:
        return who is not None and seen.lower[who] in frames.lemmas("evidence")
    return can_act(seen, who) or seen.lower[who] in registry().words["company"] | frames.lemmas(
        "evidence"
    ) | frames.lemmas("body")


def _begun(seen: Columns, verb: int, last: int, clause: int, frame: frozenset[str], source: Span | None) -> int | None:
    """The mill, she said, would close; demanded the board close it; called on the board to close it: whom the words are
    about, hung on the cue."""
    if clause < verb or source is None or has(seen, clause, SUBJECTS):
        return None
    marks = [seen.lower[c] for c in seen.children[clause] if seen.deps[c] == "mark"]
    if marks in ([], ["to"]) and "hearer" not in frame:
        left = seen.lefts[clause]
        before = (c for c in seen.children[verb] if verb < c and seen.rights[c] + 1 == left)
        behind = next((c for c in before if seen.deps[c] == "obj" or seen.lefts[c] == last > verb), None)
        if behind is not None:
            return behind
    if seen.deps[clause] != "ccomp":
        return None
    subjects = (c for c in seen.children[verb] if seen.deps[c] in SUBJECTS and c < verb)
    return next((c for c in subjects if seen.starts[c] < source.start), None)
