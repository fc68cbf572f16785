"""The command line: `python -m analysis analyze | batch | index | report`. Results on standard output, all else not."""

from __future__ import annotations

import argparse
import shlex
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar

from analysis import __version__, memory
from analysis.choices import ENGINES
from analysis.loading import LoadError, from_stream, load
from analysis.loading.encoding import decode
from analysis.model import Article, Report

if TYPE_CHECKING:
    from analysis.lexicon.own import Own

T = TypeVar("T")

FORMATS = ("json", "text", "csv", "parquet")
PROGRESS_SECONDS = 2.0  # between two progress lines on a terminal
OK, SOME_UNREADABLE, WRONG_CALL, INTERRUPTED = 0, 1, 2, 130


class _Inputs:
    """The articles of every path in turn; counts what could not be read and says so, then goes on."""

    def __init__(self, paths: Sequence[str], *, clean: bool) -> None:
        self.paths = paths
        self.clean = clean
        self.unreadable = 0

    def __iter__(self) -> Iterator[Article]:
        for path in self.paths:
            try:
                articles = from_stream(sys.stdin.buffer, "standard input", clean=self.clean) if path == "-" else None
                for article in articles if articles is not None else load(path, clean=self.clean):
                    if not article.text and article.problems:
                        self._complain(" ".join(article.problems))
                    yield article
            except LoadError as error:
                self._complain(str(error))

    def _complain(self, sentence: str) -> None:
        self.unreadable += 1
        print(f"analysis: {sentence}", file=sys.stderr)


def _reports(inputs: _Inputs) -> Iterator[Report]:
    with memory.unsearched():
        from analysis.pipeline import analyze_many  # the grammar takes a second to load; `--help` need not wait for it

        reports = analyze_many(inputs)
        first = list(islice(reports, 1))
    memory.keep()  # all is loaded now
    shown = time.monotonic()
    for number, report in enumerate(chain(first, reports), start=1):
        yield report
        if sys.stderr.isatty() and time.monotonic() - shown > PROGRESS_SECONDS:
            shown = time.monotonic()
            print(f"\r{number} articles", end="", file=sys.stderr, flush=True)


def _own(args: argparse.Namespace) -> Own:
    """The user's own words and actors; what is wrong in their files goes to standard error."""
    from analysis.lexicon import actors, overrides
    from analysis.lexicon.own import Own

    def read(path: str, parse: Callable[[str], tuple[T, tuple[str, ...]]]) -> T:
        try:
            data = Path(path).read_bytes()
        except OSError as error:  # a list that is asked for and is not there would quietly change every number
            raise ValueError(f"The list {path} cannot be read: {error.strerror}.") from None
        made, problems = parse(decode(data)[0].removeprefix("\ufeff"))
        for problem in problems:
            print(f"analysis: {path}: {problem}", file=sys.stderr)
        return made

    words, names = getattr(args, "lexicon", None), getattr(args, "actors", None)
    return Own(
        read(words, overrides.parse) if words else overrides.NONE,
        read(names, actors.parse) if names else actors.NONE,
    )


def _analyze(args: argparse.Namespace) -> int:
    inputs = _Inputs(args.paths, clean=not args.no_clean)
    out = Path(args.out) if args.out else None
    if args.format in ("json", "text"):
        write = _write_json if args.format == "json" else _write_text
        if out is None:
            if args.format == "json" and sys.stdout.isatty():
                print("analysis: one JSON object a line follows; --format text is for people to read.", file=sys.stderr)
            write(_reports(inputs), sys.stdout)
        else:
            with out.open("w", encoding="utf-8") as file:
                write(_reports(inputs), file)
    else:
        _write_tables(_reports(inputs), args.format, out)
    return SOME_UNREADABLE if inputs.unreadable else OK


def _write_json(reports: Iterator[Report], file: TextIO) -> None:
    from analysis.serialise import to_json

    for report in reports:
        file.write(to_json(report) + "\n")
        file.flush()


def _write_text(reports: Iterator[Report], file: TextIO) -> None:
    """What a person reads: the marks with their reasons, an empty line and a rule between two articles."""
    from analysis.report.plain import to_text

    width = shutil.get_terminal_size().columns
    for number, report in enumerate(reports):
        file.write(("\n" + "─" * 24 + "\n\n" if number else "") + to_text(report, width=width))
        file.flush()


def _write_tables(reports: Iterator[Report], format: str, out: Path | None) -> None:
    """CSV: the findings on standard output or in a file, or every table in a folder. Parquet: a file or a folder."""
    from analysis.csv_safe import to_csv_safe
    from analysis.schemas import SCHEMAS
    from analysis.tables import from_reports

    tables = from_reports(reports)
    if out is None:
        sys.stdout.write(to_csv_safe(tables.findings))
        return
    if out.suffix == f".{format}":
        wanted = {out: tables.findings}
    else:
        out.mkdir(parents=True, exist_ok=True)
        wanted = {out / f"{name}.{format}": getattr(tables, name) for name in SCHEMAS}
    for path, frame in wanted.items():
        if format == "csv":
            path.write_text(to_csv_safe(frame), encoding="utf-8", newline="")
        else:
            frame.to_parquet(path, index=False)


