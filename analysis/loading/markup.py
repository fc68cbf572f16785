"""A web page in; its article's text, and what its metadata say, out.

trafilatura finds the text of full pages. Short pages and fragments give it too little to go by: there every
paragraph outside menus, forms and footers is taken.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import lxml.etree  # type: ignore[import-untyped]
import lxml.html  # type: ignore[import-untyped]

from analysis.loading import cleaning, publisher
from analysis.loading.credits import is_paper
from analysis.loading.dates import read_date

SHORT_PAGE = 150  # words; below it trafilatura returned nothing, or dropped sentences, on one short page in three
MAX_BLOCKS = 20_000  # paragraphs looked at; bounds the work on a hostile page
MAX_NODES = 2_000  # JSON-LD nodes looked at
# Of one tag. Making a tree takes time by their square: 40,000 take 1.7 s, a million a quarter of an hour. Pages that
# people read have some tens.
MAX_ATTRIBUTES = 1_000
SMALL_PAGE = 50_000  # characters; the attributes that fit in cost a quarter of a second at most
CROWDED = f"The page has a tag with more than {MAX_ATTRIBUTES:,} attributes, which no article needs, so it is not read."

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "label",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
_SILENT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "head",
        "iframe",
        "object",
        "embed",
        "canvas",
        "select",
        "textarea",
        "video",
        "audio",
        "math",
    ]
)
_CHROME = frozenset(["nav", "footer", "aside", "form", "button", "label"])
_OPENING = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_BLOCK_TAG = re.compile(
    r"<(?:p|div|h[1-6]|li|ul|article|section|table|blockquote|br)(?:\s[^<>]{0,500})?/?>", re.IGNORECASE
)
_PAGE_TAGS = 3  # block tags that make a text a fragment of a page; plain text that strays from one has one or two
_TITLE_PARTS = re.compile(r"\s+[|–—·•»-]\s+|\s*::\s*")


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds. `hint` is a weak sign of the publisher, for where nothing else states it."""

    text: str
    source: str = ""
    hint: str = ""
    title: str = ""
    published: date | None = None
    url: str = ""
    removed: tuple[str, ...] = ()
    problems: tuple[str, ...] = field(default=())


def looks_like_html(text: str) -> bool:
    """A page, or a fragment with several block tags."""
    return bool(_OPENING.match(text[:4000])) or len(_BLOCK_TAG.findall(text[:200_000])) >= _PAGE_TAGS


def read(markup: str) -> Page:
    """The article of a page. A page that cannot be parsed at all comes back as its own text, with a problem."""
    markup = re.sub(r"^\s*<\?xml[^>]*\?>", "", markup.replace("\0", ""))
    try:
        if len(markup) > SMALL_PAGE and _crowded(markup):
            return Page("", problems=(CROWDED,))
        root = lxml.html.document_fromstring(markup, parser=lxml.html.HTMLParser(recover=True, no_network=True))
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return Page(markup, problems=("The page is not readable as HTML; its text is taken as it stands.",))
    source, hint, title, published, problem = _metadata(root)
    blocks = list(_blocks(root))
    own = [text for text, chrome in blocks if not chrome]
    text = "\n\n".join(own)
    if _OPENING.match(markup) and len(text.split()) >= SHORT_PAGE:
        text = _main_text(markup) or text
    kept = {cleaning.key(line) for line in text.split("\n")}
    everything = " ".join(cleaning.key(line) for line in text.split("\n"))
    removed = [
        block for block, _ in blocks if (key := cleaning.key(block)) and key not in kept and key not in everything
    ]
    return Page(
        text,
        source,
        hint,
        title,
        published,
        _address(root),
        tuple(dict.fromkeys(removed)),
        (problem,) if problem else (),
    )


class _Crowd:
    """What a parser hands the tags of a page to, instead of making a tree of them."""

    found = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.found |= len(attributes) > MAX_ATTRIBUTES

    def close(self) -> bool:
        return self.found


