"""A number on a page and what its click opens: as many places as it counts, of the sources that it compares."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest

from analysis import analyze, framing, tables
from analysis.model import Article
from views import margin, places, samples
from views.state import make_corpus


@pytest.fixture(scope="module")
def flat() -> tables.Tables:
    return tables.from_reports(samples.reports(""))


def test_a_tone_opens_the_mentions_that_it_is_the_mean_of(flat: tables.Tables):
    found = framing.tone(flat, voice="narrator")
    assert found["n_mentions"].gt(0).sum() > 20
    for row in found.to_dict("records"):
        where = {"actor": row["actor"], "source": row["source"], "voice": "narrator"}
        if not row["n_mentions"]:
            continue
        assert places.judged_in_words(flat, **where).startswith(f"{row['n_mentions']:,} mention")
        opened = places.judged(flat, **where)
        shown = set(zip(opened["article"], opened["sentence_start"], strict=True))
        mentions = framing.mentions_of(flat, row["actor"], source=row["source"], voice="narrator")
        assert shown >= set(zip(mentions["article"], mentions["sentence_start"], strict=True))


@pytest.mark.parametrize("kind", ["loaded_term", "hedge"])
def test_a_term_of_a_gap_opens_the_two_sources_alone(flat: tables.Tables, kind: str):
    for a, b in pairwise(flat.sources):
        for row in framing.gap(flat, a=a, b=b, voice="narrator", kind=kind).terms.to_dict("records"):
            rows = places.findings(flat, term=row["term"], kind=kind, voice="narrator", sources=(a, b))
            assert len(rows) == row["n_a"] + row["n_b"], row["term"]
            assert set(rows["source"]) <= {a, b}


def test_a_typical_word_opens_the_places_that_it_was_counted_in(flat: tables.Tables):
    for source in flat.sources:
        others = tuple(other for other in flat.sources if other != source)
        for row in framing.keyness(flat, source=source, voice="narrator", top=24).to_dict("records"):
            for where, n in (((source,), row["n"]), (others, row["n_others"])):
                opened = places.written(flat, word=row["word"], sources=where, voice="narrator")
                assert len(opened) == n, (row["word"], where)


def test_marks_of_one_sentence_are_shown_in_it_together():
    text = "The regime’s thugs and their cronies ran. A calm day followed in the town of Marl, and the mob was gone."
    corpus = make_corpus("x", [analyze(Article(id="a", text=text, source="s", title=""))])
    found = margin.by_sentence(places.findings(corpus.tables, kind="loaded_term"))
    assert len(found) == 2
    assert len(found[0]) > 1
    assert [row["sentence_start"] for row in found[0]] == [0] * len(found[0])


def test_the_first_sentences_are_those_that_the_whole_list_begins_with(flat: tables.Tables):
    rows = places.findings(flat, kind="loaded_term")
    whole = margin.by_sentence(rows)
    assert margin.count_sentences(rows) == len(whole) < len(rows)
    for shown in (0, 1, margin.SHOWN, len(whole) + 1):
        assert margin.by_sentence(rows, shown) == whole[:shown]
    assert margin.by_sentence(rows.iloc[:0]) == []
    assert margin.count_sentences(rows.iloc[:0]) == margin.count_sentences(pd.DataFrame()) == 0


def test_the_first_look_is_the_event_whose_headlines_part_most(flat: tables.Tables):
    told = framing.furthest_apart(flat, top=3)
    assert len(told) == 3
    assert told["source"].is_unique
    assert told["rate"].is_monotonic_increasing
    assert told["headline"].iloc[-1] > told["headline"].iloc[0]
    for row in told.to_dict("records"):
        marks = framing.evidence(flat, source=row["source"], kind="loaded_term", voice="narrator")
        assert row["n"] == (marks["article"] == row["article"]).sum(), "the bar counts what Read marks"
    alone = flat.select(sources=[flat.sources[0]])
    assert framing.furthest_apart(alone, top=3).empty
