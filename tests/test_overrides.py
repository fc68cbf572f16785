"""A user's own words: what they change in the findings, and how a file of them is read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import analyze
from analysis.__main__ import main
from analysis.lexicon import CATEGORIES, PARTS, overrides
from analysis.lexicon.overrides import NONE, Change, Overrides, parse, to_tsv, using

TEXT = "The regime in Vellmar waited. The snollygoster in Karsk did not."


def found(own: Overrides) -> dict[str, float]:
    with using(own):
        return {f.span.of(TEXT): f.valence for f in analyze(TEXT).findings if f.kind == "loaded_term"}


def test_own_words_change_what_is_found_and_nothing_stays_behind() -> None:
    before = found(NONE)
    assert "regime" in before
    assert "snollygoster" not in before
    own = Overrides((Change("regime", use="off"), Change("Snollygoster", valence=-0.9, pos="NOUN")))
    assert found(own) == {"snollygoster": -0.9}
    assert found(NONE) == before
    softer = found(Overrides((Change("regime", valence=0.25),)))
    assert softer["regime"] == 0.25


def test_the_last_change_of_a_term_holds() -> None:
    own = Overrides((Change("regime", use="off"), Change("REGIME", valence=-0.1, category="power")))
    assert found(own) == {"regime": -0.1}


def test_numbers_name_the_own_words_they_rest_on() -> None:
    from analysis.provenance import versions

    assert "own_words" not in versions()
    with using(Overrides((Change("regime", use="off"),))):
        assert len(versions()["own_words"]) == 12


TERMS = st.from_regex(r"[a-z][a-z’'-]{0,12}( [a-z]{1,8}){0,2}", fullmatch=True)
CHANGES = st.builds(
    Change,
    term=TERMS,
    use=st.sampled_from(overrides.USES),
    pos=st.sampled_from(PARTS),
    category=st.sampled_from(sorted(CATEGORIES)),
    valence=st.floats(-1, 1).map(lambda value: round(value, 3)),
    weight=st.floats(0, 1).map(lambda value: round(value, 3)),
    neutral=st.from_regex(r"([a-z]{1,9}( [a-z]{1,9})?)?", fullmatch=True),
)


@given(st.lists(CHANGES, max_size=8))
def test_what_is_written_is_read_again(changes: list[Change]) -> None:
    own = Overrides(tuple(changes))
    assert parse(to_tsv(own)) == (own, ())


@given(st.text(max_size=200))
def test_any_file_is_read_or_refused_in_a_sentence(text: str) -> None:
    own, problems = parse("term\tuse\tvalence\n" + text)
    assert len(own.changes) + len(problems) <= len(text.splitlines())
    assert all(problem.endswith(".") for problem in problems)


def test_a_bad_row_costs_nothing_else() -> None:
    rows = "term\tuse\tcategory\tvalence\ngood\n=cmd|calc\nbad\tmaybe\nworse\ton\tnone\nloud\ton\tlabel\t7\nlast\toff\n"
    own, problems = parse(rows)
    assert [change.term for change in own.changes] == ["good", "last"]
    assert [problem.split(" was")[0] for problem in problems] == ["Line 3", "Line 4", "Line 5", "Line 6"]
    assert "Choose one of: off, on." in problems[1]
    with pytest.raises(ValueError, match="must name the columns"):
        parse("word\nregime")


def test_the_command_line_takes_own_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article, own = tmp_path / "a.txt", tmp_path / "own.tsv"
    article.write_text(TEXT, encoding="utf-8")
    own.write_text("term\tuse\nregime\toff\n!!\ton\nsnollygoster\n", encoding="utf-8")
    assert main(["analyze", str(article), "--lexicon", str(own)]) == 0
    written = capsys.readouterr()
    report = json.loads(written.out)
    assert [f["text"] for f in report["findings"] if f["kind"] == "loaded_term"] == ["snollygoster"]
    assert "Line 3 was left out" in written.err


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "@SUM(A1)", "+1", "-1", " =1"])
def test_a_list_that_is_passed_on_runs_nothing_in_a_spreadsheet(cell: str) -> None:
    own, problems = parse(f"term\tneutral\nregime\t{cell}\njunta\tgovernment\n")
    assert [change.term for change in own.changes] == ["junta"]
    assert "must begin with a letter or digit" in problems[0]


def test_a_part_of_speech_may_stand_as_the_dashboard_shows_it() -> None:
    mine, problems = overrides.parse("term\tpos\tcategory\nsham\tnoun / Adjective\tLabel\nfudge\tVERB\tdoubt\n")
    assert problems == ()
    assert [(one.pos, one.category) for one in mine.changes] == [("NOUN/ADJ", "label"), ("VERB", "doubt")]
