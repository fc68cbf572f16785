"""Load: articles from pasted text, files, an address or the samples; their analysis with its progress; what went wrong.

What is loaded stays in this visitor's session: nobody else sees it, and it is gone when the window is closed.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import streamlit as st

from analysis import loading
from analysis.loading.columns import FIELDS
from analysis.loading.files import KINDS, TABLES
from analysis.model import UNKNOWN_SOURCE, Article
from analysis.written import capital
from views import layout, samples, state, work
from views.words import count, join_markup, markup, number_word, plain, show

PASTED = 400_000  # characters in the box; a long book chapter
MEGABYTES = 50  # a file, as .streamlit/config.toml says too
FILES = 200  # in one go
WAYS = ("Paste", "Files", "Address", "Samples")
COLUMN_LABELS = {
    "text": "Text: the article itself",
    "id": "ID: a name for each article",
    "source": "Source: who publishes it",
    "title": "Title: its headline",
    "published": "Published: its day",
    "url": "URL: its address",
}
NO_COLUMN = "—"
PREVIEW = 3  # rows of a table, to choose its columns by
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
        left, right = st.columns(2)
        source = left.text_input(
            "Source", key="pasted-source", placeholder="Who published it, if the text does not say"
        )
        title = right.text_input("Headline", key="pasted-title", placeholder="If it is not in the text")
        if st.form_submit_button("Analyse", type="primary"):
            if not text.strip():
                st.warning("The box is empty. Paste an article first.")
            else:
                article = loading.from_text(text, source=source, title=title)
                begin(article.title or "Pasted text", [article])


def files() -> None:
    uploads = st.file_uploader(
        "Files",
        type=sorted(ending[1:] for ending in KINDS),
        accept_multiple_files=True,
        max_upload_size=MEGABYTES,
        key=f"files:{st.session_state.get('file-loads', 0)}",
        help=f"Text, web pages, Word, PDF: one article a file. Tables (CSV, JSON lines, Parquet): one article a row. "
        f"Up to {MEGABYTES} MB a file, {FILES} files.",
    )
    if not uploads:
        return
    if len(uploads) > FILES:
        st.warning(
            f"{len(uploads):,} files were chosen; the first {FILES} will be read. Put more of them into one table, or "
            "use `python -m analysis batch` and open the result as an archive."
        )
    columns = {}
    for upload in uploads[:FILES]:
        if KINDS.get(Path(upload.name).suffix.lower()) in TABLES:
            columns[upload.file_id] = choose_columns(upload.getvalue(), upload.name, upload.file_id)
    source = st.text_input(
        "Source", key="files-source", placeholder="Who published them, where the files do not say", width=400
    )
    if st.button("Analyse", type="primary", key="analyse-files"):
        articles: list[Article] = []
        for upload in uploads[:FILES]:
            try:
                articles += loading.from_bytes(upload.getvalue(), upload.name, columns=columns.get(upload.file_id))
            except loading.LoadError as error:
                articles.append(unreadable(upload.name, str(error)))
        begin(uploads[0].name if len(uploads) == 1 else count(len(uploads), "file"), named(articles, source))


def named(articles: list[Article], source: str) -> list[Article]:
    """The articles, those of no known source given that source."""
    known = " ".join(source.split()) or UNKNOWN_SOURCE
    return [replace(one, source=known) if one.source == UNKNOWN_SOURCE else one for one in articles]


def choose_columns(data: bytes, name: str, key: str) -> loading.Columns | None:
    """The column chooser of a table, with our guess chosen; None where the table cannot be read."""
    try:
        preview = loading.read_table(data, name)
    except loading.LoadError as error:
        st.error(plain(str(error)))
        return None
    names = [str(column) for column in preview.columns]
    guess = loading.guess_columns(names)
    with st.container(border=True):
        show('<p><b>{name}</b> <span class="quiet">Which column holds what?</span></p>', name=name)
        boxes = st.columns(3)
        chosen = {}
        for i, field in enumerate(FIELDS):
            guessed = getattr(guess, field)
            options = names if field == "text" else [NO_COLUMN, *names]
            chosen[field] = boxes[i % 3].selectbox(
                COLUMN_LABELS[field],
                options,
                index=options.index(guessed) if guessed in options else None if field == "text" else 0,
                placeholder="Choose the text",
                key=f"column:{key}:{field}",
            )
        st.dataframe(preview.head(PREVIEW), hide_index=True, key=f"preview:{key}")
    return loading.Columns(**{f: "" if c in (None, NO_COLUMN) else c for f, c in chosen.items()})


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


def unreadable(name: str, problem: str) -> Article:
    return Article(id=name, text="", source=UNKNOWN_SOURCE, title="", problems=(problem,))


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
    st.session_state["file-loads"] = st.session_state.get("file-loads", 0) + 1
    st.session_state["arrived"] = (job.name, job.done, len(job.articles))
    choice = state.keep(job.name, job.reports, job.flattener.tables())
    st.session_state["carried"] = {"story": choice}  # whatever page is opened next shows all that was loaded
    st.rerun()


def arrived() -> None:
    """What the last load brought, its problems, and the way on."""
    name, done, of = st.session_state["arrived"]
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
        words += " Articles that name no source are taken for one source, “unknown”. To compare them, load them again "
        words += "with a source written beside them."
    show(
        '<div class="arrived" role="status"><h3>{title}</h3><p>{words}</p></div>', title=f"Loaded: {name}", words=words
    )
    with st.container(horizontal=True, key="onwards"):
        if st.button("Read it" if done == 1 else "Read the first", type="primary", key="onwards-read"):
            state.go_to("views/read.py", story=state.MINE, article=str(new["article"].iloc[0]))
        if len(flat.sources) > 1 and st.button("Compare the sources", key="onwards-compare"):
            open_corpus(state.MINE, "views/compare.py")
        if st.button("See the overview", key="onwards-overview"):
            open_corpus(state.MINE)
    found = flat.problems[flat.problems["article"].isin(new["article"])].head(PROBLEMS_SHOWN)
    called = state.article_labels(whole, new)
    problems = [*st.session_state.get("refused", ()), *zip(found["article"].map(called), found["problem"], strict=True)]
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
    "Paste one, drop a folder’s worth, or name an address. They stay in this window and are gone when you close it.",
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
