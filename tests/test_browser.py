"""The dashboard as its users meet it, in a real browser. Any console error or outside request fails the test."""

from __future__ import annotations

from pathlib import Path

import pytest

PAGES = ("Overview", "Read", "Compare", "Same event", "Actors", "Sources", "Search", "Load", "Method")
KREMLIN = "/read?article=kremlin-talks%2Fkestrel-post"
# A headline as a hostile page might have it, and Markdown that must not take effect either.
HEADLINE = "<script>alert(1)</script><img src=x onerror=alert(2)> **Port** :material/home: talks stall"
STORY = (
    f"{HEADLINE}\n\nThe regime in Vellmar slammed the “generous” offer of the Port Authority on Monday, 😀 a day late. "
    "Nora Arden, who allegedly wrote the offer, said: “This is a disgraceful stunt.”\n\n"
    "The thugs of the Port Authority were, of course, nowhere to be seen."
)


def test_every_page_opens_without_a_fault(watched, pictures):
    window = watched()
    window.open()
    for title in PAGES:
        page = window.go(title)
        assert page.locator("h1, .framing h2").first.is_visible(), title
        assert "encountered an error" not in window.text(), title
        window.shoot(pictures, f"wide-light-{title.lower()}")


def test_the_script_of_tables_comes_before_a_table_is_opened_and_tables_of_thousands_show_their_end(watched):
    window = watched()
    page = window.open()
    came = "performance.getEntriesByType('resource').some(one => one.name.includes('/DataFrame.'))"
    page.wait_for_function(came)
    page = window.go("Lexicon")
    table = page.get_by_test_id("stDataFrame").last
    table.scroll_into_view_if_needed()
    table.click(position={"x": 40, "y": 60})
    page.keyboard.press("Control+End")
    table.locator("td", has_text="zoo").first.wait_for(state="attached")


def test_a_click_on_a_mark_shows_its_evidence_beside_the_text(watched):
    window = watched()
    page = window.open(KREMLIN)
    mark = page.locator(".text .mark.loaded_term").first
    word = mark.inner_text()
    mark.click()
    evidence = page.locator(".evidence")
    evidence.wait_for()
    assert word in evidence.locator("h2").inner_text()
    assert len(evidence.locator(".reason").inner_text()) > 20
    assert "the narrator’s voice" in evidence.inner_text() or "quoted words" in evidence.inner_text()
    page.wait_for_function("location.search.includes('mark=')")


def test_other_words_are_tried_beside_the_text(watched, pictures):
    window = watched(height=1200)
    page = window.open(KREMLIN)
    page.locator(".text .mark.loaded_term").nth(2).click()
    page.locator(".evidence").wait_for()
    window.settle()
    text = page.locator(".framing .sheet").inner_text()
    page.get_by_text("What if it said something else?").click()
    page.get_by_label("Instead").fill("<b>effort</b>")
    page.get_by_role("button", name="Try it").click()
    table = page.locator(".numbers", has_text="Loaded terms in the article")
    table.wait_for()
    now, then = (int(cell) for cell in table.locator("tbody tr").first.locator("td").all_inner_texts())
    assert then == now - 1
    page.locator(".st-key-margin .quote", has_text="<b>effort</b>").first.wait_for()  # beside a slow job it comes late
    assert page.locator(".framing .sheet").inner_text() == text, "the article stays"
    window.shoot(pictures, "wide-light-what-if")


def test_the_link_to_a_mark_opens_that_mark(watched):
    first = watched()
    page = first.open(KREMLIN)
    page.locator(".text .mark.loaded_term").nth(1).click()
    page.wait_for_function("location.search.includes('mark=')")
    heading = page.locator(".evidence h2").inner_text()
    again = watched().open(page.url.removeprefix(first.address))
    assert again.locator(".evidence h2").inner_text() == heading


def test_keys_step_from_mark_to_mark_in_the_order_of_the_text(watched):
    window = watched()
    page = window.open(KREMLIN)
    numbers = page.locator(".text .mark[tabindex]").evaluate_all("nodes => nodes.map(node => node.dataset.mark)")
    for key, number in [*(("n", number) for number in numbers[:4]), ("p", numbers[2])]:
        page.keyboard.press(key)
        page.locator(f'.text .mark.chosen[data-mark="{number}"]').first.wait_for()
        page.wait_for_timeout(700)  # a rerun must not add a step


