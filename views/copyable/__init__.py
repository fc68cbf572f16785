"""The component that shows words to be copied: a citation, a link, a command.

Streamlit's own, `st.code`, loads a megabyte and a half of script for colouring programs, before the first word of it
stands: half a second of a busy browser.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

HERE = Path(__file__).resolve().parent


@cache
def _component() -> Callable[..., Any]:
    css, js = ((HERE / f"copyable.{kind}").read_text("utf-8") for kind in ("css", "js"))
    return st.components.v2.component("framing_copyable", html='<div class="copyable"></div>', css=css, js=js)


def show(words: str, *, name: str, key: str, wrap: bool = True) -> None:
    """Draw `words` as they are, with a button that copies them; `name` says what they are, for who hears the page.

    Without `wrap` lines stay lines, and long ones are scrolled.
    """
    _component()(key=key, data={"words": words, "name": name, "wrap": wrap})
