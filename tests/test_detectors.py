"""The word-level detectors: marked-up cases, voices, reasons, pairs of texts, offsets under any text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import analyze
from analysis.detectors import at, certainty, hedges, loaded_terms, reporting_verbs
from analysis.language import read_many
from analysis.model import Actor, Article, Attribution, Finding, Mention, Quote, Reading, Span, Voiced
from tests import detector_cases
from tests.detector_cases import Case

CASES = Path(__file__).parent / "cases" / "directions.txt"
DIRECTIONS = [line for line in CASES.read_text(encoding="utf-8").splitlines() if line[:1] not in ("#", "")]
FINDERS = (loaded_terms.find, hedges.find, certainty.find, reporting_verbs.find)


def reading(
    text: str,
    *,
    voices: Sequence[Voiced] = (),
    quotes: Sequence[Quote] = (),
    attributions: Sequence[Attribution] = (),
    mentions: Sequence[Mention] = (),
    actors: Sequence[Actor] = (),
) -> Reading:
    """A reading with the grammar and only what a test gives of the other stages."""
    (doc,) = read_many([text])
    whole = tuple(voices) or (Voiced(Span(0, len(text)), "narrator", None),)
    return Reading(Article("", text), doc, tuple(actors), tuple(mentions), tuple(attributions), tuple(quotes), whole)


def findings(text: Reading | str) -> list[Finding]:
    here = reading(text) if isinstance(text, str) else text
    return [finding for find in FINDERS for finding in find(here)]


def loaded(text: Reading | str) -> list[str]:
    here = reading(text) if isinstance(text, str) else text
    return [finding.span.of(here.article.text) for finding in loaded_terms.find(here)]


@cache
def all_cases() -> dict[Case, list[Finding]]:
    """Every case with its findings; read in one go, because the grammar is faster in batches."""
    cases = detector_cases.read()
    table = {}
    for case, doc in zip(cases, read_many([case.text for case in cases]), strict=True):
        voices = (Voiced(Span(0, len(case.text)), "narrator", None),)
        table[case] = findings(Reading(Article("", case.text), doc, (), (), (), (), voices))
    return table


def _cases(part: str) -> list[object]:
    """Known misses are expected to fail, and must be taken off the list when they hold."""
    return [
        pytest.param(case, id=str(case), marks=[pytest.mark.xfail(reason=case.miss, strict=True)] if case.miss else [])
        for case in detector_cases.read()
        if case.part == part
    ]


@pytest.mark.parametrize("case", _cases("find"))
def test_finds(case: Case) -> None:
    found = [(finding.kind, finding.span) for finding in all_cases()[case]]
    for kind, span in case.marks:
        assert any(kind == one and span.overlaps(other) for one, other in found), f"{kind} {span.of(case.text)!r}"


@pytest.mark.parametrize("case", _cases("silent"))
def test_stays_silent(case: Case) -> None:
    assert [f.span.of(case.text) for f in all_cases()[case] if f.kind == case.kind] == []


def test_every_file_has_both_parts_and_every_find_line_a_mark() -> None:
    parts = defaultdict(set)
    for case in detector_cases.read():
        parts[case.file].add(case.part)
        assert bool(case.marks) == (case.part == "find"), case
    assert len(parts) >= 6
    assert all(found == {"find", "silent"} for found in parts.values()), parts
    assert sum(1 for _ in detector_cases.read()) >= 250


SHAME = "“The shameful vote was rigged,” said Ilse Varnhagen. The shameful vote stands."


def test_a_term_is_in_the_voice_of_its_place() -> None:
    quoted = Span(1, 30)
    voices = (
        Voiced(Span(0, 1), "narrator", None),
        Voiced(quoted, "quoted", "ilse-varnhagen"),
        Voiced(Span(30, len(SHAME)), "narrator", None),
    )
    here = reading(SHAME, voices=voices)
    found = [(f.span.of(SHAME), f.voice, f.speaker) for f in loaded_terms.find(here)]
    assert ("shameful", "quoted", "ilse-varnhagen") in found
    assert ("shameful", "narrator", None) in found
    assert at(here, Span(5, 6)).speaker == "ilse-varnhagen"
    assert at(reading(SHAME), Span(5, 6)).voice == "narrator"


def test_reasons_are_plain_sentences_with_the_evidence() -> None:
    (finding,) = loaded_terms.find(reading("The regime met on Monday."))
    assert finding.reason == (
        "‘regime’ judges where ‘government’ would only name; nobody is quoted here, so it is the writer’s word."
    )
    (hedge,) = hedges.find(reading("The alleged thief was seen."))
    assert hedge.reason.startswith("‘alleged’ says that somebody claims it")
    assert hedge.valence == 0.0


@pytest.mark.parametrize("line", DIRECTIONS)
def test_the_direction_of_a_term(line: str) -> None:
    direction, term, text = (part.strip() for part in line.split("|"))
    (found,) = (f for f in loaded_terms.find(reading(text)) if f.span.of(text).lower() == term.lower())
    assert {"+": 1, "0": 0, "-": -1}[direction] == (found.valence > 0) - (found.valence < 0)


@pytest.mark.parametrize(("kind", "expected"), [("mention", []), ("scare", ["shameless"])])
def test_titles_in_marks_are_silent_and_scare_quotes_are_not(kind: str, expected: list[str]) -> None:
    text = "Her novel “shameless” was sold."
    quote = Quote("mention" if kind == "mention" else "scare", Span(11, 20), None, 0.0, 0.0, "")
    assert quote.content.of(text) == "shameless"
    assert loaded(reading(text, quotes=[quote])) == expected


def test_a_name_that_a_mention_covers_is_silent() -> None:
    text = "Coward voted against the bill."
    actor = Actor("beatrice-coward", "Beatrice Coward", "person")
    assert loaded(reading(text, mentions=[Mention(Span(0, 6), actor.id, "name")], actors=[actor])) == []
    both = "Beatrice Coward spoke first. Coward voted against the bill."
    assert loaded(both) == []


@pytest.mark.parametrize(
    ("text", "cue", "category", "is_loaded"),
    [
        ("The mayor ranted that the port was lost.", "ranted", "charged", True),
        ("The mayor claimed that the port was lost.", "claimed", "doubting", False),
        ("The mayor confirmed that the port was lost.", "confirmed", "endorsing", False),
        ("The mayor said that the port was lost.", "said", None, False),
    ],
)
def test_reporting_verbs_take_their_stance_from_the_cue(
    text: str, cue: str, category: str | None, is_loaded: bool
) -> None:
    start = text.index(cue)
    place = Span(start, start + len(cue))
    said = Attribution("indirect", Span(place.end + 6, len(text) - 1), place, Span(4, 9), None, "neutral")
    here = reading(text, attributions=[said])
    assert [f.category for f in reporting_verbs.find(here)] == ([category] if category else [])
    assert all(f.span == place and f.voice == "narrator" for f in reporting_verbs.find(here))
    assert (cue in loaded(here)) == is_loaded


def test_a_cue_that_reports_nothing_is_no_reporting_verb() -> None:
    assert list(reporting_verbs.find(reading("The mayor claimed his prize."))) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The odious colour of the theatre programme.", "The odious color of the theater program."),
        ("Critics demonised the dishonourable mayor.", "Critics demonized the dishonorable mayor."),
        ("The self-styled saviour grovelled.", "The self-styled savior groveled."),
        ("The so-called reform isn’t heroic.", "The so-called reform isn't heroic."),
        ("The far-right mob jeered.", "The far right mob jeered."),
        ("The Kestrian regime jailed two printers.", "The Belmoran regime jailed two printers."),
        ("The witch-hunt goes on.", "The witch hunt goes on."),
    ],
)
def test_spelling_marks_and_names_change_nothing(one: str, other: str) -> None:
    def shape(text: str) -> list[tuple[str, str, float, float]]:
        return [(f.kind, f.category, f.valence, f.weight) for f in findings(text)]

    assert shape(one) == shape(other)
    assert shape(one)


@pytest.mark.parametrize(
    ("plain", "judging"),
    [
        ("Blue Tide campaigners sat on the road.", "Blue Tide fanatics sat on the road."),
        ("The government met on Monday.", "The regime met on Monday."),
        ("The minister criticised the plan.", "The minister slammed the plan."),
        ("The mayor’s associates won the contract.", "The mayor’s cronies won the contract."),
    ],
)
def test_judging_words_weigh_more_than_plain_ones(plain: str, judging: str) -> None:
    assert not loaded(plain)
    assert loaded(judging)


def test_an_intensifier_adds_weight() -> None:
    (plain,) = loaded_terms.find(reading("It was a shameful vote."))
    (strong,) = loaded_terms.find(reading("It was a very shameful vote."))
    (weak,) = loaded_terms.find(reading("It was a somewhat shameful vote."))
    assert weak.weight < plain.weight < strong.weight


def test_an_empty_text_has_no_findings() -> None:
    assert findings("") == []
    assert findings("\n\n  ") == []


@settings(max_examples=40)
@given(
    st.lists(
        st.sampled_from(
            [
                "The regime",
                "of İstanbul",
                "“shameful”",
                "isn’t",
                "corrupt",
                "so-called",
                ".",
                "\n\n",
                "REGIME",
                "ﬁasco",
                "—",
            ]
        ),
        max_size=12,
    )
)
def test_findings_are_in_order_and_inside_any_text(parts: list[str]) -> None:
    text = " ".join(parts)
    here = reading(text)
    for find in FINDERS:
        end = 0
        for finding in find(here):
            assert end <= finding.span.start < finding.span.end <= len(text)
            assert finding.span.of(text).strip() == finding.span.of(text)
            assert -1 <= finding.valence <= 1
            assert 0 <= finding.weight <= 1
            assert finding.reason.endswith(".")
            end = finding.span.end


def test_what_was_said_does_not_silence_its_verb() -> None:
    text = "Ada Renn wailed that “children will grow up behind wire”. A group has claimed the attack."
    found = [f.span.of(text) for f in analyze(Article("x", text)).findings if f.kind == "reporting_verb"]
    assert found == ["wailed"]
