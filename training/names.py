"""Open name corpora in, a trained recogniser of persons, places, organisations and other names out.

Sources: WikiGold, re3d (its train part), the UNER names of EWT dev, and GUM, whose entities are of all kinds: those
headed by a proper noun are kept. PUD, the rest of re3d and UNER's EWT test are for reporting and never read here.
"""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Iterator
from pathlib import Path

from analysis.language import read_many
from training.conllu import Document, Sentence

Names = tuple[list[str], list[bool], list[str]]  # words, blanks after them, IOB tags

GUM_KINDS = {
    "person": "PER",
    "place": "LOC",
    "organization": "ORG",
    "event": "MISC",
    "object": "MISC",
    "abstract": "MISC",
}
RE3D_KINDS = {"Person": "PER", "Location": "LOC", "Organisation": "ORG"}
_BRACKET = re.compile(r"\((\d+)-([a-z]+)[^()]*|(\d+)\)|\)")
_NO_BLANK_BEFORE = frozenset(
    [",", ".", ";", ":", "!", "?", ")", "]", "%", "'s", "n't", "'re", "'ve", "'ll", "'m", "'d", "”", "’", "’s"]
)
_NO_BLANK_AFTER = frozenset(["(", "[", "$", "“", "‘", "£", "€"])


def mark(texts: list[Document]) -> None:
    """Give the sentences of GUM the names among their entities; treebanks without entities stay as they are."""
    for document in texts:
        sentences = [sentence for paragraph in document for sentence in paragraph]
        if any("Entity=" in misc for sentence in sentences for misc in sentence.misc):
            for sentence in sentences:
                sentence.entities = _gum_tags(sentence)


def _gum_tags(sentence: Sentence) -> list[str]:
    """The widest entity whose words are a name: headed by a proper noun, and cut to its proper nouns."""
    tags = ["O"] * len(sentence.words)
    open_: list[tuple[str, str, int]] = []
    found: list[tuple[int, int, str]] = []
    for i, misc in enumerate(sentence.misc):
        field = next((part[7:] for part in misc.split("|") if part.startswith("Entity=")), "")
        for piece in _BRACKET.finditer(field):
            if piece.group(1):
                open_.append((piece.group(1), piece.group(2), i))
            elif open_:
                number = piece.group(3)
                at = next((k for k in range(len(open_) - 1, -1, -1) if open_[k][0] == number), len(open_) - 1)
                _, kind, start = open_.pop(at)
                found.append((start, i + 1, kind))
    for start, end, kind in sorted(found, key=lambda one: one[0] - one[1]):
        if kind in GUM_KINDS:
            _mark(sentence, start, end, GUM_KINDS[kind], tags)
    _mark_demonyms(sentence, tags)
    return tags


def _mark(sentence: Sentence, start: int, end: int, label: str, tags: list[str]) -> None:
    """Tag the name within a mention, if its head is a proper noun and nothing wider has been tagged there."""
    span = range(start, end)
    head = next((k for k in span if sentence.heads[k] not in span or sentence.heads[k] == k), start)
    if sentence.tags[head] not in {"NNP", "NNPS"} or "@" in sentence.words[head] or "://" in sentence.words[head]:
        return
    if label == "PER" and sentence.tags[head] == "NNPS":
        label = "MISC"  # “Mexicans” are a people, as in CoNLL
    left, right = _name(sentence, start, end, head, label)
    if " ".join(sentence.words[left:right]) in _COUNTRIES:
        label = "LOC"  # re3d calls a country that acts an organisation
    if left < right and all(tags[k] == "O" for k in range(left, right)):
        tags[left] = f"B-{label}"
        for k in range(left + 1, right):
            tags[k] = f"I-{label}"


def _mark_demonyms(sentence: Sentence, tags: list[str]) -> None:
    """Demonyms and creeds are names too (MISC in CoNLL); GUM and re3d leave them inside wider mentions."""
    for i, (word, tag) in enumerate(zip(sentence.words, sentence.tags, strict=True)):
        if tags[i] == "O" and tag in {"JJ", "NNPS"} and word[:1].isupper() and word.endswith(_DEMONYM) and i > 0:
            tags[i] = "B-MISC"


