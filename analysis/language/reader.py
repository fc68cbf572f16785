"""Text in, annotated Doc out. The grammar sees paragraphs of words; line breaks are put back around them afterwards."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any, cast

import numpy as np
from spacy.tokens import Doc
from spacy.vocab import Vocab

from analysis.language import weights, words
from analysis.language.paragraphs import breaks
from analysis.language.sentences import bound, preset

BATCH = 64  # texts read at once; more gains nothing, because a batch of their paragraphs is full by then
KEPT = 4096  # paragraphs remembered: outlets print the same agency copy, and stages read the same article again
LONGEST = 600  # words given to the grammar at once; longer paragraphs are cut at the end of a likely sentence

_lock = threading.Lock()
_loaded: weights.Pipelines | None = None
_kept: OrderedDict[tuple[str, ...], Grammar] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Raw:
    """The tokens of a text as plain lists, because asking a Doc for them one by one is slow."""

    vocab: Vocab
    texts: list[str]
    starts: list[int]  # offsets
    space: list[int]  # 1 where the token is white space
    blank: list[int]  # 1 where a blank follows the token
    norms: list[int]


@dataclass(frozen=True, slots=True)
class Grammar:
    """What is known of one paragraph; one entry a word. `heads` count from the paragraph's first word."""

    tags: list[str]
    pos: list[str]
    lemmas: list[str]
    heads: list[int]
    deps: list[str]
    entities: list[str]


def read(text: str, *, unseen: Collection[int] = ()) -> Doc:
    """Read one text. `doc.text == text`; a blank line always ends a sentence.

    `unseen` are the characters of marks that the grammar is to read over, as a reader does: a word in marks keeps its
    place in the sentence. Raises ValueError for a text with half a surrogate pair, which no file can hold, and
    WeightsMissing.
    """
    with _lock:
        return _read_batch([text], unseen)[0]


def read_many(texts: Iterable[str]) -> Iterator[Doc]:
    """Read many texts, in their order: the same Docs as `read` gives, faster."""
    waiting = iter(texts)
    while batch := list(islice(waiting, BATCH)):
        with _lock:
            made = _read_batch(batch)
        yield from made


def _pipelines() -> weights.Pipelines:
    global _loaded
    if _loaded is None:
        _loaded = weights.load()
    return _loaded


def _read_batch(texts: list[str], unseen: Collection[int] = ()) -> list[Doc]:
    pipelines = _pipelines()
    for text in texts:
        _check(text)
    raw = [_raw(pipelines.grammar.tokenizer(text)) for text in texts]
    cut = [_pieces(one, text, unseen) for one, text in zip(raw, texts, strict=True)]
    keys = [[_key(one, piece) for piece in pieces] for one, pieces in zip(raw, cut, strict=True)]
    known = _parse(pipelines, raw, cut, keys)
    return [
        _assemble(one, [(piece, known[key]) for piece, key in zip(pieces, names, strict=True)])
        for one, pieces, names in zip(raw, cut, keys, strict=True)
    ]


def _raw(doc: Doc) -> Raw:
    space, blank, norms = doc.to_array(["IS_SPACE", "SPACY", "NORM"]).T.tolist() if len(doc) else ([], [], [])
    return Raw(doc.vocab, [token.text for token in doc], [token.idx for token in doc], space, blank, norms)


def _check(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"The text holds half a surrogate pair at character {error.start}; clean it first.") from None


def _pieces(raw: Raw, text: str, unseen: Collection[int]) -> list[list[int]]:
    """Places of the words of each paragraph, white space and unseen marks left out."""
    pieces: list[list[int]] = [[]]
    ends = iter([*breaks(text), len(text) + 1])
    end = next(ends)
    for i, at in enumerate(raw.starts):
        if raw.space[i] or at in unseen:
            continue
        if at >= end or _full(raw, pieces[-1]):
            pieces.append([])
        while at >= end:
            end = next(ends)
        pieces[-1].append(i)
    return [piece for piece in pieces if piece]


def _full(raw: Raw, piece: list[int]) -> bool:
    return len(piece) >= LONGEST and (len(piece) >= 2 * LONGEST or raw.texts[piece[-1]] in {".", "!", "?"})


