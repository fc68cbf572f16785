"""The pupil's page: a room's code in the address (`?room=…`), a phone in the hand.

It draws one component and reads no article of the dashboard, so that thirty phones can tap at once.
"""

from __future__ import annotations

import streamlit as st

from classroom import pupils, rooms
from views import classroom

st.html(classroom.HERE / "phone_page.css")
if "suggestion" not in st.session_state:
    st.session_state["suggestion"] = pupils.suggest()
classroom.pupil(rooms.clean_code(st.query_params.get("room", "")) or "", st.session_state["suggestion"])
