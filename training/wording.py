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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from analysis import language, marks
from analysis.language.columns import columns
from analysis.model import Span
from benchmarks.fit_wording import CHARACTERS, DECIDED, shared, techniques
from benchmarks.quality import ptc
from benchmarks.quality.data import rows, scorer
from training.teacher import home

ARTICLES = 900  # of news that nobody marked
LONGEST = 150  # words read at once
SWAPPED = 0.5  # share of what is taught that has its names swapped
PLAIN = 0.35  # share of the sentences of propaganda without a mark that are taught
ORDER = ("babe", "ptc", "babe", "target", "babe", "ptc", "babe", "target", "plain")  # what the steps are about, in turn
RATE, HEADS = 5e-5, 1e-3  # of MiniLM, and of what is new
STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "—": "-", "–": "-"})


@dataclass(slots=True)
class Read:
    """The words of one sentence: `tokens` are their numbers in the Doc, the rest is what was said of them."""

    words: list[str]
    tokens: np.ndarray
    names: list[bool]
    marked: np.ndarray = field(default_factory=lambda: np.zeros(0))  # 0..1 a word
    label: float = 0.0  # of the sentence
    target: np.ndarray = field(default_factory=lambda: np.zeros(0))


def sentences(text: str, whole: bool = False) -> Iterator[Read]:
    """The sentences of a text, or the text as one."""
    c = columns(language.read(text, unseen=marks.around_fragments(text, marks.pair(text)[0])))
    kept = np.array([i for i, space in enumerate(c.space) if not space], dtype=int)
    number = np.zeros(len(kept)) if whole else np.array(c.sents)[kept]
    for one in np.unique(number):
        inside = kept[number == one]
        for at in range(0, len(inside), LONGEST):
            part = inside[at : at + LONGEST]
            yield Read([c.words[i].translate(STRAIGHT) for i in part], part, [bool(c.entities[i]) for i in part])


def _starts(text: str) -> tuple[list[int], list[int]]:
    c = columns(language.read(text, unseen=marks.around_fragments(text, marks.pair(text)[0])))
    return list(c.starts), list(c.ends)


def taught(data: Path) -> dict[str, list[Read]]:
    """Everything that is taught, by what it is about."""
    made: dict[str, list[Read]] = {name: [] for name in dict.fromkeys(ORDER)}
    stems = scorer(data).stems
    for row in rows(data / "babe/sg2.jsonl.gz"):
        if row["split"] == "train" and row["label"] in (0, 1):
            for read in sentences(row["text"], whole=True):
                read.marked = np.array([shared(word, row, stems) for word in read.words])
                read.label = DECIDED * row["label"] + (1 - DECIDED) * row["n_biased"] / max(1, row["n_annotators"])
                made["babe"].append(read)
    for row in rows(data / "ptc/articles.jsonl.gz")[ptc.MEASURED :]:
        inside = techniques(row)
        for read in sentences(row["text"]):
            read.marked = inside[read.tokens]
            made["ptc"].append(read)
    for row in rows(data / "checkthat_subj/sentences.jsonl.gz"):
        if row["split"] == "train":
            for read in sentences(row["text"], whole=True):
                read.label = row["label"]
                made["plain"].append(read)
    for row in rows(data / "newsmtsc/targets.jsonl.gz"):
        if row["split"] == "train":
            starts, ends = _starts(row["text"])
            for read in sentences(row["text"], whole=True):
                span = Span(row["start"], row["end"])
                read.target = np.array([span.start < ends[i] and starts[i] < span.end for i in read.tokens])
                read.label = row["polarity"] + 1
                if read.target.any():
                    made["target"].append(read)
    return made


class Teacher(nn.Module):
    """MiniLM, its embeddings kept, under a linear head for each of what is taught."""

    def __init__(self) -> None:
        from transformers import AutoModel, AutoTokenizer

        super().__init__()
        self.pieces = AutoTokenizer.from_pretrained(home())
        self.bert = AutoModel.from_pretrained(home())
        self.bert.embeddings.requires_grad_(False)
        width = self.bert.config.hidden_size
        self.drop, self.weigh = nn.Dropout(0.1), nn.Linear(width, 1)
        self.sentence, self.word, self.target = nn.Linear(width, 2), nn.Linear(width, 2), nn.Linear(2 * width, 3)

    def forward(self, batch: Sequence[Sequence[str]]) -> tuple[Tensor, Tensor, Tensor]:
        """States [batch, words, width] and [batch, width], and which words were seen [batch, words]."""
        given = self.pieces(
            [list(one) for one in batch], is_split_into_words=True, padding=True, truncation=True, max_length=256,
            return_tensors="pt",
        )  # fmt: skip
        size = max(map(len, batch))
        place = torch.tensor([[size if w is None else w for w in given.word_ids(k)] for k in range(len(batch))])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = self.bert(input_ids=given["input_ids"], attention_mask=given["attention_mask"])[0]
        states = states.float()
        wide = place[..., None].expand_as(states)
        sums = torch.zeros(len(batch), size + 1, states.shape[2]).scatter_add(1, wide, states)
        counts = torch.zeros(len(batch), size + 1).scatter_add(1, place, torch.ones(place.shape))
        share = self.weigh(states)[..., 0].masked_fill(given["attention_mask"] == 0, -1e4).softmax(-1)
        words = sums[:, :size] / counts[:, :size, None].clamp(min=1)
        return self.drop(words), self.drop((states * share[..., None]).sum(1)), counts[:, :size].clamp(max=1)

    def loss(self, about: str, batch: Sequence[Read], words: Sequence[Sequence[str]]) -> Tensor:
        states, whole, seen = self(words)
        pad = lambda rows: torch.tensor(np.stack([np.pad(row, (0, seen.shape[1] - len(row))) for row in rows])).float()  # noqa: E731
        labels = torch.tensor([read.label for read in batch])
        if about == "target":
            asked = pad([read.target for read in batch]) * seen
            own = (states * asked[..., None]).sum(1) / asked.sum(1, keepdim=True).clamp(min=1)
            return F.cross_entropy(self.target(torch.cat([own, whole], 1)), labels.long())
        made = torch.zeros(())
        if about != "ptc":
            made = made + F.binary_cross_entropy_with_logits(
                self.sentence(whole)[:, int(about == "plain")], labels.float()
            )
        if about != "plain":
            odds = self.word(states)[..., int(about == "ptc")]
            each = F.binary_cross_entropy_with_logits(odds, pad([read.marked for read in batch]), reduction="none")
            made = made + (3 if about == "babe" else 2) * (each * seen).sum() / seen.sum()  # type: ignore[operator]
        return made


