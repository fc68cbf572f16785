"""Text and attributes come in, HTML goes out. Everything is escaped unless this module made it.

Headlines, names and articles are other people's words. `h` escapes each text it is given, so a headline with a script
tag in it stays a headline; there is no way to put raw HTML in but `Markup`, which only this package makes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path

# What neither UTF-8 nor HTML can carry: lone surrogates and control characters other than tab and line ends.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
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


def document(title: str, styles: Sequence[Path], *body: Child) -> str:
    """A whole page that stands by itself: it asks for nothing from outside and runs no script."""
    style = "\n".join(file.read_text(encoding="utf-8") for file in styles)
    head = h(
        "head",
        h("meta", charset="utf-8"),
        h("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        h("meta", name="viewport", content="width=device-width, initial-scale=1"),
        h("meta", name="color-scheme", content="light dark"),
        h("meta", name="referrer", content="no-referrer"),
        h("title", title),
        Markup(f"<style>\n{style}</style>"),
    )
    return f"<!doctype html>\n{h('html', head, h('body', body), lang='en')}\n"


def text(words: str) -> Markup:
    """`words` as HTML text that shows them; what cannot be shown becomes the replacement character."""
    return Markup(escape(_UNPRINTABLE.sub("\ufffd", words)))


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")
