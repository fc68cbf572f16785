"""Figures: frames of `analysis.framing` come in, Plotly figures go out. Every function is pure.

A figure stands on any background, in light or dark, from 360 px upwards. Its title is a sentence from the data, its
subtitle says what is counted, in which voice, from how many articles; `split` gives both to a page that sets them.
"""

from analysis.charts.comparisons import (
    collocate_bars,
    gap_bars,
    keyness_bars,
    rate_dots,
    search_bars,
    tone_dots,
)
from analysis.charts.export import page
from analysis.charts.grids import heat_map, naming_grid, profile_map, speaker_target_matrix
from analysis.charts.profiles import category_bars
from analysis.charts.scatter import keyness_scatter
from analysis.charts.squares import evidence_grid
from analysis.charts.stacks import agency_bars, gathered, verb_bars, voice_bars
from analysis.charts.style import CONFIG, actor_colour, as_data, palette, split
from analysis.charts.timeline import timeline

__all__ = [
    "CONFIG",
    "actor_colour",
    "agency_bars",
    "as_data",
    "category_bars",
    "collocate_bars",
    "evidence_grid",
    "gap_bars",
    "gathered",
    "heat_map",
    "keyness_bars",
    "keyness_scatter",
    "naming_grid",
    "page",
    "palette",
    "profile_map",
    "rate_dots",
    "search_bars",
    "speaker_target_matrix",
    "split",
    "timeline",
    "tone_dots",
    "verb_bars",
    "voice_bars",
]
