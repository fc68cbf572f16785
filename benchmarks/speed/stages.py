"""Where the time of the analysis goes: its stages by cProfile, as shares of `analyze_many`."""

from __future__ import annotations

import cProfile
import pstats
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import analysis.pipeline
from analysis import analyze_many
from analysis.model import Article

HOME = Path(analysis.pipeline.__file__).parent


def shares(articles: Sequence[Article]) -> Iterator[tuple[str, float]]:
    """Stages that the pipeline calls, costliest first, with their share; cProfile makes small functions look dearer."""
    half = len(articles) // 2
    list(analyze_many(articles[:half]))  # what is loaded and remembered once does not belong to any article
    profile = cProfile.Profile()
    profile.enable()
    list(analyze_many(articles[half:]))
    profile.disable()
    spent: Counter[str] = Counter()
    whole = 0.0
    calls = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    for (file, _, _), (_, _, _, cumulative, callers) in calls.items():
        if callers and not Path(file).is_relative_to(HOME):
            continue
        for (caller, _, _), (_, _, _, part) in callers.items():
            if caller == analysis.pipeline.__file__ and file != caller:
                spent[Path(file).relative_to(HOME).with_suffix("").as_posix().removesuffix("/__init__")] += part
        if file == analysis.pipeline.__file__:
            whole = max(whole, cumulative)
    for stage, part in spent.most_common():
        yield stage, part / whole
