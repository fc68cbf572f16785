"""Read: one article with its marks, and beside it the evidence for the mark that was chosen.

The address carries the article and the place of the mark (`?article=…&mark=…`), so a link opens the same words.
"""

from __future__ import annotations

import streamlit as st

from analysis import framing
from analysis.lexicon.own import using
from analysis.model import Finding, Report, Span
from analysis.serialise import name_of, names_of
from analysis.written import category, number, percent
from views import ahead, figures, handout, layout, margin, own, reader, state, what_if, work
from views.words import KIND_PLURALS, VOICE_NAMES, count, day, join_markup, listing, markup, plain, show

SHEET = "sheet"  # key of the component
FEW = 60  # articles among which the other tellings of an event are found while nobody notices
TELLINGS = 8  # of the same story, as links; more are a list of their own, on Same event
CAUTIONS = 2  # before the text; further ones are below it
DIGITS = 12  # of a place in the address; Python refuses to read a number of thousands
OFFERED = 1_000  # articles in the menu; ten times as many take the browser seconds to hold


def choose_article(ids: list[str]) -> str:
    """The article switcher; the address says which article it shows."""
    wanted = st.query_params.get("article", "")
    if wanted not in ids:
        # Where the address names none, the browser's “back” leads to the one that was opened without a name.
        kept = st.session_state.get("unnamed" if st.session_state["stays"] else "article")
        wanted = st.session_state["unnamed"] = kept if kept in ids else first_of(ids)
    st.session_state["article"] = wanted
    at = ids.index(wanted)
    first = max(0, min(at - OFFERED // 2, len(ids) - OFFERED))
    labels = state.article_labels(selection.corpus, selection.tables.articles.iloc[first : first + OFFERED])
    note = f"The {OFFERED:,} around this one, of {len(ids):,}. Search finds the others."
    return st.session_state["bar"].selectbox(
        "Article",
        list(labels),
        format_func=labels.__getitem__,
        key="article",
        on_change=lambda: go(st.session_state["article"]),
        help=note if len(ids) > OFFERED else None,
    )


def first_of(ids: list[str]) -> str:
    """The article to open with: of the samples the one that Overview leads to, which has many marks to show."""
    if selection.corpus.invented and not selection.corpus.own_lists:
        told = state.measure(framing.furthest_apart, top=ahead.HEADLINES)
        if len(told):
            return str(told["article"].iloc[-1])
    return ids[0]


def go(article: str, start: int | None = None) -> None:
    """Show an article, at a mark if a place is given."""
    st.query_params["article"] = article
    if start is None:
        forget_mark()
    else:
        st.query_params["mark"] = str(start)


def forget_mark() -> None:
    st.query_params.pop("mark", None)


def chosen_mark(report: Report) -> int | None:
    """The index of the finding at the place that the address names."""
    place = st.query_params.get("mark", "")
    finding = reader.finding_at(report, int(place)) if place.isdecimal() and len(place) < DIGITS else None
    return None if finding is None else report.findings.index(finding)


def choose_mark(report: Report, index: int | None) -> None:
    if index is None:
        forget_mark()
    else:
        st.query_params["mark"] = str(report.findings[index].span.start)


def from_sheet() -> None:
    """A click or a key in the article."""
    value = st.session_state[SHEET].get("mark")
    choose_mark(report, None if value is None else int(value))


def byline(report: Report) -> None:
    article = report.article
    pieces = [markup("<b>{source}</b>", source=article.source)]
    if article.published:
        pieces.append(markup("{day}", day=day(article.published)))
    if article.url.startswith(("http://", "https://")):
        pieces.append(markup('<a href="{url}" rel="noopener noreferrer" target="_blank">the page</a>', url=article.url))
    if selection.corpus.invented:
        pieces.append(markup("{note}", note="an invented newspaper"))
    show('<p class="byline">{pieces}</p>', pieces=join_markup(pieces, " · "))


def cautions(report: Report) -> None:
    """What was hard to read in an article is said before its marks."""
    if report.problems:
        lines = [markup("<p>{line}</p>", line=problem) for problem in report.problems[:CAUTIONS]]
        show('<div class="empty" role="note">{lines}</div>', lines=join_markup(lines))


def same_story(report: Report, ids: list[str]) -> None:
    """The other tellings of a story, one click away: of a sample by its name, of few other articles by their words."""
    if selection.corpus.invented:
        story, slash, _ = report.article.id.partition("/")
        others = [i for i in ids if slash and i.startswith(f"{story}/") and i != article_id]
    elif len(ids) <= FEW:
        found = state.measure(framing.stories)
        of = found.loc[found["article"] == article_id, "story"]
        told = found[found["story"].isin(of) & (found["copy_of"] == "")]
        others = [i for i in told["article"] if i != article_id]
    else:
        return
    if not others:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="same-story", width="content"):
        show('<span class="quiet">{words}</span>', words="The same story in")
        for other in others[:TELLINGS]:
            source = selection.corpus.reports[other].article.source
            st.button(plain(source), key=f"other:{other}", type="tertiary", on_click=go, args=(other,))


def certainty(report: Report) -> tuple[Span, ...]:
    """The switch for what is told as a fact, and the places of what is not, where it is on."""
    with st.container(horizontal=True, vertical_alignment="center", key="certainty", width="content"):
        told = st.empty()  # before the switch, which so stays where it is
        on = st.toggle(
            "Fact or not",
            key="facts",
            bind="query-params",
            help="Sets in italics what the article does not tell as having happened: what may be, is wished, planned, "
            "feared, asked or denied. Read from the grammar around each verb, and right in about four of five.",
        )
        if not on or not report.article.text.strip():
            return ()
        mine = own.current()
        known = st.session_state.setdefault("facts-known", {})  # to read an article again takes longer than a click may
        at = (work.digest([report.article]), mine.key)
        if at not in known:
            with using(mine):
                known[at] = work.not_told_as_facts(report.article)
        found, events = known[at]
        with told:
            show(
                '<span class="quiet">{open} of {events} <i>in italics</i></span>',
                events=count(events, "event"),
                open=f"{len(found)}",
            )
    return found


def evidence_panel(report: Report, index: int) -> None:
    """Everything behind one mark, and the same words elsewhere; the way to the next stays where it is."""
    step_buttons(report, index)
    finding = report.findings[index]
    names = names_of(report)
    head, _ = reader.describe(finding, report)
    words, _, what = head.partition("”: ")
    voice = VOICE_NAMES[finding.voice] + (f" of {name_of(finding.speaker, names)}" if finding.speaker else "")
    sentence = next((s for s in report.sentences if s.span.start <= finding.span.start < s.span.end), None)
    pairs = [("Voice", voice), ("About", name_of(finding.target, names) or "nobody in particular")]
    if finding.kind in ("loaded_term", "scare_quote"):
        pairs.append(("Direction", f"{reader.direction(finding)} ({number(finding.valence, sign=True)})"))
    pairs.append(("How sure and strong", f"{finding.weight:.1f} of 1"))
    term = what_if.entry(finding, report)
    if term is not None:
        pairs.append(("Listed as", f"{term.term}, {category(term.category)}: {term.source}"))
    if sentence:
        pairs.append(("Its sentence reads as biased", percent(sentence.bias)))
    items = [markup("<dt>{name}</dt><dd>{value}</dd>", name=n, value=v) for n, v in pairs]
    show(
        '<section class="evidence" aria-live="polite"><p class="kicker">{what}</p><h2>{words}”</h2>'
        '<p class="reason">{reason}</p><dl>{items}</dl></section>',
        what=what,
        words=words,
        reason=finding.reason,
        items=join_markup(items),
    )
    what_if.draw(finding, report)
    elsewhere(report, finding)


def step_buttons(report: Report, index: int) -> None:
    total = len(report.findings)
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="steps"):
        st.button("← Previous", key="step-back", on_click=choose_mark, args=(report, (index - 1) % total))
        st.button("Next →", key="step-on", on_click=choose_mark, args=(report, (index + 1) % total))
        st.button("Close", key="step-close", type="tertiary", on_click=choose_mark, args=(report, None))


