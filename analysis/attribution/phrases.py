"""Phrases in a parsed text: a word in; the phrase around it, or the subject of a verb, out. Universal Dependencies."""

from __future__ import annotations

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from analysis import lexicon
from analysis.language.columns import columns
from analysis.model import Span

SUBJECTS = frozenset({"nsubj", "nsubj:outer"})
RELATIVES = frozenset({"who", "which", "that"})
CLOSING = frozenset("”’\"'»«“") | {"''"}
EMPTY = frozenset({"it", "there"})  # as the subject of what follows: it took years to learn
# What a name may drag along that is no part of who speaks: a relative clause, an aside, a coordinated clause.
PRUNED = frozenset({"acl:relcl", "parataxis", "punct", "advcl", "ccomp", "list", "cop", "aux", "cc"})
# What is no part of a noun phrase even with its appositions and relative clauses.
OUTSIDE = frozenset({"parataxis", "advcl", "ccomp", "list", "cop", "aux", "aux:pass", "mark", "discourse", "dep"})


def chars(tokens: DocSpan | Token) -> Span:
    """The stretch of text that tokens cover."""
    if isinstance(tokens, Token):
        return Span(tokens.idx, tokens.idx + len(tokens))
    return Span(tokens.start_char, tokens.end_char)


def phrase(head: Token, stop: int | None = None) -> DocSpan:
    """The noun phrase around its head, in one stretch before token `stop`; without relative clauses and asides."""
    doc, top = head.doc, head.i
    c = columns(doc)
    keep, stack = {top}, [top]
    while stack:
        for child in c.children[stack.pop()]:
            dep = c.deps[child]
            aside = dep in PRUNED and not (dep == "punct" and c.words[child] in "-'’()")
            if not aside and not (dep == "conj" and c.pos[child] in {"VERB", "AUX"}):
                keep.add(child)
                stack.append(child)
    start, end = top, top + 1
    first, last = c.bounds[c.sents[top]]

    def joins(i: int) -> bool:
        return i in keep or (c.lower[i] in {",", "and", "&", "-"} and c.heads[i] in keep)

    while start > first and joins(start - 1):
        start -= 1
    limit = last if stop is None else max(stop, end)
    while end < limit and joins(end):
        end += 1
    while end < limit and c.tags[end] in {"NNP", "NNPS"} and c.tags[end - 1] in {"NNP", "NNPS", "NN"}:
        end += 1  # Rep. Gwen Moore, engineer Nadia Brandt: where the tree lets go of a title
    while start < top and c.punct[start]:
        start += 1
    while start < top and c.deps[start] in {"case", "mark", "advmod"} and c.heads[start] == top:
        start += 1
    while end - 1 > top and ((c.punct[end - 1] and c.words[end - 1] != ")") or c.words[end - 1] == "and"):
        end -= 1
    return doc[start:end]


def subject(verb: Token, depth: int = 0, *, surface: bool = False) -> Token | None:
    """Whoever does what the verb says: subject, agent of a passive, or the one shared with the verb above.

    With `surface` the subject of a passive will do: the suit was filed in May, alleging …
    """
    passive, patient = False, None
    agent, found = None, None
    for child in verb.children:
        if child.dep_ in SUBJECTS:
            if child.lower_ in RELATIVES and verb.dep_ in {"acl:relcl", "acl"}:
                return verb.head
            if verb.tag_ == "VBG" and child.i > verb.i and verb.dep_ == "advcl":
                continue  # saying Rook would go: whom the words are about
            if found is None or _nearer(child, found, verb):
                found = child
        passive = passive or child.dep_ == "aux:pass"
        if child.dep_ == "nsubj:pass":
            patient = child
        if child.dep_ == "obl:agent" or (
            child.dep_ == "obl" and any(g.dep_ == "case" and g.lower_ == "by" for g in child.children)
        ):
            agent = child
    if found is not None:
        return found
    if surface and patient is not None:
        return patient
    if agent is not None:
        return agent
    if patient is not None and not passive and verb.tag_ in {"VBD", "VBN"}:
        return patient  # Renn continued by saying: no form of “be”, so no passive, whatever the grammar took it for
    if passive or patient is not None or depth > 5:
        return None
    verbal = verb.head.pos_ in {"VERB", "AUX", "ADJ"} or any(c.dep_ == "cop" for c in verb.head.children)
    if verb.dep_ in {"conj", "xcomp", "advcl"} and verbal:
        # Was heard in May, saying …; is expected to say: what is passive there is no matter.
        participle = surface or verb.dep_ == "xcomp" or (verb.dep_ == "advcl" and verb.tag_ == "VBG")
        shared = subject(_main(verb) if _loose(verb) else verb.head, depth + 1, surface=participle)
        if shared is not None and shared.lower_ in EMPTY and verb.dep_ == "advcl" and verb.tag_ == "VB":
            return None  # it took the board a year to admit …: “it” is nobody
        return shared
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        return subject(verb.head.head, depth + 1, surface=True) if _beside(verb) else verb.head
    return None


