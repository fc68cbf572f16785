"""Phrases in a parsed text: a word in; the phrase around it, or the subject of a verb, out. Universal Dependencies.

Words are their numbers in the lists of `Columns`; a phrase is the first of its words and the one after the last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from analysis.language.columns import Columns
from analysis.model import Span

Phrase = tuple[int, int]

SUBJECTS = frozenset({"nsubj", "nsubj:outer"})
RELATIVES = frozenset({"who", "which", "that"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
CLOSING = frozenset("”’\"'»«“") | {"''"}
VERBAL = frozenset({"VERB", "AUX"})
# What a name may drag along that is no part of who speaks: a relative clause, an aside, a coordinated clause.
PRUNED = frozenset({"acl:relcl", "parataxis", "punct", "advcl", "ccomp", "list", "cop", "aux", "cc"})
# What is no part of a noun phrase even with its appositions and relative clauses.
OUTSIDE = frozenset({"parataxis", "advcl", "ccomp", "list", "cop", "aux", "aux:pass", "mark", "discourse", "dep"})
LINKS = frozenset({",", "and", "&", "-", "."})  # what may stand between two words of one phrase: (R., Tex.) and
OPENING_MARKS = frozenset({",", "-", "–", "—", ":", ";"})  # at the edges of what was said, no part of it
CLOSING_MARKS = frozenset({",", ".", ";", ":", "–", "—"})
PROPER = frozenset({"NNP", "NNPS"})
LED = frozenset({"case", "mark", "advmod"})  # before a noun, no part of its phrase


def chars(seen: Columns, start: int, end: int) -> Span:
    """The stretch of text that the words from `start` to before `end` cover."""
    return Span(seen.starts[start], seen.ends[end - 1])


def has(seen: Columns, word: int, deps: Iterable[str]) -> bool:
    """Whether a word hangs on `word` by one of these relations."""
    return any(seen.deps[c] in deps for c in seen.children[word])


def phrase(seen: Columns, top: int, stop: int | None = None) -> Phrase:
    """The noun phrase around its head, in one stretch before word `stop`; without relative clauses and asides."""
    keep = _kept(seen, top)
    start, end = top, top + 1
    first, last = seen.bounds[seen.sents[top]]
    lower, heads, tags, punct = seen.lower, seen.heads, seen.tags, seen.punct
    while start > first and (start - 1 in keep or (lower[start - 1] in LINKS and heads[start - 1] in keep)):
        start -= 1
    limit = last if stop is None else max(stop, end)
    while end < limit and (end in keep or (lower[end] in LINKS and heads[end] in keep)):
        end += 1
    while end < limit and tags[end] in PROPER and (tags[end - 1] in PROPER or tags[end - 1] == "NN"):
        end += 1  # Rep. Gwen Moore, engineer Nadia Brandt: where the tree lets go of a title
    while start < top and punct[start]:
        start += 1
    while start < top and seen.deps[start] in LED and heads[start] == top:
        start += 1
    while end - 1 > top and (
        seen.space[end - 1] or (punct[end - 1] and seen.words[end - 1] != ")") or seen.words[end - 1] == "and"
    ):
        end -= 1
    return start, end


def _kept(seen: Columns, top: int) -> set[int]:
    """The words below `top` that belong to its phrase."""
    deps, children = seen.deps, seen.children
    keep, stack = {top}, [top]
    while stack:
        for child in children[stack.pop()]:
            dep = deps[child]
            aside = dep in PRUNED and not (dep == "punct" and seen.words[child] in "-'’()")
            if not aside and not (dep == "conj" and seen.pos[child] in VERBAL):
                keep.add(child)
                if children[child]:
                    stack.append(child)
    return keep


def led_by(seen: Columns, noun: int, prepositions: Iterable[str]) -> bool:
    """Whether one of these prepositions leads the noun."""
    return any(seen.deps[c] == "case" and seen.lower[c] in prepositions for c in seen.children[noun])


def whole(seen: Columns, top: int, verb: int) -> Phrase:
    """The noun phrase with everything that describes it: titles, appositions, relative clauses; without `verb`."""
    keep = _described(seen, top, _above(seen, verb))
    words, punct, space = seen.words, seen.punct, seen.space
    start, end = top, top + 1
    while start - 1 in keep:
        start -= 1
    while end in keep:
        end += 1
    while start < top and punct[start] and words[start] not in "$#@":
        start += 1
    while end - 1 > top and words[end - 1] not in ")%" and (punct[end - 1] or space[end - 1]):
        end -= 1
    return start, end


def _above(seen: Columns, word: int) -> set[int]:
    """A word and all that it hangs on."""
    above, at = {word}, word
    while seen.heads[at] not in above:
        at = seen.heads[at]
        above.add(at)
    return above


def _described(seen: Columns, top: int, without: set[int]) -> set[int]:
    """All words below `top` but those of `without`, and what is no part of its phrase."""
    deps, children = seen.deps, seen.children
    keep, stack = {top}, []
    for child in children[top]:
        dep = deps[child]
        before = child < top and dep in {"case", "cc", "advmod"}
        if not (before or dep in OUTSIDE or (dep == "conj" and seen.pos[child] in VERBAL) or child in without):
            keep.add(child)
            stack.append(child)
    while stack:
        for child in children[stack.pop()]:
            if child not in without:
                keep.add(child)
                if children[child]:
                    stack.append(child)
    return keep


def that(seen: Columns, clause: int) -> bool:
    """Whether “that” leads a clause."""
    return any(seen.lower[c] == "that" and seen.deps[c] == "mark" for c in seen.children[clause])


def behind(seen: Columns, verb: int) -> list[int]:
    """The words that hang on a word and stand behind it."""
    return [c for c in seen.children[verb] if c > verb]


def trimmed(seen: Columns, left: int, right: int) -> Iterator[Span]:
    """Without the commas, blanks and full stops at the edges."""
    words, space = seen.words, seen.space
    while left < right and (space[left] or words[left] in OPENING_MARKS):
        left += 1
    while right > left and (space[right - 1] or words[right - 1] in CLOSING_MARKS):
        right -= 1
    if right > left:
        yield chars(seen, left, right)
