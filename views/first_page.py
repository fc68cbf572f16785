"""What the server adds to the page that Streamlit begins with, so that the first words stand sooner.

Streamlit's page asks for the scripts of a menu, a button or a component only when the first of them is to be drawn, one
after the other; here they are named at once, and come while the rest still loads. Those that only a click will ask for
(the table of numbers is half a megabyte of script) come when the browser has nothing to do. And an address below the
root (a link to an article) is looked for as a server of its own first, which costs a round trip and two errors in the
console; the page is told where its server is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from views import spare_time

SHIPPED = Path(st.__file__).parent / "static" / "static"  # what Streamlit hands to browsers
SCRIPTS = SHIPPED / "js"
SERIF = "SourceSerifVariable-Roman.*.woff2"  # of headlines: without it they stand in another face first, and jump
WANTED = ("Html", "Selectbox", "ButtonGroup", "Button", "BidiComponent")  # of every page
# What pages draw after a click, the most likely first.
LATER = ("Multiselect", "DataFrame", "DownloadButton", "TextInput", "Checkbox", "DateInput", "FileUploader")
# Runs each script of LATER as Streamlit will ask for it, one in each pause of a browser that has its page and no limit
# on data; Streamlit then finds it there. What fails here is asked for again when it is needed.
_AT_LEISURE = """<script>(() => {
    const waiting = %s;
    const pause = window.requestIdleCallback ?? ((then) => setTimeout(then, 500));
    const next = () => waiting.length && pause(() => import(waiting.shift()).catch(() => {}).then(next));
    const begin = () => setTimeout(() => (document.querySelector(".foot") ? next() : begin()), %d);
    if (!navigator.connection?.saveData) begin();
})()</script>"""
LOOK = 1500  # milliseconds between two looks whether the page stands, down to its foot
_IMPORT = re.compile(r"""(?:from|import)\s*["']\./([\w.-]+\.js)["']""")
_HEAD = b"</head>"
# What is sent is made here, so it is neither packed nor the same as the file that Streamlit keeps.
_OF_A_COPY = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"etag", b"last-modified")


class Hasten:
    """An ASGI layer: pages of HTML get `head()` at the end of their head; everything else passes."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        asked = dict(scope.get("headers", ()))
        if scope["type"] != "http" or scope["method"] != "GET" or b"text/html" not in asked.get(b"accept", b""):
            await self.app(scope, receive, send)
            return
        spare_time.coming()
        plain = scope | {"headers": [pair for pair in scope["headers"] if pair[0] not in _OF_A_COPY]}
        start: dict[str, Any] = {}
        body = b""

        async def held(message: Any) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                return
            body += message.get("body", b"")
            if not message.get("more_body"):
                made = _changed(start, body, head(_base()).encode())
                kept = [pair for pair in start["headers"] if pair[0].lower() not in (b"content-length", *_OF_A_COPY)]
                length = (b"content-length", str(len(made)).encode())
                await send(start | {"headers": [*kept, length]})
                await send({"type": "http.response.body", "body": made})

        await self.app(plain, receive, held)


def _changed(start: dict[str, Any], body: bytes, added: bytes) -> bytes:
    kind = dict(start["headers"]).get(b"content-type", b"")
    whole = start["status"] == 200 and kind.startswith(b"text/html")
    return body.replace(_HEAD, added + _HEAD, 1) if whole else body


def _base() -> str:
    """The path below which the server answers; "/" unless it was started with another."""
    return "/" + str(st.get_option("server.baseUrlPath") or "").strip("/")


def head(base: str) -> str:
    """What is put into the page's head: where the server is, and the scripts that it will ask for."""
    below = base.rstrip("/")
    links = "".join(f'<link rel="modulepreload" crossorigin href="{below}/static/js/{name}">' for name in scripts())
    faces = "".join(
        f'<link rel="preload" as="font" type="font/woff2" crossorigin href="{below}/static/media/{file.name}">'
        for file in (SHIPPED / "media").glob(SERIF)
    )
    later = _AT_LEISURE % (json.dumps([f"{below}/static/js/{name}" for name in at_leisure()]), LOOK)
    where = f"<script>window.__streamlit = {{BACKEND_BASE_URL: location.origin + {base!r}}}</script>"
    return where + faces + links + later


@cache
def at_leisure() -> tuple[str, ...]:
    """The files of the LATER parts; they bring what they import."""
    return tuple(file.name for part in LATER for file in SCRIPTS.glob(f"{part}.*.js"))


@cache
def scripts() -> tuple[str, ...]:
    """The files of the WANTED parts and of all that these import; none where Streamlit keeps them otherwise."""
    found: dict[str, None] = {}
    waiting = [file.name for name in WANTED for file in SCRIPTS.glob(f"{name}.*.js")]
    while waiting:
        name = waiting.pop(0)
        if name not in found and (SCRIPTS / name).exists():
            found[name] = None
            waiting += _imports(SCRIPTS / name)
    return tuple(found)


def _imports(file: Path) -> Iterator[str]:
    yield from _IMPORT.findall(file.read_text(encoding="utf-8"))
