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
from dataclasses import dataclass, field
from functools import cache, lru_cache

from analysis.attribution.cues import Saying
from analysis.attribution.quotations import Credit, is_utterance
from analysis.language.columns import Columns
from analysis.lexicon import frames, overrides, rows
from analysis.lexicon.matching import Matcher, build, folded, words
from analysis.marks import Pair
from analysis.model import Span

CONTEXT = 80  # characters on either side that the patterns see; evidence further off stands in another clause
SIDES = ("before", "inside", "after", "sentence")
MARKS = "“”\"‘’'«»„‚‹›`"
MINOR = frozenset(
    re.findall(r"\S+", "a an the of in on at to for and or from with by de la le el und y & is vs but as")
)
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
SPEAKER_INSIDE = frozenset(re.findall(r"\w+", "i me my mine we us our ours you your yours"))
PLAIN_CUES = frozenset(re.findall(r"\w+", "say tell add write tweet reply announce declare state ask note argue"))
DISTANCING = frozenset({"so-called", "alleged", "supposed", "purported", "self-styled"})
DOUBT_WORDS = 5  # words before the marks in which one of them is still about the words inside
HEADLINE_WORDS = 20  # a first paragraph this short that ends without a full stop is a headline
ROLES = {
    "nsubj": "subject", "nsubj:pass": "subject", "nsubj:outer": "subject", "obj": "object", "iobj": "object",
    "obl": "oblique", "nmod": "oblique", "obl:agent": "oblique", "amod": "modifier", "compound": "modifier",
    "nmod:poss": "modifier", "nummod": "modifier", "det": "modifier", "appos": "apposition", "conj": "joined",
    "xcomp": "complement", "ccomp": "clause", "advcl": "clause", "acl": "clause", "acl:relcl": "clause",
    "parataxis": "clause", "advmod": "adverbial", "root": "main", "ROOT": "main",
}  # fmt: skip
SHAPES = {"NOUN": "noun", "PROPN": "proper_noun", "ADJ": "adjective", "VERB": "verb", "AUX": "verb", "ADV": "adverb"}


@dataclass(slots=True)
class Evidence:
    """Features of one pair: how much of each there is, and the words that show it."""

    features: dict[str, float] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)

    def add(self, feature: str, value: float = 1.0, shown: str = "") -> None:
        if value:
            self.features[feature] = value
            if shown:
                self.shown[feature] = shown


@dataclass(frozen=True, slots=True)
class Pattern:
    """One row of mark_patterns.tsv."""

    feature: str
    side: str
    pattern: re.Pattern[str]


@cache
def patterns() -> tuple[Pattern, ...]:
    """The rows of mark_patterns.tsv."""
    return tuple(
        Pattern(
            row["feature"],
            rows.choice(row["side"], SIDES, row["feature"]),
            re.compile(row["pattern"] if row["case"] == "yes" else f"(?i:{row['pattern']})"),
        )
        for row in rows.read("mark_patterns.tsv", ("feature", "side", "case", "pattern"))
    )


@overrides.per_lexicon
def _judging() -> Matcher[float]:
    return build((t.term, t.pos, t.weight) for t in overrides.terms() if t.sense == "usual")


def loadedness(content: str) -> float:
    """How judging the words are, 0..1: the heaviest loaded term in them."""
    return _loadedness(overrides.current().key, content)


@lru_cache(maxsize=1024)  # asked several times of one pair of marks, and of what stands between two
def _loadedness(lexicon: str, content: str) -> float:
    found = _judging().find(words(content), content)
    return max((match.entry for match in found), default=0.0)


