"""Sources: the habits of one source: what its own voice judges, whose words fill it, what it puts in marks."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis import charts, framing
from analysis.framing.speech import OTHERS
from analysis.written import capital, category
from views import ahead, figures, frame, layout, margin, marked, reader, state
from views.words import VOICE_NAMES

PAGE = "sources"
WALL = 12  # scare quotes on the wall
ALONE = {"kinds": "Loaded terms", "wall": "Scare quotes", "voices": "Whose words", "verbs": "Reporting verbs"}
CONTENTS = {"kinds": ALONE["kinds"], "gap": "The gap", "words": "Its own words"} | ALONE
HINT = (
    "Click a bar, or a line of words, to read the sentences behind it. The first figures are the narrator’s own words."
)


def gap_to_another(others: list[str]) -> None:
    layout.section(
        "The gap to another source, word by word",
        "How many loaded terms more or fewer per 1,000 words, and which terms make the gap.",
        part="gap",
    )
    other = st.selectbox("Compare with", others, key="other", bind="query-params", width=320)
    gap = state.measure(framing.gap, a=source, b=other, voice=selection.voice)
    figures.figure(
        state.drawn(charts.gap_bars, gap),
        gap.terms,
        key="source-gap",
        pick=lambda data: margin.pick(
            PAGE,
            f"“{data[0]}”",
            "findings",
            term=data[0],
            kind="loaded_term",
            voice=selection.voice,
            sources=(source, other),
        ),
        file_name="gap.csv",
    )


def categories() -> None:
    layout.section(
        "What its loaded terms do",
        f"By kind of judgement, in {VOICE_NAMES[selection.voice]}; a dot opens what another source writes.",
        part="kinds",
    )
    profile = state.measure(framing.profile, voice=selection.voice)
    figures.figure(
        state.drawn(charts.category_bars, profile, source=source),
        profile,
        key="source-profile",
        pick=open_category,
        file_name="categories.csv",
    )


def open_category(data: list[Any]) -> None:
    title = f"{capital(category(data[0]))} in {data[1]}"
    margin.pick(PAGE, title, "findings", source=data[1], category=data[0], voice=selection.voice, kind="loaded_term")


def typical() -> None:
    layout.section(
        "Its own words",
        "Words it writes more often than the other sources, and the words it leaves to them.",
        part="words",
    )
    words = state.measure(framing.keyness, source=source, voice=selection.voice, top=ahead.TYPICAL_WORDS)
    others = elsewhere[0] if len(elsewhere) == 1 else "the others"
    figures.figure(
        state.drawn(charts.keyness_bars, words, source=source, others=others),
        words,
        key="source-words",
        pick=open_word,
        file_name="typical-words.csv",
    )


def open_word(data: list[Any]) -> None:
    where = (source,) if data[1] == source else tuple(elsewhere)
    title = f"“{data[0]}” in {data[1]}"
    margin.pick(PAGE, title, "written", word=data[0], sources=where, voice=selection.voice)


def voices() -> None:
    layout.section(
        "Whose words fill it",
        "The narrator’s part, and the parts of those who are quoted or reported. Every part opens.",
        part="voices",
    )
    figures.figure(
        state.drawn(charts.voice_bars, charts.gathered(own_share())), own_share(), key="source-voices",
        pick=open_speaker, file_name="voices.csv",
    )  # fmt: skip


def own_share() -> pd.DataFrame:
    share = state.measure(framing.voice_share)
    return share[share["source"] == source]


def open_speaker(data: list[Any]) -> None:
    """Any part of the bar: the narrator, a speaker, all the others, words that nobody named is credited with."""
    speaker, where, voice, name = data[:4]
    if voice == "narrator":
        margin.pick(PAGE, f"The narrator in {where}", "spoken", source=where, voice=voice)
        return
    shown: tuple[str, ...] = ()
    if name == OTHERS:
        named = charts.gathered(own_share())
        shown = tuple(sorted(set(named.loc[named["voice"] == voice, "speaker"]) - {""})) or (OTHERS,)
    title = f"{name[:1].upper() + name[1:]}, {voice} in {where}"
    margin.pick(PAGE, title, "spoken", speaker=speaker, source=where, voice=voice, others=shown)


def verbs() -> None:
    layout.section("How it introduces other people’s words", "Who “says”, who “claims”, who “admits”.", part="verbs")
    used = state.measure(framing.reporting_verbs)
    own = used[used["source"] == source]
    figures.figure(
        state.drawn(charts.verb_bars, own),
        own,
        key="source-verbs",
        pick=lambda data: margin.pick(
            PAGE, f"{data[2].capitalize()} verbs in {data[1]}", "cues", speaker=data[0], source=data[1], stance=data[2]
        ),
        file_name="reporting-verbs.csv",
    )


def wall() -> None:
    layout.section(
        "What it holds at arm’s length",
        "Words in quotation marks that nobody is credited with: marks by which the writer keeps a distance.",
        part="wall",
    )
    scare = framing.evidence(selection.tables, kind="scare_quote", source=source)
    if scare.empty:
        layout.empty(
            "No scare quotes in this source.",
            "If there are quotation marks, they hold quotations, titles or names. Choose another source above.",
        )
        return
    held = margin.by_sentence(scare.head(WALL))
    margin.follow(held, reader.sentences([margin.line(rows) | {"source": ""} for rows in held], key="wall", wall=True))
    found = state.measure(framing.marked_elsewhere_plain)
    found = found[found["source"] == source]
    if found.empty:
        return
    layout.section("In marks here, plain elsewhere")
    marked.lines(found, page=PAGE)


selection = state.current()
if not selection.tables.sources:
    layout.head("The habits of one source", "No source is left", frame.standing(selection) + ".")
    layout.nothing(
        "There is no article to count in.", "Widen the filters in the bar above, or add articles under Load."
    )
rates = state.measure(framing.source_rates, voice="narrator")
source = st.session_state["bar"].selectbox(
    "Source",
    framing.by_rate(rates) or selection.tables.sources,
    key="outlet",
    bind="query-params",
    help="Those whose own words hold most loaded terms come first.",
)
own_articles = int((selection.tables.articles["source"] == source).sum())
layout.head(
    "The habits of one source",
    source,
    f"{own_articles:,} of {frame.standing(selection)}.",
)
layout.contents(CONTENTS if len(selection.tables.sources) > 1 else ALONE)
with margin.columns(PAGE, HINT):
    elsewhere = [name for name in selection.tables.sources if name != source]
    categories()
    if elsewhere:
        gap_to_another(elsewhere)
        typical()
    wall()
    voices()
    verbs()
