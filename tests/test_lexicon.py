"""The lexicon's files: columns, closed lists, order, duplicates, bounds, sources; forms, spellings and matching."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import lexicon
from analysis.letters import runs
from analysis.lexicon import inflect, rows
from analysis.lexicon.matching import build, words
from analysis.voices import WORD

KEYS = {
    "bias.tsv": ("feature",),
    "certainty.tsv": ("term", "pos"),
    "domains.tsv": ("domain",),
    "guards.tsv": ("term", "sense", "place"),
    "hedges.tsv": ("term", "pos"),
    "homographs.tsv": ("term",),
    "intensifiers.tsv": ("term",),
    "irregular.tsv": ("lemma", "pos"),
    "loaded.tsv": ("term", "pos"),
    "negators.tsv": ("term", "pos", "kind"),
    "polarity_corrections.tsv": ("term", "pos"),
    "reporting_verbs.tsv": ("term", "kind"),
    "spelling.tsv": ("british", "american"),
}


def table(name: str) -> list[dict[str, str]]:
    header = files("analysis.lexicon").joinpath(name).read_text(encoding="utf-8").splitlines()[0].split("\t")
    return list(rows.read(name, header))


@pytest.mark.parametrize("name", sorted(KEYS))
def test_no_row_stands_twice(name: str) -> None:
    keys = [tuple(row[column] for column in KEYS[name]) for row in table(name)]
    assert len(keys) > 10
    assert sorted(set(keys)) == sorted(keys)


@pytest.mark.parametrize("name", sorted(set(KEYS) - {"bias.tsv"}))
def test_rows_are_sorted(name: str) -> None:
    keys = [tuple(row[column].lower() for column in KEYS[name]) for row in table(name)]
    assert keys == sorted(keys)


@pytest.mark.parametrize("name", sorted(name for name in KEYS if "source" in table(name)[0]))
def test_every_row_has_a_source(name: str) -> None:
    assert [row for row in table(name) if not row["source"].strip()] == []


def test_the_lexicon_is_large_and_uses_every_category() -> None:
    terms = lexicon.load_terms()
    assert len(terms) >= 1500
    assert {term.category for term in terms} >= set(lexicon.CATEGORIES) - {"reporting_verb"}
    assert len(lexicon.load_cues()) >= 250
    assert {cue.stance for cue in lexicon.load_cues()} == set(lexicon.STANCES)
    assert {marker.category for marker in lexicon.load_hedges()} == set(lexicon.HEDGES)
    assert {marker.category for marker in lexicon.load_certainty()} == set(lexicon.CERTAINTIES)


def test_a_neutral_wording_is_not_loaded_itself() -> None:
    loaded = {term.term.lower() for term in lexicon.load_terms() if term.sense == "usual" and term.weight >= 0.4}
    assert {term.neutral for term in lexicon.load_terms() if term.neutral.lower() in loaded} == set()
    assert {cue.neutral for cue in lexicon.load_cues() if cue.neutral.lower() in loaded} == set()


def test_evidence_counts_are_possible() -> None:
    for term in lexicon.load_terms():
        assert 0 <= term.marked <= term.occurred, term.term
        assert min(term.weight, term.marked / term.occurred if term.occurred else 1) <= term.strength + 1e-9, term.term


def test_every_guard_and_homograph_is_about_an_entry() -> None:
    known = {
        row["term"]
        for name in ("loaded.tsv", "hedges.tsv", "certainty.tsv", "reporting_verbs.tsv")
        for row in table(name)
    }
    assert {row["term"] for row in table("guards.tsv")} <= known
    assert {row["term"] for row in table("homographs.tsv")} <= known


def test_guards_name_domains_that_exist() -> None:
    named = {part.partition("@")[2] for row in table("guards.tsv") for part in row["pattern"].split("|") if "@" in part}
    assert named
    assert named <= set(lexicon.domains())


def test_a_figurative_entry_has_a_row_that_can_make_it_fire() -> None:
    can_fire = {term for term, found in lexicon.guards().items() if any(guard.sense == "figurative" for guard in found)}
    silent = {term.term for term in lexicon.load_terms() if term.sense == "figurative" and term.weight >= 0.4}
    assert silent <= can_fire


@pytest.mark.parametrize(
    ("word", "pos", "expected"),
    [
        ("slam", "VERB", {"slam", "slams", "slammed", "slamming"}),
        ("cower", "VERB", {"cower", "cowers", "cowered", "cowering"}),
        ("lie", "VERB", {"lie", "lies", "lied", "lying"}),
        ("demonise", "VERB", {"demonise", "demonised", "demonize", "demonized", "demonizing"}),
        ("crony", "NOUN", {"crony", "cronies"}),
        ("strongman", "NOUN", {"strongman", "strongmen"}),
        ("honourable", "ADJ", {"honourable", "honorable"}),
        ("ugly", "ADJ", {"ugly", "uglier", "ugliest"}),
        ("of course", "any", {"of course"}),
    ],
)
def test_forms(word: str, pos: str, expected: set[str]) -> None:
    assert expected <= inflect.forms(word, pos)


@pytest.mark.parametrize("word", ["rise", "wise", "surprise", "exercise", "promise"])
def test_the_british_form_always_stays(word: str) -> None:
    assert word in inflect.forms(word, "VERB")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a so-called expert", ["so-called"]),
        ("a so called expert", ["so called"]),
        ("a SO-CALLED expert", ["SO-CALLED"]),
        ("they brought the whole country to its knees", ["brought the whole country to its knees"]),
        ("they brought it. To its knees", []),
        ("he has been here", []),
        ("a has-been", ["has-been"]),
        ("İ İ a so-called İ", ["so-called"]),
        ("the regime’s offer", ["regime"]),
        ("garage, rage", []),
    ],
)
def test_matching_gives_the_words_as_they_stand(text: str, found: list[str]) -> None:
    matcher = build(
        [
            ("so called", "any", "x"),
            ("bring … to its knees", "VERB", "x"),
            ("has-been", "NOUN", "x"),
            ("regime", "NOUN", "x"),
        ]
    )
    here = words(text)
    assert [text[here.starts[m.first] : here.ends[m.last]] for m in matcher.find(here, text)] == found


def test_the_longest_match_wins_and_a_refused_one_gives_way() -> None:
    matcher = build([("puppet", "NOUN", "short"), ("puppet regime", "NOUN", "long")])
    text = "the puppet regimes"
    assert [m.entry for m in matcher.find(words(text), text)] == ["long"]
    assert [m.entry for m in matcher.find(words(text), text, lambda m: m.entry == "short")] == ["short"]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_words_lie_in_order_inside_any_text(text: str) -> None:
    found, before = words(text), 0
    for start, end in zip(found.starts, found.ends, strict=True):
        assert before <= start < end <= len(text)
        assert not any(letter.isspace() for letter in text[start:end])
        before = end


@given(st.text(alphabet=st.one_of(st.sampled_from("aB3’'-_ .é𝗪😀"), st.characters(codec="utf-8"))))
def test_arrays_find_the_words_that_the_pattern_finds(text: str) -> None:
    starts, ends = runs(text, "'’-")
    assert list(zip(starts.tolist(), ends.tolist(), strict=True)) == [word.span() for word in WORD.finditer(text)]
    once = words(text)
    often = words(text + " " * 400)
    assert (once.starts, once.ends, once.keys) == (often.starts, often.ends, often.keys)


def test_cue_tables() -> None:
    assert lexicon.cues()["say"] == "neutral"
    assert lexicon.cues()["claim"] == "doubting"
    assert lexicon.cues()["admit"] == "endorsing"
    assert lexicon.cues()["rant"] == "charged"
    assert lexicon.cue_nouns()["accusation"] == "doubting"
    assert lexicon.cue_phrases()["according to"] == "neutral"
    assert lexicon.cue_forms()["ranted"] == "rant"
    assert lexicon.cue_forms()["lied"] == "lie"


def test_errors_name_the_valid_choices() -> None:
    with pytest.raises(ValueError, match="Choose one of: absence, after"):
        lexicon.negators("verbs")
    with pytest.raises(ValueError, match="outside -1"):
        rows.number("2", -1, 1, "regime")
    with pytest.raises(ValueError, match="the header must be"):
        list(rows.read("domains.tsv", ("term", "words")))