_DEMONYM = ("ian", "ians", "ish", "ese", "can", "cans", "rench", "erman", "ermans", "reek", "sraeli", "raqi")
_TITLES = frozenset(
    [
        *("mr", "mrs", "ms", "dr", "sir", "lord", "lady", "president", "vice", "minister", "prime", "foreign"),
        *("secretary", "senator", "senators", "sen", "rep", "gov", "governor", "king", "queen", "prince"),
        *("princess", "emperor", "professor", "prof", "mayor", "ceo", "speaker", "congresswoman", "congressman"),
        *("chairman", "general", "gen", "col", "colonel", "lt", "sgt", "captain", "capt", "major", "sheikh"),
        *("ambassador", "pope", "priest", "judge", "justice", "chancellor", "spokesman", "spokesperson", "chief"),
        *("state", "of", "deputy", "press", "director", "defence", "defense", "commissioner", "representative"),
        *("advisor", "adviser", "officer", "class", "spc", "pfc", "adm", "admiral", "regent"),
    ]
)


_COUNTRIES = frozenset(
    [
        *(
            "Afghanistan",
            "Australia",
            "Austria",
            "Bahrain",
            "Belgium",
            "Britain",
            "Canada",
            "China",
            "Denmark",
            "Egypt",
        ),
        *("France", "Germany", "India", "Iran", "Iraq", "Ireland", "Israel", "Italy", "Japan", "Jordan", "Kuwait"),
        *(
            "Lebanon",
            "Libya",
            "Netherlands",
            "Norway",
            "Pakistan",
            "Poland",
            "Qatar",
            "Russia",
            "Saudi Arabia",
            "Spain",
        ),
        *("Sweden", "Syria", "Turkey", "UAE", "UK", "US", "U.K.", "U.S.", "USA", "Ukraine", "United Arab Emirates"),
        *("Afghanistan", "Spain", "United Kingdom", "United States", "Yemen"),
    ]
)


def _name(sentence: Sentence, start: int, end: int, head: int, label: str) -> tuple[int, int]:
    """The proper nouns around the head, joined by hyphens, “of”, “the” and “and” where a proper noun follows."""
    proper = {"NNP", "NNPS"}
    left = right = head
    while left - 1 >= start and (
        sentence.tags[left - 1] in proper
        or (sentence.tags[left - 1] in {"JJ", "NN", "HYPH", "CD", "NNS"} and sentence.words[left - 1][:1].isupper())
        or (sentence.words[left - 1] == "-" and left - 2 >= start and sentence.words[left - 2][:1].isupper())
    ):
        left -= 1
    while right + 1 < end:
        word, tag = sentence.words[right + 1], sentence.tags[right + 1]
        if tag in proper or word[:1].isupper() or (tag == "CD" and right + 2 == end):
            right += 1
        elif word in ({"-", "de"} if label == "PER" else {"of", "-", "and", "for", "&", "de"}):
            reach = 2 if word != "of" or sentence.words[min(right + 2, end - 1)] != "the" else 3
            if right + reach < end and sentence.words[right + reach][:1].isupper():
                right += reach
            else:
                break
        else:
            break
    if label == "PER":
        for k in range(left, right + 1):  # “U.S. President Donald Trump”
            if sentence.words[k].lower().rstrip(".") in _TITLES:
                left = k + 1
    return left, right + 1


