"""The frame of the dashboard: page settings, the corpus in use, the shared filters, the pages.

streamlit run dashboard.py
streamlit run dashboard.py -- --tables FOLDER     a folder of tables (python -m analysis batch, index) as first page

Streamlit imports this file once, for `app`, the server; and runs it anew for every visitor, for the page.
"""

from __future__ import annotations

from contextlib import suppress

import streamlit as st


def page() -> None:
    """One run of the page for one visitor."""
    from views import ahead, frame, layout, spare_time, state, warehouse

    st.set_page_config(page_title="News framing, word by word", page_icon=str(frame.ICON), layout="wide")
    archive = [st.Page("views/archive.py", title="Archive", default=True)] if warehouse.folder() else []
    chosen = st.navigation(
        [
            *archive,
            st.Page("views/overview.py", title="Overview", default=not archive),
            st.Page("views/read.py", title="Read"),
            st.Page("views/compare.py", title="Compare"),
            st.Page("views/events.py", title="Same event"),
            st.Page("views/actors.py", title="Actors"),
            st.Page("views/sources.py", title="Sources"),
            st.Page("views/search.py", title="Search"),
            st.Page("views/load.py", title="Load"),
            st.Page("views/classroom_desk.py", title="Class", url_path="class"),
            st.Page("views/classroom_join.py", title="Join", url_path="join", visibility="hidden"),
            st.Page("views/classroom_board.py", title="Board", url_path="board", visibility="hidden"),
            st.Page("views/lexicon.py", title="Lexicon"),
            st.Page("views/method.py", title="Method"),
        ],
        position="top",
    )
    frame.turn_to(chosen.title)
    with spare_time.page():
        frame.dress()
        # Those of the class and the archive choose their texts themselves, Method needs none.
        reads = chosen.title not in ("Archive", "Class", "Join", "Board", "Method")
        if reads:
            frame.choose_corpus(chosen.title)
        else:
            state.hold()
        with suppress(layout.Ended):
            chosen.run()
        frame.sign_off()
    if reads:
        ahead.begin(state.current())


if __name__ == "__main__":
    page()
else:
    from starlette.middleware import Middleware

    from views import first_page, start

    app = st.App(__file__, lifespan=start.lifespan, middleware=[Middleware(first_page.Hasten)])
