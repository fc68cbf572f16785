"""Quotation marks: a text in, its pairs of marks and the unpaired ones out.

Marks are read paragraph by paragraph, so that one missing mark can never turn the rest of an article inside out.
Apostrophes, feet and inches are told from marks by what stands on either side of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from analysis.model import Span
from analysis.unclosed import SINGLES, begins_anew, end_of, goes_on

# Which marks close which opening mark. The first of each is the usual one; the others are what people type.
CLOSERS: dict[str, tuple[str, ...]] = {
    "“": ("”", '"', "“", "’’", "''", "″"),
    "„": ("“", "”", '"'),
    "”": ("”",),
    '"': ('"', "”", "''", "’’", "″"),
    "«": ("»",),
    "»": ("«",),
    "‹": ("›",),
    "›": ("‹",),
    "‘": ("’", "'"),
    "‚": ("‘", "’"),
    "'": ("'", "’"),
    "``": ("''", '"', "”", "″"),
    "''": ("''", '"'),
    "「": ("」",),
    "『": ("』",),
}
APOSTROPHES = frozenset("’'‘")
# Words that begin with an apostrophe and so look like an opened quotation.
ELISIONS = re.compile(r"(?:em|tis|twas|til|till|cause|bout|round|n|cos|ere|gainst|neath|\d0s|\d\d)\b", re.IGNORECASE)
OPENING_BEFORE = re.compile(r"[\s(\[{—–\-/“‘„‚«‹\"'»:]")  # what may stand before an opening mark
CLOSING_AFTER = re.compile(r"[\s)\]}—–\-/,.;:!?…”’“\"'»›」』]")
FRAGMENT_WORDS = 5  # in marks without a stop: the writer's sentence runs through them
TOLD = 50  # unpaired marks that are told one by one; a text with more holds something else than quotations
UNCLOSED_SHOWN = 40  # characters of the words after an unpaired mark that its problem shows
RARE = 0.2  # of the marks that open a text's quotations
JOINED = 12  # paragraphs that one quotation may run through without marks of its own
BEGINS, BLANK_LINE = re.compile(r"\S"), re.compile(r"\n[^\S\n]*\n")
MARK = re.compile(  # the first part only saves time; of three single marks at the end of words one comes first
    "(?=[“”„\"«»‹›‘’‚'「」『』″`])(?:``|(?<!\\S)''|''(?!')|’’|[“”„\"«»‹›‘’‚'「」『』″])"
)
CLOSING = re.compile(r"\S(?=['’](?!\w))")  # a letter or stop before a single mark that may close
CLOSED_SOON = re.compile(r"[^\n“”\"]{0,60}?[\w.,!?]['’](?!\w)")
PLURAL = re.compile(r"s['’] [a-z]")


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair of marks. `content` leaves the marks out; `depth` is 0 for a pair inside no other.

    `reopened` is true where the paragraph ends without a closing mark because the quotation goes on in the next one.
    `closed` is false where the closing mark is missing and the end was taken from the text.
    """

    content: Span
    opening: str
    depth: int
    reopened: bool = False
    closed: bool = True


def around_fragments(text: str, pairs: Sequence[Pair]) -> frozenset[int]:
    """Characters of the marks around short fragments, which are part of the writer's own sentence.

    A reader reads over such marks, and so must the grammar: were “hysterically” developing.
    """
    hidden: set[int] = set()
    for pair_ in pairs:
        words = pair_.content.of(text)
        if (
            pair_.closed
            and len(words.split()) <= FRAGMENT_WORDS
            and not words.rstrip().endswith((",", ".", "!", "?", ";", ":"))
        ):
            start, end = pair_.content.start, pair_.content.end
            while start > 0 and text[start - 1].isspace():  # French sets a blank inside its marks
                start -= 1
            while end < len(text) - 1 and text[end].isspace():
                end += 1
            hidden.add(start - len(pair_.opening))
            hidden.add(end)
    return frozenset(hidden)


@dataclass(slots=True)
class _Open:
    mark: str
    start: int  # of the mark
    inside: int  # first character of the content
    line: int


