"""Who says what: a parsed text with its marks, actors and mentions in; attributions and classed quotes out.

Which cue governs which marks is read from the grammar (cues, quotations); what marks are for is weighed (evidence,
kinds). Long quotations keep what their cue says of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc

from analysis.attribution import bands, blocks, cues, posts, quotations, turns
from analysis.attribution.blocks import Block
from analysis.attribution.evidence import Witness, loadedness
from analysis.attribution.kinds import Verdict, weigh
from analysis.attribution.misread import with_quoted
from analysis.attribution.posts import Post
from analysis.attribution.quotations import Credit
from analysis.attribution.saying import Saying
from analysis.attribution.speakers import Speakers
from analysis.attribution.spoken_of import with_spoken_of
from analysis.attribution.stretches import Around, Stretches
from analysis.attribution.turns import Turn
from analysis.language.columns import Columns, columns
from analysis.lexicon import frames
from analysis.marks import Pair
from analysis.model import Actor, Attribution, Mention, Quote, Span

FRAGMENT_WORDS = 5  # up to this many words the marks are weighed; the fragments the weights were fitted on end here
TITLE_WORDS = 15  # nothing longer is a title: a whole utterance of more words that a cue governs needs no weighing
LONG_WORDS = 9  # words in marks that nobody is credited with: too long for a name or a label
BEGINS_WITHIN = 30  # characters: room for a title and a name, of whom “he” who says it does not speak
MOSTLY = 0.8  # of what a clause holds, from which on it is the marks that say so
SPOKEN = 0.45  # from this probability of being somebody's words a cue is believed; chosen on fragments and PolNeAR dev
THINGS = frozenset({"it", "that", "this", "which"})  # as a subject: “if it continued to threaten” tells no thought
SURE = 0.8  # probability from which longer words that a cue governs are a title all the same
QUESTION = re.compile(r"(?:about|if|whether|wh\w+|how)\b", re.I)
MARKUP = re.compile(r"=\s*[\"“”'‘’]?$")  # an attribute of a page's markup: author="…"


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
    marked = Stretches(pairs)
    sayings = cues.find(doc, marked)
    credits = quotations.credit(doc, pairs, sayings)
    known, groups = bands.split(mentions)
    speakers = Speakers(text, actors, known)
    witness = Witness(doc, pairs, credits, sayings)
    attributions: list[Attribution] = []
    quotes: list[Quote] = []
    # In the order of the text, so that a pronoun finds the speaker before it.
    jobs: list[tuple[int, int, object]] = [(p.content.start, 0, i) for i, p in enumerate(pairs)]
    unmarked = _unmarked(seen, pairs, sayings, actors)
    jobs += [(one.content.start, -1, one) for one in unmarked]
    told = Around([one.whole for one in unmarked])  # who speaks there tells what others say
    governed: dict[Span, list[Span]] = defaultdict(list)
    for number, given in credits.items():
        if given.cue is not None and given.why == "before":
            governed[given.cue].append(pairs[number].content)
    sayings_ = (with_quoted(seen, s, governed[s.cue]) if s.cue in governed else s for s in sayings)
    jobs += [(s.cue.start, 1, s) for s in sayings_ if not told.of(s.cue)]
    reported = 0  # where the latest indirect speech ends
    for _, _, job in sorted(jobs, key=lambda j: j[:2]):
        if isinstance(job, Saying):
            found = _indirect(job, marked, speakers, nested=job.cue.start < reported)
            reported = max([reported, *(a.content.end for a in found if a.content.start > job.cue.start)])
            attributions += found
            continue
        if isinstance(job, Block | Post | Turn):
            attributions.append(_set_off(job, speakers))
            speakers.heard(attributions[-1])
            continue
        assert isinstance(job, int)
        quote, attribution = _decide(text, witness, job, speakers)
        quotes.append(quote)
        if attribution is not None:
            attributions.append(attribution)
            if not pairs[job].depth:
                speakers.heard(attribution)
    attributions = _outermost(attributions)
    quotes.sort(key=lambda q: (q.content.start, -q.content.end))
    attributions.sort(key=lambda a: (a.content.start, -a.content.end))
    everybody, spoken, same = bands.joined(text, speakers.actors, speakers.mentions, groups)
    heard = bands.renamed(attributions, same)
    return Said(everybody, with_spoken_of(text, everybody, spoken, heard), heard, bands.renamed(quotes, same))


def _unmarked(
    seen: Columns, pairs: Sequence[Pair], sayings: Sequence[Saying], actors: Sequence[Actor]
) -> Sequence[Block | Post | Turn]:
    """What is somebody's in no marks: the turns of a transcript; else posts, and what a colon leads to."""
    taken = turns.find(seen.text, actors)
    if taken:
        return taken
    written = list(posts.find(seen.text, pairs))
    around = Around([post.whole for post in written])
    led = (b for b in blocks.find(seen, pairs, sayings) if not around.of(Span(b.content.start, b.content.start + 1)))
    return [*written, *led]


