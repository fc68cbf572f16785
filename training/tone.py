"""A larger reader of how news shows actors, that the shipped network learns from: MiniLM or MPNet, taught by readings.

    python -m training.tone --data FOLDER --out SOFT.npz [--minutes 40] [--reader FOLDER OF MPNET]

It is taught the fitted half of our own readings of whole articles (`benchmarks/tone_labels.tsv`) and, so that a few
thousand mentions suffice, what `training.wording` teaches: the train part of NewsMTSC and marked words of BABE.
Then it reads all mentions of articles that nobody labelled, and SOFT.npz holds for each its offsets and log-odds, which
`benchmarks.fit_tone` teaches to the network that ships (knowledge distillation, Hinton, Vinyals & Dean 2015). Names,
those of targets among them, are swapped for others in most of what it is taught and in all that it then reads: what it
says of a mention is to come of the words around the name.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from analysis.model import Article, Span
from benchmarks.fit_tone import seen
from benchmarks.quality.tone_rows import read_articles, unlabelled
from training.taught import Read, columns_of, names, shown, swapped, taught
from training.wording import AIMS, Teacher, options, teach

ORDER = ("light", "target", "light", "babe", "light", "target", "light")
SWAPPED = 0.8  # share of what is taught that has its names swapped


def readings(data: Path) -> Iterator[Read]:
    """The fitted half of our own readings: 0, 1 and 2 for a cold, neutral and warm light."""
    for article, lights in read_articles(data, held_out=False):
        c = columns_of(article.text)
        found = (shown(c, span, light + 1) for span, light in lights.items())
        yield from (read for read in found if read is not None)


def asked(article: Article) -> tuple[list[Span], list[Read]]:
    """The mentions of an article as tone hears them."""
    c = columns_of(article.text)
    found = [(mention.span, shown(c, mention.span)) for mention in seen(article)[0]]
    kept = [(span, read) for span, read in found if read is not None]
    return [span for span, _ in kept], [read for _, read in kept]


@torch.no_grad()
def odds(model: Teacher, reads: Sequence[Read], pool: Sequence[str], size: int = 64) -> Any:
    """[mentions, AIMS times three]: log-odds of cold, neutral and warm, as NewsMTSC and as our own readings have it.

    Mentions of one sentence see the same other names from the pool.
    """
    model.eval()
    made = [np.zeros((0, 3 * len(AIMS)))]
    for at in range(0, len(reads), size):
        part = reads[at : at + size]
        draws = [random.Random(zlib.crc32(" ".join(read.words).encode())) for read in part]
        told = [swapped(read, pool, rng, blind=True) for read, rng in zip(part, draws, strict=True)]
        targets = model.targets(part, told)
        made.append(torch.cat([model.aimed[about](targets) for about in AIMS], 1).numpy())
    return np.vstack(made)


def main() -> None:
    given = options(__doc__, 40)
    told = taught(given.data)
    told["light"] = list(readings(given.data))
    told = {about: reads for about, reads in told.items() if about in ORDER}
    model = teach(told, given.minutes, ORDER, SWAPPED, blind=True, folder=given.reader)
    pool = [name for reads in told.values() for name in names(reads) if name[:1].isupper()]
    found = {}
    articles = unlabelled(given.data)
    for number, article in enumerate(articles, start=1):
        spans, reads = asked(article)
        places = np.array([[span.start, span.end] for span in spans]).reshape(-1, 2)
        found[article.id] = np.hstack([places, odds(model, reads, pool)]).astype(np.float32)
        print(f"\r{number:,} of {len(articles):,} articles read", end="", flush=True)
    print()
    np.savez_compressed(given.out, **found)


if __name__ == "__main__":
    main()
