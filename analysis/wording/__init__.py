"""How likely trained readers are to mark each word of a text as loaded; and what follows for the findings.

The lists say what a word can do; whether a reader would mark it here is weighed from the word, its neighbours and its
sentence (`features`, `model`). Words that the lists lack are marked for the words there that they are used like
(`nearest`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

import numpy as np
from spacy.tokens import Doc

from analysis.detectors import context, names, negation, reasons
from analysis.detectors.context import Context
from analysis.layers import Floats, Layers
from analysis.lexicon import overrides
from analysis.lexicon.inflect import forms
from analysis.model import Finding, Reading, Sentence
from analysis.wording import nearest
from analysis.wording.features import see
from analysis.wording.model import shipped

SHOWN = 0.3  # from this chance a word is marked; best in cross-validation on the train part of BABE
BIASED = 0.5  # of its sentence, for a word that no list holds: in plain reports the model sees ghosts
COMPANY = 0.3  # chances of the other words of its sentence, added up
KEPT = 0.12  # below this chance a listed term is not marked
# Labels, doubts and soft names stand whatever the chance: readers saw one country's press, and passed over “regime”.
NAMING = frozenset({"label", "doubt", "euphemism"})
OPEN = {"NN": "NOUN", "JJ": "ADJ", "RB": "ADV", "VB": "VERB"}
SHORTEST = 3  # letters of a word that no list holds
_KEY = "analysis.wording"  # in Doc.user_data, so that the chances live exactly as long as the Doc


def weigh(reading: Reading, findings: Sequence[Finding], model: Layers | None = None) -> tuple[Finding, ...]:
    """The findings of the detectors, less the loaded terms that readers would pass over; `chances` are known after.

    A user's own words are never passed over.
    """
    seen = see(reading, findings)
    chance = np.zeros(len(reading.doc), dtype=np.float32)
    if len(seen.tokens):
        chance[seen.tokens] = (model or shipped())(seen.values)
    reading.doc.user_data[_KEY] = chance
    here, own = context.of(reading), _own()
    return tuple(
        f
        for f in findings
        if f.kind != "loaded_term"
        or f.category in NAMING
        or chance[here.columns.begun(f.span)].max(initial=0) >= KEPT
        or f.span.of(here.text).casefold() in own
    )


def chances(doc: Doc) -> Floats:
    """[tokens], 0..1, of a text that has been weighed; 0 for marks and blanks, and everywhere before."""
    return cast(Floats, doc.user_data.get(_KEY, np.zeros(len(doc), dtype=np.float32)))


def unlisted(reading: Reading, findings: Sequence[Finding], sentences: Sequence[Sentence]) -> tuple[Finding, ...]:
    """Words that no list holds and readers would mark, in `sentences` that read as biased; after `weigh`."""
    here = context.of(reading)
    covered = {i for f in findings for i in here.columns.begun(f.span)}
    chance = chances(reading.doc)
    likely = [i for i in np.flatnonzero(chance >= SHOWN).tolist() if i not in covered]
    sents, bounds = here.columns.sents, here.columns.bounds
    likely = [i for i in likely if sentences[sents[i]].bias >= BIASED]
    likely = [i for i in likely if chance[slice(*bounds[sents[i]])].sum() - chance[i] >= COMPANY]
    return tuple(_found(here, likely, chance)) if likely else ()


def _found(here: Context, likely: Sequence[int], chance: Floats) -> Iterator[Finding]:
    word_at = {token: word for word, token in reversed(list(enumerate(here.token_of)))}
    for i in likely:
        word, part = word_at.get(i), OPEN.get(here.columns.tags[i][:2])
        if word is None or part is None or not _means(here, i, word):
            continue
        like = nearest.terms(here.reading.doc, i, part)
        if not like:
            continue
        span = here.span(word, word)
        voiced = context.at(here.reading, span)
        category, valence = nearest.sense(like)
        whose = reasons.whose(here.reading, voiced)
        first, second = like[0].term, like[1].term
        like_them = f"is in no list, but is used like ‘{first}’ and ‘{second}’ where writers judge"
        reason = f"‘{span.of(here.text)}’ {like_them}; {whose}."
        weight = round(float(chance[i]), 3)
        yield Finding("loaded_term", category, span, voiced.voice, voiced.speaker, None, valence, weight, reason)


def _means(here: Context, i: int, word: int) -> bool:
    """Whether a word can be marked: no name, no title, not denied, no part of a compound, not switched off."""
    written, span = here.columns.words[i], here.span(word, word)
    return (
        len(written) >= SHORTEST
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
