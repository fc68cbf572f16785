"""The tokeniser: spaCy's English rules, changed where the treebanks cut otherwise; a text in, a bare Doc out.

No rule looks over white space, so each stretch without any is cut once and remembered. What is longer than any word or
address, like a line of marks or a page of code, is cut in pieces of LONGEST characters first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, pairwise, takewhile
from typing import Any, TypeVar, cast

import numpy as np
from spacy.lang.char_classes import HYPHENS
from spacy.lang.en import English
from spacy.language import Language
from spacy.symbols import ORTH  # type: ignore[import-not-found]
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
from spacy.vocab import Vocab

T = TypeVar("T")

# Runs of one mark stay whole (“====”, “!!!”), and so do “?!” and “!?!”.
_RUN = "|".join([*(f"{re.escape(mark)}{{2,}}" for mark in "=*_~#<>$"), "[?!]{2,}"])
# Parts that are no words by themselves: the treebanks write “non-profit” as one word, and “long-term” as three.
_PARTS = (
    *("non", "e", "re", "anti", "co", "pre", "pro", "mid", "cross", "post", "over", "ex", "semi", "sub", "multi"),
    "counter",
)
_NOT_AFTER_PART = "".join(rf"(?<!\b(?i:{part}))" for part in _PARTS)
_WHOLE = ("al.", "Brig.", "Capt.", "Cmdr.", "Col.", "Cpl.", "Ft.", "Lt.", "Maj.", "Sgt.", "Supt.")
_CUT = ("and/or",)
# “We will win,”Renn said: closing marks without the blank that belongs behind them.
_CLOSED = (r"(?<=[A-Za-z])[,.!?](?=[”\"’][A-Za-z])", r"(?<=[A-Za-z][,.!?])[”\"’](?=[A-Za-z])")
LONGEST = 200  # characters without white space that are cut at once: spaCy looks through them all for every mark
# A stretch with the blank after it, which belongs to its last word. More white space is a word by itself.
_STRETCH = re.compile(rf"\S{{1,{LONGEST}}} ?|\s+")
# A word of plain letters between marks: spaCy's rules cut off each mark, unless they name the word itself. A full stop
# is one only behind two small letters.
_PLAIN = re.compile(r"([“\"(\[]?)(?:([A-Za-z]+)([,;:!?]?)|([A-Za-z]*[a-z]{2})(\.))([”\")\]]?)")
MOST = 1 << 16  # stretches remembered; a corpus repeats them, and the bound keeps a long run's memory level


# A word, its number among spaCy's strings, whether a blank follows it, and its norm: "" where it is that of the word
# wherever it stands (“n't”: “not”). No class of our own: such tuples cost Python's search for garbage nothing.
Piece = tuple[str, int, bool, str]


class Tokens:
    """A tokeniser that remembers; one thread at a time may use it."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab, self._tokenizer = vocab, english(vocab)
        self._rules = self._tokenizer.rules
        self._known: dict[str, tuple[Piece, ...]] = {}

    def __call__(self, text: str) -> tuple[Doc, Sequence[str], Sequence[bool]]:
        """The Doc that spaCy's tokeniser makes of a text, its words, and whether a blank follows each."""
        stretches = _STRETCH.findall(text)
        if not stretches:
            return Doc(self._vocab), (), ()
        found = list(map(self._known.get, stretches))
        if None in found:
            self._learn(stretches)
            found = [self._known[stretch] for stretch in stretches]
        words, orths, blanks, norms = zip(*chain.from_iterable(cast("list[tuple[Piece, ...]]", found)), strict=True)
        doc = Doc(self._vocab, words=list(orths), spaces=list(blanks))
        own = [i for i, norm in enumerate(norms) if norm]
        if own:
            column: Any = np.zeros((len(norms), 1), dtype=np.uint64)  # spaCy names a signed type, and reads this one
            column[own, 0] = [self._vocab.strings.add(norms[i]) for i in own]
            doc.from_array(["NORM"], column)
        return doc, words, blanks

    def _learn(self, stretches: Sequence[str]) -> None:
        new = [stretch for stretch in dict.fromkeys(stretches) if stretch not in self._known]
        if len(self._known) + 2 * len(new) > MOST:
            self._known.clear()
            new = list(dict.fromkeys(stretches))
        self._known.update((one, tuple(self._pieces(one))) for one in new if one.isspace())
        wanted = {stretch.removesuffix(" ") for stretch in new if not stretch.isspace()}
        bare = [one for one in wanted if one not in self._known]
        plain = {one: pieces for one in bare if (pieces := self._plain(one))}
        self._known.update(plain)
        other = [one for one in bare if one not in plain]
        self._known.update(zip(other, self._cut(other), strict=True))
        for stretch in new:
            if stretch not in self._known:
                *inner, (word, orth, _, norm) = self._known[stretch.removesuffix(" ")]
                self._known[stretch] = (*inner, (word, orth, True, norm))

    def _plain(self, stretch: str) -> tuple[Piece, ...] | None:
        """What `_cut` would make of a plain word and its marks, in a fifth of the time; nothing where it is to look."""
        found = _PLAIN.fullmatch(stretch)
        rules, add = self._rules, self._vocab.strings.add
        if found is None or stretch in rules:
            return None
        parts = [part for part in found.groups() if part]
        # Rules name “cannot”, “Corp.” and “:)”.
        named = any(part in rules for part in (*parts, *(first + second for first, second in pairwise(parts))))
        return None if named else tuple((part, add(part), False, "") for part in parts)

    def _cut(self, stretches: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
        """The words of stretches without white space; a line end between them keeps every rule inside of one."""
        pieces = iter(self._pieces("\n".join(stretches)))
        for _ in stretches:
            yield tuple(takewhile(lambda piece: piece[0] != "\n", pieces))

    def _pieces(self, text: str) -> list[Piece]:
        doc, strings = self._tokenizer(text), self._vocab.strings
        orths, norms = (column.tolist() for column in doc.to_array(["ORTH", "NORM"]).T)
        usual = Doc(self._vocab, words=orths).to_array("NORM").tolist()
        return [
            (strings[orth], orth, False, "" if norm == plain else strings[norm])
            for orth, norm, plain in zip(orths, norms, usual, strict=True)
        ]


def adapt(nlp: Language) -> None:
    """Give an English pipeline our tokeniser."""
    nlp.tokenizer = english(nlp.vocab)


def english(vocab: Vocab) -> Tokenizer:
    """The tokeniser, made at once: whatever is set later loads all its rules again."""
    usual = English.Defaults
    prefixes = compile_prefix_regex([f"(?:{_RUN})", *(usual.prefixes or ())])
    suffixes = compile_suffix_regex([f"(?:{_RUN})", *(usual.suffixes or ())])
    infixes = [_NOT_AFTER_PART + rule if HYPHENS in rule else rule for rule in map(str, usual.infixes or ())]
    infixes = [*infixes, r"(?<=\d)–(?=\d)", r"(?<=[A-Za-z])/(?=[A-Za-z])", *_CLOSED]
    nothing: Iterator[re.Match[str]] = iter(())
    rules = {form: parts for form, parts in usual.tokenizer_exceptions.items() if form not in _CUT}
    return Tokenizer(
        vocab,
        rules=rules | {form: [{ORTH: form}] for form in _WHOLE},
        prefix_search=prefixes.match,
        suffix_search=_after_letters(suffixes.search, None),
        infix_finditer=_after_letters(compile_infix_regex(infixes).finditer, nothing),
        token_match=usual.token_match,
        url_match=usual.url_match,
    )


def _after_letters(search: Callable[[str, int], T], none: T) -> Callable[[str], T]:
    """No rule for what ends or parts words begins with a letter, unless a digit or a mark stands before it."""
    letters = re.compile("[A-Za-z]*").match

    def found(text: str) -> T:
        end = cast("re.Match[str]", letters(text)).end()
        return search(text, end) if end < len(text) else none

    return found