def test_a_layer_goes_off_and_on_without_the_server(watched):
    page = watched().open(KREMLIN)
    button = page.locator(".legend button[data-layer=loaded_term]")
    mark = page.locator(".text .mark.loaded_term").first
    colour = "node => getComputedStyle(node).textDecorationColor"
    shown = mark.evaluate(colour)
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    assert mark.evaluate(colour) != shown
    button.click()
    assert mark.evaluate(colour) == shown


def test_narrator_and_quoted_voice_look_different(watched):
    page = watched().open("/read?article=river-ashe%2Fmeridian-wire")
    background = "node => getComputedStyle(node).backgroundColor"
    quoted = page.locator(".text .voice.quoted").first.evaluate(background)
    narrator = page.locator(".text .voice.narrator").first.evaluate(background)
    assert quoted != narrator


def test_a_text_that_runs_from_the_right_is_set_so(watched):
    text = watched().open(KREMLIN).locator(".framing p.text").first
    runs = "node => getComputedStyle(node).direction"
    assert text.evaluate(runs) == "ltr"
    text.evaluate("node => node.prepend('قال الوزير ')")
    assert text.evaluate(runs) == "rtl"


def test_a_click_on_a_cell_of_the_grid_opens_its_sentences(watched, pictures):
    window = watched(height=1000)
    page = window.open()
    cell = page.locator(".st-key-grid-figure .hit").first
    told = cell.get_attribute("aria-label")
    cell.click()
    head = page.locator(".margin-head h2")
    head.wait_for()
    assert head.inner_text() in told, "actor in source"
    assert page.locator(".st-key-margin li .quote").first.inner_text().strip()
    window.shoot(pictures, "wide-light-overview-cell")


def test_a_difference_opens_sentences_that_lead_into_the_article(watched):
    window = watched()
    page = window.open("/?voice=Quoted")  # a choice in the address must survive the change of page
    page.locator(".st-key-differences button").first.click()
    quote = page.locator(".st-key-margin li .quote .mark").first
    word = quote.inner_text()
    page.locator(".st-key-margin li button").first.click()
    page.wait_for_url("**/read*")
    window.settle()
    assert word.lower() in page.locator(".framing .sheet").inner_text().lower()
    window.go("Overview")
    assert page.get_by_role("radio", name="Quoted").is_checked()


def test_pasted_text_stays_text(watched, pictures):
    window = watched()
    window.open()
    page = window.go("Load")
    page.get_by_label("Article", exact=True).fill(STORY)
    page.get_by_label("Source", exact=True).fill("The <b>Kestrel</b> [Post](javascript:alert(3))")
    page.get_by_role("button", name="Analyse").click()
    page.locator(".arrived").wait_for(timeout=120_000)
    page.get_by_role("button", name="Read it").click()
    page.wait_for_url("**/read*")
    window.settle()
    assert HEADLINE in page.locator(".framing .title .text").inner_text()
    assert "The <b>Kestrel</b> [Post](javascript:alert(3))" in page.locator(".byline").inner_text()
    assert page.locator(".stMain script, .stMain img[src=x], a[href^='javascript']").count() == 0
    assert page.locator(".text .mark").count() >= 3
    window.shoot(pictures, "wide-light-pasted")
    for title in ("Overview", "Actors", "Sources"):
        window.go(title)
        assert page.locator(".stMain img[src=x], a[href^='javascript']").count() == 0, title
    other = watched()
    assert "Your articles" not in other.open().content()


def test_a_search_lines_up_its_hits_and_opens_one(watched, pictures):
    window = watched()
    page = window.open("/search?q=regime")
    hits = page.locator(".framing li .hit")
    hits.first.wait_for()
    edges = hits.evaluate_all("nodes => nodes.slice(0, 9).map(node => Math.round(node.getBoundingClientRect().x))")
    assert len(set(edges)) == 1, "the hits stand under each other"
    window.shoot(pictures, "wide-light-search-regime")
    word = hits.first.inner_text()
    hits.first.click()
    page.wait_for_url("**/read*")
    window.settle()
    assert word.lower() in page.locator(".framing .sheet").inner_text().lower()


def test_a_mark_of_a_kind_says_why_it_is_there_and_is_drawn_as_one(watched):
    page = watched().open("/search?sought=Scare+quotes")
    line = page.locator(".st-key-lines li").first
    line.locator(".hit .mark.scare_quote").wait_for()
    assert len(line.locator(".why").inner_text()) > 20


