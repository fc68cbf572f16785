"""The tokeniser: spaCy's English rules, changed where the treebanks cut otherwise."""

from __future__ import annotations

import re
from typing import cast

from spacy.lang.char_classes import HYPHENS
from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

# Runs of one mark stay whole (“====”, “!!!”), and so do “?!” and “!?!”.
_RUN = "|".join([*(f"{re.escape(mark)}{{2,}}" for mark in "=*_~#<>$"), "[?!]{2,}"])
# Parts that are no words by themselves: the treebanks write “non-profit” as one word, and “long-term” as three.
_PARTS = (
    *("non", "e", "re", "anti", "co", "pre", "pro", "mid", "cross", "post", "over", "ex", "semi", "sub", "multi"),
    "counter",
)
_NOT_AFTER_PART = "".join(rf"(?<!\b(?i:{part}))" for part in _PARTS)
_WHOLE = ("al.", "Capt.", "Ft.")
_CUT = ("and/or",)


def adapt(nlp: Language) -> None:
    """Change the tokeniser of an English pipeline in place."""
    tokenizer = cast(Tokenizer, nlp.tokenizer)
    tokenizer.prefix_search = compile_prefix_regex([f"(?:{_RUN})", *(nlp.Defaults.prefixes or ())]).search
    tokenizer.suffix_search = compile_suffix_regex([f"(?:{_RUN})", *(nlp.Defaults.suffixes or ())]).search
    infixes = [_NOT_AFTER_PART + rule if HYPHENS in rule else rule for rule in map(str, nlp.Defaults.infixes or ())]
    tokenizer.infix_finditer = compile_infix_regex(
        [*infixes, r"(?<=\d)–(?=\d)", r"(?<=[A-Za-z])/(?=[A-Za-z])"]
    ).finditer
    tokenizer.rules = {form: parts for form, parts in tokenizer.rules.items() if form not in _CUT}
    for form in _WHOLE:
        tokenizer.add_special_case(form, [{"ORTH": form}])
