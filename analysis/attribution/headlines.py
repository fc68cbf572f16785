"""Speech as headlines set it: “Mayor: taxes will fall”, “Two held, say police”, “Pilots ‘asleep’, inquiry finds”.

Headlines drop the small words that grammar needs, so places and kinds of words decide: who can speak stands first or
last, a colon, a comma or a dash parts it from what is said, and what is said has a verb. A topic before a colon
(“Storm Bella: what we know”) says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from analysis import lexicon
from analysis.actors.registry import registry
from analysis.attribution.phrases import FINITE, chars, trimmed
from analysis.attribution.saying import Saying
from analysis.attribution.stretches import Stretches
from analysis.language.columns import Columns
from analysis.lexicon import frames

HEADLINE_TOKENS = 30  # a line without a full stop at its end that is no longer is a headline
LABEL_TOKENS = 7  # “Former prime minister of Belmora: …” is about the longest name before a headline's colon
MARKED_LABEL_TOKENS = 14  # before marks there may be more: “Minister on strikes at two mills: ‘We will not pay’”
TAIL_TOKENS = 6  # “…, European human rights watchdog says”
STOPS = re.compile(r"[.!;…]['\"”’»]*\s*$")
TOPIC = re.compile(
    r"(?:what|why|how|who|when|where|which|everything|the latest|live|in pictures|\w+ (?:things|facts|ways|reasons))\b"
    r"|.*\?\W*$",
    re.I,
)
PERSONAL = frozenset({"i", "we", "my", "our", "us", "me"})
PREPOSITIONS = frozenset({"of", "to", "for", "in", "on", "at", "about", "over", "with", "after", "from"})
TOPICAL = frozenset({"on", "about", "over", "after"})  # Minister on strikes: …
NAMING = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "DT", "CD", "POS", "HYPH", "PRP$"})  # what a name is made of
PEOPLE = frozenset({"police", "people", "media", "some", "many"})  # plurals that do not end in s
PLURAL = frozenset({"say", "find", "warn", "claim", "show", "suggest", "report", "fear", "believe", "insist"})


def find(seen: Columns, marked: Stretches) -> list[Saying]:
    """The sayings of every headline, and of every line of a transcript, with the words that they lead to."""
    found: list[Saying] = []
    lines = list(_lines(seen))
    for number, (first, last) in enumerate(lines):
        words = seen.words[first:last]
        short = last - first <= HEADLINE_TOKENS
        title = not number and len(lines) > 1
        heading = short and (title or not STOPS.search(seen.text[seen.starts[first] : seen.ends[last - 1]]))
        if ":" in words:
            found += _labelled(seen, marked, first, last, heading)
        if heading:
            found += _trailing(seen, marked, first, last)
    return found


def _lines(seen: Columns) -> Iterator[tuple[int, int]]:
    """The token bounds of the lines of a text, without the tokens that break them."""
    start = 0
    for i in [i for i, blank in enumerate(seen.space) if blank and "\n" in seen.words[i]]:
        if i > start:
            yield start, i
        start = i + 1
    if start < len(seen):
        yield start, len(seen)


def _labelled(seen: Columns, marked: Stretches, first: int, last: int, heading: bool) -> Iterator[Saying]:
    """“Mayor: taxes will fall”, “Renn on taxes: ‘We will not pay’”, and in transcripts “RENN: I think …”."""
    colon = seen.words.index(":", first, last)
    in_marks = colon + 1 < last and marked.opens_within(seen.ends[colon] + 1, seen.ends[colon] + 4)
    if not 0 < colon - first <= (MARKED_LABEL_TOKENS if in_marks and heading else LABEL_TOKENS):
        return
    label = range(first, colon)
    end = next((i for i in label if i > first and seen.lower[i] in PREPOSITIONS), colon)
    if any(seen.tags[i] in FINITE or (i > end and seen.tags[i] in {"VB", "VBG"}) for i in label):
        return  # Renn to quit: …
    kind = _kind(seen, first, end)
    whole = end == colon or seen.lower[end] not in TOPICAL | {"to"}
    addressed = end < colon and seen.lower[end] == "to"  # Renn to strikers: …
    said = tuple(trimmed(seen, colon + 1, last))
    if not kind or not said or not (whole or in_marks or addressed):
        return
    if not (heading or all(seen.words[i][0].isupper() or seen.words[i][0] in ".('’" for i in label)):
        return
    if not in_marks and not (heading and addressed) and not _clause(seen, colon + 1, last, kind, heading):
        return
    if (heading or kind == "teller") and TOPIC.match(said[0].of(seen.text)):
        return
    source = chars(seen, first, colon if whole else end)
    yield Saying(chars(seen, colon, colon + 1), colon, ":", "neutral", source, said)


def _kind(seen: Columns, first: int, end: int) -> str:
    """Who a label names: “person”, “teller” (police, a poll), “body”, “country”; "" for no one who speaks."""
    if any(seen.tags[i] not in NAMING and seen.words[i] not in ".'’-" for i in range(first, end)):
        return ""
    last = next((i for i in range(end - 1, first - 1, -1) if seen.words[i] not in ".'’"), first)
    low, entity = seen.lower[last], seen.entities[last]
    if seen.words[last] in registry().words["thing"] or seen.words[last] in registry().words["calendar"]:
        return "teller" if low in frames.lemmas("teller") and end - first == 1 else ""
    if entity == "PER" or (not entity and seen.capitals[last] and _met(seen, last)):
        return "person"
    if low in frames.lemmas("teller"):
        return "teller"
    if low in registry().roles:
        return "teller"
    at = registry().phrases.at(seen.words, first)
    known = at[1].kind if at is not None and first + at[0] == end else ""
    if known in {"body", "seat"}:
        return "body"
    if entity == "ORG" and seen.entities[first] != "MISC":
        return "body"
    return "country" if known in {"country", "capital"} else ""


def _met(seen: Columns, word: int) -> bool:
    """Whether the text goes on to name somebody so: “Gingrich: …”, and below it Newt Gingrich."""
    name = seen.words[word]
    return any(seen.entities[i] == "PER" for i, other in enumerate(seen.words) if other == name)


def _clause(seen: Columns, first: int, last: int, kind: str, heading: bool) -> bool:
    """Whether words behind a colon say something: they have a verb; behind a country's name, one of what is to come."""
    if any(seen.lower[i] in _endings() for i in range(first, min(first + LABEL_TOKENS, last))):
        return False  # London attack: Renn says …
    if kind == "teller" and heading:
        return last - first > 2
    verbs = {seen.tags[i] for i in range(first, last) if seen.deps[i] != "acl:relcl"}
    if kind == "country" and heading:
        return "MD" in verbs
    if kind == "person":
        # Ada Renn: Ex-mayor jailed …: what happened to the person who is named, not what she says.
        verbs = verbs - {"VBD"} if not PERSONAL & set(seen.lower[first:last]) else verbs
    return bool(verbs & FINITE) or (kind == "body" and "VBN" in verbs)