def test_a_mark_of_a_headline_opens_the_article_at_it(watched):
    window = watched()
    page = window.open()
    mark = page.locator(".st-key-first-look .mark.loaded_term").first
    word = mark.inner_text()
    mark.click()
    page.wait_for_url("**/read*")
    page.locator(".evidence h2", has_text=word).wait_for()


def test_each_of_several_files_has_its_own_source(watched, tmp_path: Path):
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(f"Tram {name} approved\n\nThe council voted on Tuesday.\n", "utf-8")
    window = watched()
    page = window.open("/load?way=Files")
    page.locator("input[type=file]").set_input_files([tmp_path / "one.txt", tmp_path / "two.txt"])
    page.get_by_label("Source of one.txt").fill("The Plover")
    page.get_by_label("Source of two.txt").fill("The Gannet")
    page.get_by_role("button", name="Analyse").click()
    page.locator(".arrived", has_text="2 articles from 2 sources").wait_for()
    page.get_by_role("button", name="Line them up, fact by fact").click()
    page.wait_for_url("**/events*")
    window.settle()
    assert "2 tellings by The Gannet and The Plover" in window.text().replace(
        "The Plover and The Gannet", "The Gannet and The Plover"
    )


def test_a_link_carries_how_a_search_was_made(watched):
    page = watched().open("/search?q=say")
    page.locator(".st-key-forms").get_by_text("All forms").click()
    page.locator(".st-key-heard").get_by_text("Quoted", exact=True).click()
    page.locator(".st-key-order input").fill("Word after")
    page.keyboard.press("Enter")
    told = "['forms=true', 'heard=Quoted', 'order=Word+after'].every(one => location.search.includes(one))"
    page.wait_for_function(told)
    other = watched().open("/search" + page.url.partition("/search")[2])
    other.locator(".framing li .hit.quoted").first.wait_for()
    assert other.locator(".st-key-forms input").is_checked()
    assert other.locator(".st-key-order input").input_value() == "Word after"
    assert other.locator(".framing li .hit.narrator").count() == 0


def test_narrow_pages_do_not_spill(watched, pictures: Path):
    from tests.browser.driver import PATHS

    window = watched(width=390, height=844)
    for path in PATHS:
        page = window.open(path)
        for scheme in window.schemes():
            spill = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth")
            assert spill <= 0, f"{path} is {spill} px too wide"
            window.shoot(pictures, f"narrow-{scheme}-{path.strip('/').split('?')[0] or 'overview'}")


def test_an_uploaded_table_is_read_by_the_chosen_columns(watched, tmp_path: Path):
    table = tmp_path / "rows.csv"
    table.write_text(
        "headline,outlet,body\n=cmd|calc,The Gannet,The regime slammed the nurses. The thugs ran away.\n"
        "Nurses walk,The Plover,The government criticised the nurses on Monday.\n",
        encoding="utf-8",
    )
    window = watched()
    page = window.open("/load?way=Files")
    page.locator("input[type=file]").set_input_files(table)
    page.get_by_text("Which column holds what?").wait_for()
    page.get_by_role("button", name="Analyse").click()
    page.locator(".arrived").wait_for(timeout=120_000)
    assert "2 articles from 2 sources" in page.locator(".arrived").inner_text()
    page.get_by_role("button", name="See the overview").click()
    page.locator(".head h1", has_text="Your articles").wait_for()
    window.settle()
    assert "2 articles, 2 sources" in page.locator(".standfirst").inner_text()


def test_a_word_of_two_groups_of_sources_is_searched_for_in_all(watched, pictures):
    window = watched(height=1100)
    page = window.open("/search?words-a=The+Kestrel+Post&words-b=Meridian+Wire")
    figure = page.locator(".st-key-every-word")
    figure.scroll_into_view_if_needed()
    window.shoot(pictures, "wide-light-every-word")
    figure.locator(".hit").last.click()
    page.locator(".st-key-lines").wait_for()
    window.settle()
    word = page.locator(".st-key-q input").input_value()
    assert word
    assert word.lower() in page.locator(".st-key-lines button.hit").first.inner_text().lower()


def test_an_own_actor_is_found_at_once_and_travels_in_the_link(watched, tmp_path: Path, pictures):
    table = tmp_path / "mine.tsv"
    table.write_text("name\tkind\taliases\nNight Watch\tgroup\tWatchers\nbad\tcouncil\n", encoding="utf-8")
    window = watched()
    page = window.open("/lexicon?lexicon-look=Actors")
    page.get_by_text("A file that somebody passed on").click()
    page.locator("input[type=file]").set_input_files(table)
    page.get_by_text("1 own actor").wait_for(timeout=120_000)
    window.settle()
    assert "Line 3 was left out" in window.text()
    page.wait_for_function("location.search.includes('own=')")
    window.shoot(pictures, "wide-light-own-actors")
    link = page.url.replace("/lexicon", "/").removeprefix(window.address)
    other = watched()
    other.open(link)
    assert "1 own actor" in other.text()


