"""A server in a process of its own, from its start until it has answered and is no longer needed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
START = 120  # seconds until the server answers; a busy machine takes its time
WAIT = 0.1  # seconds between two looks whether it does


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


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def streamlit(script: str, port: int) -> list[str]:
    """The arguments of Python that serve a script as the README says, without opening a browser."""
    return ["-m", "streamlit", "run", script, "--server.headless=true", f"--server.port={port}"]


def begin(
    arguments: Sequence[str], port: int, *, settings: Mapping[str, str] | None = None, start: float = START
) -> subprocess.Popen[bytes]:
    """The process of a Python with some arguments, which serve at a port, as soon as it answers.

    `settings` go into its environment. Raises RuntimeError where it stops, or does not answer within `start` seconds.
    """
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | dict(settings or {}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    end = time.monotonic() + start
    while not _answers(port):
        if process.poll() is not None:
            raise RuntimeError("The server stopped while starting.")
        if time.monotonic() > end:
            process.kill()
            raise RuntimeError(f"The server did not answer within {start:.0f} seconds.")
        time.sleep(WAIT)
    return process


@contextmanager
def answering(
    arguments: Sequence[str], port: int, *, settings: Mapping[str, str] | None = None, start: float = START
) -> Iterator[Server]:
    """What `begin` starts, for as long as it is needed."""
    process = begin(arguments, port, settings=settings, start=start)
    try:
        yield Server(address(port), process.pid)
    finally:
        process.terminate()
        process.wait(20)


def address(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def _answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"{address(port)}/_stcore/health", timeout=1).close()
    except OSError:
        return False
    return True
