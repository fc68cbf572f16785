"""What was said, as indirect speech: a cue in the tree and its source in, the stretches of words out.

The clause that the cue governs, what follows it as its object, or the rest of the sentence around it (Pareti 2016).
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from analysis import lexicon
from analysis.attribution.phrases import SUBJECTS, chars, goes_on
from analysis.lexicon import frames
from analysis.model import Span

CLOSEST = {"ccomp": 0, "xcomp": 1, "obj": 2, "nsubj:pass": 3, "obl": 4}  # which child of a cue is the content
MAIN_CLAUSE = frozenset({"ROOT", "root", "parataxis", "ccomp", "conj"})
CLAUSES = frozenset({"acl", "acl:relcl", "ccomp"})  # of a noun: the claim that the vote was bought
OF_MATTER = frozenset({"of", "for", "as", "about", "over"})  # accused of theft, criticised for it
TELLING = frozenset({"tell", "tells", "told", "telling"})  # told local radio that …: the radio is who heard it
ABOUT = frozenset({"about", "against"})  # spoke about it


def find(verb: Token, last: int, frame: frozenset[str], source: Span | None) -> tuple[Span, ...]:
    """The clause that a cue governs, after it, before it, or around it."""
    sent, doc = verb.sent, verb.doc
    clause_start = min([verb.i, *(c.left_edge.i for c in verb.children if c.i < verb.i and c.dep_ != "punct")])
    clause_end = max([verb.i, *(c.right_edge.i for c in verb.children if c.i > verb.i and c.dep_ != "punct")]) + 1
    if source is not None and source.start < verb.idx:
        starts = [t.i for t in sent if t.idx >= source.start]
        clause_start = starts[0] if starts else verb.i
    for child in sorted(verb.children, key=lambda c: CLOSEST.get(c.dep_, len(CLOSEST))):
        fits = (
            child.dep_ == "ccomp"
            or (child.dep_ == "xcomp" and "to" in frame and not ("naming" in frame and child.tag_ != "VB"))
            or (child.dep_ in {"obj", "nsubj:pass"} and ("object" in frame or child.tag_ == "WP"))
            or (child.dep_ in {"obl", "obj"} and child.i > last and _names_matter(child, verb.doc[last], frame))
        )
        if not fits or (source is not None and source.contains(chars(child))) or _says_nothing(verb, child, frame):
            continue
        left, right = child.left_edge.i, child.right_edge.i + 1
        if left <= verb.i < right:
            if child.i < verb.i or child.dep_ != "ccomp":
                continue
            around = [*trimmed(doc, left, clause_start), *trimmed(doc, verb.i + 1, right)]
            return tuple(s for s in around if s.end - s.start > len("which"))
        if child.dep_ == "ccomp":
            right = min([right, *(c.left_edge.i for c in child.children if c.i > child.i and goes_on(c))])
        begun = _begun(verb, child, source)
        if begun is not None:
            return (*trimmed(doc, begun.left_edge.i, begun.right_edge.i + 1), *trimmed(doc, left, right))
        if child.dep_ in {"obj", "obl"}:
            judged = _judged(verb, child, frame)
            if judged and ({"naming", "as"} & frame):
                left, right = judged[0].left_edge.i, judged[-1].right_edge.i + 1  # what is called so is the writer's
            else:
                right = max(_described(child, right), *(c.right_edge.i + 1 for c in judged), 0)
        return tuple(trimmed(doc, max(left, last + 1 if child.i > last else left), right))
    lost = _lost_clause(verb)
    if lost is not None:
        return tuple(trimmed(doc, lost.left_edge.i, lost.right_edge.i + 1))
    if "mental" not in frame and _as(verb, last):
        return tuple(_beside(verb, clause_end))
    comma_before = clause_start > sent.start and doc[clause_start - 1].text in {",", "-", "–", "—"}
    if not comma_before or verb.dep_ not in MAIN_CLAUSE or source is None:
        return ()
    parenthesis = (
        verb.dep_ == "parataxis"
        and clause_end < sent.end
        and (doc[clause_end].text in {",", "-", "–", "—"} or doc[clause_end - 1].text == ",")
    )
    if not parenthesis and not any(t.pos_ in {"VERB", "AUX"} for t in doc[sent.start : clause_start]):
        return ()  # “At the same time, X said …” opens with a time, not with what was said
    halves = list(trimmed(doc, sent.start, clause_start))
    if parenthesis:
        halves += trimmed(doc, clause_end, sent.end)
    return tuple(halves)


def _says_nothing(verb: Token, child: Token, frame: frozenset[str]) -> bool:
    """Knew how to flatter; called a witness; repeated the claim that …, which the noun brings; it was said that …"""
    if "mental" in frame and child.tag_ == "VB" and any(c.tag_ == "WRB" for c in child.children):
        return True
    if child.dep_ == "nsubj:pass":
        return child.lower_ == "it" and _lost_clause(verb) is not None
    if child.dep_ != "obj":
        return False
    if "naming" in frame:
        return not _judged(verb, child, frame)
    brought = child.lower_ in lexicon.cue_nouns() and any(c.dep_ in CLAUSES and that(c) for c in child.children)
    return brought and verb.lower_ in frames.light_verbs()


def _begun(verb: Token, clause: Token, source: Span | None) -> Token | None:
    """The mill, she said, would close: the subject of what was said, which the grammar hung on the cue."""
    if (
        clause.dep_ != "ccomp"
        or clause.i < verb.i
        or source is None
        or any(c.dep_ in SUBJECTS for c in clause.children)
    ):
        return None
    return next((c for c in verb.children if c.dep_ in SUBJECTS and c.i < verb.i and c.idx < source.start), None)


def _judged(verb: Token, noun: Token, frame: frozenset[str]) -> list[Token]:
    """What is said of the object: accused the board of greed, called the plan a gamble, praised it as brave."""
    if noun.dep_ != "obj" or "object" not in frame:
        return []
    found: list[Token] = []
    end = noun.right_edge.i + 1
    for c in verb.children:
        named = c.dep_ in {"xcomp", "obj"} and "naming" in frame
        led = c.dep_ == "obl" and any(g.dep_ == "case" and g.lower_ in OF_MATTER for g in c.children)
        # Straight behind it: criticised the board on Friday for the way …
        if c.i > noun.i and (named or led) and all(t.is_punct for t in verb.doc[end : c.left_edge.i]):
            found.append(c)
            end = c.right_edge.i + 1
    return found


def _described(noun: Token, end: int) -> int:
    """Where the words end that are somebody's: praised Ada Renn, who left in May; the clause after the comma is not."""
    for child in noun.children:
        if child.dep_ == "acl:relcl" and child.left_edge.i > noun.i and noun.doc[child.left_edge.i - 1].text == ",":
            return child.left_edge.i - 1
        if child.dep_ == "acl:relcl" and child.left_edge.text == "," and child.left_edge.i > noun.i:
            return child.left_edge.i
    return end


