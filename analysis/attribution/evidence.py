"""What can be seen about a pair of marks: a parsed text, its pairs and their credits in, features out.

Features are numbers, mostly 1 for "is so"; beside each stand the words of the text that a reason can show. Patterns
over the words around the marks are data (`mark_patterns.tsv`); what needs grammar, credit or the rest of the article is
here. Nothing is decided here.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from spacy.tokens import Doc

from analysis.attribution import marked_words
from analysis.attribution.features import Evidence, patterns, together
from analysis.attribution.mark_vectors import Likeness
from analysis.attribution.marked_words import MARKS
from analysis.attribution.quotations import Credit, cued, is_utterance
from analysis.attribution.saying import Saying
from analysis.attribution.stretches import Around
from analysis.language.columns import columns
from analysis.lexicon import frames, overrides
from analysis.lexicon.matching import Matcher, build, folded, words
from analysis.marks import Pair
from analysis.model import Span

CONTEXT = 80  # characters on either side that the patterns see; evidence further off stands in another clause
REACH = 1500  # characters of a sentence on either side of marks; 200 words, the longest sentence, have fewer
REMEMBERED = 500  # characters; nearly all marks hold fewer, and an article between two marks must not stay in memory
PLAIN_CUES = frozenset(re.findall(r"\w+", "say tell add write tweet reply announce declare state ask note argue"))
DISTANCING = frozenset({"so-called", "alleged", "supposed", "purported", "self-styled"})
DOUBT_WORDS = 5  # words before the marks in which one of them is still about the words inside
HEADLINE_WORDS = 20  # a first paragraph this short that ends without a full stop is a headline
LINK = re.compile(r"[”\"’'»“]?\s*,?\s*(?:and|or|but|nor|to|as well as|&)?\s*(?:a|an|the)?\s*,?\s*")
SINGLE = frozenset("'‘’‚‹›")
NARRATOR = frozenset(re.findall(r"\w+", "i we us our my you your me let"))


@overrides.per_lexicon
def _judging() -> Matcher[float]:
    return build((t.term, t.pos, t.weight) for t in overrides.terms() if t.sense != "figurative")


def loadedness(content: str) -> float:
    """How judging the words are, 0..1: the heaviest loaded term in them."""
    known = _loadedness if len(content) <= REMEMBERED else _loadedness.__wrapped__
    return known(overrides.current().key, content)


@lru_cache(maxsize=1024)  # asked several times of one pair of marks, and of what stands between two
def _loadedness(lexicon: str, content: str) -> float:
    judging = _judging()
    if not judging.may_match(content):
        return 0.0
    return max((match.entry for match in judging.find(words(content), content)), default=0.0)


class Witness:
    """Gathers the evidence for every pair of one text; what all pairs share is looked up once."""

    def __init__(
        self, doc: Doc, pairs: Sequence[Pair], credits: Mapping[int, Credit], sayings: Sequence[Saying]
    ) -> None:
        self.seen, self.pairs, self.sayings = columns(doc), pairs, sayings
        seen, self._likeness = self.seen, Likeness(doc, self.seen)
        # Straight after ‘so-called’ or ‘alleged’ the marks keep a distance, whoever else speaks in the sentence.
        self.credits = {
            i: given for i, given in credits.items() if given.kind != "partial" or not self._doubted(pairs[i].content)
        }
        self._said = sorted(self.credits, key=lambda i: pairs[i].content.start)  # pairs with a speaker, in order
        self._said_places = Around([pairs[i].content for i in self._said])
        self._lines: dict[Span, tuple[bool, str]] = {}
        self._by_cue = {s.cue: s for s in sayings}
        self._sentences = seen.sentence_chars()
        self._starts = [start for start, _ in self._sentences]
        self._breaks = [m.start() for m in re.finditer(r"\n", seen.text)]
        self._terms = Counter(folded(p.content.of(seen.text)) for p in pairs)
        self._credited = {f" {folded(pairs[i].content.of(seen.text))} " for i in credits}
        self._all_credited = "\n".join(self._credited)
        self._plain = folded(_without(seen.text, pairs))
        first = seen.text.strip().split("\n", 1)[0]
        self._headline = (
            len(first.split()) <= HEADLINE_WORDS
            and first.rstrip(MARKS)[-1:] not in ".!?"
            and len(seen.text.strip()) > 2 * len(first)
        )
        self._headline_end = seen.text.find(first) + len(first)
        self._double = sum(p.opening not in SINGLE for p in pairs) > len(pairs) / 2
        plain = self._plain.split()
        self._opinion = min(1.0, sum(map(NARRATOR.__contains__, plain)) / max(len(plain), 1) * 50)
        self._credited_share = len(self.credits) / max(len(pairs), 1)

    def of(self, number: int) -> Evidence:
        """The evidence for the pair with this number."""
        pair, text = self.pairs[number], self.seen.text
        own = marked_words.marked(self.seen, pair)
        found = Evidence(likeness=self._likeness.of(own))
        sentence = self.sentence(pair.content)
        opening = max(pair.content.start - len(pair.opening), 0)
        before = text[sentence.start : opening]
        after = text[pair.content.end : sentence.end].lstrip(MARKS)
        content = pair.content.of(text)
        self._patterns(found, before, self._lead(number, sentence, opening), content, after)
        self._credit(found, number, sentence, own)
        marked_words.grammar(found, self.seen, own, len(words(content)))
        marked_words.neighbours(found, self.seen, own)
        self._setting(found, pair)
        marked_words.case(found, content, before, after)
        self._article(found, number, sentence, content)
        found.add("loaded", loadedness(content))
        together(found)
        found.add("loaded_around", min(loadedness(before) + loadedness(after), 1.0))
        return found

    def _doubted(self, content: Span) -> bool:
        before = self.seen.text[max(0, content.start - CONTEXT) : content.start].lower()
        words_before = re.split(r"[.!?]\s", before.replace("so called", "so-called"))[-1].split()[-DOUBT_WORDS:]
        return any(word.strip(",") in DISTANCING for word in words_before)

    def sentence(self, content: Span) -> Span:
        """The sentences that hold the marks and their content, within their paragraph and REACH."""
        text = self.seen.text
        if not self._sentences:
            return Span(0, len(text))
        first = max(bisect_right(self._starts, max(content.start - 1, 0)) - 1, 0)
        last = max(bisect_right(self._starts, max(content.end - 1, content.start)) - 1, first)
        start, end = self._sentences[first][0], max(self._sentences[last][1], content.end + 1)
        line = bisect_left(self._breaks, content.start)
        if line and self._breaks[line - 1] >= start:
            start = self._breaks[line - 1] + 1
        start, end = max(start, content.start - REACH), min(end, content.end + REACH, len(text))
        return Span(min(start, content.start), end)

    def _lead(self, number: int, sentence: Span, opening: int) -> str:
        """The words before the first of a row of marked words, which what stands before the row is said of as well."""
        text = self.seen.text
        for before in range(number - 1, -1, -1):
            earlier = self.pairs[before]
            gap = text[earlier.content.end : opening] if earlier.depth == self.pairs[number].depth else ""
            if earlier.content.start < sentence.start or not LINK.fullmatch(gap):
                break
            opening = earlier.content.start - len(earlier.opening)
        return text[sentence.start : opening]

    def _patterns(self, found: Evidence, before: str, lead: str, content: str, after: str) -> None:
        in_row = len(lead) < len(before)
        found.add("in_row", float(in_row))
        places = {
            "before": before[-CONTEXT:],
            "inside": content.strip(" ,.;"),
            "after": after[:CONTEXT],
            "sentence": f"{before} … {after}",
        }
        lower = {side: lowered(place) for side, place in places.items()}
        if in_row:
            places["lead"], lower["lead"] = lead[-CONTEXT:], lowered(lead[-CONTEXT:])
        for one in patterns():
            side, texts = one.side, places if one.cased else lower
            match = one.pattern.search(texts[side])
            if match is None and in_row and side == "before":
                side = "lead"
                match = one.pattern.search(texts[side])
            if match:
                group = next((k for k, shown in enumerate(match.groups(), 1) if shown), 0)
                shown = places[side][match.start(group) : match.end(group)]
                found.add(one.feature, 1.0, " ".join(shown.split()).strip(" ,“\"‘'"))

    def _credit(self, found: Evidence, number: int, sentence: Span, own: marked_words.Marked) -> None:
        pair, text = self.pairs[number], self.seen.text
        given = self.credits.get(number)
        found.add("nested", float(pair.depth > 0))
        if given is None:
            near = [s for s in cued(self.sayings, sentence) if not pair.content.contains(s.cue)]
            found.add("uncredited")
            found.add("cue_near", float(any(s.source is not None for s in near)), near[0].cue.of(text) if near else "")
        else:
            name = given.source.of(text) if given.source else "somebody"
            found.add("credited", 1.0, name)
            found.add(f"credited_{given.kind}", 1.0, name)
            found.add(f"credited_{given.why.replace(' ', '_')}", 1.0, name)
            found.add(f"stance_{given.stance}", float(given.stance != "neutral"))
            if given.cue is not None:
                self._cue(found, pair, given, given.cue, own)
        paragraph = self.paragraph(pair.content)
        near_marks = map(self._said.__getitem__, self._said_places.touching(sentence))
        beside = any(i != number and paragraph.contains(self.pairs[i].content) for i in near_marks)
        found.add("speaker_beside", float(beside))
        found.add("speaker_near", float(not beside and self._speaks_in(paragraph, number)))
        found.add("utterance", float(is_utterance(text, pair)))

    def _speaks_in(self, paragraph: Span, number: int) -> bool:
        """Whether somebody is credited with other marks of a paragraph."""
        first = bisect_left(self._said, paragraph.start, key=lambda i: self.pairs[i].content.start)
        for i in self._said[first:]:
            if self.pairs[i].content.start > paragraph.end:
                return False
            if i != number and paragraph.contains(self.pairs[i].content):
                return True
        return False

    def _cue(self, found: Evidence, pair: Pair, given: Credit, cue: Span, own: marked_words.Marked) -> None:
        text = self.seen.text
        found.add("has_cue", 1.0, cue.of(text))
        saying = self._by_cue.get(cue)
        if cue.end <= pair.content.start:
            between = len(words(text[cue.end : pair.content.start]))
            found.add("cue_before")
            found.add("cue_touches", float(between == 0))
            found.add("cue_far", math.log1p(between) / 3)
        else:
            between = len(words(text[pair.content.end : cue.start]))
            found.add("cue_after")
            found.add("cue_after_far", math.log1p(between) / 3)
        if saying is not None:
            found.add("naming_cue", float("naming" in frames.of(saying.lemma)), cue.of(text))
            found.add("finding_cue", float(saying.fact_finding), cue.of(text))
            found.add("inside_complement", float(any(c.contains(pair.content) for c in saying.contents)))
            found.add("plain_cue", float(saying.lemma in PLAIN_CUES or saying.lemma == "according to"), cue.of(text))
            self._path(found, own.head, saying.token)

    def _path(self, found: Evidence, at: int, cue: int) -> None:
        """How the grammar leads from the words in marks up to the cue."""
        deps, heads = self.seen.deps, self.seen.heads
        passed: list[str] = []
        while at != cue and heads[at] != at and len(passed) < 12:
            passed.append(deps[at])
            at = heads[at]
        if at != cue:
            found.add("not_governed")
            return
        found.add("governed")
        found.add("governed_by_clause", float(any(d in {"ccomp", "xcomp", "parataxis"} for d in passed)))
        found.add("governed_directly", float(len(passed) == 1))
        found.add("path", math.log1p(len(passed)))
        found.add("path_aside", float(any(d in {"acl:relcl", "acl", "advcl", "appos"} for d in passed)))
        found.add("path_deep", float(sum(d in {"nmod", "obl", "nmod:poss"} for d in passed) > 1))

    def paragraph(self, content: Span) -> Span:
        """The line of text that holds the marks."""
        line = bisect_left(self._breaks, content.start)
        start = self._breaks[line - 1] + 1 if line else 0
        end_line = bisect_left(self._breaks, content.end)
        end = self._breaks[end_line] if end_line < len(self._breaks) else len(self.seen.text)
        return Span(min(start, content.start), max(end, content.end))

    def _line(self, content: Span) -> tuple[bool, str]:
        """Whether the line that holds the marks is set like a heading, and the line without the marks at its ends."""
        around = self.paragraph(content)
        if around not in self._lines:
            line = around.of(self.seen.text).strip()
            heading = len(line.split()) <= HEADLINE_WORDS and line.rstrip(MARKS)[-1:] not in ".!?,;:"
            self._lines[around] = heading, line.strip(MARKS).strip()
        return self._lines[around]

    def _setting(self, found: Evidence, pair: Pair) -> None:
        """What the line and the text around the marks are like."""
        found.add("heading", float(self._line(pair.content)[0]))
        single = pair.opening in SINGLE
        found.add("single", float(single))
        found.add("odd_marks", float(single and self._double))
        found.add("opinion", self._opinion)
        found.add("credited_share", self._credited_share)

    def _article(self, found: Evidence, number: int, sentence: Span, content: str) -> None:
        pair, text = self.pairs[number], self.seen.text
        term = folded(content)
        framed = f" {term} "
        plainly = framed in self._plain
        found.add("marked_again", float(self._terms[term] > 1))
        found.add("plain_elsewhere", float(bool(term) and plainly))
        longer = self._all_credited.count(framed) > (framed in self._credited)
        found.add("said_elsewhere", float(bool(term) and longer))
        in_headline = self._headline and pair.content.end <= self._headline_end
        found.add("headline", float(in_headline))
        found.add(
            "headline_alone",
            float(in_headline and self._terms[term] < 2 and not longer and not plainly),
        )
        found.add("alone", float(self._line(pair.content)[1] == content.strip()))
        found.add("opens_sentence", float(text[sentence.start : pair.content.start].strip(f"{MARKS} ") == ""))


def lowered(text: str) -> str:
    """In lower case, character by character: the few that would become two stay as they are."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(one.lower() if len(one.lower()) == 1 else one for one in text)


def _without(text: str, pairs: Sequence[Pair]) -> str:
    """The text with what stands between marks left out."""
    kept, at = [], 0
    for pair in pairs:
        if pair.depth == 0 and pair.content.start >= at:
            kept.append(text[at : pair.content.start])
            at = pair.content.end
    return " ".join([*kept, text[at:]])
