"""Whether a token is the word that an entry means, by its part of speech."""

from __future__ import annotations

from spacy.tokens import Token

from analysis.lexicon import homographs, parts_of


def fits(token: Token, term: str, pos: str) -> bool:
    """Whether `token` may be `term` used as one of the parts of speech in `pos` ("NOUN/ADJ").

    Taggers err, so a tag speaks against a term only where the lexicon says that the word is a plain one in that part of
    speech (homographs.tsv: "rock" as a noun). An untagged token may be anything.
    """
    tagged = {"PROPN": "NOUN", "AUX": "VERB"}.get(token.pos_, token.pos_)
    own = pos.split("/")
    # A term with a row for each part of speech ("plague" as noun and verb) is matched by the row of its own.
    return "any" in own or tagged in own or tagged not in homographs().get(term, frozenset()) | parts_of(term)
