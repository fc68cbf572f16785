"""Whether a word is the one that an entry means, by its part of speech."""

from __future__ import annotations

from analysis.lexicon import homographs, parts_of

_ALIKE = {"PROPN": "NOUN", "AUX": "VERB"}


def fits(tagged: str, term: str, pos: str) -> bool:
    """Whether a word `tagged` as some part of speech may be `term` used as one of those in `pos` ("NOUN/ADJ").

    Taggers err, so a tag speaks against a term only where the lexicon says that the word is a plain one in that part of
    speech (homographs.tsv: "rock" as a noun). An untagged word may be anything.
    """
    tagged, own = _ALIKE.get(tagged, tagged), pos.split("/")
    # A term with a row for each part of speech ("plague" as noun and verb) is matched by the row of its own.
    return "any" in own or tagged in own or tagged not in homographs().get(term, frozenset()) | parts_of(term)
