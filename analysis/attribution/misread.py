"""Clauses that grammar has taken apart or for something else: a cue in; the words that belong to what was said out.

The network reads each sentence once; where it is led astray, the order of the words still shows what was said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis import lexicon
from analysis.attribution.objects import COMMAS
from analysis.attribution.phrases import FINITE, PROPER, RELATIVES, SUBJECTS, Phrase, behind, chars, has, that
from analysis.attribution.saying import Saying
from analysis.attribution.subjects import subject
from analysis.language.columns import Columns
from analysis.lexicon import frames
from analysis.model import Span

CLAUSES = frozenset({"acl", "acl:relcl", "ccomp"})  # of a noun: the claim that the vote was bought
AND = frozenset({"and", "but"})
DEGREE = frozenset({"RB", "RBR", "IN"})  # more than, nearly
PREDICATES = frozenset({"ccomp", "advcl", "parataxis"})
PLURAL_VERBS = frozenset({"needs", "plans", "hopes", "wants", "ought", "remains"})  # verbs that may be taken for nouns
CARRIERS = frozenset(
    {"obl", "obl:agent", "obl:unmarked", "obj", "iobj", "advcl", "advmod"}
)  # of a cue: what may hide its clause


def lost_clause(seen: Columns, verb: int, frame: frozenset[str]) -> int | None:
    """Claimed at one point that Rook lied: a that-clause that the grammar hung on a noun or a clause behind the cue."""
    for child in behind(seen, verb):
        aside = seen.deps[child] == "ccomp" and parted_where(seen, seen.lefts[child])
        when = (
            seen.deps[child] == "advcl" and has(seen, child, ("mark",)) and has(seen, child, SUBJECTS)
        )  # noted, though a poll showed that …
        says = seen.tags[child] == "VBG" and seen.lower[child] in lexicon.cue_forms()  # reported, adding that …
        if aside or (seen.deps[child] in CARRIERS and not when and not says):
            for inner in seen.children[child]:
                if inner > child and (seen.deps[inner] in CLAUSES or seen.deps[inner] == "advcl"):
                    # Told the crew that the ship was late: no relative clause, for somebody was told something.
                    heard = {"iobj", "obl", "obj"} if "hearer" in frame else {"iobj", "obl"}
                    told = seen.deps[child] in heard and seen.lower[seen.lefts[inner]] == "that"
                    # Without a subject of its own, “that” is one: a deposition that inflamed the panel.
                    own = any(seen.deps[c].startswith("nsubj") for c in seen.children[inner])
                    if _said_of(seen, inner):
                        continue
                    if own and (told or that(seen, inner) or _in_statement(seen, child, inner)):
                        return inner
    return None


def _said_of(seen: Columns, clause: int) -> bool:
    """Attacked the men that she said | were thieves: a relative clause that tells what is said of a noun."""
    says = seen.lower[clause] in lexicon.cue_forms() and has(seen, clause, ("ccomp",))
    return says and seen.tags[seen.lefts[clause]] == "WDT"


def _in_statement(seen: Columns, noun: int, clause: int) -> bool:
    """Said in a statement | it was looking into it; not: in a statement it gave on Monday."""
    first = seen.lefts[clause]
    begins = first == noun + 1 and seen.tags[first] in {"PRP", "EX"} and seen.lower[noun] in lexicon.cue_nouns()
    return begins and has(seen, clause, ("obj", "cop", "aux", "aux:pass", "ccomp"))


def rest_of_relative(seen: Columns, verb: int, last: int) -> int | None:
    """The fire that police say | was set: what is said of the noun, where the grammar hung it beside the cue."""
    if seen.deps[verb] != "acl:relcl" or last + 1 >= len(seen):
        return None
    if seen.lower[seen.heads[verb]] == "what" and seen.tags[last + 1] in FINITE:  # in what it said | was a blast
        top = last + 1
        while seen.heads[top] != top and seen.lefts[seen.heads[top]] == last + 1:
            top = seen.heads[top]
        return top
    if not any(seen.lower[c] in RELATIVES for c in seen.children[verb]):
        return None
    for clause in seen.children[seen.heads[verb]]:
        if (
            seen.deps[clause] == "acl:relcl"
            and seen.lefts[clause] == last + 1
            and seen.tags[last + 1] in FINITE | {"VBN"}
        ):
            return None if has(seen, clause, SUBJECTS) else clause
    return None


def parted_clause(seen: Columns, verb: int) -> Phrase | None:
    """Said a new boat – the first since 2008 – would sail: a clause whose subject the grammar made the cue's object."""
    things = (c for c in behind(seen, verb) if seen.deps[c] == "obj")
    thing = next(things, None)
    rest = None if thing is None else predicate(seen, verb, thing)
    return None if thing is None or rest is None else (seen.lefts[thing], seen.rights[rest] + 1)


def predicate(seen: Columns, verb: int, thing: int) -> int | None:
    """Said having two mills | is a risk: what is said of words behind a cue, where the grammar hung it on the cue."""
    for clause in behind(seen, verb):
        if clause == thing + 1 and seen.pos[thing] == "PRON" and seen.deps[clause] == "xcomp":
            return clause if seen.tags[clause] in {"VBN", "VBD"} else None  # denied it | interfered
        if clause > thing and seen.deps[clause] in PREDICATES and not has(seen, clause, SUBJECTS):
            first = next((i for i in range(seen.lefts[clause], clause) if not seen.punct[i]), clause)
            if first < clause and seen.tags[first] in FINITE and all(seen.punct[seen.rights[thing] + 1 : first]):
                return clause
            if seen.rights[thing] + 1 == first and _by_how_much(seen, first, clause):
                return clause
    return None