def _batch(args: argparse.Namespace) -> int:
    from analysis import batch

    summary = batch.run(
        args.inputs, args.out, engine=args.engine, scheduler=args.scheduler, resume=args.resume, workers=args.workers
    )
    folder = shlex.quote(str(args.out))
    print(f"analysis: to look at them: streamlit run dashboard.py -- --tables {folder}", file=sys.stderr)
    return SOME_UNREADABLE if summary.failed else OK


def _index(args: argparse.Namespace) -> int:
    from analysis.warehouse import index

    began = time.monotonic()

    def tell(name: str, done: int, of: int) -> None:
        print(f"analysis: {name} ({done + 1} of {of}), {time.monotonic() - began:.0f} s", file=sys.stderr)

    index.make(args.folder, progress=tell)
    return OK


def _report(args: argparse.Namespace) -> int:
    from analysis.report import to_html

    inputs = _Inputs(args.paths, clean=True)
    reports = list(_reports(inputs))
    if not reports:
        print("analysis: nothing could be read, so there is nothing to report.", file=sys.stderr)
        return SOME_UNREADABLE
    Path(args.out).write_text(to_html(reports), encoding="utf-8")
    return SOME_UNREADABLE if inputs.unreadable else OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analysis", description="Find who is framed how, and in whose voice."
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True)

    analyze = commands.add_parser("analyze", help="articles in, one JSON object a line and article out")
    analyze.add_argument("paths", nargs="+", metavar="PATH", help="files, folders, patterns, or - for standard input")
    analyze.add_argument("--format", choices=FORMATS, default="json", help="default: json; text is for people to read")
    analyze.add_argument("--out", metavar="PATH", help="file to write; for csv and parquet also a folder of tables")
    analyze.add_argument("--no-clean", action="store_true", help="take each text as it stands, to the character")
    analyze.set_defaults(run=_analyze)

    batch = commands.add_parser("batch", help="a corpus in, a folder of Parquet tables out")
    batch.add_argument("inputs", nargs="+", metavar="INPUT", help="files, folders or patterns")
    batch.add_argument("--out", required=True, metavar="FOLDER", help="folder for the tables")
    batch.add_argument("--engine", choices=ENGINES, default="local", help="default: local, one process a core")
    batch.add_argument(
        "--scheduler", metavar="ADDRESS", help="a running Dask scheduler; without it one is started here"
    )
    batch.add_argument("--resume", action="store_true", help="skip the parts that an earlier run finished")
    batch.add_argument("--workers", type=int, metavar="N", help="processes; default: one a core")
    batch.set_defaults(run=_batch)

    index = commands.add_parser(
        "index", help="a folder of tables in, what the dashboard needs to open it put beside them"
    )
    index.add_argument("folder", metavar="FOLDER", help="a folder that `batch` has made")
    index.set_defaults(run=_index)

    report = commands.add_parser("report", help="articles in, one self-contained HTML page out")
    report.add_argument("paths", nargs="+", metavar="PATH", help="files, folders, patterns, or - for standard input")
    report.add_argument("--out", required=True, metavar="FILE.html", help="page to write")
    report.set_defaults(run=_report)
    for command in (analyze, batch, report):
        command.add_argument("--lexicon", metavar="FILE.tsv", help="own words: terms to add, change or switch off")
        command.add_argument("--actors", metavar="FILE.tsv", help="own actors: whom to add, change or switch off")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status: 0, 1 where an input could not be read, 2 for a wrong call."""
    parser = _parser()
    args = parser.parse_args(argv)
    if args.command == "analyze" and args.format == "parquet" and not args.out:
        parser.error("--format parquet needs --out PATH: a file ending in .parquet, or a folder for every table.")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        from analysis.lexicon import own

        with own.using(_own(args)):
            status: int = args.run(args)
    except KeyboardInterrupt:
        print("analysis: stopped; what was finished has been written.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output (head, less) has seen enough
        sys.stderr.close()
        return OK
    except OSError as error:
        print(
            f"analysis: {error.filename}: {error.strerror}." if error.filename else f"analysis: {error}",
            file=sys.stderr,
        )
        return SOME_UNREADABLE
    except ValueError as error:
        print(f"analysis: {error}", file=sys.stderr)
        return SOME_UNREADABLE if isinstance(error, LoadError) else WRONG_CALL
    return status


if __name__ == "__main__":
    raise SystemExit(main())
