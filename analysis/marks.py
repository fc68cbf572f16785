"""Quotation marks: a text in, its pairs of marks and the unpaired ones out.

Marks are read paragraph by paragraph, so that one missing mark can never turn the rest of an article inside out.
Apostrophes, feet and inches are told from marks by what stands on either side of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from analysis.model import Span

# Which marks close which opening mark. The first of each is the usual one; the others are what people type.
CLOSERS: dict[str, str] = {
    "“": '”"“',
    "„": '“”"',
    "”": "”",
    '"': '"”',
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    "‘": "’'",
    "‚": "‘’",
    "'": "'’",
    "``": "''\"”",
    "''": "''",
    "「": "」",
    "『": "』",
}
SINGLES = frozenset("‘’‚'‹›")
APOSTROPHES = frozenset("’'‘")
# Words that begin with an apostrophe and so look like an opened quotation.
ELISIONS = re.compile(r"(?:em|tis|twas|til|till|cause|bout|round|n|cos|ere|gainst|neath|\d0s|\d\d)\b", re.IGNORECASE)
OPENING_BEFORE = re.compile(r"[\s(\[{—–\-/“‘„‚«‹\"'»:]")  # what may stand before an opening mark
CLOSING_AFTER = re.compile(r"[\s)\]}—–\-/,.;:!?…”’“\"'»›」』]")
FRAGMENT_WORDS = 5  # in marks without a stop: the writer's sentence runs through them
UNCLOSED_SHOWN = 40  # characters of the words after an unpaired mark that its problem shows
SAID_AFTER = re.compile(r"[,.?!]\s+(?:said|says|added|asked|replied|told|wrote)\s+\w|[,.?!]\s+(?:he|she|they)\s+said")
BEGINS, BLANK_LINE = re.compile(r"\S"), re.compile(r"\n[^\S\n]*\n")
MARK = re.compile("``|''|[“”„\"«»‹›‘’‚'「」『』]")


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair of marks. `content` leaves the marks out; `depth` is 0 for a pair inside no other.

    `reopened` is true where the paragraph ends without a closing mark because the quotation goes on in the next one.
    """

    content: Span
    opening: str
    depth: int
    reopened: bool = False


def around_fragments(text: str, pairs: Sequence[Pair]) -> frozenset[int]:
    """Characters of the marks around short fragments, which are part of the writer's own sentence.

    A reader reads over such marks, and so must the grammar: were “hysterically” developing.
    """
    hidden: set[int] = set()
    for pair_ in pairs:
        words = pair_.content.of(text)
        if len(words.split()) <= FRAGMENT_WORDS and not words.rstrip().endswith((",", ".", "!", "?", ";", ":")):
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

    Returns the pairs in the order of their opening marks, and one plain sentence for each mark without a partner.
    """
    pairs: list[Pair] = []
    problems: list[str] = []
    blocks = list(_blocks(text))
    for number, (start, end) in enumerate(blocks):
        following = text[blocks[number + 1][0] :][:2] if number + 1 < len(blocks) else ""
        _pair_block(text, start, end, following, pairs, problems)
    return tuple(_nested(pairs)), tuple(problems)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
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


def _pair_block(text: str, start: int, end: int, following: str, pairs: list[Pair], problems: list[str]) -> None:
    marks = list(MARK.finditer(text, start, end))
    stack: list[_Open] = []
    for index, found in enumerate(marks):
        mark, at = found.group(), found.start()
        before = text[at - 1] if at > start else "\n"
        after = text[found.end()] if found.end() < end else "\n"
        if _is_apostrophe(text, mark, at, before, after, end) or _is_measure(text, mark, at, marks, index, stack):
            continue
        line = text.count("\n", start, at)
        at_line_start = before == "\n" or not text[text.rfind("\n", start, at) + 1 if line else start : at].strip()
        closes = _closes(text, mark, before, after, stack, marks, index)
        if closes is not None:
            for lost in stack[closes + 1 :]:
                _report_unclosed(text, lost, problems)
            opened = stack[closes]
            del stack[closes:]
            content = _stripped(text, opened.inside, found.start())
            if content:
                pairs.append(Pair(content, opened.mark, len(stack)))
        elif _opens(text, mark, before, after, end, at, start):
            same = [i for i, o in enumerate(stack) if o.mark == mark]
            if (
                same
                and at_line_start
                and line == stack[same[-1]].line + 1
                and _may_continue(text[stack[same[-1]].inside : at])
            ):
                opened = stack[same[-1]]
                del stack[same[-1] :]
                if content := _stripped(text, opened.inside, at):
                    pairs.append(Pair(content, opened.mark, len(stack), reopened=True))
            elif same and not _nested_alike(text, mark, marks, index):
                for lost in stack[same[-1] :]:
                    _report_unclosed(text, lost, problems)
                del stack[same[-1] :]
            stack.append(_Open(mark, at, found.end(), line))
        elif mark not in APOSTROPHES:
            problems.append(
                f"A closing mark {mark} after “{_tail(text, start, at)}” was never opened; it was left alone."
            )
    for position, opened in enumerate(stack):
        content = _stripped(text, opened.inside, end)
        if opened.mark and following.startswith(opened.mark) and _may_continue(text[opened.inside : end]) and content:
            pairs.append(Pair(content, opened.mark, position, reopened=True))
        else:
            _report_unclosed(text, opened, problems)


def _may_continue(words: str) -> bool:
    """Words that already name who said them were meant to be closed, not carried into the next paragraph."""
    return not SAID_AFTER.search(words)


def _nested_alike(text: str, mark: str, marks: list[re.Match[str]], index: int) -> bool:
    """The same mark opened twice: nested if two closing marks come next, otherwise the first was left open."""
    nexts = [m.group() for m in marks[index + 1 : index + 3] if m.group() not in APOSTROPHES]
    return mark not in {'"', "'"} and len(nexts) == 2 and all(n in CLOSERS[mark] and n != mark for n in nexts)


def _is_apostrophe(text: str, mark: str, at: int, before: str, after: str, end: int) -> bool:
    if mark not in APOSTROPHES:
        return False
    if before.isalnum() and after.isalnum():
        return True
    return not before.isalnum() and bool(ELISIONS.match(text, at + 1, end)) and _elided(text, at, end)


def _elided(text: str, at: int, end: int) -> bool:
    """‘Til death’ in marks is a quotation; ’til death without a partner is none, nor ‘69 and their fathers’ coats."""
    word_end = ELISIONS.match(text, at + 1, end)
    if word_end and word_end.group().isdigit() and _possessive_next(text, word_end.end(), end):
        return True
    return bool(word_end) and not re.match(r"[^\n“”\"]{0,60}?[\w.,!?]['’](?![\w])", text[word_end.end() : end])  # type: ignore[union-attr]


def _possessive_next(text: str, at: int, end: int) -> bool:
    """Whether the next mark that could close is the apostrophe of a plural: fathers’ coats."""
    closer = re.compile(r"[\w.,!?]['’](?!\w)").search(text, at, end)
    return bool(closer) and bool(re.match(r"s['’] [a-z]", text[closer.start() : closer.start() + 4]))  # type: ignore[union-attr]


def _is_measure(text: str, mark: str, at: int, marks: list[re.Match[str]], index: int, stack: list[_Open]) -> bool:
    """6'2", a 12" record: feet and inches, unless the mark is the one that closes an open quotation."""
    if mark not in {'"', "'", "”", "’", "''"} or at == 0 or not text[at - 1].isdigit():
        return False
    matching = [o for o in stack if mark in CLOSERS[o.mark]]
    if not matching:
        return True
    later = next((m for m in marks[index + 1 :] if m.group() in CLOSERS[matching[-1].mark]), None)
    if later is None:
        return False
    # Another mark that closes better (after punctuation) before anything opens: this one counts inches.
    return text[later.start() - 1] in ",.!?" and not text[later.start() - 2 : later.start()].isspace()


