"""What a reader clicks: every page opened twice, and every kind of thing on it.

A generator for each page yields what is about to be done and how; whatever has to be in place before (a menu opened, a
word written) is done before it yields, and is not timed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from analysis.written import KIND_PLURALS, capital

DOUBT = capital(KIND_PLURALS["hedge"])  # as pages call that kind of mark
Act = tuple[str, Callable[[], Any]]  # in words, and what does it
READY = 240_000  # ms: a first visitor of a large corpus waits long
OPENS = 200  # milliseconds in which a menu opens
ANSWER = 20_000  # milliseconds that a click may take; the slowest known takes six seconds

# Titles of the pages and their addresses, as a reader might walk through them.
PAGES = {
    "Read": "read", "Compare": "compare", "Same event": "events", "Actors": "actors", "Sources": "sources",
    "Search": "search", "Lexicon": "lexicon", "Load": "load", "Class": "class", "Method": "method", "Overview": "",
}  # fmt: skip


def stands(page: Any) -> None:
    """Wait until the script has run to its end and the figures in the window are drawn; others are when it is idle."""
    page.wait_for_selector(".foot", timeout=READY)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=READY)
    page.wait_for_function(
        "[...document.querySelectorAll('[class*=\"-place\"]')]"
        ".every(one => one.querySelector('[data-drawn]') || one.getBoundingClientRect().top > innerHeight)",
        timeout=READY,
    )


# Counts the runs of the script that have ended and are drawn. The state that the page shows tells too little: of a run
# that ends before a busy browser has drawn its beginning, nothing is ever seen there.
RUNS = """
(() => {
    const [FINISHED, AGAIN] = [%d, %d];
    window.runs = 0;
    const ends = (bytes) => {
        let at = 0;
        const number = () => {
            for (let found = 0, scale = 1; ; scale *= 128) {
                const byte = bytes[at++];
                found += (byte & 127) * scale;
                if (byte < 128) return found;
            }
        };
        while (at < bytes.length) {
            const tag = number(), kind = tag & 7;
            const value = kind === 0 || kind === 2 ? number() : 0;
            if (tag >> 3 === FINISHED) return value !== AGAIN;
            at += kind === 2 ? value : kind === 1 ? 8 : kind === 5 ? 4 : 0;
        }
        return false;
    };
    const drawn = () => requestAnimationFrame(() => setTimeout(() => (window.runs += 1)));
    window.WebSocket = class extends WebSocket {
        constructor(...given) {
            super(...given);
            this.addEventListener("message", ({ data }) => {
                if (data instanceof ArrayBuffer && ends(new Uint8Array(data))) drawn();
            });
        }
    };
})();
"""


def runs_counted() -> str:
    """The script with which a window counts in `window.runs` how often Streamlit's script has run to its end."""
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    number = ForwardMsg.DESCRIPTOR.fields_by_name["script_finished"].number
    return RUNS % (number, ForwardMsg.FINISHED_EARLY_FOR_RERUN)


def moved(page: Any, before: int) -> None:
    """Wait until the script has run to its end once more than `before` times."""
    page.wait_for_function("before => window.runs > before", arg=before, timeout=ANSWER)
    stands(page)


def to(page: Any, title: str) -> Callable[[], None]:
    """Opens a page by the navigation."""
    part = PAGES[title]

    def go() -> None:
        page.get_by_role("link", name=title, exact=True).first.click()
        page.wait_for_function("part => location.pathname === '/' + part", arg=part)

    return go


def chosen(page: Any, key: str, steps: int = 2, arrow: str = "ArrowDown") -> Callable[[], None]:
    """Opens a menu and goes some lines down (or up) in it; what is returned takes that line."""
    field = page.locator(f".st-key-{key} input").first
    field.scroll_into_view_if_needed()
    at = None
    while at is None:  # a page that is still being drawn closes a menu again
        field.focus()
        for _ in range(steps):
            page.keyboard.press(arrow)
        page.wait_for_timeout(OPENS)
        at = field.get_attribute("aria-activedescendant")
    return lambda: page.keyboard.press("Enter")


def radio(page: Any, name: str, key: str = "") -> Callable[[], None]:
    """Chooses one of several buttons in a row."""
    place = page.locator(f".st-key-{key}") if key else page
    return place.get_by_role("radio", name=name, exact=True).first.click  # type: ignore[no-any-return]


def mark(page: Any, key: str, number: int = 0) -> Callable[[], None]:
    """Clicks on a mark of a figure."""
    one = page.locator(f".st-key-{key} .hit").nth(number)
    one.scroll_into_view_if_needed()
    return lambda: one.dispatch_event("click", {"bubbles": True})


def button(page: Any, name: str) -> Callable[[], None]:
    """Clicks on the first button of a name."""
    return page.get_by_role("button", name=name, exact=True).first.click  # type: ignore[no-any-return]


def there(page: Any, selector: str) -> bool:
    return bool(page.locator(selector).count())


def first_of(page: Any, selector: str) -> Callable[[], None]:
    one = page.locator(selector).first
    one.scroll_into_view_if_needed()
    return one.click  # type: ignore[no-any-return]


def voices(page: Any) -> Iterator[Act]:
    """Another voice in the bar, and back."""
    yield "another voice", radio(page, "Quoted")
    yield "back to the narrator", radio(page, "Narrator")


def mark_of(page: Any, what: str, key: str) -> Iterator[Act]:
    """A mark of a figure, where it has one."""
    if there(page, f".st-key-{key} .hit"):
        yield what, mark(page, key)


# --- The pages --------------------------------------------------------------------------------------------------------


