"""The tokeniser: spaCy's English rules, with runs of one mark (“====”, “!!!”) kept whole, as in the treebanks."""

from __future__ import annotations

import re
from typing import cast

from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.util import compile_prefix_regex, compile_suffix_regex

_RUN = "|".join(f"{re.escape(mark)}{{2,}}" for mark in "=*_~?!#")


def keep_runs(nlp: Language) -> None:
    """Change the tokeniser of a pipeline in place."""
    tokenizer = cast(Tokenizer, nlp.tokenizer)
    tokenizer.prefix_search = compile_prefix_regex([f"(?:{_RUN})", *(nlp.Defaults.prefixes or ())]).search
    tokenizer.suffix_search = compile_suffix_regex([f"(?:{_RUN})", *(nlp.Defaults.suffixes or ())]).search
