"""Web pages: their article, what their metadata say, and what is left out."""

from __future__ import annotations

import time

import pytest

from analysis.loading import LoadError, from_bytes, from_text, markup

STORY = [
    "The lock at Weir Bridge was mended on Monday after eleven months of repairs that cost twice what was planned.",
    "“We waited for one bolt from the last foundry that still casts it,” the keeper, Ada Holm, told the council.",
    "The council had closed the gates in March when a diver found a crack as long as his arm in the northern leaf.",
    "Bakers on the far bank lost a third of their trade, their guild said, and two of them have moved to the town.",
    "A ferry that was hired as a stopgap ran for nine days before its engine failed, and it has lain idle since.",
    "The mayor called the delay “a lesson in humility” and promised that the southern leaf would be checked in May.",
    "Boats may pass from six in the morning, and the first to do so was a barge with gravel for the new school.",
]
LONG = "".join(f"<p>{line}</p>" for line in STORY)


def page(head: str = "", body: str = "<p>The lock was mended on Monday.</p>") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def meta(key: str, value: str, attribute: str = "name") -> str:
    return f'<meta {attribute}="{key}" content="{value}">'


@pytest.mark.parametrize(
    "head",
    [
        meta("og:site_name", "The Tidewater Post", "property"),
        meta("application-name", "The Tidewater Post"),
        meta("dc.publisher", "The Tidewater Post"),
        meta("publisher", "The Tidewater Post"),
        meta("copyright", "© 2021 The Tidewater Post"),
        '<script type="application/ld+json">{"@type":"NewsArticle","publisher":{"@type":"Organization",'
        '"name":"The Tidewater Post"}}</script>',
        '<script type="application/ld+json">[{"@graph":[{"@type":"NewsArticle","publisher":{"@id":"#p"}},'
        '{"@id":"#p","@type":"Organization","name":"The Tidewater Post"}]}]</script>',
        '<script type="application/ld+json">{"@type":"Article","publisher":[{"name":"The Tidewater Post"}]}</script>',
        '<script type="application/ld+json">{broken</script>' + meta("application-name", "The Tidewater Post"),
        "<title>Lock mended | The Tidewater Post</title>",
        meta("twitter:site", "The Tidewater Post"),
    ],
)
def test_publisher_from_metadata(head: str) -> None:
    article = from_text(page(head))
    assert article.source == "The Tidewater Post"
    assert article.text.endswith("The lock was mended on Monday.")


def test_a_tag_of_attributes_without_end_is_refused_before_a_tree_is_made() -> None:
    hidden = "<script>a<b c='</script><!-- <i d=' -->"  # what looks like a tag with a long value, and is none
    crowded = page(body=f"{hidden}<p {' '.join(f'a{n}' for n in range(200_000))}>The lock was mended.</p>")
    started = time.process_time()
    article = from_text(crowded)
    with pytest.raises(LoadError, match=r"a\.html: The page has a tag with more than 1,000 attributes"):
        list(from_bytes(crowded.encode(), "a.html"))
    with pytest.raises(LoadError, match="more than 1,000 attributes"):
        list(from_bytes(crowded.encode(), "a.html", clean=False))
    assert time.process_time() - started < 15  # as a tree: 40 s each
    assert (article.text, article.problems) == ("", (markup.CROWDED,))


def test_a_long_page_with_many_attributes_is_read() -> None:
    many = "".join(f"<p {' '.join(f'a{n}=1' for n in range(900))}>{line}</p>" for line in STORY * 3)
    assert len(many) > markup.SMALL_PAGE
    assert STORY[-1] in from_text(page(body=many)).text


def test_weaker_signs_give_way() -> None:
    weak = meta("twitter:site", "@tidewater") + "<title>Lock mended</title>"
    assert from_text(page(weak)).source == "tidewater"
    assert from_text(page(weak + meta("og:site_name", "The Tidewater Post", "property"))).source == "The Tidewater Post"
    assert from_text(page(weak, "<p>OSLO (AP) — The lock was mended.</p>")).source == "AP"
    footer = "<p>The lock was mended.</p><footer>© 2021 The Harbour Gazette</footer>"
    assert from_text(page(weak, footer)).source == "The Harbour Gazette"
    both = meta("application-name", "Reader") + meta("og:site_name", "The Tidewater Post", "property")
    assert from_text(page(both)).source == "The Tidewater Post"


def test_no_publisher_from_the_story() -> None:
    assert from_text(page("", "<p>The lock was mended, Reuters reported.</p>")).source == "unknown"
    assert from_text(page("<title>Lock mended - Weir Bridge</title>")).source == "unknown"


