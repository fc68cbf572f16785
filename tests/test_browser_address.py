"""What the address of a page holds, in a real browser: filters, the article that is read."""

from __future__ import annotations


def test_filters_stay_in_the_address_from_page_to_page(watched):
    window = watched()
    window.open("/?source=Meridian+Wire&source=The+Kestrel+Post")
    for title in ("Compare", "Actors"):
        page = window.go(title)
        page.wait_for_function("new URLSearchParams(location.search).getAll('source').length === 2")
        assert page.get_by_role("button", name="Filters (1)").is_visible()


def test_back_leads_to_the_article_that_was_read_before(watched):
    window = watched()
    page = window.open("/read")
    chosen = page.locator(".st-key-article input")
    first = chosen.input_value()
    is_first = "first => (document.querySelector('.st-key-article input')?.value === first)"
    page.locator(".st-key-same-story button").first.click()
    page.wait_for_function(f"first => !({is_first})(first)", arg=first)
    window.settle()
    page.go_back()
    page.wait_for_function(is_first, arg=first)