def _indirect(saying: Saying, marked: Stretches, speakers: Speakers, *, nested: bool) -> list[Attribution]:
    """`nested`: in the reported words of another, whom a pronoun in the next sentence means all the same."""
    if not (saying.source or saying.hearsay) or marked.holding(saying.cue.start, saying.cue.end) is not None:
        return []
    if saying.source and saying.source.of(speakers.text).lower() in frames.lemmas("author"):
        return []  # the narrator says it
    # “Judge,” has two characters around what stands in its marks.
    contents = [c for c in saying.contents if marked.inside(c) < min(MOSTLY * len(c), len(c) - 2)]
    if not contents:
        return []
    source = saying.named or saying.source
    begins = Span(contents[0].start, min(contents[0].end, contents[0].start + BEGINS_WITHIN))
    speaker = (speakers.of(source, begins) or speakers.of(saying.owner)) if source else None
    found = [Attribution("indirect", c, saying.cue, saying.source, speaker, saying.stance) for c in contents]
    if not nested:
        speakers.heard(found[0])
    if saying.lemma == "ask" and QUESTION.match(contents[0].of(speakers.text)):
        speakers.asked(contents[0])
    return found


def _set_off(found: Block | Post | Turn, speakers: Speakers) -> Attribution:
    """Direct speech in no marks."""
    if isinstance(found, Block):
        saying = found.saying
        speaker = speakers.of(saying.named or saying.source)
        return Attribution("direct", found.content, saying.cue, saying.source, speaker, saying.stance)
    if isinstance(found, Post):
        return Attribution("direct", found.content, found.dash, found.name, speakers.of(found.name), "neutral")
    speaker = found.speaker or (speakers.labelled(found.label) if len(found.label) > 1 else None)  # not of Q and A
    return Attribution("direct", found.content, found.colon, found.label, speaker, "neutral")


def _outermost(attributions: Sequence[Attribution]) -> list[Attribution]:
    """Without speech inside speech: the writer has all of it from the outer speaker.

    Indirect speech goes where other indirect speech holds it, a quotation where another quotation does; the inner pair
    of marks keeps its own speaker among the quotes.
    """
    inner: set[int] = set()
    for indirect in (True, False):
        alike = [a for a in attributions if (a.kind == "indirect") == indirect]
        around = Around([a.content for a in alike])
        for a in alike:
            outer = (alike[number] for number in around.of(a.content))
            if any(
                (len(b.content) > len(a.content) or _said_twice(a, b)) and (not indirect or b.cue != a.cue)
                for b in outer
            ):
                inner.add(id(a))
    return [a for a in attributions if id(a) not in inner]


def _said_twice(a: Attribution, b: Attribution) -> bool:
    """The story goes on to say that …: two cues of one speaker lead to the same words; the later one is nearer."""
    both = a.kind == b.kind == "indirect" and a.speaker == b.speaker
    return both and a.cue is not None and b.cue is not None and b.cue > a.cue