@lru_cache(maxsize=64)  # texts: the grammar asks for the marks of a batch before each article's own turn comes
def pair(text: str) -> tuple[tuple[Pair, ...], tuple[str, ...]]:
    """Pair the quotation marks of `text`.

    Returns the pairs in the order of their opening marks, and a plain sentence for each mark without a partner (TOLD).
    """
    pairs: list[Pair] = []
    problems: list[tuple[int, str]] = []
    blocks = [_Block(text, start, end) for start, end in paragraphs(text)]
    for number, block in enumerate(blocks):
        following = text[blocks[number + 1].start :][:2] if number + 1 < len(blocks) else ""
        _pair_block(block, following, pairs)
    _join(blocks, pairs)
    at_mark = {found.content.start - len(found.opening): found.content for found in pairs}
    usual = Counter(found.opening for found in pairs if found.opening not in SINGLES)
    for block in blocks:
        pairs += _mend(block, at_mark, usual, problems)
    sentences = [sentence for _, sentence in sorted(problems)]
    if len(sentences) > TOLD:
        sentences[TOLD:] = [f"{len(sentences) - TOLD:,} further marks have no partner; they were left out, too."]
    return tuple(_nested(pairs)), tuple(sentences)


class _Block:
    """A paragraph; what is asked of it at every mark is looked for once."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self.marks = list(MARK.finditer(text, start, end))
        self.doubles = [m.start() for m in self.marks if m.group() not in SINGLES]
        self.unclosed: list[_Open] = []
        self.unopened: list[re.Match[str]] = []
        self._lasts: dict[str, int] = {}

    def later(self, index: int) -> Iterator[re.Match[str]]:
        """The marks behind one."""
        return (self.marks[k] for k in range(index + 1, len(self.marks)))

    def last(self, mark: str) -> int:
        """Where a mark stands for the last time; -1 where it does not."""
        if mark not in self._lasts:
            self._lasts[mark] = self.text.rfind(mark, self.start, self.end)
        return self._lasts[mark]

    @cached_property
    def last_closing(self) -> int:
        """Where the last single mark that may close has its letter or stop; -1 where there is none."""
        return max((found.start() for found in CLOSING.finditer(self.text, self.start, self.end)), default=-1)

    @cached_property
    def possessives(self) -> list[int]:
        """Where a letter or a plain stop stands before a single mark that may close."""
        found = (m.start() for m in CLOSING.finditer(self.text, self.start, self.end))
        return [at for at in found if re.match(r"[\w.,!?]", self.text[at])]


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Paragraphs: from a character that is no white space up to the next blank line."""
    end = 0
    while begun := BEGINS.search(text, end):
        blank = BLANK_LINE.search(text, begun.start())
        end = blank.start() if blank else len(text)
        yield begun.start(), end


def _nested(pairs: list[Pair]) -> list[Pair]:
    """In the order of the text, with the depth that is left once unclosed marks are out."""
    ordered: list[Pair] = []
    around: list[int] = []  # ends of the pairs that are still open
    for found in sorted(pairs, key=lambda p: (p.content.start, -p.content.end)):
        while around and around[-1] <= found.content.start:
            around.pop()
        ordered.append(replace(found, depth=len(around)))
        around.append(found.content.end)
    return ordered


def _join(blocks: Sequence[_Block], pairs: list[Pair]) -> None:
    """Pair a mark that its paragraph leaves open with the one that closes it behind paragraphs without any marks."""
    since = 0
    waiting: tuple[_Block, _Open] | None = None
    for number, block in enumerate(blocks):
        if waiting is not None and block.doubles:
            opener, opened = waiting
            closer = block.unopened[0] if block.unopened else None
            begun = bool(block.text[opened.inside : opener.end].strip())
            if begun and closer and closer.start() == block.doubles[0] and closer.group() in CLOSERS[opened.mark]:
                pairs.append(Pair(_stripped(block.text, opened.inside, closer.start()), opened.mark, 0))
                opener.unclosed.remove(opened)
                del block.unopened[0]
        if block.doubles or number - since >= JOINED:
            last = block.unclosed[-1] if block.unclosed else None
            waiting = (block, last) if last and block.doubles and last.start == block.doubles[-1] else None
            since = number


