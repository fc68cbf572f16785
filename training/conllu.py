"""CoNLL-U files in, documents of paragraphs of sentences out, with the text as it was written."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Sentence:
    """One tree. `heads` counts from 0; the root is its own head. `spaces[i]`: a blank follows word i."""

    words: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    entities: list[str] = field(default_factory=list)  # one IOB tag a word, or empty where none are known
    misc: list[str] = field(default_factory=list)

    def copy(self) -> Sentence:
        return Sentence(*(list(getattr(self, name)) for name in self.__dataclass_fields__))


Paragraph = list[Sentence]
Document = list[Paragraph]


def read(path: Path) -> Iterator[Document]:
    """Documents of a .conllu or .conllu.gz file; a file that marks no paragraphs gives one per document."""
    opener = gzip.open if path.suffix == ".gz" else open
    document: Document = []
    with opener(path, "rt", encoding="utf-8") as lines:
        rows: list[list[str]] = []
        fresh = False
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# newdoc"):
                if document:
                    yield document
                document, fresh = [], True
            elif line.startswith("# newpar") and "block" not in line.split("=")[0]:
                fresh = True
            elif line and not line.startswith("#"):
                rows.append(line.split("\t"))
            elif not line and rows:
                if fresh or not document:
                    document.append([])
                document[-1].append(_sentence(rows))
                rows, fresh = [], False
        if rows:
            document.append([_sentence(rows)])
    if document:
        yield document


def _sentence(rows: list[list[str]]) -> Sentence:
    """Words of a multiword token ("don't") are cut out of its surface form, so that their text adds up to it."""
    made = Sentence()
    surface: list[str] = []
    last = 0
    place: dict[str, int] = {}
    heads: list[str] = []
    after_last = True
    for row in rows:
        number, form, lemma, upos, xpos, _, head, dep, _, misc = row
        if "." in number:  # an empty node of the enhanced graph
            continue
        if "-" in number:
            first, last = (int(part) for part in number.split("-"))
            surface = _cut(form, [r[1] for r in rows if r[0].isdigit() and first <= int(r[0]) <= last])
            after_last = "SpaceAfter=No" not in misc
            continue
        inside = int(number) <= last
        if inside:
            form = surface.pop(0)
        place[number] = len(made.words)
        made.words.append(form)
        made.spaces.append((after_last and not surface) if inside else "SpaceAfter=No" not in misc)
        made.tags.append(xpos)
        made.pos.append(upos)
        made.lemmas.append(lemma)
        made.deps.append(dep)
        made.misc.append(misc)
        heads.append(head)
    made.heads = [i if head == "0" else place[head] for i, head in enumerate(heads)]
    made.deps = ["ROOT" if dep == "root" else dep for dep in made.deps]
    return made


def _cut(surface: str, forms: list[str]) -> list[str]:
    """Cut a surface form at the lengths of its words; where they do not add up the last takes the rest."""
    pieces, start = [], 0
    for form in forms[:-1]:
        pieces.append(surface[start : start + len(form)])
        start += len(form)
    return [*pieces, surface[start:]]
