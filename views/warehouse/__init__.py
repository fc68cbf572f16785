"""A folder of tables that the dashboard was started with: `streamlit run dashboard.py -- --tables FOLDER`.

Nothing of the tables is held in memory: the index beside them answers (`analysis.warehouse`). What was asked once is
kept for all visitors under the key of the index.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

if TYPE_CHECKING:
    from analysis.warehouse import Base

KEPT = 512  # answers; a page asks for about six
SOURCES_SHOWN = 8  # in one figure; others by the filter


def folder() -> str:
    """The folder that the command line names; "" where it names none."""
    parser = ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--tables", default="", nargs="?", const=".")
    return str(parser.parse_known_args(sys.argv[1:])[0].tables)


def opened() -> Base:
    """The folder's index. Raises ValueError where it has no tables, no index, or one of other tables."""
    from analysis.warehouse import index  # half of what the first visitor of the other pages would wait for

    return _opened(folder(), index.key(folder()))


@st.cache_resource(show_spinner=False, max_entries=2)
def _opened(home: str, key: str) -> Base:
    from analysis.warehouse import Base

    return Base(home)


def measure(base: Base, function: Callable[..., pd.DataFrame], **options: Any) -> pd.DataFrame:
    """`function(base, **options)`, worked out once."""
    return _measured(base.key, f"{function.__module__}.{function.__name__}", tuple(options.items()), function, base)


@st.cache_data(show_spinner=False, max_entries=KEPT)
def _measured(
    key: str, name: str, options: tuple[tuple[str, Any], ...], _function: Callable[..., pd.DataFrame], _base: Base
) -> pd.DataFrame:
    return _function(_base, **dict(options))


def shown(base: Base, chosen: list[str]) -> list[str]:
    """The sources that figures show: those chosen, else the ones with most articles."""
    return [source for source in chosen if source in base.sources] or list(base.sources[:SOURCES_SHOWN])


def of(frame: pd.DataFrame, sources: list[str]) -> pd.DataFrame:
    """The rows of some sources."""
    return frame[frame["source"].isin(sources)].reset_index(drop=True)
