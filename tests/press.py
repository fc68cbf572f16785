"""Reports made by hand for tables, measures and charts: a text and the words in it that count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from analysis import voices
from analysis.model import Actor, Article, Attribution, Finding, Mention, Quote, Report, Sentence, Span, Tone

VELLMAR = Actor("vellmar", "Vellmar", "country")
ARDEN = Actor("nora-arden", "Nora Arden", "person")
SOMEBODY = Actor("unnamed:senior-official", "senior official", "person")
FULL = Actor("dock-union", "Dock & <b>Harbour</b> Union", "organisation")
KESTREL, MERIDIAN = "The Kestrel Post", "Meridian Daily"
CAST = (VELLMAR, ARDEN, SOMEBODY, FULL)


def place(text: str, words: str, nth: int = 0) -> Span:
    """Where `words` stands in `text`, counting from 0; raises ValueError where it does not."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def told(
    id: str,
    source: str,
    text: str,
    *,
    terms: Sequence[tuple[str, str | None, float]] = (),
    kinds: Sequence[tuple[str, str, str | None]] = (),
    mentions: Sequence[tuple[str, str, str]] = (),
    said: Sequence[tuple[str, str, str, str, str]] = (),
    scare: Sequence[str] = (),
    tone: Sequence[Tone] = (),
    published: date | None = None,
    title: str = "",
    problems: tuple[str, ...] = (),
) -> Report:
    """A report in which each thing is named by its words.

    terms: loaded terms (words, target, valence). kinds: other findings (words, kind, target). mentions: (words,
    actor, form). said: (content, kind, cue, speaker, stance). scare: contents of scare quotes. A word that repeats
    stands for its next place.
    """
    used: dict[str, int] = {}

    def spot(words: str) -> Span:
        used[words] = used.get(words, -1) + 1
        return place(text, words, used[words])

    attributions = tuple(
        Attribution(kind, place(text, content), place(text, cue), None, speaker, stance)  # type: ignore[arg-type]
        for content, kind, cue, speaker, stance in said
    )
    stretches = voices.partition(text, attributions)
    found = []
    for words, target, valence in terms:
        span = spot(words)
        voiced = voices.at(stretches, span.start)
        found.append(
            Finding("loaded_term", "label", span, voiced.voice, voiced.speaker, target, valence, 0.8, f"“{words}”.")
        )
    for words, kind, target in kinds:
        span = place(text, words)
        voiced = voices.at(stretches, span.start)
        found.append(Finding(kind, "other", span, voiced.voice, voiced.speaker, target, -0.3, 0.5, "Why."))  # type: ignore[arg-type]
    ends = [at + 1 for at, sign in enumerate(text) if sign in ".\n"]
    starts = [0, *ends]
    sentences = [Sentence(Span(a, b), 0.5) for a, b in zip(starts, [*ends, len(text)], strict=True) if b > a]
    quotes = [Quote("scare", place(text, words), None, 0.9, 0.5, "In marks.") for words in scare]
    quotes += [
        Quote("direct", one.content, one.speaker, 0.0, 0.1, "Said.") for one in attributions if one.kind == "direct"
    ]
    return Report(
        article=Article(id, text, source, title, published),
        actors=tuple(actor for actor in CAST if any(actor.id == one[1] for one in mentions)),
        mentions=tuple(Mention(spot(words), actor, form) for words, actor, form in mentions),  # type: ignore[arg-type]
        attributions=attributions,
        quotes=tuple(quotes),
        findings=tuple(found),
        sentences=tuple(sentences),
        tone=tuple(tone),
        exposure=voices.exposure(text, stretches),
        voices=stretches,
        problems=problems,
    )


def filler(n: int) -> str:
    """A sentence of n words that mean nothing."""
    return " ".join(["Nothing", *["more"] * (n - 1)]) + "."


def loaded(
    id: str, source: str, n: int, words: int, *, actor: str | None = None, published: date | None = None
) -> Report:
    """An article of `words` words, `n` of them “regime”, a loaded term about the actor."""
    text = f"Vellmar waits. {'A regime. ' * n}" + filler(words - 2 - 2 * n)
    return told(
        id, source, text, terms=[("regime", actor, -0.5)] * n, mentions=[("Vellmar", "vellmar", "name")],
        published=published,
    )  # fmt: skip


def two_sources() -> list[Report]:
    """Four articles a source of 300 words, the Kestrel Post’s with 12 “regime”, the Meridian Daily’s with 2."""
    counts = {KESTREL: (4, 2, 0, 6), MERIDIAN: (1, 0, 0, 1)}
    return [
        loaded(f"{source}-{at}", source, n, 300, actor="vellmar", published=date(2024, 1 + at % 2, 3))
        for source, ns in counts.items()
        for at, n in enumerate(ns)
    ]
