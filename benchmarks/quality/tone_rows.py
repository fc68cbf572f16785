"""How actors are shown in whole articles as they come: our own readings of 75,383 mentions in 1,331 articles.

`tone_labels.tsv` holds them by the hash of the article's id and offsets: 1 where a careful reader finds that the words
of its sentence show the actor in a good light, -1 in a bad one, 0 in neither (one in seven is not 0). All mentions of
an article but places were read, without what the analysis made of them. Who suffers harm, who judges others and who
only acts or speaks is 0; blame, accusations and wrongdoing are -1, whoever tells them. `benchmarks/fit_tone.py` fits on
1,184 articles (what ships was fitted on 864 of them); here the 147 others are measured, all by the first reader.
"""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from analysis import pipeline, targets, tone
from analysis.model import Article, Span
from benchmarks.quality.data import half, hashed

LABELS = Path(__file__).parents[1] / "tone_labels.tsv"
FOLDERS = ("outlet_articles", "polnear")
UNLABELLED = 800  # articles that a larger reader is asked about
CHARACTERS = 6000  # of each
STRONG = 0.11  # a tone at full colour in the figures; by three folds over the fitted half 0.73 of those are right
STRONG_MENTION = 0.3  # of a single mention, which nothing draws towards 0
HASTY = frozenset({"4", "5"})  # readers who passed over faint lights: 11 in 100 mentions not 0, where others have 16
CLEAR = 0.5  # of the readings of an actor in a voice, that it has a light which ought to be found


def read_articles(data: Path, *, held_out: bool) -> Iterator[tuple[Article, dict[Span, int]]]:
    """The articles of one half with the light of each mention; every second by its hash is held out."""
    lights = _lights()
    for article in half(data, FOLDERS, lights, held_out=held_out):
        yield article, lights[article.id]


def unlabelled(data: Path, number: int | None = UNLABELLED) -> list[Article]:
    """So many articles that we did not read, all where None, by their hashes, each to CHARACTERS."""
    lights = _lights()
    others = [article for article in hashed(data, FOLDERS) if article.id not in lights]
    random.Random(4).shuffle(others)
    return [Article(one.id, one.text[:CHARACTERS]) for one in others[:number]]


def by_hasty() -> frozenset[str]:
    """The articles of the HASTY readers."""
    with LABELS.open(encoding="utf-8", newline="") as file:
        return frozenset(row["article"] for row in csv.DictReader(file, delimiter="\t") if row["reader"] in HASTY)


def _lights() -> dict[str, dict[Span, int]]:
    lights: dict[str, dict[Span, int]] = defaultdict(dict)
    with LABELS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            lights[row["article"]][Span(int(row["start"]), int(row["end"]))] = int(row["light"])
    return lights


def measure(data: Path, documents: int) -> Iterator[tuple[str, float]]:
    """Of strong tones the share whose direction a reader shares, and of what the reader found clear the share found."""
    mentions: list[tuple[float, float]] = []
    actors: list[tuple[float, float]] = []
    for article, lights in read_articles(data, held_out=True):
        reading, found, _ = pipeline.read(article)
        reading, findings = targets.assign(reading, found)
        read: dict[tuple[str, str], list[int]] = defaultdict(list)
        for mention, voice, value in tone.of_mentions(reading, findings):
            if mention.span in lights:
                mentions.append((value, lights[mention.span]))
                read[mention.actor, voice].append(lights[mention.span])
        for one in tone.measure(reading, findings):
            if seen := read.get((one.actor, one.voice)):
                actors.append((one.tone * tone.trust(one.n), sum(seen) / len(seen)))
    yield from _scores("mentions", mentions, STRONG_MENTION)
    yield from _scores("rows", actors, STRONG)


def _scores(of: str, pairs: list[tuple[float, float]], least: float) -> Iterator[tuple[str, float]]:
    """Precision and recall of strong tones; `pairs`: what the analysis says and what the reader does."""
    strong = [(said, seen) for said, seen in pairs if abs(said) >= least]
    right = sum(said * seen > 0 for said, seen in strong)
    clear = [(said, seen) for said, seen in pairs if abs(seen) >= CLEAR]
    found = sum(abs(said) >= least and said * seen > 0 for said, seen in clear)
    yield f"tone_rows.strong_{of}_right", right / max(1, len(strong))
    yield f"tone_rows.clear_{of}_found", found / max(1, len(clear))
