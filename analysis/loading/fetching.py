"""A web address in, the article behind it out; nothing inside the reader's own network is ever asked.

A name is looked up once, every address it has is checked, and the connection goes to the very address that was checked,
so a name cannot point elsewhere a moment later (DNS rebinding). The same holds after each redirect.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from analysis.loading import documents, encoding
from analysis.loading.articles import from_text
from analysis.loading.errors import MIB, LoadError
from analysis.model import UNKNOWN_SOURCE, Article

MAX_REDIRECTS = 5
MAX_BYTES = 10 * MIB  # of a page or PDF, also after unpacking; the largest news pages have about 5 MiB
TOTAL_SECONDS = 20.0  # for look-up, redirects and reading together
WEB_PORTS = frozenset({80, 443, 8000, 8080, 8443})  # others belong to services that are not the web
_KINDS = {
    "text/html": "html", "application/xhtml+xml": "html", "text/plain": "text", "application/pdf": "pdf",
    "text/markdown": "markdown",
}  # fmt: skip
_AGENT = "framing-dashboard (reads one article when its user asks for it)"

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def is_public(address: Address) -> bool:
    """Whether an address is on the open internet: not private, loopback, link-local, shared, multicast or reserved.

    An IPv4 address inside an IPv6 one (mapped, 6to4, NAT64) counts as itself.
    """
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address.teredo or address.is_site_local or address in _LOCAL_NAT64 or int(address) >> 32 == 0:
            return False
    return address.is_global and not (
        address.is_multicast
        or address.is_reserved
        or address.is_loopback
        or address.is_link_local
        or address.is_unspecified
    )


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_LOCAL_NAT64 = ipaddress.IPv6Network("64:ff9b:1::/48")


def look_up(host: str, port: int) -> Sequence[str]:
    """The addresses of a host, as the system's resolver gives them."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


@dataclass(frozen=True, slots=True)
class Network:
    """What fetching may reach, and how it finds it. Only tests make one of their own."""

    allowed: Callable[[Address], bool] = is_public
    look_up: Callable[[str, int], Sequence[str]] = look_up
    ports: frozenset[int] | None = WEB_PORTS
    seconds: float = TOTAL_SECONDS
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)


def fetch(url: str, *, clean: bool = True, network: Network | None = None) -> Article:
    """The article at a web address (http or https; a page, plain text or a PDF).

    Raises LoadError with one sentence: for what is no such address, is not on the open internet, does not answer in
    time, is too large, or holds nothing to read.
    """
    network = network or Network()
    deadline = time.monotonic() + network.seconds
    address = url.strip()
    if "://" not in address and re.match(r"[\w-]+(\.[\w-]+)+(/|$|:\d)", address):
        address = f"https://{address}"
    for _ in range(MAX_REDIRECTS + 1):
        parts = _check(address)
        answer = _ask(parts, network, deadline)
        if not answer.redirect:
            return _article(answer, parts.geturl(), clean=clean)
        address = _led_to(parts, answer.redirect)
    raise LoadError(f"The address {_short(url)} leads on and on: more than {MAX_REDIRECTS} redirects.")


def _led_to(parts: SplitResult, redirect: str) -> str:
    try:
        return urljoin(parts.geturl(), redirect)
    except ValueError:  # such as a host in brackets that is no IPv6 address
        raise LoadError(f"{parts.hostname} leads to “{_short(redirect)}”, which is not a web address.") from None


def _check(address: str) -> SplitResult:
    shown = _short(address)
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
        host.encode("idna")
    except ValueError:
        raise LoadError(f"“{shown}” is not a web address.") from None
    if parts.scheme not in ("http", "https"):
        raise LoadError(f"“{shown}” is not a web address; it must begin with http:// or https://.")
    if not host:
        raise LoadError(f"“{shown}” is not a web address; it names no host.")
    if parts.username is not None or parts.password is not None:
        raise LoadError(f"The address at {host} carries a user name or password; leave them out.")
    return parts._replace(
        path=quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._"),
        query=quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]"),
        fragment="",
    )


@dataclass(frozen=True, slots=True)
class _Answer:
    redirect: str = ""
    kind: str = ""
    charset: str = ""
    data: bytes = b""


def _addresses(host: str, port: int, network: Network, deadline: float) -> list[str]:
    """The checked addresses of a host. One that is not allowed spoils all: an honest site has no private address."""
    found: list[Sequence[str]] = []
    failed: list[OSError | UnicodeError] = []

    def work() -> None:
        try:
            found.append(network.look_up(host, port))
        except (OSError, UnicodeError) as error:
            failed.append(error)

    # The system's look-up knows no time limit of its own.
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(max(0.0, deadline - time.monotonic()))
    if not found and not failed:
        raise LoadError(f"Looking up {host} took too long.")
    if failed or not found[0]:
        raise LoadError(f"There is no host named {host}, or the network is down.")
    for address in found[0]:
        if not network.allowed(ipaddress.ip_address(address.partition("%")[0])):
            raise LoadError(f"{host} is not on the open internet, so it is not asked.")
    return list(found[0])


