"""Whom a finding is about: findings without a target in, the same findings with one out.

Grammar first, in the order in which it binds: whose thing the word describes, who is called so, who does it, who has it
done to them. The topic of the sentence is the last resort, and halves the weight.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from analysis.actors.registry import registry
from analysis.language.columns import columns
from analysis.model import Finding, Mention, Reading, Span, Voiced

GUESSED = 0.5  # of the weight is kept where only the topic of the sentence says whom a word is about
FELT = frozenset({"affection", "honour", "victim", "weakness"})  # of verbs: who is loved, praised, hurt or beaten
UNDIRECTED = frozenset({"hedge", "certainty"})  # they qualify a claim; about somebody only where grammar says so
SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj")
NAMING_VERBS = frozenset({"call", "brand", "label", "dub", "term", "name", "consider", "deem", "describe", "denounce"})
JOINED = re.compile(r"\s+(?:and|&)\s+(?:the\s+)?")
JOINT = 24  # characters at most between two joined names: “ and the ” with room for line breaks
THIRD_PERSON = frozenset({"he", "she", "they", "it", "him", "her", "them", "his", "their", "its"})
WE = frozenset({"i", "we", "our", "my", "us", "me", "ours", "mine"})


def assign(reading: Reading, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Give each finding the actor whom it is about; one that is about nobody named keeps None."""
    finder = Targets(reading)
    made = []
    for finding in findings:
        actor, sure = finder.of(finding.span, felt=finding.category in FELT)
        if finding.kind in UNDIRECTED:
            made.append(replace(finding, target=actor if sure else None))
            continue
        if finding.category == "label" and not sure:
            actor = None  # a label names somebody; where grammar does not say whom, the topic is somebody else
        weight = finding.weight if sure or actor is None else finding.weight * GUESSED
        made.append(replace(finding, target=actor, weight=weight))
    return tuple(made)


@dataclass(slots=True)
class _Place:
    """Mentions by token, so that a tree walk can ask who stands at a token."""

    mention_of: dict[int, Mention]
    place_of: dict[int, Mention]  # names of places, which act in nothing