def _lost_clause(verb: Token) -> Token | None:
    """Claimed at one point that Rook lied: a that-clause that the grammar hung on a noun or a clause behind the cue."""
    for child in verb.children:
        if child.i > verb.i and child.dep_ in {"obl", "obl:agent", "obl:unmarked", "obj", "iobj", "advcl", "advmod"}:
            for inner in child.children:
                if inner.i > child.i and (inner.dep_ in CLAUSES or inner.dep_ == "advcl"):
                    # Told the crew that the ship was late: no relative clause, for somebody was told something.
                    heard = {"iobj", "obl", "obj"} if verb.lower_ in TELLING else {"iobj", "obl"}
                    told = child.dep_ in heard and inner.left_edge.lower_ == "that"
                    if that(inner) or (told and any(c.dep_.startswith("nsubj") for c in inner.children)):
                        return inner
    return None


def _as(verb: Token, last: int) -> bool:
    """As the Post reported or pointed out; not: as crowds cried foul, as winter went on, which tell when."""
    if last > verb.i and verb.doc[last].lower_ != "out":
        return False
    return not any(c.dep_ in {"obj", "xcomp"} for c in verb.children) and any(
        c.lower_ == "as" and c.i < verb.i and c.dep_ in {"mark", "advmod", "case"} for c in verb.children
    )


def _beside(verb: Token, clause_end: int) -> Iterator[Span]:
    """As the Post reported, Rook left: the sentence without the clause with as."""
    clause, sent = verb.subtree, verb.sent
    first = min(t.i for t in clause)
    yield from trimmed(verb.doc, sent.start, first)
    yield from trimmed(verb.doc, clause_end, sent.end)


def _names_matter(noun: Token, last: Token, frame: frozenset[str]) -> bool:
    """Accused of theft, spoke about it, called for it: the preposition brings what was said; on Monday does not."""
    wanted = OF_MATTER if "object" in frame else frozenset()
    wanted |= ABOUT if "about" in frame else frozenset()
    return any(
        c.dep_ == "case" and (c.lower_ in wanted or (c.i == last.i and "object" in frame)) for c in noun.children
    )


def trimmed(doc: Doc, left: int, right: int) -> Iterator[Span]:
    """Without the commas, blanks and full stops at the edges."""
    while left < right and (doc[left].is_space or doc[left].text in {",", ":", ";", "–", "—", "-"}):
        left += 1
    while right > left and (doc[right - 1].is_space or doc[right - 1].text in {",", ".", ";", ":", "–", "—"}):
        right -= 1
    if right > left:
        yield chars(doc[left:right])


def that(clause: Token) -> bool:
    return any(c.lower_ == "that" and c.dep_ == "mark" for c in clause.children)
