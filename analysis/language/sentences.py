"""Where the network would begin sentences in, where they do begin out: rules of print, and a bound on length."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

LONGEST = 200  # words; no sentence of the treebanks comes near, so a longer one is a list or a broken page
_ABBREVIATIONS = frozenset(
    [
        *(
            "mr.",
            "mrs.",
            "ms.",
            "dr.",
            "prof.",
            "sen.",
            "rep.",
            "gov.",
            "gen.",
            "lt.",
            "col.",
            "sgt.",
            "capt.",
            "cmdr.",
        ),
        *("adm.", "maj.", "rev.", "hon.", "pres.", "st.", "ft.", "mt.", "vs.", "v.", "nos.", "e.g.", "i.e.", "cf."),
        *("approx.", "jan.", "feb.", "mar.", "apr.", "jun.", "jul.", "aug.", "sep.", "sept.", "oct.", "nov.", "dec."),
    ]
)
# After these a sentence may end; what follows them decides.
_PERHAPS = frozenset(
    [
        *("u.s.", "u.k.", "u.n.", "e.u.", "a.m.", "p.m.", "inc.", "corp.", "ltd.", "co.", "jr.", "sr.", "etc.", "al."),
        "d.c.",
    ]
)
_NEVER_FIRST = frozenset(",;:.!?)]}%’»…")
_DOUBLE = frozenset('"“”')
_OPEN = frozenset("‘«„([")
_STRONG = frozenset("?!:;…")
_STOPS = frozenset(".!?…")


def starts(forms: Sequence[str], wished: Iterable[int]) -> list[int]:
    """The first words of the sentences of a paragraph, 0 among them.

    `forms` have a blank at the end where one follows; `wished` are the places at which the network would begin one, in
    order. None begins at a closing mark, after a title or a month, or at the stop that ends the one before.
    """
    wished = [i for i in wished if i > 0]
    if not wished:
        return _bounded(forms, [0])
    words = [form.removesuffix(" ") for form in forms]
    marks = [i for i, word in enumerate(words) if word in _DOUBLE]
    closing, opened = _facing(words, forms, marks)
    # Edited text begins its sentences with a capital and ends them with a stop; a stop before a small letter is a slip.
    cased = next((word[0] for word in words if word.isalpha()), "").isupper()
    edited = cased and any(word in _STOPS for word in words[-2:])
    made = [0]
    for i in wished:
        word, before = words[i], words[i - 1]
        lower = before.lower()
        barred = (
            i in closing
            or word in _NEVER_FIRST
            or (cased and word[:1].islower() and before not in _STRONG)
            or (edited and before[-1:].isalnum())  # edited text does not go on without a stop
            or before == ","
            or lower in _ABBREVIATIONS
            or (lower in _PERHAPS and (word[:1].islower() or word[:1].isdigit() or word in {"-", "–", "—"}))
            or (word not in _DOUBLE and before in {'"', "“"} and i - 1 in opened)
            or before in _OPEN
        )
        if not barred:
            made.append(i)
    return _bounded(forms, made)


def _facing(words: Sequence[str], forms: Sequence[str], marks: list[int]) -> tuple[set[int], set[int]]:
    """Which double marks close, and which open."""
    closing: set[int] = set()
    opening: set[int] = set()
    is_open = False
    for i in marks:
        before = i == 0 or forms[i - 1] != words[i - 1]
        after = i + 1 == len(words) or forms[i] != words[i]
        # Blanks tell which way a mark faces, whatever its shape; on both sides or on none, the shape or the turn does.
        closes = after if before != after else is_open if words[i] == '"' else words[i] == "”"
        (closing if closes else opening).add(i)
        is_open = not closes
    return closing, opening


def _bounded(forms: Sequence[str], starts: list[int]) -> list[int]:
    """No sentence over LONGEST words: cut after the last stop or comma in reach, else at the limit."""
    made: list[int] = []
    for start, end in zip(starts, [*starts[1:], len(forms)], strict=True):
        while end - start > LONGEST:
            made.append(start)
            start = _cut(forms, start)
        made.append(start)
    return made


def _cut(forms: Sequence[str], start: int) -> int:
    for marks in (_STOPS, frozenset(",;:—")):
        for i in range(start + LONGEST - 1, start + LONGEST // 2, -1):
            if forms[i].removesuffix(" ") in marks:
                return i + 1
    return start + LONGEST
