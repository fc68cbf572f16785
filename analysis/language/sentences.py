"""Where sentences may not begin, told to the parser beforehand, and how long they may become, seen to afterwards."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

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
        "u.s.",
        "u.k.",
        "u.n.",
        "e.u.",
        "a.m.",
        "p.m.",
        "inc.",
        "corp.",
        "ltd.",
        "co.",
        "jr.",
        "sr.",
        "etc.",
        "al.",
        "d.c.",
    ]
)
_NEVER_FIRST = frozenset(",;:.!?)]}%’»…")
_DOUBLE = frozenset('"“”')
_STRONG = frozenset("?!:;…")
_STOPS = frozenset(".!?…")


def preset(doc: Doc) -> None:
    """Forbid a sentence to begin at closing marks, after titles and months, or at the stop that ends it."""
    for i in _barred(doc):
        doc[i].is_sent_start = False


def _barred(doc: Doc) -> Iterator[int]:
    texts = [token.text for token in doc]
    blanks = [bool(token.whitespace_) for token in doc]
    mark_open = False
    # Edited text begins its sentences with a capital and ends them with a stop; a stop before a small letter is a slip.
    cased = next((text[0] for text in texts if text.isalpha()), "").isupper()
    edited = cased and any(text in _STOPS for text in texts[-2:])
    for i, text in enumerate(texts):
        mark = text in _DOUBLE
        closes = mark and _closes(text, i == 0 or blanks[i - 1], i + 1 == len(texts) or blanks[i], mark_open)
        if mark:
            mark_open = not closes
        if i == 0:
            continue
        before = texts[i - 1]
        lower = before.lower()
        if (
            closes
            or text in _NEVER_FIRST
            or (cased and text[:1].islower() and before not in _STRONG)
            or (edited and before[-1:].isalnum())  # edited text does not go on without a stop
            or before == ","
            or lower in _ABBREVIATIONS
            or (lower in _PERHAPS and (text[:1].islower() or text[:1].isdigit() or text in {"-", "–", "—"}))
            or (mark_open and not mark and before in {'"', "“"})
            or before in {"‘", "«", "„", "(", "["}
        ):
            yield i


def _closes(mark: str, before: bool, after: bool, opened: bool) -> bool:
    """Blanks tell which way a mark faces, whatever its shape; on both sides or on none, the shape or the turn does."""
    if before != after:
        return after
    return opened if mark == '"' else mark == "”"


def bound(doc: Doc) -> tuple[list[int], list[str]]:
    """Heads and labels, with sentences over LONGEST words cut; each piece gets one root, the others hang on it."""
    heads = [token.head.i for token in doc]
    deps = [token.dep_ for token in doc]
    for sentence in doc.sents:
        if len(sentence) <= LONGEST:
            continue
        start = sentence.start
        while start < sentence.end:
            end = _end(doc, start, sentence.end)
            root = -1
            for i in range(start, end):
                if heads[i] == i or not start <= heads[i] < end:
                    if root < 0:
                        root = i
                        heads[i], deps[i] = i, "ROOT"
                    else:
                        heads[i], deps[i] = root, "parataxis"
            start = end
    return heads, deps


def _end(doc: Doc, start: int, end: int) -> int:
    """Where to cut: at the whole rest, else after the last stop or comma in reach, else at the limit."""
    if end - start <= LONGEST:
        return end
    for marks in (_STOPS, frozenset(",;:—")):
        for i in range(start + LONGEST - 1, start + LONGEST // 2, -1):
            if doc[i].text in marks:
                return i + 1
    return start + LONGEST
