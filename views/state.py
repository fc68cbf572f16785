"""The corpus in use and what the reader has chosen of it.

Comes in: the samples that ship with the app, and the articles that this visitor loaded. Goes out: `Corpus`, the
`Selection` that the filters make of it, and measures of that selection, cached for this visitor.

Articles of a visitor live in the session state of that visitor and nowhere else; a cache that all visitors share holds
the shipped samples alone.
"""

from __future__ import annotations

import hashlib
import pickle
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from inspect import getfile, signature
from pathlib import Path
from typing import Any, NamedTuple, NoReturn
from weakref import ref

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from analysis import charts, memory, tables
from analysis.model import Report
from views import own, samples, work

SAMPLES = "samples"
MINE = "mine"
ALL = "all"  # of the selection, where an event is asked for
AS_ONE = 12  # articles that are few enough to be taken for tellings of one event
FILTERS = {"source": [], "actor": [], "since": None, "until": None}  # the keys of the filters, and each when it is off
BAR = ("story", "voice", *FILTERS)  # the keys of the bar, and their names in the address
CORPORA = 6  # kept for a visitor, those looked at last: every change of own lists makes another
LABEL = 60  # characters of an article that has no title
KEPT = 512  # measures and figures each; one page asks for about eight, `ahead` for about a hundred


@dataclass(frozen=True)
class Corpus:
    """Articles that are read together; `reports` by the article ids that the tables use."""

    key: str
    name: str
    tables: tables.Tables
    reports: Mapping[str, Report]
    invented: bool = False
    own_lists: bool = False  # read with the visitor's own words or actors, and so nobody else's business


@dataclass(frozen=True)
class Selection:
    """A corpus seen through the filters. `key` is the same exactly when the articles are."""

    corpus: Corpus
    tables: tables.Tables
    key: str
    voice: str
    actors: tuple[str, ...]


def make_corpus(
    name: str, reports: Sequence[Report], *, invented: bool = False, flat: tables.Tables | None = None
) -> Corpus:
    """Lay the reports flat, unless they are; the rows of `tables.articles` keep their order, so ids and reports meet.

    Of a visitor's own articles, where they are many, the page shows how far it is.
    """
    if flat is None:
        flat = tables.from_reports(reports if invented else work.in_sight(reports))
    if len(reports) >= work.MANY:
        memory.settle()
    by_id = dict(zip(flat.articles["article"], reports, strict=True))
    return Corpus(work.digest([r.article for r in reports]), name, flat, by_id, invented)


# --- What there is to choose from -----------------------------------------------------------------------------------


def choices() -> dict[str, str]:
    """The corpora to choose from: value in the link → name on screen."""
    found = {SAMPLES: "All sample stories"}
    found |= {f"{SAMPLES}/{story}": name for story, name in samples.stories().items()}
    loads = loaded()
    if loads:
        found[MINE] = f"Your articles ({sum(len(reports) for reports in loads.values())})"
        if len(loads) > 1:
            found |= {f"{MINE}/{name}": f"Yours: {name}" for name in loads}
    return found


def loaded() -> dict[str, list[Report]]:
    """What this visitor loaded, by the name of the load."""
    return st.session_state.setdefault("loads", {})


def keep(name: str, reports: Sequence[Report], flat: tables.Tables) -> str:
    """Keep one load for this visitor, `flat` its tables; returns the value that chooses all that was loaded."""
    loads = loaded()
    free = name
    number = 2
    while free in loads:
        free = f"{name} ({number})"
        number += 1
    loads[free] = list(reports)
    _laid()[free] = flat
    return MINE  # who loads a second article wants to see it beside the first


def put(name: str, reports: Sequence[Report]) -> None:
    """Put other reports in the place of a load; none take it away."""
    st.session_state.pop("digests", None)  # they are kept by the names of the loads
    loads = loaded()
    if reports:
        loads[name], _laid()[name] = list(reports), tables.from_reports(reports)
    else:
        del loads[name], _laid()[name]


def _laid() -> dict[str, tables.Tables]:
    """The tables of each load, as its articles were laid flat while they were read."""
    return st.session_state.setdefault("laid", {})


def _joined(part: str) -> tables.Tables | None:
    """The tables of one load, or of all; None where two loads hold an article of the same id, which gets another."""
    if part:
        return _laid()[part]
    with suppress(ValueError):
        return tables.concat(_laid().values())
    return None


def corpus(choice: str) -> Corpus:
    """The corpus behind a choice, read with the visitor's own lists; each is laid flat once a session."""
    mine = own.current()
    if not mine.key:
        return as_shipped(choice)
    name, chosen = _chosen(choice)
    key = f"{_key(choice, chosen)}+{mine.key}"

    def read_again() -> Corpus:
        made = make_corpus(name, work.again(chosen, mine), invented=choice.startswith(SAMPLES))
        return replace(made, key=key, own_lists=True)

    return _kept(key, read_again)


