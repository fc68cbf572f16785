"""Several `Report`s come in, the comparison of their sources goes out: rates with bars, differences, tone by actor."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis import framing
from analysis.model import Report
from analysis.report.article import TONE_TOLD
from analysis.report.markup import Child, Markup, h, join, table
from analysis.tables import Tables, from_reports
from analysis.written import KIND_NAMES, KIND_PLURALS, capital, count, listing, number

ACTORS_COMPARED = 8  # rows of the table of actors: what fits half a printed page
DIFFERENCES_SHOWN = 8
BAR, WHISKER_HEIGHT = 120, 12  # size of a bar's picture in CSS pixels


def comparison(reports: Sequence[Report]) -> Markup:
    """The sources of `reports` side by side, the narrator's voice alone; what it says can be counted in the sheets."""
    tables = from_reports(reports)
    return h(
        "section",
        h("h2", _title(tables)),
        h(
            "p",
            f"{count(len(reports), 'article')} from {count(len(tables.sources), 'source')}, in the narrator’s "
            "voice: what speakers say in quoted and reported words is not counted here. Events in 1,000 words of that "
            "voice; n is the number of events.",
            class_="standfirst",
        ),
        _rates(tables),
        _differences(tables),
        _tone(tables),
        class_="comparison",
    )


def _title(tables: Tables) -> str:
    """What the first row of figures shows, in words."""
    rates = [
        row for row in _by_source(framing.source_rates(tables, voice="narrator")).values() if not pd.isna(row["rate"])
    ]
    if len(rates) < 2:
        return f"{listing(list(tables.sources))} in figures"
    top, bottom = max(rates, key=lambda row: row["rate"]), min(rates, key=lambda row: row["rate"])
    if top["rate"] == bottom["rate"]:
        return f"{count(len(rates), 'source')} use loaded terms equally often"
    if not (top["enough"] and bottom["enough"]):  # a rate of so few words would sound like a habit
        return (
            f"In these articles {top['source']} uses {count(top['n_events'], 'loaded term')} in "
            f"{top['exposure']:,} of its own words, {bottom['source']} {bottom['n_events'] or 'none'} in "
            f"{bottom['exposure']:,}"
        )
    return (
        f"{top['source']} uses {number(top['rate'])} loaded terms in 1,000 of its own words, "
        f"{bottom['source']} {number(bottom['rate'])}"
    )


def _rates(tables: Tables) -> Markup:
    words = tables.exposure[tables.exposure["voice"] == "narrator"].groupby("source")["words"].sum().to_dict()
    articles = tables.articles["source"].value_counts().to_dict()
    kinds = [_by_source(framing.source_rates(tables, kind, voice="narrator")) for kind in KIND_NAMES]
    order = sorted(tables.sources, key=lambda source: -_known(kinds[0].get(source, {}).get("rate")))
    rows: list[list[Child]] = [
        [source, articles[source], f"{words.get(source, 0):,}", *(_cell(kind, source) for kind in kinds)]
        for source in order
    ]
    heads = ["Source", "Articles", "Own words", *map(capital, KIND_PLURALS.values())]
    few = (
        f"Hatched: too few articles (fewer than {framing.MIN_ARTICLES}) or words (fewer than "
        f"{framing.MIN_EXPOSURE:,}) to call it a habit of the source; it describes these articles alone."
    )
    measured = [row for kind in kinds for row in kind.values()]
    notes = ["Bars of a column share one scale."]
    if any(not pd.isna(row["low"]) for row in measured):
        notes.append("A thin line is the 95 % interval from resampling articles.")
    if not all(row["enough"] for row in measured):
        notes.append(few)
    return join(
        [
            table("rates", heads, rows, columns=dict.fromkeys(range(3, len(heads)), "bar")),
            h("p", " ".join(notes), class_="note"),
        ]
    )


def _cell(rows: Mapping[str, Mapping[str, Any]], source: str) -> Child:
    row = rows.get(source, {})
    if pd.isna(row.get("rate")):
        return "–"
    scale = max(_known(one[key]) for one in rows.values() for key in ("rate", "high")) or 1.0
    interval = None if pd.isna(row["low"]) else (float(row["low"]), float(row["high"]))
    spread = f"{number(interval[0])} to {number(interval[1])} " if interval else ""
    return [
        bar(row["rate"], scale, interval, row["enough"]),
        h("b", number(row["rate"])),
        h("small", f" n {row['n_events']}", class_="per"),
        h("small", spread, class_="per spread") if spread else None,
    ]


