"""The frame of the dashboard: page settings, the corpus in use, the shared filters, the pages.

streamlit run dashboard.py
"""

from __future__ import annotations

import streamlit as st

from views import frame

st.set_page_config(page_title="News framing, word by word", page_icon=str(frame.ICON), layout="wide")
page = st.navigation(
    [
        st.Page("views/overview.py", title="Overview", default=True),
        st.Page("views/read.py", title="Read"),
        st.Page("views/actors.py", title="Actors"),
        st.Page("views/sources.py", title="Sources"),
        st.Page("views/load.py", title="Load"),
        st.Page("views/method.py", title="Method"),
    ],
    position="top",
)
frame.dress()
frame.choose_corpus(page.title)
page.run()
frame.sign_off()
