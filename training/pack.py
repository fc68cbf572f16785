"""A trained network in, the compact files under `analysis/language/weights/` out."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import torch

from analysis.language import weights, words
from training import vectors
from training.conllu import Document
from training.examples import NAMES
from training.graphs import compiled


def pack(trained: Path, texts: list[Document], out: Path) -> None:
    """`trained` is what `training.fit.run` kept; lemmas are counted in `texts`."""
    out.mkdir(parents=True, exist_ok=True)
    known, table, scale = vectors.load()
    np.savez_compressed(
        out / weights.VECTORS,
        words=np.frombuffer(zlib.compress("\n".join(known).encode(), 9), dtype="uint8"),
        table=table,
        scale=scale,
    )
    rows = lemma_rows(texts, {word: i for i, word in enumerate(known)})
    (out / weights.LEMMAS).write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    kept = torch.load(trained, weights_only=False)
    tags, deps = kept["labels"]
    labels = {"tags": list(tags), "deps": list(deps), "names": list(NAMES)}
    arrays, graphs = compiled({name: value.numpy() for name, value in kept["model"].items()})
    weights.save(out / weights.GRAMMAR, arrays, graphs, labels)
    for file in sorted(out.iterdir()):
        print(f"{file.name:14} {file.stat().st_size / 1e6:6.2f} MB")


def lemma_rows(texts: list[Document], ranks: dict[str, int]) -> list[str]:
    """Form, tag and lemma of the treebanks, where the rules alone would say something else."""
    seen: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for document in texts:
        for paragraph in document:
            for sentence in paragraph:
                for form, tag, lemma in zip(sentence.words, sentence.tags, sentence.lemmas, strict=True):
                    seen[form.lower().replace("’", "'"), tag][lemma] += 1
    made = []
    for (form, tag), lemmas in sorted(seen.items()):
        lemma, count = lemmas.most_common(1)[0]
        plain = count > 1 and tag not in {"NNP", "NNPS", "GW", "ADD", "FW", "XX", "CD"} and not form.isspace()
        if plain and "\t" not in form + lemma and words.lemma(form, tag, {}, ranks) != lemma and lemma != "_":
            made.append(f"{form}\t{tag}\t{lemma}")
    return made
