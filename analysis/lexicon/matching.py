"""Finds terms in a text: words with offsets in, longest matches out.

Words are read straight from the text, so that offsets are exact and no tokeniser decides what a hyphen does:
"so-called" and "so called" are the same two words. A trie over word forms keeps matching linear in the text's length.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from analysis.letters import runs
from analysis.lexicon.inflect import forms

T = TypeVar("T")

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LONG = 400  # characters, from which on arrays find words faster than _WORD
GAP = "…"  # in a term: one to four words of the writer's ("hold … hostage")
_KEYS = re.compile(rf"{GAP}|[^\W_]+(?:'[^\W_]+)*")
MAX_GAP = 4  # words; "bring the whole country to its knees" has three, longer gaps are other sentences' business
_HEADS = frozenset({"of", "in", "to", "for", "on", "with", "at", "against", "from", "into", "over", "by", "about"})
_BREAKS = re.compile(r"[.;:!?\n()\[\]“”\"«»„]")  # a term never runs over these


@dataclass(frozen=True, slots=True)
class Words:
    """One entry a word; `keys` are what is looked up, starts and ends point into the text as it stands."""

    starts: list[int]
    ends: list[int]
    keys: list[str]

    def __len__(self) -> int:
        return len(self.keys)


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """Words first..last (inclusive) matched; `entry` is what was stored for them."""

    first: int
    last: int
    entry: T


def words(text: str) -> Words:
    """The words of a text, in order. A possessive 's is left out of key and span alike."""
    if len(text) < _LONG:
        spans = [match.span() for match in _WORD.finditer(text)]
        starts, ends = [start for start, _ in spans], [end for _, end in spans]
    else:
        starts, ends = (found.tolist() for found in runs(text, "'’"))
    written = " ".join([text[start:end] for start, end in zip(starts, ends, strict=True)])
    keys = written.lower().replace("’", "'").split(" ") if starts else []
    for i in [i for i, key in enumerate(keys) if key[-2:] == "'s"]:
        ends[i], keys[i] = ends[i] - 2, keys[i][:-2]
    return Words(starts, ends, keys)


def folded(text: str) -> str:
    """The keys of the words of a text, one blank between them."""
    written = " ".join(_WORD.findall(text)).lower().replace("’", "'")
    return written.replace("'s ", " ").removesuffix("'s")


def keys(term: str) -> list[str]:
    """A term as the keys its words are looked up by; GAP stays a key of its own."""
    return _KEYS.findall(term.lower().replace("’", "'"))


def _inflected(parts: Sequence[str], pos: str) -> int:
    """Which word of a multi-word term changes its form; -1 for none."""
    if pos == "VERB":
        return 0
    if pos == "NOUN":
        ends = [number for number, part in enumerate(parts) if part in _HEADS and number]
        return (ends[0] if ends else len(parts)) - 1
    return -1


def patterns(term: str, pos: str) -> list[list[frozenset[str]]]:
    """The term as sequences of sets of forms, one sequence for each part of speech in `pos` ("NOUN/ADJ")."""
    parts = keys(term)
    made = []
    for one in pos.split("/"):
        head = 0 if len(parts) == 1 else _inflected(parts, one)
        made.append([forms(part, one if number == head else "any") for number, part in enumerate(parts)])
    return made


@dataclass(slots=True)
class _Node(Generic[T]):
    next: dict[str, _Node[T]] = field(default_factory=dict)
    entries: list[T] = field(default_factory=list)
    hyphenated: list[T] = field(default_factory=list)  # entries that want a hyphen in the text: has-been, would-be


