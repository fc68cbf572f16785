"""Whom words mean that name nobody: “the Kremlin spokesman”, “it”; by what the text has called whom before.

In: the text and who is named where. Out: the person whom such a title stands before; the body that “it” goes on with.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from operator import attrgetter

from analysis.actors import is_role
from analysis.model import ActorKind, Mention, Span

WITHIN = 60  # characters before a name: room for a title of five words
WORDS = 5
BEFORE = re.compile(r"(?:[\w.’'-]+ ){2,}$")

OPENS = re.compile(r"(?:(?:But|And|Still|Instead|However|Also),? )?$")
ENDS = re.compile(r"[.!?][”\"’']?\s+(?=[A-Z])")
SENTENCE_WITHIN = 400  # characters in which a sentence and what opens the next one stand


def body_above(text: str, known: Sequence[Mention], kinds: Mapping[str, ActorKind], pronoun: Span) -> str | None:
    """The Harbour Board filed its report in May. It noted …: the body that the sentence before begins with."""
    before = text[max(0, pronoun.start - SENTENCE_WITHIN) : pronoun.start]
    before = before[before.rfind("\n") + 1 :]
    start = pronoun.start - len(before)
    before = OPENS.sub("", before)
    ends = list(ENDS.finditer(before + "X"))
    if not ends or ends[-1].end() != len(before):
        return None
    begins = start + (ends[-2].end() if len(ends) > 1 else 0)
    first = bisect_left(known, begins, key=attrgetter("span.start"))
    named = known[first] if first < len(known) else None
    if named is None or named.form != "name" or kinds.get(named.actor) != "organisation":
        return None
    return named.actor if text[begins : named.span.start] in {"", "The ", "the "} else None


class Titles:
    """The titles that stand straight before the names of people."""

    def __init__(self, text: str, mentions: Sequence[Mention], kinds: Mapping[str, ActorKind]) -> None:
        self._of: dict[str, str | None] = {}
        for mention in mentions:
            if mention.form == "name" and kinds.get(mention.actor) == "person":
                self._note(text[max(0, mention.span.start - WITHIN) : mention.span.start], mention.actor)

    def _note(self, before: str, actor: str) -> None:
        found = BEFORE.search(before)
        words = found.group().lower().split()[-WORDS:] if found else []
        if not words or not is_role(words[-1]):
            return
        for count in range(2, len(words) + 1):
            title = " ".join(words[-count:])
            # Whom two people share it with, it does not tell.
            self._of[title] = actor if self._of.get(title, actor) == actor else None

    def find(self, words: str) -> str | None:
        """The person of “the … spokesman”; None for one word, which many share, and for a title of two people."""
        the, _, title = words.lower().partition(" ")
        return self._of.get(title) if the == "the" else None
