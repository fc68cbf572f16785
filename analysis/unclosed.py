"""Opening marks that are never closed: where the words they open are taken to end.

A mark that is lost in typing, or where a page's paragraphs were run together, would leave a speaker's words to the
narrator. An end is taken only where the text itself shows one; else the mark is left alone. Both are told.
"""

from __future__ import annotations

import re

from analysis.model import Span

SINGLES = frozenset("‘’‚'‹›")  # one that is never closed may as well be an apostrophe
SAID_AFTER = re.compile(r"[,.?!]\s+(?:(?:said|says|added|asked|replied|told|wrote)\s+\w|(?:he|she|they)\s+said)")
CREDITED = re.compile(  # the same, where a name leaves no doubt that the quotation has ended there
    r"[,.?!](?=\s+(?:(?:said|says|added|wrote)\s+(?:(?:an?|one)\s|[A-Z])|(?:he|she|they)\s+said\b"
    r"|(?:[A-Z][\w.’'-]*\s){1,4}(?:said|says|added|wrote|told)\b))"
)
# A run of stops is looked at once, from its first: a row of dots must not cost its square.
SENTENCE_END = re.compile(r"(?<![\s.]\w)(?<![.!?…])[.!?…]++(?=\s+[“‘\"'(\[]?[A-Z0-9]|\s*\Z)")
ABBREVIATED = re.compile(
    r"\b(?:Mr|Ms|Mrs|Dr|St|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Capt|Prof|Rev|Jr|Sr|No|vs|U\.S|U\.K|U\.N|D\.C)\Z"
)
LED = re.compile(r":\s*\Z")  # what stands before a mark that opens an utterance of several sentences
OPENS = re.compile(r"[\w$…(\[‘'“]")
UTTERANCE = re.compile(r"[A-Z0-9$…(\[]")
BOTH_END = re.compile(r"[.!?]['’]?\Z")


def goes_on(words: str) -> bool:
    """Whether an open quotation may go on behind these words: not where they already name who said them."""
    return not (SAID_AFTER.search(words) or CREDITED.search(words))


def begins_anew(text: str, opened: Span, at: int) -> bool:
    """Whether the same mark, opened again at `at` inside `opened`, opens a paragraph that was run into the last one.

    Press agencies open the marks again for each paragraph of a quotation; `opened` is the first mark up to its content.
    """
    words = text[opened.end : at].rstrip()
    return bool(UTTERANCE.match(words)) and bool(SENTENCE_END.search(words[-2:])) and goes_on(words)


def end_of(text: str, block: Span, opened: Span, limit: int, inner: Span | None) -> tuple[int, str] | None:
    """Where the words behind a mark that is never closed are taken to end, and how that is told; None: nowhere.

    `opened` is the mark; `limit` where the next mark stands, or the end of the paragraph; `inner` what that next mark
    holds, if it is closed.
    """
    words = text[opened.end : limit]
    if text[opened.start : opened.end] in SINGLES or not OPENS.match(words):
        return None
    if said := CREDITED.search(words):
        return opened.end + said.end(), "before who said them"
    if SAID_AFTER.search(words):
        return None
    first = first_sentence(words)
    if inner is not None and first is None and BOTH_END.search(inner.of(text)):
        return inner.end, "with the marks inside them"
    if limit < block.end or first is None:
        return None
    utters = UTTERANCE.match(words) and (opened.start == block.start or LED.search(text[block.start : opened.start]))
    if utters or first == len(words.rstrip()):
        return limit, "with their paragraph"
    return None


def first_sentence(words: str) -> int | None:
    """Where the first sentence ends, its stop included; None where none does."""
    for stop in SENTENCE_END.finditer(words):
        if not ABBREVIATED.search(words, 0, stop.start()):
            return stop.end()
    return None
