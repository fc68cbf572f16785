"""The handout: whole, without a request, with everything escaped that others wrote."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from analysis import framing
from analysis.model import Article, Exposure, Report
from analysis.report import plain, to_html
from analysis.report.comparison import bar
from analysis.report.markup import h, text
from analysis.tables import from_reports
from analysis.tone import UNSEEN
from analysis.written import number
from tests.factory import report
from views import samples

VOID = {"br", "hr", "meta", "link", "img", "input"}  # parts of a drawing are none: left open they swallow each other


class Page(HTMLParser):
    """Reads a page and holds its elements, the text it shows and whether its tags close in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.shown = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.shown += data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        return [a for t, a in self.elements if t == tag and all(a.get(k.rstrip("_")) == v for k, v in wanted.items())]


# The rows of actors in a sheet: name, tone where there is one, mentions.
ACTOR_ROW = re.compile(
    r'<tr><th scope="row">([^<]+)</th>(?:<td[^>]*>[^<]*</td>){4}'
    r"<td[^>]*>(?:–|([+−]?\d\.\d\d) <small[^>]*>n (\d+))"
)


def several() -> list[Report]:
    second = report("a2", "Northfield Herald")
    return [report(), replace(second, findings=second.findings[2:])]


@pytest.mark.parametrize("made", [[report()], several()], ids=["one", "several"])
def test_a_page_is_whole_and_asks_nothing_of_anybody(made: list[Report]) -> None:
    html = to_html(made)
    page = Page(html)
    assert page.open == []
    assert html.startswith("<!doctype html>")
    policy = page.all("meta", **{"http-equiv": "Content-Security-Policy"})
    assert policy[0]["content"] == (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    )
    assert not {tag for tag, _ in page.elements} & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "form",
        "base",
        "image",
    }
    assert not any({"src", "srcset", "background", "data"} & set(a) for _, a in page.elements)
    style = re.search(r"<style>(.*?)</style>", html, re.S)
    assert style
    assert not re.search(r"@import|https?:|url\((?!#)", style[1])
    outside = [a["href"] for a in page.all("a") if a.get("href") and not str(a["href"]).startswith("#")]
    assert set(outside) == {"https://example.org/a"}


def test_every_link_inside_the_page_leads_somewhere_and_no_id_repeats() -> None:
    page = Page(to_html(several()))
    ids = [a["id"] for _, a in page.elements if "id" in a]
    assert len(ids) == len(set(ids))
    assert {str(a["href"])[1:] for a in page.all("a") if str(a["href"]).startswith("#")} <= set(ids)


def test_each_mark_is_drawn_by_kind_numbered_and_explained() -> None:
    made = report()
    html = to_html([made])
    page = Page(html)
    for finding in made.findings:
        assert any(f" {finding.kind} " in f"{a.get('class')} " for a in page.all("span"))
        assert finding.reason in page.shown
    for place in range(1, len(made.findings) + 1):
        assert page.all("a", href=f"#a1-{place}")
        assert page.all("li", id=f"a1-{place}")
    assert len(page.all("span", class_="pair")) == 2 + 2  # the scare quotes of the text and those of the legend
    assert "loaded term, against Vellmar" in page.shown
    assert page.all("span", class_="voice quoted", **{"data-by": "NA"})


def test_the_article_reads_as_it_was_written() -> None:
    made = report()
    html = re.sub(r"<sup>.*?</sup>|<ul class=\"notes\">.*?</ul>", "", to_html([made]))
    for paragraph in made.article.text.split("\n\n"):
        assert paragraph in Page(html).shown


HOSTILE = '<script>alert(1)</script> & "><img src=x onerror=alert(1)> ‮ \x00'


