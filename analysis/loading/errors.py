"""The one error of this stage, and the bounds on what it takes in."""

from __future__ import annotations

MIB = 1024 * 1024
MAX_UPLOAD = 200 * MIB  # bytes handed over in one piece; Streamlit's own default for an upload
MAX_DOCUMENT = 20 * MIB  # text of one document; the longest newspaper issue we met has 2 MiB
MAX_EXPANDED = 400 * MIB  # what an upload may unpack to
MAX_ROW = 10 * MIB  # one row of a table; also csv's field size


class LoadError(ValueError):
    """An input that cannot be read. The message is one plain sentence that says what to do about it."""


def unpacks_to_more(name: str, bound: int) -> LoadError:
    """The error of an upload that is larger than it looks."""
    return LoadError(f"{name} unpacks to more than {bound // MIB} MiB; use the command line for large corpora.")
