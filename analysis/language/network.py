"""Paragraphs of word forms in, scores out: the trained network in ONNX Runtime and numpy.

Two LSTM layers read each paragraph in both directions (Graves & Schmidhuber 2005) and heads on their states give tags,
names, sentence starts and biaffine scores of arcs (Dozat & Manning 2017). The same sums in PyTorch, as they were
trained, are `training.network`; `training.graphs` makes of them the graphs that are run here, whose large products are
of integers of eight bits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import onnxruntime as onnx
from numpy.typing import NDArray

from analysis.language import features
from analysis.language.forms import Remembered

Array = NDArray[np.float32]
States = NDArray[np.uint8]  # from -1 to 1 in 127ths, around ZERO
Places = NDArray[np.intp]
FORMS = 32768  # forms remembered, each with what it adds to the first layer: 4 kB
TABLES = ("words", "affixes", "letters")
ZERO = 128
onnx.disable_telemetry_events()  # Windows builds would send some


@dataclass(frozen=True, slots=True)
class Scores:
    """Rows are the words of all paragraphs, one after the other; `bounds` are where paragraphs begin, and the end."""

    bounds: Places
    states: States  # [words, size]: what the network holds of a word in its place
    tags: Array  # [words, tags]
    names: Array  # [words, names]
    starts: Array  # [words]: above 0 where a sentence begins
    left: Array  # [words, width]: times a head's `head` gives the score of the arc
    head: Array
    root: Array  # [words]
    label_dep: Array  # [words, width]
    label_head: Array
    forms: Places  # [words]: a number for each form, its own as long as it is remembered
    renewed: Places  # the numbers that have been given to other forms for these words


class Layer:
    """Both directions of one LSTM layer: a graph that takes them one word further."""

    def __init__(self, graph: bytes) -> None:
        self._step = _session(graph)
        self.size: int = self._step.get_inputs()[0].shape[1]

    def run(self, gates: Sequence[Array], active: Sequence[int]) -> States:
        """States [2, words, size] from the sums of the inputs, [words, 4 * size] for each direction.

        Words are packed: first the first word of every paragraph, then the second of those that have one. `active`
        counts the paragraphs at each step, and never grows.
        """
        forth, back = gates
        states = np.empty((2, len(forth), self.size), dtype="uint8")
        state = np.full((2, active[0], self.size), ZERO, dtype="uint8")
        cells = np.zeros((2, active[0], self.size), dtype="float32")
        start = 0
        for count in active:
            end = start + count
            given = {"forth.state": state[0, :count], "back.state": state[1, :count], "cells": cells[:, :count]}
            given |= {"forth.gates": forth[None, start:end], "back.gates": back[None, start:end]}
            state, cells = self._step.run(None, given)
            states[:, start:end] = state
            start = end
        return states


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

    def __init__(
        self, arrays: Mapping[str, Any], graphs: Mapping[str, bytes], vectors: Array, ranks: Mapping[str, int]
    ) -> None:
        """`arrays` and `graphs` as `training.graphs` makes them; rows of `vectors` go by `ranks`."""
        arrays = {name: np.asarray(value, dtype="float32") for name, value in arrays.items()}
        self._tables = [arrays[f"embed.{name}.weight"] for name in TABLES]
        self._vectors, self._ranks = vectors, ranks
        self._input, self._bias = arrays["first.input"].astype(float), arrays["first.bias"]
        self._first, self._second = Layer(graphs["first"]), Layer(graphs["second"])
        self._between, self._heads = _session(graphs["between"]), _session(graphs["heads"])
        self._tag, self._name, self._label = (
            Linear(arrays[f"heads.{name}.weight"], arrays[f"heads.{name}.bias"]) for name in ("tag", "name", "label")
        )
        arc, lean, root = (arrays[f"heads.{name}"] for name in ("arc", "lean", "root"))
        self._arc = Linear(np.vstack([arc.T, arc @ root]), np.r_[lean, lean @ root])  # the last column is the root's
        self._distance = arrays["heads.distance"]
        self._far = np.zeros((0, 0), dtype="float32")
        self._rows = Remembered(FORMS)
        self._sums = np.empty((2, FORMS, 4 * self._first.size), dtype="float32")  # takes memory as it is filled

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
        numbers, renewed = self._numbers([form for forms in paragraphs for form in forms])
        ids = np.empty_like(packed)
        ids[packed] = numbers

        steps = active.tolist()
        gates = [np.take(sums, at, axis=0) for sums, at in zip(self._sums, (ids, ids[turned]), strict=True)]
        states = _joined(self._first.run(gates, steps), turned)
        gates = self._between.run(None, {"forth": states, "back": states[turned]})
        states = _joined(self._second.run(gates, steps), turned)[packed]
        return self._scores(states, bounds, numbers, renewed)

    def _scores(self, states: States, bounds: Places, numbers: Places, renewed: Places) -> Scores:
        dep, head, label_dep, label_head, tag, name, starts = self._heads.run(None, {"states": states})
        left = self._arc(dep)
        return Scores(
            bounds=bounds,
            states=states,
            tags=self._tag(tag),
            names=self._name(name),
            starts=starts[:, 0],
            left=left[:, :-1],
            head=head,
            root=left[:, -1] + self._distance[len(self._distance) // 2],
            label_dep=label_dep,
            label_head=label_head,
            forms=numbers,
            renewed=renewed,
        )

    def arcs(self, scores: Scores, start: int, end: int) -> Array:
        """[words, words] for the words from `start` to `end`: row i scores i's heads, the diagonal the root."""
        size = end - start
        if size > len(self._far):
            reach, places = len(self._distance) // 2, np.arange(2 * size)
            self._far = self._distance[np.clip(places[None, :] - places[:, None], -reach, reach) + reach]
        made: Array = scores.left[start:end] @ scores.head[start:end].T
        made += self._far[:size, :size]
        made.ravel()[:: size + 1] = scores.root[start:end]  # the diagonal
        return made

    def labels(self, scores: Scores, heads: Places) -> Array:
        """[words, labels] of the arcs from each word to its head; `heads` counts over all words."""
        return self._label(_bent(scores.label_dep + scores.label_head[heads]))

    @property
    def remembered(self) -> int:
        """Above all numbers of forms."""
        return self._rows.size

    def _numbers(self, forms: list[str]) -> tuple[Places, Places]:
        """The number of each form, and those that are new; what forms add to the first layer is known then."""
        numbers, new = self._rows(forms)
        renewed = np.array(list(new.values()), dtype=np.intp)
        if new:
            if (more := self._rows.size - self._sums.shape[1]) > 0:
                self._sums = np.concatenate([self._sums, np.empty((2, more, self._sums.shape[2]), "float32")], axis=1)
            # In double precision, so that a form's sums do not hang on which others were new with it.
            self._sums[:, renewed] = self._embed(list(new)).astype(float) @ self._input + self._bias[:, None]
        return numbers, renewed

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


def _joined(states: States, turned: Places) -> States:
    """Both directions of each word side by side."""
    return np.hstack([states[0], states[1][turned]])


def _bent(x: Array) -> Array:
    """Leaky rectifier."""
    found: Array = np.maximum(x, x * np.float32(0.1))
    return found


def _session(graph: bytes) -> onnx.InferenceSession:
    """One thread: many processes read beside each other, and each is to take one core."""
    options = onnx.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnx.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
