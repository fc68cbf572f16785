"""What each word of a sentence is to somebody named in it: a parsed text and a mention in, words by role out.

The roles are those that decide about whom an opinion is (the frames of VerbNet and FrameNet, made few): what somebody
does, what is done to them, what they own, what stands over them, what describes them, and the rest of the sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

from spacy.tokens import Doc

from analysis.language.columns import Columns, columns
from analysis.model import Span

ROLES = (
    "does",
    "undergoes",
    "has",
    "over",
    "above",
    "is",
    "gets",
    "beside",
    "thinks",
    "facing",
    "around",
    "theirs",
    "rest",
)
SUBJECTS = frozenset({"nsubj", "nsubj:outer", "csubj"})
PASSIVE = frozenset({"nsubj:pass", "csubj:pass"})
_OBJECTS = frozenset({"obj", "iobj"})
_WHO = frozenset({"who", "which", "that", "whom"})
_SAME_PHRASE = frozenset({"conj", "appos", "flat", "compound"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})
_FAR = 40  # steps: no real tree is deeper, and a broken one must end


_KEY = "analysis.trees"  # in Doc.user_data, as for Columns


@dataclass(slots=True)
class Tree:
    """What can be asked of the trees of a text; what was asked of a mention is remembered."""

    columns: Columns
    _places: dict[tuple[int, int], tuple[list[int], int]] = field(default_factory=dict)
    _links: dict[int, list[Link]] = field(default_factory=dict)

    @property
    def children(self) -> list[list[int]]:
        """The children of every token."""
        return self.columns.children

    def tokens(self, span: Span) -> list[int]:
        """The tokens that `span` touches, blanks left out."""
        c = self.columns
        found, i = [], c.at(span.start)
        while i < len(c) and c.starts[i] < span.end:
            if c.ends[i] > span.start and not c.space[i]:
                found.append(i)
            i += 1
        return found

    def place(self, span: Span) -> tuple[list[int], int]:
        """The tokens that `span` touches, and the one that the others hang on; -1 where there is none."""
        edges = span.start, span.end  # to hash a span costs more
        known = self._places.get(edges)
        if known is None:
            tokens = self.tokens(span)
            known = self._places[edges] = tokens, self.head(tokens) if tokens else -1
        return known

    def links(self, head: int) -> list[Link]:
        """What `links` finds for the mention at token `head`."""
        known = self._links.get(head)
        if known is None:
            known = self._links[head] = links(self, head)
        return known

    def head(self, tokens: Sequence[int]) -> int:
        """The token of a phrase that hangs outside of it."""
        c = self.columns
        if len(tokens) == 1:
            return tokens[0]
        inside = set(tokens)
        outer = [i for i in tokens if c.heads[i] not in inside or c.heads[i] == i]
        return next((i for i in reversed(outer) if not c.punct[i]), tokens[-1])

    def preposition(self, i: int) -> str:
        """The first preposition of token i: “against” of “against the mayor”."""
        return next((self.columns.lower[k] for k in self.children[i] if self.columns.deps[k] == "case"), "")

    def child(self, i: int, relations: frozenset[str]) -> int | None:
        """The first child of token i in one of the relations."""
        return next((k for k in self.children[i] if self.columns.deps[k] in relations), None)

    def agent(self, verb: int) -> int | None:
        """Who does a passive verb: “by the police”."""
        for k in self.children[verb]:
            if self.columns.deps[k] == "obl:agent" or (self.columns.deps[k] == "obl" and self.preposition(k) == "by"):
                return k
        return None

    def is_passive(self, verb: int) -> bool:
        deps = self.columns.deps
        return any(deps[k] in {"aux:pass", "nsubj:pass"} for k in self.children[verb])


@dataclass(frozen=True, slots=True)
class Link:
    """A word that has somebody in a slot: `slot` is "subject", "object", "owner" or a preposition."""

    word: int
    slot: str


def of_doc(doc: Doc) -> Tree:
    """The trees of a Doc; made at the first call, the same object ever after."""
    known = doc.user_data.get(_KEY)
    if known is None:
        known = doc.user_data[_KEY] = Tree(columns(doc))
    return cast(Tree, known)


def links(tree: Tree, head: int) -> list[Link]:
    """The verbs, nouns and adjectives of which the mention at token `head` is an argument, the closest first."""
    c = tree.columns
    found: list[Link] = []
    i, steps = head, 0
    while c.deps[i] in _SAME_PHRASE and c.heads[i] != i and steps < _FAR and c.pos[c.heads[i]] in _NOMINAL:
        if c.deps[i] == "compound":  # “the Harlow scandal” is hers as “Harlow’s scandal” is
            found.append(Link(c.heads[i], "owner"))
            break
        i, steps = c.heads[i], steps + 1
    relation, over = c.deps[i], c.heads[i]
    if relation in SUBJECTS:
        found += [Link(k, "subject") for k in _predicates(tree, over)]
    elif relation in PASSIVE:
        found += [Link(k, "object") for k in _with_partners(tree, over, PASSIVE | SUBJECTS)]
    elif relation in _OBJECTS:
        found.append(Link(over, "object"))
        found += [Link(k, "subject") for k in tree.children[over] if c.deps[k] == "xcomp" and k > i]
    elif relation == "nmod:poss":
        found.append(Link(over, "owner"))
    elif relation == "obl:agent":
        found.append(Link(over, "subject"))
    elif relation in {"nmod", "obl", "advcl", "acl"}:
        preposition = tree.preposition(i)
        if relation == "obl" and preposition == "by" and tree.is_passive(over):
            found.append(Link(over, "subject"))
        elif preposition:
            found.append(Link(over, preposition))
            if relation == "obl":  # “took aim at her”: the noun brings the preposition
                found += [Link(k, preposition) for k in tree.children[over] if c.deps[k] == "obj"]
    for k in tree.children[i]:
        if c.deps[k] == "acl:relcl":
            who = next((m for m in tree.children[k] if c.lower[m] in _WHO), None)
            gap = c.deps[who] if who is not None else "obj"
            found.append(Link(k, "subject" if gap in SUBJECTS else "object"))
        elif c.deps[k] == "acl":
            found.append(Link(k, "object" if c.tags[k] == "VBN" else "subject"))
    return found


def _predicates(tree: Tree, verb: int) -> Iterator[int]:
    """The verb and those that share its subject: “lied and cheated”, “tried to mislead”, “left, slamming the door”."""
    c = tree.columns
    todo, seen = [verb], {verb}
    while todo:
        here = todo.pop(0)
        yield here
        taken = tree.child(here, _OBJECTS) is not None
        for k in tree.children[here]:
            shared = (
                c.deps[k] == "conj"
                or (c.deps[k] == "xcomp" and not taken)
                or (c.deps[k] == "advcl" and c.tags[k] == "VBG")
            )
            if shared and k not in seen and tree.child(k, SUBJECTS | PASSIVE) is None and not tree.is_passive(k):
                seen.add(k)
                todo.append(k)


def _with_partners(tree: Tree, verb: int, own: frozenset[str]) -> Iterator[int]:
    yield verb
    for k in tree.children[verb]:
        if tree.columns.deps[k] == "conj" and tree.child(k, own) is None:
            yield k


def roles(
    tree: Tree, tokens: Sequence[int], bound: Sequence[Link], asked: Iterable[int] | None = None
) -> dict[int, str]:
    """The role of every other token in the sentence of a mention, which `tokens` are; `bound` are its links.

    With `asked` only of those among them.
    """
    c = tree.columns
    own = set(tokens)
    head = tree.head(tokens)
    first, last = c.bounds[c.sents[head]]
    above: dict[int, int] = {}
    i = head
    while i not in above:
        above[i] = len(above)
        i = c.heads[i]
    path = list(above)
    made: dict[int, str] = {}
    for i in range(first, last) if asked is None else asked:
        if i in own or c.space[i] or c.punct[i]:
            continue
        top, here, steps = i, i, 0
        while here not in above and steps < _FAR:
            top, here, steps = here, c.heads[here], steps + 1
        if here not in above:
            made[i] = "rest"
            continue
        down = above[here]
        if down == 0:
            made[i] = "is"
        elif here == i:
            made[i] = _governing(c.deps[path[down - 1]]) if down == 1 else "above"
        elif down > 1:
            made[i] = "rest"
        else:
            relation, branch = c.deps[path[0]], c.deps[top]
            if relation in SUBJECTS:
                made[i] = "thinks" if branch in {"ccomp", "parataxis"} else "gets" if branch in _OBJECTS else "beside"
            elif relation in _OBJECTS or relation in PASSIVE:
                made[i] = "facing"
            elif relation == "nmod:poss":
                made[i] = "has"
            else:
                made[i] = "around"
    for link in bound:
        if link.word in made:
            made[link.word] = _governing({"subject": "nsubj", "object": "obj", "owner": "nmod:poss"}.get(link.slot, ""))
    return made


def _governing(relation: str) -> str:
    if relation in SUBJECTS:
        return "does"
    if relation in _OBJECTS or relation in PASSIVE:
        return "undergoes"
    return "has" if relation == "nmod:poss" else "over"