def re3d(path: Path) -> Iterator[Names]:
    """re3d marks whole mentions (“the Foreign Secretary Boris Johnson”); the name in each is cut out by the grammar
    that ships."""
    rows = list(iob(path, column=1, kinds=RE3D_KINDS, separator="\t"))
    texts = ("".join(w + " " * s for w, s in zip(words, spaces, strict=True)) for words, spaces, _ in rows)
    for (words, spaces, marked), doc in zip(rows, read_many(texts), strict=True):
        starts = [0]
        for word, space in zip(words, spaces, strict=True):
            starts.append(starts[-1] + len(word) + space)
        place = {at: i for i, word in enumerate(words) for at in range(starts[i], starts[i] + len(word))}
        first: dict[int, int] = {}
        for token in doc:
            first.setdefault(place.get(token.idx, -1), token.i)
        tokens = [doc[first[i]] if i in first else None for i in range(len(words))]
        grammar = [t.tag_ if t is not None else "NNP" for t in tokens]
        heads = [place.get(t.head.idx, i) if t is not None else i for i, t in enumerate(tokens)]
        sentence = Sentence(words, spaces, grammar, heads=heads)
        tags = ["O"] * len(words)
        for start in (i for i, tag in enumerate(marked) if tag.startswith("B-")):
            end = start + 1
            while end < len(words) and marked[end].startswith("I-"):
                end += 1
            _mark(sentence, start, end, marked[start][2:], tags)
        _mark_demonyms(sentence, tags)
        yield words, spaces, tags


def iob(
    path: Path, *, column: int, kinds: dict[str, str] | None = None, separator: str | None = None
) -> Iterator[Names]:
    """Sentences of a column file. Without BIO prefixes of its own a run of I- tags is one name."""
    words: list[str] = []
    tags: list[str] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in [*lines, "\n"]:
            row = line.rstrip("\n").split(separator)
            if line.startswith("#") and separator == "\t" and "=" in line:
                continue
            if len(row) <= column or line.startswith("-DOCSTART-"):
                if words:
                    yield words, _blanks(words), _bio(tags, kinds)
                words, tags = [], []
                continue
            words.append(row[column - 1])
            tags.append(row[column])


def _bio(tags: list[str], kinds: dict[str, str] | None) -> list[str]:
    made: list[str] = []
    before = "O"
    for tag in tags:
        prefix, _, kind = tag.partition("-")
        if kinds is not None:
            kind = kinds.get(kind, "")
        if tag == "O" or not kind:
            made.append("O")
        else:
            begins = prefix == "B" or before.partition("-")[2] != tag.partition("-")[2]
            made.append(f"{'B' if begins else 'I'}-{kind}")
        before = tag
    return made


def _blanks(words: list[str]) -> list[bool]:
    """Blanks as print has them: column files lose them."""
    made = []
    opened = False
    for i, word in enumerate(words):
        after = words[i + 1] if i + 1 < len(words) else ""
        if word == '"':
            opened = not opened
        closes = after == '"' and opened
        joined = word in {"-", "/"} or (after in {"-", "/"} and word.isalnum() and len(word) > 1)
        made.append(
            not (after in _NO_BLANK_BEFORE or word in _NO_BLANK_AFTER or closes or (word == '"' and opened) or joined)
        )
    return made


def corpus(data: Path) -> list[Names]:
    """Everything but the treebanks that may be trained on."""
    made = list(iob(data / "ner_open" / "wikigold.conll.txt.gz", column=1))
    made += re3d(data / "ner_open" / "re3d-train.conll.gz")
    made += iob(data / "ner_open" / "uner-ewt-dev.iob2.gz", column=2, separator="\t")
    return made


def changed(one: Names, rng: random.Random) -> Names:
    """Headlines, capitals, curly marks: what news does to names."""
    words, spaces, tags = list(one[0]), list(one[1]), list(one[2])
    draw = rng.random()
    if draw < 0.03:
        words = [word.upper() for word in words]
    elif draw < 0.09:
        words = [word.capitalize() if len(word) > 3 and word.islower() else word for word in words]
    if rng.random() < 0.4:
        words = [word.replace("'", "’") for word in words]
        opened = False
        for i, word in enumerate(words):
            if word == '"':
                opened = not opened
                words[i] = "“" if opened else "”"
    if words[-1] == "." and rng.random() < 0.1:
        words, spaces, tags = words[:-1], spaces[:-1], tags[:-1]
    return words, spaces, tags
