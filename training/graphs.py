"""Trained weights in, what the product reads out: the network's large products as ONNX graphs over eight-bit integers.

States of an LSTM lie between -1 and 1 and are kept in 127ths. Weights are rounded to seven bits, with a scale for each
column, since the eighth would overflow the sums of some processors. Sums of integers are exact: what is said of a word
depends neither on the words that are read with it nor on the order in which a processor adds up.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, checker, helper, numpy_helper

Array = NDArray[np.float32]

WAYS = ("forth", "back")
LOWEST, HIGHEST = -64, 63  # seven bits
ZERO = 128  # what stands for 0 in a state of unsigned eight bits
BENT = 0.1  # of the leaky rectifier
OPSET, CONTRIBUTED, IR = 17, 1, 9  # versions that every pinned ONNX Runtime reads
_LINEAR = ("weight", "bias")
_IN_GRAPHS = {f"heads.{layer}.{part}" for layer in ("project", "start") for part in _LINEAR}
_NARROWER = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7)  # of the largest weight; the largest cut off, the rest are nearer


def compiled(weights: Mapping[str, Array]) -> tuple[dict[str, Array], dict[str, bytes]]:
    """The arrays and the graphs of the network whose trained weights go by the names of `training.network`.

    Graphs: "first" and "second" are a step of a layer, "between" makes the sums of the second layer's inputs, "heads"
    the hidden layers over the states.
    """
    arrays = {name: value for name, value in weights.items() if name.startswith("embed.")}
    arrays["first.input"] = np.stack([_gates(weights[f"first.{way}.input"]).T for way in WAYS])
    arrays["first.bias"] = np.stack([_gates(weights[f"first.{way}.bias"]) for way in WAYS])
    arrays |= {name: value for name, value in weights.items() if name.startswith("heads.") and name not in _IN_GRAPHS}
    graphs = {"first": _step(weights, "first"), "second": _step(weights, "second")}
    return arrays, graphs | {"between": _between(weights), "heads": _heads(weights)}


def _gates(weight: Array) -> Array:
    """In, forget, cell, out, as PyTorch has the gates: in the order in, out, forget, cell, sigmoids side by side."""
    into, forget, cell, out = np.split(weight, 4)
    return np.concatenate([into, out, forget, cell])


def rounded(weight: Array) -> tuple[NDArray[np.int8], Array]:
    """Weights [inputs, outputs] as integers of seven bits, and the scale [outputs] that brings each column nearest."""
    largest = np.maximum(np.abs(weight).max(axis=0), 1e-9) / HIGHEST
    tries = [(largest * share).astype("float32") for share in _NARROWER]
    made = [np.clip(np.rint(weight / scale), LOWEST, HIGHEST) for scale in tries]
    errors = [((one * scale - weight) ** 2).sum(axis=0) for one, scale in zip(made, tries, strict=True)]
    best, columns = np.argmin(errors, axis=0), np.arange(weight.shape[1])
    return np.stack(made)[best, :, columns].T.astype("int8"), np.stack(tries)[best, columns]


class Graph:
    """An ONNX graph in the making."""

    def __init__(self) -> None:
        self.nodes: list[NodeProto] = []
        self.constants: dict[str, Any] = {"unit": np.float32(1 / 127), "zero": np.uint8(ZERO)}

    def add(self, kind: str, inputs: list[str], outputs: list[str], **more: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, outputs, **more))
        return outputs[0]

    def product(self, states: str, name: str, weight: Array, bias: Array | None = None) -> str:
        """States times weights [inputs, outputs], as `name`."""
        self.constants[f"{name}.weight"], self.constants[f"{name}.scale"] = rounded(weight)
        inputs = [states, f"{name}.weight", "unit", f"{name}.scale", "zero"]
        if bias is not None:
            self.constants[f"{name}.bias"] = bias.astype("float32")
            inputs += ["", f"{name}.bias"]
        return self.add("MatMulIntegerToFloat", inputs, [name], domain="com.microsoft")

    def split(self, name: str, sizes: list[int], parts: list[str]) -> None:
        self.constants[f"{name}.sizes"] = np.array(sizes, dtype="int64")
        self.add("Split", [name, f"{name}.sizes"], parts, axis=-1)

    def bytes(self, inputs: dict[str, tuple[int, list[Any]]], outputs: dict[str, tuple[int, list[Any]]]) -> bytes:
        used = {name for node in self.nodes for name in node.input}
        constants = [numpy_helper.from_array(np.asarray(v), k) for k, v in self.constants.items() if k in used]
        given, made = (
            [helper.make_tensor_value_info(name, *one) for name, one in side.items()] for side in (inputs, outputs)
        )
        graph = helper.make_graph(self.nodes, "grammar", given, made, constants)
        versions = [helper.make_opsetid("", OPSET), helper.make_opsetid("com.microsoft", CONTRIBUTED)]
        model = helper.make_model(graph, opset_imports=versions, ir_version=IR)
        checker.check_model(model)
        made_bytes: bytes = model.SerializeToString()
        return made_bytes


def _step(weights: Mapping[str, Array], layer: str) -> bytes:
    """One word further: states and cells of both directions, from the sums of the inputs and the states before."""
    graph = Graph()
    size = weights[f"{layer}.forth.state"].shape[1]
    for way in WAYS:
        made = graph.product(f"{way}.state", f"{way}.product", _gates(weights[f"{layer}.{way}.state"]).T)
        graph.add("Add", [made, f"{way}.gates"], [f"{way}.sum"])
    graph.add("Concat", [f"{way}.sum" for way in WAYS], ["sums"], axis=0)
    graph.split("sums", [3 * size, size], ["open", "new"])
    graph.split(graph.add("Sigmoid", ["open"], ["opened"]), [size] * 3, ["in", "out", "forget"])
    graph.add("Mul", ["in", graph.add("Tanh", ["new"], ["bounded"])], ["entering"])
    graph.add("Mul", ["forget", "cells"], ["staying"])
    graph.add("Add", ["entering", "staying"], ["cells.next"])
    graph.add("Mul", ["out", graph.add("Tanh", ["cells.next"], ["shown"])], ["states"])
    graph.add("QuantizeLinear", ["states", "unit", "zero"], ["states.next"])
    one, two = [1, None, 4 * size], [2, None, size]
    inputs = {f"{way}.state": (TensorProto.UINT8, [None, size]) for way in WAYS}
    inputs |= {f"{way}.gates": (TensorProto.FLOAT, one) for way in WAYS}
    inputs["cells"] = (TensorProto.FLOAT, two)
    return graph.bytes(inputs, {"states.next": (TensorProto.UINT8, two), "cells.next": (TensorProto.FLOAT, two)})


def _between(weights: Mapping[str, Array]) -> bytes:
    """Sums of the second layer's inputs, for each direction from the states in its own order."""
    graph = Graph()
    size = weights["second.forth.state"].shape[1]
    for way in WAYS:
        weight, bias = (_gates(weights[f"second.{way}.{part}"]) for part in ("input", "bias"))
        graph.product(way, f"{way}.gates", weight.T, bias)
    inputs = {way: (TensorProto.UINT8, [None, 2 * size]) for way in WAYS}
    return graph.bytes(inputs, {f"{way}.gates": (TensorProto.FLOAT, [None, 4 * size]) for way in WAYS})


def _heads(weights: Mapping[str, Array]) -> bytes:
    """The hidden layer of each head over the states, and whether a sentence starts."""
    graph = Graph()
    sizes = {"dep": weights["heads.arc"].shape[0], "head": weights["heads.arc"].shape[1]}
    sizes |= {"label_dep": weights["heads.label.weight"].shape[1], "label_head": weights["heads.label.weight"].shape[1]}
    sizes |= {name: weights[f"heads.{name}.weight"].shape[1] for name in ("tag", "name")} | {"start": 1}
    weight, bias = (
        np.concatenate([weights[f"heads.project.{part}"], weights[f"heads.start.{part}"]]) for part in _LINEAR
    )
    graph.product("states", "hidden", weight.T, bias)
    bent = ("dep", "head", "tag", "name")
    graph.split("hidden", list(sizes.values()), [f"{name}.straight" if name in bent else name for name in sizes])
    for name in bent:
        graph.add("LeakyRelu", [f"{name}.straight"], [name], alpha=BENT)
    return graph.bytes(
        {"states": (TensorProto.UINT8, [None, weight.shape[1]])},
        {name: (TensorProto.FLOAT, [None, size]) for name, size in sizes.items()},
    )
