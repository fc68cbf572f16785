"""From a judging word to the words that may name whom it is about, the closest bond first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.actors.registry import registry
from analysis.model import Span
from analysis.targets.bonds import DONE_TO, SUBJECTS, Bonds
from analysis.targets.people import NOBODY, THIRD_PERSON, People, words
from analysis.tone.words import frame

MODIFIERS = frozenset({"amod", "compound", "flat"})
DEED = -0.5  # a verb that says at most this of its doer is about the doer, named or not: “was betrayed”
DEEDS = frozenset({"aggressor", "untrustworthy", "unlawful"})  # of verbs: who does it, also where nobody is told
NEAREST = 4  # verbs up from one without a subject
JOINED = re.compile(r"\s+(?:and|&)\s+(?:the\s+)?")
JOINT = 24  # characters at most between two joined names: “ and the ” with room for line breaks
_OWNERS = {"nmod:poss": 0, "nmod": 1, "amod": 2, "compound": 2, "flat": 2, "appos": 3}
_SAME = frozenset({"amod", "compound", "flat", "appos"})  # of a noun for people: who they are
_WHO = frozenset({"who", "which", "that"})
_THIS = frozenset({"this", "that"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
STOP = -1  # in place of a token: grammar says that the word is about nobody who is named here

Candidate = tuple[int, bool]  # a token, and whether people without a name who stand there are whom the word is about


class Grammar(Bonds):
    """Finds whom the words of one reading are about."""

    def __init__(self, people: People) -> None:
        super().__init__(people)
        self._deed = False  # whether the word that is asked about names a misdeed
        self._pity = False  # whether it pities whom it is about

    def of(self, span: Span, category: str) -> tuple[str | None, bool]:
        """The actor whom the words at `span` are about, and whether grammar says so (not only the topic).

        `category` is that of the finding: it tells whether a verb is about its object, and whether a word is a label.
        """
        c = self.seen
        tokens = [i for i in self.tree.tokens(span) if not c.punct[i]]
        if not tokens:
            return None, False
        head = min(tokens, key=lambda i: (self._depth(i), -i)) if len(tokens) > 1 else tokens[0]
        label = category == "label"
        self._deed, self._pity = category in DEEDS, category == "victim"
        if c.tags[head].startswith("VB") and self._about_object(head, category):
            for i in c.children[head]:
                if c.deps[i] in DONE_TO and (actor := self.people.actor(i, span)) is not None:
                    return actor, True
        for i, whole in self._candidates(head, span, label):
            if i == STOP:
                return None, True
            actor = self.people.actor(i, span) or self._of_place(i) or self._of_clause(i, span)
            if actor is None and whole:
                actor = self.people.without_name(i, span)
            if actor is not None:
                return (self._with_partners(i, actor) if actor != NOBODY else None), True
        if c.deps[head] in SUBJECTS and c.pos[head] == "NOUN":
            return None, True  # “Holt left as the dictatorship fell”: the subject is another
        return self._topic(head, span), False

    def _candidates(self, i: int, span: Span, label: bool = False) -> Iterator[Candidate]:
        """Tokens that may name whom token i is about, the closest bond first."""
        c = self.seen
        dep, head = c.deps[i], c.heads[i]
        preposition = self.tree.preposition(i) if dep == "obl" else ""
        named = preposition == "as" and self.tree.is_passive(head) and self._named_by(i, head)
        if named or self._blamed_by(i, head, preposition):
            yield from self._objects(head, i, span)
        yield from self._owners(i)
        yield from self._of_quality(i)
        if dep in {"acl", "acl:relcl"}:
            yield from self._subject(i, span)
        elif dep in MODIFIERS or (dep == "conj" and c.deps[head] in {"amod", "compound"}):
            noun = c.heads[head] if dep == "conj" else head
            if c.deps[noun] == "compound" and self.people.are(c.heads[noun]):
                noun = c.heads[noun]  # Japan's iconic abduction | victim Mei Ota
            yield from self._said_to_be(noun, span)
            yield from self._described(noun, span)
            if not label:
                yield from self._clause(noun, span)
        elif dep == "appos":
            yield from self._described(head, span)
        elif dep == "advmod":
            yield from self._subject(head, span) if self._is_verb(head) else self._candidates(head, span)
        elif any(c.deps[k] == "cop" for k in c.children[i]):
            yield from self._subject(i, span)
        elif self._named_by(i, head):
            yield from self._objects(head, i, span)
        elif self._is_verb(i):
            subject = self.tree.child(i, SUBJECTS)
            if subject is not None and c.lower[subject] in _THIS:
                yield from self._done_to(i)
            yield from self._subject(i, span)
            if subject is not None:  # “Violence would disgrace Beijing”: a thing does it to somebody
                yield from self._done_to(i)
        elif dep in {"xcomp", "advcl"}:
            yield from self._subject(head, span)
        elif dep == "conj":
            yield from self._candidates(head, span, label)
        elif not label or self.tree.preposition(i) in {"as", "like"}:
            yield from self._clause(i, span)

    def _done_to(self, verb: int) -> Iterator[Candidate]:
        """To whom a thing does something, or to whose name: “this taints her name”."""
        for k in self.seen.children[verb]:
            if self.seen.deps[k] == "obj":
                yield k, False
                if self.seen.lower[k] in words()["standing"]:
                    yield from self._owners(k)

    def _objects(self, verb: int, named: int, span: Span) -> Iterator[Candidate]:
        """Whom a verb of naming names; where that is nobody who acts, not the one who names."""
        for i in self.seen.children[verb]:
            if self.seen.deps[i] in DONE_TO and i != named:
                yield from self._described(i, span)
        yield STOP, True

    def _owners(self, noun: int) -> Iterator[Candidate]:
        """Whose it is: possessor, “of” and “by” phrases, a name or demonym before the noun."""
        c = self.seen
        # “coverage of Renn” is not Renn's, nor is “the murder of Renn”
        shown = c.lower[noun] in words()["showing"] or (not self._pity and c.lower[noun] in words()["undergone"])
        for k in sorted(c.children[noun], key=lambda k: _OWNERS.get(c.deps[k], 9)):
            if c.deps[k] in _OWNERS and (c.deps[k] != "nmod" or self._owns(k, shown)):
                yield k, False
                if c.deps[k] == "nmod":  # “a gaggle of activists, the Harbour Front”
                    yield from ((m, False) for m in c.children[k] if c.deps[m] == "appos")
        for k in c.children[noun]:
            if c.deps[k] == "acl:relcl":  # “the plan that Renn unveiled”, not “the plan that Renn opposed”
                maker = self.tree.child(k, SUBJECTS)
                if maker is not None and c.lower[maker] not in _WHO and self._makes(noun, k):
                    yield maker, False
            elif c.deps[k] == "acl" and (maker := self.tree.agent(k)) is not None:
                yield maker, False

    def _of_quality(self, i: int) -> Iterator[Candidate]:
        """Who has a quality in “How noble of Anna Holt!” and “It was noble of Anna Holt.”"""
        c = self.seen
        if c.tags[i].startswith("JJ") and all(c.lower[k] == "it" for k in c.children[i] if c.deps[k] in SUBJECTS):
            yield from ((k, True) for k in c.children[i] if c.deps[k] == "obl" and self.tree.preposition(k) == "of")

    def _described(self, noun: int, span: Span) -> Iterator[Candidate]:
        """Who is described with a noun: itself, what stands beside it, its owner; people are not who employs them."""
        c = self.seen
        yield noun, False
        if c.deps[noun] == "appos":
            yield c.heads[noun], False
        if not self.people.are(noun) or c.lower[noun] in words()["body"]:
            yield from self._owners(noun)
            yield noun, True
            return
        for k in c.children[noun]:
            if c.deps[k] in _SAME:
                yield k, False
        # “the mayor Anna Holt”, “the head of the unit, Mr Renn”, whatever the tree makes of them
        if noun + 1 < len(c) and c.tags[noun + 1].startswith("NNP"):
            yield noun + 1, False
        if c.deps[noun] in SUBJECTS:
            yield from ((k, False) for k in c.children[c.heads[noun]] if c.deps[k] in SUBJECTS and k > noun)
        for k, _ in self._owners(noun):
            owner = self.people.actor(k, span) or self._of_place(k)
            if owner is not None and self.people.kinds.get(owner) != "person":
                yield k, False
        yield noun, True

    def _said_to_be(self, noun: int, span: Span) -> Iterator[Candidate]:
        """Who is one of the people a noun is for: “Renn is one of the worst mayors”, “see Renn as the worst mayor”."""
        c = self.seen
        if not self.people.are(noun):
            return
        if c.lower[c.heads[noun]] == "one" and self.tree.preposition(noun) == "of":
            noun = c.heads[noun]
            if c.deps[noun] == "appos":
                yield c.heads[noun], False
        if any(c.deps[k] == "cop" for k in c.children[noun]):
            yield from self._subject(noun, span)
        elif self._named_by(noun, c.heads[noun]):
            yield from self._objects(c.heads[noun], noun, span)

    def _clause(self, noun: int, span: Span) -> Iterator[Candidate]:
        """Who does what a noun is part of: the subject, unless verb or preposition keep the two apart."""
        c = self.seen
        head, dep = c.heads[noun], c.deps[noun]
        preposition = self.tree.preposition(noun)
        if dep == "obl:agent":
            yield STOP, True
        elif dep in {"obj", "obl", "xcomp", "iobj"} and self._is_verb(head):
            if self._named_by(noun, head) or self._blamed_by(noun, head, preposition):
                yield from self._objects(head, noun, span)
            elif self._keeps_apart(noun, head, preposition):
                yield STOP, True
            else:
                yield from self._subject(head, span)
        elif dep == "nmod" and preposition in words()["away"]:
            yield STOP, True
        elif dep in {"nmod", "conj", "appos"} and head != noun:
            if dep == "nmod" and preposition == "of" and c.lower[head] in words()["accusation"]:
                yield from self._accused(noun, head, span)
            suffers = c.lower[head] in words()["suffering"]
            if dep == "nmod" and preposition == "of" and self.people.are(head) and (suffers or self._has_article(noun)):
                yield STOP, True  # critics of the shameful law are not shameful
            yield from self._described(head, span)
            yield from self._clause(head, span)
        elif any(c.deps[k] == "cop" for k in c.children[noun]):
            yield from self._subject(noun, span)

    def _accused(self, of: int, accusation: int, span: Span) -> Iterator[Candidate]:
        """Whom an accusation is against, else who denies it; never who makes it."""
        c = self.seen
        for k in (*c.children[accusation], *c.children[of]):
            if self.tree.preposition(k) == "against":
                yield from self._described(k, span)
                yield STOP, True
        verb = c.heads[accusation]
        if c.deps[accusation] == "obj" and c.lemmas[verb] in words()["answering"]:
            yield from self._subject(verb, span)
        yield STOP, True

    def _subject(self, verb: int, span: Span, depth: int = 0) -> Iterator[Candidate]:
        c = self.seen
        dep, head = c.deps[verb], c.heads[verb]
        subjects = [k for k in c.children[verb] if c.deps[k] in SUBJECTS]
        if subjects and c.lower[subjects[0]] in _WHO and dep in {"acl:relcl", "acl"}:
            if c.deps[subjects[0]] == "nsubj:pass":
                yield from self._agent(verb)
            yield from self._described(head, span)
            return
        passive = self.tree.is_passive(verb) or (dep == "acl" and c.tags[verb] == "VBN")
        if passive:
            yield from self._agent(verb)
        if all(c.deps[k] == "csubj" for k in subjects):
            yield from self._before_auxiliary(verb)
        if any(c.deps[k] == "expl" or (k in subjects and c.lower[k] == "it") for k in c.children[verb]):
            yield from self._that_clause(verb, span, depth)
        for k in subjects:
            yield from self._described(k, span)
            yield k, True
        if not subjects and depth < NEAREST:
            if dep in {"acl", "acl:relcl"}:
                yield from self._described(head, span)
            elif head != verb:
                if any(c.lower[k] == "against" and c.deps[k] in {"mark", "case"} for k in c.children[verb]):
                    yield STOP, True  # “warned against demonising a faith”
                if self._of_object(verb):
                    for k in c.children[head]:
                        if c.deps[k] == "obj" and head < k < verb:  # “made the strike look weak”
                            yield from self._described(k, span)
                            yield STOP, True
                if dep not in {"ccomp", "parataxis"}:  # who says it is not whom it is about
                    yield from self._subject(head, span, depth + 1)

    def _agent(self, verb: int) -> Iterator[Candidate]:
        """Who does a passive verb; of a misdeed nobody but the doer, though nobody is told."""
        agent = self.tree.agent(verb)
        if agent is not None:
            yield agent, True
        elif self._deed or frame(self.seen, verb, "subject") <= DEED < frame(self.seen, verb, "object"):
            yield STOP, True

    def _that_clause(self, verb: int, span: Span, depth: int) -> Iterator[Candidate]:
        """“It is shameful that Russia …”: who acts in what is judged."""
        for k in self.seen.children[verb]:
            if self.seen.deps[k] in {"ccomp", "csubj", "advcl"} and k > verb and depth < NEAREST:
                yield from self._subject(k, span, NEAREST)

    def _before_auxiliary(self, verb: int) -> Iterator[Candidate]:
        """The name straight before “were …ing”, where the tree has lost the subject: English puts it nowhere else."""
        c = self.seen
        aux = next((k for k in c.children[verb] if c.deps[k] in {"aux", "aux:pass", "cop"} and k < verb), None)
        if aux is not None and any(
            c.tags[k] == "VBG" and c.deps[k] in {"advcl", "csubj"} and k < aux for k in c.children[verb]
        ):
            return  # “Sending arms to Syria would be rash”: what is done is rash
        if aux is not None and aux > c.bounds[c.sents[aux]][0] and c.tags[aux] in _FINITE:
            before = aux - 1
            if before not in self.people.mention_of:  # taken for a place, because the tree had it elsewhere
                lost = next((m for m in self.people.reading.mentions if m.span.end == c.ends[before]), None)
                if lost is not None:
                    self.people.mention_of[before] = lost
            yield before, False

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
        if c.deps[i] != "nmod" or not any(c.deps[k] == "case" and c.lower[k] in {"of", "from"} for k in c.children[i]):
            return None
        listed, over = registry().words, c.lower[c.heads[i]]
        if over in listed["part"] or over in listed["town"]:
            return None
        mention = self.people.place_of.get(i)
        return mention.actor if mention is not None else None

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

    def _topic(self, i: int, span: Span) -> str | None:
        """The actor named before the word in its sentence as a subject; else the first doer (“by her”) after it.

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
                does = self.tree.preposition(k) == "by"
                inside.append((mention.span, mention.actor, c.deps[k] in SUBJECTS, does))
        inside.sort()
        before = [actor for place, actor, acts, _ in inside if acts and place.end <= span.start]
        if before:
            return before[-1]
        return next((actor for place, actor, _, does in inside if does and place.start >= span.end), None)