def _mend(
    block: _Block, at_mark: Mapping[int, Span], usual: Counter[str], problems: list[tuple[int, str]]
) -> Iterator[Pair]:
    """End what an unclosed mark opens where the text shows an end, and tell of every mark without a partner.

    `usual` counts the double marks that open this text's quotations: one of a make that is rare there is a slip.
    """
    text, whole = block.text, Span(block.start, block.end)
    for opened in block.unclosed:
        place = bisect_right(block.doubles, opened.start)
        limit = block.doubles[place] if place < len(block.doubles) else block.end
        stray = usual[opened.mark] < RARE * usual.total()
        end = None if stray else end_of(text, whole, Span(opened.start, opened.inside), limit, at_mark.get(limit))
        if end is not None and (content := _stripped(text, opened.inside, end[0])):
            yield Pair(content, opened.mark, 0, closed=False)
        if opened.mark not in APOSTROPHES or opened.mark == "‘":
            shown = " ".join(text[opened.inside : opened.inside + UNCLOSED_SHOWN].split())
            how = f"its words are taken to end {end[1]}" if end else "only that one mark was left out"
            problems.append((opened.start, f"The mark {opened.mark} before “{shown}…” is never closed; {how}."))
    for found in block.unopened:
        tail = " ".join(text[max(block.start, found.start() - UNCLOSED_SHOWN) : found.start()].split())
        problems.append(
            (found.start(), f"A closing mark {found.group()} after “{tail}” was never opened; it was left alone.")
        )


def _pair_block(block: _Block, following: str, pairs: list[Pair]) -> None:
    text, start, end, marks = block.text, block.start, block.end, block.marks
    stack: list[_Open] = []
    seen, line, first = start, 0, start  # up to where lines are counted, how many, where the words of this one begin
    for index, found in enumerate(marks):
        mark, at = found.group(), found.start()
        before = text[at - 1] if at > start else "\n"
        after = text[found.end()] if found.end() < end else "\n"
        if (newline := text.rfind("\n", seen, at)) >= 0:
            line += text.count("\n", seen, at)
            begins = BEGINS.search(text, newline)
            first = begins.start() if begins else at
        seen = at
        if _is_apostrophe(block, mark, at, before, after) or _is_measure(block, mark, at, index, stack):
            continue
        at_line_start = before == "\n" or first == at
        closes = _closes(block, mark, before, after, stack, index)
        if closes is not None:
            block.unclosed += stack[closes + 1 :]
            opened = stack[closes]
            del stack[closes:]
            content = _stripped(text, opened.inside, found.start())
            if content:
                pairs.append(Pair(content, opened.mark, len(stack)))
        elif _opens(block, mark, before, after, at):
            same = [o for o in stack if o.mark == mark]
            if same:
                opened = same[-1]
                next_line = at_line_start and line == opened.line + 1 and goes_on(text[opened.inside : at])
                alike = _nested_alike(mark, marks, index)
                if next_line or (not alike and begins_anew(text, Span(opened.start, opened.inside), at)):
                    del stack[stack.index(opened) :]
                    if content := _stripped(text, opened.inside, at):
                        pairs.append(Pair(content, opened.mark, len(stack), reopened=True))
                elif not alike:
                    block.unclosed += stack[stack.index(opened) :]
                    del stack[stack.index(opened) :]
            stack.append(_Open(mark, at, found.end(), line))
        elif mark not in APOSTROPHES:
            block.unopened.append(found)
    for position, opened in enumerate(stack):
        content = _stripped(text, opened.inside, end)
        if opened.mark and following.startswith(opened.mark) and goes_on(text[opened.inside : end]) and content:
            pairs.append(Pair(content, opened.mark, position, reopened=True))
        else:
            block.unclosed.append(opened)


def _nested_alike(mark: str, marks: list[re.Match[str]], index: int) -> bool:
    """The same mark opened twice: nested if two closing marks come next, otherwise the first was left open."""
    nexts = [m.group() for m in marks[index + 1 : index + 3] if m.group() not in APOSTROPHES]
    return mark not in {'"', "'"} and len(nexts) == 2 and all(n in CLOSERS[mark] and n != mark for n in nexts)


