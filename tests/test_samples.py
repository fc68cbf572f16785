"""The shipped corpus: its form, its length, and that it loads as it stands."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
ROWS = [json.loads(line) for line in (SAMPLES / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
SOURCES = {"The Kestrel Post", "The Harbour Gazette", "Meridian Wire", "Northfield Herald"}
JUNK = re.compile(
    r"leave a reply|latest posts|subscribe|cookie|share this|read more|all rights reserved|^source:", re.I
)


def test_ids_are_unique_and_name_story_and_source() -> None:
    ids = [row["id"] for row in ROWS]
    assert len(set(ids)) == len(ids)
    for row in ROWS:
        assert row["id"] == f"{row['story']}/{row['source'].lower().removeprefix('the ').replace(' ', '-')}"


def test_every_story_is_told_by_three_or_four_different_sources() -> None:
    tellers = defaultdict(list)
    for row in ROWS:
        tellers[row["story"]].append(row["source"])
    assert len(tellers) >= 5
    for story, sources in tellers.items():
        assert 3 <= len(sources) <= 4, story
        assert len(set(sources)) == len(sources), story
        assert set(sources) <= SOURCES, story
    assert set(Counter(row["source"] for row in ROWS)) == SOURCES


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_an_article_has_the_length_and_the_form_of_one(row: dict[str, str]) -> None:
    paragraphs = row["text"].split("\n\n")
    assert set(row) == {"id", "story", "source", "title", "published", "url", "text"}
    assert 350 <= len(row["text"].split()) <= 700
    assert len(paragraphs) >= 8
    assert all(p == p.strip() and "\n" not in p and p.endswith((".", "?", "!", "’", "”", '"')) for p in paragraphs)
    assert not any(JUNK.search(p) for p in paragraphs)
    assert 20 <= len(row["title"]) <= 120
    assert row["title"] not in row["text"]
    assert row["url"] == ""


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_quotation_marks_are_those_of_the_house_and_close(row: dict[str, str]) -> None:
    text = row["text"]
    if row["source"] == "Meridian Wire":
        assert text.count('"') % 2 == 0
        assert text.count('"') > 0
        assert not set(text) & set("“”‘’")
    elif row["source"] == "The Harbour Gazette":
        apostrophes = len(re.findall(r"(?<=\w)’(?=\w)", text)) + len(re.findall(r"(?<=s)’(?= \w)", text))
        assert 0 < text.count("‘") <= text.count("’") <= text.count("‘") + apostrophes
        assert '"' not in text
    else:
        assert text.count("“") == text.count("”") > 0
        assert '"' not in text


def test_the_days_spread_over_weeks() -> None:
    days = sorted({date.fromisoformat(row["published"]) for row in ROWS})
    assert (days[-1] - days[0]).days > 42
    assert len({day.isocalendar()[:2] for day in days}) >= 5


def test_the_readme_counts_and_names_what_is_there() -> None:
    readme = (SAMPLES / "README.md").read_text(encoding="utf-8")
    assert f"{len(ROWS)} articles" in readme
    for story, n in Counter(row["story"] for row in ROWS).items():
        assert re.search(rf"`{story}` \|[^|]+\| {n} \|", readme), story
    for source in SOURCES:
        assert source in readme


def test_the_corpus_loads_whole_and_loses_nothing_to_cleaning() -> None:
    from analysis.loading import load

    articles = list(load(SAMPLES / "articles.jsonl"))
    assert [a.id for a in articles] == [row["id"] for row in ROWS]
    for article, row in zip(articles, ROWS, strict=True):
        assert article.text == f"{row['title']}\n\n{row['text']}"
        assert (article.source, article.published) == (row["source"], date.fromisoformat(row["published"]))
        assert article.removed == ()
        assert article.problems == ()


@pytest.fixture(scope="module")
def rates() -> dict[str, dict[str, float]]:
    """Marks of each kind per source in 1,000 of the narrator's words."""
    from analysis import analyze, load

    words: Counter[str] = Counter()
    marks: dict[str, Counter[str]] = defaultdict(Counter)
    for article in load(SAMPLES / "articles.jsonl"):
        report = analyze(article)
        assert report.problems == (), article.id
        words[article.source] += report.exposure.narrator
        marks[article.source].update(f.kind for f in report.findings if f.voice == "narrator")
    return {source: {kind: 1000 * n / words[source] for kind, n in marks[source].items()} for source in words}


def test_the_sources_keep_the_manners_that_the_readme_describes(rates: dict[str, dict[str, float]]) -> None:
    loaded = {source: of.get("loaded_term", 0.0) for source, of in rates.items()}
    calm = max(loaded["Meridian Wire"], loaded["Northfield Herald"])
    assert min(loaded["The Kestrel Post"], loaded["The Harbour Gazette"]) > 4 * calm
    hedges = {source: of.get("hedge", 0.0) for source, of in rates.items()}
    assert hedges["Northfield Herald"] > 2 * max(n for source, n in hedges.items() if source != "Northfield Herald")
    scare = {source: of.get("scare_quote", 0.0) for source, of in rates.items()}
    assert min(scare["The Kestrel Post"], scare["The Harbour Gazette"]) > scare["Meridian Wire"]


def test_stories_are_called_as_their_articles_call_things() -> None:
    from views import samples

    assert {"River Ashe", "Border Act", "Saltmere strike"} <= set(samples.stories().values())
