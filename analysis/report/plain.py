"""One `Report` comes in, lines for a terminal go out: each sentence that holds a mark, and why it is marked."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from analysis import tone
from analysis.model import UNKNOWN_SOURCE, Finding, Report
from analysis.report.article import about
from analysis.serialise import name_of, names_of
from analysis.voices import without_voice
from analysis.written import capital, count, day, number

WIDTH = 96  # columns of the widest line; a narrower terminal folds less
INDENT = " " * 5
ACTORS_SHOWN = 6


def to_text(report: Report, *, width: int = WIDTH) -> str:
    """The marks of a report in the order of the text, numbered, with their sentences; then the narrator's tone."""
    width = min(width, WIDTH)
    parts = [_head(report), *_sentences(report, width), *_tone(report)]
    return "\n".join(parts) + "\n"


def _head(report: Report) -> str:
    article, words = report.article, report.exposure
    source = "" if article.source == UNKNOWN_SOURCE else article.source
    lines = [
        " ".join(article.title.split()) or article.id,
        " · ".join(part for part in (source, day(article.published)) if part),
        f"{count(words.narrator, 'word')} by the narrator, {words.quoted:,} quoted, {words.reported:,} reported; "
        f"{count(len(report.findings), 'mark')}",
        *(f"Note: {problem}" for problem in report.problems),
    ]
    return "\n".join(_clean(line) for line in lines if line) + "\n"


def _sentences(report: Report, width: int) -> Iterator[str]:
    """Each sentence with a mark in brackets, and a line for each of its marks below."""
    names = names_of(report)
    ordered = sorted(report.findings, key=lambda f: (f.span.start, -f.span.end))
    numbers = {id(finding): n for n, finding in enumerate(ordered, 1)}
    for sentence in report.sentences:
        own = [f for f in ordered if sentence.span.start <= f.span.start < sentence.span.end]
        if not own:
            continue
        yield textwrap.fill(
            _bracketed(report, sentence.span.start, sentence.span.end, own, numbers), width, break_on_hyphens=False
        )
        for finding in own:
            speaker = name_of(finding.speaker, names)
            whose = f"{finding.voice}, {speaker}" if speaker else finding.voice
            told = f"{capital(about(finding, names))} ({whose}). {without_voice(finding.reason)}"
            yield textwrap.fill(
                _clean(told), width, initial_indent=f"{numbers[id(finding)]:>4} ", subsequent_indent=INDENT,
                break_on_hyphens=False,
            )  # fmt: skip
        yield ""


def _bracketed(report: Report, start: int, end: int, own: list[Finding], numbers: dict[int, int]) -> str:
    """The sentence with brackets around its marks and their numbers behind them; of marks that overlap the first."""
    text, told, at = report.article.text, "", start
    for finding in own:
        if finding.span.start >= at:
            same = [str(numbers[id(f)]) for f in own if f.span.overlaps(finding.span)]
            told += f"{text[at : finding.span.start]}[{finding.span.of(text)}]{','.join(same)}"
            at = finding.span.end
    return _clean(told + text[at:end])


def _tone(report: Report) -> Iterator[str]:
    names = names_of(report)
    judged = [one for one in report.tone if one.voice == "narrator" and round(tone.shown(one), 2)]
    judged.sort(key=lambda one: -abs(tone.shown(one)))
    if judged:
        yield "The narrator’s tone, −1 against to +1 in favour (of few mentions drawn towards 0, as in the dashboard):"
    for one in judged[:ACTORS_SHOWN]:
        told = number(tone.shown(one), 2, sign=True)
        yield _clean(f"{told:>8}  {name_of(one.actor, names)} ({count(one.n, 'mention')})")


def _clean(line: str) -> str:
    """Other people's text without what a terminal would obey: control characters and line breaks."""
    return "".join(c if c.isprintable() else " " for c in line)
