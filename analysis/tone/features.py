"""What the words round one mention say of it: a text's words and a mention in, named numbers out.

No name, no outlet and no topic is a feature: words count only by their valence, by their vector, and by their role.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from analysis.language.vectors import WIDTH, Floats
from analysis.model import Attribution, Mention, Span
from analysis.tone.roles import ROLES, Link, Tree, links, roles
from analysis.tone.words import CHANNELS, Words, frame

NEAR = frozenset({"rest", "thinks", "beside", "above", "around", "gets"})  # roles that a closer bond to another ends
AROUND = ("above", "before", "after", "sentence")
FELT = 0.12  # a word whose vector suggests less than this feels like nothing
_PLACE = {role: place for place, role in enumerate(ROLES)}
_NEWS = CHANNELS.index("news")
_LOOSE = frozenset({"rest", "theirs"})
_SLOTS = frozenset({"subject", "object", "owner"})


class Scene:
    """One text with its mentions, ready to be asked about each."""

    def __init__(self, words: Words, mentions: Iterable[Mention], attributions: Sequence[Attribution]) -> None:
        self.words = words
        self.tree = Tree(words.columns)
        self.attributions = attributions
        self.mentions: dict[int, list[Mention]] = defaultdict(list)
        self._places: dict[Span, tuple[list[int], int]] = {}
        self._bonds: dict[int, list[Link]] = {}
        self._claims: dict[int, tuple[set[int], float]] = {}
        self._judging: dict[int, list[int]] = defaultdict(list)  # by sentence, the words with a polarity in news
        for i, (valence, row) in enumerate(zip(words.channels[_NEWS], words.row, strict=True)):
            if valence and row >= 0:
                self._judging[words.columns.sents[i]].append(i)
        for mention in mentions:
            tokens, head = self._place(mention.span) if mention.form != "place" else ([], -1)
            if tokens:
                self.mentions[words.columns.sents[head]].append(mention)

    def _place(self, span: Span) -> tuple[list[int], int]:
        """The tokens at `span`, and the one that the others hang on; -1 where there is none."""
        known = self._places.get(span)
        if known is None:
            tokens = self.tree.tokens(span)
            known = self._places[span] = tokens, self.tree.head(tokens) if tokens else -1
        return known

    def _bound(self, head: int) -> list[Link]:
        known = self._bonds.get(head)
        if known is None:
            known = self._bonds[head] = links(self.tree, head)
        return known

    def of(
        self, span: Span, heard: Sequence[int] | None = None, *, judged: bool = False
    ) -> tuple[dict[str, float], Floats] | None:
        """Features of a mention at `span`, and the vectors [ROLES and AROUND, WIDTH].

        `heard`: per token a number that tells voices apart; only words in the mention's own voice count. Returns None
        where no token lies at `span`, and with `judged` also where no listed word judges the mention.
        """
        tokens, head = self._place(span)
        if not tokens:
            return None
        w, c = self.words, self.words.columns
        found: dict[str, float] = defaultdict(float)
        found["pronoun" if c.pos[head] == "PRON" else "name"] = 1.0
        found[f"as {c.deps[head].split(':')[0]}"] = 1.0
        bound = self._bound(head)
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
        role_of = roles(self.tree, tokens, bound)
        self._give_away(role_of, span, c.sents[head], found)
        counted: list[tuple[int, int]] = []
        for i, role in role_of.items():
            if w.row[i] < 0 or (heard is not None and heard[i] != heard[head]):
                continue
            counted.append((i, _PLACE[role]))
            for channel, values in zip(CHANNELS, w.channels, strict=True):
                valence = values[i] * w.denied[i]
                if not valence:
                    continue
                sign = "warm" if valence > 0 else "cold"
                found[f"{role}: {channel}"] += valence
                found[f"all: {channel}"] += valence
                if channel != "feel" or abs(valence) > FELT:
                    found[f"{role}: {channel}, {sign}"] += 1
                    found[f"all: {channel}, {sign}"] += 1
                if channel == "news" and w.conditional[i]:
                    found["conditional"] += valence
        self._speech(span, found)
        return found, np.vstack([self._by_role(counted), self._around(tokens, head, heard)])

    def _judged(self, span: Span, tokens: Sequence[int], head: int, heard: Sequence[int] | None) -> bool:
        """Whether a listed word with a bond to the mention, in its voice, judges it."""
        sentence = self.words.columns.sents[head]
        likely = [i for i in self._judging[sentence] if heard is None or heard[i] == heard[head]]
        if not likely:
            return False
        role_of = roles(self.tree, tokens, self._bound(head), likely)
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
        inside = [i for i in range(first, last) if heard is None or heard[i] == heard[head]]
        made[-1] = vectors[inside].mean(axis=0)
        return made

    def _by_role(self, counted: Sequence[tuple[int, int]]) -> Floats:
        """The vectors of words (token, place of its role) added up by role, over the root of their number."""
        chosen = np.zeros((len(ROLES), len(counted)), dtype=np.float32)
        for column, (i, place) in enumerate(counted):
            chosen[place, column] = self.words.denied[i]
        total = chosen @ self.words.vectors[[i for i, _ in counted]] if counted else np.zeros((len(ROLES), WIDTH))
        return np.asarray(total / np.sqrt(1 + (chosen != 0).sum(axis=1, keepdims=True)), dtype=np.float32)

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
            w, head = self.words, self._place(mention.span)[1]
            bound = self._bound(head)
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
