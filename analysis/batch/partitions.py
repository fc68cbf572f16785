"""Input files come in, numbered partitions go out: articles in the order of the input, with ids that never repeat.

Rows of tables are handed on as they stand: cleaning them costs a fortieth of the whole, too much for the one process
that reads for all workers.
"""

from __future__ import annotations

import glob
import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np

from analysis.batch.plan import Plan
from analysis.lexicon.own import NONE, Own, current
from analysis.loading import Draft, LoadError, drafts, load
from analysis.loading.files import kind_by_name
from analysis.model import Article

_CHUNK = 8 * 1024 * 1024  # bytes counted at a time
# Characters after which a partition ends: five times the largest of news. Several are in memory at a time, and books or
# pages with their markup would fill it.
HEAVY = 16_000_000
_QUOTE, _NEWLINE = ord('"'), ord("\n")


@dataclass(frozen=True, slots=True)
class Partition:
    """`number` counts from 0 through the whole input; `own` are the user's words and actors to read it with."""

    number: int
    articles: tuple[Article | Draft, ...]
    own: Own = NONE


def unreadable(one: Article | Draft, problem: str) -> Article:
    """What stands for an article that cannot be analysed: no text, and a sentence in the problems table."""
    article = one.unread() if isinstance(one, Draft) else one
    return Article(
        article.id,
        "",
        source=article.source,
        published=article.published,
        language=article.language,
        problems=(*article.problems, problem),
    )


class Reader:
    """Reads the articles of all inputs once, cut into partitions as planned; one that is HEAVY by then ends sooner.

    `articles`, `count` (of partitions) and `failed` (sentences about inputs that could not be read) are known when all
    partitions have been taken.
    """

    def __init__(self, inputs: Sequence[str | Path], *, clean: bool, plan: Plan) -> None:
        self._inputs, self._clean, self._sizes = inputs, clean, plan.sizes()
        # Ids, as hashes, of every article so far: about 60 bytes each. Repeats have to be told apart here, because two
        # articles with one id may come to lie in different partitions.
        self._seen: set[int] = set()
        self.articles = self.count = 0
        self.failed: list[str] = []

    def partitions(self) -> Iterator[Partition]:
        named = map(self._named, self._each())
        while held := list(_light(islice(named, next(self._sizes)))):
            yield self._partition(held)

    def _partition(self, held: list[Article | Draft]) -> Partition:
        self.articles += len(held)
        self.count += 1
        return Partition(self.count - 1, tuple(held), current())

    def _each(self) -> Iterator[Article | Draft]:
        for path in self._inputs:
            try:
                yield from drafts(path, clean=self._clean)
            except LoadError as error:
                self.failed.append(str(error))
                yield Article(str(path), "", problems=(str(error),))

    def _named(self, article: Article | Draft) -> Article | Draft:
        given = article.id or "article"
        name, n = given, 1
        while hash(name) in self._seen:
            n += 1
            name = f"{given}#{n}"
        self._seen.add(hash(name))
        if name == article.id:
            return article
        problem = f"Another article has the id “{given}” too, so this one is listed as “{name}”."
        return replace(article, id=name, problems=(*article.problems, problem) if n > 1 else article.problems)


def _light(articles: Iterator[Article | Draft]) -> Iterator[Article | Draft]:
    weight = 0
    while weight < HEAVY and (one := next(articles, None)) is not None:
        weight += len(one.text)
        yield one


def find_inputs(inputs: Sequence[str | Path]) -> list[Path]:
    """Every file of the inputs. Raises LoadError for the first that does not exist, ValueError where none is given."""
    if not inputs:
        raise ValueError("Give at least one file, folder or pattern.")
    for path in inputs:
        load(path)  # looks whether it is there, and reads nothing yet
    return [file for path in inputs for file in _files(Path(path))]


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    inside = path.rglob("*") if path.is_dir() else map(Path, glob.glob(str(path), recursive=True))
    return sorted(file for file in inside if file.is_file() and kind_by_name(file.name)[0])


def count_articles(files: Sequence[Path]) -> int:
    """About how many articles the files hold, for the time left: rows are counted, not read. 0: not known."""
    return sum(_count(file) for file in files)


def _count(file: Path) -> int:
    kind, packed = kind_by_name(file.name)
    try:
        if kind == "parquet":
            import pyarrow.parquet as pq

            return int(pq.ParquetFile(file).metadata.num_rows)
        if kind in {"jsonl", "csv", "tsv"}:
            with cast(BinaryIO, gzip.open(file)) if packed else file.open("rb") as stream:
                rows = _count_lines(stream, outside_quotes=kind != "jsonl")
            return max(rows - (kind != "jsonl"), 0)
    except (OSError, EOFError, ValueError):
        return 0  # what is wrong with the file is said when it is read
    return 0 if kind in {"json", "zip"} else 1


def _count_lines(stream: BinaryIO, *, outside_quotes: bool) -> int:
    """Line ends; of a delimited file only those outside quotation marks, between which a cell may hold paragraphs."""
    lines, odd, last = 0, 0, _NEWLINE
    while chunk := stream.read(_CHUNK):
        codes = np.frombuffer(chunk, dtype=np.uint8)
        ends = codes == _NEWLINE
        if outside_quotes:
            inside = (np.cumsum(codes == _QUOTE) + odd) % 2
            ends &= inside == 0
            odd = int(inside[-1])
        lines += int(np.count_nonzero(ends))
        last = int(codes[-1])
    return lines + (last != _NEWLINE)
