"""Who does what a verb says: a verb in the tree in, its subject out, its own or one that it shares with another verb.

“Renn left, saying …”, “cited an official as saying …”, “despite Vuk claiming …”. Universal Dependencies.
"""

from __future__ import annotations

from analysis import lexicon
from analysis.actors.registry import registry
from analysis.attribution.phrases import CLOSING, FINITE, PROPER, RELATIVES, SUBJECTS, VERBAL, has, led_by
from analysis.attribution.second_clauses import cue_before
from analysis.language.columns import Columns
from analysis.lexicon import frames

HEARD = frozenset({"asked", "told", "questioned", "pressed", "quizzed", "grilled", "reminded", "informed", "warned"})
ACTED = SUBJECTS | {"nsubj:pass"}
VAGUE = frozenset({"it", "they", "this", "that", "these", "those", "there"})
EMPTY = frozenset({"it", "there"})  # as the subject of what follows: it took years to learn
CLAUSAL = frozenset({"xcomp", "advcl", "ccomp"})
WITH = frozenset({"despite", "with", "without", "amid"})  # before a noun and what it does: with Renn saying …
PERMITTED = frozenset({"authorized", "authorised", "permitted", "allowed", "cleared", "entitled"})
APART = frozenset({"VERB", "AUX", "PUNCT"})
INNER = frozenset({"acl", "acl:relcl", "advcl"})  # clauses below the one that a participle goes on with


def subject(seen: Columns, verb: int, depth: int = 0, *, surface: bool = False) -> int | None:
    """Whoever does what the verb says: subject, agent of a passive, or the one shared with the verb above.

    With `surface` the subject of a passive will do: the suit was filed in May, alleging …
    """
    deps, tag, own = seen.deps, seen.tags[verb], seen.deps[verb]
    passive, patient, agent, found = False, None, None, None
    for child in seen.children[verb]:
        dep = deps[child]
        if dep in SUBJECTS:
            if seen.lower[child] in RELATIVES and own in {"acl:relcl", "acl"}:
                inner = (c for c in seen.children[verb] if child < c < verb and deps[c] in SUBJECTS)
                return next(inner, seen.heads[verb])  # the clerk, who investigators say left
            if tag == "VBG" and child > verb and own == "advcl":
                continue  # saying Rook would go: whom the words are about
            if found is None or _nearer(seen, child, found, verb):
                found = child
        elif dep == "aux:pass":
            passive = True
        elif dep == "nsubj:pass":
            patient = child
        elif tag in {"VBN", "VBD"} and (dep == "obl:agent" or (dep == "obl" and led_by(seen, child, ("by",)))):
            agent = child
    if found is not None:
        return found
    if surface and patient is not None:
        return patient
    if agent is not None:
        official = cited(seen, verb)
        return agent if official is None else official
    if patient is not None and not passive and tag in {"VBD", "VBN"}:
        return patient  # Renn continued by saying: no form of “be”, so no passive, whatever the grammar took it for
    if passive or patient is not None or depth > 5 or is_heard(seen, verb):
        return None
    if not depth and closes(seen, verb):
        return seen.heads[verb]
    if not depth and is_done_to(seen, verb):
        return None
    official = cited(seen, verb)
    if official is None and own == "advcl":
        official = (_absolute(seen, verb) or _led_to(seen, verb)) if tag == "VBG" else _made(seen, verb)
    return official if official is not None else _shared(seen, verb, depth, surface)


def _absolute(seen: Columns, verb: int) -> int | None:
    """Despite Renn claiming that …: the noun between the preposition and the participle."""
    nouns = (c for c in seen.children[verb] if c < verb and seen.deps[c] == "obl" and seen.rights[c] + 1 == verb)
    return next((c for c in nouns if led_by(seen, c, WITH)), None)


def _led_to(seen: Columns, verb: int) -> int | None:
    """The thefts led to Ada Renn | saying …: somebody between “to” and the participle that goes with it."""
    nouns = (c for c in seen.children[seen.heads[verb]] if seen.deps[c] == "obl" and seen.rights[c] + 1 == verb)
    return next((c for c in nouns if led_by(seen, c, ("to",)) and can_act(seen, c)), None)


