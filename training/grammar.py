"""Trees in, a trained tagger and parser out.

A first layer of hashed word features and open word vectors, a convolution over neighbours, and on top of it a tagger
(Penn tags) and a transition parser (Universal Dependencies), trained together. The parser also ends sentences, so it
is shown paragraphs, not sentences, cut by the tokeniser that runs in the product.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.vocab import Vocab

from analysis.language.tokens import keep_runs
from analysis.language.weights import add_vectors
from training import augment, vectors
from training.conllu import Document, Paragraph, read

TRAIN = ("ewt-train", "gum-permissive-train")
DEV = ("ewt-dev", "gum-permissive-dev")
CUT = 100  # transitions; longer ones are cut, so that a batch has states of like length
LONGEST = 5  # sentences shown at once; the oracle is quadratic in what is shown


def embedding(width: int, depth: int, rows: list[int]) -> dict[str, object]:
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": width,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
            "rows": rows,
            "include_static_vectors": True,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": width,
            "depth": depth,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }


def pipeline(*, width: int = 128, depth: int = 5, hidden: int = 96) -> Language:
    """The untrained pipeline. Its parts are named in the order in which they run."""
    nlp = spacy.blank("en")
    keep_runs(nlp)
    words, table, scale = vectors.load()
    add_vectors(nlp.vocab, words, table.astype("float32") * scale)
    nlp.add_pipe("tok2vec", config={"model": embedding(width, depth, [4000, 800, 2000, 1500])})
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": width, "upstream": "tok2vec"}
    nlp.add_pipe(
        "tagger",
        config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}, "label_smoothing": 0.05},
    )
    nlp.add_pipe(
        "parser",
        config={
            "model": {
                "@architectures": "spacy.TransitionBasedParser.v2",
                "state_type": "parser",
                "extra_state_tokens": False,
                "hidden_width": hidden,
                "maxout_pieces": 2,
                "use_upper": True,
                "tok2vec": listener,
            },
            "min_action_freq": 20,
            "update_with_oracle_cut_size": CUT,
        },
    )
    return nlp


def documents(folder: Path, names: tuple[str, ...]) -> list[Document]:
    return [document for name in names for document in read(folder / "treebank" / f"{name}.conllu.gz")]


def chunks(document: Document, rng: random.Random | None) -> Iterator[Paragraph]:
    """What is shown at once: a paragraph; in training now and then two, as where a page has lost its line breaks."""
    waiting: Paragraph = []
    for paragraph in document:
        waiting = waiting + paragraph
        if rng and len(waiting) < 3 and rng.random() < 0.15:
            continue
        while waiting:
            size = LONGEST if rng is None else rng.randint(2, LONGEST)
            yield waiting[:size]
            waiting = waiting[size:]
    if waiting:
        yield waiting


def example(nlp: Language, paragraph: Paragraph) -> Example:
    reference = reference_doc(nlp.vocab, paragraph)
    return Example(nlp.make_doc(reference.text), reference)


def reference_doc(vocab: Vocab, paragraph: Paragraph) -> Doc:
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    pos: list[str] = []
    heads: list[int] = []
    deps: list[str] = []
    for sentence in paragraph:
        start = len(words)
        words += sentence.words
        spaces += [*sentence.spaces[:-1], True]
        tags += sentence.tags
        pos += sentence.pos
        heads += [start + head for head in sentence.heads]
        deps += sentence.deps
    kept = [i for i, word in enumerate(words) if word]
    if len(kept) < len(words):  # a word that its surface form had no letters for
        raise ValueError(f"Empty word in {words}")
    spaces[-1] = False
    return Doc(vocab, words=words, spaces=spaces, tags=tags, pos=pos, heads=heads, deps=deps)


def stream(nlp: Language, texts: list[Document], rng: random.Random) -> Iterator[Example]:
    """Examples without end, newly drawn and newly changed in each round."""
    while True:
        pieces = [chunk for document in texts for chunk in chunks(document, rng)]
        rng.shuffle(pieces)
        for piece in pieces:
            try:
                yield example(nlp, augment.paragraph(piece, rng))
            except ValueError:
                continue


def fixed(nlp: Language, texts: list[Document]) -> list[Example]:
    made = []
    for document in texts:
        for chunk in chunks(document, None):
            try:
                made.append(example(nlp, chunk))
            except ValueError:
                continue
    return made