class Witness:
    """Gathers the evidence for every pair of one text; what all pairs share is looked up once."""

    def __init__(
        self, seen: Columns, pairs: Sequence[Pair], credits: Mapping[int, Credit], sayings: Sequence[Saying]
    ) -> None:
        self.seen, self.pairs, self.sayings = seen, pairs, sayings
        # Straight after ‘so-called’ or ‘alleged’ the marks keep a distance, whoever else speaks in the sentence.
        self.credits = {
            i: given for i, given in credits.items() if given.kind != "partial" or not self._doubted(pairs[i].content)
        }
        self._by_cue = {s.cue: s for s in sayings}
        self._sentences = seen.sentence_chars()
        self._starts = [start for start, _ in self._sentences]
        self._breaks = [m.start() for m in re.finditer(r"\n", seen.text)]
        self._terms = Counter(folded(p.content.of(seen.text)) for p in pairs)
        self._credited = [folded(pairs[i].content.of(seen.text)) for i in credits]
        self._plain = folded(_without(seen.text, pairs))
        first = seen.text.strip().split("\n", 1)[0]
        self._headline = (
            len(first.split()) <= HEADLINE_WORDS
            and first.rstrip(MARKS)[-1:] not in ".!?"
            and len(seen.text.strip()) > 2 * len(first)
        )
        self._headline_end = seen.text.find(first) + len(first)

    def of(self, number: int) -> Evidence:
        """The evidence for the pair with this number."""
        pair, text = self.pairs[number], self.seen.text
        found = Evidence()
        sentence = self.sentence(pair.content)
        opening = max(pair.content.start - len(pair.opening), 0)
        before = text[sentence.start : opening]
        after = text[pair.content.end : sentence.end].lstrip(MARKS)
        content = pair.content.of(text)
        self._patterns(found, before, content, after)
        self._credit(found, number, sentence)
        self._grammar(found, pair)
        _case(found, content, before, after)
        self._article(found, number, sentence, content)
        found.add("loaded", loadedness(content))
        _together(found)
        found.add("loaded_around", min(loadedness(before) + loadedness(after), 1.0))
        return found

    def _doubted(self, content: Span) -> bool:
        before = self.seen.text[max(0, content.start - CONTEXT) : content.start].lower()
        words_before = re.split(r"[.!?]\s", before.replace("so called", "so-called"))[-1].split()[-DOUBT_WORDS:]
        return any(word.strip(",") in DISTANCING for word in words_before)

    def sentence(self, content: Span) -> Span:
        """The sentences that hold the marks and their content, within their paragraph."""
        text = self.seen.text
        if not self._sentences:
            return Span(0, len(text))
        first = max(bisect_right(self._starts, max(content.start - 1, 0)) - 1, 0)
        last = max(bisect_right(self._starts, max(content.end - 1, content.start)) - 1, first)
        start, end = self._sentences[first][0], max(self._sentences[last][1], content.end + 1)
        line = bisect_left(self._breaks, content.start)
        if line and self._breaks[line - 1] >= start:
            start = self._breaks[line - 1] + 1
        return Span(min(start, content.start), min(end, len(text)))

    def _patterns(self, found: Evidence, before: str, content: str, after: str) -> None:
        places = {
            "before": before[-CONTEXT:],
            "inside": content.strip(" ,.;"),
            "after": after[:CONTEXT],
            "sentence": f"{before} … {after}",
        }
        for one in patterns():
            match = one.pattern.search(places[one.side])
            if match:
                words_shown = next((g for g in match.groups() if g), match.group())
                found.add(one.feature, 1.0, " ".join(words_shown.split()).strip(" ,“\"‘'"))

    def _credit(self, found: Evidence, number: int, sentence: Span) -> None:
        pair, text = self.pairs[number], self.seen.text
        given = self.credits.get(number)
        found.add("nested", float(pair.depth > 0))
        near = [s for s in self.sayings if sentence.contains(s.cue) and not pair.content.contains(s.cue)]
        if given is None:
            found.add("uncredited")
            found.add("cue_near", float(any(s.source is not None for s in near)), near[0].cue.of(text) if near else "")
        else:
            name = given.source.of(text) if given.source else "somebody"
            found.add("credited", 1.0, name)
            found.add(f"credited_{given.kind}", 1.0, name)
            found.add(f"credited_{given.why.replace(' ', '_')}", 1.0, name)
            found.add(f"stance_{given.stance}", float(given.stance != "neutral"))
            if given.cue is not None:
                self._cue(found, pair, given, given.cue)
        paragraph = self.paragraph(pair.content)
        others = [i for i in self.credits if i != number and paragraph.contains(self.pairs[i].content)]
        beside = [i for i in others if sentence.overlaps(self.pairs[i].content)]
        found.add("speaker_beside", float(bool(beside)))
        found.add("speaker_near", float(bool(others) and not beside))
        found.add("utterance", float(is_utterance(text, pair)))

    def _cue(self, found: Evidence, pair: Pair, given: Credit, cue: Span) -> None:
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
            self._path(found, pair, saying.token)

    def _path(self, found: Evidence, pair: Pair, cue: int) -> None:
        """How the grammar leads from the words in marks up to the cue."""
        deps, heads = self.seen.deps, self.seen.heads
        at = self._head(pair)
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

    def _head(self, pair: Pair) -> int:
        """The word in marks that the others hang on; the first word after the mark where there is none."""
        seen = self.seen
        first = bisect_left(seen.starts, pair.content.start)
        last = max(bisect_left(seen.starts, pair.content.end), first + 1)
        inside = [i for i in range(first, min(last, len(seen))) if not seen.space[i] and not seen.punct[i]]
        heads = [i for i in inside if not first <= seen.heads[i] < last or seen.heads[i] == i]
        return heads[0] if heads else min(first, len(seen) - 1)

    def paragraph(self, content: Span) -> Span:
        """The line of text that holds the marks."""
        line = bisect_left(self._breaks, content.start)
        start = self._breaks[line - 1] + 1 if line else 0
        end_line = bisect_left(self._breaks, content.end)
        end = self._breaks[end_line] if end_line < len(self._breaks) else len(self.seen.text)
        return Span(min(start, content.start), max(end, content.end))

    def _grammar(self, found: Evidence, pair: Pair) -> None:
        seen = self.seen
        first = bisect_left(seen.starts, pair.content.start)
        last = bisect_left(seen.starts, pair.content.end)
        inside = [i for i in range(first, last) if not seen.space[i] and not seen.punct[i]]
        if not inside:
            return
        heads = [i for i in inside if not first <= seen.heads[i] < last or seen.heads[i] == i]
        head = self._head(pair)
        role = ROLES.get(seen.deps[head], "other")
        if role == "modifier" and seen.heads[head] < head:
            role = "other"
        if any(
            seen.deps[i] == "cop" and seen.heads[i] == head and not first <= i < last
            for i in range(max(0, head - 12), head)
        ):
            role = "predicate"
        found.add(f"role_{role}")
        found.add(f"shape_{SHAPES.get(seen.pos[head], 'other')}")
        found.add("split_phrase", float(len(heads) > 1))
        found.add("verb_inside", float(any(seen.tags[i] in FINITE for i in inside)))
        found.add(
            "clause_inside",
            float(any(seen.deps[i].startswith("nsubj") and first <= seen.heads[i] < last for i in inside)),
        )
        found.add("verb_bare", float(seen.tags[inside[0]] in {"VB", "VBG", "VBN"} and len(inside) > 1))
        found.add("speaker_inside", float(any(seen.lower[i] in SPEAKER_INSIDE for i in inside)))
        found.add("determiner_inside", float(seen.pos[inside[0]] == "DET" and len(inside) > 1))
        found.add("named_entity", float(any(seen.entities[i] for i in inside)))
        size = len(words(pair.content.of(seen.text)))
        found.add(f"words_{min(size, 4)}")
        found.add("length", math.log(max(size, 1)))
        found.add("longer", max(0.0, math.log(max(size, 1) / 5)))

    def _article(self, found: Evidence, number: int, sentence: Span, content: str) -> None:
        pair, text = self.pairs[number], self.seen.text
        term = folded(content)
        found.add("marked_again", float(self._terms[term] > 1))
        found.add("plain_elsewhere", float(bool(term) and f" {term} " in self._plain))
        longer = any(f" {term} " in f" {other} " and other != term for other in self._credited)
        found.add("said_elsewhere", float(bool(term) and longer))
        in_headline = self._headline and pair.content.end <= self._headline_end
        found.add("headline", float(in_headline))
        found.add(
            "headline_alone",
            float(in_headline and self._terms[term] < 2 and not longer and f" {term} " not in self._plain),
        )
        alone = self.paragraph(pair.content).of(text).strip().strip(MARKS).strip() == content.strip()
        found.add("alone", float(alone))
        found.add("opens_sentence", float(text[sentence.start : pair.content.start].strip(f"{MARKS} ") == ""))


