"""Who acts and who is acted upon: a reading in, one `Agency` per verb and actor out.

“Police killed protesters”, “Protesters were killed by police” and “Protesters were killed” tell one event with the doer
first, last and not at all. Leaving the doer out is a choice (Fowler et al. 1979, Language and Control; van Leeuwen
2008): it is counted beside acting and being acted upon.
"""

from __future__ import annotations

from analysis.language.columns import Columns, columns
from analysis.model import Agency, AgencyRole, Reading, Span
from analysis.tone.roles import Tree, links
from analysis.voices import at

# Verbs that say how somebody is, thinks or feels: nobody acts in them (Halliday's relational and mental processes).
STATES = frozenset(
    [
        "be",
        "have",
        "seem",
        "appear",
        "remain",
        "become",
        "stay",
        "look",
        "feel",
        "sound",
        "mean",
        "belong",
        "contain",
        "include",
        "consist",
        "own",
        "possess",
        "lack",
        "need",
        "want",
        "wish",
        "hope",
        "like",
        "love",
        "hate",
        "prefer",
        "believe",
        "think",
        "know",
        "understand",
        "remember",
        "forget",
        "doubt",
        "suppose",
        "assume",
        "consider",
        "expect",
        "see",
        "hear",
        "notice",
        "fear",
        "regret",
        "deserve",
        "owe",
        "matter",
        "concern",
        "involve",
        "depend",
        "exist",
        "resemble",
        "cost",
        "weigh",
    ]
)
SPEAKING = frozenset(
    [
        "say",
        "tell",
        "add",
        "note",
        "state",
        "argue",
        "claim",
        "comment",
        "explain",
        "remark",
        "reply",
        "respond",
        "write",
    ]
)


def find(reading: Reading) -> tuple[Agency, ...]:
    """Every verb of action that has a mentioned actor as its doer or its object, in the order of the text.

    Saying is left out, because attributions count it. The voice is that of the verb. Joint actors each have an entry;
    an actor that two mentions bind to one verb in one role (“she washed herself”) has one.
    """
    seen = columns(reading.doc)
    tree = Tree(seen)
    found: dict[tuple[int, str, AgencyRole], Agency] = {}
    for mention in reading.mentions:
        tokens = tree.tokens(mention.span) if mention.form != "place" else []
        if not tokens:
            continue
        for link in links(tree, tree.head(tokens)):
            role = _role(tree, seen, link.word, link.slot)
            if role is not None:
                verb = Span(seen.starts[link.word], seen.ends[link.word])
                voice = at(reading.voices, verb.start).voice
                found.setdefault((link.word, mention.actor, role), Agency(mention.actor, voice, role, verb))
    return tuple(found[key] for key in sorted(found))


def _role(tree: Tree, seen: Columns, word: int, slot: str) -> AgencyRole | None:
    if not seen.tags[word].startswith("VB") or seen.pos[word] != "VERB" or seen.lemmas[word] in STATES | SPEAKING:
        return None
    if slot == "subject":
        return "agent"
    if slot != "object":
        return None
    first = seen.heads[word] if seen.deps[word] == "conj" else word  # “was arrested and jailed”
    passive = tree.is_passive(first) or (seen.deps[word] == "acl" and seen.tags[word] == "VBN")
    nobody = tree.agent(word) is None and tree.agent(first) is None
    return "patient_agentless" if passive and nobody else "patient"
