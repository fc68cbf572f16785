"""Whether a token can be the part of speech that an entry of the lexicon asks for."""

from __future__ import annotations

from spacy.tokens import Token

# Participles are tagged VERB or ADJ by the tagger's mood, nouns before nouns NOUN or ADJ: an entry takes both.
_ACCEPTED = {
    "NOUN": frozenset({"NOUN", "PROPN"}),
    "VERB": frozenset({"VERB", "AUX"}),
    "ADJ": frozenset({"ADJ"}),
    "ADV": frozenset({"ADV"}),
}
_UNKNOWN = frozenset({"", "X"})


def fits(token: Token, pos: str) -> bool:
    """Whether `token` may be one of the parts of speech in `pos` ("NOUN/ADJ"). An untagged token may be anything."""
    if token.pos_ in _UNKNOWN:
        return True
    key = token.lower_
    for part in pos.split("/"):
        if part == "any" or token.pos_ in _ACCEPTED[part]:
            return True
        if key.endswith(("ed", "ing", "en")) and part in ("VERB", "ADJ") and token.pos_ in ("VERB", "ADJ", "NOUN"):
            return True
        if part == "ADJ" and token.pos_ == "NOUN" and token.dep_ in ("compound", "amod"):
            return True
        if part == "ADV" and key.endswith("ly"):
            return True
    return False
