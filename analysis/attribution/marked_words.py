"""What the words in marks are: their capitals, their grammar, the words next to them. Features of one pair come out."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from dataclasses import dataclass

from analysis.attribution.features import Evidence
from analysis.language.columns import Columns
from analysis.lexicon import frames
from analysis.marks import Pair

MARKS = "“”\"‘’'«»„‚‹›`"
MINOR = frozenset(
    re.findall(r"\S+", "a an the of in on at to for and or from with by de la le el und y & is vs but as")
)
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
SPEAKER_INSIDE = frozenset(re.findall(r"\w+", "i me my mine we us our ours you your yours"))
NEXT_TO = {
    "NOUN": "noun", "PROPN": "name", "ADJ": "adjective", "VERB": "verb", "AUX": "auxiliary", "ADP": "preposition",
    "DET": "determiner", "PRON": "pronoun", "CCONJ": "joint", "SCONJ": "joint", "PUNCT": "mark", "PART": "particle",
    "ADV": "adverb", "NUM": "number",
}  # fmt: skip
ROLES = {
    "nsubj": "subject", "nsubj:pass": "subject", "nsubj:outer": "subject", "obj": "object", "iobj": "object",
    "obl": "oblique", "nmod": "oblique", "obl:agent": "oblique", "amod": "modifier", "compound": "modifier",
    "nmod:poss": "modifier", "nummod": "modifier", "det": "modifier", "appos": "apposition", "conj": "joined",
    "xcomp": "complement", "ccomp": "clause", "advcl": "clause", "acl": "clause", "acl:relcl": "clause",
    "parataxis": "clause", "advmod": "adverbial", "root": "main", "ROOT": "main",
}  # fmt: skip
COPULA_WITHIN = 12  # tokens before the head in which its “is” or “was” may stand
SHAPES = {"NOUN": "noun", "PROPN": "proper_noun", "ADJ": "adjective", "VERB": "verb", "AUX": "verb", "ADV": "adverb"}


@dataclass(frozen=True, slots=True)
class Marked:
    """Token numbers of the words in marks: `first` to `last` (exclusive) with stops and blanks, `inside` without."""

    first: int
    last: int
    inside: tuple[int, ...]
    heads: tuple[int, ...]  # those of `inside` that hang on a word outside, or on none
    head: int  # the first of them; the first word after the mark where there is none


def marked(seen: Columns, pair: Pair) -> Marked:
    """The tokens of one pair of marks."""
    first = bisect_left(seen.starts, pair.content.start)
    last = bisect_left(seen.starts, pair.content.end)
    inside = tuple(i for i in range(first, last) if not seen.space[i] and not seen.punct[i])
    heads = tuple(i for i in inside if not first <= seen.heads[i] < last or seen.heads[i] == i)
    return Marked(first, last, inside, heads, heads[0] if heads else max(0, min(first, len(seen) - 1)))


def grammar(found: Evidence, seen: Columns, own: Marked, size: int) -> None:
    """What part the words in marks play in the writer's sentence; `size` is how many there are."""
    if not own.inside:
        return
    first, last, inside, head = own.first, own.last, own.inside, own.head
    role = ROLES.get(seen.deps[head], "other")
    if role == "modifier" and seen.heads[head] < head:
        role = "other"
    copulas = (i for i in range(max(0, head - COPULA_WITHIN), head) if seen.deps[i] == "cop" and seen.heads[i] == head)
    if any(not first <= i < last for i in copulas):
        role = "predicate"
    found.add(f"role_{role}")
    found.add(f"shape_{SHAPES.get(seen.pos[head], 'other')}")
    found.add(f"tag_{seen.tags[head].lower()}")
    found.add("split_phrase", float(len(own.heads) > 1))
    found.add("verb_inside", float(any(seen.tags[i] in FINITE for i in inside)))
    subjects = (i for i in inside if seen.deps[i].startswith("nsubj"))
    found.add("clause_inside", float(any(first <= seen.heads[i] < last for i in subjects)))
    found.add("verb_bare", float(seen.tags[inside[0]] in {"VB", "VBG", "VBN"} and len(inside) > 1))
    found.add("speaker_inside", float(any(seen.lower[i] in SPEAKER_INSIDE for i in inside)))
    found.add("determiner_inside", float(seen.pos[inside[0]] == "DET" and len(inside) > 1))
    found.add("named_entity", float(any(seen.entities[i] for i in inside)))
    found.add(f"words_{min(size, 4)}")
    found.add("length", math.log(max(size, 1)))
    found.add("longer", max(0.0, math.log(max(size, 1) / 5)))


def neighbours(found: Evidence, seen: Columns, own: Marked) -> None:
    """What kinds of words stand next to the marks, and what the marked words hang on."""
    found.add(f"previous_{_class(seen, range(own.first - 1, max(own.first - 4, -1), -1))}")
    found.add(f"next_{_class(seen, range(own.last, min(own.last + 3, len(seen))))}")
    over = seen.heads[own.head]
    if over == own.head or own.first <= over < own.last:
        return
    found.add(f"under_{SHAPES.get(seen.pos[over], 'other')}")
    if seen.lemmas[over].lower() in frames.lemmas("naming"):
        found.add("under_naming", 1.0, seen.words[over])
        active = seen.tags[over] != "VBN" or any(seen.deps[child] == "aux" for child in seen.children[over])
        found.add("under_named", float(not active), seen.words[over])


def _class(seen: Columns, places: range) -> str:
    nearest = next((i for i in places if seen.words[i] not in MARKS), None)
    return "none" if nearest is None else NEXT_TO.get(seen.pos[nearest], "other")


def case(found: Evidence, content: str, before: str, after: str) -> None:
    """How capitals, stops and commas are set in the marks."""
    parts = re.findall(r"[^\W_][\w’'.&-]*", content)
    if not parts:
        return
    major = [w for w in parts if w.lower() not in MINOR] or parts
    around = [w for w in re.findall(r"[A-Za-z][\w’'-]*", f"{before} {after}") if w.lower() not in MINOR]
    # In a headline set in capitals, capitals say nothing about the words in marks.
    shouting = len(around) >= 4 and sum(w[0].isupper() for w in around) >= 0.75 * len(around)
    capitals = all(w[0].isupper() or w[0].isdigit() for w in major)
    if shouting:
        found.add("capital_headline")
    elif capitals and len(parts) > 1:
        found.add("title_case")
        found.add("title_case_long", float(len(parts) > 2))
    elif capitals and not content.isupper():
        found.add("one_capital", float(parts[0][0].isupper()))
    found.add("all_capitals", float(content.isupper() and len(content) > 2 and not shouting))
    found.add("lower_case", float(not any(w[0].isupper() for w in parts)))
    found.add("sentence_case", float(parts[0][0].isupper() and len(major) > 1 and not capitals))
    found.add("inner_capital", float(not parts[0][0].isupper() and any(w[0].isupper() for w in parts[1:])))
    found.add("ends_stop", float(content.rstrip()[-1] == "."))
    found.add("ends_comma", float(content.rstrip()[-1] == ","))
