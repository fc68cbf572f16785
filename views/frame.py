"""What stands around every page: the style sheet, the bar that chooses story and filters, the foot.

The bar's choices are in the address (`?story=…&source=…&actor=…&voice=…`), so a link opens what its sender saw.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

import analysis
from analysis.lexicon.own import NONE
from analysis.model import VOICES
from views import own, state
from views.words import VOICE_LABELS, count, listing, show, span

HERE = Path(__file__).resolve().parent
ICON = HERE / "icon.svg"
WORDMARK = HERE / "wordmark.svg"
BOUND = "query-params"
ACTORS_OFFERED = 200  # in the menu; a corpus of news names thousands, and the rest is mentioned once or twice

VOICE_HELP = (
    "Narrator: the source’s own words. Quoted: words inside quotation marks. Reported: what somebody said, told "
    "without marks. They are never added up."
)

# The filters that a page obeys; every page has the choice of the story.
FILTERS = {
    "Overview": ("sources", "actors", "dates", "voice"),
    "Compare": ("sources", "actors", "dates", "voice"),
    "Same event": ("sources", "dates"),
    "Search": ("sources", "actors", "dates"),
    "Actors": ("sources", "dates", "voice"),
    "Sources": ("actors", "dates", "voice"),
}


BARLESS = ("Load",)  # to choose among articles changes nothing there; what was loaded is made ready for the next page


def turn_to(page: str) -> None:
    """Note whether this run stays on the page of the run before."""
    st.session_state["stays"] = st.session_state.get("page") == page
    st.session_state["page"] = page


def dress() -> None:
    """The newspaper look that the theme alone cannot give."""
    st.html(HERE / "page.css")
    st.logo(str(WORDMARK), size="large")


def choose_corpus(page: str) -> None:
    """Draw the bar and leave the `Selection` where the pages look for it; on BARLESS pages without the bar."""
    offered = state.choices()
    state.arrive()
    if page in BARLESS:
        state.hold()
        story, voice = (st.session_state.get(key) for key in ("story", "voice"))
        whole = state.corpus(story if story in offered else next(iter(offered)))
        st.session_state["selection"] = state.select(whole, voice=voice or "narrator")
        own_note()
        own.into_address()
        return
    wanted = FILTERS.get(page, ())
    bar = st.container(horizontal=True, vertical_alignment="bottom", key="bar", gap="small")
    st.session_state["bar"] = bar  # where a page puts its own first choice
    with bar:
        story = st.selectbox(
            "Story",
            list(offered),
            format_func=offered.__getitem__,
            key="story",
            bind=BOUND,
            filter_mode=None,
            help="The articles that every page works on. Add your own under Load.",
        )
        whole = state.corpus(story)
        if "voice" in wanted:
            voice = st.segmented_control(
                "Voice",
                VOICES,
                default="narrator",
                required=True,
                format_func=VOICE_LABELS.__getitem__,
                key="voice",
                bind=BOUND,
                help=VOICE_HELP,
            )
        else:
            voice = "narrator"
        chosen = _more_filters(whole, wanted)
    own_note()
    own.into_address()
    st.session_state["selection"] = state.select(whole, voice=voice or "narrator", **chosen)


def own_note() -> None:
    """What a visitor with own lists is told on every page, with the way back."""
    mine = own.current()
    if not mine.key:
        return
    changes = [
        count(len(changed.changes), f"own {name}")
        for changed, name in ((mine.words, "word"), (mine.actors, "actor"))
        if changed.changes
    ]
    with st.container(horizontal=True, vertical_alignment="center", key="own-words-note"):
        show(
            '<p class="quiet">Read with <b>{changes}</b>. Numbers differ from those of others.</p>',
            changes=" and ".join(changes),
        )
        st.button("Back to the lists that ship", key="own-back", type="tertiary", on_click=own.use, args=(NONE,))


def _more_filters(whole: state.Corpus, wanted: tuple[str, ...]) -> dict:
    """The filters that are needed less often, behind one button that says how many are set."""
    if not set(wanted) & {"sources", "actors", "dates"}:
        return {}
    state.hold(state.FILTERS)  # a browser says nothing of menus in a box that is shut, and a new page has a new address
    chosen: dict = {}
    names = dict(list(whole.tables.actor_names.items())[:ACTORS_OFFERED])
    active = state.filtered()
    label = f"Filters ({active})" if active else "Filters"
    with st.popover(label, width=150, help="Keep some sources, actors or days only."):
        if "sources" in wanted:
            chosen["sources"] = st.multiselect(
                "Sources", whole.tables.sources, key="source", bind=BOUND, placeholder="All sources", select_all=False
            )
        if "actors" in wanted:
            chosen["actors"] = st.multiselect(
                "Actors",
                list(names),
                format_func=names.__getitem__,
                key="actor",
                bind=BOUND,
                placeholder="All actors",
                select_all=False,
                help="Keeps the articles that mention one of them, and draws these actors alone.",
            )
        if "dates" in wanted:
            days = whole.tables.articles["published"].dropna()
            if len(days):
                first, last = days.min().date(), days.max().date()
                chosen["since"] = st.date_input("From", None, first, last, key="since", bind=BOUND)
                chosen["until"] = st.date_input("To", None, first, last, key="until", bind=BOUND)
    return chosen


def sign_off() -> None:
    """The foot of every page."""
    show(
        '<footer class="foot"><span>News framing {version}</span>'
        "<span>Counts with their evidence, never a verdict.</span>"
        "<span>Nothing you load leaves this computer.</span></footer>",
        version=analysis.__version__,
    )


def standing(selection: state.Selection) -> str:
    """One line that says what is being looked at: articles, sources, days."""
    articles = selection.tables.articles
    told = [count(len(articles), "article").capitalize(), count(len(selection.tables.sources), "source")]
    days = articles["published"].dropna()
    if len(days):
        told.append(span(days.min(), days.max()))
    if selection.actors:
        names = selection.corpus.tables.actor_names
        told.append("articles that mention " + listing([names.get(a, a) for a in selection.actors], last="or"))
    return ", ".join(told)
