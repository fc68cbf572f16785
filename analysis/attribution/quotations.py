"""Which cue governs which pair of marks: pairs and sayings in, each pair with its cue, source and kind out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from spacy.tokens import Doc

from analysis.actors.registry import registry
from analysis.attribution.phrases import PROPER, chars, has, phrase
from analysis.attribution.saying import Saying
from analysis.attribution.stretches import Around
from analysis.attribution.subjects import cited, subject
from analysis.attribution.surroundings import Frame, frames_of, inner_frame
from analysis.language.columns import Columns, columns
from analysis.lexicon.frames import lemmas
from analysis.marks import Pair
from analysis.model import Span, Stance

AFTER_WINDOW = 30  # tokens after the closing marks in which a cue may stand: “…,” the minister, wearing …, said
RESUMES_WITHIN = 10  # words beside the cue: “No,” Renn said when asked whether it was safe, “but it will be.”
UTTERANCE_WORDS = 4  # a stretch this long that begins with a capital and ends in a stop is a whole utterance
ENDS_UTTERANCE = tuple(".!?…")
BELOW = frozenset({"acl", "acl:relcl", "ccomp", "advcl"})
NOBODY = frozenset({"it", "this", "that", "there", "these", "those", "here", "which", "what"})
SENTENCE_END = frozenset(".!?")
SIGNED = re.compile(r"[”\"’'»]?\s*[―—–]\s*(?P<name>[A-Z][\w.’'-]+(?:[^\S\n]+[A-Z&][\w.’'-]*){0,4})\s*(?=\n|$|[“\".,])")
CLOSED_COMMA = re.compile(r"\s?[^\w\s],")  # « Nous verrons », said she: French sets a blank inside its marks
ANYBODY = re.compile(r"\b(?:some|any|no|every)(?:one|body)\b", re.I)
PERSONAL = re.compile(
    r"^(?:i|we|you|he|she|it|they|this|that|there|what|who|why|how|let|don.t|no|yes|never|not)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Credit:
    """Who is credited with a pair of marks. `why` names the evidence in a few plain words; `named` as in `Saying`."""

    kind: str  # direct | partial
    cue: Span | None
    source: Span | None
    stance: Stance
    why: str
    named: Span | None = None
    owner: Span | None = None


def credit(doc: Doc, pairs: Sequence[Pair], sayings: Sequence[Saying]) -> dict[int, Credit]:
    """Index in `pairs` to its credit; a pair that nobody is credited with is missing."""
    seen = columns(doc)
    text = seen.text
    found: dict[int, Credit] = {}
    outer = [i for i, p in enumerate(pairs) if p.depth == 0]
    frames = frames_of(text, pairs, outer)
    starts = [pairs[i].content.start for i in outer]  # outer pairs do not overlap, and stand in order
    outside = Heard(
        [
            s
            for s in sayings
            if not (n := bisect_right(starts, s.cue.start)) or not pairs[outer[n - 1]].content.contains(s.cue)
        ]
    )
    for i in outer:
        got = _governed(seen, pairs[i], frames[i], outside) or _signed(text, pairs[i]) or _introduced(seen, pairs[i])
        if got is not None:
            found[i] = got
    _carry(seen, pairs, outer, frames, outside.sayings, found)
    for i, pair in enumerate(pairs):
        if pair.depth:
            around = pairs[outer[bisect_right(starts, pair.content.start) - 1]]
            inner = Heard(cued(sayings, around.content))
            got = _governed(seen, pair, inner_frame(text, pair, around), inner)
            if got is not None:
                found[i] = got
    return found


def is_utterance(text: str, pair: Pair) -> bool:
    """Whether the marks hold a whole utterance rather than a fragment built into the writer's sentence."""
    words = pair.content.of(text)
    stripped = words.rstrip("…\"'”’»")
    ends = bool(stripped) and (stripped[-1] in ".!?," or pair.reopened)
    begins = words[:1].isupper() or words[:1] in "…([$0123456789" or bool(PERSONAL.match(words) and words[:1].isupper())
    return begins and (ends or len(words.split()) >= UTTERANCE_WORDS)


