"""Which articles tell the same event, which repeat one another's text, and which sentences tell the same fact."""

from __future__ import annotations

import gc
from collections import Counter
from datetime import date
from unittest.mock import patch
from weakref import ref

import numpy as np
import pytest

from analysis import framing, tables
from analysis.framing import contents, copies, events
from analysis.model import Report
from tests.press import told

MARCH = {
    "The Kestrel Post": "Masked marchers clash with police in Ostrel. Police in Ostrel used water cannon on Sunday. "
    "The march in Ostrel began at noon. Police say that the marchers threw stones.",
    "Meridian Wire": "Police use water cannon at Ostrel march. A march in Ostrel ended on Sunday with water cannon. "
    "Police say stones were thrown. The marchers say that police began it.",
}
LEAK = {
    "The Kestrel Post": "Solvent leak closes Brackwell plant. The River Ashe was poisoned by solvent from Brackwell.",
    "Meridian Wire": "Agency opens inquiry into Brackwell solvent leak. Fish died in the River Ashe near the plant.",
}
COPY = " ".join(f"Officer number {n} told a court that the gate in Ostrel had stood open." for n in range(8))


def one(id: str, source: str, text: str, day: int | None = 1, month: int = 3) -> Report:
    return told(id, source, text, published=None if day is None else date(2024, month, day))


def found(*reports: Report) -> dict[str, int]:
    frame = framing.stories(tables.from_reports(reports))
    return dict(zip(frame["article"], frame["story"], strict=True))


def test_two_events_of_the_same_days_are_two_stories() -> None:
    reports = [one(f"march-{source}", source, text) for source, text in MARCH.items()]
    reports += [one(f"leak-{source}", source, text, 2) for source, text in LEAK.items()]
    numbers = found(*reports)
    assert len(numbers) == 4
    assert numbers["march-Meridian Wire"] == numbers["march-The Kestrel Post"]
    assert numbers["leak-Meridian Wire"] == numbers["leak-The Kestrel Post"]
    assert len(set(numbers.values())) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [((1, 3), (20, 3)), ((1, 3), (None, 3))],
    ids=["weeks apart", "one without a date"],
)
def test_the_same_words_on_other_days_are_no_story(first: tuple[int, int], second: tuple[int | None, int]) -> None:
    kestrel, wire = MARCH.values()
    assert not found(one("a", "The Kestrel Post", kestrel, *first), one("b", "Meridian Wire", wire, *second))


def test_one_source_alone_makes_no_story() -> None:
    assert not found(*(one(str(n), "Meridian Wire", text) for n, text in enumerate(MARCH.values())))


def test_a_copy_is_told_and_counts_once() -> None:
    reports = [
        one("wire", "Meridian Wire", f"{MARCH['Meridian Wire']} {COPY}", 1),
        one("reprint", "Northfield Herald", f"{MARCH['Meridian Wire']} {COPY} More on page two.", 2),
        one("own", "The Kestrel Post", f"{MARCH['The Kestrel Post']} A court in Ostrel heard an officer.", 2),
    ]
    frame = framing.stories(tables.from_reports(reports)).set_index("article")
    assert frame["copy_of"].to_dict() == {"wire": "", "own": "", "reprint": "wire"}
    assert set(frame["n_tellings"]) == {2}
    assert set(frame["n_sources"]) == {2}


@pytest.mark.parametrize(("kept", "is_copy"), [(8, True), (6, True), (3, False), (0, False)])
def test_a_copy_has_half_of_the_shorter_text(kept: int, is_copy: bool) -> None:
    told_by_all = COPY.split(". ")
    # The other sentences say the same in other words, so that both remain one story.
    own = [f"In Ostrel, an officer with number {n} said before a court, the gate stood open" for n in range(8)]
    reports = [
        one("wire", "Meridian Wire", COPY),
        one("other", "Northfield Herald", ". ".join([*told_by_all[:kept], *own[kept:]])),
    ]
    frame = framing.stories(tables.from_reports(reports)).set_index("article")
    assert (frame["copy_of"]["wire"] == "other" or frame["copy_of"]["other"] == "wire") == is_copy


