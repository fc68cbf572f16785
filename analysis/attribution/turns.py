"""The turns of an interview or a debate, as transcripts print them: “RENN: …”, “Q: … A: …”.

A label is a speaker's if the article names such a person elsewhere, or if it is a role or Q and A; and a transcript is
where two of them take turns and talk to each other. “PHOTO:” and “UPDATE:” do neither, nor do the heads of a list.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.actors.registry import registry
from analysis.marks import MARK, paragraphs
from analysis.model import Actor, Span

_CAPITALS = r"(?P<name>[A-Z][A-Z.’'\-]{0,30}(?: [A-Z][A-Z.’'\-]{0,30}){0,4})"
_NAME = r"(?P<name>[A-Z](?=[\w.’'\-]{0,30}[a-z])[\w.’'\-]{1,30}(?: [A-Z][\w.’'\-]{1,30}){0,2})"
_COLON = r"(?: [(\[][^()\[\]\n]{1,40}[)\]])?(?P<colon>:)(?=\s)"  # behind “(laughing)”
LABELLED = (
    re.compile(rf"(?=[A-Z])(?:\A|(?<=\n)|(?<=[.?!…\])—–] )){_CAPITALS}{_COLON}"),
    re.compile(rf"(?=[A-Z])(?:\A|(?<=\n)){_NAME}{_COLON}"),
    re.compile(r"(?=[QA])(?:\A|(?<=\n))(?P<name>[QA])(?P<colon>\.)(?=\s)"),
)
QUESTION, ANSWER = "Q", "A"
SPEAKERS, TURNS_EACH = 2, 2  # with fewer turns or speakers the labels are headings
TURN_PARAGRAPHS = 3  # a turn goes on over paragraphs if the next one begins within these
TALK = re.compile(r"\?|\b(?:I|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our|us|me)\b")
TALKING = 0.5  # of the turns


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: the label, its colon, what is said, and the speaker's id; None where the label is no name."""

    label: Span
    colon: Span
    content: Span
    speaker: str | None

    @property
    def whole(self) -> Span:
        """With its label."""
        return Span(self.label.start, self.content.end)


def find(text: str, actors: Sequence[Actor]) -> list[Turn]:
    """The turns of a text, in its order; none where it is no transcript."""
    if text.count(":") < SPEAKERS * TURNS_EACH and "Q." not in text:
        return []
    found = sorted((m for label in LABELLED for m in label.finditer(text)), key=lambda m: m.start("colon"))
    if len(found) < SPEAKERS * TURNS_EACH:
        return []
    names = Counter(label["name"] for label in found)
    people = [actor for actor in actors if actor.kind == "person" and actor.named]
    speakers = {name: None if name in {QUESTION, ANSWER} else _person(name, people) for name in names}
    lettered = min(names[QUESTION], names[ANSWER]) >= TURNS_EACH
    known = [m["name"] for m in found if speakers[m["name"]] or _takes_turns(m["name"], lettered)]
    each = Counter(speakers[name] or name for name in known)
    if sum(count >= TURNS_EACH for count in each.values()) < SPEAKERS:
        return []
    turns = list(_turns(text, found, speakers))
    # Who leads the talk is often named in labels alone.
    said = [t for t in turns if (name := t.label.of(text)) in known or (name.isupper() and names[name] >= TURNS_EACH)]
    talking = sum(bool(TALK.search(turn.content.of(text))) for turn in said)
    return said if talking >= TALKING * len(said) else []


def _takes_turns(name: str, lettered: bool) -> bool:
    if name in {QUESTION, ANSWER}:
        return lettered
    first, *rest = name.title().split()
    # AMY GOODMAN, whom nobody else in a short piece may name.
    full = name.isupper() and 0 < len(rest) <= 2 and first in registry().given
    return full or name.lower() in registry().roles


def _person(label: str, people: Sequence[Actor]) -> str | None:
    """The one person whom a label names: by surname (MS. RENN, Renn), or by initials (AR)."""
    words = label.lower().replace(".", "").split()
    named = [p for p in people if p.name.lower().split()[-1] == words[-1]]
    full = [p for p in named if set(words) <= set(p.name.lower().split())]
    initials = [p for p in people if len(words) == 1 and 1 < len(words[0]) < 4 and _initials(p) == words[0]]
    for found in (initials, full, named):
        if len(found) == 1:
            return found[0].id
    return None


def _initials(person: Actor) -> str:
    return "".join(word[0] for word in person.name.lower().split())


def _turns(text: str, labels: Sequence[re.Match[str]], speakers: Mapping[str, str | None]) -> Iterator[Turn]:
    blocks = list(paragraphs(text))
    number = 0
    for place, label in enumerate(labels):
        while blocks[number][1] <= label.start():
            number += 1
        later = min(number + TURN_PARAGRAPHS, len(blocks) - 1)
        following = labels[place + 1].start() if place + 1 < len(labels) else None
        end = following if following is not None and following < blocks[later][1] else blocks[number][1]
        said = text[label.end("colon") : end]
        content = Span(end - len(said.lstrip()), label.end("colon") + len(said.rstrip()))
        if len(content) > 0 and not MARK.match(text, content.start):
            yield Turn(Span(*label.span("name")), Span(*label.span("colon")), content, speakers[label["name"]])
