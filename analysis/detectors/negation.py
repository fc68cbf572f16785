"""Tells whether a term is denied where it stands ("found no corruption", "did not call it a massacre").

Rules over the words before the term, within its clause; a term that the sentence takes for granted ("did not scrap its
ludicrous rule", "denied the regime's claim") is not denied. Cues and their scope: Morante & Daelemans 2009.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from analysis.detectors.context import Context
from analysis.lexicon import negators
from analysis.lexicon.matching import Match

# How many words back each kind of negator reaches.
REACH = {"determiner": 5, "without": 5, "absence": 4, "paired": 5, "verbal": 9, "denial": 10}
_KINDS = ("denial", "absence", "without", "paired", "determiner", "verbal")
_WALL = re.compile(r"[.;:!?\n()]")
_CLOSED = re.compile(r"”|^[,.!?]*\"\s")  # a negation inside marks says nothing of what follows them
_PREPOSITIONS = frozenset(
    ["of", "in", "on", "to", "for", "with", "against", "from", "over", "about", "by", "at", "into", "after", "before"]
)
_OPEN = frozenset(["worth", "but", "although", "though", "because", "while", "whereas", "who", "which", "when"])
_LIST = frozenset({"or", "nor"})
_NAMING = frozenset(
    ["call", "accuse", "describe", "consider", "brand", "label", "deem", "find", "term", "think", "believe"]
)
_NAMED_REACH = 4  # words a naming verb's object may have: "called the old judge of Karsk corrupt"
_LONGEST = 6  # words of the longest negator less one: "cleared the two brothers … of"
_AFTER_REACH = 3  # words between a term and "did not happen"


def _ends_at(context: Context, kind: str, last: int, floor: int) -> Match[str] | None:
    """A negator of a kind whose last word is `last`."""
    for start in range(max(floor, last - _LONGEST), last + 1):
        for match in negators(kind).at(context.words, context.text, start):
            if match.last == last and not _no_negator(context, match):
                return match
    return None


def _no_negator(context: Context, match: Match[str]) -> bool:
    """Whether words are none: the name in “many Never Trump voters”, the adjective in “it is clear that much of …”."""
    first, last = match.first, match.last
    named = last + 1 < len(context.words) and context.capitals[first] and context.capitals[last + 1]
    if named and not context.initial(first) and not context.sentence(first).headline:
        return True
    return context.words.keys[first] == "clear" and first + 1 < last and context.pos(first) == "ADJ"


@cache
def _kinds() -> Mapping[str, tuple[str, ...]]:
    """Last word of a negator -> the _KINDS that have one such, in their order."""
    ends = {kind: negators(kind).ends for kind in _KINDS}
    words = frozenset[str]().union(*ends.values())
    return {word: tuple(kind for kind in _KINDS if word in ends[kind]) for word in words}


def _kinds_of(key: str) -> tuple[str, ...]:
    """The kinds of negators that a word may end."""
    found = _kinds().get(key, ())
    return (*found, "verbal") if _is_not(key) and "verbal" not in found else found


def _is_not(key: str) -> bool:
    return key.endswith("n't") or key in ("not", "cannot")


def _anything_but(context: Context, word: int, floor: int) -> bool:
    return word > floor and context.words.keys[word] == "but" and context.words.keys[word - 1] == "anything"


def _asks(context: Context, word: int) -> bool:
    """Whether a negation asks for a yes: it opens a question ("Isn't that shameful?")."""
    sentence = context.sentence(word)
    end = context.words.ends[sentence.last - 1]
    return word == sentence.first and "?" in context.text[end : end + 3]


def _walls(context: Context, first: int, last: int) -> int:
    """The first word that still belongs to the clause of words first..last, looking back."""
    floor = context.sentence(first).first
    listed = context.words.keys[first - 1] in _LIST if first > floor else False
    listed = listed or any(
        key in _LIST for key in context.words.keys[last + 1 : min(last + 4, context.sentence(first).last)]
    )
    start = first
    while start > floor:
        gap = context.between(start - 1, start)
        opened = context.words.keys[start - 1] in _OPEN and not _anything_but(context, start - 1, floor)
        walled = gap != " " and (_WALL.search(gap) or _CLOSED.search(gap) or ("," in gap and not listed))
        if walled or opened:
            break
        start -= 1
    return start


def _definite(context: Context, first: int, floor: int) -> bool:
    """Whether the noun phrase of word `first` is one the reader is taken to know ("the", "its", "Moscow's")."""
    if first == floor:
        return False
    owned = context.between(first - 1, first).startswith(("'s", "’s"))
    if not owned and context.pos(first) == "ADJ" and context.pos(first - 1) in ("NOUN", "PROPN"):
        return False  # "called the judge corrupt": the adjective is said of the noun, not part of its name
    for word in range(first - 1, max(floor, first - 3) - 1, -1):
        key = context.words.keys[word]
        if key in _PREPOSITIONS or key in ("a", "an", "any", "no", "not", "never", "without", "neither", "nor"):
            return False
        if _ends_at(context, "definite", word, word) or context.between(word, word + 1).startswith(("'s", "’s")):
            return True
    return False


def _plain(context: Context, first: int, last: int) -> bool:
    """Whether words first..last hold no preposition but those that belong to "evidence of" and the like."""
    word = first
    while word <= last:
        phrase = next((m for m in negators("light").at(context.words, context.text, word) if " of" in m.entry), None)
        if phrase is not None:
            word = phrase.last + 1
            continue
        if context.words.keys[word] in _PREPOSITIONS:
            return False
        word += 1
    return True


def _light(context: Context, first: int, last: int) -> bool:
    """Whether words first..last only link a negation to what it denies: "call it a", "been", "say he was an utter"."""
    word, heavy, named = first, 0, False
    while word <= last:
        matches = negators("light").at(context.words, context.text, word)
        if matches:
            named = named or any(match.entry in _NAMING for match in matches)
            word = matches[0].last + 1
            continue
        adjective = context.pos(word) == "ADJ" or context.words.keys[word].endswith("ly")
        if not (adjective or context.capitals[word]):
            heavy += 1
        word += 1
    return heavy == 0 or (named and heavy <= _NAMED_REACH)


def _denied_after(context: Context, last: int) -> bool:
    end = min(context.sentence(last).last, last + 1 + _AFTER_REACH)
    return any(negators("after").at(context.words, context.text, start) for start in range(last + 1, end))


def denied(context: Context, first: int, last: int) -> bool:
    """Whether words first..last stand under a denial."""
    floor = _walls(context, first, last)
    known = _definite(context, first, floor)
    for word in range(first - 1, floor - 1, -1):
        key = context.words.keys[word]
        for kind in _kinds_of(key):
            match = _ends_at(context, kind, word, floor)
            if match is None and not (kind == "verbal" and _is_not(key)):
                continue
            start = word if match is None else match.first
            if negators("exception").at(context.words, context.text, start):
                return False
            # "a debunked and deceptive story": the denial is told of the story, as the term is
            attribute = kind == "denial" and context.columns.deps[context.token_of[word]] == "amod"
            if first - word > REACH[kind] or attribute or (kind == "verbal" and _asks(context, start)):
                continue
            inside = (word + 1, first - 1)
            if kind == "denial" and not known:
                return True
            if kind in ("determiner", "without", "absence") and not known and _plain(context, *inside):
                return True
            if kind == "paired" and not known:
                return True
            direct = word + 2 == first and known  # "was not the disaster that many had feared"
            if kind == "verbal" and (direct or (not known and _light(context, *inside))):
                return True
    return _denied_after(context, last)
