"""Paragraphs of word forms in, scores out: the trained network as a few sums in numpy.

Two LSTM layers read each paragraph in both directions (Graves & Schmidhuber 2005) and heads on their states give tags,
names, sentence starts and biaffine scores of arcs (Dozat & Manning 2017). The same sums in PyTorch, as they were
trained, are `training.network`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.language import features

Array = NDArray[np.float32]
Places = NDArray[np.intp]
FORMS = 16384  # forms remembered, each with what it adds to the first layer: 4 kB
TABLES = ("words", "affixes", "letters")


@dataclass(frozen=True, slots=True)
class Scores:
    """Rows are the words of all paragraphs, one after the other; `bounds` are where paragraphs begin, and the end."""

    bounds: Places
    tags: Array  # [words, tags]
    names: Array  # [words, names]
    starts: Array  # [words]: above 0 where a sentence begins
    left: Array  # [words, width]: times a head's `head` gives the score of the arc
    head: Array
    root: Array  # [words]
    label_dep: Array  # [words, width]
    label_head: Array


class Layer:
    """Both directions of one LSTM layer.

    Gates stand in the order in, forget, out, cell, so that one addition serves the first three. Sigmoids are taken
    from tanh, their halves folded into the weights, and states are kept twice as large as they are.
    """

    def __init__(self, weights: Mapping[str, Array], name: str, halved: bool) -> None:
        given = [{part: weights[f"{name}.{way}.{part}"] for part in ("input", "state", "bias")} for way in _WAYS]
        size = given[0]["state"].shape[1]
        order = np.r_[0 : 2 * size, 3 * size : 4 * size, 2 * size : 3 * size]
        scale = np.r_[np.full(3 * size, 0.5), np.ones(size)].astype("float32")
        self.size = size
        share = np.float32(0.5 if halved else 1.0)
        self.input = np.stack([share * (one["input"][order] * scale[:, None]).T for one in given])
        self.bias = np.stack([one["bias"][order] * scale for one in given])
        # A matrix a gate: few rows times small matrices is what OpenBLAS multiplies without copying them first.
        states = np.stack([np.float32(0.5) * one["state"][order] * scale[:, None] for one in given])
        self.state = np.ascontiguousarray(states.reshape(2, 4, size, size).swapaxes(2, 3))

    def run(self, gates: Array, active: Sequence[int]) -> Array:
        """Twice the states [2, words, size] from the sums of the inputs [2, words, 4 * size].

        Words are packed: first the first word of every paragraph, then the second of those that have one. `active`
        counts the paragraphs at each step, and never grows.
        """
        size, most = self.size, max(active[0], 2)
        states = np.empty((2, gates.shape[1], size), dtype="float32")
        before = np.zeros((2, 1, most, size), dtype="float32")
        cells = np.zeros((2, most, size), dtype="float32")
        made = np.empty((2, 4, most, size), dtype="float32")
        start = 0
        for count in active:
            here = gates[:, start : start + count].reshape(2, count, 4, size).swapaxes(1, 2)
            gate, cell, state = made[:, :, :count], cells[:, :count], before[:, 0, :count]
            if start:
                # Two rows at least: one alone is summed in another order, and would depend on its company.
                rows = max(count, 2)
                np.matmul(before[:, :, :rows], self.state, out=made[:, :, :rows])
                gate += here
            else:
                gate[:] = here
            np.tanh(gate, out=gate)
            gate[:, :3] += 1
            into, forget, out, new = (gate[:, k] for k in range(4))
            into *= new
            cell *= forget
            cell *= 0.5
            cell += into
            np.multiply(cell, 0.5, out=state)
            np.tanh(state, out=state)
            state *= out
            states[:, start : start + count] = state
            start += count
        return states


_WAYS = ("forth", "back")
_PROJECTED = (("arc", 0), ("arc", 0), ("label.weight", 1), ("label.weight", 1), ("tag.weight", 1))  # then the names


class Linear:
    """Rows times weights, and a bias.

    Zeros fill the columns up to a multiple of 16: OpenBLAS sums the odd ones in another order where rows are few, and
    what is said of a word would depend, in its last digits, on what is read with it.
    """

    def __init__(self, weight: Array, bias: Array) -> None:
        self.size = len(bias)
        self.weight = np.zeros((weight.shape[1], -(-self.size // 16) * 16), dtype="float32")
        self.weight[:, : self.size] = weight.T
        self.bias = bias.astype("float32")

    def __call__(self, rows: Array) -> Array:
        made: Array = (rows @ self.weight)[:, : self.size]
        made += self.bias
        return made


class Network:
    """The network with its weights; it remembers the forms that it has met, so one thread at a time may use it."""

    def __init__(self, weights: Mapping[str, Any], vectors: Array, ranks: Mapping[str, int]) -> None:
        weights = {name: np.asarray(value, dtype="float32") for name, value in weights.items()}
        self._tables = [weights[f"embed.{name}.weight"] for name in TABLES]
        self._vectors, self._ranks = vectors, ranks
        self._first, self._second = Layer(weights, "first", halved=False), Layer(weights, "second", halved=True)
        split = np.cumsum([weights[f"heads.{name}"].shape[axis] for name, axis in _PROJECTED])
        parts = (np.split(weights[f"heads.project.{part}"], split) for part in ("weight", "bias"))
        half = np.float32(0.5)
        self._project = [Linear(half * weight, bias) for weight, bias in zip(*parts, strict=True)]
        self._start = Linear(half * weights["heads.start.weight"], weights["heads.start.bias"])
        self._tag, self._name, self._label = (
            Linear(weights[f"heads.{name}.weight"], weights[f"heads.{name}.bias"]) for name in ("tag", "name", "label")
        )
        arc, lean, root = (weights[f"heads.{name}"] for name in ("arc", "lean", "root"))
        self._arc = Linear(np.vstack([arc.T, arc @ root]), np.r_[lean, lean @ root])  # the last column is the root's
        self._distance = weights["heads.distance"]
        self._far = np.zeros((0, 0), dtype="float32")
        self._place: dict[str, int] = {}
        self._sums = np.empty((2, 256, 4 * self._first.size), dtype="float32")

    def __call__(self, paragraphs: Sequence[Sequence[str]]) -> Scores:
        """Paragraphs of at least one form each, a blank at the end of a form where one follows it."""
        lengths = np.array([len(forms) for forms in paragraphs])
        order = np.argsort(-lengths, kind="stable")
        sorted_ = lengths[order]
        active = np.searchsorted(-sorted_, -np.arange(sorted_[0]), side="left")
        offsets = np.r_[0, np.cumsum(active)]
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        bounds = np.r_[0, np.cumsum(lengths)]
        row = np.repeat(rank, lengths)
        step = np.arange(bounds[-1]) - np.repeat(bounds[:-1], lengths)
        packed = offsets[step] + row  # where each word stands when packed
        turned = np.empty_like(packed)
        turned[packed] = offsets[np.repeat(lengths, lengths) - 1 - step] + row
        ids = np.empty_like(packed)
        ids[packed] = self._ids([form for forms in paragraphs for form in forms])

        steps = active.tolist()
        gates = np.empty((2, len(ids), 4 * self._first.size), dtype="float32")
        for way, at in enumerate((ids, ids[turned])):
            np.take(self._sums[way], at, axis=0, out=gates[way], mode="clip")
        states = self._joined(self._first.run(gates, steps), turned)
        for way, rows in enumerate((states, states[turned])):
            np.matmul(rows, self._second.input[way], out=gates[way])
            gates[way] += self._second.bias[way]
        states = self._joined(self._second.run(gates, steps), turned)[packed]
        return self._heads(states, bounds)

    @staticmethod
    def _joined(states: Array, turned: Places) -> Array:
        return np.hstack([states[0], states[1][turned]])

    def _heads(self, states: Array, bounds: Places) -> Scores:
        dep, head, label_dep, label_head, tag, name = (part(states) for part in self._project)
        left = self._arc(_bent(dep))
        return Scores(
            bounds=bounds,
            tags=self._tag(_bent(tag)),
            names=self._name(_bent(name)),
            starts=self._start(states)[:, 0],
            left=left[:, :-1],
            head=_bent(head),
            root=left[:, -1] + self._distance[len(self._distance) // 2],
            label_dep=label_dep,
            label_head=label_head,
        )

    def arcs(self, scores: Scores, start: int, end: int) -> Array:
        """[words, words] for the words from `start` to `end`: row i scores i's heads, the diagonal the root."""
        size = end - start
        if size > len(self._far):
            reach, places = len(self._distance) // 2, np.arange(2 * size)
            self._far = self._distance[np.clip(places[None, :] - places[:, None], -reach, reach) + reach]
        made: Array = scores.left[start:end] @ scores.head[start:end].T
        made += self._far[:size, :size]
        np.fill_diagonal(made, scores.root[start:end])
        return made

    def labels(self, scores: Scores, heads: Places) -> Array:
        """[words, labels] of the arcs from each word to its head; `heads` counts over all words."""
        return self._label(_bent(scores.label_dep + scores.label_head[heads]))

    def _ids(self, forms: list[str]) -> list[int]:
        place = self._place
        new = [form for form in dict.fromkeys(forms) if form not in place]
        if new:
            if len(place) + len(new) > FORMS:
                # The commonest words of a language come early: the first half stays, the rest makes room.
                for form in list(islice(reversed(place), len(place) - FORMS // 2)):
                    del place[form]
                new = [form for form in dict.fromkeys(forms) if form not in place]
            start = len(place)
            self._grow(start + len(new))
            made = self._embed(new) @ self._first.input
            self._sums[:, start : start + len(new)] = made + self._first.bias[:, None]
            place.update((form, start + i) for i, form in enumerate(new))
        return [place[form] for form in forms]

    def _grow(self, size: int) -> None:
        while self._sums.shape[1] < size:
            self._sums = np.concatenate([self._sums, np.empty_like(self._sums)], axis=1)

    def _embed(self, forms: list[str]) -> Array:
        """[forms, width]: open vectors, then the hashed tables; zeros for a word that the open vectors lack."""
        rows = [features.rows(form) for form in forms]
        known = [self._ranks.get(features.normal(form.removesuffix(" ")), -1) for form in forms]
        static = self._vectors[known]
        static[np.array(known) < 0] = 0
        made = [static]
        for k, table in enumerate(self._tables):
            sizes = np.array([len(row[k]) for row in rows])
            flat = table[[at for row in rows for at in row[k]]]
            summed = np.add.reduceat(flat, np.r_[0, np.cumsum(sizes)[:-1]], axis=0)
            made.append(summed / sizes[:, None].astype("float32") if TABLES[k] == "letters" else summed)
        return np.hstack(made)


def _bent(x: Array) -> Array:
    """Leaky rectifier."""
    found: Array = np.maximum(x, x * np.float32(0.1))
    return found
