"""Numbers, dates, lists and kinds of marks as people write them: values in, words out, for figures, pages and paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from analysis.model import FindingKind

KIND_NAMES: Mapping[FindingKind, str] = {
    "loaded_term": "loaded term",
    "scare_quote": "scare quotes",
    "hedge": "word of doubt",
    "certainty": "word of certainty",
    "reporting_verb": "reporting verb",
}
KIND_PLURALS: Mapping[FindingKind, str] = {
    "loaded_term": "loaded terms",
    "scare_quote": "scare quotes",
    "hedge": "words of doubt",
    "certainty": "words of certainty",
    "reporting_verb": "reporting verbs",
}


def number(value: float, digits: int = 1, *, sign: bool = False) -> str:
    """A number with a real minus sign, thousands parted, no “−0.0”."""
    shown = f"{value:+,.{digits}f}" if sign else f"{value:,.{digits}f}"
    if not any(digit in shown for digit in "123456789"):
        shown = shown.lstrip("+-")
    return shown.replace("-", "−")


def percent(share: float) -> str:
    """“24 %”, “under 1 %”."""
    return "under 1 %" if 0 < share < 0.005 else f"{100 * share:.0f} %"


def count(n: float, one: str, many: str = "") -> str:
    """“1 article”, “3,100 words”."""
    return f"{n:,.0f} {one if n == 1 else many or one + 's'}"


def day(when: date | None) -> str:
    """“7 February 2022”; nothing where there is no date. Takes dates and pandas timestamps."""
    return f"{when.day} {when:%B %Y}" if when is not None and when == when else ""  # NaT differs from itself


def capital(words: str) -> str:
    """The words with a capital in front, the rest as it is."""
    return words[:1].upper() + words[1:]


def category(name: str) -> str:
    """A category of marks as people read it: without underscores, and none called as a kind of mark is."""
    return "way of saying" if name == "reporting_verb" else name.replace("_", " ")


def listing(words: Sequence[str], *, last: str = "and") -> str:
    """“a, b and c”."""
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)