class Targets:
    """Finds whom the words of one reading are about."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.doc: Doc = reading.doc
        self._seen = columns(reading.doc)
        self._names = [m for m in reading.mentions if m.form in {"name", "metonym", "demonym"}]
        self._place = _index(reading)

    def of(self, span: Span, *, felt: bool = False) -> tuple[str | None, bool]:
        """The actor whom the words at `span` are about, and whether grammar says so (not only the topic).

        `felt`: a verb of the kind that is about its object ("idolised Trump"), not about its subject.
        """
        token = self._head(span)
        if token is None:
            return None, False
        if felt and token.tag_.startswith("VB"):
            for child in token.children:
                actor = self._actor(child, span) if child.dep_ in {"obj", "nsubj:pass"} else None
                if actor is not None:
                    return actor, True
        for candidate in self._candidates(token, span):
            actor = self._actor(candidate, span) or self._of_place(candidate)
            if actor is not None:
                return self._with_partners(candidate, actor), True
        return self._topic(token, span), False

    def _head(self, span: Span) -> Token | None:
        seen = self._seen
        inside = []
        for i in range(seen.at(span.start), len(seen)):
            if seen.starts[i] >= span.end:
                break
            if not seen.space[i] and not seen.punct[i] and seen.ends[i] > span.start:
                inside.append(i)
        if not inside:
            return None
        return self.doc[min(inside, key=lambda i: (self._depth(i), -i)) if len(inside) > 1 else inside[0]]

    def _depth(self, token: int) -> int:
        depth, heads = 0, self._seen.heads
        while heads[token] != token:
            token, depth = heads[token], depth + 1
        return depth

    def _candidates(self, token: Token, span: Span) -> Iterator[Token]:
        """Tokens that may name the target, the closest bond first."""
        yield from self._of_phrase(token)
        if token.dep_ in {"amod", "compound", "acl", "acl:relcl", "nmod", "flat", "nmod:poss"} or (
            token.dep_ == "conj" and token.head.dep_ in {"amod", "compound"}
        ):
            noun = token.head if token.dep_ != "conj" else token.head.head
            yield noun
            yield from self._of_phrase(noun)
            if token.dep_ in {"acl", "acl:relcl"}:
                return
            if not self._is_act(noun):
                yield from self._clause(noun)
            else:
                yield from self._owner(noun)
            return
        if token.dep_ == "appos":
            yield token.head
            return
        if token.dep_ == "advmod":
            verb = token.head
            if verb.pos_ in {"VERB", "AUX"}:
                yield from self._subject(verb)
            else:
                yield verb
                yield from self._candidates(verb, span)
            return
        if any(c.dep_ == "cop" for c in token.children):
            yield from self._subject(token)
            return
        if token.pos_ in {"VERB", "AUX"} or token.tag_.startswith("VB"):
            yield from self._subject(token)
            return
        if token.dep_ in {"xcomp", "obl", "ccomp"} and token.head.lemma_.lower() in NAMING_VERBS:
            yield from (c for c in token.head.children if c.dep_ in {"obj", "nsubj:pass", "iobj"})
            return
        if token.dep_ in {"xcomp", "advcl"}:
            yield from self._subject(token.head)
            return
        if token.dep_ == "conj":
            yield from self._candidates(token.head, span)
            return
        yield from self._clause(token)

    def _of_phrase(self, noun: Token) -> Iterator[Token]:
        """Whose it is: possessor, “of” and “by” phrases, a name or demonym before the noun."""
        order = {"nmod:poss": 0, "amod": 2, "compound": 2, "appos": 3, "nmod": 1, "flat": 2}
        for child in sorted(noun.children, key=lambda c: order.get(c.dep_, 9)):
            if child.dep_ == "nmod" and not self._owns(child):
                continue
            if child.dep_ in order:
                yield child

    def _owns(self, noun: Token) -> bool:
        """Of, by or from somebody; or in a capital that stands for its power: the regime in Moscow."""
        cases = {c.lower_ for c in noun.children if c.dep_ == "case"}
        if "in" in cases:
            mention = self._place.mention_of.get(noun.i)
            return mention is not None and mention.form == "metonym"
        return not cases.isdisjoint({"of", "by", "from"})

    def _is_act(self, noun: Token) -> bool:
        """A cowardly attack is somebody's act; a brave mayor is somebody."""
        return noun.pos_ == "NOUN"

    def _owner(self, noun: Token) -> Iterator[Token]:
        """Who does the thing that the noun names: the subject of a verb that has it as object or predicate."""
        yield from self._clause(noun)

    def _clause(self, noun: Token) -> Iterator[Token]:
        head = noun.head
        if noun.dep_ in {"obj", "obl", "xcomp", "iobj"} and (
            head.pos_ in {"VERB", "AUX"} or head.tag_.startswith("VB")
        ):
            if head.lemma_.lower() in NAMING_VERBS:
                yield from (c for c in head.children if c.dep_ in {"obj", "nsubj:pass"} and c.i != noun.i)
            yield from self._subject(head)
        elif noun.dep_ in {"nsubj", "nsubj:pass"}:
            return
        elif noun.dep_ in {"nmod", "conj", "appos"} and head.i != noun.i:
            yield head
            yield from self._of_phrase(head)
            yield from self._clause(head)
        elif any(c.dep_ == "cop" for c in noun.children):
            yield from self._subject(noun)

    def _subject(self, verb: Token, depth: int = 0) -> Iterator[Token]:
        subjects = [c for c in verb.children if c.dep_ in SUBJECTS]
        if subjects and subjects[0].lower_ in {"who", "which", "that"} and verb.dep_ in {"acl:relcl", "acl"}:
            yield verb.head
            return
        agents = [
            c
            for c in verb.children
            if c.dep_ == "obl:agent"
            or (c.dep_ == "obl" and any(g.lower_ == "by" for g in c.children if g.dep_ == "case"))
        ]
        if agents and any(c.dep_ in {"nsubj:pass", "aux:pass"} for c in verb.children):
            yield from agents
        if all(subject.dep_ == "csubj" for subject in subjects):
            yield from self._before_auxiliary(verb)
        yield from subjects
        for subject in subjects:
            yield from self._of_phrase(subject)
        if not subjects and depth < 4:
            if verb.dep_ in {"acl", "acl:relcl"}:
                yield verb.head
            elif verb.head.i != verb.i:
                if verb.dep_ in {"xcomp", "ccomp", "advcl"} and verb.tag_ in {"VBG", "VB"}:
                    yield from (c for c in verb.head.children if c.dep_ == "obj" and verb.head.i < c.i < verb.i)
                if verb.dep_ != "ccomp":  # who says it is not whom it is about
                    yield from self._subject(verb.head, depth + 1)

    def _before_auxiliary(self, verb: Token) -> Iterator[Token]:
        """The name straight before “were …ing”, where the tree has lost the subject: English puts it nowhere else."""
        aux = next((c for c in verb.children if c.dep_ in {"aux", "aux:pass", "cop"} and c.i < verb.i), None)
        if aux is not None and aux.i > verb.sent.start and aux.tag_ in {"VBD", "VBZ", "VBP", "MD"}:
            before = self.doc[aux.i - 1]
            if before.i not in self._place.mention_of:  # taken for a place, because the tree had it elsewhere
                lost = next((m for m in self.reading.mentions if m.span.end == before.idx + len(before)), None)
                if lost is not None:
                    self._place.mention_of[before.i] = lost
            yield before

    def _with_partners(self, token: Token, actor: str) -> str:
        """Both of “X and Y were …”: ids joined by "; ". Only a plural subject takes a partner along."""
        mention = self._place.mention_of.get(token.i)
        if mention is None:
            return actor
        text, (start, end) = self.reading.article.text, (mention.span.start, mention.span.end)
        near = [m for m in self._names if m.actor != actor]
        before = next(
            (m for m in near if 0 < start - m.span.end <= JOINT and JOINED.fullmatch(text[m.span.end : start])), None
        )
        after = next(
            (m for m in near if 0 < m.span.start - end <= JOINT and JOINED.fullmatch(text[end : m.span.start])), None
        )
        if before is not None:
            return f"{before.actor}; {actor}"
        return f"{actor}; {after.actor}" if after is not None else actor

    def _actor(self, token: Token, span: Span) -> str | None:
        mention = self._place.mention_of.get(token.i)
        if token.lower_ in THIRD_PERSON and (about := self._said_of(token)) is not None:
            return about
        if mention is not None:
            return (
                None
                if mention.span.contains(span) and mention.form != "name" and token.idx == span.start
                else mention.actor
            )
        if token.lower_ in WE:
            voice = self._voice(token.idx)
            if voice is not None and voice.speaker is not None and "; " not in voice.speaker:
                return voice.speaker
        return None

    def _of_place(self, token: Token) -> str | None:
        """The country in “the shameful silence of France”: a place elsewhere, the owner where a judged word has it."""
        if token.dep_ != "nmod" or not any(c.dep_ == "case" and c.lower_ in {"of", "from"} for c in token.children):
            return None
        words = registry().words
        if token.head.lower_ in words["part"] or token.head.lower_ in words["town"]:
            return None
        mention = self._place.place_of.get(token.i)
        return mention.actor if mention is not None else None

    def _speaks(self, mention: Mention, token: Token, span: Span) -> bool:
        """Whether a mention only says whose words these are: X said the plan was “rash” is not about X."""
        heard = self._voice(span.start)
        here = self._voice(token.idx)
        if heard is None or heard.speaker is None or here is None or here.voice != "narrator":
            return False
        return mention.actor in heard.speaker.split("; ")

    def _voice(self, position: int) -> Voiced | None:
        voices = self.reading.voices
        found = bisect_right(voices, position, key=lambda v: v.span.start) - 1
        return voices[found] if found >= 0 and position < voices[found].span.end else None

    def _said_of(self, token: Token) -> str | None:
        """“He is a liar,” X said of Y: inside the marks, he is Y."""
        for said in self.reading.attributions:
            if said.kind != "indirect" and said.cue is not None and said.content.start <= token.idx < said.content.end:
                behind = self.reading.article.text[said.cue.end : said.cue.end + 80]
                named = re.match(r"\s+(?:\w+\s+){0,3}?(?:of|about)\s+(?:the\s+)?", behind)
                if named:
                    place = said.cue.end + named.end()
                    return next((m.actor for m in self._names if m.span.start <= place < m.span.end), None)
        return None

    def _topic(self, token: Token, span: Span) -> str | None:
        """The actor named before the word in its sentence, the subject first; else the nearest after it.

        In other voices only what the same words name: who says them is not whom they are about.
        """
        seen = self._seen
        first, last = seen.bounds[seen.sents[token.i]]
        around = Span(seen.starts[first], seen.ends[last - 1])
        voice = self._voice(span.start)
        if voice is not None and voice.voice != "narrator":
            around = Span(max(around.start, voice.span.start), min(around.end, voice.span.end))
        mention_of = self._place.mention_of
        inside = [(i, mention_of[i]) for i in range(first, last) if i in mention_of]
        inside = [(i, m) for i, m in inside if around.contains(m.span) and not m.span.overlaps(span)]
        named = sorted({(m.span, m.actor) for _, m in inside})
        leading = sorted({(m.span, m.actor) for i, m in inside if seen.deps[i] in SUBJECTS})
        before = [actor for place, actor in leading if place.end <= span.start]
        before = before or [actor for place, actor in named if place.end <= span.start]
        if before:
            return before[-1]
        return next((actor for place, actor in named if place.start >= span.end), None)


def _index(reading: Reading) -> _Place:
    seen = columns(reading.doc)
    table: dict[int, Mention] = {}
    places: dict[int, Mention] = {}
    for mention in reading.mentions:
        i = seen.at(mention.span.start)
        while i < len(seen) and seen.starts[i] < mention.span.end:
            if not seen.space[i]:
                (places if mention.form == "place" else table).setdefault(i, mention)
            i += 1
    return _Place(table, places)