def elsewhere(report: Report, finding: Finding) -> None:
    """The same term in the other articles of the corpus."""
    term = finding.span.of(report.article.text)
    rows = framing.evidence(selection.corpus.tables, kind=finding.kind, term=term)
    rows = rows[~((rows["article"] == article_id) & (rows["start"] == finding.span.start))]
    if rows.empty:
        show('<p class="quiet">{words}</p>', words="No other place in these articles has this mark.")
        return
    by_source = [f"{source} {n}" for source, n in rows["source"].value_counts().items()]
    show(
        '<div class="section small"><h2>The same words elsewhere</h2><p>{words}</p></div>',
        words=f"{count(len(rows), 'place')}: {listing(by_source)}",
    )
    found = margin.by_sentence(rows, margin.SHOWN)
    key = f"elsewhere:{article_id}:{finding.span.start}"
    opened = reader.sentences([margin.line(one) for one in found], key=key)
    if opened is not None and opened < len(found):
        go(found[opened][0]["article"], int(found[opened][0]["start"]))
        st.rerun()


def own_numbers(report: Report) -> None:
    """The article's own numbers beside those of its source and of all articles, while no mark is chosen."""
    show(
        '<div class="margin-hint"><h2>In the margin</h2><p>{hint}</p></div>',
        hint="Click a marked word, or press n, to read why it is marked. Buttons above the text switch the marks off "
        "and on, for reading with your own eyes first.",
    )
    st.page_link("views/method.py", label="What the marks mean")
    whole = selection.corpus
    rows = []
    for kind in ahead.OF_AN_ARTICLE:
        every = state.measured(whole.key, whole.tables, framing.source_rates, kind=kind, voice="narrator")
        n, *rates = framing.beside(report, every)
        cells = [markup("<td>{rate}</td>", rate="–" if rate is None else f"{rate:.1f}") for rate in rates]
        rows.append(
            markup(
                "<tr><th>{kind}</th><td>{n}</td>{cells}</tr>",
                kind=KIND_PLURALS[kind],
                n=n,
                cells=join_markup(cells),
            )
        )
    show(
        '<table class="numbers"><caption>In the narrator’s voice, per 1,000 words</caption><thead><tr><th></th>'
        "<th>marks</th><th>this article</th><th>its source</th><th>all here</th></tr></thead>"
        "<tbody>{rows}</tbody></table>",
        rows=join_markup(rows),
    )
    e = report.exposure
    show(
        '<p class="quiet">{words}</p>',
        words=f"{count(e.narrator, 'word')} by the narrator, {count(e.quoted, 'quoted word')}, "
        f"{count(e.reported, 'reported word')}.",
    )