class _Pinned(http.client.HTTPConnection):
    """A connection to one checked address that still names the host, in the Host header and to TLS."""

    def __init__(self, host: str, port: int, address: str, tls: ssl.SSLContext | None, timeout: float) -> None:
        super().__init__(host, port, timeout=timeout)
        self._address, self._tls = address, tls
        # http.client forgets the socket once the answer begins, but the answer is still read from it.
        self._line: socket.socket
        if tls is not None:
            self.default_port = http.client.HTTPS_PORT

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._tls is not None:
            self.sock = self._tls.wrap_socket(self.sock, server_hostname=self.host)
        self._line = self.sock

    def cut(self) -> None:
        """End the connection from outside, whatever it waits for."""
        with contextlib.suppress(OSError):  # it may have ended by itself
            self._line.shutdown(socket.SHUT_RDWR)


def _ask(parts: SplitResult, network: Network, deadline: float) -> _Answer:
    host = (parts.hostname or "").encode("idna").decode("ascii")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    if network.ports is not None and port not in network.ports:
        raise LoadError(f"Port {port} of {host} is not one that web pages use.")
    tls = network.tls if parts.scheme == "https" else None
    problem: Exception | None = None
    for address in _addresses(host, port, network, deadline)[:4]:
        left = deadline - time.monotonic()
        if left <= 0:
            break
        connection = _Pinned(host, port, address, tls, left)
        try:
            connection.connect()
        except OSError as error:
            connection.close()
            problem = error
            continue
        return _talk(connection, parts, deadline)
    if isinstance(problem, ssl.SSLError):
        raise LoadError(f"The certificate of {host} cannot be trusted, so nothing was read.") from None
    if problem is None or isinstance(problem, TimeoutError):
        raise LoadError(f"{host} did not answer in time.") from None
    raise LoadError(f"{host} cannot be reached.") from None


def _talk(connection: _Pinned, parts: SplitResult, deadline: float) -> _Answer:
    """One request and its answer. The clock cuts the line: socket timeouts alone let a slow drip go on for ever."""
    host = parts.hostname or ""
    clock = threading.Timer(max(0.01, deadline - time.monotonic()), connection.cut)
    clock.daemon = True
    clock.start()
    try:
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        headers = {
            "User-Agent": _AGENT, "Accept": "text/html,application/xhtml+xml,text/plain,application/pdf",
            "Accept-Encoding": "identity", "Accept-Language": "en", "Connection": "close",
        }  # fmt: skip
        connection.request("GET", target, headers=headers)
        response = connection.getresponse()
        answer = _read(response, host)
        if time.monotonic() >= deadline:  # the line was cut, which looks like the end of a page
            raise TimeoutError
        return answer
    except (OSError, http.client.HTTPException, ValueError) as error:
        if isinstance(error, LoadError):
            raise
        if time.monotonic() >= deadline or isinstance(error, TimeoutError):
            raise LoadError(f"{host} did not answer in time.") from None
        raise LoadError(f"{host} gave an answer that cannot be read.") from None
    finally:
        clock.cancel()
        connection.close()


def _read(response: http.client.HTTPResponse, host: str) -> _Answer:
    location = response.getheader("Location")
    if response.status in (301, 302, 303, 307, 308) and location:
        return _Answer(redirect=location.strip())
    if response.status != 200:
        reason = {
            401: "asks for a password",
            403: "does not let programs read this page",
            404: "has no such page",
            410: "has no such page",
            429: "asks to be left alone for a while",
        }
        raise LoadError(f"{host} {reason.get(response.status, f'answered with error {response.status}')}.")
    kind = response.headers.get_content_type() if response.getheader("Content-Type") else "text/html"
    if kind not in _KINDS:
        raise LoadError(f"The address gives {kind}, not a page, plain text or a PDF.")
    declared = response.getheader("Content-Length", "")
    if declared.isdigit() and int(declared) > MAX_BYTES:
        raise LoadError(_too_large(host))
    data = response.read(MAX_BYTES + 1)
    if response.length:  # the line was cut before the end
        raise http.client.IncompleteRead(data)
    data = _unpack(data, (response.getheader("Content-Encoding") or "identity").strip().lower(), host)
    if len(data) > MAX_BYTES:
        raise LoadError(_too_large(host))
    return _Answer(kind=_KINDS[kind], charset=response.headers.get_content_charset() or "", data=data)


def _unpack(data: bytes, coding: str, host: str) -> bytes:
    if coding in ("", "identity"):
        return data
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise LoadError(f"{host} sends the page packed in a way that cannot be read ({coding[:20]}).")
    try:
        return zlib.decompressobj(wbits=47 if "gzip" in coding else 15).decompress(data, MAX_BYTES + 1)
    except zlib.error:
        raise LoadError(f"{host} sends a page that cannot be unpacked.") from None


def _too_large(host: str) -> str:
    return f"The page at {host} is larger than {MAX_BYTES // MIB} MiB."


def _article(answer: _Answer, url: str, *, clean: bool) -> Article:
    if answer.kind == "pdf":
        article = replace(documents.read(answer.data, "pdf", _short(url), clean=clean)[0], url=url)
    else:
        text, problems = encoding.decode(answer.data, answer.charset or documents.declared_charset(answer.data))
        article = from_text(
            documents.plain_page(text) if answer.kind == "html" and not clean else text, url=url, clean=clean
        )
        article = replace(article, problems=(*article.problems, *problems))
    if not article.text:
        raise LoadError(f"The page at {urlsplit(url).hostname} holds no text; it may need a browser to show it.")
    if article.source == UNKNOWN_SOURCE:  # where the page itself names nobody, its address says who publishes it
        article = replace(article, source=(urlsplit(url).hostname or "").removeprefix("www."))
    return replace(article, id=url)


def _short(url: str) -> str:
    return url if len(url) <= 120 else url[:117] + "…"
