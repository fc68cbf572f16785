"""One `Report` comes in, its text goes out cut where anything changes: what the Read page and the handout draw.

Marks overlap (a loaded term inside scare quotes inside a quotation); segments do not. Each segment knows everything
that lies over it, so that a page draws the text from left to right and never looks up a span.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analysis.model import Finding, Report, Span, Voice, Voiced

_BLANK_LINE = re.compile(r"\s*\n\s*\n\s*")
# Single characters and the typed pairs that stand for one mark; the character just before or after a quotation's words.
_MARK = re.compile(r"``|''|[“”„‟‘’‚‛«»‹›\"'`]")

# The hues of the actors’ colours in the charts, in the same order, so that an actor has one hue in figures and in text.
_HUES = (276, 166, 44, 334, 209, 82, 18, 232)
TOLD_APART = 30  # degrees: 209 and 232 are two blues, 18 and 44 two tans, once they are pale grounds behind words

AGAINST, IN_FAVOUR, NEITHER = "against", "in favour", "neither for nor against"
THIRDS = (0.18, 0.35)  # of |valence| × weight: they part the judging marks of the sample corpus into thirds
EVEN = 0.05  # a valence nearer to nought than this is no direction; VADER draws the same line


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the article over which nothing changes.

    `findings` are indexes into `Report.findings`, the longest finding first, so that a page nests them as they come.
    `quote` is the index into `Report.quotes` of the innermost pair of marks around the segment, its two marks
    included; `is_mark` says that the segment is itself such a mark. `cue` and `source` are indexes into
    `Report.attributions`: the segment is the cue, or names the speaker, of that attribution. `mention` is the index
    into `Report.mentions` of the shortest mention over it. `paragraph` counts from 0.
    """

    start: int
    end: int
    text: str
    voice: Voice
    speaker: str | None
    findings: tuple[int, ...]
    quote: int | None
    is_mark: bool
    cue: int | None
    source: int | None
    mention: int | None
    paragraph: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: its segments without the blank line after it. `is_title` marks the headline."""

    segments: tuple[Segment, ...]
    is_title: bool

    @property
    def speakers(self) -> tuple[tuple[str | None, Voice], ...]:
        """Who is heard in the paragraph beside the narrator, in order and once each."""
        return tuple(dict.fromkeys((s.speaker, s.voice) for s in self.segments if s.voice != "narrator"))


def segments(report: Report) -> list[Segment]:
    """Cut the article of `report` where voice, finding, quotation mark, cue, mention or paragraph changes.

    The segments follow one another without gap or overlap, and their texts joined are `report.article.text`.
    Raises ValueError where a span of the report lies outside the text.
    """
    text = report.article.text
    quote_marks = [_marks_around(text, quote.content) for quote in report.quotes]
    quote_spans = [
        Span(min([q.content.start, *(m.start for m in marks)]), max([q.content.end, *(m.end for m in marks)]))
        for q, marks in zip(report.quotes, quote_marks, strict=True)
    ]
    breaks = _paragraph_breaks(text)
    voices = report.voices or (Voiced(Span(0, len(text)), "narrator", None),)
    layers: list[list[tuple[Span, int]]] = [
        [(f.span, i) for i, f in enumerate(report.findings)],
        [(span, i) for i, span in enumerate(quote_spans)],
        [(mark, i) for i, marks in enumerate(quote_marks) for mark in marks],
        [(a.cue, i) for i, a in enumerate(report.attributions) if a.cue],
        [(a.source, i) for i, a in enumerate(report.attributions) if a.source],
        [(m.span, i) for i, m in enumerate(report.mentions)],
    ]
    spans = [span for layer in layers for span, _ in layer] + breaks + [v.span for v in voices]
    cuts = sorted({0, len(text), *(p for span in spans for p in (span.start, span.end))})
    if cuts[-1] > len(text):
        raise ValueError(f"A span of article {report.article.id!r} ends at {cuts[-1]}, its text at {len(text)}.")
    over = [_over(layer, cuts) for layer in layers]
    starts = [b.start for b in breaks]
    return [
        Segment(
            start=start,
            end=end,
            text=text[start:end],
            voice=voice,
            speaker=speaker,
            findings=tuple(sorted(over[0].get(start, ()), key=lambda i: _nesting(report.findings[i], i))),
            quote=_shortest(over[1].get(start, ()), quote_spans),
            is_mark=start in over[2],
            cue=min(over[3].get(start, ()), default=None),
            source=min(over[4].get(start, ()), default=None),
            mention=_shortest(over[5].get(start, ()), [m.span for m in report.mentions]),
            paragraph=bisect_right(starts, start - 1),
        )
        for start, end, (voice, speaker) in _with_voices(cuts, voices)
    ]


def blocks(report: Report) -> list[Block]:
    """The segments by paragraph, blank lines left out; the headline, where there is one, is a block of its own."""
    text = report.article.text
    title = " ".join(report.article.title.split())
    breaks = _paragraph_breaks(text)
    starts = [span.start for span in breaks]
    grouped: dict[int, list[Segment]] = {}
    for segment in segments(report):
        before = bisect_right(starts, segment.start) - 1
        if before < 0 or segment.end > breaks[before].end:
            grouped.setdefault(segment.paragraph, []).append(segment)
    return [
        Block(tuple(group), bool(title) and i == 0 and " ".join("".join(s.text for s in group).split()) == title)
        for i, group in enumerate(grouped.values())
    ]


def hue(speaker: str | None) -> int | None:
    """The hue (0 to 359) of a speaker's tint where nobody else is heard: the same on every page and in every article.

    None for words that nobody named is credited with, which are tinted grey.
    """
    if not speaker or speaker.startswith("unnamed:"):
        return None
    return _HUES[zlib.crc32(speaker.encode()) % len(_HUES)]


def hues(report: Report) -> dict[str | None, int | None]:
    """The hues of all who speak in an article, told apart: `hue`, unless that is too near to another's here.

    Then it is the next of `_HUES` that is not, in an order of the speaker's own, so that the same speakers mostly have
    the same hues in every article; where none is left, the middle of the widest gap. Those who are heard come before
    those whose words are only attributed, and among them the order is that of their ids, not of the article.
    """
    heard = {voiced.speaker for voiced in report.voices if voiced.voice != "narrator"}
    others = {attribution.speaker for attribution in report.attributions} - heard
    found: dict[str | None, int | None] = {}
    taken: list[int] = []
    for speaker in (*sorted(heard, key=str), *sorted(others, key=str)):
        own = hue(speaker)
        if own is None or speaker is None:
            found[speaker] = None
            continue
        at = zlib.crc32(speaker.encode())
        step = 1 + 2 * (at // len(_HUES) % (len(_HUES) // 2))  # odd, so that eight steps meet all eight
        choices = (_HUES[(at + turn * step) % len(_HUES)] for turn in range(len(_HUES)))
        taken.append(next((one for one in choices if _apart(one, taken) >= TOLD_APART), None) or _widest(taken))
        found[speaker] = taken[-1]
    return found


def _apart(hue: int, taken: Sequence[int]) -> int:
    """How far a hue is from the nearest of those taken, in degrees of the wheel."""
    return min((180 - abs(abs(hue - other) - 180) for other in taken), default=180)


def _widest(taken: Sequence[int]) -> int:
    """The middle of the widest gap between hues."""
    wheel = sorted(taken)
    gaps = zip(wheel, [*wheel[1:], wheel[0] + 360], strict=True)
    first, last = max(gaps, key=lambda gap: gap[1] - gap[0])
    return (first + last) // 2 % 360


def strength(finding: Finding) -> int:
    """How thick the line under a finding is: 1, 2 or 3, by how far it judges and how sure that is."""
    force = abs(finding.valence) * finding.weight
    return 1 if force < THIRDS[0] else 2 if force < THIRDS[1] else 3


def sign(valence: float) -> str:
    """The direction of a judgement in words, for everybody who does not see its hue."""
    return AGAINST if valence < -EVEN else IN_FAVOUR if valence > EVEN else NEITHER


def _marks_around(text: str, content: Span) -> list[Span]:
    """The quotation marks that stand around `content`; a quotation that goes on in the next paragraph has one only."""
    found = []
    for start, end in ((max(content.start - 2, 0), content.start), (content.start - 1, content.start)):
        if start >= 0 and _MARK.fullmatch(text, start, end):
            found.append(Span(start, end))
            break
    for end in (content.end + 2, content.end + 1):
        if end <= len(text) and _MARK.fullmatch(text, content.end, end):
            found.append(Span(content.end, end))
            break
    return found


def _paragraph_breaks(text: str) -> list[Span]:
    return [Span(*m.span()) for m in _BLANK_LINE.finditer(text)]


def _nesting(finding: Finding, index: int) -> tuple[int, int, int]:
    return (-len(finding.span), finding.span.start, index)


def _over(layer: Iterable[tuple[Span, int]], cuts: Sequence[int]) -> dict[int, list[int]]:
    """For every cut at which a stretch begins, the indexes of the spans that lie over that stretch."""
    over: dict[int, list[int]] = {}
    for span, index in layer:
        first = bisect_right(cuts, span.start) - 1
        for cut in cuts[first:]:
            if cut >= span.end:
                break
            over.setdefault(cut, []).append(index)
    return over


def _shortest(indexes: Sequence[int], spans: Sequence[Span]) -> int | None:
    return min(indexes, key=lambda i: (len(spans[i]), i), default=None)


def _with_voices(cuts: Sequence[int], voices: Sequence[Voiced]) -> Iterator[tuple[int, int, tuple[Voice, str | None]]]:
    starts = [v.span.start for v in voices]
    for start, end in pairwise(cuts):
        held = voices[max(bisect_right(starts, start) - 1, 0)]
        inside = held.span.start <= start < held.span.end
        yield start, end, (held.voice, held.speaker) if inside else ("narrator", None)
