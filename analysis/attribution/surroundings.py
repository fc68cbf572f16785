"""The writer's words around a pair of marks: text and pairs in, a frame for each pair out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from analysis.marks import Pair
from analysis.model import Span

PARAGRAPH = re.compile(r"\n\s*\n|(?<=[.!?”\"’»)])[^\S\n]*\n")  # a blank line, or a line that ends like a paragraph
# “Find the mails.” Rook said. The stop inside the marks does not part the words from the short clause behind them.
TRAILING = re.compile(
    r"[”\"’'»]\s*(?:[A-Z][\w.’'-]*\s+){1,4}(?:said|says|added|adds|told \w+|wrote|asked|tweeted|posted)"
    r"(?: (?:on [A-Z][a-z]+day|on [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?|in an? [a-z]+))?(?:[.]|\s*$)"
)
ABBREVIATED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Maj|Brig|Col|Capt|Lt|Sgt|Cpl|Adm|Cmdr|Supt|Insp|St|Jr|Sr|No|vs|Prof|Rev|Hon|Atty|"
    r"Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|[A-Z])$"
)


@dataclass(frozen=True, slots=True)
class Frame:
    """The writer's words around a pair of marks, up to the end of their sentence."""

    before: Span
    after: Span
    paragraph: Span


def frames_of(text: str, pairs: Sequence[Pair], outer: Sequence[int]) -> dict[int, Frame]:
    """The frame of each of the `outer` pairs, by its number."""
    edges = [match.span() for match in PARAGRAPH.finditer(text)]
    return {i: _frame(text, pairs, outer, n, edges) for n, i in enumerate(outer)}


def _frame(text: str, pairs: Sequence[Pair], outer: Sequence[int], n: int, edges: Sequence[tuple[int, int]]) -> Frame:
    content = pairs[outer[n]].content
    paragraph = _paragraph(text, content, edges)
    previous = pairs[outer[n - 1]].content.end if n else 0
    following = pairs[outer[n + 1]].content.start if n + 1 < len(outer) else len(text)
    low = max(paragraph.start, min(previous + 1, content.start))
    before = text[low : max(content.start - 1, low)]
    cut = max(
        (
            m.end()
            for m in re.finditer(r"[.!?]['”\"’»]?\s+(?=[A-Z“\"‘«]|$)", before)
            if not _abbreviated(before, m.start())
        ),
        default=0,
    )
    high = min(paragraph.end, max(following - 1, content.end))
    after = text[content.end : high]
    ended = content.of(text).rstrip("\"'”’»").endswith(".") and not after[1:].lstrip().startswith(",")
    if ended and not TRAILING.match(after):
        after = ""  # the writer's sentence ended inside the marks; what follows is another one
    stop = next(
        (
            m.start()
            for m in re.finditer(r"[.!?](?=\s+[A-Z“\"‘«]|\s*$)", after[1:])
            if not _abbreviated(after[1:], m.start())
        ),
        None,
    )
    end = content.end + (stop + 2 if stop is not None else len(after))
    return Frame(
        Span(low + cut, max(content.start - 1, low + cut)), Span(content.end, max(end, content.end)), paragraph
    )


def inner_frame(text: str, pair: Pair, around: Pair) -> Frame:
    before = Span(around.content.start, max(pair.content.start - 1, around.content.start))
    after = Span(min(pair.content.end, around.content.end), around.content.end)
    return Frame(before, after, around.content)


def _abbreviated(text: str, stop: int) -> bool:
    """Whether a stop belongs to the word before it."""
    return bool(ABBREVIATED.search(text, max(0, stop - 8), stop))


def _paragraph(text: str, span: Span, edges: Sequence[tuple[int, int]]) -> Span:
    """The paragraph of `span`; `edges` are the blanks between paragraphs."""
    before = bisect_right(edges, span.start, key=itemgetter(1)) - 1
    behind = bisect_left(edges, span.end, key=itemgetter(0))
    start = edges[before][1] if before >= 0 else 0
    return Span(start, edges[behind][0] if behind < len(edges) else len(text))
