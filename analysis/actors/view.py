"""An article's tokens as plain lists, read once: everything the actors stage asks of the grammar.

In: a spaCy Doc with sentence bounds; tags, a parse and entity labels are used where the Doc has them. Out: `View`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from analysis.actors.registry import bag
from analysis.language import datelines
from analysis.language.columns import columns
from analysis.model import Span

NORMAL, TITLED, SHOUTED, DATELINE = 0, 1, 2, 3  # how a token's stretch uses capitals
_TITLED_SHARE = 0.7  # of the longer words; a sentence of names reaches 0.6 at most in the development articles
_HEADLINE = 25  # tokens: longer lines are paragraphs
_FUNCTION = bag("With From Over After Into About That This Their Your Will Have Been More Than What When Where")
_OPENERS = "“„«‘\"'‚‹([—–:•*-…"


@dataclass(slots=True)
class View:
    """One entry a token in every list; `head` is a token index, `zone` one of the constants above."""

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
    lower_seen: frozenset[str]
    tagged: bool
    parsed: bool
    labelled: bool
    low: list[str] = field(default_factory=list)

    def span(self, i: int, j: int) -> Span:
        return Span(self.starts[i], self.ends[j - 1])

    def word(self, i: int) -> str:
        """The word in lower case, "" beyond the ends of the article."""
        return self.low[i] if 0 <= i < len(self.low) else ""

    def touching(self, i: int) -> bool:
        """Whether token i begins where the one before it ended."""
        return i > 0 and self.starts[i] == self.ends[i - 1]


def view(doc: Doc, quoted: Sequence[Span] = (), title_end: int = 0) -> View:
    """Read the Doc once. `title_end`: characters at the start that are the headline."""
    seen = columns(doc)
    words, low, starts, ends, bounds = seen.words, seen.lower, seen.starts, seen.ends, seen.bounds
    tagged, parsed = doc.has_annotation("TAG"), doc.has_annotation("DEP")
    ents = seen.named()
    labelled = bool(ents)
    n = len(words)
    cap = [w[:1].isupper() for w in words]
    zone = _zones(seen.text, words, starts, cap, bounds, title_end)
    opening = [False] * n
    for a, b in bounds:
        fresh = True
        for k in range(a, b):
            w = words[k]
            opening[k] = fresh and (w[:1].isalnum())
            if w[:1].isalnum():
                fresh = False
            elif w in _OPENERS or w.isspace():
                fresh = fresh or w in '“„«":•*' or "\n" in w
    flags = [False] * n
    if quoted:
        _flag(flags, starts, ends, quoted)
    lower_seen = frozenset(w for w, c, z in zip(words, cap, zone, strict=True) if not c and z == NORMAL)
    blank = [""] * n
    return View(
        seen.text, words, starts, ends, seen.sents, bounds, opening, cap, zone,
        seen.tags if tagged else blank,
        seen.pos if tagged else blank,
        seen.deps if parsed else blank,
        seen.heads if parsed else list(range(n)),
        seen.entities, ents, flags, lower_seen, tagged, parsed, labelled, low,
    )  # fmt: skip


def _flag(flags: list[bool], starts: list[int], ends: list[int], quoted: Sequence[Span]) -> None:
    for span in quoted:
        first, last = bisect_left(starts, span.start), bisect_right(ends, span.end)
        flags[first:last] = [True] * (last - first)


def _zones(
    text: str, words: list[str], starts: list[int], cap: list[bool], bounds: list[tuple[int, int]], title_end: int
) -> list[int]:
    """Mark headlines in title case or capitals, and datelines: there a capital says nothing about names."""
    zone = [NORMAL] * len(words)
    for a, b, alone in _lines(words, bounds):
        longer = [k for k in range(a, b) if len(words[k]) > 3 and words[k].isalpha()]
        capital = [k for k in longer if cap[k]]
        upper = [k for k in longer if words[k].isupper()]
        first = next((k for k in range(a, b) if words[k][:1].isalnum()), a)
        heading = alone and (a == 0 or starts[a] < title_end or not _ends(words, a, b))
        if longer and len(upper) > 0.8 * len(longer) and (len(upper) >= 2 or heading):
            zone[a:b] = [SHOUTED] * (b - a)
        elif len(longer) >= (3 if heading else 4) and len(capital) >= _TITLED_SHARE * len(longer):
            if heading or not _ends(words, a, b):
                zone[a:b] = [TITLED] * (b - a)
        elif len(longer) >= 4 and sum(1 for k in capital if words[k] in _FUNCTION and k != first) >= 2:
            zone[a:b] = [TITLED] * (b - a)
        if words[first].isupper() and len(words[first]) > 1 and _begins_paragraph(text, starts[first]):
            end = datelines.end(text, starts[first]) or 0
            for k in range(first, b):
                if starts[k] >= end:
                    break
                zone[k] = DATELINE
    return zone


def _lines(words: list[str], bounds: list[tuple[int, int]]) -> list[tuple[int, int, bool]]:
    """Stretches that use capitals in one way: short lines with a break after them (True), else sentences (False)."""
    breaks = [k for k, w in enumerate(words) if "\n" in w]
    lines: list[tuple[int, int, bool]] = []
    start = 0
    for end in [*(k + 1 for k in breaks), len(words)]:
        if end - start <= _HEADLINE and end != len(words):
            lines.append((start, end, True))
        else:
            cut = [(max(a, start), min(b, end)) for a, b in bounds if a < end and start < b]
            lines.extend((a, b, False) for a, b in cut)
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
