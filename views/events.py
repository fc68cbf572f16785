"""Same event: one event as several sources tell it, lined up fact by fact: what all report, what only one reports."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis import framing
from views import figures, frame, handout, layout, margin, one_event, progress, reader, state
from views.words import count, listing, show, span

FACTS = 8  # in a part of the page at first
ALL_LABEL = "All of these articles, as one event"
ALONE = 5  # sentences of each source that nobody else has, at first
COLUMNS = 4
OFFERED = 300  # events in the menu


def choose_event(found: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
    """The rows of the event that the reader chose; an event is called by its first article's id, `whole` is all."""
    heads = found.drop_duplicates("story").head(OFFERED).set_index("article")
    offered = [*heads.index, *([state.ALL] if len(whole) else [])]
    if st.session_state.get("event") not in offered:  # the filters have moved on
        st.session_state.pop("event", None)
    chosen = st.session_state["bar"].selectbox(
        "Event",
        offered,
        format_func=lambda article: ALL_LABEL if article == state.ALL else event_label(heads.loc[article]),
        key="event",
        bind="query-params",
        help="Found by the names and words of headlines and first sentences, within a few days of each other. "
        "Most sources first.",
    )
    return whole if chosen == state.ALL else found[found["story"] == heads.loc[chosen, "story"]]


def offer_all(event: pd.DataFrame, whole: pd.DataFrame) -> None:
    """Where an event leaves some of few articles out, the way to take them all for tellings of it."""
    left = len(whole) - len(event)
    if left > 0:
        words = f"{count(left, 'article')} did not seem to tell it."
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="all-as-one", width="content"):
            show('<span class="quiet">{words}</span>', words=words)
            st.button(f"Line up all {len(whole)}", key="take-all", type="tertiary", on_click=take_all)


def take_all() -> None:
    st.session_state["event"] = state.ALL


def event_label(row: Any) -> str:
    return f"{row['title'] or row.name} ({count(row['n_sources'], 'source')})"


def lead(event: pd.DataFrame, tellings: pd.DataFrame, named: pd.DataFrame) -> None:
    """The head; the event is called by the headline of the first telling that `named` holds."""
    days = event["published"].dropna()
    when = f", {span(days.min(), days.max())}" if len(days) else ""
    layout.head(
        "The same event, told by several",
        named["title"].iloc[0] or "An event without a headline",
        f"{count(len(tellings), 'telling')} by {listing(list(dict.fromkeys(tellings['source'])))}{when}.",
    )
    copies = event[event["copy_of"] != ""]
    if len(copies):
        told = one_event.repeats(copies, event.set_index("article")["source"])
        show(
            '<p class="quiet">{words}</p>',
            words=f"{count(len(copies), 'article')} more {'is' if len(copies) == 1 else 'are'} agency copy or a "
            f"reprint, and counted once: {listing(told[:6])}{' …' if len(told) > 6 else ''}.",
        )


def compare_them(event: pd.DataFrame, of_all: bool) -> None:
    """The way to the same articles on Compare."""
    if st.session_state["bar"].button("Compare", key="compare-them", help="The sources of this event side by side."):
        state.go_to("views/compare.py", **({} if of_all else {"telling": str(event["article"].iloc[0])}))


def facts(rows: pd.DataFrame, key: str) -> None:
    """Facts with the sentences that tell them, and the way into each article."""
    numbers = list(dict.fromkeys(rows["fact"]))
    shown = FACTS if not st.session_state.get(f"all:{key}") else len(numbers)
    own = rows[rows["fact"].isin(numbers[:shown])]
    blocks = [
        {"head": "", "rows": [line(row) for row in group.to_dict("records")]}
        for _, group in own.groupby("fact", sort=False)
    ]
    follow(own, reader.lined(blocks, key=key))
    more(key, len(numbers) - shown, "fact")


def line(row: dict[str, Any]) -> dict[str, Any]:
    report = selection.corpus.reports[row["article"]]
    return {"source": row["source"], "pieces": reader.pieces(report, row["start"], row["end"], row["differing"])}


