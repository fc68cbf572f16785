"""Servers to measure: the dashboard with a corpus of any size, and a Streamlit page that says one word."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.pages.corpora import corpus
from tests.browser.serving import Server, answering, streamlit

MADE = 600  # seconds that making a corpus may take


def serve(articles: int, port: int) -> None:
    """Run the dashboard as the README says, with `articles` articles in place of the samples.

    They stand for what a visitor has loaded: laid flat, as a load does while its articles are read, and nothing of them
    measured before the first visitor asks.
    """
    from streamlit.web import cli

    # Imported as `start.warm` would.
    from views import ahead, figures, layout, margin, progress, samples, start, state, work  # noqa: F401

    made = corpus(articles)
    samples._all = lambda: made
    with start.unwatched():
        state.sample_corpus("")
        work.make_ready(made[0].article)
    start.warm = lambda: None
    cli.main(["run", "dashboard.py", "--server.headless=true", f"--server.port={port}"])


@contextmanager
def dashboard(articles: int, port: int) -> Iterator[Server]:
    """The dashboard, with `articles` articles in place of the samples."""
    arguments = ["-m", "benchmarks.pages", "--serve", str(articles), "--port", str(port)]
    if not articles:
        arguments = streamlit("dashboard.py", port)
    with answering(arguments, port, start=MADE) as server:
        yield server


@contextmanager
def one_word(port: int) -> Iterator[Server]:
    """A Streamlit page that says one word."""
    with TemporaryDirectory() as folder:
        script = Path(folder) / "word.py"
        script.write_text('import streamlit\nstreamlit.html("<h1>Word</h1><p class=foot>.</p>")\n', encoding="utf-8")
        with answering(streamlit(str(script), port), port) as server:
            yield server
