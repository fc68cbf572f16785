"""A teacher and texts in, its scores for every word out; and the loss of a pupil that learns those scores.

Knowledge distillation (Hinton, Vinyals & Dean 2015) for a parser of arcs (Kuncoro et al. 2016).
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator

import torch
from spacy.language import Language
from torch import Tensor, nn
from torch.nn import functional as F

from training import fit
from training.examples import NAMES, UNKNOWN, Example, Labels, Soft, tokens
from training.network import Batch, Forms

_NEXT = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(A-Z])")
_OPENING = re.compile(r"(^|[\s(])\"")


def passages(nlp: Language, paragraphs: Iterable[str], rng: random.Random) -> Iterator[Example]:
    """Paragraphs of plain text in pieces of one to five sentences of 3 to 150 words; two in five with curly marks."""
    for paragraph in paragraphs:
        ends = [0, *(found.end() for found in _NEXT.finditer(paragraph)), len(paragraph)]
        at = 0
        while at < len(ends) - 1:
            to = min(at + rng.randint(1, 5), len(ends) - 1)
            piece = paragraph[ends[at] : ends[to]].strip()
            at = to
            if rng.random() < 0.4:
                piece = _OPENING.sub(r"\1“", piece).replace('"', "”").replace("'", "’")
            if 3 <= len(piece.split()) <= 150:
                yield Example([form for _, form in tokens(nlp, piece)])


@torch.no_grad()
def label(teacher: nn.Module, forms: Forms, given: list[Example], rng: random.Random) -> None:
    """Give every example its `soft`. Sentences and heads that are known from a treebank stay as they are."""
    teacher.eval()
    for number, group in enumerate(fit.batches(given, rng, 2600)):
        for one in group:
            for name in ("tags", "heads", "deps", "starts", "names"):
                if not getattr(one, name):
                    setattr(one, name, [UNKNOWN] * len(one.forms))
        batch = Batch(group, forms)
        out = teacher(forms, batch)
        starts = out["starts"].sigmoid()
        for row, one in enumerate(group):
            one.soft = _soft(teacher, {name: value[row] for name, value in out.items()}, starts[row], one)
        if number % 100 == 0:
            print(f"taught {number} batches", flush=True)


def _soft(teacher: nn.Module, out: dict[str, Tensor], starts: Tensor, one: Example) -> Soft:
    size = len(one.forms)
    gold = UNKNOWN not in one.heads
    begins = torch.tensor(one.starts) if gold else (starts[:size] > 0.5).long()
    begins[0] = 1
    sentence = begins.cumsum(0)
    inside = sentence[:, None] == sentence[None, :]
    arcs = out["arcs"][:size, :size].masked_fill(~inside, -1e4).softmax(-1)
    heads = torch.tensor(one.heads) if gold else arcs.argmax(-1)
    pair = {name: out[name][None, :size] for name in ("label_dep", "label_head")}
    labels = teacher.heads.labels(pair, heads[None])[0].softmax(-1)
    tags, names = out["tags"][:size].softmax(-1), out["names"][:size].softmax(-1)
    halves = [value.half().numpy() for value in (arcs, labels, tags, names, starts[:size])]
    return Soft(sentence.numpy(), heads.numpy(), *halves)


def loss(model: nn.Module, out: dict[str, Tensor], batch: Batch, known: Labels) -> tuple[Tensor, dict[str, float]]:
    """Cross-entropy with the teacher's scores, over arcs, labels, tags, names and sentence starts."""
    rows, words = batch.ids.shape
    heads = torch.arange(words).repeat(rows, 1)
    root = heads.clone()
    inside = torch.eye(words, dtype=torch.bool).repeat(rows, 1, 1)
    wished = {
        "arcs": torch.zeros(rows, words, words),
        "labels": torch.zeros(rows, words, len(known.deps)),
        "tags": torch.zeros(rows, words, len(known.tags)),
        "names": torch.zeros(rows, words, len(NAMES)),
        "starts": torch.zeros(rows, words),
    }
    for row, one in enumerate(batch.given):
        soft, size = one.soft, len(one.forms)
        if soft is None:
            raise ValueError("An example has not been labelled by the teacher.")
        heads[row, :size] = torch.from_numpy(soft.heads)
        sentence = torch.from_numpy(soft.sentence)
        inside[row, :size, :size] |= sentence[:, None] == sentence[None, :]
        for name, value in wished.items():
            given = torch.from_numpy(getattr(soft, name)).float()
            value[row, :size].narrow(-1, 0, given.shape[-1]).copy_(given)
    here = batch.mask
    labels = model.heads.labels(out, heads)
    parts = {
        "soft_arcs": _cross(out["arcs"].masked_fill(~inside, -1e4), wished["arcs"], here),
        "soft_labels": _cross(labels, wished["labels"], here & (heads != root)),
        "soft_tags": _cross(out["tags"], wished["tags"], here),
        "soft_names": _cross(out["names"], wished["names"], here),
        "soft_starts": F.binary_cross_entropy_with_logits(out["starts"][here], wished["starts"][here]),
    }
    return torch.stack(list(parts.values())).sum(), {name: float(part.detach()) for name, part in parts.items()}


def _cross(scores: Tensor, wished: Tensor, here: Tensor) -> Tensor:
    return -(wished * scores.log_softmax(-1)).sum(-1)[here].mean()
