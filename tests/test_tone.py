"""In which light a sentence shows somebody."""

from __future__ import annotations

import numpy as np
import pytest

from analysis import analyze, framing, pipeline, tables, targets, tone
from analysis.model import Article, Reading, Span
from analysis.tone import model, news
from tests import case_files


def chances(text: str, name: str) -> tuple[float, float, float]:
    """Cold, neutral, warm for the first mention of a name."""
    reading = pipeline.read(Article("one", text))[0]
    start = text.index(name)
    return tone.polarity_of(reading, Span(start, start + len(name)))


def balance(text: str, name: str) -> float:
    cold, _, warm = chances(text, name)
    return warm - cold


@pytest.mark.parametrize(
    "text",
    [
        "Dana Renn, a disgraceful liar, betrayed the voters again.",
        "The paper denounced Dana Renn as a corrupt bully.",
        "Dana Renn brazenly lied about the shameful cover-up.",
        "Critics mocked Dana Renn for a pathetic, bungled speech.",
    ],
)
def test_cold(text: str) -> None:
    assert balance(text, "Dana Renn") < -0.3


@pytest.mark.parametrize(
    "text",
    [
        "Dana Renn, a brilliant and generous doctor, saved the clinic.",
        "The town cheered Dana Renn as its hero.",
        "Colleagues praised Dana Renn for her courage and her wisdom.",
    ],
)
def test_warm(text: str) -> None:
    assert balance(text, "Dana Renn") > 0.3


@pytest.mark.parametrize(
    "text",
    [
        "Dana Renn arrived in the capital on Monday.",
        "The ministry sent the report to Dana Renn on Friday.",
        "Dana Renn said the meeting would begin at noon.",
    ],
)
def test_neutral(text: str) -> None:
    cold, neutral, warm = chances(text, "Dana Renn")
    assert neutral > max(cold, warm)


@pytest.mark.parametrize("text", ["Rain.", "…", "Dana Renn.", "Dana Renn said so.", "Er kam gestern Abend nach Hause."])
def test_a_text_in_which_nobody_is_judged(text: str) -> None:
    report = analyze(text)
    assert not [problem for problem in report.problems if "stopped" in problem]
    assert all(tone.tone == 0 for tone in report.tone)


def test_a_name_alone_is_shown_in_no_light() -> None:
    assert sum(chances("Dana Renn.", "Dana Renn")) == pytest.approx(1)
    assert balance("Dana Renn, Dana Renn", "Dana Renn") == pytest.approx(0, abs=0.2)


@pytest.mark.parametrize(
    "text",
    [
        "{} ridiculed the timid committee and won the vote.",
        "The court jailed {} for a vile fraud.",
        "Voters in the valley adore {}, whatever the papers say.",
        "{} met the ambassador on Tuesday.",
    ],
)
@pytest.mark.parametrize("other", ["Kofi Moller", "Mei Tanaka", "Donald Holt"])
def test_names_do_not_matter(text: str, other: str) -> None:
    assert balance(text.format("Dana Renn"), "Dana Renn") == pytest.approx(balance(text.format(other), other), abs=0.15)


def test_of_two_people_the_insult_is_one_s() -> None:
    text = "Dana Renn thanked the firefighters, while the shameless fraudster Kofi Moller hid in his office."
    assert balance(text, "Kofi Moller") < balance(text, "Dana Renn") - 0.3


def in_news() -> list[tuple[str, str, str, str]]:
    """Light, name, voice and text of each case."""
    told = [line.split(" | ", 3) for line in case_files.lines("tone_in_news.txt")]
    return [(light, name, voice, text) for light, name, voice, text in told]


LIGHTS = {"against": (-1.0, -0.25), "for": (0.15, 1.0), "neither": (-0.2, 0.2)}  # of the balance of a mention


def of_mention(text: str, name: str, voice: str) -> float:
    reading, findings, _ = pipeline.read(Article("one", text))
    reading, findings = targets.assign(reading, findings)
    start = text.index(name)
    found = {m.span.start: (heard, value) for m, heard, value in tone.of_mentions(reading, findings)}
    assert voice in ("*", found[start][0])
    return found[start][1]


@pytest.mark.parametrize(("light", "name", "voice", "text"), in_news())
def test_in_news(light: str, name: str, voice: str, text: str) -> None:
    low, high = LIGHTS[light]
    assert low < of_mention(text, name, voice) < high


def test_there_are_cases_of_every_light() -> None:
    assert {light for light, *_ in in_news()} == set(LIGHTS)


def test_one_mention_says_less_than_five() -> None:
    insult = "Dana Renn lied about the shameful cover-up."
    once, often = (analyze(Article("one", "\n\n".join([insult] * n), source="S")) for n in (1, 5))
    first, fifth = (next(t for t in report.tone if t.voice == "narrator") for report in (once, often))
    assert (first.n, fifth.n) == (1, 5)
    assert fifth.tone < first.tone < -0.3
    drawn = [framing.tone(tables.from_reports([report]), voice="narrator")["tone"].iloc[0] for report in (once, often)]
    assert drawn[1] < 1.5 * drawn[0] < 0


@pytest.mark.parametrize("faint", ["Dana Renn defended the plan on Monday.", "Dana Renn was questioned on Friday."])
def test_evidence_of_an_article_adds_up_for_whom_it_is_about_alone(faint: str) -> None:
    insults = "Dana Renn is a corrupt liar. Dana Renn betrayed her voters.\n\n"
    alone = Article("one", faint)
    beside = Article("two", insults + faint)
    other = Article("three", insults + faint.replace("Dana Renn", "Mei Tanaka"))

    def last(article: Article) -> float:
        reading = pipeline.read(article)[0]
        return news_of(reading)[-1]

    assert last(beside) < last(alone) - 0.05
    assert last(other) > last(beside) + 0.05


def news_of(reading: Reading) -> list[float]:
    """The tone of the mentions in order, also of those in which too little is said to count."""
    mentions = [m for m in reading.mentions if m.form != "place"]
    _, sums, cast = tone.seen_of(reading, mentions, ())
    light = news.chances(model.odds(sums, "news"), sums.named, cast)
    return (light[:, 2] - light[:, 0]).tolist()


def test_of_others_one_is_neutral_and_none_is_oneself() -> None:
    odds = np.log(np.array([[0.8, 0.1, 0.1], [0.6, 0.3, 0.1], [0.1, 0.8, 0.1]], dtype=np.float32))
    cast = news.Cast(["a", "a", "b"], ["narrator", "quoted", "narrator"], [(0.0, 0.0)] * 3)
    seen = news.features(odds, [{}, {}, {}], cast)[:, list(news.MEANINGS).index("others: cold")]
    assert seen.tolist() == pytest.approx([0.3, 0.4, 0.0])


def test_an_insult_in_a_quotation_is_not_the_narrator_s() -> None:
    text = "Dana Renn spoke on Monday. “Dana Renn is a corrupt, shameless liar,” Kofi Moller said."
    report = analyze(Article("one", text))
    renn = next(actor.id for actor in report.actors if actor.name == "Dana Renn")
    found = {one.voice: one.tone for one in report.tone if one.actor == renn}
    assert found["quoted"] < -0.25  # one mention: drawn towards 0
    assert found.get("narrator", 0.0) == pytest.approx(0.0, abs=0.1)


def test_a_text_in_which_no_word_judges_has_no_tone() -> None:
    report = analyze("The police met Anna Holt on Monday.")
    assert report.problems == ()
    assert not any(tone.tone for tone in report.tone)