# Two features that say more together than apart.
TOGETHER = (
    ("broadcast", "title_case"), ("work", "title_case"), ("role_oblique", "title_case"), ("thing_after", "uncredited"),
    ("noun_after", "role_modifier"), ("definite", "noun_after"), ("noun_after", "words_1"),
    ("lower_case", "uncredited"),
    ("theirs", "uncredited"), ("genitive", "uncredited"), ("demand", "uncredited"), ("promise", "uncredited"),
    ("words_1", "uncredited"), ("copula", "uncredited"), ("verb_inside", "uncredited"),
    ("not_governed", "noun_after"),
    ("named", "title_case"), ("loaded", "uncredited"), ("speaker_beside", "uncredited"), ("degree", "uncredited"),
    ("indefinite", "uncredited"), ("definite", "uncredited"), ("hyphened", "noun_after"),
    ("one_capital", "uncredited"),
    ("word", "uncredited"), ("slogan", "uncredited"), ("means", "uncredited"), ("named", "uncredited"),
    ("work", "uncredited"), ("doubted_next", "uncredited"), ("promise", "word"),
)  # fmt: skip


def _together(found: Evidence) -> None:
    for first, second in TOGETHER:
        both = found.features.get(first, 0.0) * found.features.get(second, 0.0)
        found.add(f"{first}+{second}", both, found.shown.get(first, ""))


