"""The scores of `python -m benchmarks.quality` as a table of Method, each under the texts it was measured on."""

from __future__ import annotations

import csv
from functools import cache
from math import floor
from pathlib import Path

from analysis.written import capital
from views import state
from views.words import Markup, join_markup, markup

FLOORS = state.root() / "benchmarks" / "floors.tsv"
ON = Path(__file__).with_name("measured_on.tsv")  # which texts these are, in plain words: the first row that fits

# What is measured, in parts: the beginnings of the names of the scores; what none of them begins stands in the last.
MEASURED = {
    "Whose words they are": ("polnear.", "gold.speaker", "gold.indirect"),
    "What quotation marks are for": ("scarequotes.", "gold.quote"),
    "Which words judge": ("gold.loaded", "gold.slanted", "babe.", "ptc."),
    "Whom they judge, and how": ("gold.target", "basil.", "newsmtsc.", "newswcl50.framing", "target_", "tone_"),
    "Names, places, facts": ("",),
}


def two_digits(measure: str) -> str:
    """A measure as it is read: never higher than it is."""
    return f"{floor(100 * float(measure) + 1e-9) / 100:.2f}" if measure else ""


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened, delimiter="\t"))


@cache  # neither file changes while the server runs
def table() -> Markup:
    """The table of scores: by what is measured, and there by the texts that it was measured on."""
    parted: dict[str, dict[str, list[dict[str, str]]]] = {part: {} for part in MEASURED}
    texts = {row["scores"]: row["texts"] for row in rows_of(ON)}
    for row in rows_of(FLOORS):
        part = next(part for part, names in MEASURED.items() if row["score"].startswith(names))
        on = next((texts[begins] for begins in texts if row["score"].startswith(begins)), "")
        parted[part].setdefault(on, []).append(row)
    lines = []
    for part, by_texts in parted.items():
        lines.append(markup('<tr class="part"><th colspan="5" scope="rowgroup">{part}</th></tr>', part=part))
        for on, few in by_texts.items():
            lines.append(markup('<tr class="texts"><td colspan="5">{on}</td></tr>', on=on))
            lines += [line(row) for row in few]
    return Markup(
        markup(
            '<table class="quality"><thead><tr><th>What</th><th>At least</th><th></th><th>People</th>'
            '<th class="on">The data, for researchers</th></tr></thead><tbody>{rows}</tbody></table>',
            rows=join_markup(lines),
        )
    )


def line(row: dict[str, str]) -> str:
    """A line of that table."""
    return markup(
        '<tr><td>{what}</td><td class="n">{floor}</td><td><span class="meter"><i style="width:{bar}%"></i>'
        '{tick}</span></td><td class="n">{people}</td><td class="on">{on}</td></tr>',
        what=row["what"],
        floor=two_digits(row["floor"]),
        bar=round(100 * float(row["floor"])),
        tick=markup('<b style="left:{at}%"></b>', at=round(100 * float(row["people"]))) if row["people"] else "",
        people=two_digits(row["people"]),
        on=capital(row["measured on"].replace("`", "")),
    )
