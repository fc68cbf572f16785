"""One text in, one `Article` out: normalised, cleaned, its title first, its publisher and day read from what it states."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

from analysis.loading import cleaning, markup, publisher, rules
from analysis.loading.cleaning import Line
from analysis.loading.dates import read_date
from analysis.loading.encoding import mend_surrogates
from analysis.loading.publisher import Credit, Rank
from analysis.model import UNKNOWN_SOURCE, Article

BYLINE_END = 2  # lines from the end in which a writer may sign
LAST_SOURCE_LINES = 3  # lines from the top in which “Source: …” is the publisher and not the credit of a table


def from_text(
    text: str,
    *,
    id: str = "",
    title: str = "",
    source: str = "",
    published: date | None = None,
    url: str = "",
    clean: bool = True,
) -> Article:
    """An article from text or from the markup of a page.

    With `clean`, the text is brought to one form (NFC, plain blanks, `\\n`), lines that are not the article are taken
    out and listed in `removed`, and the title becomes its first paragraph. Without, the text is taken to the character;
    its publisher is read all the same. What the caller states (title, source, published, url) goes before what the text
    states. An empty id becomes one made from the content, the same in every run.
    """
    text, problems = mend_surrogates(text)
    title, source, url = (" ".join(mend_surrogates(value)[0].split()) for value in (title, source, url))
    if not clean:
        found = _plain(text, title, source, published)
        article = Article("", text, source or found.source, title, published or found.published, url)
    else:
        article = (
            _page(text, title, source, published, url)
            if markup.looks_like_html(text)
            else _plain(text, title, source, published)
        )
        article = replace(article, url=url or article.url)
        if not article.text:
            problems = (*problems, "Nothing that could be an article is left in the text.")
    return replace(
        article,
        id=id or content_id(article),
        source=article.source or UNKNOWN_SOURCE,
        problems=(*article.problems, *problems),
    )


def content_id(article: Article) -> str:
    """An id that the content alone decides, for texts that come without one."""
    parts = "\0".join((article.source, article.title, article.text))
    return hashlib.sha256(parts.encode("utf-8", "replace")).hexdigest()[:12]


def _page(text: str, title: str, source: str, published: date | None, url: str) -> Article:
    page = markup.read(text)
    article = _plain(page.text, title or page.title, source or page.source, published or page.published)
    if article.source in ("", UNKNOWN_SOURCE):
        stated = [credit for block in page.removed if (credit := publisher.copyright_line(block)) and credit.name]
        article = replace(article, source=stated[0].name if stated else page.hint)
    return replace(
        article, url=page.url, removed=(*article.removed, *page.removed), problems=(*article.problems, *page.problems)
    )


def _plain(text: str, title: str, source: str, published: date | None) -> Article:
    text, tags = cleaning.strip_tags(text)
    lines = cleaning.split(cleaning.spread(cleaning.normalise(text)))
    stated = {line.number: credit for line in lines if line.text and (credit := _anywhere(line.text))}
    kept, removed = cleaning.strip_furniture(lines, set(stated))
    credits = _credits(kept, stated)
    gone = {line.number for line, credit in credits if credit.furniture}
    removed += [line for line in kept if line.number in gone]
    kept = [line for line in kept if line.number not in gone]
    kept, inline, removed_inline = _inline(kept)
    removed += removed_inline
    title, kept, repeats = cleaning.place_title(kept, cleaning.normalise(title))
    removed += repeats
    best = min(
        (*(credit for _, credit in credits), *inline, *_agencies(kept, title)),
        key=lambda c: c.rank if c.name else 99,
        default=None,
    )
    removed.sort(key=lambda line: line.number)
    days = (published, _day(removed), best.published if best else None)
    return Article(
        "",
        cleaning.join(kept),
        source or (best.name if best else ""),
        title,
        next((day for day in days if day), None),
        removed=tuple(tags) + tuple(line.text for line in removed),
    )


def _anywhere(line: str) -> Credit | None:
    return publisher.copyright_line(line) or publisher.source_line(line, at_top=False)


def _credits(kept: list[Line], stated: dict[int, Credit]) -> list[tuple[Line, Credit]]:
    """The lines that credit a publisher, where they stand in a place for it."""
    filled = [line for line in kept if line.text]
    found: list[tuple[Line, Credit]] = []
    for place, line in enumerate(filled):
        from_end = len(filled) - 1 - place
        credit = stated.get(line.number)
        if credit and credit.rank is Rank.SOURCE_LINE and place < LAST_SOURCE_LINES:
            credit = publisher.source_line(line.text, at_top=place == 0)
        elif credit and credit.rank is Rank.SOURCE_LINE:
            after = [near for near in filled[place + 1 :] if near.number not in stated]
            if any(cleaning.is_prose(near.text) for near in after):
                credit = None
        if not credit and (place < publisher.TOP or from_end < BYLINE_END):
            credit = publisher.byline(line.text)
        if not credit and len(filled) > 1 and (place < 4 or from_end < BYLINE_END):
            credit = publisher.masthead(line.text)
        if credit:
            found.append((line, credit))
    return found


def _inline(kept: list[Line]) -> tuple[list[Line], list[Credit], list[Line]]:
    """“(Source: IZ)” at the end of the last paragraph goes; the rest of the paragraph stays."""
    for place in range(len(kept) - 1, -1, -1):
        line = kept[place]
        if not line.text:
            continue
        if found := publisher.inline_source(line.text):
            rest, credit = found
            removed = Line(line.number, line.text[len(rest) :].strip())
            return [*kept[:place], Line(line.number, rest), *kept[place + 1 :]], [credit], [removed]
        break
    return kept, [], []


def _agencies(kept: list[Line], title: str) -> list[Credit]:
    filled = [line.text for line in kept if line.text and not (title and cleaning.same(line.text, title))]
    found = [credit for line in filled[: publisher.TOP] if (credit := publisher.agency_in(line))]
    if filled and (credit := publisher.agency_at_end(filled[-1])):
        found.append(credit)
    return found[:1]


def _day(removed: list[Line]) -> date | None:
    for line in removed:
        words = rules.bare(line.text)
        if rules.is_kind(line.text, "date"):
            words = (
                words.split(":", 1)[1]
                if ":" in words.split(" ")[0] or ": " in words
                else words.partition(" ")[2].removeprefix("on ")
            )
        elif not rules.is_kind(line.text, "top-date"):
            continue
        if day := read_date(words.strip())[0]:
            return day
    return None