def test_the_margin_of_an_article_says_who_speaks_and_by_which_word(watched):
    window = watched(height=1100)
    page = window.open(KREMLIN)
    page.locator(".text .cue").first.hover()
    tip = page.locator(".tip")
    tip.wait_for()
    told = tip.inner_text()
    assert "‘" in told
    assert told.strip().endswith(("direct", "partial", "indirect"))


def test_what_is_not_told_as_a_fact_is_set_in_italics_and_the_text_stays(watched, pictures):
    window = watched(height=1100)
    page = window.open(KREMLIN)
    text = page.locator(".framing .sheet").inner_text()
    page.get_by_text("Fact or not").click()
    page.locator(".text .open").first.wait_for(timeout=60_000)
    window.settle()
    told = page.locator(".text .open").all_inner_texts()
    assert "put" not in told
    assert "bring" in told, "“We will bring an end to it”"
    assert page.locator(".framing .sheet").inner_text() == text
    assert f"{len(told)} of " in page.locator(".st-key-certainty").inner_text()
    window.shoot(pictures, "wide-light-fact-or-not")


@pytest.mark.parametrize("path", ["/compare", "/actors", "/sources"])
def test_the_links_of_a_long_page_lead_to_its_parts(watched, path: str):
    window = watched()
    page = window.open(path)
    links = page.locator(".contents a")
    assert links.count() >= 4
    for link in links.all():
        assert page.locator(link.get_attribute("href")).count() == 1
    links.last.click()
    page.wait_for_timeout(600)
    assert 0 <= page.locator(links.last.get_attribute("href")).bounding_box()["y"] < 800, "in view"
    window.settle()
    assert path in page.url


def test_two_pasted_articles_stand_beside_each_other(watched, tmp_path: Path, pictures):
    window = watched()
    page = window.open("/load")
    for source, verb in (("The Gannet", "slammed"), ("The Plover", "criticised")):
        page.get_by_label("Article", exact=True).fill(f"Nurses walk out\n\nThe minister {verb} the nurses on Monday.")
        page.get_by_label("Source", exact=True).fill(source)
        page.get_by_role("button", name="Analyse").click()
        ready = "document.querySelector('.st-key-pasted textarea')?.value === '' && document.querySelector('.arrived')"
        page.wait_for_function(ready, timeout=120_000)  # the box is free for the next
        window.settle()
    assert "With what you loaded before: 2 articles from 2 sources" in page.locator(".arrived").inner_text()
    page.get_by_role("button", name="Compare the sources").click()
    page.wait_for_url("**/compare*")
    window.settle()
    assert "2 articles, 2 sources" in page.locator(".standfirst").inner_text()
    window.shoot(pictures, "wide-light-two-pasted")


def test_a_file_without_text_is_told_and_not_counted(watched, tmp_path: Path):
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "fake.pdf").write_text("no pdf")
    window = watched()
    page = window.open("/load?way=Files")
    page.locator("input[type=file]").set_input_files([tmp_path / "empty.txt", tmp_path / "fake.pdf"])
    page.get_by_role("button", name="Analyse").click()
    page.get_by_text("Nothing could be read.").wait_for()
    page.locator(".st-key-refused").get_by_text("fake.pdf").wait_for()
    assert page.locator(".arrived").count() == 0


def test_the_first_look_leads_into_the_most_judging_telling(watched):
    window = watched()
    page = window.open()
    lines = page.locator(".st-key-first-look .row, .framing .row.barred")
    assert lines.count() >= 3
    source = lines.first.locator(".from").inner_text()
    page.get_by_role("button", name="Read the first with its marks").click()
    page.wait_for_url("**/read*")
    window.settle()
    assert source in page.locator(".byline").inner_text()


def test_letters_of_figures_grow_on_a_projector(watched):
    page = watched(width=1920, height=1080).open()
    figure = page.locator(".st-key-rates-figure-place svg").first
    wide = figure.evaluate("node => node.getBoundingClientRect().width / node.viewBox.baseVal.width")
    assert wide > 1.1
    figure.locator(".hit").first.click()
    page.locator(".margin-head h2", has_text="Loaded terms in").wait_for()
