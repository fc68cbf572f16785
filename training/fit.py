"""A network and examples in; the best averaged weights on disk, and a line of scores for each look at the dev part."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from training.examples import UNKNOWN, Example, Labels
from training.network import Batch, Forms, loss

WARM_UP = 150  # steps
AVERAGE = 0.998  # share of the running average that a step leaves as it was
WORDS = 1800  # in a batch


def batches(given: list[Example], rng: random.Random, words: int = WORDS) -> Iterator[list[Example]]:
    """Examples of like length together, the batches in random order."""
    order = sorted(given, key=lambda one: len(one.forms) + 8 * rng.random())
    made: list[list[Example]] = [[]]
    longest = 0
    for one in order:
        longest = max(longest, len(one.forms))
        if made[-1] and longest * (len(made[-1]) + 1) > words:
            made.append([])
            longest = len(one.forms)
        made[-1].append(one)
    rng.shuffle(made)
    yield from made


def endless(rounds: Callable[[], list[Example]], rng: random.Random, words: int = WORDS) -> Iterator[list[Example]]:
    while True:
        yield from batches(rounds(), rng, words)


@torch.no_grad()
def evaluate(model: nn.Module, forms: Forms, dev: list[Example], known: Labels) -> dict[str, float]:
    """Attachment inside gold sentences, tags, and F of sentence starts and of names (spans); percentages."""
    model.eval()
    skip = {known.deps.index("punct")}
    arcs = right = both = tags = tags_right = 0
    start_gold = start_made = start_both = name_gold = name_made = name_both = 0
    for group in batches(dev, random.Random(0)):
        batch = Batch(group, forms)
        out = model(forms, batch)
        heads = out["arcs"].masked_fill(~batch.inside, -1e4).argmax(-1)
        labels = model.heads.labels(out, heads).argmax(-1)
        tag, start, name = out["tags"].argmax(-1), out["starts"] > 0, out["names"].argmax(-1)
        for row, one in enumerate(group):
            if one.names and one.names[0] != UNKNOWN:
                gold, made = spans(one.names), spans(name[row].tolist()[: len(one.forms)])
                name_gold, name_made, name_both = (
                    name_gold + len(gold),
                    name_made + len(made),
                    name_both + len(gold & made),
                )
            if not one.heads:
                continue
            for i, (head, dep) in enumerate(zip(one.heads, one.deps, strict=True)):
                tags += one.tags[i] != UNKNOWN
                tags_right += int(tag[row, i]) == one.tags[i]
                start_gold, start_made = start_gold + one.starts[i], start_made + int(start[row, i])
                start_both += one.starts[i] and int(start[row, i])
                if dep in skip or (dep == UNKNOWN and head != i):
                    continue
                arcs += 1
                same = int(heads[row, i]) == head
                right += same
                both += same and (head == i or int(labels[row, i]) == dep)
    model.train()
    return {
        "LAS": 100 * both / max(arcs, 1),
        "UAS": 100 * right / max(arcs, 1),
        "tags": 100 * tags_right / max(tags, 1),
        "starts": 200 * start_both / max(start_gold + start_made, 1),
        "names": 200 * name_both / max(name_gold + name_made, 1),
    }


def spans(names: list[int]) -> set[tuple[int, int]]:
    """Half-open spans of NAMES; an I that follows nothing begins a name."""
    made, start = set(), -1
    for i, name in enumerate([*names, 0]):
        if start >= 0 and (name <= 0 or name % 2 == 1):
            made.add((start, i))
            start = -1
        if name > 0 and start < 0:
            start = i
    return made


class Average:
    """Running average of a model's weights."""

    def __init__(self, model: nn.Module) -> None:
        self.model = model
        self.kept = {name: value.detach().clone() for name, value in model.named_parameters() if value.requires_grad}
        self.steps = 0

    @torch.no_grad()
    def add(self) -> None:
        self.steps += 1
        share = min(AVERAGE, self.steps / (self.steps + 10))
        for name, value in self.model.named_parameters():
            if name in self.kept:
                self.kept[name].lerp_(value, 1 - share)

    @torch.no_grad()
    def swap(self) -> None:
        for name, value in self.model.named_parameters():
            if name in self.kept:
                held = value.clone()
                value.copy_(self.kept[name])
                self.kept[name] = held


Step = Callable[[], tuple[Tensor, dict[str, float], int]]  # loss, its parts, words read
Loss = Callable[[nn.Module, dict[str, Tensor], Batch], tuple[Tensor, dict[str, float]]]


def step(model: nn.Module, forms: Forms, stream: Iterator[list[Example]], measure: Loss | None = None) -> Step:
    """One batch of a stream through the model; measured against what its examples know, where nothing else is said."""

    def made() -> tuple[Tensor, dict[str, float], int]:
        batch = Batch(next(stream), forms)
        scores = model(forms, batch)
        total, parts = measure(model, scores, batch) if measure else loss(model.heads, scores, batch)
        return total, parts, batch.words

    return made


def run(
    model: nn.Module,
    forms: Forms,
    known: Labels,
    steps: Sequence[Step],
    dev: list[Example],
    out: Path,
    *,
    minutes: float,
    every: int = 250,
    rate: float = 2e-3,
    decay: float = 1e-4,
    slow: float = 0.08,
) -> None:
    """Train for so many minutes, the steps in turn. The rate falls in a straight line; MiniLM's is `slow` times it."""
    out.parent.mkdir(parents=True, exist_ok=True)
    groups: dict[float, list[nn.Parameter]] = {1.0: [], slow: []}
    for name, value in model.named_parameters():
        if value.requires_grad:
            groups[slow if name.startswith("bert.") else 1.0].append(value)
    optimizer = torch.optim.AdamW(
        [{"params": group, "share": share} for share, group in groups.items() if group],
        lr=rate,
        betas=(0.9, 0.95),
        weight_decay=decay,
    )
    average = Average(model)
    began, done_steps, words, best = time.time(), 0, 0, -1.0
    losses: dict[str, float] = {}
    over = False
    model.train()
    while not over:
        done = (time.time() - began) / 60 / minutes
        over = done >= 1
        for group in optimizer.param_groups:
            group["lr"] = group["share"] * rate * min(1.0, (done_steps + 1) / WARM_UP) * max(0.01, 1 - done)
        total, parts, read = steps[done_steps % len(steps)]()
        optimizer.zero_grad(set_to_none=True)
        total.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        optimizer.step()
        average.add()
        done_steps, words = done_steps + 1, words + read
        for name, value in parts.items():
            losses[name] = losses.get(name, 0.0) * 0.98 + 0.02 * value
        if done_steps % every == 0 or over:
            average.swap()
            found = evaluate(model, forms, dev, known)
            now = found["LAS"] + 0.3 * found["tags"] + 0.1 * found["starts"] + 0.1 * found["names"]
            if now > best:
                best = now
                torch.save({"model": model.state_dict(), "labels": (known.tags, known.deps)}, out)
            average.swap()
            line = {"step": done_steps, "words": words, "minutes": round((time.time() - began) / 60, 1)}
            line |= {key: round(value, 2) for key, value in found.items()}
            print(json.dumps(line | {"losses": {k: round(v, 3) for k, v in losses.items()}}), flush=True)
