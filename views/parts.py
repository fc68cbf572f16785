"""The furniture of a page: its head, a figure with its table and download, and the words for empty pages."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import streamlit as st

from analysis import __version__, charts, provenance, tables
from analysis.framing import concordance
from analysis.lexicon.own import NONE, Own, using
from views import own, state
from views.words import join_markup, markup, show

PLOT_CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": True}
WAITING, DRAWN = "waiting-figures", "figures-drawn"  # in the session: what is to be drawn, and whether any was
WORDS_FIRST = 0.3  # seconds; with none, the words came after the figures in half of ten visits, 1.5 s later
OUTLINED = "outlined"  # the figure and the cell that was clicked last
NOTE = f"News framing {__version__}: counts with their evidence, never a verdict. How they are counted: page Method."
FONT = '"Source Sans", sans-serif'  # that of the page around the figure

# Column names as people read them; a column that is not here keeps its own, one that is None is not shown.
COLUMNS: dict[str, str | None] = {
    "source": "Source", "actor": None, "name": "Actor", "voice": "Voice", "kind": "Kind", "category": "Category",
    "rate": "Per 1,000 words", "tone": "Tone", "low": "Interval from", "high": "Interval to",
    "n_events": "Marks", "n_mentions": "Mentions", "n_articles": "Articles", "exposure": "Words read",
    "enough": "Enough to compare", "speaker": None, "speaker_name": "Speaker", "target": None, "target_name": "About",
    "n": "Times", "n_others": "Times elsewhere", "word": "Word", "term": "Term", "form": "Form", "z": "Evidence (z)",
    "log_odds": "Log-odds", "per_1000": "Per 1,000 words", "per_1000_others": "Elsewhere per 1,000", "share": "Share",
    "words": "Words", "verb": "Verb", "stance": "Stance", "valence": "Valence", "negative": "Cold", "positive": "Warm",
    "n_a": "Times here", "n_b": "Times there", "value_a": "Rate here", "value_b": "Rate there",
    "gap": "Part of the gap",
    "gap_without": "Gap without it", "sentence": "Sentence", "text": "Words", "article": "Article", "bias": "Bias",
    "n_sentences": "Sentences", "period": "From", "n_marked": "Times in marks", "other": "Other source",
    "n_plain": "Times without marks", "marked": None, "plain": None, "evidence": None, "reason": "Why", "fact": "Fact",
    "left": "Before", "match": "The words", "right": "After", "position": "Place in the article (0 to 1)",
    "first": "First month", "last": "Last month",
    "published": "Day", "dp": "Dispersion (0 is even)", "articles": "Of articles",
    "n_all": "Times in all", "strength": "Strength (of 14)",
    "role": "Part in the verb", "n_verbs": "Verbs in all",
    "n_sources": "Sources that tell it", "differing": None, "title": "Headline", "start": "From", "end": "To",
}  # fmt: skip
DECIMALS = {"rate": "%.1f", "low": "%.2f", "high": "%.2f", "share": "%.3f", "bias": "%.2f", "per_1000": "%.1f"}


def head(kicker: str, title: str, standfirst: str = "") -> None:
    """The head of a page, set like the head of an article."""
    show(
        '<header class="head"><p class="kicker">{kicker}</p><h1>{title}</h1>'
        '<p class="standfirst">{standfirst}</p></header>',
        kicker=kicker,
        title=title,
        standfirst=standfirst,
    )


def section(title: str, note: str = "") -> None:
    """The head of a part of a page."""
    show('<div class="section"><h2>{title}</h2><p>{note}</p></div>', title=title, note=note)


def empty(title: str, what_next: str) -> None:
    """An empty state: what is missing and what to do next."""
    show('<div class="empty"><h3>{title}</h3><p>{next}</p></div>', title=title, next=what_next)


def facts(pairs: list[tuple[str, str]]) -> None:
    """A row of small facts, the number above its name."""
    items = [markup("<div><dt>{name}</dt><dd>{value}</dd></div>", name=n, value=v) for n, v in pairs]
    show('<dl class="facts">{items}</dl>', items=join_markup(items))


def query() -> tuple[str, bool]:
    """What to search for, and whether in all forms of the words; the words stand in the address."""
    words = st.text_input(
        "Word or words",
        key="q",
        bind="query-params",
        max_chars=concordance.LONGEST_QUERY,
        placeholder="regime, so-called, peace talks, regim*",
        width=340,
        help="Words that follow one another. A star stands for any letters: regim* finds regime and regimes.",
    )
    return words.strip(), st.toggle("All forms", key="forms", help="“say” also finds says, said and saying.")


def figure(
    drawing: state.Drawing,
    frame: pd.DataFrame | None,
    *,
    key: str,
    pick: Callable[[list[Any]], None] | None = None,
    file_name: str = "",
) -> None:
    """A figure under its words, with its table and a download below.

    A click on a mark of the figure calls `pick` with the customdata of what was clicked; a cell gets an outline.
    """
    title, subtitle, spec = drawing
    figure = charts.outlined(spec, st.session_state.get(OUTLINED, {}).get(key), state.theme())
    figure.layout.font.family = figure.layout.hoverlabel.font.family = FONT
    show('<div class="figure"><h3>{title}</h3><p>{subtitle}</p></div>', title=title, subtitle=subtitle)
    options: dict[str, Any] = {"theme": None, "config": PLOT_CONFIG, "alt": f"{title} {subtitle}", "key": key}
    if pick is not None:
        options |= {"on_select": lambda: _picked(key, pick), "selection_mode": "points"}
    # Its place is kept, so that nothing below it moves when it comes.
    show(f"<style>.st-key-{key}-place {{{{ min-height: {spec['layout']['height']}px }}}}</style>")
    place = st.container(key=f"{key}-place")
    if st.session_state.get(DRAWN):
        place.plotly_chart(figure, **options)
    else:
        slot = place.empty()  # what holds nothing at all has no place
        st.session_state[WAITING].append(lambda: slot.plotly_chart(figure, **options))
    if frame is not None and len(frame):
        numbers = st.expander("The numbers, and a download", key=f"{key}-numbers", on_change="rerun")
        if numbers.open:  # a table that nobody opens need not travel
            with numbers:
                name = file_name or f"{key}.csv"
                table(frame, key=f"{key}-table", file_name=name)
                st.download_button(
                    "Download the figure (a page that saves it as PNG or SVG)",
                    lambda: charts.page(title, subtitle, spec, note=NOTE, theme=state.theme()).encode(),
                    file_name=f"{name.rsplit('.', 1)[0]}.html",
                    mime="text/html",
                    key=f"{key}-page",
                    on_click="ignore",
                    type="tertiary",
                )


def begin() -> None:
    """A new run of a page: no figure waits."""
    st.session_state[WAITING] = []


def draw_figures() -> None:
    """Draw a visitor's first figures, when all words of the page are there.

    A browser is busy for a second with the library that draws them, and can show no word meanwhile.
    """
    waiting = st.session_state.pop(WAITING, [])
    if waiting:
        time.sleep(WORDS_FIRST)
        st.session_state[DRAWN] = True
    for draw in waiting:
        draw()


def _picked(key: str, pick: Callable[[list[Any]], None]) -> None:
    # A plain dict when a test puts the event in, hence the brackets.
    points = st.session_state[key]["selection"]["points"]
    if points:
        data = points[0].get("customdata")
        data = list(data.values()) if isinstance(data, dict) else list(data or ())
        pick(data)
        st.session_state[OUTLINED] = {key: tuple(data)}


def table(frame: pd.DataFrame, *, key: str, file_name: str, height: int | str = "auto") -> None:
    """A table with readable heads, and all its columns as CSV and Parquet."""
    shown = [column for column in frame.columns if COLUMNS.get(column, column) is not None]
    config: dict[str, Any] = {}
    for column in shown:
        label = COLUMNS.get(column, column)
        if pd.api.types.is_float_dtype(frame[column]):
            config[column] = st.column_config.NumberColumn(label, format=DECIMALS.get(column, "%.2f"))
        else:
            config[column] = st.column_config.Column(label)
    st.dataframe(frame[shown], hide_index=True, column_config=config, key=key, height=height)
    whole = frame[[c for c in frame.columns if not frame[c].map(lambda cell: isinstance(cell, tuple)).any()]]
    lists = own.current()  # a download is made later, outside of the page
    with st.container(horizontal=True, gap="medium"):
        st.download_button(
            "Download as CSV",
            lambda: tables.to_csv_safe(whole).encode("utf-8-sig"),
            file_name=file_name,
            mime="text/csv",
            key=f"{key}-csv",
            on_click="ignore",
            type="tertiary",
        )
        st.download_button(
            "as Parquet",
            lambda: to_parquet(whole, lists),
            file_name=f"{file_name.removesuffix('.csv')}.parquet",
            mime="application/vnd.apache.parquet",
            key=f"{key}-parquet",
            on_click="ignore",
            type="tertiary",
            help="For pandas, R, DuckDB: types are kept, and the file names the versions that made it.",
        )


def to_parquet(frame: pd.DataFrame, lists: Own = NONE) -> bytes:
    """The table as Parquet; its metadata names the versions, own words and own actors that it rests on."""
    with using(lists):
        made = json.dumps(provenance.versions(), sort_keys=True).encode()
    table = pa.Table.from_pandas(frame, preserve_index=False)
    sink = pa.BufferOutputStream()
    pq.write_table(table.replace_schema_metadata({b"versions": made}), sink)
    return bytes(sink.getvalue().to_pybytes())
