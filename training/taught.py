"""What the larger reader of word choice is taught and what it reads: the development data in, sentences out.

Of BABE, PTC, CheckThat! and NewsMTSC train parts only; `training.wording` says what each is for. Needs no torch.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from analysis import language, marks
from analysis.language.columns import Columns, columns
from analysis.model import Span
from benchmarks.fit_wording import CHARACTERS, DECIDED, shared, techniques
from benchmarks.quality import ptc
from benchmarks.quality.data import rows, scorer

ARTICLES = 900  # of news that nobody marked
LONGEST = 150  # words read at once
AROUND, BEFORE = 55, 30  # words on either side of a mention, and of the sentence before
NEUTRAL = 1  # the class of a mention in neither light
ABOUT = ("babe", "ptc", "target", "plain")
BATCH = 32  # sentences
ALIKE = 20  # batches whose sentences are sorted by length together
STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "—": "-", "–": "-"})


@dataclass(slots=True)
class Read:
    """The words of one sentence: `tokens` are their numbers in the Doc, the rest is what was said of them."""

    words: list[str]
    tokens: np.ndarray
    names: list[bool]
    marked: np.ndarray = field(default_factory=lambda: np.zeros(0))  # 0..1 a word
    label: float = 0.0  # of the sentence
    target: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=bool))


def columns_of(text: str) -> Columns:
    """A text as the analysis reads it."""
    return columns(language.read(text, unseen=marks.around_fragments(text, marks.pair(text)[0])))


def sentences(c: Columns, whole: bool = False) -> Iterator[Read]:
    """The sentences of a text, or the text as one; each in pieces of LONGEST words."""
    kept = np.array([i for i, space in enumerate(c.space) if not space], dtype=int)
    number = np.zeros(len(kept)) if whole else np.array(c.sents)[kept]
    for one in np.unique(number):
        inside = kept[number == one]
        for at in range(0, len(inside), LONGEST):
            part = inside[at : at + LONGEST]
            yield Read([c.words[i].translate(STRAIGHT) for i in part], part, [bool(c.entities[i]) for i in part])


def taught(data: Path) -> dict[str, list[Read]]:
    """Everything that is taught, by what it is ABOUT. Raises ValueError where the data holds nothing of one kind."""
    made: dict[str, list[Read]] = {about: [] for about in ABOUT}
    stems = scorer(data).stems
    for row in rows(data / "babe/sg2.jsonl.gz"):
        if row["split"] == "train" and row["label"] in (0, 1):
            for read in sentences(columns_of(row["text"]), whole=True):
                read.marked = np.array([shared(word, row, stems) for word in read.words])
                read.label = DECIDED * row["label"] + (1 - DECIDED) * row["n_biased"] / max(1, row["n_annotators"])
                made["babe"].append(read)
    for row in rows(data / "ptc/articles.jsonl.gz")[ptc.MEASURED :]:
        inside = techniques(row)
        for read in sentences(columns_of(row["text"])):
            read.marked = inside[read.tokens]
            made["ptc"].append(read)
    for row in rows(data / "checkthat_subj/sentences.jsonl.gz"):
        if row["split"] == "train":
            for read in sentences(columns_of(row["text"]), whole=True):
                read.label = row["label"]
                made["plain"].append(read)
    for row in rows(data / "newsmtsc/targets.jsonl.gz"):
        if row["split"] == "train":
            made["target"] += targeted(row["text"], Span(row["start"], row["end"]), row["polarity"] + 1)
    for about, reads in made.items():
        if not reads:
            raise ValueError(f"{data} holds nothing to teach about {about!r}.")
    return made


def targeted(text: str, span: Span, label: int) -> Iterator[Read]:
    """The piece of a text that holds a target, with its words pointed out."""
    c = columns_of(text)
    for read in sentences(c, whole=True):
        read.target = np.array([span.start < c.ends[i] and c.starts[i] < span.end for i in read.tokens])
        read.label = label
        if read.target.any():
            yield read


def shown(c: Columns, span: Span, label: int = 0) -> Read | None:
    """The sentence of a mention behind the end of the one before, the mention pointed out; None where no word stands.

    What is not neutral counts as marked, so that all of it is taught.
    """
    inside = list(c.begun(span)) or [c.at(span.start)]
    sentence = c.sents[inside[0]]
    kept = [i for i in range(len(c)) if not c.space[i]]
    here = [i for i in kept if c.sents[i] == sentence]
    before = [i for i in kept if c.sents[i] == sentence - 1][-BEFORE:]
    if inside[0] not in here:
        return None
    at = max(0, here.index(inside[0]) - AROUND)
    part = [*before, *here[at : at + 2 * AROUND]]
    words_ = [c.words[i].translate(STRAIGHT) for i in part]
    target = np.isin(part, inside)
    return Read(
        words_, np.array(part), [bool(c.entities[i]) for i in part], np.array([label != NEUTRAL]), label, target
    )


def turns(reads: Sequence[Read], share: float, rng: random.Random, size: int = BATCH) -> Iterator[list[Read]]:
    """Batches without end, of `share` of the sentences without a mark; sentences of like length go together.

    All that is asked of one sentence stays together, so that a reader need read it once.
    """
    alike: dict[tuple[str, ...], list[Read]] = defaultdict(list)
    for read in reads:
        alike[tuple(read.words)].append(read)
    while alike:
        chosen = [of for of in alike.values() if any(read.marked.any() for read in of) or rng.random() < share]
        rng.shuffle(chosen)
        flat = [read for of in chosen for read in of]
        for at in range(0, len(flat), ALIKE * size):
            flat[at : at + ALIKE * size] = sorted(flat[at : at + ALIKE * size], key=lambda read: len(read.words))
        batches = [flat[at : at + size] for at in range(0, len(flat), size)]
        rng.shuffle(batches)
        yield from batches


def swapped(read: Read, pool: Sequence[str], rng: random.Random, *, blind: bool = False) -> list[str]:
    """The words of a sentence with other names from a pool; unless `blind`, a target keeps its own."""
    kept = read.target if len(read.target) and not blind else np.zeros(len(read.words), dtype=bool)
    told = zip(read.words, read.names, kept.tolist(), strict=True)
    return [rng.choice(pool) if name and word[:1].isupper() and not asked else word for word, name, asked in told]


def names(reads: Sequence[Read]) -> list[str]:
    """Every word that stands in a name, as often as it does."""
    return [word for read in reads for word, name in zip(read.words, read.names, strict=True) if name]


def unmarked(data: Path) -> dict[str, str]:
    """Texts by kind and id: news that nobody marked, and the articles of propaganda that are not measured."""
    articles = rows(data / "outlet_articles/articles.jsonl.gz")
    random.Random(5).shuffle(articles)
    found = {f"news/{row['id']}": row["text"][:CHARACTERS] for row in articles[:ARTICLES]}
    return found | {f"ptc/{row['id']}": row["text"] for row in rows(data / "ptc/articles.jsonl.gz")[ptc.MEASURED :]}
