"""From the words that name a source to the actor who speaks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter, itemgetter

from analysis.actors import is_role, slug
from analysis.attribution.source_words import (
    AROUND_BODY,
    CLAUSE,
    DESCRIBED,
    DETERMINERS,
    PEOPLE,
    PRONOUN,
    SPOKEN_FOR,
    STATE,
    WHEN,
    are_words,
    belongs,
    called,
    ends_in_body,
    is_short_for,
    kind_of,
    many,
    tell_of,
    upto,
)
from analysis.attribution.titles import Titles, body_above
from analysis.model import Actor, Attribution, Mention, Span

# Between two of several joint speakers: at most a title, or a party and a place in brackets.
LISTED = re.compile(r"(?:\s\([^()]*\))?,\s+(?:[A-Z][\w.]*\s+){0,3}")
AND = re.compile(r"(?: \([^()]*\))?,? and ")
# Renn campaign manager, Renn officials: what stands behind a name without a comma or a small word.
SERVING = re.compile(r"(?:\s+(?!(?:and|or|of|for|to|with|by|from|at|in|on|who|himself|herself)\b)[a-z][\w’'-]*){1,4}")
BOTH = re.compile(r"(?P<one>(?:[\w’'-]+ ){0,3}[\w’'-]+) and (?P<other>(?:[\w’'-]+ ){0,3}[\w’'-]+)")
# “The driver, 43-year-old Yusuf Kaya,” “One of them, Ada Renn,”: what stands between what somebody is and the name.
APPOSED = re.compile(r",\s+(?:(?:aged\s+)?\d{1,3}(?:[- ]year[- ]old|,)\s+)?")
# From the words of a speaker to the pronoun: nothing but a new paragraph that begins with a quotation.
ONLY_QUOTED = re.compile(r"[\s.,”\"’'»]*\n\n\s*[“\"‘'«][^“”\"«»\n]*[”\"’'»]\s*")
OWNED = re.compile(r"\s+([\w’'-]+(?:\s+[\w’'-]+){0,2})")
OWNS = re.compile(r"(?:['’]s|(?<=s)['’])" + OWNED.pattern)
STARTS = re.compile(r"^(?:The|A|An|One|Some|Many|His|Her|Its|Their|Several|Other)(?= [a-z])")
GENDERS = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
# From the words of a body to the pronoun that opens the next paragraph.
NEXT = re.compile(r"[^\n]*\n\n\s*(?:(?:But|And|Still|Instead|However|Also),? |[“\"‘'«][^“”\"«»\n]*[”\"’'»]\s*)?")
GOES_ON = re.compile(
    r"(?:(?:[.!?]|^)[”\"’']?\s+(?:(?:But|And|Still|Instead|However|Also),? )?|, (?:and |but |as )?|,[”\"’'] )$"
)
FORMER = re.compile(r"(?:\w+ ){0,3}?(?:former|ex|retired|onetime)\b", re.I)  # speaks for nobody any more
UNNAMED_WORDS = 8  # a longer phrase describes more than it names; its first words are kept


class Speakers:
    """Resolves sources to actor ids, and keeps the unnamed ones it had to add.

    After use, `actors` and `mentions` hold what was known before and what was added.
    """

    def __init__(self, text: str, actors: Sequence[Actor], mentions: Sequence[Mention]) -> None:
        self.text = text
        self.actors = list(actors)
        self.mentions = list(mentions)
        self._known = sorted(mentions, key=attrgetter("span.start"))  # either apart or the same stretch
        self._added: list[tuple[int, int, Mention]] = []  # by where they begin; the number in the order of adding
        self._kinds = {a.id: a.kind for a in actors}
        self._bands = frozenset(a.id for a in actors if not a.named)
        self._titles = Titles(text, self._known, self._kinds)
        # How unnamed people were called who spoke for a body, and that body.
        self._officials: set[tuple[str, str]] = set()
        self._labels: dict[str, str | None] = {}  # whom the labels of turns name
        self._last_person: str | None = None
        self._last_at = 0  # where that speaker's words or cue stood
        self._last_body: str | None = None  # the last who spoke, where that was no person
        self._last_body_at = 0
        self._found: dict[Span, str] = {}  # whom a pronoun as a source was found to be
        self._pronouns: dict[str, set[str]] = defaultdict(set)
        for mention in mentions:
            if mention.form == "pronoun":
                self._pronouns[mention.actor].add(GENDERS.get(mention.span.of(text).lower(), ""))

    def of(self, source: Span | None, content: Span | None = None, *, remember: bool = True) -> str | None:
        """The actor id behind a source, joint ids joined by "; ", or None where nobody can be told.

        `content`: the words in marks, in which “he” does not speak of himself by name; `remember`: for the pronoun
        that follows. A pronoun that brings words twice is the same speaker both times.
        """
        if source is None or not PRONOUN.match(source.of(self.text)):
            return self._of(source, content, remember)
        if source not in self._found and (speaker := self._of(source, content, remember)) is not None:
            self._found[source] = speaker
        return self._found.get(source)

    def _of(self, source: Span | None, content: Span | None, remember: bool) -> str | None:
        if source is None:
            return None
        words = upto(WHEN, source.of(self.text))
        source = Span(source.start, source.start + len(words))
        if words.isupper() and (known := self._in_capitals(words)):
            return known
        near = [m for m in self._touching(source) if m.form != "place"]
        inside = [m for m in near if source.contains(m.span)] or near
        inside = [m for m in inside if not self._described(m, source)]
        if words.lower() in {"he", "she"}:
            named = self._named_in(content)
            if self._goes_on(source, words.lower()) and self._last_person not in named:
                since = self._named_since(source, near)
                return since if since is not None and since not in named else self._last_person
            inside = [m for m in inside if m.actor not in named]
        speaker = (
            self._titles.find(words)
            or self._joint(source, inside)
            or self._body(source)
            or self._single(words, [m for m in inside if not self._owns(m, source)])
        )
        if speaker is None or not any(m.form == "name" and self._stands_for(m, source) for m in inside):
            speaker = self._apposed(source) or speaker
        if speaker is None and PRONOUN.match(words.strip()):
            pronoun = words.lower().strip()
            if pronoun in {"he", "she"}:
                return self._last_person if self._last_person not in self._named_in(content) else None
            return self._body_before(source, pronoun)
        if speaker is None:
            speaker = self._several(source) or self._unnamed(source)
        if speaker is not None and self._kinds.get(speaker) in {"country", "organisation"}:
            self._spoke_for(words, speaker)
        if remember and speaker is not None and "; " not in speaker and self._kinds.get(speaker) == "person":
            self._last_person, self._last_at = speaker, source.end
        return speaker

    def labelled(self, label: Span) -> str | None:
        """Whom the label of a turn names, the same each time."""
        written = label.of(self.text)
        if written not in self._labels:
            self._labels[written] = self.of(label)
        return self._labels[written]

    def _touching(self, source: Span) -> list[Mention]:
        """The mentions that share words with a source, those added here last."""
        end = bisect_left(self._known, source.end, key=attrgetter("span.start"))
        first = end
        while first and self._known[first - 1].span.end > source.start:
            first -= 1
        return [*self._known[first:end], *self._added_at(source)]

    def _added_at(self, source: Span) -> list[Mention]:
        """The mentions added here that share words with a source; they are apart from each other."""
        at, found = bisect_left(self._added, (source.end,)), []
        while at and self._added[at - 1][2].span.overlaps(source):
            at -= 1
            found.append(self._added[at][1:])
        return [mention for _, mention in sorted(found, key=itemgetter(0))]

    def _apposed(self, source: Span) -> str | None:
        """“The driver, 43-year-old Yusuf Kaya, told the court”: the name behind the words that say what he is."""
        behind = APPOSED.match(self.text, source.end)
        if behind is None:
            return None
        at = behind.end()
        named = (
            m
            for m in self._touching(Span(at, at + 1))
            if m.span.start == at and m.form == "name" and self.text[m.span.end : m.span.end + 1] == ","
        )
        return next((m.actor for m in named if self._kinds.get(m.actor) == "person"), None)

    def told(self, source: Span, speaker: str | None) -> str:
        """How a reader is told of a source: as it is written, but by name where that is a pronoun."""
        written = source.of(self.text)
        if speaker is None or not PRONOUN.match(written.strip()):
            return STARTS.sub(lambda m: m.group().lower(), written)
        names = {actor.id: actor.name for actor in self.actors}
        return " and ".join(names.get(one, one) for one in speaker.split("; "))

    def _in_capitals(self, words: str) -> str | None:
        """MAYOR ADA RENN in a headline: the actor whom the text elsewhere writes Ada Renn."""
        likely = [a for a in self.actors if a.name.upper() in words and not a.name.isupper()]
        found = [a for a in likely if re.search(rf"\b{re.escape(a.name.upper())}\b", words)]
        return max(found, key=lambda a: len(a.name)).id if found else None

    def _goes_on(self, source: Span, pronoun: str) -> bool:
        """Within a paragraph “he said” goes on with the speaker before, unless that one is elsewhere called she."""
        if self._last_person is None:
            return False
        between = self.text[self._last_at : source.start]
        if "\n\n" in between and not ONLY_QUOTED.fullmatch(between):
            return False
        other = {"he": "f", "she": "m"}[pronoun]
        return other not in self._pronouns[self._last_person]

    def _spoke_for(self, words: str, body: str) -> None:
        """Remember a White House official, for the official who goes on."""
        first, _, phrase = words.partition(" ")
        if first.lower() in {"a", "an", "one"} and is_role(phrase.split()[-1] if phrase else ""):
            self._officials.add((phrase, body))

    def _body_before(self, source: Span, pronoun: str) -> str | None:
        """“The board said … But it called for …”: what opens a sentence goes on with the last who spoke before."""
        before = self.text[self._last_body_at : source.start]
        near = "\n" not in before or NEXT.fullmatch(before)
        if self._last_body is not None and pronoun in {"it", "they"} and near and GOES_ON.search(before):
            return self._last_body
        return body_above(self.text, self._known, self._kinds, source) if pronoun == "it" else None

    def _named_since(self, source: Span, near: Sequence[Mention]) -> str | None:
        """Whom a pronoun means that is named after the last speaker: “…,” said Renn. Vuk left. He …"""
        own = next((m.actor for m in near if m.form == "pronoun" and self._kinds.get(m.actor) == "person"), None)
        first = bisect_right(self._known, self._last_at, key=attrgetter("span.start"))
        last = bisect_left(self._known, source.start, key=attrgetter("span.start"))
        named = any(m.actor == own and m.form == "name" for m in self._known[first:last])
        return own if named else None

    def _named_in(self, content: Span | None) -> frozenset[str]:
        """The people whom words in marks name."""
        if content is None:
            return frozenset()
        first = bisect_left(self._known, content.start, key=attrgetter("span.start"))
        last = bisect_left(self._known, content.end, key=attrgetter("span.start"))
        people = (m for m in self._known[first:last] if m.form == "name")
        return frozenset(m.actor for m in people if self._kinds.get(m.actor) == "person")

    def asked(self, question: Span) -> None:
        """Renn asked Vuk whether it was safe. “It is,” he said: remember who was asked, named before the question."""
        last = bisect_left(self._known, question.start, key=attrgetter("span.start")) - 1
        told = self._known[last] if last >= 0 else None
        near = told is not None and not re.search(r"[\w.;:]", self.text[told.span.end : question.start])
        if told is not None and near and told.form == "name" and self._kinds.get(told.actor) == "person":
            self._last_person, self._last_at = told.actor, question.end

    def heard(self, attribution: Attribution) -> None:
        """Remember the latest speaker, for the pronoun that follows."""
        end = max(attribution.content.end, attribution.source.end if attribution.source else 0)
        if attribution.speaker is not None and self._kinds.get(attribution.speaker) == "person":
            self._last_person, self._last_at, self._last_body = attribution.speaker, end, None
        else:
            self._last_body, self._last_body_at = attribution.speaker, end

    def _owns(self, mention: Mention, source: Span) -> bool:
        """Ada Renn's family, one of Vuk's friends, his lawyer: the person who is meant is not the one who speaks."""
        if self._kinds.get(mention.actor) != "person" or SPOKEN_FOR.search(source.of(self.text)):
            return False
        if mention.form == "pronoun":
            own = mention.span.of(self.text).lower() in {"his", "her", "my"}
            behind = OWNED.match(self.text, mention.span.end, source.end) if own else None
        else:
            behind = OWNS.match(self.text, mention.span.end, source.end)
        return behind is not None and not are_words(behind.group(1))

    def _stands_for(self, mention: Mention, source: Span) -> bool:
        """Whether a name says who speaks: a person's, or that of the body that the whole source is."""
        bare = DETERMINERS.sub("", source.of(self.text))
        return self._kinds.get(mention.actor) == "person" or mention.span.of(self.text) == bare

    def _described(self, mention: Mention, source: Span) -> bool:
        """Critics of Ada Renn, an official who travels with her: whom the speaker has to do with, not the speaker."""
        before = self.text[source.start : mention.span.start]
        if mention.form == "pronoun":
            speaks = mention.span.of(self.text).lower() in {"he", "she", "they"} and not CLAUSE.search(before)
            return len(before.split()) > 1 and not speaks  # the clerk, who left because he was ill
        if self._kinds.get(mention.actor) != "person" or self._serves(mention, source):
            return self._kinds.get(mention.actor) == "person"
        if SPOKEN_FOR.search(source.of(self.text)):
            return False
        if " and " in before:  # aides to Ada Renn and Goran Vuk; Secretary of State Ada Renn and mayor Goran Vuk
            named = [m for m in self._touching(source) if m.form == "name" and self._kinds.get(m.actor) == "person"]
            other = max((m for m in named if m.span < mention.span), default=None, key=lambda m: m.span)
            if other is not None and AND.match(self.text, other.span.end, mention.span.start):
                return source.contains(other.span) and self._described(other, source)
        return tell_of(before)

    def _serves(self, mention: Mention, source: Span) -> bool:
        """Renn officials, Renn aide Goran Vuk: those whom a name only describes; an unnamed spokesman speaks for it."""
        behind = SERVING.match(self.text, mention.span.end, source.end)
        if mention.form != "name" or behind is None:
            return False
        words = behind.group().split()
        if SPOKEN_FOR.search(behind.group()):
            return any(m.form == "name" and m.span.start == behind.end() + 1 for m in self._touching(source))
        return any(map(is_role, words)) or bool(PEOPLE.search(words[-1]))

    def _joint(self, source: Span, inside: Sequence[Mention]) -> str | None:
        said = {m for m in inside if m.form == "pronoun" and m.span.of(self.text).lower() in {"he", "she"}}
        named = [m for m in inside if m.form in {"name", "metonym", "role"} or m in said]
        people = [m for m in named if self._kinds[m.actor] == "person" and (m.form == "name" or m in said)] or named
        people = sorted(people, key=lambda m: m.span.start)
        for first, second in pairwise(people):
            between = self.text[first.span.end : second.span.start]
            if (
                first.actor != second.actor
                and not belongs(between)
                and re.search(r"(?:\band\b|&|,)\s*(?:[\w.,’' -]{0,60})$", between)
                and re.search(r"\band\b", between)
            ):
                return "; ".join(dict.fromkeys([*self._listed(people, first), first.actor, second.actor]))
        return None

    def _listed(self, people: Sequence[Mention], last: Mention) -> list[str]:
        """Ada Renn, | Senator Goran Vuk and …: those whom only a comma parts from the next one."""
        found: list[str] = []
        for before, behind in reversed(list(pairwise(people[: people.index(last) + 1]))):
            if not LISTED.fullmatch(self.text[before.span.end : behind.span.start]):
                break
            found.insert(0, before.actor)
        return found

    def _body(self, source: Span) -> str | None:
        """The Trump administration, Vuk's office: not whom it is named after; what is a state's is the state."""
        core = upto(DESCRIBED, source.of(self.text)).rstrip()
        end = source.start + len(core)
        state = STATE.search(core) is not None
        if not state and not ends_in_body(core):
            return None
        inside = [m for m in self._touching(source) if source.contains(m.span)]
        if any(m.span.end >= end for m in inside):
            return None
        within = [m for m in inside if m.span.end < end]
        states = [m for m in within if self._kinds.get(m.actor) == "country"]
        if states and state:
            return states[0].actor
        people = [m for m in within if m.form == "name" and self._kinds.get(m.actor) == "person"]
        return self._unnamed(Span(source.start, end)) if people else None

    def _single(self, words: str, inside: Sequence[Mention]) -> str | None:
        def best(forms: set[str], kinds: set[str]) -> str | None:
            return next((m.actor for m in inside if m.form in forms and self._kinds[m.actor] in kinds), None)

        person = best({"name"}, {"person"})
        if person is not None:
            return person
        if SPOKEN_FOR.search(words):
            spoken_for = best({"name", "metonym", "demonym", "role"}, {"organisation"}) or best(
                {"name", "metonym", "demonym"}, {"country", "group"}
            )
            if spoken_for is not None:
                return spoken_for
        pronoun_or_role = best({"role", "pronoun"}, {"person", "group", "organisation", "country"})
        stands_for_all = [
            m for m in inside if len(m.span) >= 0.5 * len(DETERMINERS.sub("", words)) or self._named_body(m, words)
        ]
        if stands_for_all and FORMER.match(words):
            stands_for_all = [m for m in stands_for_all if m.form != "name"]
        if stands_for_all:
            return stands_for_all[0].actor
        return pronoun_or_role

    def _named_body(self, mention: Mention, words: str) -> bool:
        """Whether a phrase ends with the name of a body: “the consumer group Open Ledger”, “Renn's HLP”."""
        name = mention.span.of(self.text)
        if mention.form == "name" and AROUND_BODY.fullmatch(words.replace(name, "\n", 1)):
            return True
        if mention.form != "name" or not words.endswith(f" {name}"):
            return False
        before = words[: -len(name) - 1]
        owned = self._kinds.get(mention.actor) == "organisation" and before.endswith(("'s", "’s"))
        return owned or ends_in_body(before)

    def _met_before(self, phrase: str) -> str | None:
        """“A senior aide said … The aide added …”: the one unnamed speaker before who is called so at more length."""
        unnamed = (a for a in self.actors if not a.named and a.id not in self._bands)
        found = {a.id for a in unnamed if is_short_for(phrase, a.name)}
        found |= {body for words, body in self._officials if is_short_for(phrase, words)}
        return found.pop() if len(found) == 1 else None

    def _several(self, source: Span) -> str | None:
        """“Police and residents”, “officials and the army”: unnamed joint speakers."""
        both = BOTH.fullmatch(source.of(self.text))
        if both is None or not all(many(both[part]) for part in ("one", "other")):
            return None
        spans = (Span(source.start + both.start(part), source.start + both.end(part)) for part in ("one", "other"))
        return "; ".join(filter(None, map(self._unnamed, spans)))

    def _unnamed(self, source: Span) -> str | None:
        phrase = source.of(self.text)
        start = source.start
        cut = DETERMINERS.match(phrase)
        if cut:
            start += cut.end()
            phrase = phrase[cut.end() :]
        phrase = upto(CLAUSE, phrase).strip()
        if len(phrase.split()) > UNNAMED_WORDS:
            core = upto(DESCRIBED, phrase)
            phrase = " ".join((phrase if PRONOUN.match(core) else core).split()[:UNNAMED_WORDS])
        phrase = called(phrase)
        if not (name := slug(phrase)) or not phrase.split() or PRONOUN.match(phrase):
            return None
        named = Span(start, min(start + len(phrase), len(self.text)))
        known = next((m for m in self._touching(named) if m.span == named and m.form == "name"), None)
        if known is not None:  # the Labor Department, about what …: what goes on behind the name hid it
            return known.actor
        actor_id = f"unnamed:{name}"
        if cut and cut.group().strip().lower() in {"the", "this", "that"}:
            actor_id = self._met_before(phrase) or actor_id
        if actor_id not in self._kinds:
            self.actors.append(Actor(actor_id, phrase, kind_of(phrase)))
            self._kinds[actor_id] = self.actors[-1].kind
        if not self._touching(named):
            self.mentions.append(Mention(named, actor_id, "role"))
            insort(self._added, (start, len(self._added), self.mentions[-1]))
        return actor_id
