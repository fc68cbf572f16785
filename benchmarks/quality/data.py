"""Where the development data lies, how it is read, and the scorer beside it."""

from __future__ import annotations

import gzip
import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any


def rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def scorer(data: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", data.parent / "score" / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"There is no scorer beside {data}.")
    module = importlib.util.module_from_spec(spec)
    sys.modules["score"] = module
    spec.loader.exec_module(module)
    return module