def _closes(
    text: str, mark: str, before: str, after: str, stack: list[_Open], marks: list[re.Match[str]], index: int
) -> int | None:
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
            if before in "sSzZxX" and _better_closer_ahead(text, mark, marks, index):
                return None
        return place
    return None


def _better_closer_ahead(text: str, mark: str, marks: list[re.Match[str]], index: int) -> bool:
    """The drivers’ branch, inside single marks: a later mark after punctuation closes better than a possessive."""
    here = marks[index]
    after = text[here.end() : here.end() + 2]
    if not re.match(r"\s[\w]", after):
        return False
    for later in marks[index + 1 :]:
        if later.group() == "‘":
            return False
        before, behind = text[later.start() - 1], text[later.end() : later.end() + 1]
        if later.group() in "’'" and not behind.isalnum() and not before.isspace():
            if text[here.end() : later.start()].count("\n"):
                return False
            opening_between = re.search(r"[\s(]'\w", text[here.end() : later.start()])
            return not opening_between
    return False


def _opens(text: str, mark: str, before: str, after: str, end: int, at: int, start: int) -> bool:
    if after == "\n" and mark not in {"«"}:
        return False
    if mark in {"“", "„", "«", "‹", "``", "‚", "「", "『"}:
        return True
    free = at == start or bool(OPENING_BEFORE.match(before))
    if mark == "‘":
        return not before.isalnum()
    if mark in {"”", "»", "›"}:
        # Swedish ”så här” and Danish »sådan her« open with what elsewhere closes.
        partner = CLOSERS[mark]
        return free and not after.isspace() and partner in text[at + 1 : end]
    if mark in {'"', "''"}:
        return (free or not before.isalnum()) and not after.isspace()
    if mark == "'":
        rest = text[at + 1 : end]
        return free and not after.isspace() and bool(re.search(r"[^\s]['’](?!\w)", rest))
    return False


def _stripped(text: str, start: int, end: int) -> Span:
    """Without the blanks that French sets inside its marks, or that end a paragraph."""
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end)


def _tail(text: str, start: int, at: int) -> str:
    return " ".join(text[max(start, at - UNCLOSED_SHOWN) : at].split())


def _report_unclosed(text: str, opened: _Open, problems: list[str]) -> None:
    shown = " ".join(text[opened.inside : opened.inside + UNCLOSED_SHOWN].split())
    if opened.mark not in APOSTROPHES or opened.mark == "‘":
        problems.append(f"The mark {opened.mark} before “{shown}…” is never closed; only that one mark was left out.")
