"""The forms a word can take: a lemma and its part of speech in, every written form out.

Forms are made when the lexicon is loaded, so that matching never depends on a lemmatiser's luck. The rules make a few
forms that nobody writes ("surprize"); those match nothing and cost nothing. Both spellings, British and American, come
out of one entry: the files hold the British one.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from analysis.lexicon import rows

VOWELS = frozenset("aeiou")
_SHORT_END = re.compile(r"^[^aeiou]*[aeiou][bdfgklmnprtvz]$")  # slam, grab: the last letter is doubled before -ed, -ing
# American -ize beside British -ise, in every form of a verb and its nouns.
_ISE = re.compile(r"(?<=[a-z]{2})is(?=(?:e[drs]?|ing|ation|ations|ers)$)")


@cache
def irregular() -> dict[tuple[str, str], tuple[str, ...]]:
    """(lemma, pos) -> the other forms that no rule makes."""
    table = {}
    for row in rows.read("irregular.tsv", ("lemma", "pos", "forms")):
        table[row["lemma"], row["pos"]] = tuple(row["forms"].split())
    return table


@cache
def spellings() -> tuple[tuple[str, str], ...]:
    """Pairs (British stem, American stem)."""
    return tuple((row["british"], row["american"]) for row in rows.read("spelling.tsv", ("british", "american")))


def variants(form: str) -> set[str]:
    """The form in British and American spelling."""
    found = {form, _ISE.sub("iz", form)}
    for british, american in spellings():
        if british in form:
            found |= {each.replace(british, american) for each in found}
    # travelled/traveled: a British doubled l before the ending
    return found | {re.sub(r"(?<=[aeiou])ll(?=(?:ed|ing|er|ers)$)", "l", each) for each in found if len(each) > 7}


def plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2:-1] not in VOWELS:
        return noun[:-1] + "ies"
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    if noun.endswith("man") and noun not in {"human", "german", "ottoman", "talisman"}:
        return noun[:-2] + "en"
    return noun + "s"


def _doubles(verb: str) -> bool:
    """Whether the last consonant is doubled: always in one syllable, listed as irregular elsewhere."""
    return bool(_SHORT_END.match(verb)) and verb[-1] not in "wxy"


def verb_forms(verb: str) -> set[str]:
    """Base, -s, -ed and -ing forms; irregular pasts come from the table."""
    base = verb[:-1] if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) else verb
    third = verb + "es" if verb.endswith("o") and not verb.endswith("oo") else plural(verb).replace("men", "mans")
    if verb.endswith("y") and verb[-2:-1] not in VOWELS:
        past, ing = verb[:-1] + "ied", verb + "ing"
    elif verb.endswith("ie"):
        past, ing = verb + "d", verb[:-2] + "ying"
    elif _doubles(verb):
        past, ing = verb + verb[-1] + "ed", verb + verb[-1] + "ing"
    elif verb.endswith("e"):
        past, ing = verb + "d", base + "ing"
    else:
        past, ing = verb + "ed", verb + "ing"
    listed = irregular().get((verb, "VERB"))
    if listed is None:
        return {verb, third, past, ing}
    # A listed past replaces the regular one; a listed form in -ing replaces the regular one too.
    return {verb, third, *listed} | (set() if any(form.endswith("ing") for form in listed) else {ing})


def noun_forms(noun: str) -> set[str]:
    """Singular and plural."""
    return {noun, *irregular().get((noun, "NOUN"), (plural(noun),))}


def adjective_forms(adjective: str) -> set[str]:
    """The adjective, and comparative and superlative of short ones."""
    listed = irregular().get((adjective, "ADJ"))
    if listed is not None:
        return {adjective, *listed}
    if adjective.endswith("y") and len(adjective) <= 7:
        return {adjective, adjective[:-1] + "ier", adjective[:-1] + "iest"}
    if len(adjective) <= 5 and adjective.endswith("e"):
        return {adjective, adjective + "r", adjective + "st"}
    if len(adjective) <= 5 and not adjective.endswith(("ed", "ing", "ful", "less", "ous", "al")):
        doubled = adjective + adjective[-1] if _doubles(adjective) else adjective
        return {adjective, doubled + "er", doubled + "est"}
    return {adjective}


@lru_cache(maxsize=1 << 15)  # three times what ships; visitors bring words of their own
def forms(word: str, pos: str) -> frozenset[str]:
    """Every written form of `word` as a NOUN, VERB, ADJ, ADV or "any" (which is left as it stands)."""
    makers = {"NOUN": noun_forms, "VERB": verb_forms, "ADJ": adjective_forms}
    made = makers[pos](word) if pos in makers else {word}
    return frozenset(variant for form in made for variant in variants(form))
