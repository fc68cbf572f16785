"""What pupils can be asked to do, and how a text is cut into the pieces that they can tap.

A text and a task come in; pieces go out, as half-open stretches of code points. The cut looks at the text alone and
never at the analysis, so it gives nothing away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from analysis.marks import pair
from analysis.model import Report, Span

Cut = Literal["words", "quotes", "stretches"]

MARKED = "marked"  # the value of a marked piece where only marked or not is counted
UNMARKED = ""
WORD = re.compile(r"[\w$£€%]+(?:[’'\-‐‑.,]\w+)*")
SENTENCE_END = re.compile(r"[.!?…]+[”’\"')\]]*\s+(?=[“‘\"'(\[]?[A-Z0-9])")


@dataclass(frozen=True, slots=True)
class Category:
    """One of the things a mark can say. `sign` is the hue of the mark as everywhere: cold, warm or none."""

    id: str
    name: str
    hint: str
    sign: str = "none"


@dataclass(frozen=True, slots=True)
class Task:
    """What is asked. `unmarked` is what a piece without a mark says; None where it says nothing at all.

    With `binary`, agreement is counted on marked or not marked, whatever the category.
    """

    id: str
    name: str
    ask: str
    warning: str  # what a class is told before it reads: the forewarning
    cut: Cut
    categories: tuple[Category, ...]
    unmarked: str | None
    binary: bool

    def category(self, value: str) -> Category | None:
        return next((c for c in self.categories if c.id == value), None)


_LOADED = (
    Category("against", "makes somebody look bad", "thugs, regime, shameless", "cold"),
    Category("favour", "makes somebody look good", "heroic, hard-working, brave", "warm"),
    Category("stirs", "stirs feelings", "chaos, nightmare, at last"),
)
_WARN_WORDS = (
    "Every text makes choices: which word, which verb, whose voice. Some words name a thing, others judge it or stir "
    "feelings. A loaded word is not a lie, and a plain word is not the truth. Read slowly, and notice which words do "
    "something to you."
)

TASKS: tuple[Task, ...] = (
    Task(
        "loaded",
        "Loaded terms",
        "Mark the words that judge or stir rather than name.",
        _WARN_WORDS,
        "words",
        _LOADED,
        UNMARKED,
        True,
    ),
    Task(
        "scare",
        "Scare quotes",
        "Tap each pair of quotation marks and say what it is for.",
        "Quotation marks have several jobs. They can show what somebody said, they can name a title or a word, and "
        "they can hold words at arm’s length: ‘so-called’. Look for who is credited with the words.",
        "quotes",
        (
            Category("distance", "keeps a distance", "the writer does not want to own the words", "cold"),
            Category("quoted", "somebody said it", "the text says whose words they are"),
            Category("name", "a name or a word", "a title, a nickname, a word talked about as a word"),
        ),
        None,
        False,
    ),
    Task(
        "voice",
        "Whose voice",
        "Mark every stretch that tells somebody else’s words. What you leave bare is the writer’s own voice.",
        "A news text is a choir. Some words are the writer’s, some are quoted between marks, some are told without "
        "marks (“she said that …”). Ask of every sentence: who says so?",
        "stretches",
        (
            Category("quoted", "quoted", "somebody’s words, between marks"),
            Category("reported", "reported", "what somebody said, without marks"),
        ),
        "narrator",
        False,
    ),
    Task(
        "free",
        "Free marking",
        "Mark whatever does framing work.",
        _WARN_WORDS,
        "words",
        (
            Category("loaded_term", "loaded term", "judges or stirs rather than names", "cold"),
            Category("scare_quote", "scare quotes", "marks that keep a distance"),
            Category("certainty", "doubt or certainty", "allegedly, of course, revealed"),
            Category("reporting_verb", "verb of saying", "claimed, admitted, slammed"),
        ),
        UNMARKED,
        True,
    ),
    Task(
        "guess",
        "Guess the source",
        "Guess which paper wrote each text, and mark the words that told you.",
        "Papers have habits: how they open, which verbs they use, whom they let speak. A habit is not a fault. Look "
        "for what gives a writer away.",
        "words",
        (Category("gave", "gave it away", "the words that told you"),),
        UNMARKED,
        True,
    ),
    Task(
        "rewrite",
        "Slanted rewrite",
        "Rewrite the report so that it takes a side, without changing one fact. Then mark what the others did.",
        "Now you are the ones who frame. Keep every fact: who, what, when, how many. Change only the words, the order "
        "and whose voice is heard. Nobody’s name will stand beside the text.",
        "words",
        _LOADED,
        UNMARKED,
        True,
    ),
)


def task(task_id: str) -> Task:
    """The task of that id. Raises ValueError naming the valid ones."""
    for known in TASKS:
        if known.id == task_id:
            return known
    raise ValueError(f"Unknown task {task_id!r}. Choose one of: {', '.join(t.id for t in TASKS)}.")


def cut(text: str, how: Cut) -> tuple[Span, ...]:
    """The pieces of `text` that can be tapped, in order and without overlap."""
    if how == "words":
        return tuple(Span(*match.span()) for match in WORD.finditer(text))
    if how == "quotes":
        return _quotes(text)
    return _stretches(text)


def _quotes(text: str) -> tuple[Span, ...]:
    """Each pair of marks with what stands in it; of nested pairs the outermost."""
    spans = []
    for found in pair(text)[0]:
        if found.depth == 0:
            closing = 0 if found.reopened else 1
            spans.append(Span(found.content.start - len(found.opening), min(found.content.end + closing, len(text))))
    return tuple(spans)


def _stretches(text: str) -> tuple[Span, ...]:
    """Sentences, cut again where quotation marks open and close."""
    cuts = {0, len(text)}
    for line in re.finditer(r"\n+", text):
        cuts |= {line.start(), line.end()}
    cuts |= {match.end() for match in SENTENCE_END.finditer(text)}
    for span in _quotes(text):
        inside = {place for place in cuts if span.start < place < span.end}
        cuts = (cuts - inside) | {span.start, span.end} | {p for p in inside if text[p - 1].isspace()}
    spans = []
    for start, end in pairwise(sorted(cuts)):
        words = text[start:end]
        if any(sign.isalnum() for sign in words):
            spans.append(Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip())))
    return tuple(spans)


def reading(report: Report, of: Task) -> list[tuple[Span, str, str, str]]:
    """What the analyser says, in the terms of a task: stretch, category, kind of mark, reason."""
    if of.id == "scare":
        kinds = {"scare": "distance", "direct": "quoted", "partial": "quoted", "mention": "name"}
        return [(q.content, kinds[q.kind], "scare_quote", q.reason) for q in report.quotes if q.kind in kinds]
    if of.id == "voice":
        return [
            (v.span, v.voice, "voice", VOICE_REASONS[v.voice])
            for v in report.voices
            if v.voice != "narrator" and len(v.span)
        ]
    found: list[tuple[Span, str, str, str]] = []
    for finding in report.findings:
        value = _category(finding.kind, finding.valence, of)
        if value is not None:
            found.append((finding.span, value, finding.kind, finding.reason))
    return found


def _category(kind: str, valence: float, of: Task) -> str | None:
    if of.id == "free":
        return "certainty" if kind == "hedge" else kind
    if of.id == "guess":
        return "gave"
    if kind != "loaded_term":
        return None
    return "against" if valence < 0 else "favour" if valence > 0 else "stirs"


VOICE_REASONS = {
    "quoted": "The words stand between marks and somebody is credited with them.",
    "reported": "The text tells without marks what somebody said.",
}
