"""The words around a cue that a sentence takes in: “…, said the board, …”, “as the Post reported, …”; stretches out.

In: a parsed text and where the cue, its clause or who speaks stands in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from analysis.attribution.objects import COMMAS
from analysis.attribution.phrases import FINITE, SUBJECTS, VERBAL, Phrase, has, trimmed
from analysis.attribution.subjects import HEARD, closes, is_heard
from analysis.language.columns import Columns
from analysis.model import Span

MAIN_CLAUSE = frozenset({"ROOT", "root", "parataxis", "ccomp", "conj"})
OPENERS = frozenset({"advcl", "obl", "obl:unmarked", "advmod"})  # of a verb: what may open its sentence


def clause_of(seen: Columns, verb: int, source: Span | None) -> Phrase:
    """The clause of a cue: itself with all that hangs on it, from its source on where that stands before it."""
    children = [c for c in seen.children[verb] if seen.deps[c] != "punct"]
    start = min([verb, *(seen.lefts[c] for c in children if c < verb)])
    end = max([verb, *(seen.rights[c] for c in children if c > verb)]) + 1
    if source is not None and source.start < seen.starts[verb]:
        first = seen.bounds[seen.sents[verb]][0]
        start = max(seen.begun(source).start, first)
        start -= start > first and seen.tags[start - 1] == "DT"
    return start, end


def sentence_around(seen: Columns, verb: int, source: Span | None) -> Iterator[Span]:
    """The talks go on, Rook said: the sentence before the clause of a cue after a comma, and behind it in asides."""
    first, last = seen.bounds[seen.sents[verb]]
    if seen.tags[verb] == "VB" and not has(seen, verb, ("aux",)):
        return  # urged it to work, and elaborate, on where it stands
    start, end = clause_of(seen, verb, source)
    words, dep = seen.words, seen.deps[verb]
    if seen.tags[verb] == "NNS" or closes(seen, verb):
        dep = "parataxis"
    if start <= first or words[start - 1] not in COMMAS or dep not in MAIN_CLAUSE | {"advcl"}:
        return
    if dep == "ccomp" and first <= seen.heads[verb] < start:
        return  # Renn says Norway, the board talking again: what another cue brings
    if (relative := _in_relative(seen, start, end)) is not None:
        yield from relative
        return
    before = source is not None and source.start < seen.starts[verb]  # not: and was first reported by the Post
    if dep == "advcl" and (
        not before or has(seen, verb, ("mark",)) or any(not seen.punct[i] for i in range(end, last))
    ):
        return
    if before and source is not None and "CC" in (seen.tags[start], seen.tags[seen.at(source.start)]):
        return  # the mill closed, and the strike continued: the second clause is no aside
    parenthesis = dep == "parataxis" and end < last and (words[end] in COMMAS or words[end - 1] == ",")
    if not parenthesis and (_opens(seen, verb) or not any(pos in VERBAL for pos in seen.pos[first:start])):
        return  # “At the same time, X said …” opens with a time, not with what was said
    yield from trimmed(seen, first, start)
    if parenthesis:
        yield from trimmed(seen, end, last)


def _in_relative(seen: Columns, start: int, end: int) -> tuple[Span, ...] | None:
    """Footage that, they said, | showed a boat: what is said in a relative clause that the cue parts."""
    pronoun = start - 2
    if pronoun < 1 or seen.tags[pronoun] not in {"WDT", "WP"} or seen.words[end : end + 1] != [","]:
        return None
    verb = seen.heads[pronoun]
    return tuple(trimmed(seen, end, seen.rights[verb] + 1)) if verb > end else None


def around(seen: Columns, start: int, end: int) -> tuple[Span, ...]:
    """The sentence without an aside that begins with its cue or with who speaks: “, said the Journal,”."""
    if (relative := _in_relative(seen, start, end)) is not None:
        return relative
    first, last = seen.bounds[seen.sents[start]]
    if not any(pos in VERBAL for pos in (*seen.pos[first:start], *seen.pos[end:last])):
        return ()
    return (*trimmed(seen, first, start), *trimmed(seen, end, last))


def inside(seen: Columns, start: int, end: int) -> tuple[Span, ...]:
    """The dam, the Post reports, is safe: both parts; in fact, the Post reports, it is: what follows."""
    first, last = seen.bounds[seen.sents[start]]
    begun = any(seen.deps[i] in SUBJECTS | {"nsubj:pass"} for i in range(first, start))
    return (*(trimmed(seen, first, start) if begun else ()), *trimmed(seen, end, last))


def _opens(seen: Columns, verb: int) -> bool:
    """Infuriated, she went on; after the vote was lost, a row erupted: what opens the sentence tells when or how."""
    first = seen.bounds[seen.sents[verb]][0]
    for child in seen.children[verb]:
        if child < verb and is_heard(seen, child):
            return True
        opens = child < verb and all(seen.pos[i] in {"CCONJ", "PUNCT"} for i in range(first, seen.lefts[child]))
        if opens and seen.deps[child] in OPENERS:
            led = any(seen.deps[c] == "mark" or seen.tags[c] == "WRB" for c in seen.children[child])
            if seen.deps[child] != "advcl" or led or seen.tags[child] not in FINITE:
                return True
    return False


def says_as(seen: Columns, verb: int, last: int) -> bool:
    """As the Post reported or pointed out; not: as crowds cried foul, as winter went on, which tell when."""
    if last > verb and seen.lower[last] not in {"out", "it"}:
        return False
    if seen.lower[verb] in HEARD or any(seen.deps[c] in {"obj", "xcomp"} and c > last for c in seen.children[verb]):
        return False  # as protesters have asked
    return _as_opens(seen, verb) or any(
        seen.lower[c] == "as" and c < verb and seen.deps[c] in {"mark", "advmod", "case"} for c in seen.children[verb]
    )


def _as_opens(seen: Columns, verb: int) -> bool:
    """As Ada Renn, a clerk, has noted, …: the grammar gives who speaks, and “as” with her, to the sentence."""
    first = seen.bounds[seen.sents[verb]][0]
    if seen.lower[first] != "as" or seen.deps[verb] != "advcl" or has(seen, verb, SUBJECTS | {"nsubj:pass"}):
        return False
    who = seen.heads[first]
    return first < who < verb and seen.deps[who] in SUBJECTS and seen.words[verb + 1 : verb + 2] == [","]


def beside(seen: Columns, verb: int) -> Iterator[Span]:
    """As the Post reported, Rook left: the sentence without the clause with as."""
    first, last = seen.bounds[seen.sents[verb]]
    start, end = seen.lefts[verb], clause_of(seen, verb, None)[1]
    start = first if _as_opens(seen, verb) else start
    joined = start > first and seen.tags[start - 1] == "CC"  # the mill stands – but, as Renn noted, it is closed
    if not joined and any(pos not in {"CCONJ", "ADV", "PUNCT", "SPACE"} for pos in seen.pos[first:start]):
        yield from trimmed(seen, first, start)
    second = [i for i in range(end, min(end + 3, last)) if seen.tags[i] == "CC" and seen.heads[i] > i]
    if second and not joined and any(seen.deps[c] in SUBJECTS for c in seen.children[seen.heads[second[0]]]):
        return  # they can win, as Renn put it, and the strike goes on: the writer goes on
    yield from trimmed(seen, end, last)
