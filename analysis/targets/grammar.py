"""From a judging word to the words that may name whom it is about, the closest bond first."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.lexicon import CATEGORIES
from analysis.model import Span
from analysis.targets.bonds import DONE_TO, FELT, MODIFIERS, SUBJECTS
from analysis.targets.labels import Labels
from analysis.targets.people import NOBODY, People, words
from analysis.tone.words import frame

DEED = -0.5  # a verb that says at most this of its doer is about the doer, named or not: “was betrayed”
DEEDS = frozenset({"aggressor", "untrustworthy", "unlawful"})  # of verbs: who does it, also where nobody is told
COMMENTS = frozenset({"exaggeration", "certainty", "importance"})  # adverbs of these may comment on a whole sentence
MERE = frozenset({"exaggeration", "importance", "threat"})  # how much, how alarming: the topic was wrong in 8 of 11
NEAREST = 4  # verbs up from one without a subject
_OWNERS = {"nmod:poss": 0, "nmod": 1, "amod": 2, "compound": 2, "flat": 2, "appos": 3}
_SAME = frozenset({"amod", "compound", "flat", "appos"})  # of a noun for people: who they are
_WHO = frozenset({"who", "which", "that"})
_CALLED = frozenset({"known", "called", "named", "dubbed"})
_THIS = frozenset({"this", "that"})
_UNDERGO = frozenset({"obj", "obl", "nmod"})
STOP = -1  # in place of a token: grammar says that the word is about nobody who is named here

Candidate = tuple[int, bool]  # a token, and whether people without a name who stand there are whom the word is about


class Grammar(Labels):
    """Finds whom the words of one reading are about."""

    def __init__(self, people: People) -> None:
        super().__init__(people)
        self._deed = False  # whether the word that is asked about names a misdeed
        self._pity = False  # whether it pities whom it is about
        self._judges = False  # whether it is a loaded term, not a hedge

    def of(self, span: Span, category: str) -> tuple[str | None, bool]:
        """The actor whom the words at `span` are about, and whether grammar says so (not only the topic).

        `category` is that of the finding: it tells whether a verb is about its object, and whether a word is a label.
        """
        c = self.seen
        tokens = [i for i in self.tree.tokens(span) if not c.punct[i]]
        if not tokens:
            return None, False
        head = min(tokens, key=lambda i: (self._depth(i), -i)) if len(tokens) > 1 else tokens[0]
        if category in COMMENTS and c.tags[head] == "RB" and self._comments(head):
            return None, True
        label = category == "label"
        self._deed, self._pity, self._judges = category in DEEDS, category == "victim", category in CATEGORIES
        for i in self._undergoers(head, tokens, category):
            actor = self.people.actor(i, span)
            if actor is None and category in FELT:
                actor = self.people.without_name(i, span)
            if actor is not None and actor != NOBODY:
                return actor, True
        for i, whole in self._candidates(head, span, label):
            if i == STOP:
                return None, True
            actor = self.people.actor(i, span) or self._of_place(i) or self._of_clause(i, span)
            if actor is None and whole:
                known = self._named_elsewhere(i, span) if not label or c.lower[i] in words()["land"] else None
                actor = known or self.people.without_name(i, span)
            if actor == NOBODY:
                taken = self._taken_up(i) or self._stands_for(i, span)
                return taken, taken is None
            if actor is not None:
                return self._with_partners(i, actor), True
        if c.deps[head] in SUBJECTS and c.pos[head] == "NOUN":
            return None, True  # “Holt left as the dictatorship fell”: the subject is another
        return None if category in MERE else self._topic(head, span), False

    def _candidates(self, i: int, span: Span, label: bool = False) -> Iterator[Candidate]:
        """Tokens that may name whom token i is about, the closest bond first."""
        c = self.seen
        dep, head = c.deps[i], c.heads[i]
        preposition = self.tree.preposition(i) if dep == "obl" else ""
        named = preposition == "as" and self.tree.is_passive(head) and self._named_by(i, head)
        if named or self._blamed_by(i, head, preposition):
            yield from self._objects(head, i, span)
        if label and (beside := self._beside(i)) is not None:
            yield beside, False
        if self.people.are(i) and (example := self._example(i)) is not None:
            yield example, False
        if label and dep == "appos":  # Goran Vuk, the regime's denier
            yield head, False
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
            if c.deps[noun] == "compound" and c.pos[noun] == "PROPN":
                yield c.heads[noun], False  # the German Marxist August | Bebel
            if not label or self._holds(noun):
                yield from self._clause(noun, span)
        elif dep == "appos" and self.tree.child(i, SUBJECTS) is None:
            yield from self._described(head, span)
        elif dep == "advmod":
            if self.tree.is_passive(head) and not self._pity and c.lower[head] not in words()["state"]:
                yield from self._agent(head)
                yield STOP, True  # “Renn was angrily denounced”: nobody tells by whom
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
        told = [i for i in self.seen.children[verb] if self.seen.deps[i] in DONE_TO and i != named]
        if not told and self.seen.lemmas[verb] == "refer":
            told = [i for i in self.seen.children[verb] if self.tree.preposition(i) == "to"]
        for i in told:
            yield from self._described(i, span)
        if not told and self.tree.is_passive(verb) and self.seen.deps[verb] in {"conj", "advcl", "xcomp"}:
            yield from self._subject(self.seen.heads[verb], span)  # “Renn left, and was branded a liar”
        what = self.seen.heads[verb]
        if not told and self.seen.deps[verb] == "acl:relcl" and self.seen.lower[what] == "what":
            yield from self._not_by(verb, what, span)
        yield STOP, True

    def _not_by(self, verb: int, what: int, span: Span) -> Iterator[Candidate]:
        """Who does “what Renn calls a mess”: whose clause it is in, unless Renn himself speaks there."""
        if self.tree.preposition(what) == "for":  # “took Holt to task for what they called a weak reply”
            c, above = self.seen, self.seen.heads[what]
            above = c.heads[above] if c.deps[above] in {"advcl", "xcomp", "obl", "ccomp"} else above
            for k in c.children[above]:
                if c.deps[k] in DONE_TO:
                    yield from self._described(k, span)
        names = self.tree.child(verb, SUBJECTS)
        namer = self.people.mention_of.get(names) if names is not None else None
        if namer is None:
            return
        for k, whole in self._clause(what, span):
            mention = self.people.mention_of.get(k)
            if k == STOP or (mention is not None and mention.actor == namer.actor):
                return
            yield k, whole

    def _owners(self, noun: int) -> Iterator[Candidate]:
        """Whose it is: possessor, “of” and “by” phrases, a name or demonym before the noun."""
        c = self.seen
        # “coverage of Renn” is not Renn's, nor is “the murder of Renn”
        shown = c.lower[noun] in words()["showing"] or (not self._pity and c.lower[noun] in words()["undergone"])
        if c.lower[noun] in words()["outcome"]:  # “a shameful defeat for Renn”
            yield from ((k, False) for k in c.children[noun] if self.tree.preposition(k) == "for")
        for k in sorted(c.children[noun], key=lambda k: _OWNERS.get(c.deps[k], 9)):
            if c.deps[k] == "compound" and self._suffers(k, c.lower[noun]):
                continue
            if self._judges and not self._pity and self._dies(k, noun):
                yield STOP, True
            if self._is_scope(k, noun):
                continue
            if c.deps[k] in _OWNERS and (c.deps[k] != "nmod" or self._owns(k, shown)):
                yield (self._antecedent(noun) if c.lower[k] == "whose" else k), False
                if self.people.is_body(k):  # “the brutality of Renn's police”
                    yield from self._owners(k)
                elif c.deps[k] == "nmod" and not self.people.are(k):
                    yield from self._whose(k)
                if (c.deps[k] == "nmod:poss" or self.tree.preposition(k) == "by") and self.people.are(k):
                    yield k, True
                if c.deps[k] == "nmod":  # “a gaggle of activists, the Harbour Front”
                    yield from ((m, False) for m in c.children[k] if c.deps[m] == "appos")
        for k in c.children[noun]:
            if c.deps[k] == "amod" and c.lower[k] in words()["led"]:  # “a Renn-led campaign”
                yield from ((m, False) for m in c.children[k] if c.deps[m] in {"compound", "obl", "nmod"} and m < k)
            if c.deps[k] == "acl:relcl":  # “the plan that Renn unveiled”, not “the plan that Renn opposed”
                maker = None if self._is_anybody(noun) else self.tree.child(k, SUBJECTS)
                if maker is not None and c.lower[maker] not in _WHO and self._makes(noun, k):
                    yield maker, False
            elif c.deps[k] == "acl" and c.lower[k] in _CALLED and c.tags[k] == "VBN":
                yield from ((m, False) for m in c.children[k] if m > k)  # “this menace known as North Korea”
            elif c.deps[k] == "acl" and (maker := self.tree.agent(k)) is not None:
                yield maker, False
            elif c.deps[k] == "conj" and c.pos[k] == "NOUN":  # “the vile policy and threats of Norway”
                yield from ((m, False) for m in c.children[k] if c.deps[m] == "nmod" and self._owns(m, shown))

    def _whose(self, noun: int) -> Iterator[Candidate]:
        """Whose a doer is in turn: “a lie by Renn's camp”, “talks between the Renn campaign and Norway”."""
        c = self.seen
        if noun not in self.people.mention_of and self.tree.preposition(noun) in {"by", "between"}:
            yield from ((k, False) for k in c.children[noun] if c.deps[k] in {"nmod:poss", "compound"})

    def _of_quality(self, i: int) -> Iterator[Candidate]:
        """Who has a quality in “How noble of Anna Holt!” and “It was noble of Anna Holt.”"""
        c = self.seen
        if c.tags[i].startswith("JJ") and all(c.lower[k] == "it" for k in c.children[i] if c.deps[k] in SUBJECTS):
            yield from ((k, True) for k in c.children[i] if c.deps[k] == "obl" and self.tree.preposition(k) == "of")

    def _described(self, noun: int, span: Span) -> Iterator[Candidate]:
        """Who is described with a noun: itself, what stands beside it, its owner; people are not who employs them."""
        c = self.seen
        if (whole := self._whole(noun)) is not None:
            yield from self._described(whole, span)
            return
        yield noun, False
        if c.deps[noun] == "appos":
            yield c.heads[noun], False
        if (ahead := self._fronted(noun)) is not None:
            yield ahead, False
        if not self.people.are(noun) or c.lower[noun] in words()["body"]:
            yield from self._owners(noun)
            yield noun, True
            return
        for k in c.children[noun]:
            if c.deps[k] in _SAME:
                yield k, False
        if (example := self._example(noun)) is not None:
            yield example, False
        # “the mayor Anna Holt”, “the head of the unit, Mr Renn”, whatever the tree makes of them
        if noun + 1 < len(c) and c.tags[noun + 1].startswith("NNP"):
            yield noun + 1, False
        if c.deps[noun] in SUBJECTS:
            yield from ((k, False) for k in c.children[c.heads[noun]] if c.deps[k] in SUBJECTS and k > noun)
        for k, _ in self._owners(noun):
            if c.tags[k] == "PRP$" and self.people.is_one(noun):
                continue  # “lost its most revered leader”
            owner = self.people.actor(k, span) or self._of_place(k)
            if owner is not None and self.people.kinds.get(owner) != "person":
                yield k, False
        yield noun, True

    def _whole(self, part: int) -> int | None:
        """Of what a quantity is told: the plans in “some of Renn's plans”."""
        c = self.seen
        if c.lower[part] not in words()["quantity"]:
            return None
        return next((k for k in c.children[part] if c.deps[k] == "nmod" and self.tree.preposition(k) == "of"), None)

    def _said_to_be(self, noun: int, span: Span) -> Iterator[Candidate]:
        """Who is one of the people a noun is for: “Renn is one of the worst mayors”, “see Renn as the worst mayor”."""
        c = self.seen
        if not self.people.are(noun) and c.lower[noun] not in words()["anybody"]:
            return
        if c.lower[c.heads[noun]] == "one" and self.tree.preposition(noun) == "of":
            noun = c.heads[noun]
            if c.deps[noun] == "appos":
                yield c.heads[noun], False
        if any(c.deps[k] == "cop" for k in c.children[noun]):
            yield from self._subject(noun, span)
        elif self._named_by(noun, c.heads[noun]):
            yield from self._objects(c.heads[noun], noun, span)
        elif c.deps[noun] == "obl" and self.tree.preposition(noun) in {"as", "once"}:
            verb = c.heads[noun]  # “won praise as a brave mayor”
            yield from ((k, False) for k in c.children[verb] if c.deps[k] in DONE_TO)
            yield from self._subject(verb, span)
        elif c.deps[noun] == "obj" and c.lemmas[c.heads[noun]] in words()["staying"]:
            yield from self._subject(c.heads[noun], span)  # “remains a loyal partner”, taken for an object
        elif c.deps[noun] == "xcomp" and self.tree.child(c.heads[noun], frozenset({"obj"})) is None:
            yield from self._subject(c.heads[noun], span)  # “Renn remains a corrupt mayor”

    def _clause(self, noun: int, span: Span) -> Iterator[Candidate]:
        """Who does what a noun is part of: the subject, unless verb or preposition keep the two apart."""
        c = self.seen
        head, dep = c.heads[noun], c.deps[noun]
        preposition = self.tree.preposition(noun)
        owns = (k for k in c.children[noun] if c.deps[k] == "case" and span.start <= c.starts[k] < span.end)
        if self._judges and any(owns):
            if dep == "obl" and self._is_verb(head):  # “sent spies under the guise of clerks”
                yield from self._subject(head, span)
                return
            preposition = ""
        if self._pity and dep in _UNDERGO and c.tags[noun] == "NNS" and span.start <= c.starts[noun] < span.end:
            yield STOP, True  # “killed innocents”: who suffers is not who does it
        if dep == "obl:agent" or (dep == "obl" and preposition == "by" and c.tags[head] in {"JJ", "VBN"}):
            if c.lemmas[head] in words()["moved"]:  # “Renn was driven by blind rage”
                patient = self.tree.child(head, SUBJECTS)
                yield from self._described(c.heads[head] if patient is None else patient, span)
                if patient is None and c.deps[head] == "acl":
                    yield from self._clause(c.heads[head], span)
            yield STOP, True
        elif preposition in {"of", "to"} and any(c.lower[k] in words()["hit"] for k in (head, *c.children[head])):
            yield STOP, True  # “was the target of a vile campaign”, “fell victim to a vile campaign”
        elif dep in {"obj", "obl", "xcomp", "iobj"} and self._is_verb(head):
            if self._named_by(noun, head) or self._blamed_by(noun, head, preposition):
                yield from self._objects(head, noun, span)
            elif (put := self._put(noun, head, preposition, span)) is not None:
                yield put, True
            elif self._keeps_apart(noun, head, preposition) or self._of_us(head):
                yield STOP, True
            else:
                yield from self._subject(head, span)
        elif dep == "obl" and preposition in {"of", "with"} and c.lower[head] in words()["full"]:
            yield from self._subject(head, span)
        elif dep == "nmod" and (preposition in words()["away"] or preposition == "to" or self._around(noun)):
            yield STOP, True
        elif dep in {"nmod", "conj", "appos"} and head != noun:
            if dep == "nmod" and preposition == "of" and c.lower[head] in words()["accusation"]:
                yield from self._accused(noun, head, span)
            suffers = c.lower[head] in words()["suffering"]
            if dep == "nmod" and preposition == "of" and self._only_topic(head):
                yield STOP, True
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
        top = accusation
        while c.deps[top] == "nmod":  # “reacted to indictments on charges of fraud”
            top = c.heads[top]
        verb = c.heads[top]
        if c.deps[top] == "obl" and c.deps[verb] == "xcomp":
            verb = c.heads[verb]  # “pleaded guilty to charges of fraud”
        if c.deps[top] in {"obj", "obl"} and c.lemmas[verb] in words()["answering"]:
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
            yield from ((k, False) for k in self._before_finite(verb))
        if any(c.deps[k] == "expl" or (k in subjects and c.lower[k] == "it") for k in c.children[verb]):
            yield from self._that_clause(verb, span, depth)
        for k in subjects:
            if (said := self._said_what(k)) is not None:
                yield from self._not_by(said, k, span)
                yield STOP, True
            yield from self._described(k, span)
            if self._whole(k) is None:
                yield k, True
        if not subjects and depth < NEAREST:
            if dep in {"acl", "acl:relcl"}:
                yield from self._described(head, span)
                thing = c.pos[head] == "NOUN" and not self._is_anybody(head)
                if thing and dep == "acl" and c.tags[verb] in {"VB", "VBG"}:
                    # “got a sentence for lying”, “drew up plans to bully voters”
                    yield from (one for one in self._clause(head, span) if one[0] != STOP)
            elif head != verb:
                if any(c.lower[k] == "against" and c.deps[k] in {"mark", "case"} for k in c.children[verb]):
                    yield STOP, True  # “warned against demonising a faith”
                if self._of_object(verb):
                    for k in c.children[head]:  # “made the strike look weak”, “marched against Renn for lying”
                        undergoes = c.deps[k] == "obj" or self.tree.preposition(k) == "against"
                        if undergoes and head < k < verb and self._could(k, verb):
                            yield from self._described(k, span)
                            yield STOP, True
                    if c.lemmas[head] in words()["blaming"] and not self.tree.is_passive(head):
                        if c.deps[head] == "acl:relcl":  # “Renn, whom many blame for hurting Norway”
                            yield from self._described(c.heads[head], span)
                        yield STOP, True
                if dep == "ccomp" and c.deps[head] == "acl:relcl":  # “signed a law that many say is cruel”
                    yield from self._described(c.heads[head], span)
                    if not self._is_anybody(c.heads[head]):
                        yield from self._clause(c.heads[head], span)
                if dep not in {"ccomp", "parataxis"}:  # who says it is not whom it is about
                    yield from self._subject(head, span, depth + 1)

    def _agent(self, verb: int) -> Iterator[Candidate]:
        """Who does a passive verb; of a misdeed nobody but the doer, though nobody is told."""
        c = self.seen
        agents = (self.tree.agent(k) for k in (verb, *(k for k in c.children[verb] if c.deps[k] == "conj")))
        agent = next((k for k in agents if k is not None), None)  # “was forged or doctored by Renn”
        if agent is not None:
            yield agent, True
        elif self._deed or frame(self.seen, verb, "subject") <= DEED < frame(self.seen, verb, "object"):
            yield STOP, True

    def _that_clause(self, verb: int, span: Span, depth: int) -> Iterator[Candidate]:
        """“It is shameful that Russia …”: who acts in what is judged."""
        for k in self.seen.children[verb]:
            if self.seen.deps[k] in {"ccomp", "csubj", "advcl"} and k > verb and depth < NEAREST:
                yield from self._subject(k, span, NEAREST)
