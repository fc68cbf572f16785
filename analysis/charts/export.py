"""A figure as a file: one page that needs no network, with its title, and buttons that save it as PNG or SVG."""

from __future__ import annotations

from html import escape
from typing import Any

from analysis.charts import style

SCALE = 3  # PNG pixels for one on the screen: sharp in print
_BUTTONS = """
<p><button onclick="save('png')">Save as PNG</button> <button onclick="save('svg')">Save as SVG</button></p>
<script>
function save(kind) {
  const plot = document.querySelector(".js-plotly-plot");
  Plotly.downloadImage(plot, {format: kind, scale: kind === "png" ? %d : 1, filename: document.title.slice(0, 80)});
}
</script>
"""


def page(title: str, subtitle: str, spec: dict[str, Any], *, note: str = "", theme: str = "light") -> str:
    """The figure that `split` took apart, whole again, as HTML. `note` says where its numbers come from."""
    colours, layout = style.palette(theme), spec["layout"]
    head = layout["meta"]["head"]
    lines = "<br>".join(f"<b>{line}</b>" for line in style.wrapped(title, style.TITLE_CHARS))
    under = layout["title"]["subtitle"] | {"text": "<br>".join(style.wrapped(subtitle, style.SUBTITLE_CHARS))}
    height = layout["height"] + head
    whole = layout | {
        "title": layout["title"] | {"text": lines, "subtitle": under, "y": 1 - 20 / height},
        "height": height,
        "margin": layout["margin"] | {"t": layout["margin"]["t"] + head},
        "paper_bgcolor": colours.page,
        "plot_bgcolor": colours.page,
    }
    drawn = style.unchecked({"data": spec["data"], "layout": whole}).to_html(
        full_html=False, include_plotlyjs=True, config={"displayModeBar": False, "responsive": True}
    )
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width">'
        f"<style>body {{ font-family: {style.FONT}; background: {colours.page}; color: {colours.ink}; "
        "max-width: 60rem; margin: 1rem auto; padding: 0 1rem; } @media print { button { display: none; } }</style>"
        f"<body>{drawn}{_BUTTONS % SCALE}<p><small>{escape(note)}</small></p></body></html>"
    )
