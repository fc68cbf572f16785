"""What of a thing was said: a cue and the phrase that it brings in; the words of it that are the speaker's out.

“Called the plan a gamble” reports a gamble, “accused the board of greed” all of it, “attacked the town” nothing.
"""

from __future__ import annotations

from analysis.attribution.phrases import SUBJECTS, Phrase, has, led_by
from analysis.attribution.subjects import subject
from analysis.language.columns import Columns
from analysis.lexicon import frames

OF_MATTER = frozenset({"of", "for", "as", "about", "over"})  # accused of theft, criticised for it
ABOUT = frozenset({"about", "against"})  # spoke about it
COMMAS = frozenset({",", "-", "–", "—"})
SUMMED_WITHIN = 4  # words from the article to the noun: an apparent reference to


def matter(seen: Columns, verb: int, child: int, frame: frozenset[str], phrase: Phrase) -> Phrase:
    """What was said of or about an object: that of it which is not the writer's."""
    left, right = phrase
    called = judged(seen, verb, child, frame)
    if called and ("naming" in frame or "as" in frame):
        return seen.lefts[called[0]], seen.rights[called[-1]] + 1  # what is called so is the writer's
    return left, max([_described(seen, child, right), *(seen.rights[c] + 1 for c in called)])


def for_whom_to(seen: Columns, verb: int, last: int, left: int, right: int) -> int:
    """Called for other states to let Norway back: what they are to do, where the grammar hung it on the cue."""
    if right >= len(seen) or seen.lower[right] != "to" or "for" not in seen.lower[last:right]:
        return right
    deed = seen.heads[right]
    hung = seen.tags[deed].startswith("VB") and (seen.heads[deed] == verb or left <= seen.heads[deed] < right)
    return seen.rights[deed] + 1 if deed > right and hung else right


def doing(seen: Columns, verb: int, right: int) -> int:
    """The poll showed Renn | leading by ten points: what the object does."""
    behind = (c for c in seen.children[verb] if seen.lefts[c] == right and seen.tags[c] == "VBG")
    deed = next((c for c in behind if seen.deps[c] in {"xcomp", "advcl"}), None)
    return right if deed is None else seen.rights[deed] + 1


def told_of(seen: Columns, deed: int, right: int) -> int:
    """Agreed to meet Renn, a brutal ruler who …: who somebody is whom the deed is about tells the writer."""
    starts = [seen.lefts[i] for i in range(deed, right) if seen.deps[i] == "appos"]
    return next((i for i in starts if seen.words[i] in COMMAS and seen.tags[i + 1 : i + 2] == ["DT"]), right)


def summed(seen: Columns, left: int, right: int) -> int:
    """Said he would vote for the pact, | a pledge that gives it a majority: where the writer sums up what was said."""
    commas = (i for i in range(left + 1, right - 2) if seen.words[i] in COMMAS and seen.starts[i + 1] > seen.ends[i])
    for i in commas:
        first = i + 1 + (seen.lower[i + 1] == "in")
        if first < right and seen.lower[first] in {"a", "an"}:
            within = range(first + 1, min(right, first + SUMMED_WITHIN))
            noun = next((n for n in within if seen.tags[n] == "NN" and seen.tags[n + 1 : n + 2] != ["NN"]), None)
            if noun is not None and seen.lower[noun] in frames.lemmas("summing"):
                return i
    return right


def judged(seen: Columns, verb: int, noun: int, frame: frozenset[str]) -> list[int]:
    """What is said of the object: accused the board of greed, called the plan a gamble, praised it as brave."""
    if seen.deps[noun] != "obj" or "object" not in frame:
        return []
    found: list[int] = []
    end = seen.rights[noun] + 1
    for c in seen.children[verb]:
        named = seen.deps[c] in {"xcomp", "obj"} and "naming" in frame
        as_such = seen.deps[c] in {"xcomp", "obl"} or (seen.deps[c] == "advcl" and not has(seen, c, SUBJECTS))
        named |= "as" in frame and seen.lower[seen.lefts[c]] == "as" and as_such  # not: as people ran
        # Straight behind it: criticised the board on Friday for the way …
        if (
            c > noun
            and (named or (seen.deps[c] == "obl" and led_by(seen, c, OF_MATTER)) or _of_doing(seen, c))
            and (all(seen.punct[end : seen.lefts[c]]) or ("as" in frame and seen.lower[seen.lefts[c]] == "as"))
        ):
            found.append(c)
            end = seen.rights[c] + 1
    return found


def _of_doing(seen: Columns, clause: int) -> bool:
    """Accused of taking bribes, criticised for having left."""
    if seen.deps[clause] != "advcl":
        return False
    first = next((i for i in range(seen.lefts[clause], clause) if not seen.punct[i]), clause)
    return seen.lower[first] in OF_MATTER and seen.tags[first + 1 : clause + 1].count("VBG") > 0


def _described(seen: Columns, noun: int, end: int) -> int:
    """Where the words end that are somebody's: praised Ada Renn, who left in May; the clause after the comma is not."""
    for child in seen.children[noun]:
        first = seen.lefts[child]
        if seen.deps[child] == "acl:relcl" and first > noun:
            if seen.words[first - 1] == ",":
                return first - 1
            if seen.words[first] == ",":
                return first
    return end


def is_matter(seen: Columns, noun: int) -> bool:
    """Whether one can be for or against something: the plan, sanctions; not the rebels."""
    low, listed = seen.lower[noun], frames.lemmas("matter")
    return low in listed or low.removesuffix("s") in listed or seen.tags[noun] == "VBG"


def names_matter(seen: Columns, noun: int, last: int, frame: frozenset[str]) -> bool:
    """Accused of theft, spoke about it, called for it: the preposition brings what was said; on Monday does not."""
    for c in seen.children[noun]:
        if seen.deps[c] == "case":
            low = seen.lower[c]
            if low in {"over", "for"} and seen.lower[noun] in frames.lemmas("daytime"):
                return False  # over the weekend, for months
            if "object" in frame and (c == last or low in OF_MATTER):
                return True
            if ("about" in frame and low in ABOUT) or ("toward" in frame and low == "to"):
                return True
    return False


def armed(seen: Columns, verb: int, struck: int) -> bool:
    """Attacked by arms, not by words: what is attacked or who attacks shows it."""
    if seen.entities[struck] == "LOC" or seen.lower[struck] in frames.lemmas("struck"):
        return True
    who = subject(seen, verb)
    return who is not None and seen.lower[who] in frames.lemmas("striker")
