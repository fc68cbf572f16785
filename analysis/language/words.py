"""Tags and trees in, lemmas and Universal word classes out. Tables from the treebanks first, rules for the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

_FIXED = {
    "CC": "CCONJ", "CD": "NUM", "EX": "PRON", "FW": "X", "JJ": "ADJ", "JJR": "ADJ", "JJS": "ADJ", "LS": "X",
    "MD": "AUX", "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "PDT": "DET", "POS": "PART",
    "PRP": "PRON", "PRP$": "PRON", "RBR": "ADV", "RBS": "ADV", "RP": "ADP", "SYM": "SYM", "$": "SYM", "TO": "PART",
    "UH": "INTJ", "WP": "PRON", "WP$": "PRON", "WRB": "ADV", "ADD": "X", "AFX": "X", "GW": "X", "XX": "X",
}  # fmt: skip
_AUXILIARY = {"aux", "aux:pass", "cop"}
_VOWELS = frozenset("aeiou")
NEGATION = "PART"  # the word class of what `denies` holds of


def universal(tag: str, dep: str) -> str:
    """The Universal word class of a word, from its Penn tag and its place in the tree."""
    if tag in _FIXED:
        return "ADP" if tag == "TO" and dep == "case" else _FIXED[tag]
    if tag.startswith("VB"):
        return "AUX" if dep in _AUXILIARY else "VERB"
    if tag == "IN":
        return "SCONJ" if dep == "mark" else "ADP"
    if tag in {"DT", "WDT"}:
        return "DET" if dep.startswith("det") else "PRON"
    return "ADV" if tag == "RB" else "PUNCT"


def denies(form: str, tag: str) -> bool:
    """Whether a word is the one that negates, which is no adverb, whatever its tag."""
    return tag == "RB" and form.lower().replace("’", "'") in {"not", "n't", "nt"}


def lemma(form: str, tag: str, table: Mapping[tuple[str, str], str], ranks: Mapping[str, int]) -> str:
    """The dictionary form. `ranks` tells known words from unknown ones: “hoped” is of “hope”, not of “hop”."""
    lower = form.lower().replace("’", "'")
    known = table.get((lower, tag))
    if known is not None:
        return known
    if tag in {"NNP", "CD", "ADD", "FW", "GW", "XX", "LS", "SYM"} or not lower.isascii() or not lower.isalpha():
        return form if tag in {"NNP", "NNPS", "FW", "ADD"} else lower
    candidates = list(_candidates(lower, tag))
    if not candidates:
        return lower
    found = [one for one in candidates if one in ranks]
    made = min(found, key=lambda one: ranks[one]) if found and not _must_end_in_e(candidates, found) else None
    made = made or (found or candidates)[0]
    return made.capitalize() if tag == "NNPS" and form[:1].isupper() else made


def _must_end_in_e(candidates: list[str], found: list[str]) -> bool:
    """“hated” is of “hate” however common “hat” is: a short stem would have doubled its consonant."""
    return candidates[0].endswith("e") and candidates[0] in found


def _candidates(lower: str, tag: str) -> Iterator[str]:
    """Likely dictionary forms, the likeliest first."""
    if tag in {"NNS", "NNPS", "VBZ"} and lower.endswith("s") and len(lower) > 3:
        if lower.endswith("ies") and len(lower) > 4:
            yield lower[:-3] + "y"
        elif lower.endswith(("sses", "shes", "ches", "xes", "zes")):
            yield lower[:-2]
        elif lower.endswith("ss"):
            return
        yield lower[:-1]
        if lower.endswith("es"):
            yield lower[:-2]
    elif tag in {"VBD", "VBN"} and lower.endswith("ed") and len(lower) > 4:
        if lower.endswith("ied"):
            yield lower[:-3] + "y"
        yield from _stems(lower[:-2])
    elif tag == "VBG" and lower.endswith("ing") and len(lower) > 5:
        yield from _stems(lower[:-3])
    elif tag in {"JJR", "RBR"} and lower.endswith("er"):
        yield from _graded(lower[:-2])
    elif tag in {"JJS", "RBS"} and lower.endswith("est"):
        yield from _graded(lower[:-3])


def _graded(stem: str) -> Iterator[str]:
    if stem.endswith("i"):
        yield stem[:-1] + "y"
    yield from _stems(stem)


def _stems(stem: str) -> Iterator[str]:
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz":
        yield stem[:-1]  # planned, plan
        return
    short = len(stem) > 2 and stem[-1] not in _VOWELS | {"w", "x", "y"} and stem[-2] in _VOWELS
    if short and stem[-3] not in _VOWELS and sum(letter in _VOWELS for letter in stem) == 1:
        yield stem + "e"  # hated, hate
        yield stem
    else:
        yield stem
        yield stem + "e"
    if stem[-1:] in {"l", "s", "z"} and stem[-2:-1] == stem[-1:]:
        yield stem[:-1]  # travelled, travel
