"""What the grammar says of an event's certainty: a word of a parsed text in, numbers out.

What stands above an event decides (“denied that they fled”, “if they flee”), so the same numbers are taken of the word
and of the words it hangs on. General features only: tags, relations, helping words, and word vectors, names left out.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.language.columns import columns
from analysis.language.vectors import WIDTH
from analysis.layers import Floats
from analysis.model import Finding, Reading
from analysis.tone.words import words
from analysis.voices import at

ABOVE = 3  # words above the event that are looked at
TAGS = ("NN", "NNS", "NNP", "JJ", "JJR", "JJS", "RB", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "IN", "PRP", "MD", "DT",
        "CD")  # fmt: skip
RELATIONS = ("nsubj", "obj", "obl", "nmod", "amod", "compound", "conj", "ROOT", "ccomp", "xcomp", "advcl", "acl",
             "acl:relcl", "appos", "nsubj:pass", "parataxis", "csubj")  # fmt: skip
MODALS = ("may", "might", "could", "would", "should", "will", "can", "must", "shall", "'ll", "wo", "ca")
OPENERS = ("if", "whether", "that", "to", "because", "as", "unless", "until", "before", "after", "while", "when")
PERFECT = frozenset({"have", "has", "had", "'ve"})
NEGATIONS = frozenset({"not", "n't", "never", "no", "neither", "without", "nor"})
MODIFIERS = frozenset({"advmod", "amod", "det"})
# The numbers of one word: what it is, what hangs on it, three of its helping words, its vector, its modifiers’.
_PLACES = {
    named: place
    for place, named in enumerate(
        [("tag", tag) for tag in TAGS]
        + [("relation", relation) for relation in RELATIONS]
        + [("below", word) for word in (*MODALS, *OPENERS)]
    )
}
_GRAMMAR = slice(len(_PLACES), len(_PLACES) + 3)
_OWN = slice(_GRAMMAR.stop, _GRAMMAR.stop + WIDTH)
_MEAN = slice(_OWN.stop, _OWN.stop + WIDTH)
_BLOCK = _MEAN.stop
ASKED = 200  # characters after the event in which its question mark may stand


class Scene:
    """One text, ready to be asked about its words."""

    def __init__(self, reading: Reading, findings: Sequence[Finding]) -> None:
        self.reading = reading
        self.looked = words(reading.doc)
        self.columns = columns(reading.doc)
        self.hedged = self._tokens(findings, "hedge")
        self.boosted = self._tokens(findings, "certainty")
        self._known: dict[int, Floats] = {}

    def of(self, i: int) -> Floats:
        """The features of word i."""
        c = self.columns
        chain = [i]
        while len(chain) <= ABOVE and c.heads[chain[-1]] != chain[-1]:
            chain.append(c.heads[chain[-1]])
        made = [self._block(k) for k in chain]
        made += [np.zeros_like(made[0])] * (ABOVE + 1 - len(chain))
        near = set(chain).union(*(c.children[k] for k in chain))
        first, last = c.bounds[c.sents[i]]
        voiced = at(self.reading.voices, c.starts[i]) if self.reading.voices else None
        voice = voiced.voice if voiced else "narrator"
        here = range(first, last)
        made.append(
            np.array(
                [
                    not near.isdisjoint(self.hedged),
                    not self.hedged.isdisjoint(here),
                    not self.boosted.isdisjoint(here),
                    self.looked.denied[i],
                    self.looked.conditional[i],
                    "?" in c.text[c.starts[i] : min(c.ends[last - 1], c.starts[i] + ASKED)],
                    voice != "narrator",
                    voice == "quoted",
                    len(chain),
                ],
                dtype=np.float32,
            )
        )
        made += [self._vector(i - back) if i - back >= first else self._vector(-1) for back in (1, 2)]
        return np.concatenate(made)

    def _tokens(self, findings: Sequence[Finding], kind: str) -> set[int]:
        return {i for finding in findings if finding.kind == kind for i in self.columns.begun(finding.span)}

    def _vector(self, i: int) -> Floats:
        return self.looked.vectors[i] if i >= 0 else np.zeros(WIDTH, dtype=np.float32)

    def _block(self, i: int) -> Floats:
        known = self._known.get(i)
        if known is None:
            c = self.columns
            below = [c.lower[k] for k in c.children[i]]
            relations = [c.deps[k] for k in c.children[i]]
            said = {("tag", c.tags[i]), ("relation", c.deps[i]), *(("below", word) for word in below)}
            known = self._known[i] = np.zeros(_BLOCK, dtype=np.float32)
            known[[_PLACES[one] for one in said if one in _PLACES]] = 1
            known[_GRAMMAR] = (
                any(r == "aux" and word in PERFECT for word, r in zip(below, relations, strict=True)),
                not NEGATIONS.isdisjoint(below),
                any(r.startswith("aux:pass") for r in relations),
            )
            known[_OWN] = self.looked.vectors[i]
            if modifiers := [k for k in c.children[i] if c.deps[k] in MODIFIERS]:
                known[_MEAN] = self.looked.vectors[modifiers].mean(axis=0)
        return known
