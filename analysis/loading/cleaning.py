"""Text in, the article's own lines out, with a list of every line that was taken away.

Line by line and cautious: a line goes only where it is clearly furniture of a page. The rules stand in
`cleaning_rules.tsv`; this module knows about neighbours: a link list after its heading, comments after the article,
a button beside other buttons.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise, takewhile

from analysis.loading import rules

TOP_LINES = 8  # lines that are not blank; bylines, dates, menus and repeated headlines stand within them
HEADLINE_WORDS = 25  # words; longer lines are paragraphs
WRAP_WIDTH = 120  # characters; mail and plain-text pages wrap at 65 to 100
SAME_SLACK = 20  # characters of marks and blanks by which two copies of a headline may differ
MENU_LINES = 3  # lines; names of sections are a menu when so many stand together
PROSE_WORDS = 6  # words; a line that closes like a sentence and has as many is prose

# What becomes of each. That a text lacks a character is found out faster one by one than by a pattern.
_LINE_ENDS = dict.fromkeys(("\r\n", *"\r\u0085\u2028\u2029\v\f\x1c\x1d\x1e"), "\n")
_BLANKS = dict.fromkeys("\u00a0\u2007\u202f", " ") | dict.fromkeys("\u200b\u2060\ufeff\u00ad\x00", "")
_TAG = re.compile(r"</?(?:a|b|i|u|em|strong|span|font|br|p|div|tweet)(?:\s[^<>\n]{0,500})?/?>", re.IGNORECASE)
# A name with the titles of links about it, as The Hill sets them: Ada Renn Ada Maria RennTen things to know MORE
_LINKS = re.compile(
    r"\b(?P<last>[A-Z][\w’'-]+) (?P<links>(?:[A-Z(][\w.’'()-]+ ){1,4}?(?P=last)(?=[A-Z:'‘])[^\n]{15,700}?\sMORE)(?!\w)"
)
_ENTITY = re.compile(
    r"&(?:amp|quot|apos|lt|gt|nbsp|[lr][sd]quo|laquo|raquo|[mn]dash|hellip|#\d{2,5}|#x[0-9a-f]{2,5});", re.IGNORECASE
)
_CLOSES = re.compile(r"[.!?…][\"”’»“)\]]*$")
_OPEN_END = re.compile(r"[.,;:][\"”’)]*$")
_INNER_END = re.compile(r"[a-z]{3}[.!?;] ")


@dataclass(frozen=True, slots=True)
class Line:
    """A line, and where it stood in the text before cleaning."""

    number: int
    text: str


def normalise(text: str) -> str:
    """One form for the whole way: NFC, plain blanks for non-breaking ones, `\\n` line ends, nothing invisible.

    This happens once, before anything is counted, so every later offset points into the text that is shown.
    """
    for end, plain in _LINE_ENDS.items():
        text = text.replace(end, plain)
    if "&" in text:
        for _ in range(2):  # what was escaped twice on its way is met as often as what was escaped once
            text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    for blank, plain in _BLANKS.items():
        text = text.replace(blank, plain)
    return unicodedata.normalize("NFC", text)


def strip_tags(text: str) -> tuple[str, list[str]]:
    """Text without the few stray tags that a page left in it, and the tags. Other words in angle brackets stay."""
    if "<" not in text:
        return text, []
    return _TAG.sub("", text), list(dict.fromkeys(_TAG.findall(text)))


def strip_links(text: str) -> tuple[str, list[str]]:
    """Text without the titles of links that a page set behind a name, and those titles."""
    if " MORE" not in text:
        return text, []
    return _LINKS.sub(r"\g<last>", text), [found["links"] for found in _LINKS.finditer(text)]


def split(text: str) -> list[Line]:
    return [Line(number, line.strip()) for number, line in enumerate(text.split("\n"))]


def join(lines: list[Line]) -> str:
    """The lines as one text: at most one blank line between paragraphs, none at the ends."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.text for line in lines)).strip()