@cache
def _endings() -> frozenset[str]:
    """Forms of verbs of saying that end a headline behind their subject: police say, inquiry finds."""
    wanted = {"inserted", "finding", "ending"}
    return frozenset(
        form
        for form, lemma in lexicon.cue_forms().items()
        if frames.of(lemma) & wanted and (form != lemma or form in PLURAL) and not form.endswith("ing")
    )


def _trailing(seen: Columns, marked: Stretches, first: int, last: int) -> Iterator[Saying]:
    """“…, inquiry finds”, “…, say police”, “… – report”: who says so stands last."""
    while last > first and seen.space[last - 1]:
        last -= 1
    if last > first and seen.words[last - 1] == ".":
        last -= 1
    cut = next((i for i in range(last - 1, max(last - TAIL_TOKENS - 2, first), -1) if seen.words[i] in ",–—-:"), 0)
    if cut - first < 2 or not 0 < last - cut - 1 <= TAIL_TOKENS:
        return
    if marked.closed(len(seen.text)) > seen.starts[cut] and marked.opens_within(seen.starts[cut], seen.ends[last - 1]):
        return
    if marked.holding(seen.starts[cut], seen.ends[cut]) is not None:
        return
    tail = range(cut + 1, last)
    dash = seen.words[cut] != ","
    cue = _cue(seen, tail, dash)
    if cue is None:
        return
    behind = not dash and cue < tail.stop - 1  # say police
    named = range(cue + 1 if behind else tail.start, last if behind or dash else cue)
    colon = next((i for i in range(first, cut) if seen.words[i] == ":"), None)
    said = tuple(trimmed(seen, first if colon is None else colon + 1, cut))
    if not named or not said:
        return
    lemma = "say" if dash else lexicon.cue_forms()[seen.lower[cue]]
    stance = "neutral" if dash else lexicon.cues().get(lemma, "neutral")
    at = cut if dash else cue
    yield Saying(chars(seen, at, at + 1), at, lemma, stance, chars(seen, named.start, named.stop), said)


def _cue(seen: Columns, tail: range, dash: bool) -> int | None:
    """The token of the cue in the words behind the last comma; behind a dash, where none stands, their first token."""

    def names(places: range) -> bool:
        return len(places) > 0 and all(seen.tags[i] in NAMING for i in places)

    if dash:
        short = len(tail) <= 2 and all(seen.words[i].islower() for i in tail)
        return tail.start if short and _kind(seen, tail.start, tail.stop) == "teller" else None
    last = tail.stop - 1
    if seen.lower[last] in _endings() and names(tail[:-1]):
        plural = seen.lower[last] in PLURAL
        return last if not plural or seen.tags[last - 1] in {"NNS", "NNPS"} or seen.lower[last - 1] in PEOPLE else None
    if seen.lower[tail.start] in _endings() and names(tail[1:]) and _kind(seen, tail.start + 1, tail.stop):
        return tail.start
    return None