def as_shipped(choice: str) -> Corpus:
    """The corpus behind a choice, read with the lists that ship."""
    name, chosen = _chosen(choice)
    key = _key(choice, chosen)
    if choice.startswith(SAMPLES):
        return _shared(key, name, chosen)
    return _kept(key, lambda: make_corpus(name, chosen, flat=_joined(choice.partition("/")[2])))


def _kept(key: str, make: Callable[[], Corpus]) -> Corpus:
    """One of the visitor's CORPORA; the one that was looked at longest ago makes room."""
    made: dict[str, Corpus] = st.session_state.setdefault("corpora", {})
    made[key] = made.pop(key) if key in made else make()
    while len(made) > CORPORA:
        del made[next(iter(made))]
    return made[key]


def _chosen(choice: str) -> tuple[str, Sequence[Report]]:
    """The name and the reports behind a choice."""
    where, _, part = choice.partition("/")
    if where == SAMPLES:
        return _sample_name(part), samples.reports(part)
    loads = loaded()
    return part or "Your articles", (
        loads[part] if part else [report for reports in loads.values() for report in reports]
    )


def sample_corpus(story: str) -> Corpus:
    """The sample articles of a story, or all of them, as every visitor has them; no visitor need be there."""
    chosen = samples.reports(story)
    return _shared(work.digest([report.article for report in chosen]), _sample_name(story), chosen)


def _sample_name(story: str) -> str:
    return samples.stories().get(story, "Sample stories")


def _key(choice: str, reports: Sequence[Report]) -> str:
    """The digest of a choice's articles, worked out once a session: to read 20,000 articles takes a quarter second."""
    known: dict[tuple[str, tuple[str, ...]], str] = st.session_state.setdefault("digests", {})
    chosen = (choice, tuple(loaded()))
    if chosen not in known:
        known[chosen] = work.digest([report.article for report in reports])
    return known[chosen]


@st.cache_resource(show_spinner=False, max_entries=16)
def _shared(key: str, _name: str, _reports: Sequence[Report]) -> Corpus:
    # The samples are ours and the same for all visitors, so they are laid flat once for all of them.
    return make_corpus(_name, _reports, invented=True)


# --- What the filters leave -----------------------------------------------------------------------------------------


def select(
    whole: Corpus,
    *,
    sources: Sequence[str] = (),
    actors: Sequence[str] = (),
    since: date | None = None,
    until: date | None = None,
    voice: str = "narrator",
) -> Selection:
    """The part of a corpus that the filters keep; no choice means all. Laid out once for each set of filters."""
    wanted = (tuple(sources), tuple(actors), since, until)
    last = st.session_state.get("last_selection")
    if last is None or last[0] != (whole.key, wanted):
        kept = whole.tables.select(sources=sources or None, actors=actors or None, since=since, until=until)
        last = ((whole.key, wanted), kept)
        st.session_state["last_selection"] = last
    key = whole.key if last[1] is whole.tables else repr((whole.key, wanted))
    return Selection(whole, last[1], key, voice, tuple(actors))


def filtered() -> int:
    """How many filters are set, by hand or by the address."""
    return sum(bool(st.session_state.get(key, st.query_params.get(key))) for key in FILTERS)


def unfilter() -> None:
    """Switch all filters off; called from the callback of a button."""
    for key, off in FILTERS.items():
        st.session_state[key] = off


def narrow(articles: Sequence[str]) -> Selection:
    """For the rest of this run, the selection is these articles of it alone; laid out once for each set of them."""
    selection = current()
    key = repr((selection.key, tuple(articles)))
    last = st.session_state.get("narrowed")
    if last is None or last[0] != key:
        last = st.session_state["narrowed"] = (key, selection.tables.select(articles=articles))
    st.session_state["selection"] = replace(selection, tables=last[1], key=key)
    return current()


def go_to(page: str, *, story: str = "", event: str = "", **link: str) -> NoReturn:
    """Open a page with `link` in its address, or at an event; the bar keeps its choices, or begins with another story.

    A page change empties the address, and with it the menus that are bound to it, so their choices are carried over.
    """
    carried = {key: st.session_state[key] for key in BAR if key in st.session_state}
    st.session_state["carried"] = ({"story": story} if story else carried) | ({"event": event} if event else {})
    st.switch_page(page, query_params=link)


