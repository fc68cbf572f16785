"""How far a run is: counts come in, one line on standard error goes out."""

from __future__ import annotations

import sys
from dataclasses import dataclass

MINUTE, HOUR = 60, 3600


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` articles in this run, `skipped` ones from an earlier run, of about `total`, after `seconds`."""

    done: int
    skipped: int
    total: int
    seconds: float
    finished: bool = False

    @property
    def rate(self) -> float:
        """Articles a second in this run."""
        return self.done / self.seconds if self.seconds > 0 else 0.0

    @property
    def left(self) -> float | None:
        """Seconds left at this rate; None while nothing is known."""
        return max(self.total - self.done - self.skipped, 0) / self.rate if self.rate else None

    def __str__(self) -> str:
        done = self.done + self.skipped
        if self.finished:
            earlier = f", {self.skipped:,} of them earlier" if self.skipped else ""
            rate = f", {self.rate:.1f} a second" if self.done else ""
            return f"{done:,} articles{earlier}{rate}, {spell(self.seconds)}."
        left = f", about {spell(self.left)} left" if self.left else ""
        share = f" ({min(done / self.total, 1):.0%})" if self.total else ""
        return f"{done:,} of about {max(self.total, done):,} articles{share}, {self.rate:.1f} a second{left}"


def to_stderr(progress: Progress) -> None:
    """One line that writes over itself on a terminal; a line each in a file."""
    live = sys.stderr.isatty()
    start, end = ("\r\x1b[K", "\n" if progress.finished else "") if live else ("", "\n")
    print(f"{start}{progress}", end=end, file=sys.stderr, flush=True)


def spell(seconds: float) -> str:
    """“8 s”, “3 min”, “2 h 05 min”."""
    whole = round(seconds)
    if whole < 2 * MINUTE:
        return f"{whole} s"
    if whole < 2 * HOUR:
        return f"{whole // MINUTE} min"
    return f"{whole // HOUR} h {whole % HOUR // MINUTE:02d} min"
