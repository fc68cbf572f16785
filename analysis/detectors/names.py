"""Tells a word that is part of a name or a title from the word itself ("Massive Attack", "Beatrice Coward")."""

from __future__ import annotations

from bisect import bisect_right

from analysis.detectors.context import Context
from analysis.lexicon import overrides
from analysis.lexicon.inflect import forms
from analysis.model import Span

_SMALL = frozenset({"me", "you", "us", "it", "the", "and", "of", "in", "to", "for", "my", "your", "is", "are"})


@overrides.per_lexicon
def _common() -> frozenset[str]:
    """Words that a name may be made of: small ones, and the written forms of the one-word terms."""
    return _SMALL | frozenset(
        form
        for term in overrides.terms()
        if " " not in term.term
        for pos in term.pos.split("/")
        for form in forms(term.term.lower(), pos)
    )


def _named_actor(context: Context, span: Span) -> bool | None:
    """Whether `span` lies in a mention by name; None where no mention covers it."""
    found = context.name_around(span)
    if found is None:
        return None
    around, name = found
    # The stretch of a mention may begin with a word that is no part of the name: "Disgraced Goran Vuk".
    return span.of(context.text).casefold() in name.casefold() or around.start < span.start


def _entity(context: Context, word: int) -> bool:
    token, seen = context.token_of[word], context.columns
    opens = token == 0 or seen.begins[token]
    judges = opens and seen.entities[token] == "PER" and seen.pos[token] in ("ADJ", "VERB", "ADV")
    return bool(seen.entities[token]) and not (judges and context.initial(word))


def _named_behind(context: Context, word: int) -> bool:
    """Whether a name begins with the next word, so that this one is no part of it: “Crooked Ada Renn”."""
    if word + 1 >= context.sentence(word).last or context.between(word, word + 1) != " ":
        return False
    behind = context.name_around(context.span(word + 1, word + 1))
    return behind is not None and behind[0].start == context.words.starts[word + 1]


def is_name(context: Context, first: int, last: int, *, capitalised: bool) -> bool:
    """Whether words first..last are (part of) a name. `capitalised`: the lexicon writes the term so ("Orwellian")."""
    span = context.span(first, last)
    named = _named_actor(context, span)
    if named:
        return True
    if not any(context.capitals[first : last + 1]):
        return False
    written = span.of(context.text)
    shouted = len(written) > 3 and written.isupper()
    if capitalised or shouted:
        return False
    if written.isupper():
        return True  # an abbreviation ("MAD") that happens to spell a word
    if first < last:
        return all(_entity(context, word) for word in range(first, last + 1))
    if _named_behind(context, first):
        return False
    if _entity(context, first):
        return True
    if context.sentence(first).headline:
        return False
    if not context.initial(first):
        return True
    if context.words.keys[first] in context.names:
        return True
    following = first + 1
    return (
        following < context.sentence(first).last
        and context.between(first, following) == " "
        and context.capitals[following]
        and context.words.keys[following] in _common()
    )


def in_title(context: Context, span: Span) -> bool:
    """Whether `span` lies in marks around a title, a name or a word spoken about as a word."""
    quotes = context.reading.quotes
    index = bisect_right(quotes, span.start, key=lambda quote: quote.content.start) - 1
    # Quotes nest at most a few deep: look back over those that could still be open.
    return any(
        quote.kind == "mention" and quote.content.contains(span) for quote in quotes[max(0, index - 3) : index + 1]
    )