def _key(raw: Raw, piece: list[int]) -> tuple[str, ...]:
    """The words, each with a blank where white space follows it: all that the grammar can see."""
    made = [raw.texts[i] for i in piece]
    for place, (i, after) in enumerate(pairwise(piece)):
        if raw.blank[i] or any(raw.space[k] or raw.blank[k] for k in range(i + 1, after)):
            made[place] += " "
    return tuple(made)


def _parse(
    pipelines: weights.Pipelines, raw: list[Raw], cut: list[list[list[int]]], keys: list[list[tuple[str, ...]]]
) -> dict[tuple[str, ...], Grammar]:
    """Every distinct paragraph once, unless it is remembered."""
    known: dict[tuple[str, ...], Grammar] = {}
    new: dict[tuple[str, ...], Doc] = {}
    for one, pieces, names in zip(raw, cut, keys, strict=True):
        for piece, key in zip(pieces, names, strict=True):
            if key in _kept:
                _kept.move_to_end(key)
                known[key] = _kept[key]
            elif key not in new:
                new[key] = _bare(one, piece, key)
    # Paragraphs of like length go together, so that none waits for the longest.
    order = sorted(new, key=len)
    parsed: Iterable[Doc] = pipelines.grammar.pipe([new[key] for key in order], batch_size=128)
    if pipelines.names is not None:
        parsed = pipelines.names.pipe(parsed, batch_size=128)
    for key, made in zip(order, parsed, strict=True):
        known[key] = _kept[key] = _grammar(made, pipelines)
    while len(_kept) > KEPT:
        _kept.popitem(last=False)
    return known


def _bare(raw: Raw, piece: list[int], key: tuple[str, ...]) -> Doc:
    """A paragraph as the grammar was trained to see it: words and single blanks."""
    made = Doc(raw.vocab, words=[word.rstrip(" ") for word in key], spaces=[word.endswith(" ") for word in key])
    _set_norms(made, [raw.norms[i] for i in piece])
    preset(made)
    return made


def _set_norms(doc: Doc, norms: list[int]) -> None:
    """Norms that the tokeniser gave (“n’t”: not), which a Doc built from words would lack; the vectors go by them."""
    if norms:
        doc.from_array(["NORM"], cast(Any, np.array([[norm] for norm in norms], dtype="uint64")))


def _grammar(doc: Doc, pipelines: weights.Pipelines) -> Grammar:
    tags = [token.tag_ for token in doc]
    heads, deps = bound(doc)
    forms = [token.text for token in doc]
    return Grammar(
        tags=tags,
        pos=[words.universal(form, tag, dep) for form, tag, dep in zip(forms, tags, deps, strict=True)],
        lemmas=[
            words.lemma(form, tag, pipelines.lemmas, pipelines.ranks) for form, tag in zip(forms, tags, strict=True)
        ],
        heads=heads,
        deps=deps,
        entities=[f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O" for t in doc],
    )


def _assemble(raw: Raw, pieces: list[tuple[list[int], Grammar]]) -> Doc:
    """Lay the paragraphs into the whole text. White space hangs on the word before it, and says nothing."""
    size = len(raw.texts)
    if not size:
        return Doc(raw.vocab)
    tags, pos, lemmas = ["_SP"] * size, ["SPACE"] * size, list(raw.texts)
    deps, entities = ["dep"] * size, ["O"] * size
    heads = [-1] * size
    for piece, grammar in pieces:
        for place, i in enumerate(piece):
            tags[i], pos[i], lemmas[i] = grammar.tags[place], grammar.pos[place], grammar.lemmas[place]
            heads[i], deps[i] = piece[grammar.heads[place]], grammar.deps[place]
            entities[i] = grammar.entities[place]
        for before, after in pairwise(piece):  # a name may run over a line end
            if entities[after].startswith("I-"):
                for i in range(before + 1, after):
                    entities[i] = entities[after]
    first = pieces[0][0][0] if pieces else 0
    for i, head in enumerate(heads):
        if head < 0:
            if not raw.space[i]:
                tags[i], pos[i], deps[i] = "''", "PUNCT", "punct"
            heads[i] = first if i < first or not pieces else i - 1
    if not pieces:
        deps[0] = "ROOT"
    made = Doc(
        raw.vocab,
        words=raw.texts,
        spaces=[bool(blank) for blank in raw.blank],
        tags=tags,
        pos=pos,
        lemmas=lemmas,
        heads=heads,
        deps=deps,
        ents=entities,
    )
    _set_norms(made, raw.norms)
    return made
