"""The word-level detectors: marked-up cases, voices, reasons, pairs of texts, offsets under any text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.detectors import at, certainty, hedges, loaded_terms, reporting_verbs
from analysis.language import read_many
from analysis.model import Article, Attribution, Finding, Mention, Quote, Reading, Span, Voiced
from tests import detector_cases
from tests.detector_cases import Case

FINDERS = (loaded_terms.find, hedges.find, certainty.find, reporting_verbs.find)


def reading(
    text: str,
    *,
    voices: Sequence[Voiced] = (),
    quotes: Sequence[Quote] = (),
    attributions: Sequence[Attribution] = (),
    mentions: Sequence[Mention] = (),
) -> Reading:
    """A reading with the grammar and only what a test gives of the other stages."""
    (doc,) = read_many([text])
    whole = tuple(voices) or (Voiced(Span(0, len(text)), "narrator", None),)
    return Reading(Article("", text), doc, (), tuple(mentions), tuple(attributions), tuple(quotes), whole)


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


def _cases(part: str) -> list[Case]:
    return [case for case in detector_cases.read() if case.part == part]


@pytest.mark.parametrize("case", _cases("find"), ids=str)
def test_finds(case: Case) -> None:
    found = [(finding.kind, finding.span) for finding in all_cases()[case]]
    for kind, span in case.marks:
        assert any(kind == one and span.overlaps(other) for one, other in found), f"{kind} {span.of(case.text)!r}"


@pytest.mark.parametrize("case", _cases("silent"), ids=str)
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
