"""Who does what a verb says and to whom it is done, by grammar alone: a tree and a verb in, words out.

A verb without a subject of its own takes its doer from the words around it: “promised to help”, “forced Renn to leave”,
“accused Renn of lying”, “Renn's plan to leave”, “those who, having lied, left”.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from analysis.lexicon import rows
from analysis.targets.people import words as target_words
from analysis.tone.roles import PASSIVE, SUBJECTS, Tree

_OWN = (SUBJECTS | PASSIVE) - {"nsubj:outer"}  # “the question is whether Renn left”: Renn, not the question
_OBJECTS = frozenset({"obj", "iobj"})
_BY = frozenset({"obl:agent"})
_TENSED = frozenset({"aux", "cop", *SUBJECTS})  # a participle that has none of these stands for a passive
_BEHIND = frozenset({"obj", "xcomp", "ccomp"})  # what an active verb has behind it
_RELATIVE = frozenset({"acl:relcl", "acl"})
_WHO = frozenset({"who", "which", "that", "whom"})
_WHERE = frozenset({"where", "when", "why", "how", "whose"})
_CLAUSES = frozenset({"xcomp", "advcl", "ccomp"})
_OWNERS = frozenset(
    {"by", "of", "from", "between", "among"}
)  # “a refusal by Renn to leave”, “a pledge from Oslo to help”
_BETWEEN = frozenset({"PUNCT", "CCONJ", "ADV", "SPACE"})  # may stand between verbs that share an object
_DEEP = 12  # clauses up from a verb: no sentence that can be followed has more, and hostile ones must end


@cache
def processes() -> Mapping[str, frozenset[str]]:
    """The classes of `lexicon/processes.tsv`."""
    return {row["class"]: frozenset(row["words"].split()) for row in rows.noted("processes.tsv")}


@cache
def _alone() -> frozenset[str]:
    return processes()["alone"] | processes()["undergoing"] | processes()["changing"]


class Doers:
    """The doers and undergoers of the verbs of one text; what was asked once is remembered."""

    def __init__(self, tree: Tree) -> None:
        self.tree, self.c = tree, tree.columns
        self._subjects: dict[int, int | None] = {}
        self._passives: dict[int, bool] = {}
        self._agents: dict[int, list[int]] = {}
        self._rows: dict[int, dict[int, int]] = {}

    def doers(self, verb: int) -> Iterator[int]:
        """Who does it: the subject, or in a passive the one behind “by”."""
        yield from self.agents(verb) if self.passive(verb) else self._subjects_of(verb)

    def undergoers(self, verb: int) -> Iterator[int]:
        """To whom it is done: the objects, or in a passive the subject."""
        c = self.c
        if self.passive(verb):
            yield from self._subjects_of(verb)
        objects = [k for k in c.children[verb] if c.deps[k] in _OBJECTS]
        if not objects and not self.passive(verb) and (shared := self._row(verb)) is not None:
            objects = [k for k in c.children[shared] if c.deps[k] in _OBJECTS]
        for k in objects:
            yield c.heads[verb] if c.lower[k] in _WHO and c.deps[verb] in _RELATIVE else k
        if c.deps[verb] == "acl:relcl" and not objects and not self.passive(verb):
            asked = {c.lower[k] for k in c.children[verb]}
            if not asked & (_WHO | _WHERE) and self.tree.child(verb, SUBJECTS) is not None and not self._stranded(verb):
                yield c.heads[verb]  # “the man Renn fired”

    def passive(self, verb: int) -> bool:
        """Whether the verb is a passive, also one without a form of “be”: “arrested in May, Renn …”."""
        known = self._passives.get(verb)
        if known is None:
            known = self._passives[verb] = self._passive(verb)
        return known

    def agents(self, verb: int) -> list[int]:
        """Who does a passive: behind “by” of its own, or of a passive that stands in one row with it."""
        c = self.c
        if own := self._by(verb):
            return own
        first = c.heads[verb] if c.deps[verb] == "conj" else verb
        if first not in self._agents:
            row = (first, *(k for k in c.children[first] if c.deps[k] == "conj"))
            self._agents[first] = next((found for found in map(self._by, row) if found), [])
        return self._agents[first]

    def _by(self, verb: int) -> list[int]:
        """“by the newspaper Le Monde” may hang on the verb in two parts; without “by” the grammar has erred."""
        first, c = self.tree.agent(verb), self.c
        if first is None or not any(c.lower[k] == "by" for k in (c.lefts[first], *c.children[first])):
            return []
        return [first, *(k for k in c.children[verb] if self.c.deps[k] == "obl:agent" and k > first)]

    def _subjects_of(self, verb: int) -> Iterator[int]:
        """The subject, and where the grammar has two (“Ambassador Ada Renn left”) both."""
        who = self.subject(verb)
        if who is not None:
            yield who
            if self.c.heads[who] == verb:
                yield from (k for k in self.c.children[verb] if self.c.deps[k] == self.c.deps[who] and k != who)

    def subject(self, verb: int, depth: int = 0) -> int | None:
        """The word of which the verb is said: who does it, or undergoes it where it is a passive."""
        if verb not in self._subjects:
            if depth > _DEEP:
                return None
            self._subjects[verb] = None  # a broken tree that asks again gets no answer
            self._subjects[verb] = self._subject(verb, depth)
        return self._subjects[verb]

    def _passive(self, verb: int) -> bool:
        c = self.c
        if self.tree.is_passive(verb) or self.tree.child(verb, _BY) is not None:
            return True
        if c.tags[verb] not in {"VBN", "VBD"} or any(c.deps[k] in _TENSED for k in c.children[verb]):
            return False
        if c.deps[verb] == "conj":  # “was arrested and jailed”, not “was freed and vowed to return”
            first = c.heads[verb]
            lone = c.tags[verb] == "VBN" or not (c.lemmas[verb] in _alone() or self.tree.child(verb, _BEHIND))
            return first < verb and lone and self.passive(first)
        return c.deps[verb] in {"acl", "advcl", "xcomp"} or (c.deps[verb] == "acl:relcl" and c.tags[verb] == "VBN")

    def _subject(self, verb: int, depth: int) -> int | None:
        c, relation, above = self.c, self.c.deps[verb], self.c.heads[verb]
        own = max((k for k in c.children[verb] if c.deps[k] in _OWN), default=None)
        if own is None:
            own = self.tree.child(verb, SUBJECTS)
        if own is not None:
            if c.lower[own] not in _WHO:
                return None if c.deps[own].startswith("csubj") else own
            first = above if relation == "conj" else verb
            return c.heads[first] if c.deps[first] in _RELATIVE else own
        named = self._for(verb)
        if named is not None:
            return named
        if relation == "conj":
            return self._of_row(verb, above, depth + 1)
        if relation in _RELATIVE:
            return self._of_noun(verb, above, depth + 1)
        predicate = relation == "xcomp" and c.pos[verb] != "VERB"  # “remains ready to leave”
        if predicate or (relation in _CLAUSES and self._unfinished(verb)):
            return self._controller(verb, above, depth + 1)
        return None

    def _of_row(self, verb: int, first: int, depth: int) -> int | None:
        """The subject of the verbs before, also where the row hangs too high: “accused of lying and cheating”."""
        c = self.c
        if c.tags[verb] in {"VB", "VBG"} and c.tags[verb] != c.tags[first] and not self._helped(verb):
            for k in reversed(c.children[first][-_DEEP:]):
                if k < verb and c.tags[k] == c.tags[verb] and c.deps[k] in _CLAUSES:
                    return self.subject(k, depth)
        return self.subject(first, depth)

    def _controller(self, verb: int, above: int, depth: int) -> int | None:
        """Who does what a verb says that has no subject and hangs on another: the other's object or its subject."""
        c, relation = self.c, self.c.deps[verb]
        if not self.passive(above):
            object_ = self.tree.child(above, _OBJECTS)
            if object_ is not None and object_ < verb and self._of_object(verb, above, relation):
                return object_
            if relation == "advcl" and object_ is not None and self._before(verb) == "for":
                return self._blamed(above, object_, verb)
            if relation == "xcomp" and self.passive(verb) and not self._helped(verb):
                return None  # “seemed surprised”
        being = next((k for k in c.children[verb] if c.lower[k] == "being"), None)
        if being is not None and c.deps[being - 1] not in {"mark", "case"}:  # “insists on the drill being cancelled”
            close = (k for k in c.children[above][-_DEEP:] if c.deps[k] == "obl" and c.rights[k] == being - 1)
            if (told := next(close, None)) is not None:
                return told
        return self.subject(above, depth)

    def _of_object(self, verb: int, above: int, relation: str) -> bool:
        """Whether a clause tells what the object above does: “urged Renn to leave”, “accused Renn of lying”."""
        lemma = self.c.lemmas[above]
        if relation == "xcomp":
            return lemma not in processes()["promising"]
        before = self._before(verb)
        if before == "to":
            return lemma in processes()["sending"]
        return before in {"of", "from"} or (before == "with" and lemma in target_words()["blaming"])

    def _blamed(self, above: int, object_: int, verb: int) -> int | None:
        """Whose deed follows “for”: “criticised Renn for leaving”, “imposed sanctions on Renn for leaving”."""
        c = self.c
        if c.lemmas[above] in target_words()["blaming"] or c.pos[object_] in {"PROPN", "PRON"}:
            return object_
        for k in (*c.children[object_][-_DEEP:], *c.children[above][-_DEEP:]):
            hit = c.deps[k] in {"nmod", "obl"} and self.tree.preposition(k) in {"on", "against", "at"}
            if hit and object_ < k < verb:
                return k
        return self.subject(above)

    def _of_noun(self, verb: int, noun: int, depth: int) -> int | None:
        """Who does what a clause says that describes a noun: “men playing”, “Renn's plan to leave”."""
        c = self.c
        if c.deps[verb] == "acl:relcl" or (c.tags[verb] != "VB" and not self._before(verb)):
            close = next((k for k in c.children[noun] if c.deps[k] == "nmod" and c.rights[k] == verb - 1), None)
            about = close is not None and c.tags[verb] == "VBG" and self.tree.preposition(close) in {"about", "with"}
            return close if about else noun
        above, relation = c.heads[noun], c.deps[noun]
        if self._before(verb) == "from":  # “is banned by the treaty from testing bombs”
            return self._controller(verb, above, depth) if relation == "obl" else None
        if relation == "obj" and c.tags[verb] == "VB" and c.lemmas[above] in processes()["sending"]:
            return noun  # “sent troops to train them”
        for k in c.children[noun]:
            if c.deps[k] == "nmod:poss":
                return k
        for k in c.children[noun]:
            by = c.deps[k] == "nmod" and k < verb and self.tree.preposition(k) in _OWNERS
            if by or (c.deps[k] in {"compound", "amod"} and c.capitals[k]):
                return k
        if relation == "xcomp" or any(c.deps[k] == "cop" for k in c.children[noun]):
            return self.subject(noun, depth)  # “Renn is on the way to win”, “became the first to win”
        if relation == "ROOT" and c.tags[verb] == "VB":
            return noun  # a headline: “Senate to vote on Thursday”
        if c.lower[noun] in target_words()["accusation"]:
            if self.passive(above):
                return self.subject(above, depth)
            return self.tree.child(above, _OBJECTS) if relation == "obl" else None
        own = relation == "obj" and c.lemmas[above] in processes()["own"]
        if own or (relation == "obl" and self.tree.preposition(noun) == "in" and c.tags[verb] == "VB"):
            if self.passive(above):
                return next(iter(self.agents(above)), None)
            return self.subject(above, depth)
        return None

    def _for(self, verb: int) -> int | None:
        """Who stands between “for” and “to”: “a call for Renn to leave”, whatever the grammar hangs it on."""
        c = self.c
        to = next((k for k in c.children[verb] if c.lower[k] == "to" and c.deps[k] == "mark"), 0)
        who = to - 1
        for _ in range(_DEEP):
            if who < 0 or c.sents[who] != c.sents[verb]:
                return None
            if any(c.lower[k] == "for" and k < who for k in c.children[who]):
                return who
            before = c.lefts[who] - 1  # “for” may hang on the verb
            if before >= 0 and c.lower[before] == "for":
                return who
            above = c.heads[who]
            if above in {verb, who} or c.rights[above] >= to:
                return None
            who = above
        return None

    def _unfinished(self, verb: int) -> bool:
        """Whether a verb is an infinitive or a participle, which takes its doer from elsewhere."""
        c = self.c
        helpers = [k for k in c.children[verb] if c.deps[k] in {"aux", "aux:pass"}]
        if any(c.tags[k] in {"MD", "VBD", "VBZ", "VBP"} for k in helpers):
            return False
        if c.tags[verb] == "VB" and not helpers:  # “Renn said: Make a plan” asks somebody else
            return c.deps[verb] == "xcomp" or any(c.lower[k] == "to" for k in c.children[verb])
        return bool(helpers) or c.tags[verb] in {"VB", "VBG"} or (self.passive(verb) and self._before(verb) != "as")

    def _helped(self, verb: int) -> bool:
        return any(self.c.deps[k] in {"aux", "aux:pass"} for k in self.c.children[verb])

    def _before(self, verb: int) -> str:
        """The word that brings a clause: “of” of “accused Renn of lying”."""
        c = self.c
        return next((c.lower[k] for k in c.children[verb] if c.deps[k] in {"mark", "case"} and k < verb), "")

    def _stranded(self, verb: int) -> bool:
        """Whether a preposition is left behind: “the town Renn fought in”."""
        c = self.c
        return any(c.tags[k] == "IN" and k > verb and not c.children[k] for k in c.children[verb])

    def _row(self, verb: int) -> int | None:
        """The later verb that has the object of this one: “They train, advise and assist Iraqi troops”."""
        c = self.c
        first = c.heads[verb] if c.deps[verb] == "conj" else verb
        if first not in self._rows:
            known: dict[int, int] = {}
            row: list[int] = []
            for k in (first, *(k for k in c.children[first] if c.deps[k] == "conj")):
                if row and any(c.pos[between] not in _BETWEEN for between in range(row[-1] + 1, k)):
                    row = []
                row.append(k)
                if self.tree.child(k, _OBJECTS) is not None:
                    known.update((one, k) for one in row[:-1])
                    row = []
            self._rows[first] = known
        shared = self._rows[first].get(verb)
        return None if c.lemmas[verb] in processes()["alone"] else shared
