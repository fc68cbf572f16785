"""Who says what: a parsed text with its marks, actors and mentions in; attributions and classed quotes out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from analysis.attribution import cues, loose, quotations
from analysis.attribution.quotations import Credit
from analysis.attribution.speakers import Speakers
from analysis.language.columns import columns
from analysis.marks import Pair
from analysis.model import Actor, Attribution, Mention, Quote, Span

DOUBTED = 0.5  # distance of a fragment that a doubting cue brings in: he claimed it was “safe”
FRAGMENT = 0.2  # distance of a fragment credited in plain words
DISTANCING = frozenset({"so-called", "alleged", "supposed", "purported", "self-styled"})


@dataclass(frozen=True, slots=True)
class Said:
    """What the stage found; actors and mentions with the unnamed speakers added."""

    actors: tuple[Actor, ...]
    mentions: tuple[Mention, ...]
    attributions: tuple[Attribution, ...]
    quotes: tuple[Quote, ...]


def find(doc: Doc, pairs: Sequence[Pair], actors: Sequence[Actor], mentions: Sequence[Mention]) -> Said:
    """Attribute direct, partial and indirect speech (Pareti 2016), and class every pair of marks."""
    seen = columns(doc)
    text = seen.text
    marked = [p.content for p in pairs if p.depth == 0]
    sayings = cues.find(doc, marked)
    credits = quotations.credit(doc, pairs, sayings)
    speakers = Speakers(text, actors, mentions)
    sentences = seen.sentence_chars()
    attributions: list[Attribution] = []
    quotes: list[Quote] = []
    # In the order of the text, so that a pronoun finds the speaker before it.
    jobs: list[tuple[int, int, object]] = [(p.content.start, 0, i) for i, p in enumerate(pairs)]
    jobs += [(s.cue.start, 1, s) for s in sayings]
    for _, _, job in sorted(jobs, key=lambda j: j[:2]):
        if isinstance(job, cues.Saying):
            attributions += _indirect(job, marked, speakers)
            continue
        assert isinstance(job, int)
        pair, given = pairs[job], credits.get(job)
        sentence = _sentence_of(sentences, pair.content)
        if given is not None and (
            (given.kind == "partial" and _distanced(text, pair, sentence))
            or (given.why != "goes on" and loose.names_something(text, pair, sentence))
        ):
            given = None
        if given is None:
            kind, distance, reason = loose.classify(text, pair, sentence)
            quotes.append(Quote(kind, pair.content, None, distance, loose.loadedness(pair.content.of(text)), reason))
            continue
        quote, attribution = _credited(text, pair, given, speakers)
        quotes.append(quote)
        attributions.append(attribution)
        speakers.heard(attribution)
    attributions = _outermost(attributions)
    quotes.sort(key=lambda q: (q.content.start, -q.content.end))
    attributions.sort(key=lambda a: (a.content.start, -a.content.end))
    spoken = tuple(sorted(speakers.mentions, key=lambda m: m.span))
    return Said(tuple(speakers.actors), spoken, tuple(attributions), tuple(quotes))


def _indirect(saying: cues.Saying, marked: Sequence[Span], speakers: Speakers) -> list[Attribution]:
    if saying.source is None or any(m.contains(saying.cue) for m in marked):
        return []
    contents = [c for c in saying.contents if not _mostly_marked(c, marked)]
    if not contents:
        return []
    speaker = speakers.of(saying.named or saying.source)
    found = [Attribution("indirect", c, saying.cue, saying.source, speaker, saying.stance) for c in contents]
    speakers.heard(found[0])
    return found


def _outermost(attributions: Sequence[Attribution]) -> list[Attribution]:
    """Without indirect speech inside other indirect speech: the writer has all of it from the outer speaker."""
    indirect = [a for a in attributions if a.kind == "indirect"]
    return [
        a
        for a in attributions
        if a.kind != "indirect"
        or not any(
            b.content.contains(a.content) and len(b.content) > len(a.content) and b.cue != a.cue for b in indirect
        )
    ]


def _mostly_marked(content: Span, marked: Sequence[Span]) -> bool:
    inside = sum(max(0, min(content.end, m.end) - max(content.start, m.start)) for m in marked)
    return inside >= 0.8 * len(content)


def _credited(text: str, pair: Pair, given: Credit, speakers: Speakers) -> tuple[Quote, Attribution]:
    kind = "direct" if given.kind == "direct" else "partial"
    speaker = speakers.of(given.named or given.source)
    judging = loose.loadedness(pair.content.of(text))
    cue = given.cue.of(text) if given.cue else ""
    by = given.named or given.source
    named = by.of(text) if by else "somebody"
    if kind == "direct":
        distance = 0.0
        how = "The words go on from a quotation of" if given.why == "goes on" else "The marks hold a whole utterance of"
        reason = f"{how} {named}; the cue is ‘{cue}’."
    else:
        distance = DOUBTED if given.stance == "doubting" else FRAGMENT
        distance = min(1.0, distance + 0.2 * (judging > 0))
        reason = f"A fragment of the words of {named}, built into the writer's sentence; the cue is ‘{cue}’."
    quote = Quote("direct" if kind == "direct" else "partial", pair.content, speaker, distance, judging, reason)
    said = Attribution(
        "direct" if kind == "direct" else "partial", pair.content, given.cue, given.source, speaker, given.stance
    )
    return quote, said


def _distanced(text: str, pair: Pair, sentence: tuple[int, int]) -> bool:
    """Straight after ‘so-called’ or ‘alleged’ the marks keep a distance, whoever else speaks in the sentence."""
    before = text[sentence[0] : pair.content.start].lower().replace("so called", "so-called").split()[-5:]
    return any(word.strip(",") in DISTANCING for word in before)


def _sentence_of(sentences: Sequence[tuple[int, int]], content: Span) -> tuple[int, int]:
    """Bounds of the sentences that hold the marks and their content."""
    if not sentences:
        return (0, content.end + 1)
    starts = [s for s, _ in sentences]
    first = max(bisect_right(starts, max(content.start - 1, 0)) - 1, 0)
    last = max(bisect_right(starts, max(content.end - 1, content.start)) - 1, first)
    return (sentences[first][0], max(sentences[last][1], content.end + 1))
