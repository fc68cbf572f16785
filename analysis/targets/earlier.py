"""Whom words take up that was named before: pronouns nobody is found for, and “it” and “that” for what was told."""

from __future__ import annotations

from functools import cached_property

from analysis.actors.registry import registry
from analysis.model import Mention, Span
from analysis.targets.around import Around
from analysis.targets.bonds import DONE_TO, SUBJECTS
from analysis.targets.people import words

LEAD = 4  # sentences at the beginning, with the headline, in which news may keep a name for the next sentence
BACK = 1  # sentences before its own in which whom a pronoun takes up must stand
_CLAUSES = frozenset({"ccomp", "csubj", "advcl", "xcomp", "acl", "obl"})
_GENDER = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
_THE = frozenset({"the", "this", "that"})
_AN = frozenset({"a", "an"})
_TELLING = frozenset({"nmod", "nmod:poss", "appos", "flat", "compound", "acl:relcl"})
_THEY = frozenset({"they", "them", "their"})
_PLURAL = ("s", "they", "them", "their", "people", "men", "women", "police")
_IT = frozenset({"it", "its"})
_MANY = frozenset({"organisation", "group"})
_BODY = frozenset({"organisation", "country"})


class Earlier(Around):
    """Looks back from the words of one reading."""

    def _stands_for(self, i: int, span: Span) -> str | None:
        """Whom a pronoun takes up that no actor was found for: the one who agrees with it, in its sentence or before.

        In other voices only whom the same voice names: “he” is seldom the last person of the text around them.
        """
        kinds, gender = self._agreeing(i)
        if not kinds or i in self.people.mention_of:
            return None
        c = self.seen
        if (ahead := self._ahead(i, kinds, gender)) is not None:
            return ahead
        told = self._in_marks(i)
        for sentence in range(c.sents[i], max(-1, c.sents[i] - BACK - 1), -1):
            first, last = c.bounds[sentence]
            fit: list[str] = []
            for k in range(first, min(last, i)):
                acts = c.deps[k] in SUBJECTS
                mention = self.people.mention_of.get(k)
                if mention is None:
                    if not acts or not self._agrees(k, i):
                        continue
                    return self.people.without_name(k, span) or None if self.people.are(k) else None
                if not self._fits(mention, i, kinds, gender) or (told and not self._in_marks(k)):
                    continue
                if acts and c.heads[k] != c.heads[i]:
                    fit = [mention.actor]
                    break
                if gender or c.deps[k] in DONE_TO or self._agreeing(k)[0] == kinds:  # an object, or “its” before “it”
                    fit.append(mention.actor)
            if fit:
                return fit[0] if len(set(fit)) == 1 else None
        return None

    def _ahead(self, i: int, kinds: frozenset[str], gender: str) -> str | None:
        """Whom the clause behind names: “While he left in shame, Renn stayed”."""
        c = self.seen
        verb = c.heads[i]
        while c.heads[verb] != verb and not (c.deps[verb] == "advcl" and c.heads[verb] > verb):
            verb = c.heads[verb]
        subject = next((k for k in c.children[c.heads[verb]] if c.deps[k] in SUBJECTS and k > verb > i), None)
        mention = self.people.mention_of.get(subject) if subject is not None else None
        return mention.actor if mention is not None and self._fits(mention, i, kinds, gender) else None

    def _in_marks(self, i: int) -> bool:
        voice = self.people.voice(self.seen.starts[i])
        return voice is not None and voice.voice == "quoted"

    def _fits(self, mention: Mention, i: int, kinds: frozenset[str], gender: str) -> bool:
        voice = self.people.voice(self.seen.starts[i])
        heard = voice.speaker.split("; ") if voice is not None and voice.speaker is not None else []
        if mention.actor in heard or self.people.kinds.get(mention.actor) not in kinds:
            return False
        word = self.seen.lower[i]
        if mention.form == "demonym" and word in _IT:
            return False  # officials of a country are not “it”
        if word in _THEY and not mention.span.of(self.seen.text).lower().endswith(_PLURAL):
            return False
        return not gender or self._genders.get(mention.actor, gender) == gender

    def _agrees(self, noun: int, i: int) -> bool:
        """Whether a noun could be what a pronoun takes up, by its number and by whether it names people."""
        word, tag = self.seen.lower[i], self.seen.tags[noun]
        if word in _THEY:
            return tag == "NNS"
        return tag == "NN" and (word in _IT) != self.people.are(noun)

    def _named_elsewhere(self, noun: int, span: Span) -> str | None:
        """Whom “the minister” or “this group” takes up; or “a company” in the lead, which the next sentence names."""
        c = self.seen
        kind = self._kind_of(noun, span)
        article = next((c.lower[k] for k in c.children[noun] if c.deps[k] == "det"), "") if kind else ""
        if article in _AN and c.sents[noun] < LEAD:
            return self._behind(noun, kind)
        if article in _THE and not any(c.deps[k] in _TELLING or c.tags[k].startswith("NNP") for k in c.children[noun]):
            return self._before(noun, kind)  # not “the mayor of Karsk”
        return None

    def _kind_of(self, noun: int, span: Span) -> str:
        """The kind of actor that a noun without a name may stand for."""
        c = self.seen
        word = c.lower[noun]
        if c.tags[noun] != "NN" or span.start <= c.starts[noun] < span.end or noun in self.people.mention_of:
            return ""
        if word in words()["band"]:
            return "organisation"
        if word in words()["land"]:
            return "country"
        return "person" if self.people.is_one(noun) else ""

    def _before(self, noun: int, kind: str) -> str | None:
        """The only actor of a kind that is named in the sentence up to the noun or, if none, in the one before.

        A person only where the noun begins a sentence as its subject, and the one before is about that person.
        """
        c = self.seen
        here = c.sents[noun]
        if kind == "person" and (c.deps[noun] not in SUBJECTS or self._in_marks(noun)):
            return None
        for sentence in range(here, max(-1, here - 2), -1):
            first, last = c.bounds[sentence]
            named = (self._named_at(k) for k in range(first, min(last, noun)))
            fit = [m for m in named if m is not None and self._fits(m, noun, frozenset({kind}), "")]
            if fit:
                about = sentence < here and all(c.deps[self.tree.place(m.span)[1]] in SUBJECTS for m in fit)
                only = len({m.actor for m in fit}) == 1 and (about or kind != "person")
                return fit[0].actor if only else None
        return None

    def _named_at(self, k: int) -> Mention | None:
        return self.people.mention_of.get(k) or self.people.place_of.get(k)

    def _behind(self, noun: int, kind: str) -> str | None:
        """The actor of a kind who is first named as what the next sentence is about."""
        c = self.seen
        here = c.sents[noun]
        if here + 1 >= len(c.bounds):
            return None
        known = {m.actor for k, m in self.people.mention_of.items() if k < c.bounds[here][1]}
        for k in range(*c.bounds[here + 1]):
            mention = self.people.mention_of.get(k)
            if mention is not None and c.deps[k] in SUBJECTS and mention.form == "name":
                new = mention.actor not in known and self.people.kinds.get(mention.actor) == kind
                return mention.actor if new else None
        return None

    def _agreeing(self, i: int) -> tuple[frozenset[str], str]:
        """The kinds of actors that the pronoun i may stand for, and their gender."""
        c = self.seen
        word = c.lower[i]
        if word in _GENDER:
            return frozenset({"person"}), _GENDER[word]
        if word in _THEY:
            return _MANY, ""
        if word == "its" or (word == "it" and self._acts(i)):
            return _BODY, ""
        return frozenset(), ""

    def _acts(self, i: int) -> bool:
        """Whether “it” does something: “it lied”, not “it is sad”, “it was closed” nor “it seems that Renn left”."""
        c = self.seen
        verb = c.heads[i]
        empty = any(c.deps[k] in {"cop", "csubj", "expl"} or c.lower[k] == "be" for k in c.children[verb])
        does = self._is_verb(verb) and c.lemmas[verb] not in words()["seeming"]
        return c.deps[i] == "nsubj" and does and not empty

    @cached_property
    def _genders(self) -> dict[str, str]:
        """Of the persons whose gender a pronoun or the given name tells."""
        found: dict[str, str] = {}
        for actor in self.people.reading.actors:
            if actor.kind == "person" and (known := registry().given.get(actor.name.split()[0].lower())) in {"m", "f"}:
                found[actor.id] = known
        for mention in self.people.reading.mentions:
            if mention.form == "pronoun" and (told := _GENDER.get(mention.span.of(self.seen.text).lower())):
                found[mention.actor] = told
        return found

    def _taken_up(self, i: int) -> str | None:
        """Whose deed “it” or “that” takes up: the last subject before it, in its sentence or in the one before."""
        c = self.seen
        if c.lower[i] not in {"it", "this", "that"} or not self._is_deed(i):
            return None
        voice = self.people.voice(c.starts[i])
        heard = voice.speaker.split("; ") if voice is not None and voice.speaker is not None else []
        for first, last in reversed(c.bounds[max(0, c.sents[i] - 1) : c.sents[i] + 1]):
            for k in range(min(last, i) - 1, first - 1, -1):
                mention = self.people.mention_of.get(k)
                if mention is None or self.people.thing(mention):
                    continue
                if c.deps[k] in SUBJECTS and mention.actor not in heard:
                    return mention.actor
        return None

    def _is_deed(self, i: int) -> bool:
        """Whether “it” is what was told before: “It is an insult”, not “It is sad that Renn left”."""
        c = self.seen
        verb = c.heads[i]
        if c.deps[i] not in SUBJECTS or not any(c.deps[k] == "cop" for k in c.children[verb]):
            return False
        return all(k < verb or c.deps[k] not in _CLAUSES for k in c.children[verb])