def test_a_run_of_words_ends_with_its_text() -> None:
    article, run = copies._runs_of(["a b c d e f", "g h i", "a b c d e"], np.arange(3))
    assert article.tolist() == [0, 0, 2]
    assert run[2] == run[0] != run[1]


def test_no_story_goes_on_for_ever() -> None:
    same = Counter(f"March{n}" for n in range(20))
    days = np.arange(21)
    labels = framing.group([same] * 21, days, days=4)
    assert all(np.ptp(days[labels == label]) <= 8 for label in set(labels.tolist()))


def test_no_articles_no_stories() -> None:
    assert framing.stories(tables.empty()).empty


def test_one_document_about_two_things_does_not_chain_two_events() -> None:
    march, leak = Counter(f"March{n}" for n in range(20)), Counter(f"Leak{n}" for n in range(20))
    documents = [*[march] * 7, *[leak] * 7, march + leak]
    labels = framing.group(documents, np.zeros(len(documents)))
    assert len(set(labels[:7])) == len(set(labels[7:14])) == 1
    assert labels[0] != labels[7]


TELLINGS = {
    "wire": (
        "Meridian Wire",
        "A worker at the plant, Danny Marsh, said that a level alarm was out of order since November. "
        "The town has 27,000 people.",
    ),
    "post": (
        "The Kestrel Post",
        "A disgruntled worker, Danny Marsh, alleged that the level alarm was faulty since November. "
        "Green zealots smell blood in the water tonight.",
    ),
    "herald": (
        "Northfield Herald",
        "Bread costs more in Northfield again. Nobody there knows the reason yet, 😀 shops say.",
    ),
}


def lined(*articles: str) -> list[dict]:
    reports = [one(id, source, text) for id, (source, text) in TELLINGS.items()]
    return framing.lined_up(tables.from_reports(reports), articles).to_dict("records")


def test_sentences_that_tell_the_same_stand_together_and_their_own_words_are_marked() -> None:
    rows = lined("wire", "post", "herald")
    shared = [row for row in rows if row["n_sources"] > 1]
    assert [(row["fact"], row["article"]) for row in shared] == [(0, "wire"), (0, "post")]
    own = {row["article"]: [TELLINGS[row["article"]][1][a:b] for a, b in row["differing"]] for row in shared}
    assert own["post"] == ["disgruntled", "alleged", "faulty"]
    assert "said" in own["wire"]
    marked = {word for words in own.values() for stretch in words for word in stretch.split()}
    assert not {"Danny", "Marsh", "November", "alarm", "level"} & marked


def test_what_only_one_tells_stays_apart_without_marks_and_nothing_is_lost() -> None:
    rows = lined("wire", "post", "herald")
    alone = [row for row in rows if row["n_sources"] == 1]
    assert len({row["fact"] for row in alone}) == len(alone) == 4
    assert not any(row["differing"] for row in alone)
    for row in rows:
        assert TELLINGS[row["article"]][1][row["start"] : row["end"]] == row["text"]


def test_headlines_are_the_first_fact() -> None:
    reports = [
        told(id, source, f"{id} headline\n{text}", title=f"{id} headline", published=date(2024, 3, 1))
        for id, (source, text) in TELLINGS.items()
    ]
    frame = framing.lined_up(tables.from_reports(reports), list(TELLINGS))
    assert set(frame.loc[frame["title"], "fact"]) == {0}
    assert list(frame.loc[frame["title"], "article"]) == list(TELLINGS)


def test_an_unknown_article_is_named() -> None:
    with pytest.raises(ValueError, match="Unknown article 'nowhere'"):
        lined("nowhere")


@pytest.mark.parametrize(
    "text",
    ["The town has 27,000 people.", "A rise of 3.5 or .75, then 1,000,000 and 7.5m; 000 came.", "No number.", ""],
)
def test_words_are_counted_as_they_are_placed(text: str) -> None:
    """The second part of a number says nothing by itself, in the places or in the counts."""
    assert contents.content_words(text) == Counter(form for _, _, form in contents.content_places(text))


def words_of(flat: tables.Tables) -> list[dict[str, int]]:
    """The words of each article's headline and first sentences, from the arrays."""
    found = contents.leads(flat)
    entries = zip(found.document.tolist(), found.term.tolist(), found.times.tolist(), strict=True)
    made: list[dict[str, int]] = [{} for _ in range(found.size)]
    for document, term, times in entries:
        made[document][found.terms[term]] = times
    return made


