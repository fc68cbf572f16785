"""Cues of speech and belief: a parsed text in, each cue with its source and its indirect content out.

Grammar does the work (Universal Dependencies): the subject of the cue is the source, its clausal complement the content
(Pareti 2016). Words next to the cue step in where the tree has neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc, Token

from analysis import lexicon
from analysis.actors.registry import registry
from analysis.attribution import contents
from analysis.attribution.contents import CLAUSES, that, trimmed
from analysis.attribution.phrases import RELATIVES, SUBJECTS, chars, phrase, subject, whole
from analysis.language.columns import columns
from analysis.lexicon import frames
from analysis.model import Span, Stance

SPEAKING = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "X", "SYM"})  # what can name a speaker
INNER = frozenset({"compound", "flat", "nmod:desc", "amod", "det", "nmod:poss"})  # of a phrase, below its head
NO_ONE = frozenset({"this", "that", "these", "what", "which", "there"})
OBLIQUE = frozenset({"him", "her", "them", "me", "us"})
LED_WORDS = 30  # from closing marks to the cue: “…,” Ada Renn, who has led the board since 2014, said
HEADLINE_NAME_WORDS = 5  # “Former prime minister of Belmora: …” is about the longest name before a headline's colon


@dataclass(frozen=True, slots=True)
class Saying:
    """One cue. `contents` is the indirect speech it governs by grammar, in one piece or around the cue in two.

    `source` is the phrase that says who speaks, with its appositions and relative clauses; `named` the words in it that
    name the speaker, or the noun that a relative pronoun stands for.
    """

    cue: Span
    token: int
    lemma: str
    stance: Stance
    source: Span | None
    contents: tuple[Span, ...]
    mental: bool = False  # what somebody sees or has in mind: does not lead to words in marks in the next sentence
    fact_finding: bool = False  # "found that": the clause is a finding, single words in it are not quoted from anybody
    named: Span | None = None


def find(doc: Doc, marked: Sequence[Span]) -> list[Saying]:
    """Every cue of `doc`, in order. `marked` are the stretches between quotation marks."""
    found = [*_verbs(doc, marked), *_nouns(doc), *_according(doc, marked), *_colons(doc)]
    return sorted(found, key=lambda s: s.cue)


def _verbs(doc: Doc, marked: Sequence[Span]) -> Iterator[Saying]:
    forms, phrasals, stances = lexicon.cue_forms(), lexicon.cue_phrasals(), lexicon.cues()
    seen = columns(doc)
    lower = seen.lower
    behind = {m.end + gap for m in marked for gap in (1, 2)}  # where a verb stands next to closing marks
    likely = [
        i
        for i, (low, start) in enumerate(zip(lower, seen.starts, strict=True))
        if low in forms or low in phrasals or start in behind or "’" in low
    ]
    for i in likely:
        low = lower[i]
        last = i
        lemma = forms.get(low.replace("’", "'"))
        for rest, term in phrasals.get(low, ()):
            if tuple(lower[i + 1 : i + 1 + len(rest)]) == rest:
                lemma, last = term, i + len(rest)
                break
        if lemma is None and seen.tags[i] in {"VBD", "VBZ", "VBN"} and _by_its_place(doc, doc[i], marked):
            lemma = seen.lemmas[i]
        elif lemma is None or lemma not in stances:
            continue
        token = doc[i]
        if not token.tag_.startswith("VB") and not _beside_marks(doc, token, marked):
            continue
        if token.dep_ in {"amod", "compound", "case"}:
            continue
        if lemma in frames.naming_verbs() and (token.tag_ == "VBN" and not _active(token)):
            continue  # a storm named “Otto”, known as “ghost gridding”: nobody says anything
        frame = frames.of(lemma)
        source, named = _source(doc, token, marked)
        said = contents.find(token, last, frame, source)
        cue = chars(doc[i : last + 1])
        found = Saying(cue, token.i, lemma, stances.get(lemma, "neutral"), source, said, named=named)
        yield replace(found, fact_finding="finding" in frame, mental="mental" in frame)


def _by_its_place(doc: Doc, verb: Token, marked: Sequence[Span]) -> bool:
    """“This is fantastic!” beamed Ada Renn: any verb says, between the marks and the subject that follows it."""
    before = max((m.end for m in marked if m.end < verb.idx), default=-1)
    if before < 1 or verb.idx - before > 2 or columns(doc).text[before - 1] not in ",!?":
        return False
    after = [c for c in verb.children if c.i > verb.i and c.lower_ not in OBLIQUE]
    # Between marks and a name, the grammar may take a verb that it has seldom seen for a passive.
    return any(c.dep_ in SUBJECTS or (c.dep_ == "obj" and c.tag_ == "NNP" and c.i == verb.i + 1) for c in after)


def _active(verb: Token) -> bool:
    """Has called, Rook called, but not: is called, a blog called."""
    if any(c.dep_ in SUBJECTS for c in verb.children):
        return True
    return any(
        c.dep_ == "aux" and c.lemma_.lower() in {"have", "has", "had", "'ve", "’ve"} for c in verb.children
    ) and not any(c.dep_ == "aux:pass" for c in verb.children)


def _beside_marks(doc: Doc, token: Token, marked: Sequence[Span]) -> bool:
    """A cue straight after closing marks (“…,” ranted Ms Pell) is one, whatever the tagger took it for."""
    if token.tag_[:2] not in {"NN", "JJ"}:
        return False
    before = token.idx - 2
    if any(before - 2 <= m.end <= token.idx for m in marked):
        return True
    led = _led(doc, token, marked)  # “…,” Pell notes: a name and a word that can be a verb
    return led is not None and token.tag_ == "NNS" and led.end == token.idx - 1 and doc[token.i - 1].tag_ == "NNP"


def _source(doc: Doc, verb: Token, marked: Sequence[Span]) -> tuple[Span | None, Span | None]:
    """The phrase that says who speaks, and the words in it (or before it) that name the speaker."""
    head = subject(verb)
    if head is not None and head.lower_ in NO_ONE and _relative(verb) is None:
        return None, None  # that suggests …: the writer concludes it
    if (
        head is not None
        and head.pos_ in SPEAKING
        and head.lower_ not in OBLIQUE
        and head.text not in registry().words["calendar"]  # Saturday at the fair Ada Renn said …
        and any(letter.isalnum() for letter in head.text)
        and not _in_other_marks(chars(head), chars(verb), marked)
    ):
        named = _antecedent(head, verb)
        span = chars(phrase(named))
        if span.start < verb.idx < span.end:  # officials saying so: the noun without its participle
            span = chars(phrase(named, verb.left_edge.i))
        if not span.overlaps(chars(verb)):
            pronoun = _relative(verb)
            return (chars(pronoun) if pronoun is not None else _widened(named, span, verb, marked)), span
    if head is None and any(c.dep_ in {"aux:pass", "nsubj:pass"} for c in verb.children):
        return None, None  # the breach was announced Monday: nobody is said to have announced it
    beside = (
        _inverted(verb, marked)
        or _led(doc, verb, marked)
        or _follows(doc, verb, marked)
        or _neighbour(doc, verb, marked)
    )
    return beside, beside


def _in_other_marks(named: Span, cue: Span, marked: Sequence[Span]) -> bool:
    return any(m.contains(named) and not m.contains(cue) for m in marked)


def _follows(doc: Doc, verb: Token, marked: Sequence[Span]) -> Span | None:
    """“…,” said the 46-year-old: what stands between the cue and the next comma or stop, if it begins like a noun."""
    if not any(0 < verb.idx - m.end <= 2 for m in marked) or verb.i + 1 >= len(doc) or doc[verb.i + 1].tag_ != "DT":
        return None
    end = verb.i + 1
    while end < min(len(doc), verb.i + 8) and (not doc[end].is_punct or doc[end].text == "-") and not doc[end].is_space:
        end += 1
    return chars(doc[verb.i + 1 : end]) if end - verb.i > 2 else None


def _led(doc: Doc, verb: Token, marked: Sequence[Span]) -> Span | None:
    """“…,” Ada Renn, head of the board, tells the Post: the name or noun between the marks and the cue.

    Only for marks that end in a comma or the like, for grammar likes to draw such a name into the words in marks.
    """
    mark = max((m for m in marked if m.end <= verb.idx), key=lambda m: m.end, default=None)
    if mark is None or columns(doc).text[max(mark.end - 1, 0) : mark.end] not in {",", "?", "!", "—", "…"}:
        return None
    first = verb.i
    while first > 0 and doc[first - 1].idx > mark.end and verb.i - first <= LED_WORDS:
        first -= 1
    between = doc[first : verb.i]
    if not len(between) or any(t.is_sent_start and t.i > first for t in between) or between[0].lower_ in OBLIQUE:
        return None
    if any(t.text in {".", "!", "?", "\n\n"} or t.tag_ == "''" for t in between):
        return None
    end = first
    while end < verb.i and doc[end].pos_ in SPEAKING | {"ADP"} and doc[end].text != ",":
        end += 1
    named = doc[first:end]
    if not any(t.pos_ in {"NOUN", "PROPN", "PRON"} for t in named) or doc[end - 1].pos_ == "ADP":
        return None
    described = end < verb.i and doc[end].text == "," and doc[verb.i - 1].text == ","
    return chars(named) if end == verb.i or described else None


def _relative(verb: Token) -> Token | None:
    """The pronoun that is the subject of a relative clause: the officials who said so."""
    if verb.dep_ not in {"acl:relcl", "acl"}:
        return None
    return next((c for c in verb.children if c.dep_ in SUBJECTS and c.lower_ in RELATIVES), None)


def _widened(head: Token, named: Span, verb: Token, marked: Sequence[Span]) -> Span:
    """The whole phrase, unless it takes in the cue or words in marks."""
    wide = chars(whole(head, verb))
    if wide.overlaps(chars(verb)) or any(wide.overlaps(m) and not m.contains(wide) for m in marked):
        return named
    return Span(min(wide.start, named.start), max(wide.end, named.end))


def _antecedent(head: Token, verb: Token) -> Token:
    """Lena Osei, who leads Ashe Watch, said: the last name before the comma is not who speaks."""
    sent, doc = head.sent, head.doc
    if verb.i < 2 or verb.i <= head.i or doc[verb.i - 1].text != ",":
        return head
    for token in doc[sent.start : head.i]:
        if token.lower_ == "who" and token.i - 2 >= sent.start and doc[token.i - 1].text == ",":
            named = doc[token.i - 2]
            if named.pos_ in {"PROPN", "NOUN"}:
                return named
    return head


def _inverted(verb: Token, marked: Sequence[Span]) -> Span | None:
    """“…,” said the chief executive, Marcus Thole: a noun straight after the cue, and words said before it."""
    parted = verb.dep_ == "parataxis" and verb.i > 0 and verb.doc[verb.i - 1].text == ","  # Talks go on, says Moscow
    if verb.i + 1 >= len(verb.doc) or not (parted or any(0 <= verb.idx - m.end <= 4 for m in marked)):
        return None
    for child in verb.children:
        if child.i > verb.i and child.left_edge.i == verb.i + 1 and child.pos_ in {"NOUN", "PROPN", "PRON"}:
            return _widened(child, chars(phrase(child)), verb, marked)
    return None


def _neighbour(doc: Doc, verb: Token, marked: Sequence[Span]) -> Span | None:
    """The name or pronoun beside the cue, where the tree has lost the subject."""
    for step in (-1, 1):
        i = verb.i + step
        if not 0 <= i < len(doc) or doc[i].sent.start != verb.sent.start:
            continue
        token = doc[i]
        here = chars(token)
        if any(m.contains(here) for m in marked):
            continue
        top = token
        while top.dep_ in INNER and top.head.i != top.i:
            top = top.head
        governed = top.head.i == verb.i and top.dep_ in {"obj", "iobj", "obl", "obl:unmarked", "nmod:unmarked"}
        if token.lower_ in OBLIQUE or (step > 0 and governed) or not token.is_alpha:
            continue
        if token.text in registry().words["calendar"]:
            continue
        if token.tag_ in {"PRP", "NNP", "NNPS"} or token.ent_type_:
            start, end = i, i + 1
            while step < 0 and start > verb.sent.start and doc[start - 1].tag_ in {"NNP", "NNPS"}:
                start -= 1
            while step > 0 and end < verb.sent.end and doc[end].tag_ in {"NNP", "NNPS"}:
                end += 1
            return chars(doc[start:end])
    return None


def _nouns(doc: Doc) -> Iterator[Saying]:
    """Accusations that, a statement saying: a noun of saying with its clause; its possessor or agent speaks."""
    forms = lexicon.cue_forms()
    stances = lexicon.cue_nouns()
    seen = columns(doc)
    for i, (low, tag) in enumerate(zip(seen.lower, seen.tags, strict=True)):
        if not tag.startswith("NN"):
            continue
        lemma = (
            low if low in stances else low.removesuffix("s") if low.removesuffix("s") in stances else forms.get(low, "")
        )
        if lemma not in stances:
            continue
        token = doc[i]
        clause = next((c for c in token.children if c.dep_ in CLAUSES and c.i > token.i and that(c)), None)
        if clause is None:
            continue
        owner = next((c for c in token.children if c.dep_ == "nmod:poss"), None) or next(
            (
                c
                for c in token.children
                if c.dep_ in {"nmod", "obl:agent"} and any(g.lower_ in {"by", "from"} for g in c.children)
            ),
            None,
        )
        if owner is None and token.dep_ == "obj" and token.head.pos_ == "VERB":
            owner = subject(token.head)  # Moscow rejected claims … says nothing; X made the claim that … does
            if owner is not None and token.head.lower_ not in frames.light_verbs():
                owner = None
        if owner is None and token.dep_ == "obl" and token.head.pos_ == "VERB":
            owner = subject(token.head)  # said in a statement that
        said = tuple(trimmed(doc, clause.left_edge.i, clause.right_edge.i + 1))
        source = chars(phrase(owner)) if owner is not None else None
        if source is not None and source.end > token.idx and source.start < token.idx:
            source = None
        yield Saying(chars(token), token.i, lemma, stances[lemma], source, said)


@cache
def _phrases() -> dict[str, list[tuple[list[str], str, Stance]]]:
    """First word -> the phrases that name a source after them, each as words, as written, and its stance."""
    table: dict[str, list[tuple[list[str], str, Stance]]] = {}
    for term, stance in lexicon.cue_phrases().items():
        if term.endswith((" to", " of", " by")):
            table.setdefault(term.split()[0], []).append((term.split(), term, stance))
    return table


def _according(doc: Doc, marked: Sequence[Span]) -> Iterator[Saying]:
    """According to X: X is the source, the rest of the sentence the content."""
    lower = columns(doc).lower
    phrases = _phrases()
    for i in [i for i, low in enumerate(lower) if low in phrases]:
        for words, term, stance in phrases[lower[i]]:
            end = i + len(words)
            if end >= len(doc) or lower[i:end] != words:
                continue
            token, head = doc[i], doc[end]
            while head.head.i > head.i and head.dep_ in {
                "det",
                "amod",
                "compound",
                "nmod:poss",
                "nummod",
                "advmod",
                "case",
                "punct",
            }:
                head = head.head
            if head.i < end or head.sent.start != token.sent.start or head.lemma_.lower() in frames.measures():
                continue
            last = whole(head, token.head).end
            if any(m.start < doc[last - 1].idx for m in marked if m.start >= doc[end].idx):
                last = phrase(head).end
            source = chars(doc[max(end, phrase(head).start) : max(last, phrase(head).end)])
            after = max(last, phrase(head).end)
            sent = token.sent
            if token.i - sent.start <= 1:
                said = tuple(trimmed(doc, after, sent.end))
            else:
                said = tuple(trimmed(doc, sent.start, token.i))
            yield Saying(chars(doc[token.i : end]), token.i, term, stance, source, said)


def _colons(doc: Doc) -> Iterator[Saying]:
    """A headline or a transcript: “Minister: taxes will fall”. Only a name that begins a line counts."""
    line_start = 0
    texts = columns(doc).words
    for i, text in enumerate(texts):
        if "\n" in text:
            line_start = i + 1
        if text != ":" or not 0 < i - line_start <= HEADLINE_NAME_WORDS:
            continue
        name = doc[line_start:i]
        if not all(t.text[0].isupper() or t.text[0] in ".('’" for t in name) or not any(t.ent_type_ for t in name):
            continue
        end = next((j for j in range(i, len(doc)) if "\n" in texts[j]), len(doc))
        said = tuple(trimmed(doc, i + 1, end))
        if said:
            yield Saying(chars(doc[i]), i, ":", "neutral", chars(name), said)
