"""How likely trained readers are to mark each word of a text as loaded; and what follows for the findings.

The lists say what a word can do; whether a reader would mark it here is weighed from the word, its neighbours and its
sentence (`features`, `model`). Words that mostly just name, and verbs of saying, are marked where readers would mark
them; words that the lists lack for the words there that they are used like (`nearest`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import numpy as np
from spacy.tokens import Doc

from analysis.detectors import context, loaded_terms, names, negation, parts, reasons, senses
from analysis.detectors.context import Context
from analysis.layers import Floats, Layers
from analysis.lexicon import overrides
from analysis.lexicon.inflect import forms
from analysis.model import Finding, Reading, Sentence
from analysis.wording import nearest
from analysis.wording.features import see
from analysis.wording.model import chances_of, shipped

# By cross-validation on the train part of BABE, and on those articles of PTC that are not measured.
SHOWN = 0.3  # from this chance a word is marked that the detectors passed over
# Where no list holds it. In 150 whole articles four in five such adjectives were right and one in three such nouns: a
# noun may be a thing ("his jaw") in a sentence that judges.
UNLISTED = {"NOUN": 0.5, "ADJ": 0.35, "ADV": 0.35, "VERB": 0.35}
SAID = 0.55  # where it is a verb of saying, which has a mark of its own
KEPT = 0.12  # below this chance a listed term is not marked
BIASED = 0.5  # of its sentence, for a word that the detectors passed over: in plain reports the model sees ghosts
# Labels, doubts and soft names stand whatever the chance: readers saw one country's press, and passed over “regime”.
NAMING = frozenset({"label", "doubt", "euphemism"})
OPEN = {"NN": "NOUN", "JJ": "ADJ", "RB": "ADV", "VB": "VERB"}
SHORTEST = 3  # letters of such a word
_KEY = "analysis.wording"  # in Doc.user_data, so that the chances live exactly as long as the Doc


def weigh(reading: Reading, findings: Sequence[Finding], model: Layers | None = None) -> tuple[Finding, ...]:
    """The findings of the detectors, less the loaded terms that readers would pass over; `chances` are known after.

    A user's own words are never passed over.
    """
    seen = see(reading, findings)
    made = np.zeros((2, len(reading.doc)), dtype=np.float32)
    if len(seen.tokens):
        made[:, seen.tokens] = chances_of(seen.values, model or shipped()).T
    reading.doc.user_data[_KEY] = made
    here, own, chance = context.of(reading), _own(), made[1]
    return tuple(
        f
        for f in findings
        if f.kind != "loaded_term"
        or f.category in NAMING
        or chance[here.columns.begun(f.span)].max(initial=0) >= KEPT
        or f.span.of(here.text).casefold() in own
    )


def chances(doc: Doc) -> Floats:
    """[tokens], 0..1: that readers of single sentences mark each; 0 for marks and blanks, and before it is weighed."""
    made: Floats = _chances(doc)[0]
    return made


def _chances(doc: Doc) -> Floats:
    """[2, tokens], as in `model`."""
    return cast(Floats, doc.user_data.get(_KEY, np.zeros((2, len(doc)), dtype=np.float32)))


def further(reading: Reading, findings: Sequence[Finding], sentences: Sequence[Sentence]) -> tuple[Finding, ...]:
    """Words that the detectors passed over and readers would mark, in `sentences` that read biased; after `weigh`."""
    here = context.of(reading)
    columns, (reported, chance) = here.columns, _chances(reading.doc)
    covered = {i for f in findings if f.kind != "reporting_verb" for i in columns.begun(f.span)}
    likely = [i for i in np.flatnonzero((chance >= SHOWN) | (reported >= SAID)).tolist() if i not in covered]
    likely = [i for i in likely if sentences[columns.sents[i]].bias >= BIASED]
    if not likely:
        return ()
    said = {i: f for f in findings if f.kind == "reporting_verb" for i in columns.begun(f.span)}
    found: list[Finding | None] = []
    for i in likely:
        if i in said and reported[i] >= SAID:
            if columns.tags[i] == "VB" and said[i].category != "charged":
                continue  # “is likely to claim”: nobody has said it
            weight = round(float(reported[i]), 3)
            found.append(replace(said[i], kind="loaded_term", category="reporting_verb", weight=weight))
        elif i not in said and chance[i] >= SHOWN and (word := here.word(i)) is not None and _means(here, i, word):
            found.append(_word(here, i, word, round(float(chance[i]), 3)))
    return tuple(f for f in found if f is not None)


def _word(here: Context, i: int, word: int, weight: float) -> Finding | None:
    """A mark of one word, said by the lexicon's own row for it, or else by the rows that are used most like it."""
    span = here.span(word, word)
    voiced = context.at(here.reading, span)
    whose = reasons.whose(here.reading, voiced)
    part = OPEN[here.columns.tags[i][:2]]
    own = [match for match in loaded_terms.everything().at(here.words, here.text, word) if match.last == word]
    if any(senses.literal(here, match.entry.term, word, word) for match in own):
        return None
    match = next((m for m in own if parts.fits(here.pos(word), m.entry.term, m.entry.pos)), None)
    if match is not None:
        category, valence = match.entry.category, loaded_terms.valence(here, match)
        reason = loaded_terms.reason(here, match, whose)
    elif weight >= UNLISTED[part] and len(like := nearest.terms(here.reading.doc, i, part)) > 1:
        category, valence = nearest.sense(like)
        one, other = nearest.named(like, valence)
        heard = f"is in no list, but readers tend to hear a judgement in it here, as in ‘{one}’ and ‘{other}’"
        reason = f"‘{span.of(here.text)}’ {heard}; {whose}."
    else:
        return None
    return Finding("loaded_term", category, span, voiced.voice, voiced.speaker, None, valence, weight, reason)


def _means(here: Context, i: int, word: int) -> bool:
    """Whether a word can be marked: no name, no title, not denied, no part of a compound, not switched off."""
    written, span = here.columns.words[i], here.span(word, word)
    return (
        here.columns.tags[i][:2] in OPEN
        and here.columns.pos[i] != "PRON"  # “nobody” is tagged as a noun
        and len(written) >= SHORTEST
        and written.replace("-", "").isalpha()
        and here.text[span.end : span.end + 1] != "-"
        and not here.columns.tags[i].startswith("NNP")
        and written.casefold() not in _own()
        and not names.is_name(here, word, word, capitalised=False)
        and not names.in_title(here, span)
        and not negation.denied(here, word, word)
    )


@overrides.per_lexicon
def _own() -> frozenset[str]:
    """The written forms of a user's own words, those that are switched off among them."""
    made = set()
    for change in overrides.current().changes:
        term = change.term.casefold()
        made |= {term} if " " in term else {form for part in change.pos.split("/") for form in forms(term, part)}
    return frozenset(made)