class Heard:
    """Sayings in the order of their cues, to be asked which of them hold a stretch of the text in what was said."""

    def __init__(self, sayings: Sequence[Saying]) -> None:
        self.sayings = sayings
        self._numbers = [number for number, s in enumerate(sayings) for _ in s.contents]
        self._contents = Around([content for s in sayings for content in s.contents])

    def holding(self, span: Span) -> Iterator[Saying]:
        """Those that do and have a source, in their order."""
        for number in sorted({self._numbers[place] for place in self._contents.of(span)}):
            if self.sayings[number].source is not None:
                yield self.sayings[number]


def _governed(seen: Columns, pair: Pair, frame: Frame, heard: Heard) -> Credit | None:
    text = seen.text
    content = pair.content
    whole = is_utterance(text, pair)
    kind = "direct" if whole else "partial"
    after = _spoken(cued(heard.sayings, frame.after), content, whole)
    before = _spoken(cued(heard.sayings, frame.before), content, whole)
    lead = frame.before.of(text).rstrip("“\"‘'«„ \n")
    ends_in_comma = (
        content.of(text).rstrip("\"'”’").endswith((",", "?", "!", "—", "–", "…"))
        or CLOSED_COMMA.match(text, content.end) is not None
    )

    # “…,” X said.
    if after and (ends_in_comma or (whole and not lead.endswith(":"))):
        near = _adjacent(seen, content.end, after, marks_end=True)
        if near is not None and near.source is not None:
            earlier = before[-1] if before else _earlier(seen, near, content, heard)
            relays = earlier is not None and earlier.source is not None and near.lemma in lemmas("relaying")
            opens = relays or (earlier is not None and _opens_another(seen, near, content))
            if not opens and not (before and _led(text, before, content)):
                return _by(near, kind if not lead or whole else "partial", "after")
            if earlier is not None and not before and not whole:
                return _by(earlier, "partial", "inside")
    # X said: “…”  /  X said, “…”  /  X said “…”
    if before:
        last = _outermost(next((s for s in reversed(before) if not s.fact_finding), before[-1]), heard)
        between = text[last.cue.end : content.start]
        if last.lemma == ":" and last.source is not None and not re.search(r"\w", between):
            return _by(last, kind, "before")
        if last.source is not None and last.lemma != ":":
            bare = re.sub(r"[\s“\"‘'«„,:]", "", between)
            if lead.endswith((":", ",")) or not bare:
                return _by(last, "direct" if whole or lead.endswith(":") else "partial", "before")
            if not last.fact_finding or len(content.of(text).split()) >= UTTERANCE_WORDS:
                return _by(last, "direct" if whole and lead.endswith(("that", "and")) else "partial", "before")
    # The indirect speech of a cue holds the marks: it was “a disgrace” that …, he said
    for saying in heard.holding(content):
        if not saying.fact_finding or len(content.of(text).split()) >= UTTERANCE_WORDS:
            return _by(_outermost(saying, heard), "partial", "inside")
    if after:
        near = _adjacent(seen, content.end, after, marks_end=False)
        if near is not None and near.source is not None and not near.fact_finding and not subordinate(seen, near):
            return _by(near, kind if not lead else "partial", "after")
    return None


def _earlier(seen: Columns, near: Saying, content: Span, heard: Heard) -> Saying | None:
    """Called it a “gift” to “thieves,” and Vuk warned that …: whose words in marks are but for the later cue."""
    around = next((s for s in heard.holding(content) if s is not near), None)
    first = seen.starts[seen.bounds[seen.sents[seen.at(content.start)]][0]]
    before = (s for s in reversed(cued(heard.sayings, Span(first, content.start))) if s.source is not None)
    return around or next((s for s in before if not s.mental), None)