def _beside(verb: Token) -> bool:
    """Whether a participle belongs to the clause, not to the noun that it was hung on: she made a point of saying …;
    she issued a statement saying …; she offered a retort, asking …"""
    first, noun = verb.left_edge, verb.head
    if noun.dep_ not in {"obj", "obl"}:
        return False
    parted = first.text == "," or (first.i > 0 and verb.doc[first.i - 1].text == ",")
    issued = noun.dep_ == "obj" and noun.lemma_.lower() in lexicon.cue_nouns()
    led = any(c.dep_ == "mark" for c in verb.children)
    at = any(c.dep_ == "case" and c.lower_ == "at" for c in noun.children)  # at one point calling it a farce
    return parted or issued or led or at


def _nearer(child: Token, found: Token, verb: Token) -> bool:
    """Whether the later of two subjects is the verb's: Rook “was spared,” said an officer; not: Rook said the dam …

    Nor is it another subject where a name has been taken for two.
    """
    between = verb.doc[found.i + 1 : child.left_edge.i]
    apart = any(t.pos_ in {"VERB", "AUX", "PUNCT"} for t in between)
    said_first = child.i < verb.i or any(c.dep_ == "ccomp" and found.i < c.i < verb.i for c in verb.children)
    return apart and said_first and abs(child.i - verb.i) < abs(found.i - verb.i)


def _loose(verb: Token) -> bool:
    """She attacked Rook, with whom she clashed, calling him …: a participle after a comma that speaks of another."""
    before = verb.doc[verb.left_edge.i - 1].text if verb.left_edge.i else ""
    other = any(c.lower_ in {"him", "her", "them", "it"} and c.dep_ in {"obj", "iobj", "obl"} for c in verb.children)
    inner = verb.head.dep_ in {"acl", "acl:relcl", "ccomp", "advcl"} and any(
        c.dep_ in SUBJECTS for c in verb.head.children
    )
    if goes_on(verb):
        return True
    aside = other or verb.head.dep_ == "acl"  # bristled at the suggestion that he lied, saying …
    return verb.dep_ == "advcl" and verb.tag_ == "VBG" and before == "," and aside and inner


def goes_on(verb: Token) -> bool:
    """Said it was “over”, insisting …; said it was over, adding …: a participle that goes on with what was said."""
    if verb.tag_ != "VBG" or verb.dep_ not in {"advcl", "acl"} or verb.i < 2:
        return False
    before, mark = verb.doc[verb.i - 1].text, verb.doc[verb.i - 2].text
    marked = {before, mark} & CLOSING and "," in {before, mark}
    return bool(marked) or (before == "," and verb.lower_ in {"adding", "noting"})


def _main(verb: Token) -> Token:
    """The verb above the clause that a loose participle was hung on."""
    inner = {"acl", "acl:relcl", "advcl"}
    above = (a for a in verb.head.ancestors if a.pos_ in {"VERB", "AUX"} and a.dep_ not in inner)
    return next(above, verb.head)


def whole(head: Token, verb: Token) -> DocSpan:
    """The noun phrase with everything that describes it: titles, appositions, relative clauses; without `verb`."""
    doc, top = head.doc, head.i
    c = columns(doc)
    above, at = {verb.i}, verb.i
    while c.heads[at] not in above:
        at = c.heads[at]
        above.add(at)
    keep, stack = {top}, [top]
    while stack:
        token = stack.pop()
        for child in c.children[token]:
            if child in above:
                continue
            dep = c.deps[child]
            if token == top and (
                dep in OUTSIDE
                or (dep in {"case", "cc", "advmod"} and child < top)
                or (dep == "conj" and c.pos[child] in {"VERB", "AUX"})
            ):
                continue
            keep.add(child)
            stack.append(child)
    start, end = top, top + 1
    while start - 1 in keep:
        start -= 1
    while end in keep:
        end += 1
    while start < top and c.punct[start] and c.words[start] not in "$#@":
        start += 1
    while end - 1 > top and c.words[end - 1] not in ")%" and (c.punct[end - 1] or c.space[end - 1]):
        end -= 1
    return doc[start:end]