def hold(keys: Iterable[str] = BAR) -> None:
    """Keep choices of the bar, and their place in the address, where no widget shows them; they are forgotten else."""
    for key in keys:
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def arrive() -> None:
    """Give the bar the choices that `go_to` carried over; only before its menus are drawn can they be set."""
    for key, value in st.session_state.pop("carried", {}).items():
        st.session_state[key] = value


def in_use() -> str:
    """The choice of the story that the next page with a bar will show, or ""."""
    carried = st.session_state.get("carried", {})
    return str(carried.get("story") or st.session_state.get("story") or "")


def current() -> Selection:
    """The selection that the frame made in this run."""
    selection: Selection = st.session_state["selection"]
    return selection


def everybodys() -> bool:
    """Whether what is worked out may serve every visitor: of a visitor's own articles it may not.

    A page without a selection shows what the server itself was given to show.
    """
    selection: Selection | None = st.session_state.get("selection")
    return selection is None or (selection.corpus.invented and not selection.corpus.own_lists)


def measure(function: Callable[..., Any], **options: Any) -> Any:
    """`function(tables, **options)` of the selection in use, worked out once."""
    selection = current()
    return measured(selection.key, selection.tables, function, **options)


def measured(
    key: str, flat: tables.Tables, function: Callable[..., Any], *, shared: bool | None = None, **options: Any
) -> Any:
    """`function(flat, **options)`, worked out once; `key` names the articles in `flat`.

    `shared` says whether it may serve every visitor, where that is not to be seen from the page that is being made.
    """
    keep = _KEPT[everybodys() if shared is None else shared, _measured]
    whole = signature(function).bind(flat, **options)
    whole.apply_defaults()  # an option left out and its default are the same question
    asked = tuple(list(whole.arguments.items())[1:])
    return keep(key, _place(function), asked, function, flat)


def _place(function: Callable[..., Any]) -> str:
    """Names a function by where it stands: two may be called the same, and pages are all of one module, `__main__`."""
    return f"{getfile(function)}:{function.__qualname__}"


def _measured(
    key: str, name: str, options: tuple[tuple[str, Any], ...], _function: Callable[..., Any], _flat: tables.Tables
) -> Any:
    return _function(_flat, **dict(options))


class Drawing(NamedTuple):
    """A figure as a page needs it: its words, and without them the plain data that the browser draws."""

    title: str
    subtitle: str
    spec: dict[str, Any]


def drawn(chart: Callable[..., go.Figure], measures: Any, **options: Any) -> Drawing:
    """`chart(measures, **options)` in the theme of the browser, drawn once for the same measures."""
    of = _name_of(measures)
    keep = _KEPT[everybodys(), _drawn]
    return Drawing(*keep(of, _place(chart), tuple(sorted(options.items())), theme(), chart, measures))


def _name_of(measures: Any) -> str:
    """Names what was measured by its content, which is read once for each thing that is kept."""
    place = id(measures)
    known = _NAMED.get(place)
    if known is None or known[0]() is not measures:
        name = hashlib.sha256(pickle.dumps(measures)).hexdigest()
        known = _NAMED[place] = (ref(measures, lambda _: _NAMED.pop(place, None)), name)
    return known[1]


_NAMED: dict[int, tuple[ref[Any], str]] = {}  # frames cannot be keys, so they are found by their place in memory


def _drawn(
    of: str,
    name: str,
    options: tuple[tuple[str, Any], ...],
    in_theme: str,
    _chart: Callable[..., go.Figure],
    _measures: Any,
) -> tuple[str, str, dict[str, Any]]:
    with charts.as_data():
        title, subtitle, bare = charts.split(_chart(_measures, theme=in_theme, **dict(options)))
    return title, subtitle, bare.to_dict()


# What is worked out of the samples serves every visitor; of a visitor's own articles, that visitor alone. It is handed
# out as it is, not as a copy, so nobody may change it.
_KEPT = {
    (invented, function): st.cache_resource(
        function, scope="global" if invented else "session", max_entries=KEPT, show_spinner=False
    )
    for invented in (True, False)
    for function in (_measured, _drawn)
}


def article_labels(whole: Corpus, rows: pd.DataFrame) -> dict[str, str]:
    """How articles of a corpus are called in a menu, by their ids: source, then the title or the first words."""
    named = zip(rows["article"], rows["source"], rows["title"], strict=True)
    return {article: f"{source}: {title or _first_words(whole, article)}" for article, source, title in named}


def _first_words(whole: Corpus, article: str) -> str:
    text = whole.reports[article].article.text[: 2 * LABEL]
    return textwrap.shorten(text, LABEL, placeholder=" …") or article


def theme() -> str:
    """`dark` or `light`, whichever the browser shows."""
    return "dark" if st.context.theme.type == "dark" else "light"


def root() -> Path:
    """The folder of the app."""
    return Path(__file__).resolve().parent.parent