def subordinate(seen: Columns, saying: Saying) -> bool:
    """“…” in a talk published on Monday, “…” that nobody had told them: a clause that only describes brings none."""
    cue = saying.token
    clause = seen.deps[cue] in BELOW and seen.tags[cue] != "VBG"
    return clause and (seen.tags[cue] == "VBN" or has(seen, cue, ("mark",)))


def cued(sayings: Sequence[Saying], place: Span) -> Sequence[Saying]:
    """The sayings, which stand in the order of their cues, with their cue in a place."""
    first = bisect_left(sayings, place.start, key=attrgetter("cue.start"))
    last = bisect_left(sayings, place.end, key=attrgetter("cue.start"))
    return [s for s in sayings[first:last] if s.cue.end <= place.end]


def _spoken(sayings: Sequence[Saying], content: Span, whole: bool) -> list[Saying]:
    """What somebody thinks or wants brings words in marks only where the grammar puts them into the thought."""
    return [s for s in sayings if not s.mental or whole or any(c.contains(content) for c in s.contents)]


def _opens_another(seen: Columns, after: Saying, content: Span) -> bool:
    """X said it was “over,” adding that …: a cue behind the marks that leads to words of its own, as participles do."""
    return seen.tags[after.token] == "VBG" or any(
        c.start > after.cue.end and c.start > content.end for c in after.contents
    )


def _led(text: str, before: Sequence[Saying], content: Span) -> bool:
    """Renn waved and said, “Come in!” Vuk laughed: a cue right before the marks that a comma or a colon parts."""
    parted = re.fullmatch(r"\s*[,:]\s*[“\"‘'«„]*", text[before[-1].cue.end : content.start])
    return parted is not None and before[-1].source is not None and not content.of(text).endswith((",", "—"))


def _by(saying: Saying, kind: str, why: str) -> Credit:
    return Credit(kind, saying.cue, saying.source, saying.stance, why, saying.named, saying.owner)


def _signed(text: str, pair: Pair) -> Credit | None:
    """“They are not listening.” — Ines Carvalho, as letters and vox pops are set."""
    signed = SIGNED.match(text, pair.content.end) if is_utterance(text, pair) else None
    if signed is None:
        return None
    dash = re.search(r"[―—–]", signed.group())
    cue = None if dash is None else Span(signed.start() + dash.start(), signed.start() + dash.end())
    return Credit("direct", cue, Span(signed.start("name"), signed.end("name")), "neutral", "signed")


def _introduced(seen: Columns, pair: Pair) -> Credit | None:
    """The vote surprised pollster Ada Renn: “…” / The board issued this statement:¶ “…”: the name before the colon, or
    whoever the sentence is about."""
    if not is_utterance(seen.text, pair):
        return None
    at = _last_before(seen.text, pair)
    if at < 1 or seen.text[at] != ":":
        return None
    colon = seen.at(at)
    if colon == 0:
        return None
    last, root = colon - 1, seen.root(colon)
    head: int | None = None
    if seen.tags[last] in PROPER and seen.entities[last] != "LOC":
        while seen.deps[last] in {"flat", "compound", "appos"} and seen.heads[last] < last:
            last = seen.heads[last]
        head = last
    elif root < colon:
        head = subject(seen, root, surface=True)
    if head is None or seen.pos[head] not in {"NOUN", "PROPN", "PRON"} or seen.lower[head] in NOBODY:
        return None
    return Credit("direct", Span(at, at + 1), chars(seen, *phrase(seen, head)), "neutral", "before")


def _last_before(text: str, pair: Pair) -> int:
    """The last character before a pair that is neither blank nor a mark; -1 where there is none."""
    at = pair.content.start - 1
    while at >= 0 and text[at] in "“\"‘'«„ \n\t":
        at -= 1
    return at


def _outermost(saying: Saying, heard: Heard) -> Saying:
    """She says that he called it “fake”: the writer has it from her, who reports him; not: …, the Echo reports."""
    outer = (s for s in heard.holding(saying.cue) if not s.fact_finding and s.token != saying.token)
    return next((s for s in outer if s.cue < saying.cue or s.lemma not in lemmas("relaying")), saying)