def _crowded(markup: str) -> bool:
    """Whether a tag has more attributes than a tree can be made of; takes a fiftieth of the time of reading a page."""
    return bool(lxml.etree.fromstring(markup, lxml.etree.HTMLParser(target=_Crowd(), recover=True, no_network=True)))


def _main_text(markup: str) -> str:
    import trafilatura  # takes a tenth of a second, which plain texts need not wait for

    try:
        found = trafilatura.extract(markup, include_comments=False, include_tables=True, include_formatting=False)
    except Exception:  # a page is untrusted, and its markup may break any assumption of the parser
        return ""
    return re.sub(r"\n+", "\n\n", found or "")


def _blocks(root: lxml.html.HtmlElement) -> Iterator[tuple[str, bool]]:
    """The page's paragraphs in order; True with those of menus, forms, footers, and lists of nothing but links."""
    words: list[str] = []
    linked = chrome = silent = 0
    count = 0

    def flush() -> Iterator[tuple[str, bool]]:
        nonlocal words, linked, count
        lines = [" ".join(line.split()) for line in "".join(words).split("\n")]
        text = "\n".join(line for line in lines if line)
        only_links = bool(text) and linked >= len("".join(text.split())) and not cleaning.is_prose(text)
        words, linked = [], 0
        if text and count < MAX_BLOCKS:
            count += 1
            yield text, chrome > 0 or only_links

    links = 0
    for event, node in lxml.etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            if tag in _BLOCKS:
                yield from flush()
            silent += tag in _SILENT
            chrome += tag in _CHROME
            links += tag == "a"
            if tag == "br":
                words.append("\n")
            if node.text and not silent:
                plain = node.text.replace("\n", " ") if tag != "pre" else node.text
                words.append(plain)
                linked += len("".join(plain.split())) if links else 0
        elif event == "end":
            if tag in _BLOCKS:
                yield from flush()
            silent -= tag in _SILENT
            chrome -= tag in _CHROME
            links -= tag == "a"
        if event != "start" and node.tail and not silent:
            plain = node.tail.replace("\n", " ")
            words.append(plain)
            linked += len("".join(plain.split())) if links else 0
    yield from flush()


def _metadata(root: lxml.html.HtmlElement) -> tuple[str, str, str, date | None, str]:
    meta: dict[str, str] = {}
    for node in root.iter("meta"):
        name = (node.get("property") or node.get("name") or node.get("itemprop") or "").strip().lower()
        value = " ".join((node.get("content") or "").split())
        if name and value:
            meta.setdefault(name, value[:500])
    linked = list(_linked_data(root))
    heads = [" ".join(node.text_content().split()) for node in root.iter("h1")]
    page_title = " ".join((root.findtext(".//title") or "").split())
    source = _first(
        meta.get("og:site_name"), _ld_publisher(linked), _itemprop_publisher(root), meta.get("application-name"),
        meta.get("apple-mobile-web-app-title"), meta.get("publisher"), meta.get("dc.publisher"),
        meta.get("dcterms.publisher"), meta.get("citation_publisher"),
    )  # fmt: skip
    stated = publisher.copyright_line(meta.get("copyright", "")) or publisher.copyright_line(
        f"© {meta.get('copyright', '')}"
    )
    if not source and stated:
        source = stated.name
    title = _first(
        meta.get("og:title"), _ld_value(linked, "headline"), meta.get("twitter:title"),
        heads[0] if len(heads) == 1 else None, page_title,
    )  # fmt: skip
    title, suffix = _split_title(title, source)
    hint = (
        suffix
        or _split_title(page_title, source)[1]
        or _handle(meta.get("twitter:site") or meta.get("twitter:creator"))
    )
    times = [node.get("datetime") for node in root.iter("time") if node.get("datetime")]
    written = _first(
        meta.get("article:published_time"), meta.get("og:article:published_time"), _ld_value(linked, "datePublished"),
        meta.get("datepublished"), meta.get("date"), meta.get("dc.date"), meta.get("dcterms.date"),
        meta.get("dc.date.issued"), meta.get("pubdate"), meta.get("publishdate"), meta.get("parsely-pub-date"),
        meta.get("sailthru.date"), meta.get("citation_publication_date"), times[0] if len(times) == 1 else None,
    )  # fmt: skip
    published, problem = read_date(written)
    return source, hint, "" if cleaning.same(title, source) else title, published, problem or ""


