"""Trained pipelines in, the compact files under `analysis/language/weights/` out."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import spacy
from spacy.language import Language

from analysis.language import weights, words
from training import grammar, vectors
from training.conllu import Document


def pack(folder: Path, data: Path, out: Path) -> None:
    """`folder` holds grammar/model-best and, where names were trained, names/model-best."""
    out.mkdir(parents=True, exist_ok=True)
    known, table, scale = vectors.load()
    np.savez_compressed(
        out / weights.VECTORS,
        words=np.frombuffer(zlib.compress("\n".join(known).encode(), 9), dtype="uint8"),
        table=table,
        scale=scale,
    )
    texts = grammar.documents(data, grammar.TRAIN)
    rows = lemma_rows(texts, {word: i for i, word in enumerate(known)})
    (out / weights.LEMMAS).write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    for part, name in (("grammar", weights.GRAMMAR), ("names", weights.NAMES)):
        if (folder / part / "model-best").is_dir():
            (out / name).write_bytes(weights.pack(trained(folder / part)))
    for file in sorted(out.iterdir()):
        print(f"{file.name:14} {file.stat().st_size / 1e6:6.2f} MB")


def trained(folder: Path) -> Language:
    """The best pipeline of a training run, with the word vectors it was trained on."""
    words, table, scale = vectors.load()
    nlp = spacy.blank("en")
    weights.add_vectors(nlp.vocab, words, table.astype("float32") * scale)
    made = spacy.load(folder / "model-best", vocab=nlp.vocab)
    for name in made.pipe_names:
        for label in getattr(made.get_pipe(name), "labels", ()):
            nlp.vocab.strings.add(label)
    return made


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
