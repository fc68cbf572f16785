"""A figure of a page under its words, what it is coloured by, and below it its table and the files to save."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Literal

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import streamlit as st

from analysis import __version__, charts, csv_safe, provenance
from analysis.lexicon.own import NONE, Own, using
from analysis.written import category
from views import own, plot, state
from views.layout import empty
from views.words import KIND_NAMES, show

PX_A_REM = 16  # as a figure is drawn; it grows with the letters of the page
SAVE_LINE = 28  # px: the line below a figure that saves it
NEXT = "Choose another voice, source or story above, widen the filters, or add articles under Load."  # nothing is drawn
OUTLINED = "outlined"  # the figure and the mark that was picked last
NOTE = f"News framing {__version__}: counts with their evidence, never a verdict. How they are counted: page Method."

ButtonType = Literal["primary", "secondary", "tertiary"]
MIMES = {
    ".csv": "text/csv",
    ".html": "text/html",
    ".parquet": "application/vnd.apache.parquet",
    ".tsv": "text/tab-separated-values",
}
COLOURS = {"tone": "Tone", "loaded_term": "Loaded terms", "scare_quote": "Scare quotes", "hedge": "Words of doubt"}

# Column names as people read them; a column that is not here keeps its own, one that is None is not shown.
COLUMNS: dict[str, str | None] = {
    "source": "Source", "actor": None, "name": "Actor", "voice": "Voice", "kind": "Kind", "category": "Category",
    "rate": "Per 1,000 words", "tone": "Tone", "low": "95 % from", "high": "95 % to",
    "n_events": "Marks", "n_mentions": "Mentions", "n_articles": "Articles", "exposure": "Words read",
    "enough": "Enough", "speaker": None, "speaker_name": "Speaker", "target": None, "target_name": "About",
    "n": "Times", "n_others": "Times elsewhere", "word": "Word", "term": "Term", "form": "Form", "z": "Evidence (z)",
    "log_odds": "Log-odds", "per_1000": "Per 1,000 words", "per_1000_others": "Elsewhere per 1,000", "share": "Share",
    "words": "Words", "verb": "Verb", "stance": "Stance", "valence": "Direction",
    "negative": "Cold", "positive": "Warm",
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
    "pos": "Part of speech", "weight": "Weight", "neutral": "Plain wording", "sense": "Meant", "note": "Note",
    "marked_by_readers": "Marked", "occurred": "Met",
    "n_sources": "Sources that tell it", "differing": None, "title": "Headline", "start": "From", "end": "To",
}  # fmt: skip
# What the pointer is told of a column whose name is short.
HELP = {
    "valence": "From −1, against, to +1, in favour.", "weight": "From 0 to 1: how strong it is, and how sure.",
    "marked_by_readers": "How often trained readers marked it.", "occurred": "How often those readers met it.",
    "low": "95 of 100 draws of the articles lie between this and the next column.",
    "enough": "Whether there is enough to compare.", "z": "Beyond 2, chance would bring it about once in twenty.",
}  # fmt: skip
# Codes as people read them.
CODES: Mapping[str, Callable[[Any], str]] = {
    "kind": lambda kind: KIND_NAMES.get(kind, str(kind)),
    "category": lambda name: category(str(name)),
}
DECIMALS = {"rate": "%.1f", "low": "%.2f", "high": "%.2f", "share": "%.3f", "bias": "%.2f", "per_1000": "%.1f"}


def colour_shows(measures: Mapping[str, str], *, key: str) -> str:
    """What a grid of actors and sources is coloured by: the tone first, then kinds of marks, each by its name."""
    chosen: str = st.segmented_control(
        "Colour shows",
        list(measures),
        format_func=measures.__getitem__,
        default="tone",
        required=True,
        key=key,
        bind="query-params",
        help="Tone: how far the words around an actor judge it, from −1 (against) to +1 (in favour). The others: how "
        "many such marks are about the actor, per 1,000 words.",
    )
    return chosen


def figure(
    drawing: state.Drawing,
    frame: pd.DataFrame | None,
    *,
    key: str,
    pick: Callable[[list[Any]], None] | None = None,
    file_name: str = "",
    leads: str = "",
) -> None:
    """A figure under its words, with its table and a download below.

    A click on a mark of the figure, or Enter on it, calls `pick` with the customdata of the mark, which gets a frame;
    `leads` is the part of the page, as in `section`, to which the page then scrolls.
    """
    title, subtitle, spec = drawing
    if not spec["data"]:
        empty(title, subtitle or NEXT)
        return
    name = file_name or f"{key}.csv"
    # Its place is kept, so that nothing below it moves when it comes.
    show(
        '<div class="figure"><h3>{title}</h3><p>{subtitle}</p></div>'
        "<style>.st-key-{key}-place {{ min-height: {height}rem }}</style>",
        title=title,
        subtitle=subtitle,
        key=key,
        height=f"{(spec['layout']['height'] + SAVE_LINE) / PX_A_REM:g}",
    )

    def picked(data: list[Any]) -> None:
        assert pick is not None
        pick(data)
        st.session_state[OUTLINED] = {key: tuple(data)}

    with st.container(key=f"{key}-place"):
        plot.draw(
            title,
            subtitle,
            spec,
            key=key,
            file=name.rsplit(".", 1)[0],
            note=NOTE,
            theme=state.theme(),
            chosen=st.session_state.get(OUTLINED, {}).get(key, ()),
            leads=leads and f"part-{leads}",
            on_pick=picked if pick else None,
        )
    if frame is not None and len(frame):
        numbers = st.expander("The numbers, and a download", key=f"{key}-numbers", on_change="rerun")
        if numbers.open:  # a table that nobody opens need not travel
            with numbers:
                table(frame, key=f"{key}-table", file_name=name)
                download(
                    "Download the figure as a page (HTML)",
                    lambda: charts.page(title, subtitle, spec, note=NOTE, theme=state.theme()).encode(),
                    f"{name.rsplit('.', 1)[0]}.html",
                    key=f"{key}-page",
                    type="tertiary",
                    help="It needs no network, shows its numbers under the pointer, and saves itself as PNG or SVG.",
                )


def table(
    frame: pd.DataFrame,
    *,
    key: str,
    file_name: str,
    height: int | str = "auto",
    told: Mapping[str, Callable[[Any], str]] = CODES,
    lazy: bool = False,
) -> None:
    """A table with readable heads, and all its columns as CSV and Parquet.

    `told` says, beside CODES, how the codes of a column are told; the downloads keep them. The rows of a `lazy` table
    travel as somebody scrolls to them; it cannot be searched by itself, so the page has to offer that.
    """
    shown = [column for column in frame.columns if COLUMNS.get(column, column) is not None]
    config: dict[str, Any] = {}
    for column in shown:
        label = COLUMNS.get(column, column)
        if pd.api.types.is_float_dtype(frame[column]):
            # The interval of a rate has the decimals of the rate.
            like = "rate" if column in ("low", "high") and "rate" in frame else column
            digits = DECIMALS.get(like, "%.2f")
            config[column] = st.column_config.NumberColumn(label, format=digits, help=HELP.get(column))
        elif pd.api.types.is_integer_dtype(frame[column]):
            config[column] = st.column_config.NumberColumn(label, format="localized", help=HELP.get(column))
        else:
            config[column] = st.column_config.Column(label, help=HELP.get(column))
    told = {**CODES, **told}
    words = {column: frame[column].map(told[column]) for column in shown if column in told}
    st.dataframe(
        frame[shown].assign(**words), hide_index=True, column_config=config, key=key, height=height, lazy=lazy or None
    )
    whole = frame[[c for c in frame.columns if not _holds_tuples(frame[c])]]
    lists = own.current()  # a download is made later, outside of the page
    with st.container(horizontal=True, gap="medium"):
        download(
            "Download as CSV",
            lambda: csv_safe.to_csv_safe(whole).encode("utf-8-sig"),
            file_name,
            key=f"{key}-csv",
            type="tertiary",
        )
        download(
            "as Parquet",
            lambda: to_parquet(whole, lists),
            f"{file_name.removesuffix('.csv')}.parquet",
            key=f"{key}-parquet",
            type="tertiary",
            help="For pandas, R, DuckDB: types are kept, and the file names the versions that made it.",
        )


def _holds_tuples(column: pd.Series) -> bool:
    return column.dtype == object and any(isinstance(cell, tuple) for cell in column)


def download(
    label: str, data: bytes | Callable[[], bytes], file_name: str, *, key: str, type: ButtonType = "secondary",
    **options: Any,
) -> None:  # fmt: skip
    """A button that saves a file, of the kind that its name says, without another run of the page.

    `data` that is a function is called at the click, outside of the page.
    """
    mime = MIMES[f".{file_name.rpartition('.')[2]}"]
    st.download_button(label, data, file_name=file_name, mime=mime, key=key, type=type, on_click="ignore", **options)


def to_parquet(frame: pd.DataFrame, lists: Own = NONE) -> bytes:
    """The table as Parquet; its metadata names the versions, own words and own actors that it rests on."""
    with using(lists):
        made = json.dumps(provenance.versions(), sort_keys=True).encode()
    table = pa.Table.from_pandas(frame, preserve_index=False)
    sink = pa.BufferOutputStream()
    pq.write_table(table.replace_schema_metadata({b"versions": made}), sink)
    return bytes(sink.getvalue().to_pybytes())
