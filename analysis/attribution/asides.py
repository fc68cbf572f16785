"""Sources that stand behind the cue where no tree shows them: a cue in, the words that name who speaks out.

“The reason, said the Journal, is money.” “The plan was dismissed as ‘a joke’ by Ada Renn.”
"""

from __future__ import annotations

from bisect import bisect_left

from analysis.actors.registry import registry
from analysis.attribution.phrases import CLOSING, FINITE, PROPER, Phrase, chars, phrase, whole
from analysis.attribution.stretches import Stretches
from analysis.language.columns import Columns
from analysis.model import Span

PARTING = frozenset({",", "–", "—", "-"})
ENDS = PARTING | {".", ";", ":", ")"}
BEGINS = frozenset({"DET", "PROPN", "NOUN", "ADJ", "NUM"})  # what a phrase that names a speaker begins with
BEFORE_NOUN = frozenset(
    {"det", "amod", "compound", "nmod:poss", "nmod:desc", "nummod", "advmod", "case", "punct"}
)  # of a noun: what may stand before it
DESCRIBED_WITHIN = 16  # words from the cue to the name before it: “Ada Renn, head of the Flood Office, said”
NAME_WITHIN = 8  # words from the cue to the noun behind it
MARKS_WITHIN = 40  # characters from a passive to the marks that it brings: was widely dismissed on Monday as “…”


def noun_at(seen: Columns, first: int) -> int:
    """The head of the noun phrase that begins with a word."""
    while seen.heads[first] > first and seen.deps[first] in BEFORE_NOUN:
        first = seen.heads[first]
    return first


def inserted(seen: Columns, verb: int) -> Phrase | None:
    """“…, said the Journal, …”: a cue behind a comma with its subject behind it; that subject.

    Only words for whoever can speak: a name, a role; “she knelt, said the prayer, and left” says nothing.
    """
    first, last = seen.bounds[seen.sents[verb]]
    if verb <= first or verb + 1 >= last or seen.tags[verb] not in FINITE or seen.words[verb - 1] not in PARTING:
        return None
    if seen.pos[verb + 1] not in BEGINS or (verb > 1 and seen.words[verb - 2] in CLOSING):
        return None
    head = noun_at(seen, verb + 1)
    if head - verb > NAME_WITHIN or not _speaks(seen, head) or _has_subject(seen, first, verb):
        return None
    start, end = whole(seen, head, verb)
    if not start <= verb + 1 < end:
        start, end = phrase(seen, head)
    behind = next((i for i in range(end, last) if not seen.space[i]), last)
    return (verb + 1, end) if behind == last or seen.words[behind] in ENDS else None


def between(seen: Columns, verb: int) -> Phrase | None:
    """“The plan, some people at the talks said, is dead”: who speaks between two commas that part subject and verb."""
    first, last = seen.bounds[seen.sents[verb]]
    if verb + 2 >= last or seen.words[verb + 1] not in PARTING or seen.tags[verb + 2] not in FINITE:
        return None
    start = verb
    while start > first and seen.words[start - 1] not in PARTING and verb - start < NAME_WITHIN:
        start -= 1
    named = first < start - 1 and start < verb and seen.words[start - 1] in PARTING
    if not named or (seen.pos[start] not in BEGINS and seen.tags[start] != "PRP"):
        return None
    return None if any(tag in FINITE for tag in seen.tags[start:verb]) else (start, verb)


def taken_for_plural(seen: Columns, verb: int) -> Phrase | None:
    """“In fact, the Post | reports, the dam is safe”: who speaks between commas, where the cue looks like a noun."""
    first, last = seen.bounds[seen.sents[verb]]
    noun = seen.tags[verb] == "NNS" or (seen.tags[verb] == "VBZ" and seen.deps[verb].startswith("nsubj"))
    if not noun or verb + 2 >= last or seen.words[verb + 1] != "," or seen.tags[verb - 1] not in PROPER:
        return None
    start = verb
    while start > first and seen.tags[start - 1] in {*PROPER, "DT"} and verb - start < NAME_WITHIN:
        start -= 1
    parted = start - 1 > first and seen.words[start - 1] == ","
    said = any(tag in FINITE for tag in seen.tags[verb + 2 : last])
    return (start, verb) if parted and said else None


def _speaks(seen: Columns, noun: int) -> bool:
    """Whether a noun names somebody who can speak: a name of a person or body, or what somebody is."""
    if seen.tags[noun] in PROPER:
        return seen.entities[noun] in {"PER", "ORG", "LOC"} and seen.words[noun] not in registry().words["calendar"]
    return seen.tags[noun] in {"NN", "NNS"} and seen.lower[noun] in registry().roles


def _has_subject(seen: Columns, first: int, verb: int) -> bool:
    """Renn, an engineer, said Pell, a lawyer, would go: who stands before the cue speaks."""
    if any(tag in FINITE for tag in seen.tags[first:verb]):
        return False
    return any(seen.heads[i] == verb and _speaks(seen, i) for i in range(first, verb))


def named_before(seen: Columns, verb: int) -> Span | None:
    """“…, a clerk, Ada Renn, said on Monday”: the person between the commas before a cue without a subject.

    “At the mill, Ada Renn, a clerk and a poet, said …”: the one before the commas that tell who she is.
    """
    end = verb - 1
    if end < 1 or seen.words[end] != ",":
        return None
    first = seen.bounds[seen.sents[verb]][0]
    commas = (i for i in range(end, max(first, verb - DESCRIBED_WITHIN), -1) if seen.words[i] == ",")
    named = next((i for i in commas if seen.entities[i - 1] == "PER"), None)
    if named is None or any(tag in FINITE for tag in seen.tags[named + 1 : end]):
        return None
    end, told_behind = named, end
    start = end - 1
    while start > 0 and seen.entities[start - 1] == "PER" and not seen.begins[start]:
        start -= 1
    what = seen.heads[start] if seen.deps[start] == "appos" else start
    if what < start and seen.tags[what] == "NN" and seen.lower[what] in registry().roles:
        told = (c for c in seen.children[what] if c < what and seen.deps[c] in BEFORE_NOUN and not seen.punct[c])
        start = min([what, *told])
    return chars(seen, start, told_behind)


def agent_behind(seen: Columns, verb: int, marked: Stretches) -> Span | None:
    """“… was dismissed as ‘a joke’ by Ada Renn”: who is named straight behind the marks that a passive brings."""
    end = seen.ends[verb]
    at = bisect_left(marked.starts, end)
    if at == len(marked.starts) or marked.starts[at] - end > MARKS_WITHIN:
        return None
    by = bisect_left(seen.starts, marked.ends[at] + 1)
    if by + 1 >= len(seen) or seen.lower[by] != "by" or seen.sents[by] != seen.sents[verb]:
        return None
    head = noun_at(seen, by + 1)
    return chars(seen, *phrase(seen, head)) if seen.pos[head] in {"NOUN", "PROPN", "PRON"} else None