def _made(seen: Columns, verb: int) -> int | None:
    """Though a poll released in May showed that …: the noun that the grammar hung on its participle."""
    made = (c for c in seen.children[verb] if c < verb and seen.tags[c] == "VBN" and seen.deps[c] == "advcl")
    nouns = (n for c in made for n in seen.children[c] if n < c and seen.deps[n] in SUBJECTS)
    return next(nouns, None) if seen.tags[verb] in FINITE else None


def _shared(seen: Columns, verb: int, depth: int, surface: bool) -> int | None:
    """The subject of the clause that a verb without one of its own hangs on."""
    dep, tag, above = seen.deps[verb], seen.tags[verb], seen.heads[verb]
    if dep == "conj" and (cue := cue_before(seen, verb)) is not None:
        return subject(seen, cue, depth + 1)  # Renn said the mill would close and hinted at more
    if dep == "conj" and has(seen, above, ("expl",)):
        return None  # There is concern about the vote, and members criticised …
    if dep == "advcl" and tag == "VBG" and (blamed := _blamed(seen, verb)) is not None:
        return blamed
    parted = dep == "parataxis" and tag == "VBG" and seen.words[verb - 1] == ","  # Renn replied, warning that …
    if (parted or dep in {"conj", "xcomp", "advcl"}) and (
        seen.pos[above] in {"VERB", "AUX", "ADJ"} or has(seen, above, ("cop",))
    ):
        # Was heard in May, saying …; is expected to say: what is passive there is no matter.
        joined = dep == "conj" and tag in FINITE  # was questioned by Renn but said …: who was questioned says it
        participle = surface or joined or parted or dep == "xcomp" or (dep == "advcl" and tag == "VBG")
        shared = subject(seen, _main(seen, verb) if _loose(seen, verb) else above, depth + 1, surface=participle)
        if shared is not None and seen.lower[shared] in EMPTY and dep == "advcl" and tag == "VB":
            return None  # it took the board a year to admit …: “it” is nobody
        return shared
    if dep == "acl" and tag == "VBG" and goes_on(seen, verb):
        return subject(seen, _main(seen, verb), depth + 1, surface=True)
    if dep == "acl" and tag == "VBG":
        if _beside(seen, verb):
            return subject(seen, seen.heads[above], depth + 1, surface=True)
        while seen.deps[above] == "appos" and seen.words[verb - 1] == ",":
            above = seen.heads[above]  # Ada Renn, an aide to Vuk, adding …
        return above if can_act(seen, above) else _whose(seen, above, verb)
    return None


def _whose(seen: Columns, noun: int, verb: int) -> int:
    """The matter of Ada Renn | claiming …: somebody straight before the participle, where the noun is nobody."""
    near = verb - 1
    while seen.deps[near] in {"flat", "compound"} and seen.heads[near] < near:
        near = seen.heads[near]
    somebody = seen.heads[near] == noun and seen.deps[near] == "nmod" and seen.entities[near] == "PER"
    return near if somebody and led_by(seen, near, ("of",)) and not _text(seen, noun) else noun


def _text(seen: Columns, noun: int) -> bool:
    """Whether a noun is what tells something: a letter of Renn saying …"""
    return seen.lower[noun] in lexicon.cue_nouns() or seen.lower[noun] in frames.lemmas("evidence")


def _blamed(seen: Columns, verb: int) -> int | None:
    """Fined the editor for claiming that …: whom something is done to for what he said."""
    above = seen.heads[verb]
    if not any(seen.lower[c] == "for" and c < verb for c in seen.children[verb]):
        return None
    return _object(seen, above, verb, somebody=True)


def _object(seen: Columns, above: int, verb: int, *, somebody: bool = False) -> int | None:
    """The object of a verb that stands before another verb."""
    objects = (c for c in seen.children[above] if seen.deps[c] == "obj" and above < c < verb)
    return next((c for c in objects if not somebody or can_act(seen, c)), None)


def can_act(seen: Columns, noun: int) -> bool:
    """Whether a noun is somebody: a name, a pronoun, or what somebody is."""
    return bool(seen.entities[noun]) or seen.pos[noun] == "PRON" or seen.lower[noun] in registry().roles


