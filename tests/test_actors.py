"""The actors stage: ids, offsets, lists, and what never breaks whatever the text."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.actors import find, is_role, slug
from analysis.actors.metonymy import stands_for_people
from analysis.actors.registry import country_entry, cut, registry
from analysis.actors.token_view import view
from analysis.language import read
from analysis.lexicon.rows import noted
from analysis.model import Span

FORMS = {"name", "role", "demonym", "metonym", "pronoun", "place"}
PIECES = [
    "Moscow", "said", "The", "the French leader", "President", "Anna Berg", "Mr Berg", "(UN)", "’s", "'s", "-", "“",
    "”", '"', "U.S. officials", "Kim Jong-un", "von der", "and", ",", ".", "\n\n", "TALKS IN PARIS", "it", "they",
    "MOSCOW, Feb 7 (TASS) —", "the two leaders", "the 44-year-old", "both", "of Russia and France", "İstanbul", "🙂",
    "both men", "al-", "spokesman for", "No.", "10",
]  # fmt: skip


@pytest.fixture(scope="module")
def bare() -> spacy.language.Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


def check(text: str, doc: spacy.tokens.Doc) -> None:
    actors, mentions = find(doc)
    ids = [actor.id for actor in actors]
    assert len(ids) == len(set(ids))
    assert {m.actor for m in mentions} == set(ids)
    assert len(mentions) == len(set(mentions))
    spans = sorted({m.span for m in mentions})
    for m in mentions:
        assert 0 <= m.span.start < m.span.end <= len(text)
        assert m.span.of(text).strip()
        assert m.form in FORMS
    assert all(a.end <= b.start for a, b in pairwise(spans)), "stretches are the same or apart"


@given(st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))
@settings(max_examples=150)
def test_spans_hold_for_news_like_text(bare: spacy.language.Language, text: str) -> None:
    check(text, bare(text))


@given(st.text(max_size=120))
@settings(max_examples=100)
def test_spans_hold_for_any_text(bare: spacy.language.Language, text: str) -> None:
    check(text, bare(text))


@given(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join))
@settings(max_examples=30)
def test_spans_hold_with_grammar(text: str) -> None:
    check(text, read(text))


def test_works_without_grammar(bare: spacy.language.Language) -> None:
    text = "Russian President Vladimir Putin spoke. Moscow denied the report, and Putin left."
    actors, mentions = find(bare(text))
    assert {a.name for a in actors} == {"Vladimir Putin", "Russia"}
    assert [m.span.of(text) for m in mentions if m.actor == "vladimir-putin"] == ["Vladimir Putin", "Putin"]


def test_empty_text() -> None:
    assert find(read("")) == ((), ())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Emmanuel Macron", "emmanuel-macron"),
        ("Viktor Orbán", "viktor-orban"),
        ("Søren Ødegård", "soren-odegard"),
        ("Sinead O'Brien", "sinead-obrien"),
        ("U.S. Senate", "us-senate"),
        ("Łódź", "lodz"),
        ("東京", "東京"),
        ("…", "unknown"),
    ],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_one_body_has_one_id_whatever_the_article_calls_it() -> None:
    short, _ = find(read("The UN sent a team to the valley."))
    long, _ = find(read("The United Nations sent a team to the valley."))
    assert [(a.id, a.name) for a in short] == [("united-nations", "UN")]
    assert [(a.id, a.name) for a in long] == [("united-nations", "United Nations")]


def test_a_headline_names_an_office_before_its_holder() -> None:
    title = "Norwegian prime minister opens the mill"
    actors, mentions = find(read(f"{title}\n\nNorwegian Prime Minister Kari Moe opened it."), len(title))
    assert next(m.actor for m in mentions if m.form == "role") == "kari-moe"
    assert [actor.name for actor in actors] == ["Kari Moe"]


def test_quoted_stretches_make_pronouns_cautious() -> None:
    text = "Ada Finch met Leo Marr. He is a thief, she wrote."
    inside = Span(text.index("He is"), text.index(", she"))
    free = {m.span.of(text) for m in find(read(text))[1] if m.form == "pronoun"}
    held = {m.span.of(text) for m in find(read(text), quoted=[inside])[1] if m.form == "pronoun"}
    assert "He" in free
    assert "He" not in held


@pytest.mark.parametrize(
    "word", ["minister", "Ministers", "chief executive", "spokesmen", "Prime Minister", "ambassador"]
)
def test_roles(word: str) -> None:
    assert is_role(word)


@pytest.mark.parametrize("word", ["table", "quickly", "Moscow", ""])
def test_no_roles(word: str) -> None:
    assert not is_role(word)


def test_listed_phrases_are_cut_as_the_tokeniser_cuts(bare: spacy.language.Language) -> None:
    odd = {"No. 10"}  # an abbreviation before a number is the tokeniser's own rule
    for entries in registry().phrases.by_first.values():
        for words, _ in entries:
            phrase = (
                " ".join(words)
                .replace(" - ", "-")
                .replace(" 's", "'s")
                .replace(" ’s", "’s")
                .replace("s ’", "s’")
                .replace("s '", "s'")
            )
            if phrase.startswith("No") and phrase.endswith("10"):
                assert phrase.replace(" .", ".") in odd | {"No 10"}
                continue
            assert tuple(t.text for t in bare(phrase + " said"))[:-1] == words


def test_countries_have_codes_once() -> None:
    codes = [row["code"] for row in noted("countries.tsv")]
    assert len(codes) == len(set(codes)) > 195
    assert country_entry("RUS").actor == "Russia"


def test_unknown_code_is_named() -> None:
    with pytest.raises(ValueError, match=r"'XYZ'.*countries\.tsv"):
        country_entry("XYZ")


def test_a_bad_line_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "countries.tsv").write_text("# note\nname\tcode\nRussia\tRUS\textra\n", encoding="utf-8")
    monkeypatch.setattr("analysis.lexicon.rows.HOME", tmp_path)
    with pytest.raises(ValueError, match=r"countries\.tsv, line 3"):
        list(noted("countries.tsv"))


def test_possessive_is_cut() -> None:
    assert cut("People's Republic of China") == ("People", "'s", "Republic", "of", "China")
    assert cut("Guinea-Bissau") == ("Guinea", "-", "Bissau")


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Oslo rejected the offer.", True),
        ("The offer was rejected by Oslo.", True),
        ("Talks with Oslo went on.", True),
        ("They met in Oslo.", False),
        ("She flew from Oslo.", False),
        ("He fled to Oslo.", False),
        ("The streets of Oslo were empty.", False),
        ("Oslo was besieged in the spring.", False),
        ("Oslo besieged the port in the spring.", True),
        ("The capital Oslo was dark on Monday.", False),
        ("Oslo state lies in the south.", False),
        ("She wrote of Oslo's handover of the islands.", True),
        ("She wrote of Oslo's occupation of the islands.", True),
        ("She wrote of Oslo's occupation.", False),
        ("The Oslo goalkeeper Ada Renn broke a finger.", True),
        ("They lost in Oslo next to the harbour.", False),
        ("Ferries call at three ports: Karsk, Oslo and Vell.", False),
        ("Three states, Karsk, Oslo and Vell, signed the pact.", True),
        ("They condemned states such as Karsk, Oslo and Vell.", True),
        ("It was a goodwill gesture towards Oslo.", True),
        ("They walked towards Oslo.", False),
        ("Plants grow in cities including Karsk, Oslo and Vell.", False),
        ("Karsk finished ahead of Oslo.", True),
    ],
)
def test_a_place_name_acts_or_does_not(text: str, acts: bool) -> None:
    doc = read(text)
    at = next(token.i for token in doc if token.text == "Oslo")
    assert (stands_for_people(view(doc), at, at + 1) > 0) == acts


def test_women_and_men_of_the_roles_are_told_apart() -> None:
    for word, readings in registry().roles.items():
        ends = word.rsplit(" ", 1)[-1]
        if ends.endswith("woman"):
            assert {role.gender for role in readings} == {"f"}, word
        elif ends.endswith("man") and ends not in {"human", "ombudsman"}:
            assert {role.gender for role in readings} == {"m"}, word


@pytest.mark.parametrize(
    "text", ["The wall was White", "Renn spoke for the Trump White", "administration", "Trump campaign"]
)
def test_a_text_may_end_within_what_is_called_after_a_leader(text: str) -> None:
    assert find(read(text)) is not None
