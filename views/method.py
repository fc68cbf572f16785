"""Method: what is counted and how, how often it is wrong, the limits, how to cite."""

from __future__ import annotations

import csv
from pathlib import Path

import streamlit as st

import analysis
from analysis import framing, tone
from analysis.charts.style import FULL_TONE
from analysis.written import number
from views import parts, state
from views.words import join_markup, markup, show

FLOORS = state.root() / "benchmarks" / "floors.tsv"
COLD = -0.7  # the tone of the mentions in the page's example
TEXT = Path(__file__).with_name("method.md")


def text() -> str:
    """The page's words, with the figures that the analysis counts by."""
    said = {
        "min_articles": str(framing.MIN_ARTICLES),
        "min_exposure": f"{framing.MIN_EXPOSURE:,}",
        "min_mentions": str(framing.MIN_MENTIONS),
        "unseen": f"{tone.UNSEEN:g}",
        "one": number(COLD * tone.trust(1), 2),
        "ten": number(COLD * tone.trust(10), 2),
        "full": f"{FULL_TONE:g}",
        "version": analysis.__version__,
    }
    return TEXT.read_text("utf-8").format(**said)


def quality() -> None:
    """The measures of `python -m benchmarks.quality`; a bar is the floor that no change may fall below."""
    if not FLOORS.is_file():
        return  # the app without its repository: the measures are not there to be checked either
    parts.section(
        "How often it is right",
        "Against texts that people marked by hand. 1 is never wrong; a bar is what every version must reach, the "
        "upright line how far people agree with each other where that is known.",
    )
    with FLOORS.open(encoding="utf-8", newline="") as file:
        measured = [
            markup(
                '<tr><td>{what}</td><td class="n">{floor}</td><td><span class="meter"><i style="width:{bar}%"></i>'
                '{tick}</span></td><td class="n">{people}</td><td class="on">{on}</td></tr>',
                what=row["what"],
                floor=row["floor"],
                bar=round(100 * float(row["floor"])),
                tick=markup('<b style="left:{at}%"></b>', at=round(100 * float(row["people"])))
                if row["people"]
                else "",
                people=row["people"],
                on=row["measured on"],
            )
            for row in csv.DictReader(file, delimiter="\t")
        ]
    show(
        '<table class="quality"><thead><tr><th>What</th><th>At least</th><th></th><th>People</th>'
        '<th class="on">Measured on</th></tr></thead><tbody>{rows}</tbody></table>',
        rows=join_markup(measured),
    )


parts.head(
    "How it is done",
    "What is counted, and how",
    "No score for an article and no verdict on a paper: counts with their evidence, and what they cannot tell.",
)
st.markdown(text(), width=700)
quality()
parts.section("The words", "Every entry that the marks are made from, with its source: to browse, change, switch off.")
st.page_link("views/lexicon.py", label="Open the lexicon")
show('<p class="quiet">{words}</p>', words=f"Version {analysis.__version__}.")