def overview(page: Any) -> Iterator[Act]:
    yield from voices(page)
    for name in ("Loaded terms", "Scare quotes", DOUBT, "Tone"):
        yield f"colour shows {name.lower()}", radio(page, name, "grid")
    yield "a difference", first_of(page, ".st-key-differences button")
    if there(page, ".st-key-margin li"):
        yield "close the margin", button(page, "Close")
    yield "a dot of the rates", mark(page, "rates-figure")
    yield "a square of the grid", mark(page, "grid-figure")
    if there(page, ".st-key-events-marked"):
        yield "mark events", first_of(page, ".st-key-events-marked label")
    yield "numbers of a figure", first_of(page, ".st-key-rates-figure-numbers summary")
    page.get_by_role("button", name="Filters", exact=True).click()
    for key, name in (("source", "source"), ("actor", "actor")):
        yield f"keep one {name}", chosen(page, key, 1)
        yield f"every {name} again", lambda: page.keyboard.press("Backspace")
    page.keyboard.press("Escape")


def read(page: Any) -> Iterator[Act]:
    yield "a mark", lambda: page.locator(".text .mark.loaded_term").first.click()
    yield "the next mark", button(page, "Next →")
    yield "the mark before", button(page, "← Previous")
    if there(page, "[class*=what-if] summary"):
        page.locator("[class*=what-if] summary").first.click()
        page.get_by_label("Instead").fill("effort")
        page.get_by_role("button", name="Try it", exact=True).first.click(trial=True)  # when it has stopped moving
        yield "what if, the first time", button(page, "Try it")
        page.get_by_label("Instead").fill("matter")
        yield "what if", button(page, "Try it")
    yield "close the mark", button(page, "Close")
    yield "fact or not, the first time", first_of(page, ".st-key-certainty label")
    yield "facts no more", first_of(page, ".st-key-certainty label")
    yield "entries that fired", first_of(page, ".st-key-fired summary")
    yield "another article", chosen(page, "article", 3)


def compare(page: Any) -> Iterator[Act]:
    yield from voices(page)
    yield "colour shows loaded terms", radio(page, "Loaded terms", "compare-grid")
    yield "a square", mark(page, "compare-figure", 12)
    yield "another actor", chosen(page, "whom")
    yield "another pair of sources", chosen(page, "gap-b", 2, "ArrowUp")
    yield "words of doubt in the gap", radio(page, DOUBT, "gap-kind")
    yield "a bar of the gap", mark(page, "compare-gap")
    yield from mark_of(page, "a name", "compare-naming")


def events(page: Any) -> Iterator[Act]:
    yield "another event", chosen(page, "event")
    if there(page, "[class*=st-key-more] button"):
        yield "more of it", first_of(page, "[class*=st-key-more] button")
    yield "all sentences as a table", first_of(page, ".st-key-lined-table summary")


def actors(page: Any) -> Iterator[Act]:
    yield from voices(page)
    yield "another actor", chosen(page, "who")
    yield "a dot of its tone", mark(page, "actor-tone")
    yield from mark_of(page, "a name", "actors-naming")
    yield from mark_of(page, "its verbs", "actor-verbs")


def sources(page: Any) -> Iterator[Act]:
    yield from voices(page)
    yield "another source", chosen(page, "outlet")
    yield "compared with another", chosen(page, "other")
    yield "a word of its own", mark(page, "source-words")
    yield "a part of the voices", mark(page, "source-voices")


def search(page: Any) -> Iterator[Act]:
    yield "one more source on a side", chosen(page, "words-a", 1)
    page.keyboard.press("Escape")
    yield "numbers of every word", first_of(page, ".st-key-every-word-numbers summary")
    yield "a word of two sources", mark(page, "every-word")
    page.locator(".st-key-q input").fill("")
    page.keyboard.press("Enter")
    page.locator(".st-key-offered button").first.wait_for()
    yield "a word that is offered", first_of(page, ".st-key-offered button")
    for word in ("said", "regim*", "war"):
        page.locator(".st-key-q input").fill(word)
        yield f"search for {word}", lambda: page.keyboard.press("Enter")
    yield "in all its forms", first_of(page, ".st-key-forms label")
    yield "in quoted words", radio(page, "Quoted", "heard")
    yield "in any voice again", radio(page, "Any", "heard")
    yield "in another order", chosen(page, "order")
    if there(page, ".st-key-more-lines button"):
        yield "more lines", first_of(page, ".st-key-more-lines button")
    yield "as a table", first_of(page, ".st-key-lines-table summary")


def lexicon(page: Any) -> Iterator[Act]:
    yield "another list", radio(page, DOUBT, "list")
    page.locator(".st-key-lexicon-search input").fill("doubt")
    yield "search in it", lambda: page.keyboard.press("Enter")
    yield "the actors", radio(page, "Actors", "lexicon-look")


def load(page: Any) -> Iterator[Act]:
    yield "another way in", radio(page, "Samples", "way")


def nothing(page: Any) -> Iterator[Act]:
    yield from ()


CLICKS: dict[str, Callable[[Any], Iterator[Act]]] = {
    "Read": read, "Compare": compare, "Same event": events, "Actors": actors, "Sources": sources, "Search": search,
    "Lexicon": lexicon, "Load": load, "Class": nothing, "Method": nothing, "Overview": overview,
}  # fmt: skip


def every(page: Any) -> Iterator[tuple[str, str, Callable[[], Any]]]:
    """All of it on an opened Overview: page, what, and what does it."""
    for what, act in overview(page):
        yield "Overview", what, act
    for title in CLICKS:
        yield title, "opened the first time" if title != "Overview" else "opened again", to(page, title)
        if title != "Overview":
            for what, act in CLICKS[title](page):
                yield title, what, act
    for title in CLICKS:
        yield title, "opened again", to(page, title)
