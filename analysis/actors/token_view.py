"""An article's tokens as plain lists, read once: everything the actors stage asks of the grammar.

In: a spaCy Doc with sentence bounds; tags, a parse and entity labels are used where the Doc has them. Out: `View`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from analysis.actors import credit_lines
from analysis.actors.registry import Entry, Found, bag, registry, roles_in
from analysis.language import datelines
from analysis.language.columns import Columns, columns
from analysis.model import Span

NORMAL, TITLED, SHOUTED, DATELINE = 0, 1, 2, 3  # how a token's stretch uses capitals; a credit counts as dateline
_TITLED_SHARE = 0.7  # of the longer words; a sentence of names reaches 0.6 at most in the development articles
_HEADLINE = 25  # tokens: longer lines are paragraphs
_FUNCTION = bag("With From Over After Into About That This Their Your Will Have Been More Than What When Where")
_REOPENERS = bag('“ „ « " : • *')  # behind them a capital says as little as at the beginning


@dataclass(slots=True)
class View:
    """One entry a token in every list; `head` is a token index, `zone` one of the constants above.

    `capitals`, `listed` and `roles` know where names and roles may be, so that the other tokens need no look.
    """

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    sent: list[int]
    bounds: list[tuple[int, int]]
    opening: list[bool]
    cap: list[bool]
    zone: list[int]
    tag: list[str]
    pos: list[str]
    dep: list[str]
    head: list[int]
    label: list[str]
    ents: list[tuple[int, int, str]]
    quoted: list[bool]
    plain: frozenset[str]  # the words of plain sentences, as they are written
    tagged: bool
    parsed: bool
    labelled: bool
    low: list[str]
    capitals: list[int]  # the tokens with a capital
    listed: dict[int, tuple[int, Entry]]  # by the token at which it begins: how long a listed phrase is, and what it is
    roles: dict[int, list[Found]]  # by the token at which they begin, the shortest first
    role_ends: dict[int, list[Found]]  # by the token behind them, the longest first
    title_end: int = 0  # characters at the start that are the headline
    games: dict[int, bool] = field(default_factory=dict)  # by sentence, for metonymy: whether it is about a game

    def span(self, i: int, j: int) -> Span:
        return Span(self.starts[i], self.ends[j - 1])

    def word(self, i: int) -> str:
        """The word in lower case, "" beyond the ends of the article."""
        return self.low[i] if 0 <= i < len(self.low) else ""

    def touching(self, i: int) -> bool:
        """Whether token i begins where the one before it ended."""
        return i > 0 and self.starts[i] == self.ends[i - 1]

    def children(self, head: int) -> list[int]:
        """The words of its sentence that hang on a word."""
        first, end = self.bounds[self.sent[head]]
        return [m for m in range(first, end) if self.head[m] == head and m != head]

    def above(self, word: int, dep: str) -> int:
        """The nearest word up the tree, or the word itself, that hangs by a relation; -1 where none does."""
        while self.dep[word] != dep and self.head[word] != word:
            word = self.head[word]
        return word if self.dep[word] == dep else -1

    def below(self, word: int, head: int) -> bool:
        """Whether a word hangs on another, at whatever remove."""
        while word != head and self.head[word] != word:
            word = self.head[word]
        return word == head


def view(doc: Doc, quoted: Sequence[Span] = (), title_end: int = 0) -> View:
    """Read the Doc once. `title_end`: characters at the start that are the headline."""
    seen = columns(doc)
    words, low, starts, ends, bounds = seen.words, seen.lower, seen.starts, seen.ends, seen.bounds
    tagged, parsed = doc.has_annotation("TAG"), doc.has_annotation("DEP")
    ents = seen.named()
    n = len(words)
    cap = seen.capitals
    capitals = [k for k, capital in enumerate(cap) if capital]
    zone = _zones(seen, cap, capitals, title_end)
    flags = [False] * n
    if quoted:
        _flag(flags, starts, ends, quoted)
    plain = [w for w, z in zip(words, zone, strict=True) if z == NORMAL] if any(zone) else words
    blank = [""] * n
    roles = roles_in(low)
    return View(
        seen.text, words, starts, ends, seen.sents, bounds, _opening(seen), cap, zone,
        seen.tags if tagged else blank,
        seen.pos if tagged else blank,
        seen.deps if parsed else blank,
        seen.heads if parsed else list(range(n)),
        seen.entities, ents, flags, frozenset(plain), tagged, parsed, bool(ents), low, capitals,
        registry().phrases.all(words), roles, _ends_of(roles), title_end,
    )  # fmt: skip


def _ends_of(roles: dict[int, list[Found]]) -> dict[int, list[Found]]:
    """The roles by the token behind them."""
    made: dict[int, list[Found]] = {}
    for start, found in roles.items():
        for one in found:
            made.setdefault(start + one[0], []).append(one)
    return made


def _opening(seen: Columns) -> list[bool]:
    """Whether a token opens a sentence, or what a sentence tells behind a colon or an opening mark."""
    words = seen.words
    opening = [False] * len(words)
    again = [k for k, w in enumerate(words) if w in _REOPENERS or (seen.space[k] and "\n" in w)]
    for start in [*(first for first, _ in seen.bounds), *again]:
        end = seen.bounds[seen.sents[start]][1]
        first = next((k for k in range(start, end) if words[k][0].isalnum()), None)
        if first is not None:
            opening[first] = True
    return opening


def _flag(flags: list[bool], starts: list[int], ends: list[int], quoted: Sequence[Span]) -> None:
    for span in quoted:
        first, last = bisect_left(starts, span.start), bisect_right(ends, span.end)
        flags[first:last] = [True] * (last - first)


def _zones(seen: Columns, cap: list[bool], capitals: list[int], title_end: int) -> list[int]:
    """Mark headlines in title case or capitals, and datelines: there a capital says nothing about names."""
    words, starts = seen.words, seen.starts
    zone = [NORMAL] * len(words)
    for a, b, alone in _lines(seen):
        here = capitals[bisect_left(capitals, a) : bisect_left(capitals, b)]
        if not here:
            continue
        first = next((k for k in range(a, b) if words[k][0].isalnum()), a)
        heading = alone and (a == 0 or starts[a] < title_end or not _ends(words, a, b))
        kind = _kind(words, range(a, b), here, first, heading)
        if kind != NORMAL:
            zone[a:b] = [kind] * (b - a)
        if words[first].isupper() and len(words[first]) > 1 and _begins_paragraph(seen.text, starts[first]):
            end = datelines.end(seen.text, starts[first]) or 0
            for k in range(first, b):
                if starts[k] >= end:
                    break
                zone[k] = DATELINE
    for credit in credit_lines.find(seen.text):
        first, last = bisect_left(starts, credit.start), bisect_left(starts, credit.end)
        zone[first:last] = [DATELINE] * (last - first)
    return zone


def _kind(words: list[str], line: range, capitals: list[int], first: int, heading: bool) -> int:
    """How a line uses capitals; `first` is its first word."""
    capital = [k for k in capitals if len(words[k]) > 3 and words[k].isalpha()]
    if len(capital) < (1 if heading else 2):
        return NORMAL
    longer = sum([len(words[k]) > 3 and words[k].isalpha() for k in line])
    upper = sum([words[k].isupper() for k in capital])
    if upper > 0.8 * longer and (upper >= 2 or heading):
        return SHOUTED
    if longer >= (3 if heading else 4) and len(capital) >= _TITLED_SHARE * longer:
        return TITLED if heading or not _ends(words, line.start, line.stop) else NORMAL
    functions = sum([words[k] in _FUNCTION and k != first for k in capital])
    return TITLED if longer >= 4 and functions >= 2 else NORMAL


def _lines(seen: Columns) -> list[tuple[int, int, bool]]:
    """Stretches that use capitals in one way: short lines with a break after them (True), else sentences (False)."""
    words, bounds, size = seen.words, seen.bounds, len(seen)
    lines: list[tuple[int, int, bool]] = []
    start = 0
    for end in [*(k + 1 for k, blank in enumerate(seen.space) if blank and "\n" in words[k]), size]:
        if end - start <= _HEADLINE and end != size:
            lines.append((start, end, True))
        elif end > start:
            inside = bounds[seen.sents[start] : seen.sents[end - 1] + 1]
            lines.extend((max(a, start), min(b, end), False) for a, b in inside)
        start = end
    return lines


def _ends(words: list[str], a: int, b: int) -> bool:
    """Whether the stretch ends like a sentence rather than like a headline."""
    k = b - 1
    while k > a and not words[k].strip():
        k -= 1
    return words[k] in {".", "”", '"', ","}


def _begins_paragraph(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip(' \t“"')
    return not before or before.endswith("\n")
