"""What the words round one mention say of it: a text's words and a mention in, named numbers out.

No name, no outlet and no topic is a feature: words count only by their valence, by their vector, and by their role.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from analysis.language.vectors import WIDTH, Floats
from analysis.model import Attribution, Mention, Span
from analysis.tone.roles import ROLES, Tree, roles
from analysis.tone.words import CHANNELS, Words, frame, framing

NEAR = frozenset({"rest", "thinks", "beside", "above", "around", "gets"})  # roles that a closer bond to another ends
AROUND = ("above", "before", "after", "sentence")
FELT = 0.12  # a word whose vector suggests less than this feels like nothing
_PLACE = {role: place for place, role in enumerate(ROLES)}
_NEWS = CHANNELS.index("news")


class _Names(NamedTuple):
    """What the sum of a channel over a role is called, and the numbers of its warm and cold words."""

    total: str
    warm: str
    cold: str


_NAMES = {
    (role, channel): _Names(*(f"{role}: {channel}{end}" for end in ("", ", warm", ", cold")))
    for role in (*ROLES, "all")
    for channel in CHANNELS
}
_LOOSE = frozenset({"rest", "theirs"})
_SLOTS = frozenset({"subject", "object", "owner"})


class Scene:
    """One text with its mentions, ready to be asked about each."""

    def __init__(
        self, words: Words, tree: Tree, mentions: Iterable[Mention], attributions: Sequence[Attribution]
    ) -> None:
        self.words, self.tree = words, tree
        self.attributions = attributions
        self.mentions: dict[int, list[Mention]] = defaultdict(list)
        self._claims: dict[int, tuple[set[int], float]] = {}
        self._means: dict[tuple[int, int], Floats] = {}
        self._open: dict[int, list[int]] = defaultdict(list)  # by sentence, the words that may bring something
        self._judging: dict[int, list[int]] = defaultdict(list)  # among these, those with a polarity in news
        sents, news = words.columns.sents, words.channels[_NEWS]
        for i in [i for i, row in enumerate(words.row) if row >= 0]:
            self._open[sents[i]].append(i)
            if news[i]:
                self._judging[sents[i]].append(i)
        self._telling = {*self._judging, *(sents[i] for i in framing(words.columns))}
        for mention in mentions:
            tokens, head = tree.place(mention.span) if mention.form != "place" else ([], -1)
            if tokens:
                self.mentions[sents[head]].append(mention)

    def of(
        self, span: Span, heard: Sequence[int] | None = None, *, judged: bool = False
    ) -> tuple[dict[str, float], Floats] | None:
        """Features of a mention at `span`, and the vectors [ROLES and AROUND, WIDTH].

        `heard`: per token a number that tells voices apart; only words in the mention's own voice count. Returns None
        where no token lies at `span`, and with `judged` also where no listed word judges the mention.
        """
        w, c = self.words, self.words.columns
        tokens, head = self.tree.place(span)
        if not tokens or (judged and c.sents[head] not in self._telling):
            return None
        found: dict[str, float] = defaultdict(float)
        found["pronoun" if c.pos[head] == "PRON" else "name"] = 1.0
        found[f"as {c.deps[head].split(':')[0]}"] = 1.0
        bound = self.tree.links(head)
        framed = False
        for link in bound:
            valence = frame(c, link.word, link.slot) * w.denied[link.word]
            if valence and (heard is None or heard[link.word] == heard[head]):
                framed = True
                found["frames"] += valence
                found["frames, warm" if valence > 0 else "frames, cold"] += 1
                found[f"frames, {link.slot if link.slot in _SLOTS else 'preposition'}"] += valence
                if w.conditional[link.word]:
                    found["frames, conditional"] += valence
        if judged and not framed and not self._judged(span, tokens, head, heard):
            return None
        likely = [i for i in self._open[c.sents[head]] if heard is None or heard[i] == heard[head]]
        role_of = roles(self.tree, tokens, bound, likely)
        self._give_away(role_of, span, c.sents[head], found)
        self._add_up(role_of, found)
        self._speech(span, found)
        return found, np.vstack([self._by_role(role_of), self._around(tokens, head, heard)])

    def _add_up(self, role_of: Mapping[int, str], found: dict[str, float]) -> None:
        """What each channel says of the words by role, and of all together."""
        w = self.words
        for i, role in role_of.items():
            denied = w.denied[i]
            for channel, values in zip(CHANNELS, w.channels, strict=True):
                valence = values[i] * denied
                if not valence:
                    continue
                own, all_ = _NAMES[role, channel], _NAMES["all", channel]
                found[own.total] += valence
                found[all_.total] += valence
                if channel != "feel" or abs(valence) > FELT:
                    found[own.warm if valence > 0 else own.cold] += 1
                    found[all_.warm if valence > 0 else all_.cold] += 1
                if channel == "news" and w.conditional[i]:
                    found["conditional"] += valence

    def _judged(self, span: Span, tokens: Sequence[int], head: int, heard: Sequence[int] | None) -> bool:
        """Whether a listed word with a bond to the mention, in its voice, judges it."""
        sentence = self.words.columns.sents[head]
        likely = [i for i in self._judging[sentence] if heard is None or heard[i] == heard[head]]
        if not likely:
            return False
        role_of = roles(self.tree, tokens, self.tree.links(head), likely)
        self._give_away(role_of, span, sentence, defaultdict(float))
        return not _LOOSE.issuperset(role_of.values())

    def _around(self, tokens: Sequence[int], head: int, heard: Sequence[int] | None) -> Floats:
        """The vectors of AROUND: the word that the mention hangs on, its neighbours, and the mean of the sentence."""
        c, vectors = self.words.columns, self.words.vectors
        first, last = c.bounds[c.sents[head]]
        made = np.zeros((len(AROUND), WIDTH), dtype=np.float32)
        above = c.heads[head]
        for place, i in enumerate((above if above != head else -1, tokens[0] - 1, tokens[-1] + 1)):
            if first <= i < last and (heard is None or heard[i] == heard[head]):
                made[place] = vectors[i]
        voice = -1 if heard is None else heard[head]
        if (first, voice) not in self._means:
            inside = [i for i in range(first, last) if heard is None or heard[i] == voice]
            self._means[first, voice] = vectors[inside].mean(axis=0)
        made[-1] = self._means[first, voice]
        return made

    def _by_role(self, role_of: Mapping[int, str]) -> Floats:
        """The vectors of words added up by role, over the root of their number."""
        if not role_of:
            return np.zeros((len(ROLES), WIDTH), dtype=np.float32)
        tokens = list(role_of)
        places = [_PLACE[role] for role in role_of.values()]
        chosen = np.zeros((len(ROLES), len(tokens)), dtype=np.float32)
        chosen[places, np.arange(len(tokens))] = [self.words.denied[i] for i in tokens]
        often = np.bincount(places, minlength=len(ROLES))
        total = chosen @ self.words.vectors[tokens]
        return np.asarray(total / np.sqrt(1 + often)[:, None], dtype=np.float32)

    def _give_away(self, role_of: dict[int, str], span: Span, sentence: int, found: dict[str, float]) -> None:
        """Words that others in the sentence have a closer bond to are theirs."""
        mine = {m.actor for m in self.mentions[sentence] if m.span.overlaps(span)}
        others = set()
        for other in self.mentions[sentence]:
            if other.actor in mine or other.span.overlaps(span):
                continue
            others.add(other.actor)
            theirs, valence = self._claim(other)
            found["frames of others"] += valence
            for i in theirs:
                if role_of.get(i) in NEAR:
                    role_of[i] = "theirs"
        found["others"] = min(3.0, len(others))

    def _claim(self, mention: Mention) -> tuple[set[int], float]:
        key = mention.span.start
        if key not in self._claims:
            w, head = self.words, self.tree.place(mention.span)[1]
            bound = self.tree.links(head)
            valence = sum(frame(w.columns, link.word, link.slot) * w.denied[link.word] for link in bound)
            self._claims[key] = ({link.word for link in bound} | set(self.tree.children[head]), valence)
        return self._claims[key]

    def _speech(self, span: Span, found: dict[str, float]) -> None:
        sentence = self.words.columns.sents[self.words.columns.at(span.start)]
        mine = {m.actor for m in self.mentions[sentence] if m.span.overlaps(span)}
        first, last = self.words.columns.sentence_chars()[sentence]
        for said in self.attributions:
            if said.content.start <= span.start < said.content.end:
                found[f"inside {said.kind} speech"] = 1.0
            elif (
                said.speaker
                and mine & set(said.speaker.split("; "))
                and said.content.start < last
                and first < said.content.end
            ):
                found["speaks"] = 1.0
                found[f"speaks, {said.stance}"] = 1.0
