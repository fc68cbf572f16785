"""Block quotations: what stands in a paragraph of its own behind “she wrote:”, without marks.

Pages set statements, tweets and letters so, and lose the indent that told it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analysis.attribution.phrases import FINITE
from analysis.attribution.quotations import cued
from analysis.attribution.saying import Saying
from analysis.language.columns import Columns
from analysis.lexicon.frames import lemmas
from analysis.marks import MARK, Pair, paragraphs
from analysis.model import Span

CUE_TO_COLON = 9  # words: “said in a statement on Monday:”
BLOCK_WORDS = 6  # fewer are a heading or a caption
LISTED = re.compile(r"[•·▪*#–—-]|\(?\d{1,2}[.)]\s|[^\n.!?]{0,60}:")  # an item, or a label such as “Advertisement:”
SENTENCE = re.compile(r"[\w\[$…@#].*[.!?…\])”\"']", re.S)
CLAUSES = frozenset({"acl:relcl", "acl", "ccomp", "csubj"})  # all that he says later on:
OBJECTS = frozenset({"obj", "xcomp", "ccomp"})
ASIDE = re.compile(r"\s*\([^()]*\)\s*:")  # (emphasis added):
PART = 0.25  # of a paragraph: a shorter quotation may stand inside a block quotation


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph that is quoted, and the saying whose cue leads to it."""

    content: Span
    saying: Saying

    @property
    def whole(self) -> Span:
        """As it stands; its cue is the story's."""
        return self.content


def find(seen: Columns, pairs: Sequence[Pair], sayings: Sequence[Saying]) -> Iterator[Block]:
    """The block quotations of a text, in its order."""
    text = seen.text
    blocks = [Span(start, end) for start, end in paragraphs(text)]
    for before, block in pairwise(blocks):
        saying = _leading(seen, before, sayings)
        if saying is not None and _is_quoted(text, block, pairs, sayings):
            yield Block(block, saying)


def _leading(seen: Columns, before: Span, sayings: Sequence[Saying]) -> Saying | None:
    """Mr. Trump wrote on Monday:¶ — the last cue of a paragraph that ends with a colon."""
    text = seen.text
    if text[before.end - 1] != ":":
        return None
    for saying in reversed(cued(sayings, before)):
        behind = text[saying.cue.end : before.end]
        if len(behind.split()) > CUE_TO_COLON or re.search(r"[.!?;]\s", behind) or MARK.search(behind):
            return None
        if _gives_words(seen, saying) and (ASIDE.fullmatch(behind) or not _has_object(seen, saying, before.end)):
            return saying
    return None


def _gives_words(seen: Columns, saying: Saying) -> bool:
    """Whether a cue gives words, and somebody else's: not “here is what I would say:”, nor a heading's “Says:”."""
    cue, source = saying.token, saying.source
    if source is None or source.of(seen.text).lower() in lemmas("author") or saying.lemma not in lemmas("verbatim"):
        return False
    if seen.lower[cue] != seen.words[cue] or seen.deps[cue] in CLAUSES:
        return False
    if saying.lemma == "continue":  # Renn continued: … ; “our story continues:” goes on itself
        who = seen.at(source.end - 1)
        return seen.entities[who] == "PER" or seen.pos[who] == "PRON"
    goes_on = seen.tags[cue] == "VB" and seen.lemmas[seen.heads[cue]] in {"go", "continue"}
    return seen.tags[cue] in FINITE or goes_on or source.start > saying.cue.end


def _has_object(seen: Columns, saying: Saying, end: int) -> bool:
    """Whether what is said stands before the colon, which then only explains it: she asked the same question:"""
    told = any(saying.cue.end <= content.start < end for content in saying.contents)
    behind = (c for c in seen.children[saying.token] if c > saying.token and seen.starts[c] < end)
    return told or any(seen.deps[c] in OBJECTS for c in behind)


def _is_quoted(text: str, block: Span, pairs: Sequence[Pair], sayings: Sequence[Saying]) -> bool:
    """Whether a paragraph behind a colon is what was said: in no marks, no list, no label, not the story going on."""
    words = block.of(text)
    if MARK.match(words) or LISTED.match(words) or not SENTENCE.fullmatch(words) or len(words.split()) < BLOCK_WORDS:
        return False
    told = any(s.source is not None and not s.mental for s in cued(sayings, block))
    return not (told and any(block.contains(p.content) and len(p.content) > PART * len(block) for p in pairs))