def follow(rows: pd.DataFrame, opened: tuple[int, int | None] | None) -> None:
    """Open the article of a sentence, at the mark that was clicked, or else at its first."""
    if opened is not None and opened[0] < len(rows):
        number, place = opened
        row = rows.iloc[number]
        report = selection.corpus.reports[row["article"]]
        marks = [f.span.start for f in report.findings if row["start"] <= f.span.start < row["end"]]
        margin.open_article(row["article"], place if place is not None else min(marks, default=int(row["start"])))


def more(key: str, left: int, what: str) -> None:
    if left > 0:
        st.button(f"Show {count(left, f'more {what}')}", key=f"more:{key}", on_click=show_all, args=(key,))


def show_all(key: str) -> None:
    st.session_state[f"all:{key}"] = True


def only_one(rows: pd.DataFrame, sources: list[str], key: str) -> None:
    layout.section(
        "What only one reports",
        "Sentences that no other telling has in words like these, in the order of the article. What is left out frames "
        "as well as what is said; that nobody else has it does not make it wrong, or right.",
    )
    for first in range(0, len(sources), COLUMNS):
        few = sources[first : first + COLUMNS]
        for column, source in zip(st.columns(len(few), gap="medium"), few, strict=True):
            own = rows[rows["source"] == source]
            name = f"{key}:{source}"
            shown = own if st.session_state.get(f"all:{name}") else own.head(ALONE)
            with column:
                show(
                    '<div class="side-head"><h3>{source}</h3><p>{n}</p></div>',
                    source=source,
                    n=count(len(own), "sentence") + " of its own",
                )
                if len(own):
                    block = {"head": "", "rows": [line(row) for row in shown.to_dict("records")]}
                    follow(shown, reader.lined([block], key=name, sources=False))
                more(name, len(own) - len(shown), "sentence")


selection = state.current()
found = progress.stories()
whole = one_event.as_one(selection, found)
if found.empty and whole.empty:
    layout.head("The same event, told by several", "No event is told twice here", frame.standing(selection) + ".")
    layout.nothing(
        "It takes two sources that tell the same event within a few days.",
        "Choose “All sample stories” in the bar above, widen the filters, or add articles with their source and date "
        "under Load.",
    )
event = choose_event(found, whole)
tellings = event[event["copy_of"] == ""]
# Of all articles, taken for one event, the first may be about something else; those that were found are not.
lead(event, tellings, found if event is whole and len(found) else tellings)
handout.offer([selection.corpus.reports[article] for article in tellings["article"]])
compare_them(event, event is whole)
offer_all(event, whole)
lined = state.measure(framing.lined_up, articles=tuple(tellings["article"]))
told_by = list(dict.fromkeys(tellings["source"]))
name = f"lined:{tellings['article'].iloc[0]}"
show(
    '<p class="quiet legend-line">{words} <span class="own-word">{own}</span> {rest}</p>',
    words="Words on a pale ground are",
    own="this source’s alone",
    rest="among those that tell the same. Underlines are as on Read: solid judges, wavy doubts, double is sure, dots "
    "keep a distance.",
)
heads, body = lined[lined["title"]], lined[~lined["title"]]
if len(heads):
    layout.section("The headlines")
    facts(heads, f"{name}:heads")
layout.section("What all report", "The same fact, in each source’s words.")
by_all, by_some = (
    body[body["n_sources"] == len(told_by)],
    body[(body["n_sources"] > 1) & (body["n_sources"] < len(told_by))],
)
if by_all.empty:
    layout.empty(
        "No sentence is found in all tellings.",
        "Below is what several of them share."
        if len(by_some)
        else "Below is what each tells alone. Read sets an article before you as a whole.",
    )
else:
    facts(by_all, f"{name}:all")
if len(by_some):
    layout.section("What some report", "Told by several sources, but not by all.")
    facts(by_some, f"{name}:some")
only_one(body[body["n_sources"] == 1], told_by, f"{name}:one")
with st.expander("All sentences by fact, and a download", key="lined-table", on_change="rerun") as table:
    if table.open:
        figures.table(lined, key="lined-rows", file_name="lined-up.csv")
show(
    '<p class="quiet">{words}</p>',
    words="Sentences are set together by the words and names they share. Two sentences that tell the same in wholly "
    "different words stay apart, and may stand under “only one”.",
)
