"""Treebanks and name corpora in; arrays out, word by word as our own tokeniser cuts the text."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.language import Language

from analysis.language.tokens import adapt
from training import augment
from training.conllu import Document, Paragraph, read

TRAIN = ("ewt-train", "gum-permissive-train")
DEV = ("ewt-dev", "gum-permissive-dev")
LONGEST = 5  # sentences shown at once
UNKNOWN = -100
KINDS = ("PER", "LOC", "ORG", "MISC")
Ints = NDArray[np.int64]
Halves = NDArray[np.float16]
NAMES = ("O", *(f"{place}-{kind}" for kind in KINDS for place in "BI"))


@dataclass(slots=True)
class Soft:
    """What the teacher says of an example: scores as probabilities, one row a word, in half precision."""

    sentence: Ints  # the number of the sentence of each word
    heads: Ints
    arcs: Halves  # [words, words]; the diagonal is the root
    labels: Halves  # of the arcs to `heads`
    tags: Halves
    names: Halves
    starts: Halves  # [words]


@dataclass(slots=True)
class Example:
    """One entry a word; UNKNOWN where nothing is known. `heads`: the word itself for a root."""

    forms: list[str]  # with a blank at the end where one follows
    tags: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deps: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    names: list[int] = field(default_factory=list)
    soft: Soft | None = None


@dataclass(frozen=True, slots=True)
class Labels:
    tags: tuple[str, ...]
    deps: tuple[str, ...]


def tokeniser() -> Language:
    nlp = spacy.blank("en")
    adapt(nlp)
    return nlp


def documents(folder: Path, names: tuple[str, ...]) -> list[Document]:
    return [document for name in names for document in read(folder / "treebank" / f"{name}.conllu.gz")]


def labels(texts: list[Document]) -> Labels:
    """Tags and labels of the treebanks; labels seen less than ten times are left to their plain form."""
    sentences = [sentence for document in texts for paragraph in document for sentence in paragraph]
    tags = Counter(tag for sentence in sentences for tag in sentence.tags)
    deps = Counter(dep for sentence in sentences for dep in sentence.deps)
    return Labels(tuple(sorted(tags)), tuple(sorted(dep for dep, count in deps.items() if count >= 10)))


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


def cut(nlp: Language, words: list[str], spaces: list[bool]) -> tuple[list[str], list[list[int]]]:
    """Our tokens of a text given as words, and for each of them the words that it shares characters with."""
    owner: list[int] = []
    for i, (word, space) in enumerate(zip(words, spaces, strict=True)):
        owner += [i] * len(word) + [-1] * space
    text = "".join(word + " " * space for word, space in zip(words, spaces, strict=True))
    made = tokens(nlp, text)
    shared = [sorted({k for k in owner[at : at + len(form.removesuffix(" "))] if k >= 0}) for at, form in made]
    return [form for _, form in made], shared


def tokens(nlp: Language, text: str) -> list[tuple[int, str]]:
    """Where each of our tokens begins, and its form, with a blank at its end where white space follows."""
    made = []
    for token in nlp.tokenizer(text):
        if not token.is_space:
            end = token.idx + len(token)
            made.append((token.idx, token.text + " " * (end < len(text) and text[end].isspace())))
    return made


def tree(nlp: Language, paragraph: Paragraph, known: Labels, entities: list[list[str]] | None = None) -> Example:
    """A paragraph as our tokeniser cuts it. A word cut in two hangs its rest on its first part, without a label."""
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    heads: list[int] = []
    deps: list[str] = []
    starts: list[bool] = []
    names: list[str] = []
    for at, sentence in enumerate(paragraph):
        start = len(words)
        words += sentence.words
        spaces += [*sentence.spaces[:-1], True]
        tags += sentence.tags
        heads += [start + head for head in sentence.heads]
        deps += sentence.deps
        starts += [True] + [False] * (len(sentence.words) - 1)
        if entities:
            names += entities[at]
    spaces[-1] = False
    forms, shared = cut(nlp, words, spaces)
    first: dict[int, int] = {}
    for i, group in enumerate(shared):
        for k in group:
            first.setdefault(k, i)
    tag_at = {tag: i for i, tag in enumerate(known.tags)}
    dep_at = {dep: i for i, dep in enumerate(known.deps)}
    made = Example(forms)
    for i, group in enumerate(shared):
        # Of several words in one token, the one whose head lies outside stands for all.
        top = next((k for k in group if heads[k] == k or heads[k] not in group), group[0])
        whole = first[top] == i
        head = first.get(heads[top], i) if whole else first[top]
        alone = whole and len(group) == 1 and (i + 1 == len(shared) or top not in shared[i + 1])
        made.tags.append(tag_at.get(tags[top], UNKNOWN) if alone else UNKNOWN)
        made.heads.append(head)
        dep = deps[top] if deps[top] in dep_at else deps[top].split(":")[0]
        made.deps.append(dep_at.get(dep, UNKNOWN) if alone and head != i else UNKNOWN)
        made.starts.append(int(whole and any(starts[k] for k in group)))
        if entities:
            name = names[group[0]]
            made.names.append(_name(name, first[group[0]] == i))
    return made


def named(nlp: Language, words: list[str], spaces: list[bool], names: list[str]) -> Example:
    """A sentence or paragraph of which only the names are known."""
    forms, shared = cut(nlp, words, spaces)
    seen: set[int] = set()
    made = Example(forms)
    for group in shared:
        made.names.append(_name(names[group[0]], group[0] not in seen))
        seen.update(group)
    return made


def _name(tag: str, first: bool) -> int:
    if tag not in NAMES:
        return UNKNOWN
    return NAMES.index(tag if first or tag == "O" else f"I-{tag[2:]}")


def trees(nlp: Language, texts: list[Document], known: Labels, rng: random.Random | None) -> list[Example]:
    """One round through the treebanks, newly drawn and newly changed where `rng` is given."""
    made = []
    for document in texts:
        for chunk in chunks(document, rng):
            if all(word for sentence in chunk for word in sentence.words):
                paragraph = augment.paragraph(chunk, rng) if rng else chunk
                entities = [s.entities for s in paragraph] if all(s.entities for s in paragraph) else None
                made.append(tree(nlp, paragraph, known, entities))
    return made