def _turns(reads: Sequence[Read], share: float, rng: random.Random, size: int = 32) -> Iterator[list[Read]]:
    """Batches without end, of `share` of the sentences without a mark; sentences of like length go together."""
    while True:
        chosen = [read for read in reads if read.marked.any() or rng.random() < share]
        rng.shuffle(chosen)
        for at in range(0, len(chosen), 20 * size):
            chosen[at : at + 20 * size] = sorted(chosen[at : at + 20 * size], key=lambda read: len(read.words))
        batches = [chosen[at : at + size] for at in range(0, len(chosen), size)]
        rng.shuffle(batches)
        yield from batches


def teach(data: Path, minutes: float) -> Teacher:
    """Fine-tune for so many minutes; the rates fall in a straight line."""
    torch.manual_seed(0)
    rng, reads, model = random.Random(0), taught(data), Teacher()
    pool = [w for of in reads.values() for read in of for w, name in zip(read.words, read.names, strict=True) if name]
    turns = {about: _turns(of, PLAIN if about == "ptc" else 1, rng) for about, of in reads.items()}
    old = [w for w in model.bert.parameters() if w.requires_grad]
    new = [w for name, w in model.named_parameters() if not name.startswith("bert.")]
    steps = torch.optim.AdamW([{"params": old, "lr": RATE}, {"params": new, "lr": HEADS}], weight_decay=0.01)
    model.train()
    began, step = time.monotonic(), 0
    while (share := (time.monotonic() - began) / (60 * minutes)) < 1:
        for group, rate in zip(steps.param_groups, (RATE, HEADS), strict=True):
            group["lr"] = rate * min(1.0, (step + 1) / 60) * (1 - share)
        batch = next(turns[about := ORDER[step % len(ORDER)]])
        words = [_swapped(read, pool, rng) if rng.random() < SWAPPED else read.words for read in batch]
        loss = model.loss(about, batch, words)
        steps.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_([*old, *new], 1.0)
        steps.step()
        step += 1
        if step % 90 == 0:
            print(f"step {step}, {share:.0%} of the time, loss of {about} {loss.item():.3f}", flush=True)
    return model


def _swapped(read: Read, pool: Sequence[str], rng: random.Random) -> list[str]:
    kept = read.target if len(read.target) else np.zeros(len(read.words), dtype=bool)
    told = zip(read.words, read.names, kept.tolist(), strict=True)
    return [rng.choice(pool) if name and word[:1].isupper() and not asked else word for word, name, asked in told]


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the development data")
    parser.add_argument("--out", type=Path, required=True, help="the file of log-odds to write")
    parser.add_argument("--minutes", type=float, default=25)
    given = parser.parse_args()
    model = teach(given.data, given.minutes)
    found: dict[str, Any] = {}
    for folder, articles in news(given.data).items():
        texts = {name: list(sentences(text)) for name, text in articles.items()}
        flat = odds(model, [read for of in texts.values() for read in of])
        each = iter(flat)
        for name, of in texts.items():
            said = np.concatenate([next(each) for _ in of]) if of else np.zeros((0, 2))
            found[f"{folder}/{name}"] = np.asarray(said, dtype=np.float16)
    np.savez_compressed(given.out, **found)


def news(data: Path) -> dict[str, dict[str, str]]:
    """Texts by id: what nobody marked, and the articles of propaganda that are not measured."""
    articles = rows(data / "outlet_articles/articles.jsonl.gz")
    random.Random(5).shuffle(articles)
    return {
        "news": {row["id"]: row["text"][:CHARACTERS] for row in articles[:ARTICLES]},
        "ptc": {row["id"]: row["text"] for row in rows(data / "ptc/articles.jsonl.gz")[ptc.MEASURED :]},
    }


if __name__ == "__main__":
    main()
