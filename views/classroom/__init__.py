"""What the classroom's three pages share: the open file, the two components, the address that phones can reach."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from analysis import memory
from classroom import database, phone

HERE = Path(__file__).resolve().parent
MARKS = HERE.parent / "reader" / "marks.css"
ADDRESS_SETTING = "FRAMING_CLASSROOM_ADDRESS"  # for a server behind a name of its own: https://framing.example.org
LOCAL = ("127.0.0.1", "localhost", "::1")
PARTS = {
    "phone": ("link", "sheet", "marking", "writing", "shown", "phone"),
    "wire": ("wire",),
    "heat": ("sheet", "heat"),
}
TROUBLE = "The room does not answer at the moment. Your marks are kept on this phone."


def store() -> database.Store:
    """The classroom file, opened once. Raises StoreError where it cannot be used."""
    return _store(str(database.default_path()), database.default_days())


@st.cache_resource(show_spinner=False)
def _store(path: str, days: float) -> database.Store:
    memory.settle()  # with forty phones, searching for garbage is the one thing that makes a tap slow
    return database.Store(path, days=days)


@cache
def _component(name: str) -> Callable[..., Any]:
    css = "" if name == "wire" else MARKS.read_text("utf-8") + (HERE / "phone.css").read_text("utf-8")
    js = "\n".join((HERE / f"{part}.js").read_text("utf-8") for part in PARTS[name])
    html = "<div hidden></div>" if name == "wire" else '<div class="framing phone"></div>'
    return st.components.v2.component(f"framing_classroom_{name}", html=html, css=css, js=js)


def pupil(code: str, suggestion: str) -> None:
    """The pupil's page."""
    _component("phone")(key="phone", data={"code": code, "suggest": suggestion})
    _wire()


@st.fragment
def _wire() -> None:
    """A tap comes back as a rerun of this fragment alone, after its mark is on the disk."""

    def heard() -> None:
        message = st.session_state["wire"]["message"]
        try:
            st.session_state["reply"] = phone.answer(store(), message)
        except database.StoreError:
            st.session_state["reply"] = phone.envelope(message) | {"error": TROUBLE}

    _component("wire")(key="wire", data={"reply": st.session_state.get("reply")}, on_message_change=heard)


def heat(data: dict[str, Any], *, key: str) -> None:
    """A text under the class's marks and the analyser's."""
    _component("heat")(key=key, data=data)


def join_address(code: str) -> tuple[str, bool]:
    """The address under which phones find a room, and whether the server can be reached from outside at all."""
    named = os.environ.get(ADDRESS_SETTING, "").strip().rstrip("/")
    if named:
        return f"{named}/join?room={code}", True
    seen = urlsplit(str(st.context.url or ""))
    if seen.hostname and seen.hostname not in LOCAL:
        return f"{seen.scheme}://{seen.netloc}/join?room={code}", True
    port = seen.port or st.get_option("server.port")
    reachable = st.get_option("server.address") not in LOCAL
    return f"http://{network_address()}:{port}/join?room={code}", reachable


def network_address() -> str:
    """This computer's address in the local network. Choosing a route sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address for documentation (RFC 5737)
            return str(probe.getsockname()[0])
        except OSError:
            return socket.gethostname()


def device() -> str:
    """Which device asks: empty for the computer that runs the server."""
    return st.context.ip_address or ""
