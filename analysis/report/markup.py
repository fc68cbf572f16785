"""Text and attributes come in, HTML goes out. Everything is escaped unless this module made it.

Headlines, names and articles are other people's words. `h` escapes each text it is given, so a headline with a script
tag in it stays a headline; there is no way to put raw HTML in but `Markup`, which only this package makes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape

# What neither UTF-8 nor HTML can carry: lone surrogates and control characters other than tab and line ends.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_VOID = frozenset({"br", "hr", "meta"})
_DRAWN = frozenset({"rect", "line", "path"})  # in a drawing an element is open until it is closed


class Markup(str):
    """HTML that is already escaped."""

    __slots__ = ()


Child = str | int | None | Iterable["Child"]


def h(tag: str, /, *children: Child, **attributes: str | int | bool | None) -> Markup:
    """An element. `class_` stands for class, `aria_label` for aria-label; None and False leave an attribute out."""
    written = "".join(
        f" {_name(key)}" if value is True else f' {_name(key)}="{text(str(value))}"'
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if tag in _DRAWN:
        return Markup(f"<{tag}{written}/>")
    return Markup(f"<{tag}{written}>" if tag in _VOID else f"<{tag}{written}>{join(children)}</{tag}>")


def join(children: Iterable[Child]) -> Markup:
    """Children one after the other: texts escaped, `Markup` as it is, None left out, lists opened."""
    parts: list[str] = []
    for child in children:
        if isinstance(child, Markup):
            parts.append(child)
        elif isinstance(child, str | int):
            parts.append(text(str(child)))
        elif child is not None:
            parts.append(join(child))
    return Markup("".join(parts))


def table(
    class_: str, heads: Sequence[str], rows: Iterable[Sequence[Child]], *, columns: Mapping[int, str] | None = None
) -> Markup:
    """A table whose rows begin with their header. `columns` gives classes to columns; narrow screens show `heads` again
    before each cell, because a table does not fit there.
    """
    classes = columns or {}
    body = [
        h(
            "tr",
            h("th", row[0], scope="row"),
            [
                h("td", cell, class_=classes.get(place), data_label=head)
                for place, (head, cell) in enumerate(zip(heads[1:], row[1:], strict=True), 1)
            ],
        )
        for row in rows
    ]
    head = [h("th", name, scope="col", class_=classes.get(place)) for place, name in enumerate(heads)]
    return h("table", h("thead", h("tr", head)), h("tbody", body), class_=class_)


def text(words: str) -> Markup:
    """`words` as HTML text that shows them; what cannot be shown becomes the replacement character."""
    return Markup(escape(_UNPRINTABLE.sub("\ufffd", words)))


def number(value: float, digits: int = 1, *, sign: bool = False) -> str:
    """A number as people write it: a real minus sign, thousands parted, no “−0.0”."""
    shown = f"{value:+,.{digits}f}" if sign else f"{value:,.{digits}f}"
    if not any(digit in shown for digit in "123456789"):
        shown = shown.lstrip("+-")
    return shown.replace("-", "−")


def counted(n: int, one: str, many: str = "") -> str:
    """“1 article”, “3,100 words”."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def day(when: date | None) -> str:
    """“7 February 2022”; nothing where there is no date."""
    return f"{when.day} {when:%B %Y}" if when else ""


def capital(words: str) -> str:
    """`words` with a capital in front, the rest as it is."""
    return words[:1].upper() + words[1:]


def listed(words: list[str]) -> str:
    """“a, b and c”."""
    return " and ".join([*([", ".join(words[:-1])] if len(words) > 1 else []), *words[-1:]])


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")