def is_heard(seen: Columns, verb: int) -> bool:
    """Asked whether he would go, Renn said no: a participle of what its subject was asked or told."""
    if seen.lower[verb] not in HEARD or seen.tags[verb] not in {"VBN", "VBD"} or has(seen, verb, SUBJECTS | {"aux"}):
        return False
    return seen.deps[verb] in {"advcl", "acl"} or verb == seen.bounds[seen.sents[verb]][0]


def is_done_to(seen: Columns, verb: int) -> bool:
    """Renn, accused of theft, left: a participle without “have”, of what is done to its noun.

    Where the sentence has no other verb, grammar has taken its verb for one: Renn, a clerk, called on …
    """
    if seen.tags[verb] != "VBN" or seen.deps[verb] not in {"acl", "advcl"} or has(seen, verb, ("aux",)):
        return False
    root = seen.root(verb)
    return seen.tags[root] in FINITE or has(seen, root, ("aux", "cop", "aux:pass"))


def closes(seen: Columns, verb: int) -> bool:
    """“The boat has left, a navy official | confirmed.”: a verb taken for a participle of who speaks."""
    noun = verb - 1
    if seen.tags[verb] not in {"VBN", "VBD"} or seen.deps[verb] != "acl" or seen.heads[verb] != noun:
        return False
    first, last = seen.lefts[noun], seen.bounds[seen.sents[verb]][1]
    parted = seen.words[first] == "," or seen.words[first - 1] == ","
    ends = all(seen.punct[i] or seen.space[i] for i in range(seen.rights[noun] + 1, last))
    return seen.deps[noun] == "parataxis" and parted and ends and can_act(seen, noun)


def is_permitted(seen: Columns, verb: int) -> bool:
    """Was not authorized by the firm to discuss it: nobody is said to have done so."""
    if seen.tags[verb] != "VB" or seen.deps[verb] not in CLAUSAL:
        return False
    above = seen.heads[verb]
    if seen.lower[above] in PERMITTED:
        return True
    wanted = seen.deps[verb] == "xcomp" and seen.lemmas[above].lower() in frames.lemmas("wanting")
    return wanted and _object(seen, above, verb) is not None  # want the board to outline a plan


def cited(seen: Columns, verb: int) -> int | None:
    """The agency cited an official as saying …: the official, though the agency is the subject of both."""
    if seen.tags[verb] != "VBG" or seen.deps[verb] != "advcl":
        return None
    above = seen.heads[verb]
    if not any(seen.lower[c] == "as" and c < verb for c in seen.children[verb]):
        return _quoted(seen, above, verb)
    if has(seen, above, ("aux:pass",)):  # an official was quoted as saying by the agency
        return next((c for c in seen.children[above] if seen.deps[c] == "nsubj:pass"), None)
    return _object(seen, above, verb)


def _quoted(seen: Columns, above: int, verb: int) -> int | None:
    """The Echo quotes Ada Renn's office saying …, a friend of hers, Goran Vuk, arguing …; not: quotes her, adding …"""
    if lexicon.cue_forms().get(seen.lower[above]) not in frames.lemmas("quoting"):
        return None
    whom = _object(seen, above, verb)
    parted = seen.words[verb - 1] == ","
    return None if whom is None or (parted and not has(seen, whom, ("appos",))) else whom


def _beside(seen: Columns, verb: int) -> bool:
    """Whether a participle belongs to the clause, not to the noun that it was hung on: she made a point of saying …;
    she issued a statement saying …; she offered a retort, asking …"""
    first, noun = seen.lefts[verb], seen.heads[verb]
    if seen.deps[noun] not in {"obj", "obl"}:
        return False
    parted = seen.words[first] == "," or (first > 0 and seen.words[first - 1] == ",")
    issued = seen.deps[noun] == "obj" and seen.lemmas[noun].lower() in lexicon.cue_nouns()
    return (
        parted or issued or has(seen, verb, ("mark",)) or led_by(seen, noun, ("at",))
    )  # at one point calling it a farce


