"""The page for researchers: its examples run, and it names every table and column."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analysis import batch
from analysis.schemas import SCHEMAS

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "researchers.md").read_text(encoding="utf-8")
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
def test_every_column_is_told(table: str) -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{table}` |"))
    told = set(re.findall(r"`(\w+)`", row)) | {"article", "source", "sentence_start", "sentence_end"}
    assert set(SCHEMAS[table]) <= told
