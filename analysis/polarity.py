"""Valence of words and sentences: text in, numbers in [-1, 1] out.

VADER (Hutto & Gilbert 2014) gives the polarity of words. For news three things are changed, each in a file: words that
only name events, offices or subjects carry no judgement (`polarity_corrections.tsv`), words VADER lacks or reads as on
social media are set (the same file), and the loaded terms of the lexicon bring their own valence. Typographic marks are
replaced one for one before scoring, because VADER knows the typewriter's only.
"""

from __future__ import annotations

from functools import cache, lru_cache

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from analysis.lexicon import load_terms, polarity_corrections
from analysis.lexicon.inflect import forms

SCALE = 4.0  # VADER's words run from -4 to 4
_MARKS = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-", "\u00a0": " "}
)


@cache
def _plain() -> dict[str, float]:
    table: dict[str, float] = SentimentIntensityAnalyzer().lexicon
    return table


@cache
def _analyzer() -> SentimentIntensityAnalyzer:
    """VADER with its words corrected for news."""
    analyzer = SentimentIntensityAnalyzer()
    table: dict[str, float] = analyzer.lexicon
    for term in load_terms():
        # Only terms that nearly always judge may change a word's polarity; others need context VADER cannot see.
        if " " in term.term or term.sense == "figurative" or term.weight < 0.4:
            continue
        for pos in term.pos.split("/"):
            table.update(dict.fromkeys(forms(term.term.lower(), pos), term.valence * SCALE))
    table.update(polarity_corrections())
    return analyzer


@lru_cache(maxsize=1 << 16)  # words; a corpus repeats them, and the bound keeps a long run's memory level
def word_valence(token_text: str, lemma: str = "") -> float:
    """Valence of one word, -1..1; 0 where nothing is known of it. `lemma` is tried after the form itself."""
    table = _analyzer().lexicon
    for key in (token_text, lemma):
        found = table.get(key.lower().translate(_MARKS))
        if found is not None:
            return max(-1.0, min(1.0, float(found) / SCALE))
    return 0.0


@lru_cache(maxsize=1 << 16)
def plain_valence(token_text: str, lemma: str = "") -> float:
    """Valence of one word as VADER has it, events and offices included, -1..1; 0 where VADER lacks it."""
    table = _plain()
    for key in (token_text, lemma):
        found = table.get(key.lower().translate(_MARKS))
        if found is not None:
            return max(-1.0, min(1.0, float(found) / SCALE))
    return 0.0


def sentence_valence(text: str) -> float:
    """VADER's compound score of one sentence, -1..1. Score sentences, not articles: its cost grows with the square."""
    return float(_analyzer().polarity_scores(text.translate(_MARKS))["compound"])