def test_title_day_and_address() -> None:
    head = (
        "<title>Lock mended | The Tidewater Post</title>"
        + meta("article:published_time", "2022-02-07T10:14:00+01:00", "property")
        + '<link rel="canonical" href="https://tidewater.example/lock">'
    )
    article = from_text(page(head))
    assert article.title == "Lock mended"
    assert article.text == "Lock mended\n\nThe lock was mended on Monday."
    assert str(article.published) == "2022-02-07"
    assert article.url == "https://tidewater.example/lock"


def test_heading_and_title_are_one() -> None:
    article = from_text(page("<title>Lock mended</title>", "<h1>Lock mended</h1><p>It was mended on Monday.</p>"))
    assert article.text == "Lock mended\n\nIt was mended on Monday."


def test_ambiguous_day_is_a_problem() -> None:
    article = from_text(page(meta("date", "07/02/2022")))
    assert article.published is None
    assert "two ways" in article.problems[0]


def test_full_page_loses_its_furniture_and_lists_it() -> None:
    body = (
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/n'>News</a></li></ul></nav>"
        f"<main><article><h1>Lock mended</h1>{LONG}<div class='share'><a href='#'>Share on Facebook</a></div></article>"
        "<section class='comments'><h3>Leave a Reply</h3><form><label>Name *</label><input>"
        "<button>Post Comment</button>"
        "</form></section></main><aside><h4>Latest Posts</h4><a href='/x'>Ten soups for the cold months</a></aside>"
        "<footer>© 2021 The Tidewater Post. All rights reserved.</footer><script>var x = 'Sign up';</script>"
    )
    article = from_text(page("<title>Lock mended</title>", body))
    assert article.text.split("\n\n") == ["Lock mended", *STORY]
    assert article.source == "The Tidewater Post"
    listed = " / ".join(article.removed)
    for gone in ("Home", "Share on Facebook", "Leave a Reply", "Post Comment", "Latest Posts", "Ten soups"):
        assert gone in listed
    assert "Sign up" not in listed + article.text


@pytest.mark.parametrize(
    "body",
    [
        "<div>The lock was mended on Monday.</div>",
        "<table><tr><td>The lock was mended on Monday.</td></tr></table>",
        "The lock was mended on Monday.",
        "<p>The <b>lock</b> was <a href='/m'>mended</a> on&nbsp;Monday.</p>",
        "<nav><a href='/'>Home</a></nav><p>The lock was mended on Monday.</p><ul><li><a href='/x'>Soups</a></li></ul>",
        "<div><a href='/x'>Ten soups</a></div>The lock was mended on Monday.<form>Name<input></form>",
    ],
)
def test_short_page_keeps_its_sentence(body: str) -> None:
    assert from_text(page("", body)).text == "The lock was mended on Monday."


def test_line_breaks_and_blocks_divide() -> None:
    article = from_text(page("", "<div>The lock was mended.<br>It leaks no more.<p>Boats pass.</p>All is well.</div>"))
    assert article.text == "The lock was mended.\nIt leaks no more.\n\nBoats pass.\n\nAll is well."


def test_fragment_is_read_as_a_page() -> None:
    article = from_text("<p>The lock was mended.</p><p>Boats pass.</p><p>All is &ldquo;well&rdquo;.</p>")
    assert article.text == "The lock was mended.\n\nBoats pass.\n\nAll is “well”."


def test_plain_text_about_tags_stays_text() -> None:
    text = "The tag <p> opens a paragraph, and 3 < 4 > 2 holds."
    assert from_text(text, clean=False).text == text
    assert "opens a paragraph, and 3 < 4 > 2 holds." in from_text(text).text


def test_a_script_in_a_headline_stays_text() -> None:
    head = meta("og:title", "&lt;script&gt;alert(1)&lt;/script&gt; mended", "property")
    assert from_text(page(head)).title == "<script>alert(1)</script> mended"


@pytest.mark.parametrize(
    "markup",
    [
        "<html>",
        "<html><body></body></html>",
        "<!doctype html>",
        "<html>" + "<div>" * 5000 + "deep",
        "<html><p>a\x00b</p>",
    ],
)
def test_broken_pages_do_no_harm(markup: str) -> None:
    assert from_text(markup).source == "unknown"


def test_without_cleaning_a_pasted_page_stays_markup() -> None:
    text = page(meta("og:site_name", "The Tidewater Post", "property"))
    article = from_text(text, clean=False)
    assert (article.text, article.source) == (text, "The Tidewater Post")
