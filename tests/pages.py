"""The pages in Streamlit's own test runner: where they start, what they show, small reports made by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from tests import factory

DASHBOARD = Path(__file__).resolve().parent.parent / "dashboard.py"
HOSTILE = "<script>alert(1)</script> **bold** :material/home: [x](javascript:alert(2))"
SOURCES = ("The Kestrel Post", "Meridian Wire")


def reports(title: str = "Port talks stall again") -> list[Any]:
    return [
        factory.report(
            f"port/{source}-{i}", source, title=title, text=factory.TEXT.replace("Port talks stall again", title)
        )
        for i in range(4)
        for source in SOURCES
    ]


def html(at: AppTest) -> str:
    return "\n".join(element.proto.body for element in at.get("html"))


def components(at: AppTest, name: str) -> list[Any]:
    """What each component of a name was handed."""
    handed = [element.proto for element in at.get("bidi_component")]
    return [json.loads(proto.json) for proto in handed if proto.component_name == name]


def opened(at: AppTest, page: str) -> AppTest:
    at.run()
    return at if page == "overview" else at.switch_page(f"views/{page}.py").run()
