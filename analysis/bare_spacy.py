"""spaCy without its command line: what `import spacy` brings along and nothing here uses.

spaCy's first lines import its commands for training and downloading, and with them an HTTP client, a templating
language and more: a quarter of a second in every process. A stand-in takes the place of the one module that they are
reached through. It goes when spaCy has taken from it what it wants; `import spacy.cli` works as ever after that.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

_REACHED = "spacy.cli.info"


class _StandIn(ModuleType):
    """Gives `info`, which looks the real one up when it is called, and is not to be found any more."""

    def __getattr__(self, name: str) -> Any:
        if name != "info":
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        sys.modules.pop(self.__name__, None)
        return _info


def _info(*args: Any, **kwargs: Any) -> Any:
    return import_module(_REACHED).info(*args, **kwargs)


def prepare() -> None:
    """Before spaCy is imported; too late, or twice, it does nothing."""
    if "spacy" not in sys.modules:
        sys.modules.setdefault(_REACHED, _StandIn(_REACHED))