def _case(found: Evidence, content: str, before: str, after: str) -> None:
    parts = re.findall(r"[^\W_][\w’'.&-]*", content)
    if not parts:
        return
    major = [w for w in parts if w.lower() not in MINOR] or parts
    around = [w for w in re.findall(r"[A-Za-z][\w’'-]*", f"{before} {after}") if w.lower() not in MINOR]
    # In a headline set in capitals, capitals say nothing about the words in marks.
    shouting = len(around) >= 4 and sum(w[0].isupper() for w in around) >= 0.75 * len(around)
    capitals = all(w[0].isupper() or w[0].isdigit() for w in major)
    if shouting:
        found.add("capital_headline")
    elif capitals and len(parts) > 1:
        found.add("title_case")
        found.add("title_case_long", float(len(parts) > 2))
    elif capitals and not content.isupper():
        found.add("one_capital", float(parts[0][0].isupper()))
    found.add("all_capitals", float(content.isupper() and len(content) > 2 and not shouting))
    found.add("lower_case", float(not any(w[0].isupper() for w in parts)))
    found.add("sentence_case", float(parts[0][0].isupper() and len(major) > 1 and not capitals))
    found.add("inner_capital", float(not parts[0][0].isupper() and any(w[0].isupper() for w in parts[1:])))
    found.add("ends_stop", float(content.rstrip()[-1] == "."))
    found.add("ends_comma", float(content.rstrip()[-1] == ","))


def _without(text: str, pairs: Sequence[Pair]) -> str:
    """The text with what stands between marks left out."""
    kept, at = [], 0
    for pair in pairs:
        if pair.depth == 0 and pair.content.start >= at:
            kept.append(text[at : pair.content.start])
            at = pair.content.end
    return " ".join([*kept, text[at:]])
