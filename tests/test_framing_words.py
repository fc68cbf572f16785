"""The words in which sources differ, against counts worked out by hand: keyness, naming, differences, gaps."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis import analyze, framing, tables
from analysis.framing.marked import by_term
from analysis.framing.spelling import as_written
from analysis.framing.words import log_odds
from analysis.model import Article, Quote, Report
from tests.press import KESTREL, MERIDIAN, filler, loaded, place, told, two_sources


def test_log_odds_against_the_formula() -> None:
    own, others = np.array([4.0, 96.0]), np.array([1.0, 99.0])
    odds, z = log_odds(own, others, 10.0)
    first, second = 10 * 5 / 200, 10 * 195 / 200  # the prior of each word
    delta = np.log((4 + first) / (96 + second)) - np.log((1 + first) / (99 + second))
    assert odds[0] == pytest.approx(delta)
    assert z[0] == pytest.approx(delta / np.sqrt(1 / (4 + first) + 1 / (1 + first)))
    assert odds[1] == pytest.approx(-odds[0])


def test_keyness_finds_the_word_and_leaves_function_words_out() -> None:
    frame = framing.keyness(tables.from_reports(two_sources()), KESTREL)
    assert frame["word"].iloc[0] == "regime"
    assert (frame["n"].iloc[0], frame["n_others"].iloc[0], frame["n_articles"].iloc[0]) == (12, 2, 3)
    assert "a" not in set(frame["word"])
    terms = framing.keyness(tables.from_reports(two_sources()), MERIDIAN, of="findings", kind="loaded_term")
    assert (terms["word"].tolist(), terms["z"].iloc[0] < 0) == (["regime"], True)


def test_keyness_of_groups_is_that_of_their_words_together() -> None:
    third = [loaded(f"n{at}", "Northgate", at, 300) for at in range(3)]
    made = tables.from_reports([*two_sources(), *third])
    grouped = framing.keyness(made, [KESTREL, "Northgate"], against=[MERIDIAN])
    assert grouped.set_index("word").loc["regime", ["n", "n_others"]].tolist() == [15, 2]
    pd.testing.assert_frame_equal(grouped, framing.keyness(made, (KESTREL, "Northgate")))
    with pytest.raises(ValueError, match="cannot be compared with itself: The Kestrel Post"):
        framing.keyness(made, [KESTREL], against=[KESTREL, MERIDIAN])


def test_words_are_shown_as_the_corpus_mostly_writes_them() -> None:
    texts = (
        "Waits All Day\n\nHarbours close. The harbours of Vellmar wait, and Vellmar’s port waits. A NATO ship waits.",
        "Vellmar\n\nMeanwhile the Council waits, the council of Vellmar. Off Vellmar a nato ship and a NATO boat wait.",
    )
    made = tables.from_reports(
        [
            analyze(Article(f"{n}", text, source=source, title=text.split("\n")[0]))
            for n, (text, source) in enumerate(zip(texts, (KESTREL, MERIDIAN), strict=True))
        ]
    )
    shown = set(framing.keyness(made, KESTREL)["word"])
    assert {"Vellmar", "NATO", "harbours", "waits", "meanwhile"} <= shown
    assert not {"vellmar", "nato", "Harbours", "Waits", "Meanwhile"} & shown
    part = made.select(sources=[MERIDIAN])
    assert as_written(part, pd.Series(["nato", "harbours", "unmet"])).tolist() == ["NATO", "harbours", "unmet"]
    assert len(framing.keyness(made, KESTREL)) == len({word.lower() for word in shown})


def by_hand(own: float, others: float, totals: tuple[float, float], prior: float) -> tuple[float, float]:
    """Log-odds and z of one word: Monroe, Colaresi & Quinn 2008, equations 15, 16 and 20 to 22."""
    of_word = prior * (own + others) / sum(totals)
    first = np.log((own + of_word) / (totals[0] + prior - own - of_word))
    second = np.log((others + of_word) / (totals[1] + prior - others - of_word))
    return first - second, (first - second) / np.sqrt(1 / (own + of_word) + 1 / (others + of_word))


def test_keyness_and_naming_weigh_a_word_against_all_words_of_each_side() -> None:
    made = tables.from_reports([*two_sources(), *[loaded(f"n{at}", "Northgate", 2, 700) for at in range(2)]])
    for of in ("words", "findings"):
        frame = framing.keyness(made, KESTREL, of=of, kind="loaded_term").set_index("word")
        words = made.exposure.groupby("source")["words"].sum()
        expected = by_hand(12, 6, (words[KESTREL], words.sum() - words[KESTREL]), 500)
        assert tuple(frame.loc["regime", ["log_odds", "z"]]) == pytest.approx(expected), of

    def one(source: str, word: str, times: int) -> Report:
        text = f"The {word} waited. " * times
        return told(f"{source} {word}", source, text, mentions=[(f"The {word}", "vellmar", "role")] * times)

    uses = {(KESTREL, "junta"): 6, (KESTREL, "cabinet"): 14, (MERIDIAN, "junta"): 1, (MERIDIAN, "council"): 4}
    frame = framing.naming(tables.from_reports([one(*who, times) for who, times in uses.items()]), "vellmar")
    got = frame.set_index(["source", "word"])
    for (source, word), times in uses.items():
        there = sum(n for (other, same), n in uses.items() if other != source and same == word)
        expected = by_hand(times, there, (20, 5) if source == KESTREL else (5, 20), 10)
        assert tuple(got.loc[(source, word), ["log_odds", "z"]]) == pytest.approx(expected), (source, word)


def naming_corpus() -> tables.Tables:
    def one(id: str, source: str, word: str) -> Report:
        text = f"The {word} waited. Its {word}’s plan failed. It was late."
        spots = [(f"The {word}", "vellmar", "role"), (f"Its {word}’s", "vellmar", "role"), ("It", "vellmar", "pronoun"),
                 ]  # fmt: skip
        return told(id, source, text, mentions=spots)

    return tables.from_reports(
        [one("k1", KESTREL, "regime"), one("k2", KESTREL, "regime"), one("m1", MERIDIAN, "government")]
    )


def test_naming_counts_words_not_determiners_or_pronouns() -> None:
    frame = framing.naming(naming_corpus(), "vellmar")
    assert list(zip(frame["source"], frame["word"], frame["n"], frame["n_others"], strict=True)) == [
        (KESTREL, "regime", 4, 0), (MERIDIAN, "government", 2, 0),
    ]  # fmt: skip
    assert (frame["z"] > 0).all()


def test_differences_are_sentences_with_their_evidence() -> None:
    made = naming_corpus()
    first = framing.differences(made).iloc[0]
    told = "The Kestrel Post writes “regime” of Vellmar 4 times where Meridian Daily writes “government”."
    assert first["sentence"] == told
    shown = framing.at(made, first["evidence"])
    assert shown["text"].tolist() == ["The regime", "Its regime’s", "The regime", "Its regime’s"]
    assert all(text in sentence for text, sentence in zip(shown["text"], shown["sentence"], strict=True))


def test_only_all_of_several_sources_are_the_others() -> None:
    def one(id: str, source: str, word: str, times: int = 2) -> Report:
        text = f"The {word} waited. " * times
        return told(id, source, text, mentions=[(f"The {word}", "vellmar", "role")] * times)

    regime = [one(f"k{at}", KESTREL, "regime") for at in range(2)]
    cases = {
        ("government", "government"): "where the others write “government”.",
        ("government", "cabinet"): "where Meridian Daily writes “government”.",
        ("government", "regime"): "where Meridian Daily writes “government”; Northgate writes it once.",
    }
    for (first, second), end in cases.items():
        reports = [*regime, one("m", MERIDIAN, first, 3), one("n", "Northgate", second, 1)]
        sentence = framing.differences(tables.from_reports(reports))["sentence"].iloc[0]
        assert sentence == f"The Kestrel Post writes “regime” of Vellmar 4 times {end}"


def test_a_loaded_term_stands_beside_the_neutral_word_of_the_others() -> None:
    def one(id: str, source: str, word: str) -> Report:
        terms = [("regime", None, -0.6)] if word == "regime" else []
        return told(id, source, f"The {word} met. {filler(200)}", terms=terms)

    kestrel = [one(f"k{at}", KESTREL, "regime") for at in range(5)]
    reports = kestrel + [one(f"m{at}", MERIDIAN, "government") for at in range(5)]
    frame = framing.differences(tables.from_reports(reports))
    assert frame["sentence"].tolist() == [
        "The Kestrel Post writes “regime” 5 times where Meridian Daily writes “government”."
    ]
    assert frame["other_word"].tolist() == ["government"]
    frame = framing.differences(tables.from_reports(kestrel + [one(f"m{at}", MERIDIAN, "council") for at in range(5)]))
    assert frame["sentence"].tolist() == ["The Kestrel Post writes “regime” 5 times; no other source does."]


def test_naming_leaves_out_judgements_that_name_nobody() -> None:
    text = "Vellmar blustered. The junta waits."
    one = told("a", "S", text, terms=[("blustered", "vellmar", -0.5), ("junta", "vellmar", -0.6)],
               mentions=[("Vellmar", "vellmar", "name")])  # fmt: skip
    made = tables.from_reports([one])
    judged = made.findings.assign(category=["ridicule", "label"])
    words = framing.naming(tables.Tables(**(made.frames() | {"findings": judged})), "vellmar")
    assert words[["word", "form"]].to_numpy().tolist() == [["Vellmar", "name"], ["junta", "loaded"]]


def test_one_source_has_no_differences() -> None:
    assert framing.differences(tables.from_reports(two_sources()[:4])).empty


def test_marked_here_and_plain_there() -> None:
    made = tables.from_reports(
        [
            told("k", KESTREL, "The ‘peace plan’ failed.", scare=["peace plan"]),
            told("m", MERIDIAN, "Nobody read the peace plan. The peace planner did."),
            told(
                "n",
                "Northgate",
                "“The peace plan,” said Nora Arden.",
                said=[("The peace plan,", "direct", "said", "nora-arden", "neutral")],
            ),
        ]
    )
    frame = framing.marked_elsewhere_plain(made)
    assert frame[["term", "source", "n_marked", "other", "n_plain"]].to_numpy().tolist() == [
        ["peace plan", KESTREL, 1, MERIDIAN, 1]
    ]
    assert framing.at(made, frame["plain"].iloc[0])["text"].tolist() == ["peace plan"]


def test_the_gap_is_the_sum_of_its_terms() -> None:
    many = [("regime", "vellmar", -0.5), ("stunt", "vellmar", -0.8)]
    a = told("a", KESTREL, "A regime and a stunt. " + filler(95), terms=many, mentions=[])
    b = told(
        "b", MERIDIAN, "A brave plan and a stunt. " + filler(94), terms=[("brave", None, 0.7), ("stunt", None, -0.8)]
    )
    opened = framing.gap(tables.from_reports([a, b]), KESTREL, MERIDIAN)
    assert opened.exposure_a == opened.exposure_b == 100
    assert opened.gap == pytest.approx(0.0)
    terms = opened.terms.set_index("term")
    assert terms["gap"].to_dict() == pytest.approx({"brave": -10.0, "regime": 10.0, "stunt": 0.0})
    assert terms["gap_without"]["brave"] == pytest.approx(10.0)
    assert not opened.enough
    warmth = framing.gap(tables.from_reports([a, b]), KESTREL, MERIDIAN, measure="valence")
    assert warmth.gap == pytest.approx(-13.0 - -1.0)
    assert warmth.terms["gap"].sum() == pytest.approx(warmth.gap)


def test_the_gap_with_a_term_left_out_is_the_gap_of_tables_without_it() -> None:
    made = tables.from_reports(two_sources())
    opened = framing.gap(made, KESTREL, MERIDIAN)
    assert opened.low < opened.gap < opened.high
    findings = made.findings[made.findings["term"] != "regime"]
    without = tables.Tables(**(made.frames() | {"findings": findings}))
    assert opened.terms["gap_without"].iloc[0] == pytest.approx(framing.gap(without, KESTREL, MERIDIAN).gap)


def test_a_marked_word_is_told_once_with_all_who_write_it_plainly() -> None:
    rows = [
        ("offer", "A", 2, "B", 3, (("1", 0, 5),), (("2", 0, 5),)),
        ("offer", "A", 2, "C", 1, (("1", 0, 5),), (("3", 0, 5),)),
        ("deal", "B", 1, "A", 1, (("4", 0, 4),), (("1", 9, 13),)),
    ]
    frame = pd.DataFrame(rows, columns=["term", "source", "n_marked", "other", "n_plain", "marked", "plain"])
    first, last = by_term(frame).to_dict("records")
    assert (first["others"], first["n_plain"], first["plain"]) == (("B", "C"), 4, (("2", 0, 5), ("3", 0, 5)))
    assert (last["others"], last["n_marked"]) == (("A",), 1)


def test_scare_quotes_of_a_speaker_are_not_the_sources() -> None:
    text = "“Their ‘peace plan’ is a joke,” she said. {}"
    said = [("Their ‘peace plan’ is a joke,", "direct", "said", "nora-arden", "neutral")]
    plain = told("m", MERIDIAN, "The peace plan was read.")
    for own, rows in (("", 0), ("His ‘peace plan’ waits.", 1)):
        marked = told("k", KESTREL, text.format(own), said=said, scare=["peace plan"])
        if own:
            marked = replace(
                marked,
                quotes=(*marked.quotes, Quote("scare", place(text.format(own), "peace plan", 1), None, 0.9, 0.5, "")),
            )
        found = framing.marked_elsewhere_plain(tables.from_reports([marked, plain]))
        assert found["n_marked"].tolist() == [1] * rows


@pytest.mark.parametrize(
    ("text", "content", "rows"),
    [
        # The narrator writes both words, so that the article is looked into.
        ("A plan is not peace, but Nora Arden said the peace plan failed.", "the peace plan failed", 0),
        ("Nora Arden, who wrote the peace plan, said it failed.", "it failed", 1),
        ("Nora Arden said it failed, and the peace plan was read.", "it failed", 1),
    ],
)
def test_what_somebody_else_is_told_to_say_is_not_written_by_the_narrator(text: str, content: str, rows: int) -> None:
    marked = told("k", KESTREL, "The ‘peace plan’ was read. A peace plan it is.", scare=["peace plan"])
    plain = told("m", MERIDIAN, text, said=[(content, "indirect", "said", "nora-arden", "neutral")])
    found = framing.marked_elsewhere_plain(tables.from_reports([marked, plain]))
    assert found["n_plain"].tolist() == [1] * rows


def test_what_stands_in_marks_is_not_written_plainly() -> None:
    reports = [
        told(id, source, "The ‘peace plan’ was read.", scare=["peace plan"])
        for id, source in (("k", KESTREL), ("m", MERIDIAN))
    ]
    assert framing.marked_elsewhere_plain(tables.from_reports(reports)).empty
