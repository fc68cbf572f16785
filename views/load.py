"""Load: articles from pasted text, files, an address or the samples; their analysis with its progress; what went wrong.

What is loaded stays in this visitor's session: nobody else sees it, and it is gone when the window is closed.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from analysis import loading
from analysis.model import UNKNOWN_SOURCE, Article
from analysis.written import capital
from views import layout, load_files, loaded, samples, state, work
from views.words import count, join_markup, markup, number_word, plain, show

FIRST_DAY = date(1600, 1, 1)  # there were no newspapers before
PASTED = 400_000  # characters in the box; a long book chapter
WAYS = ("Paste", "Files", "Address", "Samples")
NAME = 60  # characters of the name of a load
PROBLEMS_SHOWN = 50
BOXES = ("pasted", "pasted-source", "pasted-title", "files-source")


def paste() -> None:
    with st.form("paste", border=False):
        text = st.text_area(
            "Article",
            height=260,
            max_chars=PASTED,
            key="pasted",
            placeholder="Paste one article, headline first, as you copied it from the page.",
            help=f"Up to {PASTED:,} characters. Comment forms, share bars and other things that are not the article "
            "are taken out, and Read lists them.",
        )
        left, middle, right = st.columns([5, 5, 3])
        source = left.text_input("Source", key="pasted-source", placeholder="If the text does not say")
        title = middle.text_input("Headline", key="pasted-title", placeholder="If it is not in the text")
        published = right.date_input("Day", None, FIRST_DAY, format="YYYY-MM-DD", key="pasted-day")
        if st.form_submit_button("Analyse", type="primary"):
            if not text.strip():
                st.warning("The box is empty. Paste an article first.")
            else:
                article = loading.from_text(text, source=source, title=title, published=published)
                begin(article.title or "Pasted text", [article])


def files() -> None:
    found = load_files.chosen()
    if found is not None:
        begin(*found)


def address() -> None:
    with st.form("address", border=False):
        url = st.text_input(
            "Address",
            key="url",
            placeholder="https://…",
            help="The page is fetched once, from this computer. Only public web pages: http and https.",
        )
        if st.form_submit_button("Fetch and analyse", type="primary"):
            try:
                with st.spinner("Fetching the page…"):
                    article = loading.fetch(url)
            except loading.LoadError as error:
                st.error(plain(str(error)))
            else:
                begin(article.title or url, [article])


def sample_stories() -> None:
    show(
        '<div class="prose"><p>{words}</p></div>',
        words=f"{capital(number_word(len(samples.stories())))} stories, each told by three or four invented newspapers "
        "with their own manners.",
    )
    with st.container(key="differences"):
        for story, name in samples.stories().items():
            if st.button(plain(name), key=f"story:{story}", type="tertiary"):
                open_corpus(f"{state.SAMPLES}/{story}")


def begin(name: str, articles: list[Article]) -> None:
    """Queue articles; the next run works on them. What holds no text is no article: it is told, and not counted."""
    if not articles:
        st.warning("There is no article in this. Choose another file, or another column for the text.")
        return
    readable = [article for article in articles if article.text.strip()]
    refused = [(article.id, problem) for article in articles if not article.text.strip() for problem in told(article)]
    if not readable:
        with st.container(key="refused"):
            layout.empty("Nothing could be read.", "Choose another file or column, or paste the text of the article.")
            listed(refused)
        return
    st.session_state["job"] = work.Job(textwrap.shorten(name, NAME, placeholder=" …"), readable)
    st.session_state["refused"] = refused
    st.rerun()


def told(article: Article) -> tuple[str, ...]:
    return article.problems or ("There is no text in it.",)


def listed(problems: Sequence[tuple[str, str]]) -> None:
    """What went wrong, and where, unless the problem names the file itself."""
    lines = [
        markup("<li><b>{id}</b> {problem}</li>", id="" if name.partition("#")[0] in problem else name, problem=problem)
        for name, problem in problems
    ]
    show('<ul class="removed">{lines}</ul>', lines=join_markup(lines))


def go_on(job: work.Job) -> None:
    """Work on the queue. A click on Stop interrupts the run, and what is done is kept."""
    if job.left and not st.session_state.get("stop"):
        bar = st.progress(job.part(), text=" ")
        st.button(
            "Stop here and keep what is done", on_click=lambda: st.session_state.update(stop=True), key="stop-job"
        )

        def reached(part: float = 0.0) -> None:
            article = job.articles[job.done]
            title = plain((article.title or article.id)[:60])
            size = f" ({len(article.text):,} characters)" if len(article.text) > work.LONG else ""
            bar.progress(job.part(part), text=f"Article {job.done + 1} of {len(job.articles)}: {title}{size}")

        for _ in job.steps(reached):
            reached()
    st.session_state.pop("job")
    st.session_state.pop("stop", None)
    if not job.reports:
        st.info("Stopped before the first article was done, so nothing was kept.")
        return
    for box in BOXES:  # ready for the next articles; the text is on Read
        st.session_state[box] = ""
    st.session_state["pasted-day"] = None
    st.session_state["file-loads"] = st.session_state.get("file-loads", 0) + 1
    st.session_state["arrived"] = (f"Loaded: {job.name}", job.done, len(job.articles))
    choice = state.keep(job.name, job.reports, job.flattener.tables())
    st.session_state["carried"] = {"story": choice}  # whatever page is opened next shows all that was loaded
    st.rerun()


def arrived() -> None:
    """What the last load brought, its problems, and the way on."""
    title, done, of = st.session_state["arrived"]
    whole = state.corpus(state.MINE)
    flat = whole.tables
    new = flat.articles.tail(done)  # loads lie in the order in which they came
    marks = int(flat.findings["article"].isin(new["article"]).sum())
    words = f"{brought(new)}, {count(marks, 'mark')}."
    if done < of:
        words += f" You stopped it; {count(of - done, 'article')} were left out."
    if done < len(flat.articles):
        words += f" With what you loaded before: {brought(flat.articles)}."
    if UNKNOWN_SOURCE in flat.sources:
        words += " Articles that name no source are taken for one source, “unknown”. To compare them, write their "
        words += f"sources under “{loaded.TITLE}” below."
    show('<div class="arrived" role="status"><h2>{title}</h2><p>{words}</p></div>', title=title, words=words)
    with st.container(horizontal=True, key="onwards"):
        if st.button("Read it" if done == 1 else "Read the first", type="primary", key="onwards-read"):
            state.go_to("views/read.py", story=state.MINE, article=str(new["article"].iloc[0]))
        if len(flat.sources) > 1 and st.button("Compare the sources", key="onwards-compare"):
            open_corpus(state.MINE, "views/compare.py")
        several = 1 < len(flat.articles) <= state.AS_ONE and len(flat.sources) > 1
        if several and st.button("Line them up, fact by fact", key="onwards-event"):
            state.go_to("views/events.py", story=state.MINE, event=state.ALL)
        if st.button("See the overview", key="onwards-overview"):
            open_corpus(state.MINE)
    found = flat.problems[flat.problems["article"].isin(new["article"])].head(PROBLEMS_SHOWN)
    called = state.article_labels(whole, new)
    problems = list(st.session_state.get("refused", ()))
    for article, problem in zip(found["article"], found["problem"], strict=True):
        of_file = article.partition("#")[0] in problem  # what is said of a file is not the first article's
        problems.append((article if of_file else called[article], problem))
    if problems:
        with st.expander(f"What went wrong or needs a look: {len(problems)}", expanded=True):
            listed(problems)


def brought(articles: pd.DataFrame) -> str:
    return f"{count(len(articles), 'article')} from {count(articles['source'].nunique(), 'source')}"


def open_corpus(choice: str, page: str = "views/overview.py") -> None:
    state.go_to(page, story=choice)


layout.head(
    "Your own articles",
    "Load articles",
    "Paste one, choose files, or name an address. They stay in this window and are gone when you close it.",
)
with st.container(key="load-sheet"):
    if "job" in st.session_state:
        go_on(st.session_state["job"])
    if "arrived" in st.session_state:
        arrived()
    way = st.segmented_control(
        "From where", WAYS, default="Paste", required=True, key="way", label_visibility="collapsed", bind="query-params"
    )
    {"Paste": paste, "Files": files, "Address": address, "Samples": sample_stories}[way or "Paste"]()
    if "job" not in st.session_state:
        loaded.shelf()