def _is_apostrophe(block: _Block, mark: str, at: int, before: str, after: str) -> bool:
    if mark not in APOSTROPHES:
        return False
    if before.isalnum() and after.isalnum():
        return True
    word = None if before.isalnum() else ELISIONS.match(block.text, at + 1, block.end)
    return word is not None and _elided(block, word)


def _elided(block: _Block, word: re.Match[str]) -> bool:
    """‘Til death’ in marks is a quotation; ’til death without a partner is none, nor ‘69 and their fathers’ coats."""
    if word.group().isdigit() and _possessive_next(block, word.end()):
        return True
    return not CLOSED_SOON.match(block.text, word.end(), block.end)


def _possessive_next(block: _Block, at: int) -> bool:
    """Whether the next mark that could close is the apostrophe of a plural: fathers’ coats."""
    next_ = bisect_left(block.possessives, at)
    return next_ < len(block.possessives) and bool(PLURAL.match(block.text, block.possessives[next_]))


def _is_measure(block: _Block, mark: str, at: int, index: int, stack: list[_Open]) -> bool:
    """6'2", a 12" record: feet and inches, unless the mark is the one that closes an open quotation."""
    text = block.text
    if mark not in {'"', "'", "”", "’", "''", "″"} or at == 0 or not text[at - 1].isdigit():
        return False
    matching = [o for o in stack if mark in CLOSERS[o.mark]]
    if not matching:
        return True
    later = next((m for m in block.later(index) if m.group() in CLOSERS[matching[-1].mark]), None)
    if later is None:
        return False
    # Another mark that closes better (after punctuation) before anything opens: this one counts inches.
    return text[later.start() - 1] in ",.!?" and not text[later.start() - 2 : later.start()].isspace()


def _closes(block: _Block, mark: str, before: str, after: str, stack: list[_Open], index: int) -> int | None:
    """The place in the stack of the opening mark that this one closes."""
    for place in range(len(stack) - 1, -1, -1):
        opened = stack[place]
        if mark not in CLOSERS[opened.mark]:
            continue
        if (
            mark in {"“", "‘"}
            and opened.mark in {"“", "„", "‚"}
            and not (not before.isspace() and (CLOSING_AFTER.match(after) or after == "\n"))
        ):
            continue
        if mark in {'"', "'", "''"}:
            looks_opening = (before.isspace() or before in "([{—–") and not after.isspace()
            if looks_opening:
                continue
            if mark == "'" and after.isalnum():
                continue
        if mark in {"’", "'"} and opened.mark in SINGLES:
            if after.isalnum():
                continue
            if before in "sSzZxX" and _better_closer_ahead(block, index):
                return None
        return place
    return None


def _better_closer_ahead(block: _Block, index: int) -> bool:
    """The drivers’ branch, inside single marks: a later mark after punctuation closes better than a possessive."""
    text, here = block.text, block.marks[index]
    if not re.match(r"\s[\w]", text[here.end() : here.end() + 2]):
        return False
    for later in block.later(index):
        if later.group() == "‘":
            return False
        before, behind = text[later.start() - 1], text[later.end() : later.end() + 1]
        if later.group() in "’'" and not behind.isalnum() and not before.isspace():
            between = text[here.end() : later.start()]
            return "\n" not in between and not re.search(r"[\s(]'\w", between)
    return False


def _opens(block: _Block, mark: str, before: str, after: str, at: int) -> bool:
    if after == "\n" and mark not in {"«"}:
        return False
    if mark in {"“", "„", "«", "‹", "``", "‚", "「", "『"}:
        return True
    free = at == block.start or bool(OPENING_BEFORE.match(before))
    if mark == "‘":
        return not before.isalnum()
    if mark in {"”", "»", "›"}:
        # Swedish ”så här” and Danish »sådan her« open with what elsewhere closes.
        return free and not after.isspace() and block.last(CLOSERS[mark][0]) > at
    if mark in {'"', "''"}:
        return (free or not before.isalnum()) and not after.isspace()
    if mark == "'":
        return free and not after.isspace() and block.last_closing > at
    return False


def _stripped(text: str, start: int, end: int) -> Span:
    """Without the blanks that French sets inside its marks, or that end a paragraph."""
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end)