def notes(report: Report) -> None:
    """Which entries of the lexicon fired, what cleaning took out, and what went wrong."""
    fired = st.expander("Which words of the lexicon are at work here", key="fired", on_change="rerun")
    if fired.open:
        with fired:
            found = what_if.fired(report)
            if found.empty:
                layout.empty(
                    "None.", "No word of this article is marked as a loaded term. Choose another in the bar above."
                )
            else:
                figures.table(found, key="fired-table", file_name="entries.csv")
    removed = report.article.removed
    if removed:
        with st.expander(f"What cleaning took out: {count(len(removed), 'line')}"):
            show(
                '<ul class="removed">{lines}</ul>',
                lines=join_markup([markup("<li>{line}</li>", line=x) for x in removed]),
            )
    if len(report.problems) > CAUTIONS:
        with st.expander(f"All notes on this article: {len(report.problems)}"):
            show("<ul>{lines}</ul>", lines=join_markup([markup("<li>{line}</li>", line=x) for x in report.problems]))


selection = state.current()
ids = list(selection.tables.articles["article"])
if not ids:
    layout.nothing("There is no article to read.", "Choose another story in the bar above, or add articles under Load.")
article_id = choose_article(ids)
report = selection.corpus.reports[article_id]
handout.offer([report])
main, side = st.columns(margin.WIDTHS, gap="large")
with main:
    byline(report)
    cautions(report)
    with st.container(horizontal=True, vertical_alignment="center", key="read-line", horizontal_alignment="distribute"):
        same_story(report, ids)
        slanted = certainty(report)
    if report.article.text.strip():
        reader.article(report, key=SHEET, chosen=chosen_mark(report), on_choose=from_sheet, slanted=slanted)
    else:
        layout.empty(
            "This article has no text.", "What went wrong while it was loaded is said above; Load takes another try."
        )
    notes(report)
with side, st.container(key="margin"):
    mark = chosen_mark(report)
    if mark is None:
        own_numbers(report)
    else:
        with st.container(key="margin-sheet"):
            evidence_panel(report, mark)
work.meet(report.article, own.current())
