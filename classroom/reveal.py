"""What a class sees at the reveal: its marks counted on every piece, the analyser's beside them, and where they differ.

A room comes in; a `Reveal` goes out: plain numbers and sentences, without a name in it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from analysis.model import Span
from classroom import agreement, marks
from classroom.agreement import Agreement
from classroom.database import Store
from classroom.rooms import Mark, Room, Text, texts
from classroom.tasks import MARKED, Task, task

SHARE = 1 / 3  # of the readers: from here on a word counts as marked by the class. A half leaves a class of thirty,
# in which everybody marks a dozen words of five hundred, with almost none.
WORDS_SHOWN = 80  # characters of a place in the list of differences
DIFFERENCES = 12  # shown; more than a class discusses

Run = tuple[int, int]  # the first and the last of some pieces that stand side by side


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a text: how many readers gave it which value, what the class and the analyser say of it."""

    span: Span
    votes: tuple[tuple[str, int], ...]
    share: float  # of the readers who marked it at all
    of_class: str | None  # a category, or None
    of_analyser: str | None
    reason: str  # of the analyser's mark
    kind: str  # of the analyser's mark


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where the class and the analyser part; `gap` is 1 where they are as far apart as can be."""

    piece: int
    words: str
    sentence: str
    reason: str
    by_analyser: bool
    gap: float


@dataclass(frozen=True, slots=True)
class Compared:
    """Counts of one category: marks of the class, of the analyser, and those that each shares with the other."""

    category: str
    of_class: int
    class_met: int  # marks of the class that the analyser has too
    of_analyser: int
    analyser_met: int  # marks of the analyser that the class has too

    @property
    def precision(self) -> float | None:
        return self.class_met / self.of_class if self.of_class else None

    @property
    def recall(self) -> float | None:
        return self.analyser_met / self.of_analyser if self.of_analyser else None


@dataclass(frozen=True, slots=True)
class TextReveal:
    """One text of a reveal."""

    text: Text
    readers: int
    pieces: tuple[Piece, ...]
    differences: tuple[Difference, ...]
    compared: tuple[Compared, ...]
    before: Agreement | None
    after: Agreement | None
    guesses: tuple[tuple[str, int], ...]


def reveal(store: Store, room: Room) -> tuple[TextReveal, ...]:
    """The reveal of every text of a room. The same marks give the same reveal."""
    of = task(room.task)
    first = marks.of_class(store, room, 1)
    last = marks.of_class(store, room, 2)
    return tuple(
        _of_text(of, text, first.get(text.number, {}), last.get(text.number, {})) for text in texts(store, room)
    )


def _of_text(of: Task, text: Text, first: dict[int, marks.Values], last: dict[int, marks.Values]) -> TextReveal:
    guesses = Counter(values[marks.WHOLE] for values in last.values() if marks.WHOLE in values)
    hits = [_mark_on(text, span) for span in text.pieces]
    pieces = tuple(_piece(of, number, span, hits[number], last) for number, span in enumerate(text.pieces))
    runs = _runs(of, hits)
    same = sorted(set(first) & set(last))  # before and after are compared over the same readers
    return TextReveal(
        text,
        len(last),
        pieces,
        _differences(of, text, pieces, runs, len(last)),
        _compared(of, pieces, runs) if last else (),
        _agreement(of, text, [first[number] for number in same]),
        _agreement(of, text, [last[number] for number in same]) if any(first[n] != last[n] for n in same) else None,
        tuple(guesses.most_common()),
    )


def _piece(of: Task, number: int, span: Span, hit: Mark | None, readers: dict[int, marks.Values]) -> Piece:
    votes = Counter(values[number] for values in readers.values() if number in values)
    share = votes.total() / len(readers) if readers else 0.0
    if of.binary:
        said = votes.most_common(1)[0][0] if share >= SHARE else None
    else:
        silent = len(readers) - votes.total()
        ranked = votes.most_common(1)
        said = ranked[0][0] if ranked and (of.unmarked is None or ranked[0][1] > silent) else of.unmarked
    of_analyser = hit.value if hit else of.unmarked or None
    return Piece(
        span, tuple(votes.most_common()), share, said, of_analyser, hit.reason if hit else "", hit.kind if hit else ""
    )


def _mark_on(text: Text, span: Span) -> Mark | None:
    """The mark of the analyser that covers most of a piece; at least half of a piece must be covered by some mark."""
    best, most = None, 0
    for mark in text.reading:
        if mark.span.start >= span.end or mark.span.end <= span.start:
            continue
        shared = min(span.end, mark.span.end) - max(span.start, mark.span.start)
        inside = span.contains(mark.span) and mark.kind == "scare_quote"  # the piece has the marks with it
        if shared > most and (shared * 2 >= len(span) or inside):
            best, most = mark, shared
    return best


def _differences(
    of: Task, text: Text, pieces: tuple[Piece, ...], runs: list[Run], readers: int
) -> tuple[Difference, ...]:
    if not readers:
        return ()
    found = []
    for first, last in runs:
        piece = max(pieces[first : last + 1], key=lambda p: p.share)
        words = _shown(text.body[pieces[first].span.start : pieces[last].span.end])
        by_analyser = bool(piece.kind)
        n = sum(count for _, count in piece.votes)
        if of.binary:
            gap = 1 - piece.share if by_analyser else piece.share
            if by_analyser:
                sentence = f"The analyser marked it; {_of_readers(n, readers)} did."
            else:
                sentence = f"{_of_readers(n, readers).capitalize()} marked it; the analyser did not."
        else:
            agreeing = dict(piece.votes).get(piece.of_analyser or "", 0)
            if piece.of_analyser == of.unmarked:
                agreeing = readers - n
            answered = readers if of.unmarked is not None else n
            if not answered or piece.of_analyser is None or piece.of_class == piece.of_analyser:
                continue
            gap = 1 - agreeing / answered
            names = {c.id: c.name for c in of.categories} | {of.unmarked: of.unmarked}
            chosen = names.get(piece.of_class, "nothing")
            sentence = f"You mostly say “{chosen}”; the analyser says “{names.get(piece.of_analyser)}”."
        found.append(Difference(first, words, sentence, piece.reason, by_analyser, gap))
    found = [d for d in found if d.gap > (SHARE if of.binary else 0)]
    ranked = sorted(found, key=lambda d: (-d.gap, d.piece))
    # A word of which the same is to be said in two places is talked about once.
    once = {(d.words.casefold(), d.sentence): d for d in reversed(ranked)}
    return tuple([d for d in ranked if once[d.words.casefold(), d.sentence] is d][:DIFFERENCES])


def _runs(of: Task, hits: list[Mark | None]) -> list[Run]:
    """Pieces that one mark of the analyser covers belong together; every other piece stands alone."""
    runs: list[Run] = []
    for number, hit in enumerate(hits):
        if of.binary and hit is not None and runs and hits[runs[-1][1]] is hit:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _shown(words: str) -> str:
    """Words of a text as they stand in a list: on one line, without their own marks, not too long."""
    line = " ".join(words.split()).strip("\"'“”‘’")
    return line if len(line) <= WORDS_SHOWN else line[:WORDS_SHOWN].rsplit(" ", 1)[0] + " …"


def _of_readers(n: int, readers: int) -> str:
    if n == 0:
        return "neither" if readers == 2 else f"none of {readers}"
    return ("both" if n == 2 else f"all {n}") if n == readers > 1 else f"{n} of {readers}"


def _compared(of: Task, pieces: tuple[Piece, ...], runs: list[Run]) -> tuple[Compared, ...]:
    if of.binary:
        by_class = [p for p in pieces if p.of_class is not None]
        covered = [pieces[a : b + 1] for a, b in runs if pieces[a].kind]
        return (
            Compared(
                MARKED,
                len(by_class),
                sum(bool(p.kind) for p in by_class),
                len(covered),
                sum(any(p.of_class is not None for p in run) for run in covered),
            ),
        )
    found = []
    for category in of.categories:
        by_class = [p for p in pieces if p.of_class == category.id]
        by_analyser = [p for p in pieces if p.of_analyser == category.id]
        both = sum(p.of_class == category.id for p in by_analyser)
        found.append(Compared(category.id, len(by_class), both, len(by_analyser), both))
    return tuple(found)


def _agreement(of: Task, text: Text, readings: list[marks.Values]) -> Agreement | None:
    if of.binary:
        said = [{n: MARKED for n in values if n != marks.WHOLE} for values in readings]
        table = agreement.counts_of(said, len(text.pieces), (MARKED, ""), "")
    else:
        names = [c.id for c in of.categories] + ([of.unmarked] if of.unmarked is not None else [])
        table = agreement.counts_of(readings, len(text.pieces), names, of.unmarked)
    return agreement.agreement(table, len(readings))


def compared_in_words(compared: Compared, of: Task) -> str:
    """Precision and recall as a class can say them."""
    category = of.category(compared.category)
    thing = "marks" if category is None else f"“{category.name}” marks"
    if not compared.of_analyser and not compared.of_class:
        return f"Neither you nor the analyser made {thing} here."
    parts = []
    if compared.of_analyser == 1:
        met = "found it" if compared.analyser_met else "did not find it"
        parts.append(f"The analyser made one {thing.removesuffix('s')} here; you {met}.")
    elif compared.of_analyser:
        parts.append(f"Of the analyser’s {compared.of_analyser} {thing} you found {compared.analyser_met or 'none'}.")
    else:
        parts.append(f"The analyser made no {thing} here.")
    if compared.of_class == 1:
        what = "marked one word" if of.cut == "words" else f"made one {thing.removesuffix('s')}"
        parts.append(f"As a class you {what}; the analyser did{', too' if compared.class_met else ' not'}.")
    elif compared.of_class:
        what = "words you marked" if of.cut == "words" else f"{thing} of yours"
        met = f"{compared.class_met} too" if compared.class_met else "none"
        parts.append(f"Of the {compared.of_class} {what}, the analyser marked {met}.")
    else:
        who = "at least a third of you" if of.binary else "most of you"
        parts.append(f"There is no piece to which {who} gave such a mark.")
    return " ".join(parts)