def _nearer(seen: Columns, child: int, found: int, verb: int) -> bool:
    """Whether the later of two subjects is the verb's: Rook “was spared,” said an officer; not: Rook said the dam …

    Nor is it another subject where a name has been taken for two.
    """
    if not any(pos in APART for pos in seen.pos[found + 1 : seen.lefts[child]]) or _apposed(seen, child, found, verb):
        return False
    said_first = child < verb or any(seen.deps[c] == "ccomp" and found < c < verb for c in seen.children[verb])
    return said_first and abs(child - verb) < abs(found - verb)


def _apposed(seen: Columns, child: int, found: int, verb: int) -> bool:
    """“Ada, another clerk, told …”: a noun between the commas behind a name, taken for a subject of its own."""
    first = seen.lefts[child]
    if not found < first - 1 < child < verb - 1 or seen.tags[child] not in {"NN", "NNS"}:
        return False
    parted = seen.words[first - 1] == seen.words[verb - 1] == "," and seen.rights[child] >= verb - 2
    return parted and seen.tags[first - 2] in PROPER


def _loose(seen: Columns, verb: int) -> bool:
    """She attacked Rook, with whom she clashed, calling him …: a participle after a comma that speaks of another."""
    if goes_on(seen, verb):
        return True
    above, first = seen.heads[verb], seen.lefts[verb]
    if first < verb < above and seen.lower[first] == "by" and seen.deps[above] == "ccomp":
        return True  # he tempered that view by admitting Vuk was late: “view was late” is no clause
    if seen.deps[verb] != "advcl" or seen.tags[verb] != "VBG" or not first or seen.words[first - 1] != ",":
        return False
    other = any(
        seen.lower[c] in {"him", "her", "them", "it"} and seen.deps[c] in {"obj", "iobj", "obl"}
        for c in seen.children[verb]
    )
    aside = other or seen.deps[above] == "acl"  # bristled at the suggestion that he lied, saying …
    return aside and seen.deps[above] in {"acl", "acl:relcl", "ccomp", "advcl"} and has(seen, above, SUBJECTS)


def goes_on(seen: Columns, verb: int) -> bool:
    """Said it was “over”, insisting …; said it was over, adding …: a participle that goes on with what was said."""
    if seen.tags[verb] != "VBG" or seen.deps[verb] not in {"advcl", "acl"} or verb < 2:
        return False
    mark, before = seen.words[verb - 2 : verb]
    marked = (before in CLOSING or mark in CLOSING) and "," in (before, mark)
    if marked or (before == "," and seen.lower[verb] in {"adding", "noting"}):
        return True
    above, lemma = seen.heads[verb], lexicon.cue_forms().get(seen.lower[verb])
    if before != "," or lemma is None or "mental" in frames.of(lemma) or not has(seen, above, ACTED):
        return False
    marks = {seen.lower[c] for c in seen.children[above] if seen.deps[c] == "mark"}
    if (seen.deps[above] == "acl" and "that" in marks) or (seen.deps[above] == "advcl" and "whether" in marks):
        return True  # ridiculed claims that the board knew, saying …; skirted questions about whether it knew, saying …
    told = above
    while seen.deps[told] == "conj" and seen.heads[told] != told:
        told = seen.heads[told]  # said that he hoped and that a truce was near, calling for …
    return seen.deps[told] == "ccomp" and not any(_somebody(seen, c) for c in seen.children[above])


def _somebody(seen: Columns, word: int) -> bool:
    """Whether a word is a subject that can speak: not the vote, nor “it” and “they”."""
    return seen.deps[word] in ACTED and can_act(seen, word) and seen.lower[word] not in VAGUE


def _main(seen: Columns, verb: int) -> int:
    """The verb above the clause that a loose participle was hung on."""
    first = at = seen.heads[verb]
    told = seen.deps[first] == "parataxis" or (seen.deps[first] == "conj" and seen.lower[first] in lexicon.cue_forms())
    if told and has(seen, first, SUBJECTS):
        return first  # “…,” the Echo reported on Monday, adding …
    while seen.heads[at] != at:
        at = seen.heads[at]
        if seen.pos[at] in VERBAL and seen.deps[at] not in INNER:
            return at
    return first
