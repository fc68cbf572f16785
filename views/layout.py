"""The words around what a page shows: its head, the heads of its sections and the links to them, rows of facts, and
what stands where there is nothing to show."""

from __future__ import annotations

from typing import NoReturn

import streamlit as st

from views import state
from views.words import join_markup, markup, show


def head(kicker: str, title: str, standfirst: str = "") -> None:
    """The head of a page, set like the head of an article."""
    show(
        '<header class="head"><p class="kicker">{kicker}</p><h1>{title}</h1>'
        '<p class="standfirst">{standfirst}</p></header>',
        kicker=kicker,
        title=title,
        standfirst=standfirst,
    )


def section(title: str, note: str = "", part: str = "") -> None:
    """The head of a part of a page; `part` is its name for the links of `contents`."""
    place = markup(' id="part-{part}"', part=part) if part else markup("")
    show('<div class="section"{place}><h2>{title}</h2><p>{note}</p></div>', place=place, title=title, note=note)


def contents(named: dict[str, str]) -> None:
    """Links to the parts of a long page, by the names that they have in `section`."""
    links = [markup('<a href="#part-{part}">{name}</a>', part=part, name=name) for part, name in named.items()]
    show('<nav class="contents" aria-label="On this page">{links}</nav>', links=join_markup(links))


def empty(title: str, what_next: str) -> None:
    """An empty state: what is missing and what to do next."""
    show('<div class="empty"><h3>{title}</h3><p>{next}</p></div>', title=title, next=what_next)


class Ended(Exception):
    """A page has said all that it has to say; the foot comes next, which `st.stop` would leave out."""


def end() -> NoReturn:
    """Say no more on this page."""
    raise Ended


def nothing(title: str, what_next: str) -> NoReturn:
    """An empty page: what is missing, what to do next, and the way out where filters left nothing; it ends here."""
    empty(title, what_next)
    if state.filtered():
        st.button("Switch the filters off", key="unfilter", on_click=state.unfilter)
    end()


def facts(pairs: list[tuple[str, str]]) -> None:
    """A row of small facts, the number above its name."""
    items = [markup("<div><dt>{name}</dt><dd>{value}</dd></div>", name=n, value=v) for n, v in pairs]
    show('<dl class="facts">{items}</dl>', items=join_markup(items))
