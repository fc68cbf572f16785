"""What the words round one mention say of it: a text's words and a mention in, named numbers out.

No name, no outlet and no topic is a feature: words count only by their valence, by their vector, and by their role.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from analysis.model import Attribution, Mention, Span
from analysis.tone.roles import Tree, roles
from analysis.tone.sums import FELT, Seen
from analysis.tone.words import CHANNELS, Words, frame

NEAR = frozenset({"rest", "thinks", "beside", "above", "around", "gets"})  # roles that a closer bond to another ends
NARRATED = 0  # the narrator's number in `heard`; reported words have numbers above it, quoted ones below
_SLOTS = frozenset({"subject", "object", "owner"})


class Scene:
    """One text with its mentions, ready to be asked about each."""

    def __init__(
        self, words: Words, tree: Tree, mentions: Iterable[Mention], attributions: Sequence[Attribution]
    ) -> None:
        self.words, self.tree = words, tree
        self._said: dict[int, list[tuple[Attribution, set[str]]]] = defaultdict(list)  # by sentence, with speakers
        for said in attributions:
            first, last = (
                words.columns.sents[words.columns.at(edge)] for edge in (said.content.start, said.content.end)
            )
            for sentence in range(first, last + 1):
                self._said[sentence].append((said, set(said.speaker.split("; ")) if said.speaker else set()))
        self.mentions: dict[int, list[Mention]] = defaultdict(list)
        self._claims: dict[int, tuple[set[int], float]] = {}
        self._insides: dict[tuple[int, int | None], list[int]] = {}
        self._open: dict[int, list[int]] = defaultdict(list)  # by sentence, the words that may bring something
        sents = words.columns.sents
        for i in [i for i, row in enumerate(words.row) if row >= 0]:
            self._open[sents[i]].append(i)
        for mention in mentions:
            tokens, head = tree.place(mention.span) if mention.form != "place" else ([], -1)
            if tokens:
                self.mentions[sents[head]].append(mention)

    def of(self, span: Span, heard: Sequence[int] | None = None) -> Seen | None:
        """What is seen of a mention at `span`, to be added up with others; None where no token lies there.

        `heard`: per token a number that tells voices apart; only words in the mention's own voice count, and for one in
        reported speech the narrator's, who tells it in words of his choice (“accused him of …”).
        """
        w, c = self.words, self.words.columns
        tokens, head = self.tree.place(span)
        if not tokens:
            return None
        found: dict[str, float] = defaultdict(float)
        found["pronoun" if c.pos[head] == "PRON" else "name"] = 1.0
        found[f"as {c.deps[head].split(':')[0]}"] = 1.0
        bound = self.tree.links(head)
        voices = _audible(heard[head]) if heard is not None else ()
        for link in bound:
            valence = frame(c, link.word, link.slot) * w.denied[link.word]
            if valence and (heard is None or heard[link.word] in voices):
                found["frames"] += valence
                found["frames, warm" if valence > 0 else "frames, cold"] += 1
                found[f"frames, {link.slot if link.slot in _SLOTS else 'preposition'}"] += valence
                if w.conditional[link.word]:
                    found["frames, conditional"] += valence
        likely = [i for i in self._open[c.sents[head]] if heard is None or heard[i] in voices]
        role_of = roles(self.tree, tokens, bound, likely)
        self._give_away(role_of, span, c.sents[head], found)
        self._own(tokens, found)
        self._speech(span, found)
        return Seen(found, role_of, *self._around(tokens, head, heard))

    def _own(self, tokens: Sequence[int], found: dict[str, float]) -> None:
        """How many words of the mention itself judge: “the terrorist group”. Names are none of them."""
        for i in tokens:
            if self.words.row[i] >= 0:
                for channel, values in zip(CHANNELS, self.words.channels, strict=True):
                    if values[i] and (channel != "feel" or abs(values[i]) > FELT):
                        found[f"own: {channel}, {'warm' if values[i] > 0 else 'cold'}"] += 1

    def _around(
        self, tokens: Sequence[int], head: int, heard: Sequence[int] | None
    ) -> tuple[tuple[int, int, int], Sequence[int]]:
        """The word that a mention hangs on and its neighbours, -1 for none; the words of its sentence and voice."""
        c = self.words.columns
        first, last = c.bounds[c.sents[head]]
        voice = None if heard is None else heard[head]
        voices = () if voice is None else _audible(voice)
        if (first, voice) not in self._insides:
            here = [i for i in range(first, last) if heard is None or heard[i] in voices]
            self._insides[first, voice] = here

        def known(i: int) -> int:
            return i if first <= i < last and (heard is None or heard[i] in voices) else -1

        above = c.heads[head] if c.heads[head] != head else -1
        return (known(above), known(tokens[0] - 1), known(tokens[-1] + 1)), self._insides[first, voice]

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
        c = self.words.columns
        sentence = c.sents[c.at(span.start)]
        if sentence not in self._said:
            return
        mine = {m.actor for m in self.mentions[sentence] if m.span.overlaps(span)}
        begin, behind = c.bounds[sentence]
        first, last = c.starts[begin], c.ends[behind - 1]
        for said, speakers in self._said[sentence]:
            if said.content.start <= span.start < said.content.end:
                found[f"inside {said.kind} speech"] = 1.0
            elif mine & speakers and said.content.start < last and first < said.content.end:
                found["speaks"] = 1.0
                found[f"speaks, {said.stance}"] = 1.0


def _audible(voice: int) -> tuple[int, ...]:
    """The voices whose words count for a mention in `voice`."""
    return (voice, NARRATED) if voice > NARRATED else (voice,)