def _by_source(frame: pd.DataFrame) -> dict[str, dict[str, Any]]:
    return {row["source"]: {str(key): value for key, value in row.items()} for row in frame.to_dict("records")}


def _known(value: Any) -> float:
    return 0.0 if pd.isna(value) else float(value)


def bar(value: float, scale: float, interval: tuple[float, float] | None, enough: bool) -> Markup:
    """A bar of `value` on 0 to `scale`, hatched where there is too little behind it, with its interval as a whisker."""
    if scale <= 0 or not math.isfinite(scale):
        raise ValueError(f"A bar needs a scale above 0, not {scale}.")

    def x(at: float) -> str:
        return f"{max(0.0, min(1.0, at / scale)) * (BAR - 2) + 1:.1f}"

    middle = WHISKER_HEIGHT // 2
    parts = []
    if value > 0:
        width = f"{max(float(x(value)) - 1, 0.8):.1f}"
        parts.append(h("rect", x=1, y=2, width=width, height=WHISKER_HEIGHT - 4, class_="fill" if enough else "few"))
    if interval:
        low, high = x(interval[0]), x(interval[1])
        parts.append(h("line", x1=low, x2=high, y1=middle, y2=middle, class_="whisker"))
    return h("svg", parts, viewBox=f"0 0 {BAR} {WHISKER_HEIGHT}", width=BAR, height=WHISKER_HEIGHT, aria_hidden="true")


def _differences(tables: Tables) -> Markup | None:
    """The strongest differences, in words and with their numbers."""
    if len(tables.sources) < 2:
        return None
    found = framing.differences(tables, top=DIFFERENCES_SHOWN)
    if found.empty:
        return None
    places = framing.at(tables, [row["evidence"][0] for _, row in found.iterrows()])
    items = []
    for (_, row), (_, place) in zip(found.iterrows(), places.iterrows(), strict=True):
        start = place["start"] - place["sentence_start"]
        sentence, end = place["sentence"], place["end"] - place["sentence_start"]
        items.append(
            h(
                "li",
                h("b", row["sentence"]),
                h("q", sentence[:start], h("em", sentence[start:end]), sentence[end:]),
                h("cite", f"{place['source']}, “{place['title']}”"),
            )
        )
    rest = "the other does not" if len(tables.sources) == 2 else "the others do not"
    return h("section", h("h3", f"What one writes and {rest}"), h("ol", items, class_="differences"))


def _tone(tables: Tables) -> Markup | None:
    """The narrator's tone towards each actor, a column a source; the sign is written, its hue repeats it."""
    tone = framing.tone(tables, voice="narrator", top=40)
    if tone.empty:
        return None
    shared = tone.groupby("actor").agg(sources=("source", "nunique"), n=("n_mentions", "sum"))
    shared = shared.sort_values(["sources", "n"], ascending=False, kind="stable").head(ACTORS_COMPARED)
    sources = sorted(set(tone["source"]))
    rows: list[list[Child]] = []
    for actor in shared.index:
        of = _by_source(tone[tone["actor"] == actor])
        rows.append([tables.actor_names[str(actor)], *(_tone_cell(of.get(source)) for source in sources)])
    return h(
        "section",
        h("h3", "The narrator’s tone towards the actors most sources write about"),
        table("tone", ["Actor", *sources], rows),
        h(
            "p",
            f"{capital(TONE_TOLD)} In brackets: too few mentions "
            f"(fewer than {framing.MIN_MENTIONS}) or articles (fewer than {framing.MIN_ARTICLES}) for more than a "
            "reading aid.",
            class_="note",
        ),
        class_="keep",
    )


def _tone_cell(row: Mapping[str, Any] | None) -> Child:
    if row is None or pd.isna(row["tone"]):
        return "–"
    shown = number(row["tone"], 2, sign=True)
    direction = "even"
    if abs(row["tone"]) >= framing.MIDDLING:
        direction = "cold" if row["tone"] < 0 else "warm"
    return [
        h("b", shown if row["enough"] else f"({shown})", class_=direction),
        " ",
        h("small", f"n {row['n_mentions']}", class_="per"),
    ]