def _by_how_much(seen: Columns, first: int, verb: int) -> bool:
    """Showed the number of thefts | more than doubled: adverbs and a verb that may be a participle."""
    return first < verb and seen.tags[verb] in {"VBN", "VBD"} and all(tag in DEGREE for tag in seen.tags[first:verb])


def misread(seen: Columns, verb: int, last: int, source: Span | None, frame: frozenset[str]) -> int | None:
    """Renn said the talks focused on wages: a clause of which grammar has made a noun and its participle."""
    if source is None or source.end > seen.starts[verb]:
        return None
    nouns = (c for c in behind(seen, verb) if seen.deps[c] in {*SUBJECTS, "obj"} and seen.lefts[c] == last + 1)
    noun = next(nouns, None)
    if noun is None:
        return None
    acts = any(seen.deps[c] == "acl" and c == noun + 1 and seen.tags[c] in {"VBN", "VBD"} for c in seen.children[noun])
    needs = seen.lower[noun] in PLURAL_VERBS and seen.lower[noun + 1 : noun + 2] == ["to"] and seen.lefts[noun] < noun
    held = acts and "mental" in frame  # held the men rounded up in May
    return noun if (acts and not held) or needs else None  # said more needs to be done


def behind_hearer(seen: Columns, first: int, verb: int) -> int:
    """Told the Gull | the man had left: whom the grammar drew into what he was told."""
    end = first + (seen.tags[first] == "DT")
    named = end
    while end < verb and seen.tags[end] in PROPER:
        end += 1
    begins = seen.tags[end] in {"DT", "PRP", "PRP$", "EX"} and seen.deps[end] != "conj"
    return end if named < end < verb and begins else first


def and_that(seen: Columns, verb: int, right: int) -> int:
    """Said the mill had closed | and that the clerks were paid |, and the owners were to blame: where it all ends."""
    for clause in behind(seen, verb):
        dep, near = seen.deps[clause], seen.lefts[clause] <= right + 2 <= clause + 1
        if dep not in {"ccomp", "conj"} or not near or AND.isdisjoint(seen.lower[right : right + 2]):
            continue
        if seen.lower[right : right + 2] == ["and", "that"]:
            return seen.rights[clause] + 1  # … and that claims of theft are false: taken for a pronoun and a verb
        if not that(seen, clause) and has(seen, clause, ("ccomp",)):
            continue  # and its head noted that …: words of another
        if that(seen, clause) or (dep == "ccomp" and has(seen, clause, SUBJECTS | {"nsubj:pass"})):
            right = seen.rights[clause] + 1
    return right


def of_another(seen: Columns, verb: int, clause: int) -> int | None:
    """Pictures suggest the town is in ruins, | and Moscow compared it to Dresden: where another goes on to act.

    Behind a comma, of somebody who is named: who speaks there does so himself, and what pictures show ends there.
    """
    shows = (who := subject(seen, verb)) is not None and seen.lower[who] in frames.lemmas("evidence")
    for second in behind(seen, clause):
        first = seen.lefts[second]
        if seen.deps[second] != "conj" or seen.lower[first] not in {",", *AND} or that(seen, second):
            continue
        parted = seen.words[first] == "," or seen.words[first - 1] == ","
        if parted and (_speaks_itself(seen, second) or (shows and _acts_itself(seen, second))):
            return first
    return None


def _acts_itself(seen: Columns, clause: int) -> bool:
    """Whether a clause tells in the past what somebody did who is named in it."""
    who = next((c for c in seen.children[clause] if seen.deps[c] in SUBJECTS), None)
    return who is not None and bool(seen.entities[who]) and seen.tags[clause] == "VBD"


def _speaks_itself(seen: Columns, clause: int) -> bool:
    """Whether such a clause has a cue for its verb."""
    return seen.lower[clause] in lexicon.cue_forms() and _acts_itself(seen, clause)


def with_quoted(seen: Columns, saying: Saying, quoted: Sequence[Span]) -> Saying:
    """Said the mill would close, | and the papers were “wildly” making it up: a clause with words credited to the cue.

    `quoted` are the words in marks that the cue governs, behind it.
    """
    said = saying.contents[-1] if saying.contents else None
    if said is None or said.start < saying.cue.end:
        return saying
    right = seen.at(said.end - 1) + 1
    for clause in behind(seen, saying.token):
        whole = chars(seen, seen.lefts[clause], seen.rights[clause] + 1)
        near = seen.lefts[clause] <= right + 2 <= clause + 1 and not AND.isdisjoint(seen.lower[right : right + 2])
        if (
            near
            and seen.deps[clause] == "conj"
            and not _speaks_itself(seen, clause)
            and any(whole.contains(words) for words in quoted)
        ):
            return replace(saying, contents=(*saying.contents[:-1], Span(said.start, whole.end)))
    return saying


def acts_on(seen: Columns, verb: int, right: int) -> int:
    """Lamented more | was not done; asked that the lines | be cut: where the words behind an object have a verb."""
    if right >= len(seen) or seen.tags[right] not in FINITE or seen.sents[right] != seen.sents[verb]:
        return right
    deed = seen.heads[right] if seen.pos[right] == "AUX" and seen.heads[right] > right else right
    hung = seen.heads[deed] == verb or verb < seen.heads[deed] < right  # not: the man whom Renn called a liar left
    return seen.rights[deed] + 1 if hung else right


def parted_where(seen: Columns, first: int) -> bool:
    """Whether a clause begins with a dash and a word for where or when: an aside."""
    return seen.words[first] in COMMAS and seen.words[first] != "," and seen.tags[first + 1 : first + 2] == ["WRB"]