def spread(text: str) -> str:
    """A text that has one paragraph on each line, and no blank line, gets blank lines: paragraphs end there."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) < 2 or "\n\n" in re.sub(r"\n[ \t]+\n", "\n\n", text.strip()):
        return text
    width = max(map(len, lines))
    # Wrapped lines break in mid-sentence near the width; headlines and buttons do not close either, but are short.
    wrapped = sum(
        not _CLOSES.search(line) and (following[0].islower() or 0.7 * width <= len(line) <= width <= WRAP_WIDTH)
        for line, following in pairwise(lines)
    )
    return text if wrapped > len(lines) // 3 else "\n\n".join(lines)


def is_prose(text: str) -> bool:
    """Whether a line reads like a sentence of running text."""
    words = len(text.split())
    return words > HEADLINE_WORDS or (words >= PROSE_WORDS and _CLOSES.search(text[-8:]) is not None)


def headline_like(text: str) -> bool:
    return 0 < len(text.split()) <= HEADLINE_WORDS and not _OPEN_END.search(text[-8:])


def same(one: str, other: str) -> bool:
    """Equal but for case, blanks and marks."""
    if abs(len(one) - len(other)) > SAME_SLACK:
        return False
    return bool(key(one)) and key(one) == key(other)


def key(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def strip_furniture(lines: list[Line], credit: set[int]) -> tuple[list[Line], list[Line]]:
    """Kept lines and removed lines. `credit` holds the numbers of lines that credit a publisher: they stay for now."""
    filled = [line for line in lines if line.text]
    kinds = {line.number: None if line.number in credit else rules.kind_of(line.text) for line in filled}
    gone = {number for number, kind in kinds.items() if kind in ("line", "date")}
    position = {line.number: place for place, line in enumerate(filled)}
    prose = [place for place, line in enumerate(filled) if kinds[line.number] is None and is_prose(line.text)]
    first_prose, last_prose = (prose[0], prose[-1]) if prose else (len(filled), -1)
    for line in filled:
        place = position[line.number]
        at_top = place < TOP_LINES and place < first_prose
        if (kinds[line.number] == "edge" and (at_top or place > last_prose)) or (
            kinds[line.number] == "top-date" and place < TOP_LINES
        ):
            gone.add(line.number)
    _drop_comments(filled, kinds, gone, credit)
    _drop_link_lists(lines, kinds, gone, credit)
    _drop_clusters(filled, kinds, gone)
    return [line for line in lines if line.number not in gone], [line for line in filled if line.number in gone]


def _drop_comments(filled: list[Line], kinds: dict[int, rules.Kind | None], gone: set[int], credit: set[int]) -> None:
    for place, line in enumerate(filled):
        heading = kinds[line.number] == "comments"
        if not heading and not (line.number in gone and rules.is_kind(line.text, "comments")):
            continue
        after = filled[place + 1 :]
        if any(rules.is_kind(near.text, "sign") for near in after[:6]):
            gone.update(near.number for near in after if near.number not in credit)
            gone.add(line.number)
            return
        prose_follows = any(kinds[near.number] is None and is_prose(near.text) for near in after)
        # “12 comments” and “Leave a reply” are furniture wherever they stand; “Comments” alone may head a section.
        if heading and (not prose_follows or re.search(r"\d", line.text) or rules.is_kind(line.text, "line")):
            gone.add(line.number)


def _drop_link_lists(lines: list[Line], kinds: dict[int, rules.Kind | None], gone: set[int], credit: set[int]) -> None:
    """A heading such as “Related stories” goes, with the headlines under it: up to the next blank line in mid-article,
    up to the end where no prose follows. Above the article only a list that joins its heading goes: the next headline
    there is the article's own."""
    begun = False
    for place, line in enumerate(lines):
        begun = begun or (kinds.get(line.number) is None and line.number not in credit and is_prose(line.text))
        if kinds.get(line.number) != "list":
            continue
        if not begun:
            joined = list(takewhile(lambda near: near.text and near.number not in credit, lines[place + 1 :]))
            gone.add(line.number)
            if len(joined) > 1 and not any(is_prose(near.text) for near in joined):
                gone.update(near.number for near in joined)
            continue
        after = lines[place + 1 :]
        ends_article = not any(
            kinds.get(near.number) is None and near.number not in credit and is_prose(near.text) for near in after
        )
        items: list[int] = []
        for near in after:
            if not near.text:
                if items and not ends_article:
                    break
                continue
            if near.number in credit and ends_article:
                continue
            linked = headline_like(near.text) or (ends_article and not is_prose(near.text))
            if near.number in credit or not linked or _INNER_END.search(near.text):
                break
            items.append(near.number)
        if items or ends_article or line.text.rstrip().endswith(":"):
            gone.add(line.number)
            gone.update(items)
        elif any(near.text for near in after):
            gone.add(line.number)


def _drop_clusters(filled: list[Line], kinds: dict[int, rules.Kind | None], gone: set[int]) -> None:
    """Words such as “Print” or “Email” are buttons only beside other buttons."""
    run: list[int] = []
    for line in [*filled, Line(-1, "")]:
        if kinds.get(line.number) in ("weak", "menu", "edge", "top-date") or line.number in gone:
            run.append(line.number)
            continue
        if len(run) > 1:
            gone.update(number for number in run if kinds[number] != "menu" or len(run) >= MENU_LINES)
        run = []


def place_title(lines: list[Line], title: str) -> tuple[str, list[Line], list[Line]]:
    """The title, the lines with the title as their first paragraph, and the lines that repeated it.

    Without a known title, a first paragraph that looks like a headline, with running text below, is the title.
    """
    filled = [line for line in lines if line.text]
    top = filled[:TOP_LINES]
    if not top:
        return title, [Line(-1, title)] if title else [], []
    if not title:
        again = [line for line in top[1:] if same(line.text, top[0].text)]
        if not (_stands_alone(lines, top[0]) or again) or not headline_like(top[0].text):
            return "", lines, []
        if not any(is_prose(line.text) for line in filled[1:]):
            return "", lines, []
        title = top[0].text
    copies = [line for line in top if same(line.text, title)]
    first = copies[0].text if copies and copies[0] is top[0] else title
    numbers = {line.number for line in copies}
    body = [line for line in lines if line.number not in numbers]
    return title, [Line(-1, first), Line(-1, ""), *body], copies[1:]


def _stands_alone(lines: list[Line], line: Line) -> bool:
    after = lines[lines.index(line) + 1 :]
    return bool(after) and not after[0].text and len(line.text.split()) > 1