class Matcher(Generic[T]):
    """A trie of terms. `add` while loading, `find` ever after."""

    def __init__(self) -> None:
        self._root: _Node[T] = _Node()
        self._ends: set[str] = set()

    def add(self, term: str, pos: str, entry: T) -> None:
        """Store `entry` under every form of `term`. A term written with a hyphen is found only with one."""
        for sequence in patterns(term, pos):
            nodes = [self._root]
            for choices in sequence:
                nodes = [node.next.setdefault(form, _Node()) for node in nodes for form in choices]
            self._ends |= sequence[-1]
            for node in nodes:
                stored = node.hyphenated if "-" in term else node.entries
                if entry not in stored:
                    stored.append(entry)

    @property
    def ends(self) -> frozenset[str]:
        """The keys in which a term may end."""
        return frozenset(self._ends)

    def may_begin(self, keys: Iterable[str]) -> bool:
        """Whether a term may begin with one of these keys: a quick no before looking for matches."""
        return GAP in self._root.next or not self._root.next.keys().isdisjoint(keys)

    def at(self, found: Words, text: str, first: int) -> list[Match[T]]:
        """Every match that begins at word `first`, longest first."""
        begins, keys = self._root.next, found.keys
        if first >= len(keys) or (keys[first] not in begins and GAP not in begins):
            return []
        node = begins.get(keys[first])
        if node is not None and GAP not in begins and not self._goes_on(node, keys, first):
            alone = [Match(first, first, entry) for entry in node.entries]
            if node.hyphenated and "-" in text[found.starts[first] : found.ends[first]]:
                alone += [Match(first, first, entry) for entry in node.hyphenated]
            return alone
        results: list[Match[T]] = []
        stack = [(self._root, first)]
        while stack:
            node, index = stack.pop()
            results.extend(Match(first, index - 1, entry) for entry in node.entries)
            if node.hyphenated and "-" in text[found.starts[first] : found.ends[index - 1]]:
                results.extend(Match(first, index - 1, entry) for entry in node.hyphenated)
            if index >= len(keys) or not node.next:
                continue
            after, gap = node.next.get(keys[index]), node.next.get(GAP)
            if (after is None and gap is None) or (index > first and not joined(found, text, index)):
                continue
            if after is not None:
                stack.append((after, index + 1))
            if gap is not None:
                for skipped in range(1, MAX_GAP + 1):
                    if index + skipped >= len(keys) or not joined(found, text, index + skipped):
                        break
                    stack.append((gap, index + skipped))
        return sorted(results, key=lambda match: -match.last) if len(results) > 1 else results

    def find(
        self, found: Words, text: str, accept: Callable[[Match[T]], bool] = lambda match: True
    ) -> Iterator[Match[T]]:
        """The longest accepted matches from left to right, never overlapping."""
        free = 0
        for index in self._likely(found.keys):
            if index < free:
                continue
            best = next((match for match in self.at(found, text, index) if accept(match)), None)
            if best is not None:
                yield best
                free = best.last + 1

    def may_match(self, text: str) -> bool:
        """Whether any term may stand in a text: a quick no before its words are cut."""
        return bool(self._likely(folded(text).split(" ")))

    def _likely(self, keys: Sequence[str]) -> list[int]:
        """Where a term may begin: its first word stands there, and alone is a term or is followed by a second one."""
        begins = self._root.next
        return [
            index
            for index, key in enumerate(keys)
            if key in begins and (begins[key].entries or self._goes_on(begins[key], keys, index))
        ]

    def _goes_on(self, node: _Node[T], keys: Sequence[str], index: int) -> bool:
        """Whether a term that has begun at a word, as `node`, may have a second word there."""
        follows = node.next
        return bool(follows) and (GAP in follows or (index + 1 < len(keys) and keys[index + 1] in follows))


def joined(found: Words, text: str, index: int) -> bool:
    """Whether word `index` follows the one before it without a mark that ends a clause or opens a quotation."""
    end, start = found.ends[index - 1], found.starts[index]
    return text[end:start] == " " or not _BREAKS.search(text, end, start)


def build(entries: Iterable[tuple[str, str, T]]) -> Matcher[T]:
    """A matcher over (term, pos, entry) triples."""
    matcher: Matcher[T] = Matcher()
    for term, pos, entry in entries:
        matcher.add(term, pos, entry)
    return matcher
