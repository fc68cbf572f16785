"""Pages for researchers and of benchmarks: examples run, columns are named, figures agree with floors."""

from __future__ import annotations

import csv
import re
import shlex
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from analysis import batch
from analysis.__main__ import _parser
from analysis.schemas import SCHEMAS

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "researchers.md").read_text(encoding="utf-8")
# What stands behind two spaces says what the command does.
COMMANDS = [
    line.split("  ")[0]
    for page in ("README.md", "docs/researchers.md", "docs/classroom.md")
    for line in re.findall(r"python -m analysis (.+)", (ROOT / page).read_text(encoding="utf-8"))
]
BENCHMARKS = ROOT / "benchmarks"
FIGURES = {
    row[1].strip(" `"): [cell.strip(" *") for cell in row[2:5]]
    for line in (BENCHMARKS / "README.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| `") and len(row := line.split("|")) == 7
}
EXAMPLES = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
ROW = "Paper {n},The regime in Vellmar slammed the offer of the port on Monday. Critics said it was perhaps a sham."


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("researcher")
    rows = [ROW.format(n=at % 2) for at in range(6)]
    (home / "corpus.csv").write_text("\n".join(["source,text", *rows]), encoding="utf-8")
    batch.run([home / "corpus.csv"], home / "tables", workers=1, progress=lambda _: None)
    return home


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_an_example_runs(example: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    names: dict[str, object] = {}
    exec(compile(example, "docs/researchers.md", "exec"), names)
    if "rates" in names:
        assert len(names["rates"]) == 2  # type: ignore[arg-type]


@pytest.mark.parametrize("table", SCHEMAS)
def test_every_column_is_told_and_written(table: str, home: Path) -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{table}` |"))
    everywhere = {"article", "source", "sentence_start", "sentence_end"}
    assert set(re.findall(r"`(\w+)`", row.split("|")[3])) - everywhere == set(SCHEMAS[table]) - everywhere
    (file,) = (home / "tables" / table).glob("*.parquet")
    assert pq.read_schema(file).names == list(SCHEMAS[table])


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_of_the_docs_is_one(line: str) -> None:
    _parser().parse_args(shlex.split(line))


def test_every_option_is_told_somewhere() -> None:
    shown = " ".join(COMMANDS) + PAGE
    (commands,) = (action.choices for action in _parser()._actions if isinstance(action.choices, dict))
    options = {name for one in commands.values() for action in one._actions for name in action.option_strings}
    assert {name for name in options if name not in shown} == {"-h", "--help"}


def test_figures_of_quality_agree_with_their_floors() -> None:
    with (BENCHMARKS / "floors.tsv").open(encoding="utf-8", newline="") as file:
        floors = {row["score"]: row for row in csv.DictReader(file, delimiter="\t")}
    assert set(FIGURES) == set(floors)
    for score, (now, goal, people) in FIGURES.items():
        assert (goal, people) == (floors[score]["goal"], floors[score]["people"]), score
        above = float(now) - float(floors[score]["floor"])
        # Over it, and of a measurement not long before it was raised.
        assert 0 <= above < 0.03, f"{score} is {now} in benchmarks/README.md and its floor {floors[score]['floor']}"
