"""Furniture that shares a line with the article, and captions: a line in; what stays of it, and what goes, out.

“CLOSE Mayor Ada Renn spoke.” loses its first word, “… she said. ADVERTISEMENT” its last. A line that says itself that
it is the caption of a picture, by a label or by the credit at its end, is told from a paragraph. The patterns stand in
`glued.tsv`: head, tail and inner are pieces of a line, whole is a line that reads like prose and is none, credit the
end of a caption.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from analysis.loading import rules
from analysis.loading.cleaning import Line

CREDIT_REACH = 200  # characters from the end of a line within which a credit begins
MAX_CAPTION = 900  # characters; the longest of 1,300 captions with a credit had 750, a paragraph with one 1,400
WHERE = ("whole", "credit", "head", "tail", "inner")


@dataclass(frozen=True, slots=True)
class Rule:
    holds: str  # what a line must hold to be worth trying; found in a tenth of the time of a pattern
    pattern: re.Pattern[str]


Found = dict[str, list[Rule]]


@cache
def _rules() -> Found:
    ends = {"whole": "$", "credit": "$", "tail": r"\s*$"}
    found: dict[str, list[Rule]] = {where: [] for where in WHERE}
    for row in rules.rows("glued.tsv", "where"):
        end = ends.get(row["where"], "")
        found[row["where"]].append(Rule(row["holds"], re.compile(f"(?:{row['pattern']}){end}")))
    return found


def rules_for(text: str) -> Found:
    """The rules that can find anything in a text: most texts hold the words of two or three."""
    return {where: [rule for rule in given if rule.holds in text] for where, given in _rules().items()}


def is_whole(line: str, known: Found) -> bool:
    """Whether the whole line is furniture, such as a caption, by its label or by the credit that ends it."""
    if any(rule.holds in line and rule.pattern.match(line) for rule in known["whole"]):
        return True
    return len(line) <= MAX_CAPTION and any(
        rule.holds in line and rule.pattern.search(line, max(0, len(line) - CREDIT_REACH)) for rule in known["credit"]
    )


def loosen(lines: list[Line], known: Found) -> tuple[list[Line], list[Line]]:
    """The lines without what is glued to them, and the pieces that were taken, each with its line's number."""
    kept: list[Line] = []
    taken: list[Line] = []
    for line in lines:
        rest, pieces = _loosen(line.text, known)
        if not pieces or rules.kind_of(line.text):  # what is furniture as a whole goes as a whole, later
            kept.append(line)
            continue
        kept.append(Line(line.number, rest))
        taken += (Line(line.number, piece) for piece in pieces)
    return kept, taken


def _loosen(text: str, known: Found) -> tuple[str, list[str]]:
    pieces: list[str] = []

    def take(found: re.Match[str]) -> str:
        pieces.append(found[0].strip())
        return " " if found.start() and found.end() < len(found.string) else ""

    for rule in known["head"]:
        if rule.holds in text and (found := rule.pattern.match(text)):
            text = take(found) + text[found.end() :]
    for rule in (*known["inner"], *known["tail"]):
        if rule.holds in text:
            text = rule.pattern.sub(take, text)
    return (re.sub(r"  +", " ", text).strip() if pieces else text), pieces
