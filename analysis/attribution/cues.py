"""Cues of speech and belief: a parsed text in, each cue with its source and its indirect content out.

Grammar does the work (Universal Dependencies): the subject of the cue is the source (sources), its clausal complement
the content (contents). Lists say which words can be cues; only those are looked at.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from spacy.tokens import Doc

from analysis import lexicon
from analysis.actors.registry import registry
from analysis.attribution import asides, contents, headlines, insertions, sources
from analysis.attribution.misread import CLAUSES
from analysis.attribution.phrases import FINITE, PROPER, SUBJECTS, behind, chars, has, phrase, that, trimmed, whole
from analysis.attribution.saying import Saying
from analysis.attribution.stretches import Stretches
from analysis.attribution.subjects import goes_on, subject
from analysis.language.columns import Columns, columns
from analysis.lexicon import frames
from analysis.model import Span, Stance

NO_VERB = frozenset({"amod", "compound", "case"})  # what a word does that is no cue, however it is written
ACTED = SUBJECTS | {"nsubj:pass", "csubj"}
DASHES = frozenset({"—", "–", "--"})
ASIDE_WITHIN = 20  # words from a dash to the cue of what it opens
HAVE = frozenset({"have", "has", "had", "'ve", "’ve"})


def find(doc: Doc, marked: Stretches) -> list[Saying]:
    """Every cue of `doc`, in order. `marked` are the stretches between quotation marks."""
    seen = columns(doc)
    verbs = list(_verbs(seen, marked))
    led = {s.contents for s in verbs if s.source is not None}
    nouns = (s for s in _nouns(seen) if s.contents not in led)  # said in an interview that …: the verb is the cue
    heads = headlines.find(seen, marked)
    places = {s.token for s in heads}
    found = [s for s in (*verbs, *nouns, *_according(seen, marked)) if s.token not in places] + heads
    return sorted((_in_paragraph(seen.text, s) for s in found), key=lambda s: s.cue)


def _in_paragraph(text: str, saying: Saying) -> Saying:
    """Without what stands in another paragraph, where the grammar has seen no sentence end."""
    if all("\n" not in content.of(text) for content in saying.contents):
        return saying
    kept = []
    for said in saying.contents:
        parts = said.of(text).split("\n\n")
        part = parts[0] if said.start > saying.cue.start else parts[-1]
        start = said.start if said.start > saying.cue.start else said.end - len(part)
        words = part.strip()
        if words:
            start += len(part) - len(part.lstrip())
            kept.append(Span(start, start + len(words)))
    return replace(saying, contents=tuple(kept))


@cache
def _verb_forms() -> dict[str, str]:
    """Written forms of cue verbs of one word -> lemma."""
    stances = lexicon.cues()
    return {form: lemma for form, lemma in lexicon.cue_forms().items() if lemma in stances}


def _verbs(seen: Columns, marked: Stretches) -> Iterator[Saying]:
    for i, last, lemma in _likely_verbs(seen, marked):
        plural = asides.taken_for_plural(seen, i) if "relaying" in frames.of(lemma) else None
        verbal = seen.tags[i].startswith("VB") or _taken_for_noun(seen, i) or _taken_for_adjective(seen, i)
        verbal = verbal or plural is not None
        if seen.deps[i] in NO_VERB or _named(seen, i) or not (verbal or _beside_marks(seen, i, marked)):
            continue
        frame = frames.of(lemma)
        if "naming" in frame and seen.tags[i] == "VBN" and not _active(seen, i):
            said_by = asides.agent_behind(seen, i, marked) if "object" in frame else None
            if said_by is None:
                continue  # a storm named “Otto”, known as “ghost gridding”: nobody says anything
        source, named = sources.find(seen, i, marked, frame)
        aside = asides.inserted(seen, i) if last == i and "inserted" in frame else None
        parted = asides.between(seen, i) if last == i and aside is None and "inserted" in frame else None
        if plural is not None:
            source = named = chars(seen, *plural)
            said = insertions.inside(seen, plural[0], i + 1)
        elif aside is not None:
            source = named = chars(seen, *aside)
            said = insertions.around(seen, i, aside[1])
        else:
            said = contents.find(seen, i, last, frame, source)
            if named is not None and any(c.overlaps(named) for c in said):
                said = ()  # the grammar took who speaks for a part of what is said
            if parted is not None and not said:
                source = named = chars(seen, *parted)
                said = insertions.around(seen, parted[0], i + 1)
        if (
            lemma == "say"
            and seen.lower[i + 1 : i + 2] == ["to"]
            and seen.words[i - 1] == ","
            and not has(seen, i, SUBJECTS)
        ):
            source = named = None  # a man, said to be the mayor, left
        if (lemma == "expect" or "hearsay" in frame) and _joined(seen, i):
            source = named = None
        unnamed = source is None and "hearsay" in frame and (_passive(seen, i) or seen.lower[i + 1 : i + 2] == ["to"])
        stance = lexicon.cues().get(lemma, "neutral")
        cue = chars(seen, i, last + 1)
        said = contents.hearsay(seen, i) if unnamed else said
        owner = sources.owner(seen, i, named, frame)
        yield Saying(cue, i, lemma, stance, source, said, "mental" in frame, "finding" in frame, named, owner, unnamed)


def _likely_verbs(seen: Columns, marked: Stretches) -> Iterator[tuple[int, int, str]]:
    """The words that may be cue verbs, with the last word of each and its lemma."""
    forms, phrasals = _verb_forms(), lexicon.cue_phrasals()
    for i in sorted({*_listed(seen.lower), *_behind(seen, marked)}):
        low = seen.lower[i]
        if low in phrasals and (found := _phrasal(seen.lower, i)) is not None:
            yield i, *found
        elif low in forms:
            yield i, i, forms[low]
        elif low not in lexicon.cue_forms() and _by_its_place(seen, i, marked):
            yield i, i, seen.lemmas[i]


def _listed(lower: list[str]) -> list[int]:
    begins = _verb_begins()
    return [i for i, low in enumerate(lower) if low in begins]


@cache
def _verb_begins() -> frozenset[str]:
    """What the first word of a cue verb may be."""
    return frozenset(_verb_forms()) | lexicon.cue_phrasals().keys()


def _behind(seen: Columns, marked: Stretches) -> Iterator[int]:
    """The words straight behind closing marks."""
    starts = seen.starts
    for end in marked.ends:
        at = bisect_left(starts, end + 1)
        while at < len(starts) and starts[at] <= end + 2:
            yield at
            at += 1


def _phrasal(lower: list[str], i: int) -> tuple[int, str] | None:
    """The last word and the lemma of a cue verb of several words."""
    for rest, term in lexicon.cue_phrasals()[lower[i]]:
        if tuple(lower[i + 1 : i + 1 + len(rest)]) == rest:
            return i + len(rest), term
    return None


def _by_its_place(seen: Columns, verb: int, marked: Stretches) -> bool:
    """“This is fantastic!” beamed Ada Renn: any verb says, between the marks and the subject that follows it."""
    closed = marked.closed(seen.starts[verb])
    if seen.tags[verb] not in {"VBD", "VBZ", "VBN"} or closed < 1 or seen.starts[verb] - closed > 2:
        return False
    if seen.text[closed - 1] not in ",!?":
        return False
    after = [c for c in seen.children[verb] if c > verb and not sources.is_oblique(seen, c)]
    # Between marks and a name, the grammar may take a verb that it has seldom seen for a passive.
    return any(
        seen.deps[c] in SUBJECTS or (seen.deps[c] == "obj" and seen.tags[c] == "NNP" and c == verb + 1) for c in after
    )


def _active(seen: Columns, verb: int) -> bool:
    """Has called, Rook called, but not: is called, a blog called."""
    if has(seen, verb, SUBJECTS):
        return True
    perfect = any(seen.deps[c] == "aux" and seen.lemmas[c].lower() in HAVE for c in seen.children[verb])
    return perfect and not has(seen, verb, ("aux:pass",))


def _joined(seen: Columns, verb: int) -> bool:
    """Is believed to be ill and | expected to resign: a second passive that shares the form of “be” of the first."""
    above, behind = seen.heads[verb], seen.lower[verb + 1 : verb + 2]
    passive = seen.tags[above] == "VBN" and has(seen, above, ("aux:pass",))
    return seen.deps[verb] == "conj" and passive and behind == ["to"] and not has(seen, verb, {*ACTED, "aux"})


def _passive(seen: Columns, verb: int) -> bool:
    """It was alleged; Renn, accused of theft, left."""
    return seen.tags[verb] == "VBN" and (has(seen, verb, ("aux:pass",)) or seen.deps[verb] in {"acl", "advcl"})


def _taken_for_noun(seen: Columns, word: int) -> bool:
    """The clerks who left say it; the regime that put them there claims to …: a plural with a subject is a verb."""
    if seen.tags[word] == "NNS" and _closes(seen, word):
        return True
    if seen.tags[word] != "NNS" or not has(seen, word, SUBJECTS) or has(seen, word, ("cop", "det", "amod", "case")):
        return False
    behind = seen.lower[word + 1] if word + 1 < len(seen) else ""
    return behind in {"to", "that"} and seen.deps[word] in {"ROOT", "conj", "parataxis"}


def _closes(seen: Columns, noun: int) -> bool:
    """“The mill has closed, Reuters reports.”: a name and a plural behind the last comma of a sentence."""
    if seen.deps[noun] not in {"parataxis", "conj", "appos"} or noun < 2 or seen.tags[noun - 1] not in PROPER:
        return False
    behind = range(noun + 1, seen.bounds[seen.sents[noun]][1])
    first = seen.lefts[noun]
    return "," in seen.words[max(0, first - 1) : first + 1] and all(seen.punct[i] or seen.space[i] for i in behind)


def _taken_for_adjective(seen: Columns, word: int) -> bool:
    """“Critics, however, worried that …”: an adjective with a subject and a clause, and no form of “be”."""
    if seen.tags[word] != "JJ" or not has(seen, word, SUBJECTS) or has(seen, word, ("cop",)):
        return False
    return any(seen.deps[c] == "ccomp" and that(seen, c) for c in seen.children[word])


def _named(seen: Columns, word: int) -> bool:
    """“two suspects, Said and Chérif Kouachi”: a capital among small letters begins a name, not a cue."""
    if not seen.capitals[word] or word == seen.bounds[seen.sents[word]][0] or seen.entities[word] not in {"PER", ""}:
        return False
    near = [i for i in range(max(0, word - 3), word) if seen.words[i].isalpha()]
    following = seen.words[word + 1 : word + 2]
    among = len(near) > 0 and all(seen.words[i].islower() and len(seen.words[i]) > 2 for i in near[-2:])
    return among and following != [] and following[0].islower()


def _beside_marks(seen: Columns, word: int, marked: Stretches) -> bool:
    """A cue straight after closing marks (“…,” ranted Ms Pell) is one, whatever the tagger took it for."""
    tag = seen.tags[word]
    if tag[:2] not in {"NN", "JJ"}:
        return False
    if sources.closed_beside(seen, word, marked):
        return True
    if tag != "NNS" or word == 0 or seen.tags[word - 1] != "NNP":
        return False
    led = sources.led(seen, word, marked)  # “…,” Pell notes: a name and a word that can be a verb
    return led is not None and led.end == seen.starts[word] - 1


def _nouns(seen: Columns) -> Iterator[Saying]:
    """Accusations that, a statement saying: a noun of saying with its clause; its possessor or agent speaks."""
    forms, stances = _noun_forms(), lexicon.cue_nouns()
    for i in [i for i, low in enumerate(seen.lower) if low in forms]:
        if not seen.tags[i].startswith("NN"):
            continue
        children = seen.children[i]
        clause = next((c for c in children if c > i and seen.deps[c] in CLAUSES and that(seen, c)), None)
        if clause is None:
            continue
        lemma = forms[seen.lower[i]]
        owner = _owner(seen, i)
        loose = (seen.lefts[c] for c in behind(seen, clause) if goes_on(seen, c))  # the claim that it knew, saying …
        said = tuple(trimmed(seen, seen.lefts[clause], next(loose, seen.rights[clause] + 1)))
        start, end = phrase(seen, owner) if owner is not None else (0, 0)
        source = None if owner is None or start < i < end else chars(seen, start, end)
        yield Saying(chars(seen, i, i + 1), i, lemma, stances[lemma], source, said)


@cache
def _noun_forms() -> dict[str, str]:
    """Written forms of nouns of saying -> lemma."""
    stances, listed = lexicon.cue_nouns(), lexicon.cue_forms()
    forms = {form: lemma for form, lemma in listed.items() if lemma in stances}
    return forms | {f"{noun}s": noun for noun in stances} | {noun: noun for noun in stances}


def _owner(seen: Columns, noun: int) -> int | None:
    """Whoever says what the noun reports."""
    children, deps = seen.children[noun], seen.deps
    owner = next((c for c in children if deps[c] == "nmod:poss"), None)
    if owner is None:
        owner = next((c for c in children if deps[c] in {"nmod", "obl:agent"} and _agent(seen, c)), None)
    above = seen.heads[noun]
    if owner is not None or seen.pos[above] != "VERB":
        return owner
    if deps[noun] == "obj":  # Moscow rejected claims … says nothing; X made the claim that … does
        who = subject(seen, above) if seen.lower[above] in frames.lemmas("light") else None
        return who if who is not None and sources.tells(seen, who) else None
    told = deps[noun] == "obl" and seen.lower[above] in lexicon.cue_forms()  # said in a statement that
    return subject(seen, above) if told else None


def _agent(seen: Columns, noun: int) -> bool:
    return any(seen.lower[c] in {"by", "from"} for c in seen.children[noun])


@cache
def _phrases() -> dict[str, dict[str, list[tuple[list[str], str, Stance]]]]:
    """First and second word -> the phrases that name a source after them: as words, as written, and its stance."""
    table: dict[str, dict[str, list[tuple[list[str], str, Stance]]]] = {}
    for term, stance in lexicon.cue_phrases().items():
        if term.endswith((" to", " of", " by")):
            first, second, *_ = parts = term.split()
            table.setdefault(first, {}).setdefault(second, []).append((parts, term, stance))
    return table


def _according(seen: Columns, marked: Stretches) -> Iterator[Saying]:
    """According to X: X is the source, the rest of the sentence the content."""
    lower, phrases = seen.lower, _phrases()
    for i in [i for i, low in enumerate(lower[:-1]) if low in phrases]:
        for words, term, stance in phrases[lower[i]].get(lower[i + 1], ()):
            end = i + len(words)
            if end >= len(lower) or lower[i:end] != words:
                continue
            head = asides.noun_at(seen, end)
            first, stop = seen.bounds[seen.sents[i]]
            if seen.sents[head] != seen.sents[i] or seen.lemmas[head].lower() in frames.lemmas("measure"):
                continue
            start, last = phrase(seen, head)
            wide = _before_subject(seen, head, whole(seen, head, seen.heads[i])[1], opens=i - first <= 1)
            last = min(last, wide)
            if not marked.opens_within(seen.starts[end], seen.starts[wide - 1]):
                last = max(last, wide)
            source = chars(seen, max(end, start), last)
            yield Saying(chars(seen, i, end), i, term, stance, source, _told(seen, first, i, last, stop))


def _told(seen: Columns, first: int, cue: int, last: int, stop: int) -> tuple[Span, ...]:
    """The sentence without “according to X”: what stands before it, or behind where it opens the sentence.

    Both where it parts a subject from its verb: “Rents, according to the poll, will fall”; “But, according to …”.
    """
    if last < stop and seen.words[last] in DASHES:  # shells fell – a dozen an hour, according to Renn – on the town
        opened = next(
            (i + 1 for i in range(cue - 2, max(first, cue - ASIDE_WITHIN), -1) if seen.words[i] in DASHES), None
        )
        if opened is not None and seen.words[cue - 1] == ",":
            return tuple(trimmed(seen, opened, cue))
    parted = last < stop and seen.words[last] in {",", "—", "–"} and not _finite(seen, first, cue)
    before = () if cue - first <= 1 else trimmed(seen, first, cue)
    if parted and not any(seen.deps[i] in ACTED for i in range(first, cue)):
        before = ()
    return (*before, *(trimmed(seen, last, stop) if parted or cue - first <= 1 else ()))


def _finite(seen: Columns, first: int, last: int) -> bool:
    return any(tag in FINITE for tag in seen.tags[first:last])


def _before_subject(seen: Columns, noun: int, end: int, *, opens: bool) -> int:
    """According to the Echo, Ada Renn, who …, left: where the source ends if grammar has drawn in the subject."""
    verb = seen.heads[noun]
    own = seen.lower[noun] in registry().roles or has(seen, verb, SUBJECTS | {"nsubj:pass", "expl", "csubj"})
    if not opens or own or seen.tags[verb] not in FINITE:
        return end
    named = (c for c in seen.children[noun] if seen.deps[c] == "appos" and noun < c < end)
    parts = [seen.lefts[c] for c in named if seen.entities[c] == "PER"]
    return next((i if seen.words[i] == "," else i - 1 for i in parts if "," in seen.words[i - 1 : i + 1]), end)
