"""The network in PyTorch, as it is trained: the same sums as `analysis.language.network` does in numpy."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from analysis.language import features
from training.examples import NAMES, UNKNOWN, Example, Labels

ARC, LABEL, TAG, NAME = 128, 96, 96, 64  # widths of the heads
REACH = 16  # words; farther distances count alike


class Forms:
    """Word forms met so far and the rows of the tables that describe them."""

    def __init__(self, vectors: dict[str, int]) -> None:
        self.vectors, self.place = vectors, {}
        self.static: list[int] = []
        self.rows: list[tuple[list[int], list[int], list[int]]] = []

    def __call__(self, form: str) -> int:
        at = self.place.get(form)
        if at is None:
            at = self.place[form] = len(self.rows)
            self.static.append(self.vectors.get(features.normal(form.removesuffix(" ")), len(self.vectors)))
            self.rows.append(features.rows(form))
        return at


class Embedding(nn.Module):
    """Forms [n] to vectors [n, width]."""

    def __init__(self, table: np.ndarray, sizes: tuple[int, int, int] = (64, 64, 32)) -> None:
        super().__init__()
        padded = np.vstack([table, np.zeros((1, table.shape[1]), dtype="float32")])
        self.register_buffer("static", torch.from_numpy(padded.astype("float32")), persistent=False)
        rows = (features.WORDS, features.AFFIXES, features.LETTERS)
        names = ("words", "affixes", "letters")
        for name, count, size, mode in zip(names, rows, sizes, ("sum", "sum", "mean"), strict=True):
            bag = nn.EmbeddingBag(count, size, mode=mode)
            nn.init.normal_(bag.weight, std=0.3 if mode == "sum" else 0.6)
            setattr(self, name, bag)
        self.width = table.shape[1] + sum(sizes)
        self.drop_vector, self.drop_word = 0.1, 0.25

    def forward(self, forms: Forms, ids: Tensor) -> Tensor:
        unique, back = torch.unique(ids, return_inverse=True)
        parts = [forms.rows[i] for i in unique.tolist()]
        made = [self.static[[forms.static[i] for i in unique.tolist()]]]
        for k, bag in enumerate((self.words, self.affixes, self.letters)):
            sizes = [len(part[k]) for part in parts]
            flat = torch.tensor([row for part in parts for row in part[k]])
            made.append(bag(flat, torch.tensor([0, *np.cumsum(sizes)[:-1]])))
        made = [F.embedding(back, one) for one in made]
        if self.training:
            for k, share in ((0, self.drop_vector), (1, self.drop_word)):
                made[k] = made[k] * (torch.rand(*back.shape, 1) >= share)
        return torch.cat(made, -1)


class Direction(nn.Module):
    """One direction of an LSTM. Gates in the order in, forget, cell, out."""

    def __init__(self, width: int, hidden: int, drop: float) -> None:
        super().__init__()
        self.input = nn.Parameter(torch.empty(4 * hidden, width))
        self.state = nn.Parameter(torch.empty(4 * hidden, hidden))
        self.bias = nn.Parameter(torch.zeros(4 * hidden))
        self.register_buffer("none", torch.zeros(4 * hidden), persistent=False)
        self.hidden, self.drop = hidden, drop
        nn.init.xavier_uniform_(self.input)
        for k in range(4):
            nn.init.orthogonal_(self.state.data[k * hidden : (k + 1) * hidden])
        self.bias.data[hidden : 2 * hidden] = 1.0

    def forward(self, x: Tensor) -> Tensor:
        zero = x.new_zeros(1, x.shape[0], self.hidden)
        state = F.dropout(self.state, self.drop, self.training)
        weights = [self.input, state, self.bias, self.none]
        return torch._VF.lstm(x, (zero, zero), weights, True, 1, 0.0, self.training, False, True)[0]


class Both(nn.Module):
    """[batch, words, width] to [batch, words, 2 * hidden]; `turned` are the places read from the end."""

    def __init__(self, width: int, hidden: int, drop: float) -> None:
        super().__init__()
        self.forth, self.back = Direction(width, hidden, drop), Direction(width, hidden, drop)

    def forward(self, x: Tensor, turned: Tensor) -> Tensor:
        at = turned.unsqueeze(-1)
        reversed_ = torch.gather(x, 1, at.expand(-1, -1, x.shape[-1]))
        back = self.back(reversed_)
        return torch.cat([self.forth(x), torch.gather(back, 1, at.expand(-1, -1, back.shape[-1]))], -1)


def same_drop(x: Tensor, share: float, training: bool) -> Tensor:
    """Dropout with one mask for all words of a row (Gal & Ghahramani 2016)."""
    if not training or not share:
        return x
    return x * (torch.rand(x.shape[0], 1, x.shape[2]) >= share) / (1 - share)


class Heads(nn.Module):
    """States [batch, words, width] to scores."""

    def __init__(self, width: int, known: Labels, drop: float) -> None:
        super().__init__()
        self.drop = drop
        self.project = nn.Linear(width, 2 * ARC + 2 * LABEL + TAG + NAME)
        self.tag, self.name = nn.Linear(TAG, len(known.tags)), nn.Linear(NAME, len(NAMES))
        self.start = nn.Linear(width, 1)
        self.arc = nn.Parameter(torch.randn(ARC, ARC) * 0.02)
        self.lean = nn.Parameter(torch.zeros(ARC))  # how readily a word is a head
        self.root = nn.Parameter(torch.zeros(ARC))
        self.distance = nn.Parameter(torch.zeros(2 * REACH + 1))
        self.label = nn.Linear(LABEL, len(known.deps))

    def forward(self, states: Tensor) -> dict[str, Tensor]:
        sizes = [ARC, ARC, LABEL, LABEL, TAG, NAME]
        dep, head, label_dep, label_head, tag, name = self.project(states).split(sizes, -1)
        act = lambda x: same_drop(F.leaky_relu(x, 0.1), self.drop, self.training)  # noqa: E731
        dep, head, tag, name = act(dep), act(head), act(tag), act(name)
        return {
            "tags": self.tag(tag),
            "names": self.name(name),
            "starts": self.start(states).squeeze(-1),
            "arcs": self.arcs(dep, head),
            "label_dep": label_dep,
            "label_head": label_head,
        }

    def arcs(self, dep: Tensor, head: Tensor) -> Tensor:
        """[batch, words, words]: row i holds the scores of i's heads; the diagonal that of the root."""
        size = dep.shape[1]
        left = dep @ self.arc + self.lean
        places = torch.arange(size)
        far = (places[None, :] - places[:, None]).clamp(-REACH, REACH) + REACH
        scores = left @ head.transpose(1, 2) + self.distance[far]
        root = left @ self.root + self.distance[REACH]
        eye = torch.eye(size, dtype=torch.bool)
        return torch.where(eye, root.unsqueeze(-1), scores)

    def labels(self, out: dict[str, Tensor], heads: Tensor) -> Tensor:
        """[batch, words, labels] of the arcs to `heads` [batch, words]."""
        there = torch.gather(out["label_head"], 1, heads.unsqueeze(-1).expand_as(out["label_head"]))
        hidden = F.leaky_relu(out["label_dep"] + there, 0.1)
        return self.label(F.dropout(hidden, self.drop, self.training))


