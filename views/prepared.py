"""The shipped articles, analysed beforehand, so that the first page is there at once.

    python -m views.prepared        analyses samples/ again and writes the file

The file names the code, the word lists and the articles it was made from. Where one of them has changed since, it is
not used, and the articles are analysed when the first visitor comes.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, fields, is_dataclass
from datetime import date
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from analysis.model import Report

ROOT = Path(__file__).resolve().parent.parent
AFTER = {"charts", "framing", "report", "batch", "warehouse", "__pycache__"}  # come after the reports, or are not read
FILE = Path(__file__).with_name("prepared.json.gz")


def fingerprint() -> str:
    """Names what makes a report (code, word lists, weights) and the sample articles, whatever system they lie on."""
    summary = hashlib.sha256()
    files = [
        p for p in (ROOT / "analysis").rglob("*") if p.is_file() and p.suffix != ".md" and not AFTER & set(p.parts)
    ]
    for file in sorted([*files, ROOT / "samples" / "articles.jsonl"], key=lambda p: p.relative_to(ROOT).as_posix()):
        summary.update(file.relative_to(ROOT).as_posix().encode())
        summary.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return summary.hexdigest()


def read() -> list[Report] | None:
    """The reports in the file, or None where they no longer fit the code or the articles."""
    if not FILE.exists():
        return None
    held = json.loads(gzip.decompress(FILE.read_bytes()))
    if held["fingerprint"] != fingerprint():
        return None
    return [_build(Report, report) for report in held["reports"]]


def write(reports: Sequence[Report]) -> None:
    """Keep reports for `read`. The same reports give the same bytes."""
    held = {"fingerprint": fingerprint(), "reports": [asdict(report) for report in reports]}
    text = json.dumps(held, ensure_ascii=False, default=date.isoformat)
    FILE.write_bytes(gzip.compress(text.encode(), mtime=0))


def _build(kind: Any, value: Any) -> Any:
    """Plain data as the type that a field of the model names."""
    if get_origin(kind) is tuple:
        return tuple(_build(get_args(kind)[0], item) for item in value)
    if isinstance(kind, UnionType):
        return None if value is None else _build(next(k for k in get_args(kind) if k is not NoneType), value)
    if is_dataclass(kind):
        return kind(**{name: _build(hint, value[name]) for name, hint in _hints(kind).items()})
    return date.fromisoformat(value) if kind is date else value


_HINTS: dict[Any, dict[str, Any]] = {}


def _hints(kind: Any) -> dict[str, Any]:
    if kind not in _HINTS:
        hints = get_type_hints(kind)
        _HINTS[kind] = {field.name: hints[field.name] for field in fields(kind)}
    return _HINTS[kind]


if __name__ == "__main__":
    from analysis import analyze, load

    write([analyze(article) for article in load(ROOT / "samples" / "articles.jsonl")])
    print(f"Wrote {FILE.relative_to(ROOT)}, {FILE.stat().st_size:,} bytes.")