def test_the_words_of_many_articles_are_those_of_each_and_a_part_takes_them_over() -> None:
    texts = ["", "It is so.", "Some 27,000 people, 000 of them in Ostrel. Ostrel’s  people—", *MARCH.values(), COPY]
    flat = tables.from_reports([one(f"{i}", f"Paper {i % 3}", text) for i, text in enumerate(texts)])
    first = flat.sentences.groupby("article").head(contents.LEAD).groupby("article")["text"].agg(" ".join)
    expected = [dict(contents.content_words(first.get(article, ""))) for article in flat.articles["article"]]
    assert sum(map(len, expected)) > 20
    assert words_of(flat) == expected
    part = flat.select(sources=["Paper 0", "Paper 2"])
    with patch.object(contents, "_read", side_effect=AssertionError("known by then")):
        assert words_of(part) == [expected[i] for i in (0, 2, 3, 5)]
    assert words_of(tables.from_reports(())) == []


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        (COPY.upper().replace("OFFICER", "officer"), True),
        (COPY.replace("court", "judge", 3), True),
        (COPY.replace("told", "informed").replace("gate", "door").replace("stood", "been"), False),
        (" ".join(reversed(COPY.split())), False),
        (COPY[:300] + " " + MARCH["Meridian Wire"], True),
        (COPY[:130], False),
    ],
    ids=["capitals", "a few words changed", "a word of every run", "other runs of the same words", "half", "short"],
)
def test_a_copy_has_half_of_the_runs_of_the_shorter_text(text: str, copied: bool) -> None:
    flat = tables.from_reports([one("a", "Meridian Wire", COPY), one("b", "The Kestrel Post", text)])
    frame = flat.articles.assign(label=7)
    assert copies.originals(flat, frame) == (["", "a"] if copied else ["", ""])
    assert copies.originals(flat, frame.assign(label=[7, 8])) == ["", ""], "copies are looked for within a story"


def test_stories_are_found_once_for_some_tables_and_may_be_changed() -> None:
    flat = tables.from_reports([one(source, source, text) for source, text in MARCH.items()])
    with patch.object(events, "group", wraps=events.group) as grouped:
        first = framing.stories(flat)
        framing.furthest_apart(flat, top=2)
        first["story"] = -1
        assert list(framing.stories(flat)["story"]) == [0, 0]
        assert grouped.call_count == 1
        assert len(framing.stories(flat, days=2)) == 2
        assert grouped.call_count == 2
    kept = ref(flat)
    del flat, first
    gc.collect()
    assert kept() is None, "what is remembered goes with its tables"


def test_stories_can_be_found_step_by_step_and_no_step_is_taken_twice() -> None:
    flat = tables.from_reports([one(source, source, text) for source, text in MARCH.items()])
    for name, step in events.steps(flat):
        assert name
        step()
    with (
        patch.object(events, "group", side_effect=AssertionError("known by then")),
        patch.object(events, "originals", side_effect=AssertionError("known by then")),
    ):
        assert list(framing.stories(flat)["story"]) == [0, 0]
    assert not list(events.steps(flat))


def test_a_part_of_a_corpus_finds_the_copies_that_it_finds_by_itself() -> None:
    told_so = [("a", "Meridian Wire", COPY), ("b", "The Kestrel Post", COPY), ("c", "Northfield Herald", COPY[:300])]
    told_so += [("d", "The Kestrel Post", MARCH["The Kestrel Post"]), ("e", "Meridian Wire", MARCH["Meridian Wire"])]
    whole = tables.from_reports([one(*each) for each in told_so])
    for few in (["b", "c", "d"], ["a", "c"], ["b", "d", "e"]):
        alone = tables.from_reports([one(*each) for each in told_so if each[0] in few])
        frame = alone.articles.assign(label=7)
        part = whole.select(articles=few)  # the first finds nothing of the whole worked out, the others find it
        assert copies.originals(part, frame) == copies.originals(alone, frame)
        assert copies.originals(whole, whole.articles.assign(label=7)) == ["", "a", "a", "", ""]
