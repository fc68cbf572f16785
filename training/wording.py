"""A larger reader of word choice, that the shipped one learns from: MiniLM (Wang et al. 2020), taught by marked words.

    python -m training.wording --data FOLDER --out SOFT.npz [--minutes 25]

It is taught which sentences readers of BABE called biased and which words they marked (Spinde et al. 2021), which
words stand in spans of three techniques of propaganda (Da San Martino et al. 2019), which sentences are subjective
(CheckThat!), and how a sentence looks at a target (NewsMTSC, Hamborg & Donnay 2021); train parts only. Then it reads
news that nobody marked, and SOFT.npz holds the log-odds that it gives each word, which `benchmarks.fit_wording` teaches
to the network that ships (knowledge distillation, Hinton, Vinyals & Dean 2015). Names are swapped for other names in
half of what it is taught, so that no name tips a score. Training alone needs torch and transformers; nothing of MiniLM
ships. Two cores take about as long as `--minutes` says, and a third of that for the reading.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.taught import BATCH, Read, columns_of, names, sentences, swapped, taught, turns, unmarked
from training.teacher import HALVES, home

SWAPPED = 0.5  # share of what is taught that has its names swapped
SIZES = {"light": 48}  # mentions at once; several stand in one sentence
PLAIN = {"ptc": 0.35, "light": 0.5}  # share that is taught of what holds no mark
ORDER = ("babe", "ptc", "babe", "target", "babe", "ptc", "babe", "target", "plain")  # what the steps are about, in turn
AIMS = ("target", "light")  # what can be asked of a target: NewsMTSC, our own readings
RATES = {"bert": 5e-5, "mpnet": 3e-5}  # of MiniLM, and of a larger one
HEADS = 1e-3  # the rate of what is new
TAUGHT = 8  # layers at most, the uppermost
WARM = 60  # steps in which the rates rise
TOLD = 90  # steps between two lines of progress


class Teacher(nn.Module):
    """A transformer, the uppermost of its layers taught, under a head for each of what is taught.

    `aims` are those that ask of a target; `folder` holds other weights than MiniLM's.
    """

    def __init__(self, aims: Sequence[str] = ("target",), folder: Path | None = None) -> None:
        from transformers import AutoModel, AutoTokenizer

        super().__init__()
        self.pieces = AutoTokenizer.from_pretrained(folder or home())
        self.bert = AutoModel.from_pretrained(folder or home(), add_pooling_layer=False)
        for kept in (self.bert.embeddings, *self.bert.encoder.layer[:-TAUGHT]):
            kept.requires_grad_(False)
        width = self.bert.config.hidden_size
        self.drop, self.weigh = nn.Dropout(0.1), nn.Linear(width, 1)
        self.sentence, self.word = nn.Linear(width, 2), nn.Linear(width, 2)
        self.aimed = nn.ModuleDict({about: nn.Linear(2 * width, 3) for about in aims})

    def forward(self, batch: Sequence[Sequence[str]]) -> tuple[Tensor, Tensor, Tensor]:
        """States [batch, words, width] and [batch, width], and which words were seen [batch, words]."""
        given = self.pieces(
            [list(one) for one in batch], is_split_into_words=True, padding=True, truncation=True, max_length=256,
            return_tensors="pt",
        )  # fmt: skip
        size = max(map(len, batch))
        place = torch.tensor([[size if w is None else w for w in given.word_ids(k)] for k in range(len(batch))])
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=HALVES):
            states = self.bert(input_ids=given["input_ids"], attention_mask=given["attention_mask"])[0]
        states = states.float()
        wide = place[..., None].expand_as(states)
        sums = torch.zeros(len(batch), size + 1, states.shape[2]).scatter_add(1, wide, states)
        counts = torch.zeros(len(batch), size + 1).scatter_add(1, place, torch.ones(place.shape))
        share = self.weigh(states)[..., 0].masked_fill(given["attention_mask"] == 0, -1e4).softmax(-1)
        words = sums[:, :size] / counts[:, :size, None].clamp(min=1)
        return self.drop(words), self.drop((states * share[..., None]).sum(1)), counts[:, :size].clamp(max=1)

    def loss(self, about: str, batch: Sequence[Read], words: Sequence[Sequence[str]]) -> Tensor:
        labels = torch.tensor([read.label for read in batch])
        if about in self.aimed:
            return F.cross_entropy(self.aimed[about](self.targets(batch, words)), labels.long())
        states, whole, seen = self(words)
        made = torch.zeros(())
        if about != "ptc":
            made = made + F.binary_cross_entropy_with_logits(
                self.sentence(whole)[:, int(about == "plain")], labels.float()
            )
        if about != "plain":
            odds = self.word(states)[..., int(about == "ptc")]
            each = F.binary_cross_entropy_with_logits(
                odds, padded([read.marked for read in batch], seen), reduction="none"
            )
            made = made + (3 if about == "babe" else 2) * (each * seen).sum() / seen.sum()  # type: ignore[operator]
        return made

    def targets(self, batch: Sequence[Read], words: Sequence[Sequence[str]]) -> Tensor:
        """[batch, twice the width]: the target of each and its sentence."""
        told = {one: place for place, one in enumerate(dict.fromkeys(map(tuple, words)))}  # each is read once
        where = torch.tensor([told[tuple(one)] for one in words])
        states, whole, seen = (made[where] for made in self(list(told)))
        asked = padded([read.target for read in batch], seen) * seen
        own = (states * asked[..., None]).sum(1) / asked.sum(1, keepdim=True).clamp(min=1)
        return torch.cat([own, whole], 1)


def padded(rows: Sequence[Any], like: Tensor) -> Tensor:
    return torch.tensor(np.stack([np.pad(row, (0, like.shape[1] - len(row))) for row in rows])).float()


def teach(
    reads: Mapping[str, Sequence[Read]],
    minutes: float,
    order: Sequence[str] = ORDER,
    share_swapped: float = SWAPPED,
    *,
    blind: bool = False,
    folder: Path | None = None,
) -> Teacher:
    """Fine-tune for so many minutes, on what `order` says in turn; the rates fall in a straight line.

    `share_swapped` of what is taught has its names swapped, those of targets only where the reader is to be `blind`;
    mentions of one sentence see the same other names.
    """
    torch.manual_seed(0)
    rng, model = random.Random(0), Teacher([about for about in AIMS if about in order], folder)
    pool = [name for of in reads.values() for name in names(of)]
    batches = {about: turns(of, PLAIN.get(about, 1), rng, SIZES.get(about, BATCH)) for about, of in reads.items()}
    high = RATES[model.bert.config.model_type]
    old = [w for w in model.bert.parameters() if w.requires_grad]
    new = [w for name, w in model.named_parameters() if not name.startswith("bert.")]
    steps = torch.optim.AdamW([{"params": old, "lr": high}, {"params": new, "lr": HEADS}], weight_decay=0.01)
    model.train()
    began, step = time.monotonic(), 0
    while (share := (time.monotonic() - began) / (60 * minutes)) < 1:
        for group, rate in zip(steps.param_groups, (high, HEADS), strict=True):
            group["lr"] = rate * min(1.0, (step + 1) / WARM) * (1 - share)
        batch = next(batches[about := order[step % len(order)]])
        now = rng.random()
        draws = [random.Random(f"{now} {' '.join(read.words)}") for read in batch]
        words = [
            swapped(read, pool, draw, blind=blind) if draw.random() < share_swapped else read.words
            for read, draw in zip(batch, draws, strict=True)
        ]
        loss = model.loss(about, batch, words)
        steps.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_([*old, *new], 1.0)
        steps.step()
        step += 1
        if step % TOLD == 0:
            print(f"step {step}, {share:.0%} of the time, loss of {about} {loss.item():.3f}", flush=True)
    return model


@torch.no_grad()
def odds(model: Teacher, reads: Sequence[Read], size: int = 48) -> list[Any]:
    """For each sentence [words, 2]: the log-odds that readers of sentences mark a word, and readers of propaganda."""
    model.eval()
    made: list[Any] = [None] * len(reads)
    order = sorted(range(len(reads)), key=lambda k: len(reads[k].words))
    for at in range(0, len(order), size):
        part = order[at : at + size]
        states, _, _ = model([reads[k].words for k in part])
        for k, row in zip(part, model.word(states).numpy(), strict=True):
            made[k] = row[: len(reads[k].words)]
        print(f"\r{at + len(part):,} of {len(order):,} sentences read", end="", flush=True)
    print()
    return made


def options(told: str | None, minutes: float) -> argparse.Namespace:
    """The options of a command that teaches a larger reader: `data`, `out` and, unless told otherwise, `minutes`."""
    parser = argparse.ArgumentParser(description=told, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the development data")
    parser.add_argument("--out", type=Path, required=True, help="the file of log-odds to write")
    parser.add_argument("--minutes", type=float, default=minutes)
    parser.add_argument("--reader", type=Path, help="folder of a larger reader's weights (MiniLM's unless told)")
    return parser.parse_args()


def main() -> None:
    given = options(__doc__, 25)
    model = teach(taught(given.data), given.minutes, folder=given.reader)
    texts = {name: list(sentences(columns_of(text))) for name, text in unmarked(given.data).items()}
    each = iter(odds(model, [read for of in texts.values() for read in of]))
    found = {name: np.concatenate([next(each) for _ in of] or [np.zeros((0, 2))]) for name, of in texts.items()}
    np.savez_compressed(given.out, **{name: said.astype(np.float16) for name, said in found.items()})


if __name__ == "__main__":
    main()