def _decide(text: str, witness: Witness, number: int, speakers: Speakers) -> tuple[Quote, Attribution | None]:
    """Kind, distance and reason of a pair of marks; with its attribution where somebody is credited."""
    pair, given = witness.pairs[number], witness.credits.get(number)
    size = len(pair.content.of(text).split())
    judging = loadedness(pair.content.of(text))
    if not any(letter.isalnum() for letter in pair.content.of(text)):
        return Quote("other", pair.content, None, 0.0, judging, "There are no words between the marks."), None
    if MARKUP.search(text[max(0, pair.content.start - 3) : pair.content.start]):
        return Quote("other", pair.content, None, 0.0, judging, "The marks belong to the markup of a page."), None
    if given is not None and _is_plain_speech(pair.content.of(text).split(), given):
        return _said(text, pair, "direct", given, True, None, speakers)
    verdict = weigh(witness.of(number))
    kind = verdict.kind
    if size > FRAGMENT_WORDS and given is not None:
        # Longer words that a cue governs are somebody's, unless everything says that they are a title.
        titled = given.why != "goes on" and verdict.probability["mention"] >= SURE
        kind = "mention" if titled else "direct" if given.kind == "direct" else "partial"
    elif given is not None and given.why == "resumes":
        kind = "direct"
    elif given is not None and verdict.probability["direct"] + verdict.probability["partial"] >= SPOKEN:
        kind = "direct" if verdict.probability["direct"] > verdict.probability["partial"] else "partial"
    elif size >= LONG_WORDS and not (kind == "mention" and "title_case" in verdict.evidence.features):
        told = f"The marks hold {size} words, but nobody is credited with them."
        return Quote("other", pair.content, None, 0.2, judging, told), None
    if kind == "direct" or kind == "partial":
        return _said(text, pair, kind, given or _nearest(witness, number), given is not None, verdict, speakers)
    reasons = " and ".join(verdict.reasons(kind)) or "nothing near them shows whose words they are"
    if kind == "mention":
        told = f"The marks hold a name, a title or a word spoken about: {reasons}."
    elif given is None:
        told = f"In marks, nobody is credited with the words, and {reasons}."
    else:
        told = f"In marks, the writer keeps a distance from the words: {reasons}."
    return Quote(kind, pair.content, None, verdict.distance, judging, told), None


def _is_plain_speech(words: Sequence[str], given: Credit) -> bool:
    """A whole utterance of somebody, too long for a title or not capitalised as one: nothing is left to weigh."""
    if given.kind != "direct" or given.source is None or len(words) <= FRAGMENT_WORDS:
        return False
    capitals = sum(word[0].isupper() for word in words)
    return len(words) > TITLE_WORDS or given.why == "goes on" or 2 * capitals < len(words)


def _nearest(witness: Witness, number: int) -> Credit | None:
    """Whoever speaks in the sentence of marks without a cue of their own; who was quoted before it need not."""
    pair = witness.pairs[number]
    sentence = witness.sentence(pair.content)
    for saying in reversed(quotations.cued(witness.sayings, sentence)):
        thought = saying.mental and saying.source is not None and saying.source.of(witness.seen.text).lower() in THINGS
        if saying.source is None or thought or quotations.subordinate(witness.seen, saying):
            continue
        if not any(p.content.contains(saying.cue) for p in witness.pairs):
            return Credit("partial", saying.cue, saying.source, saying.stance, "near", saying.named)
    return None


def _cue_told(text: str, given: Credit) -> str:
    """What shows whose words they are, as a reader is told."""
    cue = given.cue.of(text) if given.cue else ""
    if cue == ":":
        return "a colon leads from the speaker to them"
    if any(letter.isalpha() for letter in cue):
        return f"the cue is ‘{cue}’"
    return "the speaker is named behind a dash" if cue else "the sentence before them is about the speaker"


def _said(
    text: str,
    pair: Pair,
    kind: Literal["direct", "partial"],
    given: Credit | None,
    governed: bool,
    verdict: Verdict | None,
    speakers: Speakers,
) -> tuple[Quote, Attribution | None]:
    """Somebody's words: whose, and how we know."""
    judging = loadedness(pair.content.of(text))
    distance = 0.0 if kind == "direct" or verdict is None else verdict.distance
    by = (given.named or given.source) if given else None
    speaker = (speakers.of(by, pair.content) or speakers.of(given.owner if given else None)) if by else None
    reasons = "they stand in a report of what was said"
    if verdict is not None and (by is None or not governed):
        reasons = " and ".join(verdict.reasons(kind)) or reasons
    if given is None or by is None:
        told = f"Somebody's words, but the sentence does not say whose: {reasons}."
        return Quote(kind, pair.content, None, distance, judging, told), None
    named, led = speakers.told(by, speaker), _cue_told(text, given)
    if not governed:
        told = f"Words put down to {named}, who speaks nearby: {reasons}."
    elif kind == "partial":
        told = f"A fragment of the words of {named}, built into the writer's sentence; {led}."
    elif given.why == "follows":
        told = f"A quotation that stands alone, after a sentence about {named}."
    elif given.why == "goes on":
        told = f"The words go on from a quotation of {named}; {led}."
    else:
        told = f"The marks hold a whole utterance of {named}; {led}."
    said = Attribution(kind, pair.content, given.cue, given.source, speaker, given.stance)
    return Quote(kind, pair.content, speaker, distance, judging, told), said
