"""The cleaning rules, read from `cleaning_rules.tsv`: one line of text in, the kind of boilerplate it is out.

A rule must match the whole line, and lines in which somebody is reported to speak never match: "We use cookies in our
trifle, its cook said" is news.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from analysis.loading.dates import MONTH

Kind = Literal["line", "long", "weak", "menu", "edge", "list", "comments", "sign", "date", "top-date"]
KINDS: tuple[Kind, ...] = get_args(Kind)

MAX_LINE = 260  # characters; the longest headline link and share bar we met, with room
LABEL_WORDS = 6  # words
MAX_LONG = 700  # characters; cookie notices and terms
_TRIM = " \t•·*–—-_|>»«†▸▶►→✉☰×✕"
_VERBS = (
    *("said", "told", "asked", "replied", "joked", "warned", "wrote", "recalled", "explained", "insisted"),
    *("according to", "testified", "admitted"),
)
_SPEECH = re.compile(rf"\b(?:{'|'.join(_VERBS)})\b", re.IGNORECASE)
_TURN = re.compile(
    r",[”\"’']?\s+(?:(?:the|an?|his|her|its|their|our|one|he|she|they|it|we|i|so|as)\s+(?:\w+\s+){0,4}|\w+\s+)"
    r"(?:reads?|says?|goes|runs?|ran|went|urged?s?|added|adds|promise[sd]?|advise[sd]?|argue[sd]?|hoped?|hopes|wants?|wanted"
    r"|think|thinks|thought|shouted|cried|called|calls|notes|noted|claims|claimed|swore|put|puts)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


def rows(name: str, column: str) -> Iterator[dict[str, str]]:
    """The rows of a list of patterns in this folder; words in braces stand for the rows that `column` calls “set:”."""
    sets = {"month": MONTH}
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            row["pattern"] = re.sub(r"\{([a-z]{3,})\}", lambda found: sets[found[1]], row["pattern"])
            if row[column].startswith("set:"):
                sets[row[column].removeprefix("set:")] = row["pattern"]
            else:
                yield row


@cache
def _rules() -> dict[Kind, re.Pattern[str]]:
    patterns: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for row in rows("cleaning_rules.tsv", "kind"):
        patterns[row["kind"]].append(row["pattern"])
    # A notice may end with full stops that its rule does not name.
    ends = dict.fromkeys(KINDS, "") | {"long": r"\.*"}
    return {
        kind: re.compile(f"(?:{'|'.join(f'(?:{p})' for p in patterns[kind])}){ends[kind]}", re.IGNORECASE)
        for kind in KINDS
    }


def bare(line: str) -> str:
    """The line without the bullets, rules and brackets around it."""
    trimmed = line.strip(_TRIM)
    if len(trimmed) > 2 and trimmed[0] + trimmed[-1] in ("()", "[]"):
        trimmed = trimmed[1:-1].strip(_TRIM)
    return trimmed


def is_kind(line: str, kind: Kind) -> bool:
    """Whether the whole line is of that kind."""
    words = bare(line)
    return 0 < len(words) <= MAX_LONG and _rules()[kind].fullmatch(words) is not None


def kind_of(line: str) -> Kind | None:
    """What the line is, or None where it may be a line of the article."""
    words = bare(line)
    if not words:
        return "line" if line.strip() and not line.strip(" \t|>»→▸▶►×✕☰✉") else None
    if len(words) > MAX_LONG or _speaks(words):
        return None
    rules = _rules()
    if len(words) <= MAX_LINE:
        for kind in ("list", "comments", "date", "top-date", "weak", "menu", "edge"):
            if rules[kind].fullmatch(words):
                return kind
    parts = _SENTENCE_END.split(words)
    if _matches(words) or (len(parts) > 1 and all(map(_matches, parts))):
        return "line"
    return None


def _speaks(words: str) -> bool:
    """Whether somebody is reported to speak. The verbs as they stand are found in a tenth of the time of a pattern."""
    plain = words.lower()
    return (any(verb in plain for verb in _VERBS) and _SPEECH.search(words) is not None) or (
        _TURN.search(words) is not None
    )


def _matches(part: str) -> bool:
    words = bare(part)
    stripped = words.rstrip(".")
    rules = _rules()
    if rules["long"].fullmatch(words):
        return True
    if len(words) > MAX_LINE:
        return False
    # A full stop after a few words belongs to a label; after more it closes a sentence, which a link or a tag has not.
    short = len(words.split()) <= LABEL_WORDS
    return rules["line"].fullmatch(words) is not None or (
        short and stripped != words and rules["line"].fullmatch(stripped) is not None
    )
