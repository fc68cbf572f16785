"""Sentences of a treebank in, the same sentences as news would print them out: marks, dashes, headlines, capitals."""

from __future__ import annotations

import random

from training.conllu import Paragraph, Sentence

STRAIGHT = {"“": '"', "”": '"', "‘": "'", "’": "'", "``": '"', "''": '"'}
APOSTROPHES = ("'s", "n't", "'ll", "'re", "'ve", "'m", "'d", "'")
PLACES = ("LONDON", "MOSCOW", "PARIS", "KYIV", "WASHINGTON", "BERLIN", "BEIJING", "CAIRO", "NEW DELHI", "NAIROBI")
AGENCIES = ("AP", "Reuters", "AFP", "UPI", "dpa")


def paragraph(sentences: Paragraph, rng: random.Random) -> Paragraph:
    """A changed copy. The shares are small, so that most of the text stays as people wrote it."""
    made = [sentence.copy() for sentence in sentences]
    marks, dash = rng.random(), rng.random()
    for sentence in made:
        if marks < 0.35:
            _curl(sentence)
        elif marks < 0.7:
            sentence.words = [_straight(word) for word in sentence.words]
        if dash < 0.4:
            shape = rng.choice(("—", "–", "--"))
            sentence.words = [shape if w in {"--", "—", "–"} else w for w in sentence.words]
            if sentence.tags:
                sentence.words = [
                    shape if w == "-" and t in {":", ","} else w
                    for w, t in zip(sentence.words, sentence.tags, strict=True)
                ]
        if rng.random() < 0.03:
            _stray_stop(sentence, rng)
    draw = rng.random()
    if draw < 0.03:
        for sentence in made:
            sentence.words = [word.lower() for word in sentence.words]
    elif draw < 0.045:
        for sentence in made:
            sentence.words = [word.upper() for word in sentence.words]
    elif draw < 0.08 and len(made) == 1 and len(made[0].words) < 18:
        made[0].words = [w.capitalize() if len(w) > 3 and w.islower() else w for w in made[0].words]
    if rng.random() < 0.08 and len(made[-1].words) > 3 and made[-1].words[-1] == ".":
        _drop_last(made[-1])
    if rng.random() < 0.015:
        made[0] = _dateline(made[0], rng)
    return made


def _straight(word: str) -> str:
    if word in STRAIGHT:
        return STRAIGHT[word]
    return word.replace("’", "'").replace("‘", "'")


def _curl(sentence: Sentence) -> None:
    opened = False
    for i, word in enumerate(sentence.words):
        if word in {'"', "``", "''"}:
            starts = i == 0 or sentence.spaces[i - 1] or sentence.words[i - 1] in {"(", "[", "—"}
            sentence.words[i] = "“" if starts and not opened else "”"
            opened = sentence.words[i] == "“"
        elif word == "'" and (i == 0 or sentence.spaces[i - 1]):
            sentence.words[i] = "‘"
        else:
            sentence.words[i] = word.replace("'", "’")


def _drop_last(sentence: Sentence) -> None:
    last = len(sentence.words) - 1
    if last in sentence.heads[:last] or sentence.heads[last] == last:
        return
    for name in sentence.__dataclass_fields__:
        values = getattr(sentence, name)
        if values:
            values.pop()
    sentence.spaces[-1] = True


def _insert(sentence: Sentence, at: int, word: str, *, tag: str, pos: str, dep: str, head: int) -> None:
    """`head` counts in the sentence as it is before the insertion."""
    sentence.heads = [h + (h >= at) for h in sentence.heads]
    sentence.heads.insert(at, head + (head >= at))
    sentence.words.insert(at, word)
    sentence.spaces.insert(at, True)
    sentence.tags.insert(at, tag)
    sentence.pos.insert(at, pos)
    sentence.lemmas.insert(at, word)
    sentence.deps.insert(at, dep)
    sentence.misc.insert(at, "_")
    if sentence.entities:
        sentence.entities.insert(at, "O")


def _stray_stop(sentence: Sentence, rng: random.Random) -> None:
    """Machine translation leaves full stops inside sentences: “Putin said. in a welcoming speech.”"""
    places = [
        i
        for i in range(2, len(sentence.words) - 2)
        if sentence.spaces[i - 1] and sentence.words[i].islower() and sentence.words[i - 1][-1:].isalpha()
    ]
    if not places or (sentence.entities and not all(e == "O" for e in sentence.entities)):
        return
    at = rng.choice(places)
    root = next(i for i, head in enumerate(sentence.heads) if head == i)
    sentence.spaces[at - 1] = False
    _insert(sentence, at, ".", tag=".", pos="PUNCT", dep="punct", head=root)


def _dateline(sentence: Sentence, rng: random.Random) -> Sentence:
    """“LONDON (AP) — …”: the place hangs on the root as parataxis, the agency on the place."""
    if sentence.entities:
        return sentence
    made = sentence.copy()
    root = next(i for i, head in enumerate(made.heads) if head == i)
    agency = rng.random() < 0.6
    _insert(made, 0, rng.choice(("—", "–", "-", "--")), tag=":", pos="PUNCT", dep="punct", head=root)
    if agency:
        root = next(i for i, head in enumerate(made.heads) if head == i)
        _insert(made, 0, ")", tag="-RRB-", pos="PUNCT", dep="punct", head=root)
        _insert(made, 0, rng.choice(AGENCIES), tag="NNP", pos="PROPN", dep="parataxis", head=0)
        _insert(made, 0, "(", tag="-LRB-", pos="PUNCT", dep="punct", head=0)
        made.spaces[0] = made.spaces[1] = False
        made.heads[2] = 1
        root = next(i for i, head in enumerate(made.heads) if head == i)
        made.heads[1] = root
    root = next(i for i, head in enumerate(made.heads) if head == i)
    for word in reversed(rng.choice(PLACES).split()):
        _insert(made, 0, word, tag="NNP", pos="PROPN", dep="parataxis", head=root)
        root += 1
    if made.words[1].isupper() and made.words[1].isalpha():  # NEW DELHI
        made.heads[0], made.deps[0] = 1, "compound"
    if agency:
        first = made.words.index("(")
        made.heads[first + 1] = first - 1
    return made
