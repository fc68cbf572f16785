"""The furniture of a page: its head, a figure with its table and download, and the words for empty pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from threading import Thread
from types import MappingProxyType
from typing import Any, Literal, NoReturn

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import streamlit as st

from analysis import __version__, charts, csv_safe, framing, provenance
from analysis.framing import concordance, events
from analysis.lexicon.own import NONE, Own, using
from views import ahead, own, plot, state
from views.words import join_markup, markup, show

PX_A_REM = 16  # as a figure is drawn; it grows with the letters of the page
SAVE_LINE = 28  # px: the line below a figure that saves it
MOVES = 0.2  # seconds between two moves of a bar
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
    "rate": "Per 1,000 words", "tone": "Tone", "low": "Interval from", "high": "Interval to",
    "n_events": "Marks", "n_mentions": "Mentions", "n_articles": "Articles", "exposure": "Words read",
    "enough": "Enough to compare", "speaker": None, "speaker_name": "Speaker", "target": None, "target_name": "About",
    "n": "Times", "n_others": "Times elsewhere", "word": "Word", "term": "Term", "form": "Form", "z": "Evidence (z)",
    "log_odds": "Log-odds", "per_1000": "Per 1,000 words", "per_1000_others": "Elsewhere per 1,000", "share": "Share",
    "words": "Words", "verb": "Verb", "stance": "Stance", "valence": "Direction (−1 to +1)",
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
    "pos": "Part of speech", "weight": "Weight (0 to 1)", "neutral": "Plain wording", "sense": "Meant", "note": "Note",
    "marked_by_readers": "Marked by readers", "occurred": "Times readers met it",
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


def section(title: str, note: str = "", part: str = "") -> None:
    """The head of a part of a page; `part` is its name for the links of `contents`."""
    place = markup(' id="part-{part}"', part=part) if part else markup("")
    show('<div class="section"{place}><h2>{title}</h2><p>{note}</p></div>', place=place, title=title, note=note)


def contents(named: dict[str, str]) -> None:
    """Links to the parts of a long page, by the names that they have in `section`."""
    links = [markup('<a href="#part-{part}">{name}</a>', part=part, name=name) for part, name in named.items()]
    show('<nav class="contents" aria-label="On this page">{links}</nav>', links=join_markup(links))


def empty(title: str, what_next: str) -> None:
    """An empty state: what is missing and what to do next."""
    show('<div class="empty"><h3>{title}</h3><p>{next}</p></div>', title=title, next=what_next)


class Ended(Exception):
    """A page has said all that it has to say; the foot comes next, which `st.stop` would leave out."""


def end() -> NoReturn:
    """Say no more on this page."""
    raise Ended


def nothing(title: str, what_next: str) -> NoReturn:
    """An empty page: what is missing, what to do next, and the way out where filters left nothing; it ends here."""
    empty(title, what_next)
    if state.filtered():
        st.button("Switch the filters off", key="unfilter", on_click=state.unfilter)
    end()


def facts(pairs: list[tuple[str, str]]) -> None:
    """A row of small facts, the number above its name."""
    items = [markup("<div><dt>{name}</dt><dd>{value}</dd></div>", name=n, value=v) for n, v in pairs]
    show('<dl class="facts">{items}</dl>', items=join_markup(items))


def query() -> tuple[str, bool]:
    """What to search for, and whether in all forms of the words; both stand in the address."""
    words = st.text_input(
        "Word or words",
        key="q",
        bind="query-params",
        max_chars=concordance.LONGEST_QUERY,
        placeholder="regime, so-called, peace talks, regim*",
        width=340,
        help="Words that follow one another. A star stands for any letters: regim* finds regime and regimes.",
    )
    forms = st.toggle("All forms", key="forms", bind="query-params", help="“say” also finds says, said and saying.")
    return words.strip(), forms


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


def stories() -> pd.DataFrame:
    """The events that several sources tell; where it takes seconds to find them, the page shows how far it is."""
    flat = state.current().tables
    if len(flat.articles) > ahead.LOOKED_THROUGH:
        doing = f"Looking through {len(flat.articles):,} articles for events that several sources tell, once"
        in_steps(doing, list(events.steps(flat)))
    found: pd.DataFrame = state.measure(framing.stories)
    return found


def in_steps(doing: str, steps: Sequence[tuple[str, Callable[[], Any]]]) -> None:
    """Take steps that remember what they find, under a bar; a click elsewhere need not wait for their end.

    A step that was left goes on, for whoever comes back.
    """
    if not steps:
        return
    bar = st.progress(0.0, f"{doing} …")
    for number, (name, step) in enumerate(steps):
        thread = Thread(target=step, daemon=True)
        thread.start()
        while thread.is_alive():  # Streamlit lets a click interrupt the page where the bar moves
            bar.progress(number / len(steps), f"{doing}: {name} …")
            thread.join(MOVES)
    bar.empty()


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
        empty(title, subtitle)
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
    told: Mapping[str, Callable[[Any], str]] = MappingProxyType({}),
    lazy: bool = False,
) -> None:
    """A table with readable heads, and all its columns as CSV and Parquet.

    `told` says for columns of codes how a code is told; the downloads keep the codes. The rows of a `lazy` table travel
    as somebody scrolls to them; it cannot be searched by itself, so the page has to offer that.
    """
    shown = [column for column in frame.columns if COLUMNS.get(column, column) is not None]
    config: dict[str, Any] = {}
    for column in shown:
        label = COLUMNS.get(column, column)
        if pd.api.types.is_float_dtype(frame[column]):
            config[column] = st.column_config.NumberColumn(label, format=DECIMALS.get(column, "%.2f"))
        else:
            config[column] = st.column_config.Column(label)
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
