"""One text in, one `Article` out: normalised, cleaned, title first, publisher and day as the text states them."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import date

from analysis.loading import bylines, cleaning, datelines, glued, markup, publisher, rules
from analysis.loading.cleaning import Line
from analysis.loading.credits import Credit, Rank
from analysis.loading.dates import read_date
from analysis.loading.encoding import mend_surrogates
from analysis.model import UNKNOWN_SOURCE, Article

TOP = 6  # lines that are not blank, from the top, in which bylines and datelines stand
BYLINE_END = 2  # lines from the end in which a writer may sign
WRITERS = Credit(Rank.BYLINE, "", True)  # a byline that names no paper; the paper may stand on the next line
_DATE_LABEL = re.compile(
    r"^[a-z ]+?(?: on| at)?\s*:\s*|^[a-z]+(?: published)?(?: on| at)?\s+(?=\d|[A-Z])", re.IGNORECASE
)


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
    article = (_page if markup.looks_like_html(text) else _plain)(text, title, source, published)
    if not clean:
        article = replace(article, text=text, title=title, removed=(), problems=())
    elif not article.text and not article.problems:
        problems = (*problems, "Nothing that could be an article is left in the text.")
    return replace(
        article,
        id=id or content_id(article),
        source=article.source or UNKNOWN_SOURCE,
        url=url or article.url,
        problems=(*article.problems, *problems),
    )


def content_id(article: Article) -> str:
    """An id that the content alone decides, for texts that come without one."""
    parts = "\0".join((article.source, article.title, article.text))
    return hashlib.sha256(parts.encode("utf-8", "replace")).hexdigest()[:12]


def _page(text: str, title: str, source: str, published: date | None) -> Article:
    page = markup.read(text)
    article = _plain(page.text, title or page.title, source or page.source, published or page.published)
    if not article.source:
        stated = [credit for block in page.removed if (credit := publisher.copyright_line(block)) and credit.name]
        article = replace(article, source=stated[0].name if stated else page.hint)
    return replace(
        article, url=page.url, removed=(*article.removed, *page.removed), problems=(*article.problems, *page.problems)
    )


def _plain(text: str, title: str, source: str, published: date | None) -> Article:
    text, tags = cleaning.strip_tags(text)
    text, links = cleaning.strip_links(text)
    text = cleaning.normalise(text)
    lines, glue = cleaning.split(cleaning.spread(text)), glued.rules_for(text)
    lines, told = _told(lines, glue)
    lines, pieces = glued.loosen(lines, glue)
    stated = {line.number: credit for line in lines if line.text and (credit := _anywhere(line.text))}
    kept, removed = cleaning.strip_furniture(lines, set(stated))
    removed += [*told, *pieces]
    untitled = [line for line in kept if not (title and cleaning.same(line.text, title))]
    credits = _credits(untitled, stated, titled=bool(title))
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
        removed=(*tags, *links, *(line.text for line in removed)),
    )


def _told(lines: list[Line], glue: glued.Found) -> tuple[list[Line], list[Line]]:
    """The lines without captions and notices that tell themselves, and these. A text of nothing else keeps them."""
    found = [line for line in lines if line.text and glued.is_whole(line.text, glue)]
    if not found:
        return lines, found
    gone = {line.number for line in found}
    kept = [line for line in lines if line.number not in gone]
    return (kept, found) if any(cleaning.is_prose(line.text) for line in kept) else (lines, [])


def _anywhere(line: str) -> Credit | None:
    return publisher.copyright_line(line) or publisher.source_line(line, at_top=False)


def _credits(kept: list[Line], stated: dict[int, Credit], *, titled: bool) -> list[tuple[Line, Credit]]:
    """The lines that credit a publisher or a writer, where they stand in a place for it. `titled`: below a title."""
    filled = [line for line in kept if line.text]
    prose = [place for place, line in enumerate(filled) if line.number not in stated and cleaning.is_prose(line.text)]
    first, last = (prose[0], prose[-1]) if prose else (len(filled), -1)
    found: list[tuple[Line, Credit]] = []
    for place, line in enumerate(filled):
        credit = stated.get(line.number)
        if credit and credit.rank is Rank.SOURCE_LINE:
            if place == 0:
                credit = publisher.source_line(line.text, at_top=True)
            elif first < place < last:  # between paragraphs it is the credit of a table or a picture
                credit = None
        at_edge = place < TOP or place >= len(filled) - BYLINE_END
        if not credit and at_edge and found and found[-1][0] is filled[place - 1] and found[-1][1] == WRITERS:
            credit = bylines.below(line.text)
        if not credit and at_edge:
            credit = bylines.read(line.text, below_story=place > first)
        if not credit and titled and place == 0 and 0 < first < TOP:
            credit = bylines.name_alone(line.text)
        if not credit and not at_edge and line.text.startswith("By ") and "," in line.text and bylines.read(line.text):
            credit = WRITERS  # of a box within the article
        if not credit and at_edge and len(filled) > 1 and (place < first or place > last):
            credit = publisher.masthead(line.text)
        if not credit and place == 0 and len(filled) > 1 and (headed := publisher.suffix(line.text)):
            headline, credit = headed
            credit = replace(credit, furniture=cleaning.same(filled[1].text, headline))
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
    found = [credit for line in filled[:TOP] if (credit := datelines.agency_in(line))]
    if filled and (credit := datelines.agency_at_end(filled[-1])):
        found.append(credit)
    return found[:1]


def _day(removed: list[Line]) -> date | None:
    """The day that a removed line states: “Published: 7 February 2022”, or the day alone."""
    for line in removed:
        words = rules.bare(line.text)
        if rules.is_kind(line.text, "date"):
            words = _DATE_LABEL.sub("", words)
        elif not rules.is_kind(line.text, "top-date"):
            continue
        if day := read_date(words)[0]:
            return day
    return None