def test_what_others_wrote_stays_text() -> None:
    article = Article(
        HOSTILE, f"{HOSTILE}\n\nA body.", HOSTILE, HOSTILE, None, "javascript:alert(1)", HOSTILE, (HOSTILE,), ()
    )
    made = Report(article, exposure=Exposure(3, 0, 0), problems=(HOSTILE,))
    for reports in ([made], [made, report()]):
        html = to_html(reports, title=HOSTILE, settings={HOSTILE: HOSTILE})
        page = Page(html)
        assert page.open == []
        assert not page.all("script")
        assert not page.all("img")
        assert not any(a.get("href", "").startswith("javascript") for a in page.all("a"))  # type: ignore[union-attr]
        assert not any(key.startswith("on") for _, a in page.elements for key in a)
        assert '<script>alert(1)</script> & "><img src=x' in page.shown
        html.encode("utf-8")


def test_several_articles_begin_with_the_comparison() -> None:
    page = Page(to_html(several()))
    assert page.shown.index("Own words") < page.shown.index("Why each is marked")
    assert "In these articles The Kestrel Post uses 1 loaded term in 30 of its own words" in page.shown
    assert "n 1" in page.shown
    assert "Hatched: too few" in page.shown
    assert page.all("rect", class_="few")
    assert not page.all("rect", class_="fill")


def test_the_tone_of_an_actor_is_the_number_of_every_page() -> None:
    whole = samples.reports("")
    for one in whole[:4]:
        page, told = to_html([one]), plain.to_text(one)
        shown = framing.tone(from_reports([one]), voice="narrator", top=99).set_index("name")
        listed = ACTOR_ROW.findall(page)
        assert len(listed) > 3
        compared = 0
        for name, tone, n in listed:
            if tone and name in shown.index:  # pages compare the actors that have names
                compared += 1
                assert number(shown["tone"][name], 2, sign=True) == tone, name
                assert shown["n_mentions"][name] == int(n)
        assert compared > 3
        for tone, name in re.findall(r"^ +([+−]\d\.\d\d)  (.+) \(\d+ mentions?\)$", told, re.M):
            assert name not in shown.index or number(shown["tone"][name], 2, sign=True) == tone, name
        assert page.count(f"with {UNSEEN:g} neutral mentions more") == 1, "what that means is said once"


def test_one_article_is_not_compared() -> None:
    page = Page(to_html([report()]))
    assert "Hatched" not in page.shown
    assert "Own words" not in page.shown


def test_what_cleaning_took_out_and_what_went_wrong_can_be_opened() -> None:
    page = Page(to_html([replace(report(), problems=("One mark has no partner.",))]))
    assert len(page.all("details")) == 2
    assert "Leave a Reply" in page.shown
    assert "One mark has no partner." in page.shown


def test_an_article_without_text_has_a_sheet_too() -> None:
    page = Page(to_html([Report(Article("x", ""), problems=("No text.",))]))
    assert "An article without a headline" in page.shown
    assert "No marks in this article." in page.shown


def test_version_settings_method_and_citation_are_named() -> None:
    from analysis import __version__
    from analysis.provenance import versions

    page = Page(to_html([report()], settings={"Cleaning": "off"}))
    for word in (__version__, versions()["lexicon"], "Cleaning", "off", "Method", "Limits", "How to cite"):
        assert word in page.shown


def test_the_same_reports_give_the_same_page() -> None:
    assert to_html(several()) == to_html(several())


def test_no_report_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one article"):
        to_html([])


def test_a_bar_keeps_inside_its_picture() -> None:
    drawn = Page(bar(5.0, 10.0, (2.0, 40.0), True))
    assert float(str(drawn.all("line")[0]["x2"])) <= 120
    assert float(str(drawn.all("rect")[0]["width"])) == pytest.approx(59, abs=1)
    assert not Page(bar(0.0, 10.0, None, True)).all("rect")
    with pytest.raises(ValueError, match="above 0"):
        bar(1.0, 0.0, None, True)


def test_pieces_of_markup() -> None:
    assert h("a", "1 < 2", class_="x", href=None, title='"') == '<a class="x" title="&quot;">1 &lt; 2</a>'
    assert text("a\x07b") == "a\ufffdb"
