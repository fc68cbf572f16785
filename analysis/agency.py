"""Who acts and who is acted upon: a reading in, one `Agency` per verb and actor out.

“Police killed protesters”, “Protesters were killed by police” and “Protesters were killed” tell one event with the doer
first, last and not at all. Leaving the doer out is a choice (Fowler et al. 1979, Language and Control; van Leeuwen
2008): it is counted beside acting and being acted upon.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from analysis.doers import Doers, processes
from analysis.language.columns import Columns, columns
from analysis.model import ActorKind, Agency, AgencyRole, Reading, Span
from analysis.targets.people import words as target_words
from analysis.tone.roles import Tree, of_doc
from analysis.voices import at

_SAME = frozenset({"conj", "appos", "flat"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})
_FAR = 40  # steps up from a mention: no real tree is deeper, and a broken one must end


def find(reading: Reading) -> tuple[Agency, ...]:
    """Every verb of action that has a mentioned actor as its doer or its object, in the order of the text.

    Saying is left out, because attributions count it. The voice is that of the verb. Joint actors each have an entry;
    an actor that two mentions bind to one verb in one role (“she washed herself”) has one.
    """
    seen, tree = columns(reading.doc), of_doc(reading.doc)
    named = _named(reading, tree)
    doers = Doers(tree)
    found: set[tuple[int, str, AgencyRole]] = set()
    told = {seen.sents[word] for word in named}
    for verb in (i for i, pos in enumerate(seen.pos) if pos == "VERB" and seen.sents[i] in told):
        if _acts(seen, verb):
            for role, word in _roles(seen, doers, verb):
                found.update((verb, actor, role) for actor in named.get(word, ()))
    return tuple(_entry(reading, seen, *one) for one in sorted(found))


def _entry(reading: Reading, seen: Columns, word: int, actor: str, role: AgencyRole) -> Agency:
    verb = Span(seen.starts[word], seen.ends[word])
    return Agency(actor, at(reading.voices, verb.start).voice, role, verb)


def _named(reading: Reading, tree: Tree) -> Mapping[int, list[str]]:
    """The actors by the words on which their mentions hang: of “Renn and Holt” and “dozens of Russians” the first."""
    c, kinds = tree.columns, {actor.id: actor.kind for actor in reading.actors if not actor.named}
    named: dict[int, list[str]] = defaultdict(list)
    for mention in reading.mentions:
        tokens, i = tree.place(mention.span) if mention.form != "place" else ([], -1)
        if not tokens or _thing(c, i, kinds.get(mention.actor)):
            continue
        named[i].append(mention.actor)
        for _ in range(_FAR):
            above = c.heads[i]
            same = c.deps[i] in _SAME and c.pos[above] in _NOMINAL
            if above == i or not (same or _some(tree, i, above)):
                break
            i = above
            named[i].append(mention.actor)
    return named


def _thing(c: Columns, i: int, kind: ActorKind | None) -> bool:
    """Whether what speaks without a name is a thing: a report “finds”, a video “shows”; nobody acts there."""
    words = target_words()
    if kind == "organisation":
        return not any(c.lemmas[i] in words[name] for name in ("body", "band", "land", "rule"))
    return kind == "group" and c.lower[i] in words["showing"]


def _some(tree: Tree, i: int, above: int) -> bool:
    """Whether a word tells how many of somebody are meant: “one of the Russians”, “20 percent of Americans”."""
    c = tree.columns
    if c.deps[i] != "nmod" or tree.preposition(i) != "of":
        return False
    return c.tags[above] == "CD" or c.lower[above] in processes()["part"]


def _acts(seen: Columns, verb: int) -> bool:
    lemma, verbs = seen.lemmas[verb], processes()
    if not seen.tags[verb].startswith("VB") or lemma in verbs["state"] or lemma in verbs["saying"]:
        return False
    loose = seen.lower[verb] in verbs["loose"] and seen.deps[verb] not in {"ROOT", "conj"}
    return not loose or any(seen.deps[k] in {"aux", "aux:pass"} for k in seen.children[verb])


def _roles(seen: Columns, doers: Doers, verb: int) -> Iterator[tuple[AgencyRole, int]]:
    """The words in each role of a verb of action."""
    lemma, verbs = seen.lemmas[verb], processes()
    below = {seen.deps[k] for k in seen.children[verb]}
    phase = lemma in verbs["phase"] and "xcomp" in below
    if not (phase or lemma in verbs["undergoing"] or (lemma in verbs["changing"] and "obj" not in below)):
        yield from (("agent", word) for word in doers.doers(verb))
    if not doers.passive(verb):
        yield from (("patient", word) for word in doers.undergoers(verb))
    elif lemma not in verbs["settled"] and seen.lower[verb] not in verbs["settled"] | target_words()["state"]:
        role: AgencyRole = "patient" if doers.agents(verb) else "patient_agentless"
        yield from ((role, word) for word in doers.undergoers(verb))
