"""Who stands at a word: an actor, people without a name, or nobody who could be meant.

People without a name become actors only where a finding is about them, under ids like those of unnamed speakers.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property
from operator import attrgetter

from analysis.actors import slug
from analysis.actors.registry import registry
from analysis.language.columns import columns
from analysis.lexicon import rows
from analysis.model import Actor, ActorKind, Mention, Reading, Span, Voiced

NOBODY = ""  # grammar says whom a word is about, and it is nobody whom the article names
THIRD_PERSON = frozenset({"he", "she", "they", "it", "him", "her", "them", "his", "their", "its"})
HE_OR_SHE = frozenset({"he", "she", "him", "her", "his"})
NEAR = 400  # characters before a quotation in which the one person other than its speaker must stand
WE = frozenset({"i", "we", "our", "my", "us", "me", "ours", "mine"})
_AGENTS = (
    "er",
    "ers",
    "or",
    "ors",
    "ist",
    "ists",
    "ian",
    "ians",
    "ant",
    "ants",
    "man",
    "men",
    "woman",
    "women",
    "people",
)
_GIVEN = frozenset({"det", "nmod:poss", "nmod", "acl:relcl"})  # what tells which of many a plural means
_SAID_OF = re.compile(r"\s+(?:\w+\s+){0,3}?(?:of|about)\s+(?:the\s+)?")
_UNTOLD = frozenset({"you", "your", "this", "that", "these", "there", "who", "which", "what"})


@cache
def words() -> Mapping[str, frozenset[str]]:
    """The classes of `lexicon/target_words.tsv`."""
    return {row["class"]: frozenset(row["words"].split()) for row in rows.noted("target_words.tsv")}


class People:
    """The mentions of a reading by token, and the people without a name that targets add to it."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.seen = columns(reading.doc)
        self.kinds = {actor.id: actor.kind for actor in reading.actors}
        names = [m for m in reading.mentions if m.form in {"name", "metonym", "demonym"}]
        self.names = sorted(names, key=attrgetter("span.start"))
        self._longest = max([len(m.span) for m in names], default=0)
        self.mention_of: dict[int, Mention] = {}
        self.place_of: dict[int, Mention] = {}  # names of places, which act in nothing
        sources = sorted(said.source for said in reading.attributions if said.source is not None)
        for mention in reading.mentions:
            if self._of_speaker(mention) or (_without_name(mention) and not _speaks(mention, sources)):
                continue  # what judges a group without a name is looked for as for all who have none
            i = self.seen.at(mention.span.start)
            while i < len(self.seen) and self.seen.starts[i] < mention.span.end:
                if not self.seen.space[i]:
                    (self.place_of if mention.form == "place" else self.mention_of).setdefault(i, mention)
                i += 1
        self._kinds = self._by_kind()
        self._labels: dict[str, list[tuple[int, str]]] = {}  # labelling nouns: where they stand, and whom they name
        self._labelled: set[int] = set()  # where labels end
        self._added: dict[str, Actor] = {}
        self._found: dict[Span, Mention] = {}

    def _of_speaker(self, mention: Mention) -> bool:
        """Whether “he” inside marks was taken for the speaker, who would say “I”."""
        if mention.form != "pronoun" or mention.span.of(self.seen.text).lower() not in HE_OR_SHE:
            return False
        voice = self.voice(mention.span.start)
        if voice is None or voice.voice != "quoted" or voice.speaker is None:
            return False
        return mention.actor in voice.speaker.split("; ")

    def _by_kind(self) -> dict[str, str]:
        """The one body that the article takes up by its kind: if “the union” is the League, it is in “union men”."""
        found: dict[str, set[str]] = {}
        for mention in self.reading.mentions:
            if mention.form != "role" or self.kinds.get(mention.actor) != "organisation":
                continue
            word = mention.span.of(self.seen.text).lower().split()[-1]
            if word in words()["body"] and not mention.actor.startswith("unnamed:"):
                found.setdefault(word, set()).add(mention.actor)
        return {word: next(iter(actors)) for word, actors in found.items() if len(actors) == 1}

    def actor(self, i: int, span: Span) -> str | None:
        """The actor whom token i names, other than by the words at `span` alone; None where it names none."""
        word = self.seen.lower[i]
        if self.seen.deps[i] == "expl":
            return None  # “Holt says it is rash to leave”
        if self.seen.deps[i] == "compound" and word in self._kinds and i not in self.mention_of:
            return self._kinds[word]
        fellow = word in words()["fellow"] and self._is_given(i)
        if (fellow or word in THIRD_PERSON) and (about := self._said_of(i)) is not None:
            return about
        if word in {"you", "your"} and (hearer := self._hearer(i)) is not None:
            return hearer
        mention = self.mention_of.get(i)
        if mention is None and (fellow or word in HE_OR_SHE) and (other := self._other_person(i)) is not None:
            return other
        if mention is not None and self.thing(mention):
            return None
        if mention is not None:
            itself = mention.span.contains(span) and mention.form != "name" and self.seen.starts[i] == span.start
            return None if itself or self.only_speaks(mention, i, span) else mention.actor
        if word in WE and self.seen.words[i] != "US":
            voice = self.voice(self.seen.starts[i])
            if voice is not None and voice.speaker is not None and "; " not in voice.speaker:
                if word == "our" and self.kinds.get(voice.speaker) == "person":
                    return None  # “our weak borders”, “our brave police” are not hers who speaks
                return voice.speaker
        return None

    def _is_given(self, i: int) -> bool:
        return any(self.seen.lower[k] in {"the", "this", "that"} for k in self.seen.children[i])

    def thing(self, mention: Mention) -> bool:
        """Whether words that were taken for a speaker name no people: “the weaker yuan”, “cost overruns”."""
        if not mention.actor.startswith("unnamed:") or mention.form == "pronoun":
            return False
        word = mention.span.of(self.seen.text).lower().split()[-1]
        acts = _listed(word) or word.endswith(_AGENTS) or word in registry().words["company"]
        return not acts and mention.span.end not in self._labelled

    def only_speaks(self, mention: Mention, i: int, span: Span) -> bool:
        """Whether a mention only says whose words those at `span` are: X called the plan “rash” is not about X.

        “X denies lying” is: of a verb without a subject of its own X is the doer.
        """
        verb = self.seen.at(span.start)
        if self.seen.deps[verb] == "xcomp" and self.seen.tags[verb] in {"VB", "VBG"}:
            return False
        if self.seen.tags[i] == "PRP$":
            return False  # X called its offer “generous”
        heard, here = self.voice(span.start), self.voice(self.seen.starts[i])
        if heard is None or heard.speaker is None or here is None or here is heard:
            return False
        return here.voice == "narrator" and mention.actor in heard.speaker.split("; ")

    def without_name(self, i: int, span: Span) -> str | None:
        """An actor made of the people at token i, NOBODY where they cannot be told, None where it names no people."""
        c = self.seen
        word = c.lower[i]
        nobody = any(c.lower[k] == "no" for k in c.children[i])  # “no group”
        if nobody or c.tags[i].startswith("PRP") or word in _UNTOLD or word in words()["anybody"]:
            return NOBODY
        if not self.are(i):
            return None
        if span.start <= c.starts[i] < span.end:
            return NOBODY  # the judging word itself says who they are: “the thugs”
        if (labelled := self.called(Span(c.starts[i], c.ends[i]))) is not None:
            return labelled
        if not _listed(word):
            return NOBODY
        first = i
        while first and c.deps[first - 1] == "compound" and c.heads[first - 1] == i:
            first -= 1
        return self._add(Span(c.starts[first], c.ends[self._last(i)]), word)

    def _last(self, noun: int) -> int:
        """Where “the council of Marlow Sands” ends, for a body of a place that is no actor."""
        c = self.seen
        for k in c.children[noun]:
            of_name = c.deps[k] == "nmod" and c.tags[k].startswith("NNP") and c.lower[noun + 1] == "of"
            if of_name and c.lower[noun] in words()["body"]:
                return max([k, *(m for m in c.children[k] if m > k and c.tags[m].startswith("NNP"))])
        return noun

    def call(self, label: Span, actor: str | None, sure: bool) -> None:
        """Keep whom a label names, where that is told: “the Syrian regime” is “the regime” in other places."""
        self._labelled.add(label.end)
        if actor is not None and sure and not actor.startswith("unnamed:"):
            self._labels.setdefault(self._noun(label), []).append((label.start, actor))

    def called(self, label: Span) -> str | None:
        """Whom the article named by the same label last, “the regime” also first; “terrorists” at large are nobody."""
        noun = self.seen.at(label.end - 1)
        found = self._labels.get(self._noun(label), [])
        if own := next((actor for start, actor in found if start == label.start), None):
            return own
        given = {"det"} if self._noun(label) in words()["fighters"] else _GIVEN
        if self.seen.tags[noun] == "NNS" and not any(self.seen.deps[k] in given for k in self.seen.children[noun]):
            return None
        before = [actor for start, actor in found if start <= label.start]
        behind = found[0][1] if found and self._noun(label) in words()["rule"] else None
        return before[-1] if before else behind

    def _noun(self, label: Span) -> str:
        return label.of(self.seen.text).lower().split()[-1]

    def are(self, i: int) -> bool:
        """Whether token i is a noun for people or for a body of people, or a label of the article (“an evil enemy”)."""
        if self.seen.lower[i] in words()["folk"]:
            return i not in self.place_of
        if self.seen.lower[i] in words()["side"]:  # “the opposition”, not “opposition to the plan”
            behind = (m for k in self.seen.children[i] for m in self.seen.children[k] if self.seen.deps[m] == "case")
            return self._is_given(i) and all(self.seen.lower[m] != "to" for m in behind)
        if self.seen.pos[i] != "NOUN" or i in self.place_of or self.seen.lower[i] in words()["thing"]:
            return False
        return _listed(self.seen.lower[i]) or self.seen.ends[i] in self._labelled

    def is_one(self, i: int) -> bool:
        """Whether a noun for people names one person: “leader”, not “leaders” nor “delegation”."""
        word = self.seen.lower[i]
        single = self.seen.tags[i] == "NN" and word not in words()["many"] and _kind(word) != "organisation"
        return single and self.are(i) and not any(role.plural for role in registry().roles.get(word, ()))

    def is_body(self, i: int) -> bool:
        """Whether token i, which no actor was found for, is a noun for a body or a power: “police”, “regime”."""
        word = self.seen.lower[i]
        return i not in self.mention_of and (word in words()["body"] or word in registry().words["power"])

    def _add(self, span: Span, word: str) -> str:
        name = span.of(self.reading.article.text)
        actor = f"unnamed:{slug(name)}"
        if actor not in self.kinds:
            self._added.setdefault(actor, Actor(actor, name, _kind(word)))
        self._found.setdefault(span, Mention(span, actor, "role"))
        return actor

    def added(self) -> Reading:
        """The reading with the people whom `without_name` has made."""
        if not self._found:
            return self.reading
        known = {(m.span, m.actor) for m in self.reading.mentions if _without_name(m)}
        new = [m for m in self._found.values() if (m.span, m.actor) not in known]
        mentions = sorted((*self.reading.mentions, *new), key=lambda m: m.span)
        return replace(self.reading, actors=(*self.reading.actors, *self._added.values()), mentions=tuple(mentions))

    def named_near(self, start: int, end: int) -> Sequence[Mention]:
        """The names that share characters with a stretch of the text, or may, in their order."""
        first = bisect_left(self.names, start - self._longest, key=attrgetter("span.start"))
        return self.names[first : bisect_left(self.names, end, key=attrgetter("span.start"))]

    def voice(self, position: int) -> Voiced | None:
        voices = self.reading.voices
        found = bisect_right(voices, position, key=lambda v: v.span.start) - 1
        return voices[found] if found >= 0 and position < voices[found].span.end else None

    def _other_person(self, i: int) -> str | None:
        """“I do not trust him,” X said: the one person other than X who is named close before somebody's words."""
        voice = self.voice(self.seen.starts[i])
        if voice is None or voice.speaker is None or voice.voice == "narrator":
            return None
        first, speakers = voice.span.start - NEAR, voice.speaker.split("; ")
        begin = attrgetter("span.start")
        places = slice(
            bisect_left(self._persons, first, key=begin), bisect_left(self._persons, self.seen.starts[i], key=begin)
        )
        near = [m for m in self._persons[places] if m.actor not in speakers]
        if len({m.actor for m in near}) > 1:  # of several, the one in the sentence that is closest
            last = self.seen.sents[self.seen.at(near[-1].span.start)]
            near = [m for m in near if self.seen.sents[self.seen.at(m.span.start)] == last]
        return near[0].actor if len({m.actor for m in near}) == 1 else None

    @cached_property
    def _persons(self) -> Sequence[Mention]:
        """The mentions of persons, in the order of the text."""
        found = [m for m in self.reading.mentions if self.kinds.get(m.actor) == "person"]
        return sorted(found, key=attrgetter("span.start"))

    def _said_of(self, i: int) -> str | None:
        """“He is a liar,” X said of Y: inside the marks, he is Y."""
        start = self.seen.starts[i]
        for content, place in self._said:
            if content.start <= start < content.end:
                return next((m.actor for m in self.named_near(place, place + 1) if m.span.end > place), None)
        return None

    def _hearer(self, i: int) -> str | None:
        """“You are a liar,” X told Y: inside the marks, you are Y."""
        start = self.seen.starts[i]
        return next((actor for content, actor in self._heard if content.start <= start < content.end), None)

    @cached_property
    def _heard(self) -> Sequence[tuple[Span, str]]:
        """What is told somebody in marks, and whom."""
        found = []
        for said in self.reading.attributions:
            cue = said.cue
            if said.kind != "indirect" and cue is not None and cue.of(self.seen.text).lower() in words()["telling"]:
                for mention in self.named_near(cue.end + 1, cue.end + 2):
                    if mention.span.start == cue.end + 1 and self.kinds.get(mention.actor) == "person":
                        found.append((said.content, mention.actor))
        return found

    @cached_property
    def _said(self) -> Sequence[tuple[Span, int]]:
        """What is said of somebody in marks, and where the words begin that name whom."""
        found = []
        for said in self.reading.attributions:
            if said.kind != "indirect" and said.cue is not None:
                behind = self.reading.article.text[said.cue.end : said.cue.end + 80]
                if named := _SAID_OF.match(behind):
                    found.append((said.content, said.cue.end + named.end()))
        return found


def _without_name(mention: Mention) -> bool:
    return mention.form == "role" and mention.actor.startswith("unnamed:")


def _speaks(mention: Mention, sources: Sequence[Span]) -> bool:
    """Whether a mention stands in the words that name a speaker; these are in the order of the text."""
    before = bisect_right(sources, mention.span.start, key=attrgetter("start"))
    return before > 0 and sources[before - 1].end > mention.span.start


def _listed(word: str) -> bool:
    return word in registry().roles or any(word in words()[cls] for cls in ("people", "body", "folk", "side"))


def _kind(word: str) -> ActorKind:
    if word in words()["body"]:
        return "organisation"
    listed = registry().roles.get(word)
    return "group" if listed is None or any(role.plural for role in listed) else "person"
