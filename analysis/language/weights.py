"""Weight files in, a network ready to read out. Arrays are in half precision, word vectors and graphs in eight bits."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from spacy.attrs import (  # type: ignore[import-not-found]
    IS_BRACKET,
    IS_CURRENCY,
    IS_LEFT_PUNCT,
    IS_RIGHT_PUNCT,
    IS_STOP,
    LIKE_EMAIL,
    LIKE_NUM,
    LIKE_URL,
    SHAPE,
)
from spacy.lang.en import English
from spacy.vectors import Vectors  # type: ignore[import-not-found]
from spacy.vocab import Vocab, create_vocab

from analysis.language.features import SAME
from analysis.language.network import Network

HOME = Path(__file__).with_name("weights")
# What spaCy would find out about every new word and no stage asks: half of what a new word costs.
_UNASKED = (LIKE_NUM, LIKE_URL, LIKE_EMAIL, SHAPE, IS_STOP, IS_CURRENCY, IS_BRACKET, IS_LEFT_PUNCT, IS_RIGHT_PUNCT)
GRAMMAR, VECTORS, LEMMAS = "grammar.npz", "vectors.npz", "lemmas.tsv"
_GRAPH = "graph."  # before the names of graphs among those of arrays


class WeightsMissing(RuntimeError):
    """The trained weights are not where they belong."""


@dataclass(frozen=True, slots=True)
class Trained:
    """Everything that training made."""

    network: Network
    vocab: Vocab  # with the word vectors, which tokens find by their norm
    tags: list[str]
    deps: list[str]
    names: list[str]  # O, B-PER, I-PER, …
    lemmas: dict[tuple[str, str], str]  # (lower-cased form, Penn tag) → lemma
    ranks: dict[str, int]  # words of the vectors, the most frequent first


def load(home: Path = HOME) -> Trained:
    """Read the weights under `home`. Raises WeightsMissing with the way to get them."""
    absent = [name for name in (GRAMMAR, VECTORS, LEMMAS) if not (home / name).is_file()]
    if absent:
        raise WeightsMissing(
            f"The language weights are missing ({', '.join(absent)} in {home}). They are part of the repository: "
            "restore them with `git checkout -- analysis/language/weights`, or train them with `python -m training`."
        )
    with np.load(home / VECTORS) as stored:
        words = zlib.decompress(stored["words"].tobytes()).decode().split("\n")
        table = stored["table"].astype("float32") * stored["scale"]
    ranks = {word: i for i, word in enumerate(words)}
    with np.load(home / GRAMMAR) as stored:
        labels = json.loads(stored["labels"].tobytes())
        graphs = {name.removeprefix(_GRAPH): stored[name].tobytes() for name in stored.files if name.startswith(_GRAPH)}
        arrays = {name: stored[name] for name in stored.files if stored[name].dtype == "float16"}
        network = Network(arrays, graphs, table, ranks)
    vocab = create_vocab("en", English.Defaults)
    for flag in _UNASKED:
        del vocab.lex_attr_getters[flag]  # type: ignore[attr-defined]
    vocab.vectors = Vectors(data=table, name="open", attr="NORM", strings=vocab.strings)
    rows = ranks | {alias: ranks[word] for alias, word in SAME.items() if word in ranks}
    keys = map(vocab.strings.add, rows)
    vocab.vectors.key2row.update(zip(keys, rows.values(), strict=True))  # at once: `add` takes one word at a time
    lemmas = {}
    for row in (home / LEMMAS).read_text(encoding="utf-8").splitlines():
        form, tag, lemma = row.split("\t")
        lemmas[form, tag] = lemma
    return Trained(network, vocab, labels["tags"], labels["deps"], labels["names"], lemmas, ranks)


def save(path: Path, arrays: Mapping[str, Any], graphs: Mapping[str, bytes], labels: Mapping[str, list[str]]) -> None:
    """Write the network: arrays in half precision, graphs, and the names of its tags, labels and kinds of names."""
    packed = {name: np.asarray(value, dtype="float16") for name, value in arrays.items()}
    packed |= {_GRAPH + name: np.frombuffer(graph, "uint8") for name, graph in graphs.items()}
    np.savez_compressed(path, allow_pickle=False, labels=np.frombuffer(json.dumps(labels).encode(), "uint8"), **packed)
