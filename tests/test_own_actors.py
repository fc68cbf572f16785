"""A user's own actors: whom they change in an article, how a file of them is read, and what names them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import analyze
from analysis.__main__ import main
from analysis.lexicon import actors, own
from analysis.lexicon.actors import KINDS, Listed, OwnActors, parse, shipped, to_tsv
from analysis.lexicon.overrides import Change, Overrides
from analysis.provenance import citation, versions
from analysis.report import to_html
from tests.factory import report

TEXT = (
    "Zerravia rejected the offer on Monday. Zerravian officials said no, and Karsk will not sign. "
    "The Lamplighters accused Russia of lies."
)
ZERRAVIA = "name\tkind\tadjectives\tcapitals\nZerravia\tcountry\tZerravian\tKarsk\n"


def mentioned(changes: OwnActors) -> dict[str, list[str]]:
    with actors.using(changes):
        made = analyze(TEXT)
    found: dict[str, list[str]] = {}
    for one in made.mentions:
        found.setdefault(one.actor, []).append(f"{one.form}: {one.span.of(TEXT)}")
    return found


def test_an_own_country_is_found_by_its_adjective_and_its_capital() -> None:
    before = mentioned(actors.NONE)
    changes, problems = parse(ZERRAVIA)
    assert problems == ()
    after = mentioned(changes)
    assert after["zerravia"] == ["name: Zerravia", "demonym: Zerravian officials", "metonym: Karsk"]
    assert mentioned(actors.NONE) == before, "nothing stays behind"


def test_an_own_group_has_its_kind_and_other_names() -> None:
    changes, problems = parse("name\tkind\taliases\nLamplighter Society\tgroup\tLamplighters,The Lamplighters\n")
    assert problems == ()
    with actors.using(changes):
        made = analyze(TEXT)
    assert [one.kind for one in made.actors if one.id == "lamplighter-society"] == ["group"]


def test_a_switched_off_country_gives_its_words_back() -> None:
    off, _ = parse("name\tuse\nRussia\toff\nNorth Korea\toff\nSouth Korea\toff\n")
    with actors.using(off):
        made = analyze("Russian officials said no. South Korea and the North agreed.")
    assert not made.problems
    assert not any(one.actor == "russia" and one.form == "demonym" for one in made.mentions)


def test_what_ships_reads_as_a_file_of_own_actors() -> None:
    own_actors = OwnActors(shipped())
    assert parse(to_tsv(own_actors)) == (own_actors, ())


def test_a_column_that_the_file_lacks_keeps_what_ships() -> None:
    changes, _ = parse("name\taliases\nRussia\tRussian Federation,Muscovy\n")
    assert changes.changes[0].adjectives == next(one for one in shipped() if one.name == "Russia").adjectives
    assert changes.changes[0].aliases.endswith("Muscovy")


def test_a_bad_row_costs_nothing_else_and_says_why() -> None:
    rows = [
        "name\tkind\taliases\tadjectives\tcountry\tgender",
        "Good Party\torganisation\tGP\t\tFrance\t",
        "=cmd|calc\torganisation",
        "Bad Kind\tcouncil",
        "Small Words\tgroup\tthe",
        "A Party\torganisation\t\tPartyish",
        "Nowhere Man\tperson\t\t\tAtlantisia\tm",
        "Ada Renn\tperson\t\t\tZerravia\tf",
        "Otherland\tcountry\t\tOtherish\tRUS",
        "Zerravia\tcountry\t\tZerravian",
        "Last Guard\tgroup",
    ]
    made, problems = parse("\n".join(rows))
    assert [one.name for one in made.changes] == ["Good Party", "Ada Renn", "Zerravia", "Last Guard"]
    assert [problem.split(" was")[0] for problem in problems] == [f"Line {n}" for n in (3, 4, 5, 6, 7, 9)]
    assert "Choose one of: country, group, organisation, person." in problems[1]
    assert "needs a capital letter" in problems[2]
    assert "no country is called 'Atlantisia'" in problems[4]
    assert made.changes[0].country == "FRA"
    assert made.changes[1].country == made.changes[2].country == "own-zerravia"
    with pytest.raises(ValueError, match="must name the columns"):
        parse("actor\nRussia")


NAMES = st.from_regex(r"[A-Z][a-zé’-]{1,9}( [A-Z][a-z]{1,8}){0,2}", fullmatch=True)
WORDS = st.lists(NAMES, max_size=3).map(",".join)


@settings(max_examples=30)
@given(st.lists(st.tuples(NAMES, st.sampled_from(KINDS), WORDS, st.sampled_from(actors.USES)), max_size=5))
def test_whatever_is_added_the_analysis_goes_on(given_rows: list[tuple[str, str, str, str]]) -> None:
    lines = ["\t".join((name, kind, "" if kind == "person" else words, use)) for name, kind, words, use in given_rows]
    made, problems = parse("\n".join(["name\tkind\taliases\tuse", *lines]))
    assert problems == ()
    assert parse(to_tsv(made)) == (made, ())
    with actors.using(made):
        assert not any("stopped" in problem for problem in analyze(TEXT + " " + " ".join(lines)).problems)


@given(st.text(max_size=200))
def test_any_file_is_read_or_refused_in_a_sentence(text: str) -> None:
    made, problems = parse("name\tuse\tkind\taliases\tcountry\n" + text)
    assert len(made.changes) + len(problems) <= len(text.splitlines())
    assert all(problem.endswith(".") for problem in problems)


def test_outputs_name_the_own_words_and_actors_they_rest_on() -> None:
    words = Overrides((Change("regime", use="off"), Change("snollygoster"), Change("thug", valence=-0.1)))
    names = OwnActors((Listed("Zerravia", kind="country", country="own-zerravia"), Listed("Russia", use="off")))
    assert own.told(own.NONE) == ""
    assert "own" not in citation()
    with own.using(own.Own(words, names)):
        assert {"own_words", "own_actors"} <= versions().keys()
        told = f"own words: 1 added, 1 changed, 1 switched off ({words.key}); own actors: 1 added, 1 switched off"
        assert told in citation()
        assert "Own words: 1 added, 1 changed, 1 switched off" in to_html([report()])
    assert "Own words" not in to_html([report()])


def test_the_command_line_takes_own_actors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article, mine, page = tmp_path / "a.txt", tmp_path / "mine.tsv", tmp_path / "a.html"
    article.write_text(TEXT, encoding="utf-8")
    mine.write_text(ZERRAVIA + "!!\n", encoding="utf-8")
    assert main(["analyze", str(article), "--actors", str(mine)]) == 0
    written = capsys.readouterr()
    named = {one["name"]: one["kind"] for one in json.loads(written.out)["actors"]}
    assert named["Zerravia"] == "country"
    assert "Line 3 was left out" in written.err
    assert main(["report", str(article), "--actors", str(mine), "--out", str(page)]) == 0
    assert "Own actors: 1 added" in page.read_text("utf-8")


def test_an_own_office_runs_nothing_in_a_spreadsheet() -> None:
    own, problems = actors.parse(
        "name\tkind\troles\nDana Renn\tperson\tmayor,=HYPERLINK(1)\nKofi Moller\tperson\tmayor\n"
    )
    assert [one.name for one in own.changes] == ["Kofi Moller"]
    assert "roles begin with letters" in problems[0]
