"""Paragraphs of word forms in, scores out: the trained network as a few sums in numpy.

Two LSTM layers read each paragraph in both directions (Graves & Schmidhuber 2005) and heads on their states give tags,
names, sentence starts and biaffine scores of arcs (Dozat & Manning 2017). The same sums in PyTorch, as they were
trained, are `training.network`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
        share = 0.5 if halved else 1.0
        self.input = np.hstack([share * (one["input"][order] * scale[:, None]).T for one in given])
        self.bias = np.hstack([one["bias"][order] * scale for one in given])
        self.state = np.stack([0.5 * (one["state"][order] * scale[:, None]).T for one in given])

    def run(self, gates: Array, active: Sequence[int]) -> Array:
        """Twice the states [2, words, size] from the sums of the inputs [2, words, 4 * size], which are used up.

        Words are packed: first the first word of every paragraph, then the second of those that have one. `active`
        counts the paragraphs at each step, and never grows.
        """
        size = self.size
        states = np.empty((2, gates.shape[1], size), dtype="float32")
        cells = np.zeros((2, active[0], size), dtype="float32")
        before, start = states[:, :0], 0
        for count in active:
            gate = gates[:, start : start + count]
            cell = cells[:, :count]
            if start:
                gate += before[:, :count] @ self.state
            np.tanh(gate, out=gate)
            gate[..., : 3 * size] += 1
            into = gate[..., :size]
            into *= gate[..., 3 * size :]
            cell *= gate[..., size : 2 * size]
            cell *= 0.5
            cell += into
            before = states[:, start : start + count]
            np.multiply(cell, 0.5, out=before)
            np.tanh(before, out=before)
            before *= gate[..., 2 * size : 3 * size]
            start += count
        return states


_WAYS = ("forth", "back")


class Network:
    """The network with its weights; it remembers the forms that it has met, so one thread at a time may use it."""

    def __init__(self, weights: Mapping[str, Any], vectors: Array, ranks: Mapping[str, int]) -> None:
        weights = {name: np.asarray(value, dtype="float32") for name, value in weights.items()}
        self._tables = [weights[f"embed.{name}.weight"] for name in TABLES]
        self._vectors, self._ranks = vectors, ranks
        self._first, self._second = Layer(weights, "first", halved=False), Layer(weights, "second", halved=True)
        self._project = np.ascontiguousarray(0.5 * weights["heads.project.weight"].T)
        self._project_bias = weights["heads.project.bias"]
        self._start = 0.5 * weights["heads.start.weight"][0], weights["heads.start.bias"][0]
        self._tag = np.ascontiguousarray(weights["heads.tag.weight"].T), weights["heads.tag.bias"]
        self._name = np.ascontiguousarray(weights["heads.name.weight"].T), weights["heads.name.bias"]
        self._label = np.ascontiguousarray(weights["heads.label.weight"].T), weights["heads.label.bias"]
        self._arc, self._lean, self._root = (weights[f"heads.{name}"] for name in ("arc", "lean", "root"))
        self._distance = weights["heads.distance"]
        self._place: dict[str, int] = {}
        self._sums = np.empty((256, self._first.bias.size), dtype="float32")

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
        half = 4 * self._first.size
        gates = np.empty((2, len(ids), half), dtype="float32")
        gates[0] = self._sums[ids, :half]
        gates[1] = self._sums[ids[turned], half:]
        states = self._joined(self._first.run(gates, steps), turned)
        sums = states @ self._second.input
        sums += self._second.bias
        gates[0] = sums[:, :half]
        gates[1] = sums[turned, half:]
        states = self._joined(self._second.run(gates, steps), turned)[packed]
        return self._heads(states, bounds)

    @staticmethod
    def _joined(states: Array, turned: Places) -> Array:
        return np.hstack([states[0], states[1][turned]])

    def _heads(self, states: Array, bounds: Places) -> Scores:
        made = states @ self._project
        made += self._project_bias
        arc, label = self._arc.shape[0], self._label[0].shape[0]
        ends = np.cumsum([arc, arc, label, label, self._tag[0].shape[0]])
        dep, head, label_dep, label_head, tag, name = np.split(made, ends, axis=1)
        left = _bent(dep) @ self._arc
        left += self._lean
        return Scores(
            bounds=bounds,
            tags=_bent(tag) @ self._tag[0] + self._tag[1],
            names=_bent(name) @ self._name[0] + self._name[1],
            starts=states @ self._start[0] + self._start[1],
            left=left,
            head=_bent(head),
            root=left @ self._root + self._distance[len(self._distance) // 2],
            label_dep=label_dep,
            label_head=label_head,
        )

    def arcs(self, scores: Scores, start: int, end: int) -> Array:
        """[words, words] for the words from `start` to `end`: row i scores i's heads, the diagonal the root."""
        made: Array = scores.left[start:end] @ scores.head[start:end].T
        made += self._far(end - start)
        np.fill_diagonal(made, scores.root[start:end])
        return made

    def _far(self, size: int) -> Array:
        reach = len(self._distance) // 2
        places = np.arange(size)
        found: Array = self._distance[np.clip(places[None, :] - places[:, None], -reach, reach) + reach]
        return found

    def labels(self, scores: Scores, heads: Places) -> Array:
        """[words, labels] of the arcs from each word to its head; `heads` counts over all words."""
        found: Array = _bent(scores.label_dep + scores.label_head[heads]) @ self._label[0]
        found += self._label[1]
        return found

    def _ids(self, forms: list[str]) -> list[int]:
        place = self._place
        new = [form for form in dict.fromkeys(forms) if form not in place]
        if new:
            if len(place) + len(new) > FORMS:
                place.clear()
                new = list(dict.fromkeys(forms))
            start = len(place)
            self._grow(start + len(new))
            self._sums[start : start + len(new)] = self._embed(new) @ self._first.input + self._first.bias
            place.update((form, start + i) for i, form in enumerate(new))
        return [place[form] for form in forms]

    def _grow(self, size: int) -> None:
        while len(self._sums) < size:
            self._sums = np.vstack([self._sums, np.empty_like(self._sums)])

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