def _adjacent(seen: Columns, end: int, after: Sequence[Saying], *, marks_end: bool) -> Saying | None:
    """The first cue after the marks, if only its own source and their description stand between."""
    text = seen.text
    first = bisect_left(seen.starts, end)
    for saying in after:
        if saying.token - first > AFTER_WINDOW:
            return None
        if saying.source is None:
            continue
        between = text[end : min(saying.cue.start, saying.source.start)]
        bare = re.sub(r"[\W_]+", " ", between).strip()
        if marks_end and bare.lower() not in {"", "and", "as", "then", "so", "but"}:
            return None
        return next((s for s in after if _cites(seen, saying, s)), saying)
    return None


def _cites(seen: Columns, saying: Saying, official: Saying) -> bool:
    """The Echo quoted Ada Renn as saying: the words are hers."""
    hers = seen.heads[official.token] == saying.token and official.source is not None
    return hers and cited(seen, official.token) is not None


def _carry(
    seen: Columns,
    pairs: Sequence[Pair],
    outer: Sequence[int],
    frames: dict[int, Frame],
    sayings: Sequence[Saying],
    found: dict[int, Credit],
) -> None:
    """Give a quotation without a cue of its own the speaker of its neighbour: broken in two, re-opened, or going on."""
    text = seen.text
    for n in range(len(outer) - 2, -1, -1):  # re-opened paragraphs learn their speaker from the last one, too
        i, following = outer[n], outer[n + 1]
        if pairs[i].reopened and i not in found and following in found:
            found[i] = replace(found[following], kind="direct", why="goes on")
    for n, i in enumerate(outer):
        if i in found:
            if n and _broken_in_two(text, pairs[outer[n - 1]], pairs[i], found.get(outer[n - 1]), found[i]):
                found[i] = replace(found[i], kind="direct", why="resumes")
            continue
        if n and outer[n - 1] in found:
            previous = outer[n - 1]
            gap = Span(pairs[previous].content.end, pairs[i].content.start)
            credit_before = found[previous]
            if pairs[previous].reopened:
                found[i] = replace(credit_before, kind="direct", why="goes on")
                continue
            same_paragraph = frames[previous].paragraph == frames[i].paragraph
            between = _words_between(text, gap, credit_before)
            whole = is_utterance(text, pairs[i])
            parted = text[gap.start : gap.end].rstrip("“\"‘'«„ ").endswith((",", "—", "–"))
            resumes = parted and between <= RESUMES_WITHIN
            if same_paragraph and (resumes or (whole and between <= 12)):
                found[i] = replace(credit_before, kind="direct", why="goes on")
                continue
            led = credit_before.cue is not None and credit_before.cue.end <= pairs[previous].content.start
            if same_paragraph and not whole and led and not _ends_sentence(text, gap):
                found[i] = replace(credit_before, kind="partial")
                continue
            opens_another = whole and not same_paragraph and "\n" in gap.of(text) and between <= 12
            if opens_another and _alone(text, pairs[i], frames[i]):
                found[i] = replace(credit_before, kind="direct", why="goes on")
                continue
        about = _about_one(seen, pairs[i], frames[i], sayings)
        if about is not None:
            found[i] = about
            continue
        if is_utterance(text, pairs[i]) and len(pairs[i].content.of(text).split()) >= UTTERANCE_WORDS:
            near = _before(text, sayings, pairs[i].content.start)
            begins = frames[i].before.of(text).strip("“\"‘'«„ \n") == ""
            if begins and near is not None and near.source is not None and pairs[i].content.start - near.cue.end < 400:
                gap_text = text[near.cue.end : pairs[i].content.start]
                if len(re.findall(r"\n\s*\n", gap_text)) <= 1:
                    about = _followed(seen, pairs[i]) if _deep(seen, near.token) else None
                    found[i] = about or _by(near, "direct", "goes on")


