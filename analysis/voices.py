"""Whose words every stretch of an article is: attributions in, a partition of the text into voices out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from analysis.letters import runs
from analysis.model import Attribution, Exposure, Report, Span, Voice, Voiced

Ints = np.ndarray[Any, np.dtype[np.int64]]

# A word for every count and rate of the product: letters or digits, joined inside by an apostrophe or a hyphen.
WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")

WRITERS = "nobody is quoted here, so it is the writer’s word"  # how a reason says that the narrator speaks


def without_voice(reason: str) -> str:
    """A reason for where the voice is told beside it: without the half sentence that says that the narrator speaks."""
    return reason.replace(f"; {WRITERS}", "")


def count_words(text: str) -> int:
    """The number of words in `text`, counted the one way that every exposure and rate uses."""
    return sum(1 for _ in WORD.finditer(text))


def partition(text: str, attributions: Sequence[Attribution]) -> tuple[Voiced, ...]:
    """Cut `text` into stretches of one voice and one speaker, without gap or overlap.

    Words inside marks that are credited to somebody are quoted, indirect content is reported, all else is the
    narrator's. Where contents lie inside each other, marks win over indirect speech, and the inner over the outer.
    """
    ranked = sorted(attributions, key=lambda a: (a.kind != "indirect", -len(a.content)))
    owner: list[tuple[Voice, str | None]] = []
    cuts = sorted({0, len(text), *(p for a in attributions for p in (a.content.start, a.content.end))})
    pieces = [Span(a, b) for a, b in pairwise(cuts) if b > a]
    owner = [("narrator", None)] * len(pieces)
    starts = [p.start for p in pieces]
    for a in ranked:
        voice: Voice = "reported" if a.kind == "indirect" else "quoted"
        first = bisect_right(starts, a.content.start) - 1
        for i in range(max(first, 0), len(pieces)):
            if pieces[i].start >= a.content.end:
                break
            owner[i] = (voice, a.speaker)
    out: list[Voiced] = []
    for piece, (voice, speaker) in zip(pieces, owner, strict=True):
        if out and (out[-1].voice, out[-1].speaker) == (voice, speaker):
            out[-1] = Voiced(Span(out[-1].span.start, piece.end), voice, speaker)
        else:
            out.append(Voiced(piece, voice, speaker))
    return tuple(out)


def at(voices: Sequence[Voiced], position: int) -> Voiced:
    """The stretch that holds the character at `position`."""
    if not voices or not 0 <= position < voices[-1].span.end:
        raise ValueError(f"Position {position} lies outside the text (0 to {voices[-1].span.end if voices else 0}).")
    return voices[bisect_right(voices, position, key=lambda v: v.span.start) - 1]


def exposure(text: str, voices: Sequence[Voiced]) -> Exposure:
    """Words per voice; a word belongs to the voice of its first letter, so the three add up to all words."""
    counts: dict[Voice, int] = {"narrator": 0, "quoted": 0, "reported": 0}
    starts = runs(text, "'’-")[0].tolist()
    for voiced in voices:
        counts[voiced.voice] += bisect_left(starts, voiced.span.end) - bisect_left(starts, voiced.span.start)
    return Exposure(**counts)


class Places:
    """Where in an article an offset lies: in which sentence, in whose voice."""

    def __init__(self, report: Report) -> None:
        whole = Span(0, len(report.article.text))
        self.text = report.article.text
        self.voices = report.voices or (Voiced(whole, "narrator", None),)
        self.sentences = [sentence.span for sentence in report.sentences]
        self._voice_starts = [voiced.span.start for voiced in self.voices]
        self._sentence_starts = [span.start for span in self.sentences]

    def voiced(self, offsets: Ints) -> Ints:
        return np.maximum(np.searchsorted(self._voice_starts, offsets, side="right") - 1, 0)

    def sentence_numbers(self, offsets: Ints) -> Ints:
        return np.maximum(np.searchsorted(self._sentence_starts, offsets, side="right") - 1, 0)

    # One by one a list is searched in a tenth of the time that an array takes.
    def voice(self, span: Span) -> Voiced:
        return self.voices[max(bisect_right(self._voice_starts, span.start) - 1, 0)]

    def sentence(self, span: Span) -> Span:
        if not self.sentences:
            return span
        return self.sentences[max(bisect_right(self._sentence_starts, span.start) - 1, 0)]
