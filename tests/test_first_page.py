"""What the server adds to Streamlit's first page, and that everything else passes as it was."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from views import first_page

PAGE = b"<html><head><title>x</title></head><body></body></html>"


def asked(path: str, *, accept: str = "text/html", kind: str = "text/html", status: int = 200) -> tuple[Any, bytes]:
    """The start and the body of an answer to a GET, given in two parts."""
    sent: list[Any] = []

    async def app(scope: Any, _receive: Any, send: Any) -> None:
        headers = [(b"content-type", kind.encode()), (b"content-length", str(len(PAGE)).encode()), (b"etag", b"1")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": PAGE[:9], "more_body": True})
        await send({"type": "http.response.body", "body": PAGE[9:]})

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": [(b"accept", accept.encode())]}
    # In a thread of its own: the browser tests keep a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, first_page.Hasten(app)(scope, None, send)).result()
    return sent[0], b"".join(message["body"] for message in sent[1:])


def test_the_page_is_told_where_its_server_is_and_what_it_will_need() -> None:
    start, body = asked("/read")
    assert b"BACKEND_BASE_URL: location.origin" in body
    assert body.count(b"modulepreload") == len(first_page.scripts()) > len(first_page.WANTED)
    assert body.startswith(b"<html><head><title>x</title>")
    headers = dict(start["headers"])
    assert headers[b"content-length"] == str(len(body)).encode()
    assert b"etag" not in headers, "a browser would keep an older head"


def test_who_asks_for_a_page_is_awaited_and_who_asks_for_a_script_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    coming: list[bool] = []
    monkeypatch.setattr(first_page.spare_time, "coming", lambda: coming.append(True))
    asked("/x.js", accept="*/*")
    assert not coming
    asked("/read")
    assert coming


@pytest.mark.parametrize(
    "how", [{"accept": "*/*"}, {"kind": "application/json"}, {"status": 404}], ids=["script", "json", "missing"]
)
def test_what_is_no_page_passes_as_it_is(how: dict[str, Any]) -> None:
    assert asked("/x", **how)[1] == PAGE


def test_every_script_that_is_named_is_there() -> None:
    assert all((first_page.SCRIPTS / name).exists() for name in first_page.scripts())
    assert all(any(name.startswith(f"{part}.") for name in first_page.scripts()) for part in first_page.WANTED)


def test_what_comes_at_leisure_is_there_and_is_not_what_comes_at_once() -> None:
    named = first_page.at_leisure()
    assert all((first_page.SCRIPTS / name).exists() for name in named)
    assert [name.partition(".")[0] for name in named] == list(first_page.LATER)
    assert not set(named) & set(first_page.scripts())
    head = first_page.head("/news")
    assert all(head.count(f'"/news/static/js/{name}"') == 1 for name in named)


def test_a_server_below_a_path_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_page.st, "get_option", lambda _: "news/")
    made = first_page.head(first_page._base())
    assert 'href="/news/static/js/' in made
    assert "location.origin + '/news'" in made
