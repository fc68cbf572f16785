"""Text in, spaCy Doc out: words, tags, lemmas, trees (Universal Dependencies), sentences and names.

    from analysis.language import read

    doc = read("Mr. Macron called it “a disaster”.")
    [(token.text, token.dep_, token.head.text) for token in doc]

`doc.text` is the text that went in, to the character. Names are in `doc.ents` as PER, LOC, ORG or MISC. The grammar is
our own, trained on open treebanks (see `training/MODEL_CARD.md`) and shipped in `weights/`; nothing loads before the
first call, and nothing outside this package knows how a Doc is made.
"""

from analysis.language.reader import read, read_many
from analysis.language.weights import WeightsMissing

__all__ = ["WeightsMissing", "read", "read_many"]
