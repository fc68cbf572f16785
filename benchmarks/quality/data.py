"""Where the development data lies, how it is read, and the scorer beside it."""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import json
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from analysis.model import Article


def rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def half(data: Path, folders: Sequence[str], names: Collection[str], *, held_out: bool) -> Iterator[Article]:
    """Articles of `folders` whose hash is among `names`; every second by its hash is held out."""
    for article in hashed(data, folders):
        if article.id in names and int(article.id, 16) % 2 == held_out:
            yield article


def hashed(data: Path, folders: Sequence[str]) -> Iterator[Article]:
    """The articles of `folders`, each under the hash of its id."""
    for folder in folders:
        for row in rows(data / folder / "articles.jsonl.gz"):
            yield Article(hashlib.sha1(row["id"].encode()).hexdigest()[:12], row["text"])


def scorer(data: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", data.parent / "score" / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"There is no scorer beside {data}.")
    module = importlib.util.module_from_spec(spec)
    sys.modules["score"] = module
    spec.loader.exec_module(module)
    return module