def _first(*values: str | None) -> str:
    return next((value.strip() for value in values if value and value.strip()), "")


def _handle(value: str | None) -> str:
    return "" if not value or value.strip("@ ").isdigit() else value.strip().lstrip("@")


def _split_title(title: str, source: str) -> tuple[str, str]:
    """“Ferry returns | The Harbour Gazette” in two: the headline, and the name of a paper or ""."""
    parts = [part.strip() for part in _TITLE_PARTS.split(title)]
    if len(parts) > 1:
        for name, rest in ((parts[-1], parts[:-1]), (parts[0], parts[1:])):
            if (source and cleaning.same(name, source)) or (is_paper(name) and len(name.split()) < 6):
                start = title.find(rest[0])
                return title[start : title.rfind(rest[-1]) + len(rest[-1])], name
    return title, ""


def _address(root: lxml.html.HtmlElement) -> str:
    canonical = [node.get("href") for node in root.iter("link") if (node.get("rel") or "").lower() == "canonical"]
    og = [node.get("content") for node in root.iter("meta") if (node.get("property") or "").lower() == "og:url"]
    found = _first(*canonical, *og)
    return found if re.match(r"https?://", found, re.IGNORECASE) else ""


def _itemprop_publisher(root: lxml.html.HtmlElement) -> str | None:
    for node in root.xpath("//*[@itemprop='publisher']")[:3]:
        for inner in node.xpath(".//*[@itemprop='name']"):
            return " ".join((inner.get("content") or inner.text_content()).split())
    return None


def _linked_data(root: lxml.html.HtmlElement) -> Iterator[dict[str, Any]]:
    """Every object in the page's JSON-LD, outermost first."""
    queue: list[Any] = []
    for node in root.iter("script"):
        if (node.get("type") or "").split(";")[0].strip().lower() == "application/ld+json":
            try:
                queue.append(
                    json.loads((node.text or "").strip().removeprefix("<!--").removesuffix("-->"), strict=False)
                )
            except (ValueError, RecursionError):
                continue  # broken metadata is common, and the page has other places to state its publisher
    for seen, value in enumerate(queue):
        if seen > MAX_NODES:
            return
        if isinstance(value, dict):
            yield value
            queue.extend(value.values())
        elif isinstance(value, list):
            queue.extend(value)


def _ld_publisher(nodes: list[dict[str, Any]]) -> str | None:
    named = {node["@id"]: node.get("name") for node in nodes if isinstance(node.get("@id"), str) and node.get("name")}
    for field_name in ("publisher", "sourceOrganization", "provider"):
        for node in nodes:
            held = node.get(field_name)
            for value in held if isinstance(held, list) else [held]:
                name = value.get("name") or named.get(value.get("@id", "")) if isinstance(value, dict) else value
                if isinstance(name, list):
                    name = next(iter(name), None)
                if isinstance(name, str) and name.strip():
                    return " ".join(name.split())
    for kinds in (("NewsMediaOrganization",), ("WebSite",)):
        for node in nodes:
            if node.get("@type") in kinds and isinstance(node.get("name"), str):
                return " ".join(str(node["name"]).split())
    return None


def _ld_value(nodes: list[dict[str, Any]], key: str) -> str | None:
    return next((str(node[key]) for node in nodes if isinstance(node.get(key), str) and node[key].strip()), None)
