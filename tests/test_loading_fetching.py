"""Addresses: what is fetched, what is refused, and that the address asked is the address checked."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from analysis.loading import LoadError, fetch, fetching
from analysis.loading.fetching import Network, is_public

PAGE = "<html><head><title>Lock mended</title></head><body><p>The lock was mended on Monday.</p></body></html>"
LOCAL = ("127.0.0.1",)


class Site(BaseHTTPRequestHandler):
    """A small site with every kind of answer."""

    seen: list[tuple[str, str]] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self.seen.append((self.headers["Host"], self.path))
        path = self.path.split("?")[0]
        if path.startswith("/hop/"):
            left = int(path.rsplit("/", 1)[1])
            return self.answer(b"", 302, {"Location": f"/hop/{left - 1}" if left else "/page"})
        if path == "/away":
            return self.answer(b"", 301, {"Location": "http://inside.example/secret"})
        if path == "/file":
            return self.answer(b"", 302, {"Location": "file:///etc/passwd"})
        if path == "/nowhere":
            return self.answer(b"", 302, {"Location": "http://[lock"})
        if path == "/slow":
            self.send_response(200)
            self.end_headers()
            for _ in range(100):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.05)
            return None
        return self.answer(*ANSWERS.get(path, (b"", 404, {})))

    def answer(self, body: bytes, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in ({"Content-Type": "text/html", "Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        return


ANSWERS: dict[str, tuple[bytes, int, dict[str, str]]] = {
    "/page": (PAGE.encode(), 200, {}),
    "/plain": ("“Café” owners met.".encode("cp1252"), 200, {"Content-Type": "text/plain; charset=windows-1252"}),
    "/greek": ("<p>Η γέφυρα έκλεισε.</p>".encode("iso-8859-7"), 200, {"Content-Type": "text/html; charset=iso-8859-7"}),
    "/packed": (gzip.compress(PAGE.encode()), 200, {"Content-Encoding": "gzip"}),
    "/bomb": (gzip.compress(b"x" * (fetching.MAX_BYTES + 1)), 200, {"Content-Encoding": "gzip"}),
    "/brotli": (b"??", 200, {"Content-Encoding": "br"}),
    "/picture": (b"GIF89a", 200, {"Content-Type": "image/gif"}),
    "/large": (b"", 200, {"Content-Length": str(fetching.MAX_BYTES + 1)}),
    "/short": (b"x", 200, {"Content-Length": "50"}),
    "/empty": (b"<html><body><script>app()</script></body></html>", 200, {}),
    "/locked": (b"", 403, {}),
    "/broken": (b"", 500, {}),
}


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def local(**options: Any) -> Network:
    """A network in which every name is this machine, and this machine may be asked."""
    names = {"inside.example": ("10.0.0.7",)}
    settings: dict[str, Any] = {
        "allowed": lambda address: address.is_loopback or is_public(address),
        "look_up": lambda host, port: names.get(host, LOCAL),
        "ports": None,
    }
    return Network(**(settings | options))


def test_page(port: int) -> None:
    url = f"http://tidewater.example:{port}/page"
    article = fetch(url, network=local())
    assert article.text == "Lock mended\n\nThe lock was mended on Monday."
    assert (article.title, article.source, article.url, article.id) == ("Lock mended", "tidewater.example", url, url)
    assert Site.seen[-1] == (f"tidewater.example:{port}", "/page")


def test_other_kinds_and_codings(port: int) -> None:
    base = f"http://tidewater.example:{port}"
    assert fetch(f"{base}/plain", network=local()).text == "“Café” owners met."
    assert fetch(f"{base}/greek", network=local()).text == "Η γέφυρα έκλεισε."
    assert fetch(f"{base}/packed", network=local()).text.endswith("The lock was mended on Monday.")


def test_address_is_sent_as_written_and_quoted(port: int) -> None:
    fetch(f"http://tidewater.example:{port}/page?q=a b&c=ü#part", network=local())
    assert Site.seen[-1][1] == "/page?q=a%20b&c=%C3%BC"


def test_redirects_are_followed_five_times(port: int) -> None:
    article = fetch(f"http://tidewater.example:{port}/hop/4", network=local())
    assert article.url.endswith("/page")
    with pytest.raises(LoadError, match="more than 5 redirects"):
        fetch(f"http://tidewater.example:{port}/hop/5", network=local())


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/none", "has no such page"),
        ("/locked", "does not let programs read"),
        ("/broken", "error 500"),
        ("/picture", "gives image/gif"),
        ("/large", "larger than 10 MiB"),
        ("/bomb", "larger than 10 MiB"),
        ("/brotli", "packed in a way"),
        ("/short", "cannot be read"),
        ("/empty", "holds no text"),
        ("/away", "inside.example is not on the open internet"),
        ("/file", "must begin with http"),
        ("/nowhere", "leads to “http://.lock”, which is not a web address"),
    ],
)
def test_refusals_say_why(port: int, path: str, says: str) -> None:
    with pytest.raises(LoadError, match=says):
        fetch(f"http://tidewater.example:{port}{path}", network=local())


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("", "not a web address"),
        ("lock", "must begin with http"),
        ("file:///etc/passwd", "must begin with http"),
        ("ftp://tidewater.example/", "must begin with http"),
        ("javascript:alert(1)", "must begin with http"),
        ("http://", "names no host"),
        ("http://[::1", "not a web address"),
        ("http://tidewater.example:99999/", "not a web address"),
        ("http://user:secret@tidewater.example/", "user name or password"),
        ("http://tidewater.example:22/", "Port 22"),
    ],
)
def test_addresses_that_are_none(url: str, says: str) -> None:
    with pytest.raises(LoadError, match=says) as caught:
        fetch(url, network=Network(look_up=lambda host, port: LOCAL))
    assert "secret" not in str(caught.value)


PRIVATE = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1",
    "fec0::1", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1",
    "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "2001:0:4136:e378:8000:63bf:3fff:fdd2",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_on_the_open_internet(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_what_is_on_the_open_internet(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "0x7f.1", "2130706433", "0", "[::ffff:127.0.0.1]", "127.1"]
)
def test_this_machine_by_any_name(host: str, port: int) -> None:
    before = len(Site.seen)
    with pytest.raises(LoadError, match=r"not on the open internet|no host named"):
        fetch(f"http://{host}:{port}/page", network=Network(ports=None))
    assert len(Site.seen) == before


def test_one_private_address_among_others_spoils_all(port: int) -> None:
    mixed = Network(look_up=lambda host, port: ("93.184.216.34", "10.0.0.1"), ports=None)
    with pytest.raises(LoadError, match="not on the open internet"):
        fetch(f"http://tidewater.example:{port}/page", network=mixed)


def test_a_name_is_looked_up_once_and_that_address_is_asked(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    connected: list[str] = []
    honest = socket.create_connection

    def look_up(host: str, port: int) -> tuple[str, ...]:
        asked.append(host)
        return LOCAL if len(asked) == 1 else ("10.0.0.7",)

    def connect(address: tuple[str, int], *rest: Any) -> socket.socket:
        connected.append(address[0])
        return honest(address, *rest)

    monkeypatch.setattr(socket, "create_connection", connect)
    fetch(f"http://tidewater.example:{port}/page", network=local(look_up=look_up))
    assert (asked, connected) == (["tidewater.example"], ["127.0.0.1"])


def test_tls_is_asked_for_the_name(port: int) -> None:
    names: list[str] = []

    class Tls:
        def wrap_socket(self, raw: socket.socket, server_hostname: str) -> socket.socket:
            names.append(server_hostname)
            return raw

    fetch(f"https://tidewater.example:{port}/page", network=local(tls=Tls()))
    assert names == ["tidewater.example"]


def test_a_certificate_that_cannot_be_trusted_is_named(port: int) -> None:
    with pytest.raises(LoadError, match=r"certificate of tidewater\.example"):  # the site speaks no TLS at all
        fetch(f"https://tidewater.example:{port}/page", network=local())


def test_unknown_host() -> None:
    def nobody(host: str, port: int) -> tuple[str, ...]:
        raise socket.gaierror("unknown")

    with pytest.raises(LoadError, match=r"no host named nowhere\.example"):
        fetch("https://nowhere.example/", network=local(look_up=nobody))


def test_closed_port_is_no_answer() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = free.getsockname()[1]
    with pytest.raises(LoadError, match="cannot be reached"):
        fetch(f"http://tidewater.example:{closed}/", network=local())


def test_time_is_bounded_for_a_slow_drip_and_a_slow_look_up(port: int) -> None:
    begun = time.monotonic()
    with pytest.raises(LoadError, match="in time"):
        fetch(f"http://tidewater.example:{port}/slow", network=local(seconds=0.4))
    with pytest.raises(LoadError, match="took too long"):
        fetch(
            "http://tidewater.example/", network=local(seconds=0.2, look_up=lambda host, port: time.sleep(3) or LOCAL)
        )
    assert time.monotonic() - begun < 2.5
