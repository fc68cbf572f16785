"""What was said, as indirect speech: a cue in the tree and its source in, the stretches of words out.

The clause that the cue governs, what follows it as its object, or the rest of the sentence around it (Pareti 2016).
"""

from __future__ import annotations

from collections.abc import Iterator

from analysis import lexicon
from analysis.actors.registry import registry
from analysis.attribution.misread import (
    CLAUSES,
    acts_on,
    and_that,
    lost_clause,
    misread,
    parted_clause,
    parted_where,
    predicate,
    rest_of_relative,
)
from analysis.attribution.objects import ABOUT, COMMAS, armed, doing, for_whom_to, judged, matter, names_matter, told_of
from analysis.attribution.phrases import (
    FINITE,
    HEARD,
    PROPER,
    RELATIVES,
    SUBJECTS,
    VERBAL,
    Phrase,
    behind,
    can_act,
    chars,
    cited,
    goes_on,
    has,
    is_heard,
    subject,
    that,
)
from analysis.language.columns import Columns
from analysis.lexicon import frames
from analysis.model import Span

# Which child of a cue is the content.
CLOSEST = {"ccomp": 0, "xcomp": 1, "advcl": 2, "obj": 3, "nsubj:pass": 4, "obl": 5}
MAIN_CLAUSE = frozenset({"ROOT", "root", "parataxis", "ccomp", "conj"})
OF_DEEDS = ABOUT | {"of"}
OF_DEED = frozenset({"of", "for", "as"})
OPENERS = frozenset({"advcl", "obl", "obl:unmarked", "advmod"})  # of a verb: what may open its sentence
OPENING_MARKS = COMMAS | {":", ";"}  # at the edges of what was said, no part of it
CLOSING_MARKS = frozenset({",", ".", ";", ":", "–", "—"})


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
            return (*found, *_of_whom(seen, verb)) if seen.deps[child] == "nsubj:pass" else found
    lost = lost_clause(seen, verb, frame)
    if lost is not None:
        return tuple(trimmed(seen, seen.lefts[lost], seen.rights[lost] + 1))
    noun = misread(seen, verb, last, source)
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
        return tuple(_around(seen, seen.heads[verb], None))  # the mill is a wreck, the Echo quoted Renn as saying
    if "mental" not in frame and _as(seen, verb, last):
        return tuple(_beside(seen, verb))
    if source is None or ("mental" in frame and any(seen.deps[c] in {"obj", "xcomp"} for c in behind(seen, verb))):
        return ()  # the roof fell in, and Renn held a summit; the mill continues to make a loss
    return tuple(_around(seen, verb, source))


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
        before = () if _tells_when(seen, verb, child) else trimmed(seen, left, _clause(seen, verb, source)[0])
        around = [*before, *trimmed(seen, verb + 1, right)]
        return tuple(s for s in around if s.end - s.start > len("which"))
    if dep == "ccomp":
        parted = (c for c in seen.children[child] if c > child and (goes_on(seen, c) or _against(seen, c)))
        right = and_that(seen, verb, min([right, *(seen.lefts[c] for c in parted)]))
        gerunds = (c for c in behind(seen, verb) if seen.deps[c] == "xcomp" and seen.rights[c] + 1 == left)
        left = next((seen.lefts[c] for c in gerunds if seen.tags[c] == "VBG"), left)  # argued closing the mill would …
        left = _behind_day(seen, left, child) if left == last + 1 else left
    begun = _begun(seen, verb, last, child, frame, source)
    if begun is not None and seen.rights[begun] + 1 == left:
        left = max(seen.lefts[begun], last + 1)
    elif begun is not None:
        return (*trimmed(seen, seen.lefts[begun], seen.rights[begun] + 1), *trimmed(seen, left, right))
    if dep == "obj" or dep == "obl":
        left, right = matter(seen, verb, child, frame, (left, right))
        right = doing(seen, verb, right) if "proving" in frame else for_whom_to(seen, verb, last, left, right)
        right = acts_on(seen, verb, right)
    elif dep == "xcomp" or dep == "acl":
        right = told_of(seen, child, right)
    if child > verb and (rest := predicate(seen, verb, child)) is not None:
        right = seen.rights[rest] + 1
    return tuple(trimmed(seen, max(left, last + 1) if child > last else left, right))


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
    days, left = registry().words["calendar"], first
    while left < verb and (seen.words[left] in days or (left > first and seen.lower[left] in frames.lemmas("daytime"))):
        left += 1
    return left if seen.lower[left] == "that" or seen.tags[left] in {"PRP", "DT", "EX", "PRP$"} else first


def _clause(seen: Columns, verb: int, source: Span | None) -> Phrase:
    """The clause of a cue: itself with all that hangs on it, from its source on where that stands before it."""
    children = [c for c in seen.children[verb] if seen.deps[c] != "punct"]
    start = min([verb, *(seen.lefts[c] for c in children if c < verb)])
    end = max([verb, *(seen.rights[c] for c in children if c > verb)]) + 1
    if source is not None and source.start < seen.starts[verb]:
        start = max(seen.begun(source).start, seen.bounds[seen.sents[verb]][0])
    return start, end


