"""Weight files in, pipelines out. Weights are kept in half precision and word vectors in eight bits."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import spacy
import srsly  # type: ignore[import-untyped]
from spacy.language import Language
from spacy.vectors import Vectors  # type: ignore[import-not-found]
from spacy.vocab import Vocab
from thinc.api import Config, NumpyOps

from analysis.language.tokens import keep_runs

HOME = Path(__file__).with_name("weights")
GRAMMAR, NAMES, VECTORS, LEMMAS = "grammar.bin", "names.bin", "vectors.npz", "lemmas.tsv"
# Marks that the vectors know in another shape.
SAME = {"’s": "'s", "``": '"', "“": '"', "”": '"', "‘": "'", "’": "'", "—": "--", "–": "--"}


class WeightsMissing(RuntimeError):
    """The trained weights are not where they belong."""


@dataclass(frozen=True, slots=True)
class Pipelines:
    """`names` is None where only the grammar has been trained."""

    grammar: Language
    names: Language | None
    lemmas: dict[tuple[str, str], str]  # (lower-cased form, Penn tag) → lemma
    ranks: dict[str, int]  # words of the vectors, the most frequent first


def load(home: Path = HOME) -> Pipelines:
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
    blank = spacy.blank("en")
    add_vectors(blank.vocab, words, table)
    grammar = _pipeline((home / GRAMMAR).read_bytes(), blank.vocab)
    names = _pipeline((home / NAMES).read_bytes(), blank.vocab) if (home / NAMES).is_file() else None
    lemmas = {}
    for row in (home / LEMMAS).read_text(encoding="utf-8").splitlines():
        form, tag, lemma = row.split("\t")
        lemmas[form, tag] = lemma
    return Pipelines(grammar, names, lemmas, {word: i for i, word in enumerate(words)})


def add_vectors(vocab: Vocab, words: list[str], table: np.ndarray[Any, Any]) -> None:
    """Give a vocabulary word vectors [len(words), width], which tokens find by their norm."""
    vocab.vectors = Vectors(data=table, name="open", attr="NORM", strings=vocab.strings)
    place = {word: row for row, word in enumerate(words)}
    for word, row in [*place.items(), *((alias, place[word]) for alias, word in SAME.items() if word in place)]:
        vocab.vectors.add(vocab.strings.add(word), row=row)


def pack(nlp: Language) -> bytes:
    """A trained pipeline without its vocabulary, weights in half precision."""
    stored = srsly.msgpack_loads(nlp.to_bytes(exclude=["vocab", "tokenizer"]))
    for name in nlp.pipe_names:
        stored[name] = _recast(stored[name], "float32", "float16")
    return zlib.compress(srsly.msgpack_dumps(stored), 9)


def _pipeline(packed: bytes, vocab: Vocab) -> Language:
    stored = srsly.msgpack_loads(zlib.decompress(packed))
    config = Config().from_str(bytes(stored["config.cfg"]).decode())
    nlp = spacy.util.load_model_from_config(config, vocab=vocab)
    keep_runs(nlp)
    for name in nlp.pipe_names:
        stored[name] = _recast(stored[name], "float16", "float32")
    nlp.from_bytes(srsly.msgpack_dumps(stored), exclude=["vocab", "tokenizer"])
    ops = NumpyOps(use_blis=False)  # numpy's own BLAS: four times as fast as thinc's on the machines we measured
    for _, pipe in nlp.pipeline:
        for label in getattr(pipe, "labels", ()):
            vocab.strings.add(label)
        for node in cast(Any, pipe).model.walk():
            node.ops = ops
    return nlp


def _recast(component: bytes, old: str, new: str) -> bytes:
    """Change the number type of a stored component's weights."""
    outer = srsly.msgpack_loads(component)
    model = srsly.msgpack_loads(outer["model"])
    for params in model["params"]:
        for name, value in params.items():
            if value is not None and value.dtype == old:
                params[name] = value.astype(new)
    outer["model"] = srsly.msgpack_dumps(model)
    return cast(bytes, srsly.msgpack_dumps(outer))
