"""A pipeline and a stream of examples in; the best weights on disk, and a line of scores for each look at them."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.training import Example
from thinc.api import Adam

WARM_UP = 200  # steps
SMALLEST, LARGEST = 500, 1600  # words in a batch: small ones learn early, large ones settle late


def run(
    nlp: Language,
    examples: Iterator[Example],
    dev: list[Example],
    score: Callable[[dict[str, float]], float],
    out: Path,
    *,
    minutes: float,
    every: int = 400,
    rate: float = 0.0015,
    dropout: float = 0.15,
) -> None:
    """Train for so many minutes. The rate falls in a straight line to a fiftieth; the weights kept are averages."""
    out.mkdir(parents=True, exist_ok=True)
    optimizer = Adam(rate, L2=0.01, grad_clip=1.0, use_averages=True)
    began, step, words, best = time.time(), 0, 0, -1.0
    losses: dict[str, float] = {}
    over = False
    while not over:
        done = (time.time() - began) / 60 / minutes
        over = done >= 1
        optimizer.learn_rate = rate * min(1.0, (step + 1) / WARM_UP) * max(0.02, 1 - done)
        batch = take(examples, SMALLEST + (LARGEST - SMALLEST) * min(1.0, done * 1.5))
        nlp.update(batch, sgd=optimizer, drop=dropout, losses=losses)
        step += 1
        words += sum(len(one.reference) for one in batch)
        if step % every == 0 or over:
            with nlp.use_params(optimizer.averages):
                scores = nlp.evaluate(dev)
                flat = {k: round(100 * float(v), 2) for k, v in scores.items() if isinstance(v, float) and k != "speed"}
                now = score(flat)
                if now > best:
                    best = now
                    nlp.to_disk(out / "model-best", exclude=["vocab"])
                line = {"step": step, "words": words, "minutes": round((time.time() - began) / 60, 1)} | flat
                line |= {"losses": {k: round(float(v)) for k, v in losses.items()}}
                print(json.dumps(line), flush=True)
                losses.clear()


def take(examples: Iterator[Example], words: float) -> list[Example]:
    batch: list[Example] = []
    size = 0
    while size < words:
        batch.append(next(examples))
        size += len(batch[-1].reference)
    return batch
