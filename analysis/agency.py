"""Who acts and who is acted upon: a reading in, one `Agency` per verb and actor out.

“Police killed protesters”, “Protesters were killed by police” and “Protesters were killed” tell one event with the doer
first, last and not at all. Leaving the doer out is a choice (Fowler et al. 1979, Language and Control; van Leeuwen
2008): it is counted beside acting and being acted upon.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from analysis.language.columns import Columns, columns
from analysis.lexicon import rows
from analysis.model import Agency, AgencyRole, Reading, Span
from analysis.tone.roles import PASSIVE, SUBJECTS, Link, Tree, of_doc
from analysis.voices import at

_BETWEEN = frozenset({"PUNCT", "CCONJ", "ADV", "SPACE"})  # may stand between verbs that share an object


@cache
def _verbs() -> Mapping[str, frozenset[str]]:
    """The classes of `lexicon/processes.tsv`."""
    return {row["class"]: frozenset(row["words"].split()) for row in rows.noted("processes.tsv")}


def find(reading: Reading) -> tuple[Agency, ...]:
    """Every verb of action that has a mentioned actor as its doer or its object, in the order of the text.

    Saying is left out, because attributions count it. The voice is that of the verb. Joint actors each have an entry;
    an actor that two mentions bind to one verb in one role (“she washed herself”) has one.
    """
    seen, tree = columns(reading.doc), of_doc(reading.doc)
    found: dict[tuple[int, str, AgencyRole], Agency] = {}
    for mention in reading.mentions:
        tokens, head = tree.place(mention.span) if mention.form != "place" else ([], -1)
        if not tokens:
            continue
        bound = tree.links(head)
        told = [*((link.word, link.slot) for link in bound), *_without_subject(tree, bound), *_shared(tree, bound)]
        for word, slot in dict.fromkeys(told):
            role = _role(tree, seen, word, slot)
            if role is not None:
                verb = Span(seen.starts[word], seen.ends[word])
                voice = at(reading.voices, verb.start).voice
                found.setdefault((word, mention.actor, role), Agency(mention.actor, voice, role, verb))
    return tuple(found[key] for key in sorted(found))


def _without_subject(tree: Tree, bound: Sequence[Link]) -> Iterator[tuple[int, str]]:
    """Verbs whose doer the verb above names: “was forced to resign”, “Having sold it, she left”, “To save it, …”."""
    c = tree.columns
    for link in bound:
        passive = link.slot == "object" and tree.is_passive(link.word)
        if link.slot != "subject" and not passive:
            continue
        for k in tree.children[link.word]:
            below = c.deps[k] == "advcl" or (passive and c.deps[k] == "xcomp")
            if below and tree.child(k, SUBJECTS | PASSIVE) is None and not tree.is_passive(k) and _unfinished(tree, k):
                yield k, "subject"


def _shared(tree: Tree, bound: Sequence[Link]) -> Iterator[tuple[int, str]]:
    """Verbs that have their object behind a later one: “They train, advise and assist Iraqi troops”."""
    c = tree.columns
    for link in bound:
        first = c.heads[link.word]
        if link.slot != "object" or c.deps[link.word] != "conj" or tree.is_passive(link.word):
            continue
        row = [k for k in range(first, link.word) if c.pos[k] not in _BETWEEN]
        if all(k == first or (c.deps[k] == "conj" and c.heads[k] == first) for k in row):
            yield from ((k, "object") for k in row if c.lemmas[k] not in _verbs()["alone"])


def _unfinished(tree: Tree, verb: int) -> bool:
    """Whether a verb is an infinitive or a participle, which takes its doer from elsewhere."""
    c = tree.columns
    if c.tags[verb] == "VB":
        return any(c.lower[k] == "to" for k in tree.children[verb])
    return c.tags[verb] == "VBG" or any(c.lower[k] == "having" for k in tree.children[verb])


def _role(tree: Tree, seen: Columns, word: int, slot: str) -> AgencyRole | None:
    lemma, verbs = seen.lemmas[word], _verbs()
    if (
        not seen.tags[word].startswith("VB")
        or seen.pos[word] != "VERB"
        or lemma in verbs["state"]
        or lemma in verbs["saying"]
    ):
        return None
    if slot == "subject":
        phase = lemma in verbs["phase"] and tree.child(word, frozenset({"xcomp"})) is not None
        return None if phase else "agent"
    if slot != "object":
        return None
    first = seen.heads[word] if seen.deps[word] == "conj" else word  # “was arrested and jailed”
    passive = tree.is_passive(first) or (seen.deps[word] == "acl" and seen.tags[word] == "VBN")
    if passive and lemma in verbs["settled"]:
        return None
    chain = [word, first, *(k for k in tree.children[first] if seen.deps[k] == "conj")]
    nobody = all(tree.agent(verb) is None for verb in chain)
    return "patient_agentless" if passive and nobody else "patient"