def _around(seen: Columns, verb: int, source: Span | None) -> Iterator[Span]:
    """The talks go on, Rook said: the sentence before the clause of a cue after a comma, and behind it in asides."""
    first, last = seen.bounds[seen.sents[verb]]
    start, end = _clause(seen, verb, source)
    words, dep = seen.words, seen.deps[verb]
    if start <= first or words[start - 1] not in COMMAS or dep not in MAIN_CLAUSE:
        return
    before = source is not None and source.start < seen.starts[verb]  # not: and was first reported by the Post
    if before and source is not None and "CC" in (seen.tags[start], seen.tags[seen.at(source.start)]):
        return  # the mill closed, and the strike continued: the second clause is no aside
    parenthesis = dep == "parataxis" and end < last and (words[end] in COMMAS or words[end - 1] == ",")
    if not parenthesis and (_opens(seen, verb) or not any(pos in VERBAL for pos in seen.pos[first:start])):
        return  # “At the same time, X said …” opens with a time, not with what was said
    yield from trimmed(seen, first, start)
    if parenthesis:
        yield from trimmed(seen, end, last)


def around(seen: Columns, start: int, end: int) -> tuple[Span, ...]:
    """The sentence without an aside that begins with its cue or with who speaks: “, said the Journal,”."""
    first, last = seen.bounds[seen.sents[start]]
    if not any(pos in VERBAL for pos in (*seen.pos[first:start], *seen.pos[end:last])):
        return ()
    return (*trimmed(seen, first, start), *trimmed(seen, end, last))


def _opens(seen: Columns, verb: int) -> bool:
    """Infuriated, she went on; after the vote was lost, a row erupted: what opens the sentence tells when or how."""
    first = seen.bounds[seen.sents[verb]][0]
    for child in seen.children[verb]:
        if child < verb and is_heard(seen, child):
            return True
        opens = child < verb and all(seen.pos[i] in {"CCONJ", "PUNCT"} for i in range(first, seen.lefts[child]))
        if opens and seen.deps[child] in OPENERS:
            led = any(seen.deps[c] == "mark" or seen.tags[c] == "WRB" for c in seen.children[child])
            if seen.deps[child] != "advcl" or led or seen.tags[child] not in FINITE:
                return True
    return False


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
    if "acting" in frame and seen.deps[child] in {"obj", "nsubj:pass"} and seen.tags[child] in PROPER:
        return True  # the board backed Renn; Renn was promised much
    if seen.deps[child] == "nsubj:pass":
        return seen.lower[child] == "it" or seen.lower[verb] in HEARD  # Renn was questioned by senators
    if seen.deps[child] == "obl":
        return "proving" in frame or _stranded(seen, verb)  # little to show for his trouble
    if seen.deps[child] != "obj":
        return False
    if {"acting", "proving"} & frame and not _meant(seen, verb, frame):
        return True
    if "hearer" in frame:
        return True  # warned the council that …, against …
    if "naming" in frame:
        return not judged(seen, verb, child, frame)
    brought = seen.lower[child] in lexicon.cue_nouns() and any(
        seen.deps[c] in CLAUSES and that(seen, c) for c in seen.children[child]
    )
    return brought and seen.lower[verb] in frames.lemmas("light")


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
    return can_act(seen, who) or seen.lower[who] in registry().words["company"] | frames.lemmas("evidence")


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


def _as(seen: Columns, verb: int, last: int) -> bool:
    """As the Post reported or pointed out; not: as crowds cried foul, as winter went on, which tell when."""
    if last > verb and seen.lower[last] not in {"out", "it"}:
        return False
    if seen.lower[verb] in HEARD or any(seen.deps[c] in {"obj", "xcomp"} and c > last for c in seen.children[verb]):
        return False  # as protesters have asked
    return any(
        seen.lower[c] == "as" and c < verb and seen.deps[c] in {"mark", "advmod", "case"} for c in seen.children[verb]
    )


def _beside(seen: Columns, verb: int) -> Iterator[Span]:
    """As the Post reported, Rook left: the sentence without the clause with as."""
    first, last = seen.bounds[seen.sents[verb]]
    if any(pos not in {"CCONJ", "ADV", "PUNCT", "SPACE"} for pos in seen.pos[first : seen.lefts[verb]]):
        yield from trimmed(seen, first, seen.lefts[verb])
    yield from trimmed(seen, _clause(seen, verb, None)[1], last)


def trimmed(seen: Columns, left: int, right: int) -> Iterator[Span]:
    """Without the commas, blanks and full stops at the edges."""
    words, space = seen.words, seen.space
    while left < right and (space[left] or words[left] in OPENING_MARKS):
        left += 1
    while right > left and (space[right - 1] or words[right - 1] in CLOSING_MARKS):
        right -= 1
    if right > left:
        yield chars(seen, left, right)
