"""How pupils get into a room, as it stands on the desk and on the projector: the code, a QR code, the address."""

from __future__ import annotations

import segno

from views.classroom import ADDRESS_SETTING, join_address
from views.words import show


def qr(address: str) -> str:
    """The address as a picture in a data address, dark on light whatever the theme, as cameras want it."""
    return segno.make(address, error="m", micro=False).svg_data_uri(scale=8, border=3, dark="#1d2127", light="#ffffff")


def draw(code: str, *, large: bool = False) -> None:
    """The box. Where phones cannot reach the server, it says how to start it."""
    address, reachable = join_address(code)
    shown, _, _ = address.partition("?")
    show(
        '<div class="class-join{size}"><img class="class-qr" src="{qr}" alt="QR code of the address">'
        "<div><p>Open <b>{address}</b></p><p>and type the code</p><p class='class-code'>{code}</p></div></div>",
        size=" large" if large else "",
        qr=qr(address),
        address=shown.removeprefix("http://"),
        code=code,
    )
    if not reachable and not large:
        show(
            '<p class="class-warning">{words} <code>{command}</code> {more}</p>',
            words="Phones cannot reach this server: it listens on this computer alone. Let the class in by:",
            command="streamlit run dashboard.py --server.address 0.0.0.0",
            more="Do so only in a network that you trust: everybody in it can then open the dashboard. Behind a "
            f"name of your own, set {ADDRESS_SETTING}.",
        )