def _before(text: str, sayings: Sequence[Saying], at: int) -> Saying | None:
    """The last cue before a character of what somebody says; not of what just anybody might."""
    for number in range(bisect_left(sayings, at, key=attrgetter("cue.start")) - 1, -1, -1):
        saying = sayings[number]
        if saying.source is None or saying.mental or ANYBODY.search(saying.source.of(text)):
            continue
        if saying.cue.end <= at:
            return saying
    return None


def _alone(text: str, pair: Pair, frame: Frame) -> bool:
    """Whether a pair is all that its paragraph holds."""
    return frame.paragraph.of(text).strip().strip("“”\"‘’'«»„").strip() == pair.content.of(text).strip()


def _deep(seen: Columns, cue: int) -> bool:
    """Whether a cue stands in a clause inside its sentence: members who suggest that someone should question it."""
    return seen.deps[cue] not in {"ROOT", "conj", "parataxis"} and seen.root(cue) != cue


def _about_one(seen: Columns, pair: Pair, frame: Frame, sayings: Sequence[Saying]) -> Credit | None:
    """Renn shook her head. “I never saw it.” — a quotation that is a sentence, after one about a single person."""
    words = pair.content.of(seen.text)
    alone = not frame.before.of(seen.text).strip("“\"‘'«„ \n") and not frame.after.of(seen.text).strip("”\"’'» \n")
    at = _last_before(seen.text, pair)
    if not alone or at < frame.paragraph.start or words[-1:] not in ENDS_UTTERANCE or not words[:1].isupper():
        return None
    first, last = seen.bounds[seen.sents[seen.at(at)]]
    before = Span(max(seen.starts[first], frame.paragraph.start), at + 1)
    head = subject(seen, seen.root(first))
    if head is None or not _person(seen, head):
        return None
    here = chars(seen, head, head + 1)
    if any(s.source is not None and not s.source.contains(here) for s in cued(sayings, before)):
        return None
    others = {i for i in range(first, last) if seen.entities[i] == "PER" and seen.begins[i]}
    start, end = phrase(seen, head)
    if any(not start <= i < end for i in others):
        return None
    return Credit("direct", None, chars(seen, start, end), "neutral", "follows")


def _person(seen: Columns, noun: int) -> bool:
    if seen.pos[noun] == "PRON":
        return seen.lower[noun] in {"he", "she"}
    return seen.entities[noun] == "PER" or (seen.tags[noun] == "NN" and seen.lower[noun] in registry().roles)


def _followed(seen: Columns, pair: Pair) -> Credit | None:
    """Whom the sentence before a quotation that stands alone is about."""
    at = _last_before(seen.text, pair)
    head = subject(seen, seen.root(seen.at(at))) if at > 0 else None
    if head is None or not _person(seen, head):
        return None
    return Credit("direct", None, chars(seen, *phrase(seen, head)), "neutral", "follows")


def _broken_in_two(text: str, first: Pair, second: Pair, before: Credit | None, after: Credit) -> bool:
    """“The road,” said X, “will open on Monday.” is one utterance in two pairs."""
    gap = text[first.content.end : second.content.start].rstrip("“\"‘'«„ ")
    return before is not None and before.kind == "direct" and before.cue == after.cue and gap.endswith(",")


def _ends_sentence(text: str, gap: Span) -> bool:
    """Whether the writer's sentence ends in the gap, or inside the marks before it."""
    words = text[max(gap.start - 1, 0) : gap.end]
    return bool(re.search(r"[.!?][”\"’'»]?\s", words))


def _words_between(text: str, gap: Span, given: Credit) -> int:
    """Words in the gap that are neither the cue nor its source nor their description in the same clause."""
    words = gap.of(text)
    for span in (given.cue, given.source):
        if span is not None and gap.contains(span):
            words = words.replace(span.of(text), " ", 1)
    return len(re.findall(r"\w+", words))
