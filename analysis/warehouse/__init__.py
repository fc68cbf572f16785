"""Measures over a folder of tables too large for memory: `python -m analysis batch` makes it, DuckDB reads it.

index.make("tables/")                       # once: sums per block of articles
base = Base("tables/")
measures.source_rates(base, "loaded_term")  # the frames of `analysis.framing`, for the same charts
search.lines(base, "regim*")                # words in their context
"""

from analysis.warehouse import index, measures, search
from analysis.warehouse.base import Base

__all__ = ["Base", "index", "measures", "search"]
