"""Key word in context: what must be found and what must not, whose words it is, and how evenly it is spread."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import analyze, tables
from analysis.framing import concordance
from analysis.model import Article
from analysis.tables import Tables
from analysis.voices import WORD
from tests.press import told

TEXT = "The regime fell. “A regime falls,” said Nora Arden. Vellmar’s regimes, like régimes, do not regimen."


@pytest.fixture(scope="module")
def corpus() -> Tables:
    said = [("A regime falls,", "direct", "said", "nora-arden", "neutral")]
    return tables.from_reports(
        [
            told("a", "Kestrel", TEXT, said=said, mentions=[("Nora Arden", "nora-arden", "name")]),
            told("b", "Kestrel", "The state-backed regime waits. It is not a well-known one."),
            told("c", "Meridian", "No such word. Nobody fell there, and nobody falls."),
        ]
    )


@pytest.mark.parametrize(
    ("query", "lemmas", "matches"),
    [
        ("regime", False, ["regime", "regime", "regime"]),
        ("REGIME", False, ["regime", "regime", "regime"]),
        ("regime", True, ["regime", "regime", "regimes", "regime"]),
        ("regim*", False, ["regime", "regime", "regimes", "regimen", "regime"]),
        ("fall", False, []),
        ("fall", True, ["fell", "falls", "fell", "falls"]),
        ("regime fall", True, ["regime fell", "regime falls"]),
        ("state backed", False, ["state-backed"]),
        ("well known", False, ["well-known"]),
        ("vellmar's", False, ["Vellmar’s"]),
        ("egime", False, []),
        ("fell said", False, []),
        ("reg(ime", False, []),
    ],
)
def test_what_a_query_finds(corpus: Tables, query: str, lemmas: bool, matches: list[str]) -> None:
    assert concordance.search(corpus, query, lemmas=lemmas)["match"].tolist() == matches


def test_a_line_is_its_sentence_cut_at_the_hit_with_its_voice(corpus: Tables) -> None:
    found = concordance.search(corpus, "regime")
    assert (found["left"] + found["match"] + found["right"])[0].strip() == "The regime fell."
    assert found[["voice", "speaker_name"]].to_numpy().tolist() == [
        ["narrator", ""], ["quoted", "Nora Arden"], ["narrator", ""],
    ]  # fmt: skip
    assert concordance.search(corpus, "regime", voice="quoted")["speaker_name"].tolist() == ["Nora Arden"]
    assert concordance.search(corpus, "fell", source="Meridian")["article"].tolist() == ["c"]
    assert found["position"].between(0, 1).all()


def test_lines_can_be_sorted_by_what_stands_beside_them(corpus: Tables) -> None:
    found = concordance.search(corpus, "regime")
    assert concordance.sorted_by(found, "right")["right"].str.split().str[0].tolist() == ["falls,”", "fell.", "waits."]
    assert concordance.sorted_by(found, "left")["left"].str.split().str[-1].tolist() == ["“A", "state-backed", "The"]
    with pytest.raises(ValueError, match=r"Unknown order 'wide'. Choose one of: left, match, right, source, date"):
        concordance.sorted_by(found, "wide")


def test_dispersion_tells_an_even_spread_from_one_article(corpus: Tables) -> None:
    spread = concordance.dispersion(corpus, concordance.search(corpus, "regime")).set_index("source")
    kestrel, meridian = spread.loc["Kestrel"], spread.loc["Meridian"]
    assert (kestrel["n"], kestrel["n_articles"], kestrel["articles"]) == (3, 2, 2)
    words = corpus.exposure.groupby("article")["words"].sum()
    share = words["a"] / (words["a"] + words["b"])
    assert kestrel["dp"] == pytest.approx(abs(2 / 3 - share))
    assert kestrel["per_1000"] == pytest.approx(3000 / (words["a"] + words["b"]))
    assert meridian["n"] == 0
    assert np.isnan(meridian["dp"])


@pytest.mark.parametrize(
    ("query", "message"),
    [("", "There is no word"), (" * ", "There is no word"), ("a" * 201, "201 characters; at most 200")],
)
def test_a_query_that_cannot_be_is_told(corpus: Tables, query: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        concordance.search(corpus, query)


def test_an_unknown_voice_is_told(corpus: Tables) -> None:
    with pytest.raises(ValueError, match="Unknown voice 'narator'"):
        concordance.search(corpus, "regime", voice="narator")


def test_stretches_of_other_tables_become_lines(corpus: Tables) -> None:
    spots = pd.DataFrame({"article": ["c", "a"], "start": [0, 4], "end": [2, 10]}).astype({"article": "str"})
    assert concordance.lines(corpus, spots)["match"].tolist() == ["No", "regime"]
    nothing = concordance.lines(corpus, spots.head(0))
    assert nothing.columns.tolist() == concordance.COLUMNS
    assert concordance.dispersion(corpus, nothing)["n"].tolist() == [0, 0]


@given(st.text(max_size=40))
def test_any_query_is_answered_or_refused(query: str) -> None:
    try:
        pattern = concordance.compile_query(query)
    except ValueError:
        return
    pattern.search("Some words of a sentence, and “some” more.")


@settings(max_examples=20)  # the first analysis loads the grammar
@given(st.lists(st.sampled_from(["regime", "waits", "Regime’s", "the"]), min_size=1, max_size=30))
def test_offsets_point_at_the_match(words: list[str]) -> None:
    text = " ".join(words) + "."
    flat = tables.from_reports([analyze(Article("x", text))])
    found = concordance.search(flat, "regime")
    assert len(found) == sum("regime" in word.lower() for word in words)
    for _, line in found.iterrows():
        assert text[line["start"] : line["end"]] == line["match"]
        assert line["match"].lower() == "regime"


def test_of_words_inside_words_the_inner_speaker_is_heard() -> None:
    text = "Arden said that Vellmar claimed that the regime fell. It waits."
    outer = ("that Vellmar claimed that the regime fell", "indirect", "said", "nora-arden", "neutral")
    inner = ("that the regime fell", "indirect", "claimed", "vellmar", "doubting")
    mentions = [("Arden", "nora-arden", "name"), ("Vellmar", "vellmar", "name")]
    for said in ([outer, inner], [inner, outer]):
        made = tables.from_reports([told("a", "Kestrel", text, said=said, mentions=mentions)])
        assert concordance.search(made, "regime")["speaker_name"].tolist() == ["Vellmar"]
        assert concordance.search(made, "claimed")["speaker_name"].tolist() == ["Nora Arden"]


def test_company_is_what_stands_near_more_often_than_elsewhere() -> None:
    near = "The brutal regime fell. A brutal regime rose. The harbour was closed. The harbour was quiet."
    made = tables.from_reports(
        [told("a", "Kestrel", near), told("b", "Kestrel", "The harbour of the regime’s 12 guards waits.")]
    )
    found = concordance.search(made, "regime")
    company = concordance.collocates(made, found).set_index("word")
    assert list(company.index) == ["brutal"], "function words and words that stand near it once are left out"
    assert company.loc["brutal", ["n", "n_articles", "n_all"]].tolist() == [2, 1, 2]
    assert company.loc["brutal", "strength"] == pytest.approx(14 + np.log2(2 * 2 / (2 + 3)))
    assert concordance.collocates(made, concordance.search(made, "nowhere")).empty


@pytest.mark.parametrize(
    ("text", "query", "together"),
    [("Regime brutal regime.", "regime", 2 * 2 / (2 + 4)), ("Brutal, brutal junta.", "junta", 2 * 2 / (4 + 2))],
    ids=["between two hits", "twice at one hit"],
)
def test_a_word_that_is_near_twice_stands_there_once(text: str, query: str, together: float) -> None:
    made = tables.from_reports([told("a", "Kestrel", text), told("b", "Kestrel", text)])
    company = concordance.collocates(made, concordance.search(made, query)).set_index("word")
    assert company.loc["brutal", "n"] == 4
    assert company.loc["brutal", "strength"] == pytest.approx(14 + np.log2(together))


def test_names_near_a_hit_keep_their_capital_and_other_words_at_the_head_of_a_sentence_lose_it() -> None:
    text = "Brutal regime of Karvelia. Karvelia’s regime is brutal. A regime in Karvelia."
    made = tables.from_reports([told("a", "Kestrel", text)])
    company = concordance.collocates(made, concordance.search(made, "regime"))
    assert sorted(company["word"]) == ["Karvelia", "brutal"]


WORDS = st.lists(st.sampled_from(["a", "regime’s", "so-called", "x" * 30, "x" * 90, "—", "3,000", "😀"]), max_size=14)


@given(st.lists(WORDS.map(" ".join), max_size=6), st.booleans())
def test_the_nearest_words_of_each_text_are_found_however_long_they_are(texts: list[str], last: bool) -> None:
    number, words = concordance._nearest(texts, last)
    for i, text in enumerate(texts):
        every = WORD.findall(text)
        near = every[-concordance.NEAR :] if last else every[: concordance.NEAR]
        assert [word for at, word in zip(number.tolist(), words, strict=True) if at == i] == near
