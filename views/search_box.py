"""The box for words to search for."""

from __future__ import annotations

import streamlit as st

from analysis.framing import concordance


def query() -> tuple[str, bool]:
    """What to search for, and whether in all forms of the words; both stand in the address."""
    words = st.text_input(
        "Word or words",
        key="q",
        bind="query-params",
        max_chars=concordance.LONGEST_QUERY,
        placeholder="regime, so-called, peace talks, regim*",
        width=340,
        help="Words that follow one another. A star stands for any letters: regim* finds regime and regimes.",
    )
    forms = st.toggle("All forms", key="forms", bind="query-params", help="“say” also finds says, said and saying.")
    return words.strip(), forms
