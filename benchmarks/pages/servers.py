"""Servers to measure: the dashboard with a corpus of any size, and a Streamlit page that says one word."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.pages.corpora import ROOT, corpus


@dataclass(frozen=True)
class Server:
    """A server that answers, and what its process has cost so far."""

    address: str
    process: int

    def worked(self) -> float:
        """Seconds of processor time that the server has used; NaN where the system does not tell."""
        try:
            fields = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return float("nan")
        return (int(fields[11]) + int(fields[12])) / 100  # user and system time, in hundredths of a second


def serve(articles: int, port: int) -> None:
    """Run the dashboard as the README says, with `articles` articles in place of the samples.

    They stand for what a visitor loads, so they are not laid flat before the first visitor asks for them.
    """
    from streamlit.web import cli

    from views import samples, start, state  # noqa: F401  (imported as `start.warm` would)

    made = corpus(articles)
    samples._all = lambda: made
    start.warm = start.look_ahead = lambda: None
    cli.main(["run", "dashboard.py", "--server.headless=true", f"--server.port={port}"])


@contextmanager
def dashboard(articles: int, port: int) -> Iterator[Server]:
    """The dashboard, with `articles` articles in place of the samples."""
    command = ["benchmarks.pages", "--serve", str(articles), "--port", str(port)]
    if not articles:
        command = ["streamlit", "run", "dashboard.py", "--server.headless=true", f"--server.port={port}"]
    with _answering([sys.executable, "-m", *command], port) as server:
        yield server


@contextmanager
def one_word(port: int) -> Iterator[Server]:
    """A Streamlit page that says one word."""
    with TemporaryDirectory() as folder:
        script = Path(folder) / "word.py"
        script.write_text('import streamlit\nstreamlit.html("<h1>Word</h1><p class=foot>.</p>")\n', encoding="utf-8")
        command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless=true"]
        with _answering([*command, f"--server.port={port}"], port) as server:
            yield server


@contextmanager
def _answering(command: list[str], port: int) -> Iterator[Server]:
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        while True:
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=1).close()
                break
            except OSError:
                if process.poll() is not None:
                    raise RuntimeError("The dashboard stopped while starting.") from None
                time.sleep(0.1)
        yield Server(address, process.pid)
    finally:
        process.terminate()
        process.wait(20)
