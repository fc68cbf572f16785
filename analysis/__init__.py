"""News framing and attribution analysis: articles in, findings with their evidence out.

    from analysis import analyze, analyze_many, load

    report = analyze("The minister slammed the regime.")
    for report in analyze_many(load("articles.jsonl")):
        ...

The names are looked up on first use, because a reader of finished tables need not wait for the grammar to load.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from analysis import bare_spacy

if TYPE_CHECKING:
    from analysis.loading import load
    from analysis.pipeline import analyze, analyze_many

bare_spacy.prepare()  # here, because any module of ours may be the first that asks for spaCy

__version__ = "0.1.0"
__all__ = ["__version__", "analyze", "analyze_many", "load"]

_HOMES = {"analyze": "analysis.pipeline", "analyze_many": "analysis.pipeline", "load": "analysis.loading"}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'analysis' has no attribute {name!r}")
