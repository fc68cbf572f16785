"""Small reports made by hand for the tests of the pages: from a text and a few words in it to a `Report`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from analysis.model import (
    Actor,
    Article,
    Attribution,
    Exposure,
    Finding,
    FindingKind,
    Mention,
    Quote,
    Report,
    Sentence,
    Span,
    Tone,
    Voice,
    Voiced,
)
from tests.press import place

ARDEN = Actor("nora-arden", "Nora Arden", "person")
VELLMAR = Actor("vellmar", "Vellmar", "country")
PORT = Actor("port-authority", "Port Authority", "organisation")

TEXT = (
    "Port talks stall again\n\n"
    "The regime in Vellmar slammed the Port Authority’s “generous” offer on Monday, 😀 a day late.\n\n"
    "“This is a disgraceful stunt,” said Nora Arden, who allegedly wrote the offer. Of course, nobody asked her."
)


def finding(
    text: str,
    words: str,
    kind: FindingKind = "loaded_term",
    *,
    voice: Voice = "narrator",
    speaker: str | None = None,
    target: str | None = None,
    valence: float = -0.6,
    category: str = "label",
) -> Finding:
    return Finding(
        kind, category, place(text, words), voice, speaker, target, valence, 0.8, f"Because of the word ‘{words}’."
    )


def report(
    article_id: str = "a1", source: str = "The Kestrel Post", *, title: str = "Port talks stall again", text: str = TEXT
) -> Report:
    """One article with every kind of mark in it, in all the ways that the pages tell apart."""
    content = place(text, "This is a disgraceful stunt,")
    scare = place(text, "generous")
    speech = Span(content.start - 1, content.end + 1)
    return Report(
        article=Article(
            article_id, text, source, title, date(2024, 3, 4), "https://example.org/a", removed=("Leave a Reply",)
        ),
        actors=(ARDEN, VELLMAR, PORT),
        mentions=(
            Mention(place(text, "Vellmar"), VELLMAR.id, "name"),
            Mention(place(text, "Port Authority"), PORT.id, "name"),
            Mention(place(text, "Nora Arden"), ARDEN.id, "name"),
            Mention(place(text, "her"), ARDEN.id, "pronoun"),
        ),
        attributions=(
            Attribution("direct", content, place(text, "said"), place(text, "Nora Arden"), ARDEN.id, "neutral"),
        ),
        quotes=(
            Quote("scare", scare, None, 0.9, 0.3, "In marks, and nobody is credited with the word."),
            Quote("direct", content, ARDEN.id, 0.0, 0.7, "Nora Arden is credited with the words."),
        ),
        findings=(
            finding(text, "regime", target=VELLMAR.id),
            finding(text, "slammed", "reporting_verb", target=None, valence=-0.3, category="charged"),
            Finding(
                "scare_quote", "distance", scare, "narrator", None, PORT.id, -0.5, 0.9, "In marks, nobody says it."
            ),
            finding(text, "disgraceful", voice="quoted", speaker=ARDEN.id, target=PORT.id, valence=-0.8),
            finding(text, "allegedly", "hedge", target=ARDEN.id, valence=0.0, category="allegation"),
            finding(text, "Of course", "certainty", valence=0.0, category="obviousness"),
        ),
        sentences=tuple(Sentence(s, 0.4) for s in _sentences(text)),
        tone=(Tone(VELLMAR.id, "narrator", -0.4, 1), Tone(PORT.id, "narrator", -0.2, 1)),
        exposure=Exposure(30, 5, 0),
        voices=(
            Voiced(Span(0, speech.start), "narrator", None),
            Voiced(speech, "quoted", ARDEN.id),
            Voiced(Span(speech.end, len(text)), "narrator", None),
        ),
    )


def _sentences(text: str) -> Iterable[Span]:
    start = 0
    for part in text.split("\n\n"):
        yield Span(start, start + len(part))
        start += len(part) + 2
