"""A folder of tables comes in, sums small enough to answer a click from any number of articles go out.

The sums lie in `FOLDER/index/`, one Parquet file each, made by DuckDB within a bounded memory. The articles of a source
are drawn into BLOCKS random blocks, and sums are kept per block, so that intervals can be drawn from blocks as
`framing.bootstrap` draws them from articles: the same spread in expectation, at a cost that no corpus can raise.
"""

from __future__ import annotations

import glob
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb

from analysis.batch.output import RECORD

HOME = "index"
BLOCKS = 200  # the width of an interval drawn from so many blocks is itself uncertain by 1/√400, five percent
MEMORY = "4GB"  # beyond it DuckDB sorts on disk
FORMAT = 1
_WRITTEN = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 65536"

# Names of the files, each with the query that makes it. `articles` is numbered first, in the order of the files.
_NUMBERED = f"""
    CREATE TABLE numbered AS
    SELECT (row_number() OVER (ORDER BY filename, file_row_number) - 1)::INTEGER AS number, article, source, title,
           published, words::INTEGER AS words, parse_filename(filename, true) AS part,
           (md5_number_lower(article) % {BLOCKS})::SMALLINT AS block, date_trunc('month', published)::DATE AS month
    FROM read_parquet('{{articles}}', filename = true, file_row_number = true)
"""
_QUERIES = {
    "places": "SELECT number, article, source, title, published, part FROM numbered ORDER BY number",
    "exposure": """
        SELECT source, block, month, voice, sum(e.words)::BIGINT AS words, count(*)::INTEGER AS articles,
               count(*) FILTER (e.words > 0)::INTEGER AS with_words
        FROM read_parquet('{exposure}') e JOIN numbered n USING (article) GROUP BY ALL ORDER BY ALL
    """.replace("SELECT source", "SELECT n.source"),
    "findings": """
        SELECT n.source, n.block, n.month, f.voice, f.kind, f.category, count(*)::INTEGER AS n
        FROM read_parquet('{findings}') f JOIN numbered n USING (article) GROUP BY ALL ORDER BY ALL
    """,
    # A stretch that is about two actors is about each of them.
    "spots": """
        SELECT unnest(string_split(f.target, '; ')) AS target, n.source, f.kind, f.voice, n.number, f.start, f.end,
               f.category, n.block
        FROM read_parquet('{findings}') f JOIN numbered n USING (article)
        ORDER BY target, source, kind, voice, number, f.start
    """,
    "names": """
        SELECT actor, first(name ORDER BY uses DESC, name) AS name, sum(uses)::BIGINT AS mentions,
               bool_or(named) AS named
        FROM (SELECT actor, name, sum(n_mentions) AS uses, bool_or(named) AS named FROM read_parquet('{actors}')
              GROUP BY actor, name)
        GROUP BY actor ORDER BY mentions DESC, actor
    """,
    "actor_words": """
        WITH present AS (
            SELECT article, actor FROM read_parquet('{actors}') WHERE n_mentions > 0
            UNION
            SELECT article, unnest(string_split(target, '; ')) FROM read_parquet('{findings}') WHERE target <> ''
        )
        SELECT actor, n.source, n.block, e.voice, sum(e.words)::BIGINT AS words,
               count(*) FILTER (e.words > 0)::INTEGER AS articles
        FROM present JOIN numbered n USING (article) JOIN read_parquet('{exposure}') e USING (article)
        GROUP BY ALL ORDER BY ALL
    """,
    "actor_tone": """
        SELECT t.actor, n.source, n.block, t.voice, sum(t.tone * t.n) AS tone, sum(t.n)::BIGINT AS mentions,
               count(DISTINCT n.number)::INTEGER AS articles
        FROM read_parquet('{tone}') t JOIN numbered n USING (article) GROUP BY ALL ORDER BY ALL
    """,
    "words": """
        SELECT w.word, n.number, w.voice, n.source, n.block, w.n::INTEGER AS n
        FROM read_parquet('{words}') w JOIN numbered n USING (article) ORDER BY w.word, n.number
    """,
}
FILES = tuple(_QUERIES)


class Missing(ValueError):
    """The folder has no finished tables, no index, or one of other tables; the words say what to do."""


class Unmade(Missing):
    """The tables are there, but their index is not, or is of other tables: it can be made."""


def make(folder: str | Path, *, progress: Callable[[str, int, int], None] | None = None) -> Path:
    """Make `folder/index` anew and return it; what was there stays until all is made.

    `progress(name, done, of)` is called before each file. Raises Missing where the folder holds no finished tables.
    """
    home = Path(folder)
    record = _finished(home)
    beside = Path(tempfile.mkdtemp(prefix=f"{HOME}.", dir=home))
    try:
        with duckdb.connect(str(beside / "work.duckdb")) as base:
            base.execute(f"SET memory_limit = '{MEMORY}'; SET temp_directory = '{_quoted(beside / 'spill')}'")
            base.execute("SET preserve_insertion_order = true")
            tables = {
                table.name: f"{_quoted(glob.escape(str(table)))}/*.parquet"  # a folder may be called “tables [2]”
                for table in home.iterdir()
                if table.is_dir()
            }
            base.execute(_NUMBERED.format(**tables))
            for done, (name, query) in enumerate(_QUERIES.items()):
                if progress:
                    progress(name, done, len(_QUERIES))
                target = _quoted(beside / f"{name}.parquet")
                base.execute(f"COPY ({query.format(**tables)}) TO '{target}' ({_WRITTEN})")
        (beside / "work.duckdb").unlink()
        shutil.rmtree(beside / "spill", ignore_errors=True)
        (beside / RECORD).write_text(json.dumps({"format": FORMAT, "of": record}), encoding="utf-8")
        shutil.rmtree(home / HOME, ignore_errors=True)
        beside.replace(home / HOME)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return home / HOME


def key(folder: str | Path) -> str:
    """Names a folder's index by what it was made of: another key, other numbers.

    Raises Missing where the folder has no finished tables, no index, or one of other tables.
    """
    home = Path(folder)
    now = {"format": FORMAT, "of": _finished(home)}
    try:
        made = json.loads((home / HOME / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        made = None
    if made != now:
        raise Unmade(
            f"The tables in {home} have no index, or one of other tables. "
            "Make it with `python -m analysis index FOLDER`."
        )
    return hashlib.sha256(json.dumps(now).encode()).hexdigest()


def _finished(home: Path) -> list[list[object]]:
    """Name, size and time of every part of the tables. Raises Missing where they are not all there."""
    parts = sorted((home / "articles").glob("*.parquet"))
    if not parts:
        flat = (home / "articles.parquet").is_file()
        what = (
            "holds tables of one file each, as `analyze` writes them, not those of `batch`"
            if flat
            else "holds no tables"
        )
        raise Missing(f"{home} {what}. Make them with `python -m analysis batch INPUT --out FOLDER`.")
    try:
        record = json.loads((home / RECORD).read_text(encoding="utf-8"))
    except OSError:
        record = {"complete": True}  # written at once, not by a run in parts
    if not record.get("complete"):
        raise Missing(f"The run that makes the tables in {home} has not ended. Finish it with --resume first.")
    return [[part.name, part.stat().st_size, part.stat().st_mtime_ns] for part in parts]


def _quoted(path: Path | str) -> str:
    return str(path).replace("'", "''")