class Network(nn.Module):
    def __init__(
        self, table: np.ndarray, known: Labels, hidden: int = 128, drop: float = 0.28, drop_state: float = 0.15
    ) -> None:
        super().__init__()
        self.embed = Embedding(table)
        self.first = Both(self.embed.width, hidden, drop_state)
        self.second = Both(2 * hidden, hidden, drop_state)
        self.heads = Heads(2 * hidden, known, drop)
        self.drop = drop

    def forward(self, forms: Forms, batch: Batch) -> dict[str, Tensor]:
        x = same_drop(self.embed(forms, batch.ids), self.drop * 0.7, self.training)
        x = same_drop(self.first(x, batch.turned), self.drop, self.training)
        x = same_drop(self.second(x, batch.turned), self.drop, self.training)
        return self.heads(x)


class Batch:
    """Examples padded to one length, as tensors [batch, words]."""

    def __init__(self, given: list[Example], forms: Forms) -> None:
        lengths = [len(one.forms) for one in given]
        size = max(lengths)
        self.given = given
        self.words = sum(lengths)

        def padded(values: list[list[int]], fill: int) -> Tensor:
            return torch.tensor([[*row, *([fill] * (size - len(row)))] for row in values])

        self.ids = padded([[forms(form) for form in one.forms] for one in given], forms(""))
        self.mask = padded([[1] * length for length in lengths], 0).bool()
        self.turned = torch.tensor([[*range(n - 1, -1, -1), *range(n, size)] for n in lengths])
        self.tags = padded([one.tags for one in given], UNKNOWN)
        self.names = padded([one.names for one in given], UNKNOWN)
        self.starts = padded([one.starts for one in given], UNKNOWN)
        self.deps = padded([one.deps for one in given], UNKNOWN)
        self.heads = padded([one.heads for one in given], UNKNOWN)
        sentence = self.starts.clamp(min=0).cumsum(1).masked_fill(~self.mask, -1)
        self.inside = (sentence.unsqueeze(1) == sentence.unsqueeze(2)) & self.mask.unsqueeze(1)


def loss(model: Heads, out: dict[str, Tensor], batch: Batch) -> tuple[Tensor, dict[str, float]]:
    """The sum of what is known of the batch."""
    parts: dict[str, Tensor] = {}
    if bool((batch.names != UNKNOWN).any()):
        parts["names"] = F.cross_entropy(
            out["names"].flatten(0, 1), batch.names.flatten(), ignore_index=UNKNOWN, label_smoothing=0.03
        )
    if bool((batch.heads != UNKNOWN).any()):
        parts["tags"] = F.cross_entropy(
            out["tags"].flatten(0, 1), batch.tags.flatten(), ignore_index=UNKNOWN, label_smoothing=0.03
        )
        known = batch.starts != UNKNOWN
        parts["starts"] = F.binary_cross_entropy_with_logits(out["starts"][known], batch.starts[known].float())
        scores = out["arcs"].masked_fill(~batch.inside, -1e4)
        parts["arcs"] = F.cross_entropy(scores.flatten(0, 1), batch.heads.flatten(), ignore_index=UNKNOWN)
        labels = model.labels(out, batch.heads.clamp(min=0))
        parts["labels"] = F.cross_entropy(
            labels.flatten(0, 1), batch.deps.flatten(), ignore_index=UNKNOWN, label_smoothing=0.03
        )
    return sum(parts.values()), {name: float(part.detach()) for name, part in parts.items()}
