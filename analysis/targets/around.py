"""Who is meant by what stands round a word: partners, places, owners, pronouns and the topic of a sentence."""

from __future__ import annotations

import re

from analysis.actors import slug
from analysis.actors.registry import registry
from analysis.lexicon import cue_forms
from analysis.model import Span
from analysis.targets.bonds import SUBJECTS, Bonds
from analysis.targets.people import THIRD_PERSON, words

JOINED = re.compile(r"\s+(?:and|&)\s+(?:the\s+)?")
JOINT = 24  # characters at most between two joined names: “ and the ” with room for line breaks
_CLAUSES = frozenset({"ccomp", "csubj", "advcl", "xcomp", "acl", "obl"})


class Around(Bonds):
    """Looks round the words of one reading."""

    def _with_partners(self, i: int, actor: str) -> str:
        """Both of “X and Y were …”: ids joined by "; ". Only a plural subject takes a partner along."""
        mention = self.people.mention_of.get(i)
        if mention is None:
            return actor
        text, (start, end) = self.seen.text, (mention.span.start, mention.span.end)
        for other in self.people.named_near(start - JOINT, end + JOINT + 1):
            if other.actor == actor:
                continue
            if 0 < start - other.span.end <= JOINT and JOINED.fullmatch(text[other.span.end : start]):
                return f"{other.actor}; {actor}"
            if 0 < other.span.start - end <= JOINT and JOINED.fullmatch(text[end : other.span.start]):
                return f"{actor}; {other.actor}"
        return actor

    def _of_place(self, i: int) -> str | None:
        """The country in “the shameful silence of France”: a place elsewhere, the owner where a judged word has it."""
        c = self.seen
        if c.deps[i] == "compound" and c.words[i].isupper() and i in self.people.place_of:
            return self.people.place_of[i].actor  # “US adventurism”: short names serve as adjectives
        if c.deps[i] == "nmod:poss":
            return self._of_capital(i)
        if c.deps[i] != "nmod" or not any(c.deps[k] == "case" and c.lower[k] in {"of", "from"} for k in c.children[i]):
            return None
        listed, over = registry().words, c.lower[c.heads[i]]
        if over in listed["part"] or over in listed["town"]:
            return None
        mention = self.people.place_of.get(i)
        return mention.actor if mention is not None else self._of_capital(i)

    def _of_capital(self, i: int) -> str | None:
        """The country whose capital is taken for a mere town: “Tehran's hostile activities”."""
        known = registry().phrases.at(self.seen.words, i)
        if known is None or known[1].kind != "capital" or i in self.people.mention_of:
            return None
        country = slug(known[1].actor)
        return country if country in self.people.kinds else None

    def _of_clause(self, i: int, span: Span) -> str | None:
        """Whom “its”, “his” or “their” takes up in its own clause: “they saw Norway abandon its reckless path”."""
        c = self.seen
        if c.tags[i] != "PRP$" or c.lower[i] not in THIRD_PERSON or i in self.people.mention_of:
            return None
        verb = c.heads[i]
        while not self._is_verb(verb) and c.heads[verb] != verb and c.deps[verb] not in SUBJECTS:
            verb = c.heads[verb]
        above = c.heads[verb]
        doers = [k for k in c.children[verb] if c.deps[k] in SUBJECTS and k < i]
        if not doers and c.deps[verb] in {"xcomp", "ccomp"}:
            doers = [k for k in c.children[above] if c.deps[k] == "obj" and k < verb]
        named = doers and not c.tags[doers[-1]].startswith("PRP")
        return self.people.actor(doers[-1], span) if named else None

    def _keeps_off(self, doer: int) -> bool:
        """Whether somebody only sees or says what is judged: “was foreseen by Renn”."""
        c = self.seen
        while c.deps[doer] in {"flat", "compound"}:
            doer = c.heads[doer]
        return c.lemmas[c.heads[doer]] in words()["apart"]

    def _only_says(self, subject: int) -> bool:
        """Whether somebody only says so of a noun: “plans which Renn says are rash”."""
        c, verb = self.seen, self.seen.heads[subject]
        return c.deps[verb] == "acl:relcl" and c.lower[verb] in cue_forms()

    def _above(self, i: int, doer: int) -> bool:
        """Whether a word is part of what a doer does: not “malicious heirs warn that it will be closed by Renn”."""
        c, top = self.seen, i
        while c.heads[top] != top and top != c.heads[doer]:
            top = c.heads[top]
        return top == c.heads[doer]

    def _topic(self, i: int, span: Span) -> str | None:
        """The actor named before the word in its sentence as a subject; else the doer (“by her”) of what it is part of.

        In other voices only what the same words name: who says them is not whom they are about.
        """
        c = self.seen
        first, last = c.bounds[c.sents[i]]
        around = Span(c.starts[first], c.ends[last - 1])
        voice = self.people.voice(span.start)
        if voice is not None and voice.voice != "narrator":
            around = Span(max(around.start, voice.span.start), min(around.end, voice.span.end))
        inside = []
        for k in range(first, last):
            mention = self.people.mention_of.get(k)
            if mention is not None and around.contains(mention.span) and not mention.span.overlaps(span):
                does = self.tree.preposition(k) == "by" and self._above(i, k) and not self._keeps_off(k)
                inside.append((mention.span, mention.actor, c.deps[k] in SUBJECTS and not self._only_says(k), does))
        inside.sort()
        before = [actor for place, actor, acts, _ in inside if acts and place.end <= span.start]
        if before:
            return before[-1]
        return next((actor for place, actor, _, does in inside if does and place.start >= span.end), None)
