"""Taking part on a laptop: the same ballot as on a phone, with the story of the sprint beside it."""

from __future__ import annotations

import streamlit as st

from workshop.actions.evening.room_view import see_room
from workshop.cookies import PARTICIPANT
from workshop.domain.errors import NotFound
from workshop.locale import _
from workshop.opening import the_store
from workshop.ui.frame.fields import md, plain
from workshop.ui.frame.room_element import show_room_element
from workshop.ui.frame.visitor import cookie

session_id = st.query_params.get("sessie", "")
try:
    view = see_room(the_store(), cookie(PARTICIPANT), session_id)
except NotFound:
    st.title(_("Doe mee"))
    st.write(_("Vul eerst de code in die op het scherm in de zaal staat."))
    st.link_button(_("Vul de code in"), "/")
    st.stop()

st.title(md(view.session_title))
story, ballot = st.columns([2, 3], gap="large")
with ballot:
    show_room_element(
        session_id,
        module="/room/assets/room.js",
        styles=("/room/assets/base.css", "/room/assets/room.css"),
    )
with story:
    st.subheader(_("Waar het om gaat"))
    if view.joint_task:
        plain(view.joint_task)
    else:
        st.write(_("De groep heeft nog geen gezamenlijke opgave geschreven."))
    st.subheader(_("Wat we al weten"))
    if not view.items:
        st.write(_("Bij dit onderdeel is nog niets meegenomen uit een eerdere stap."))
    for carried in view.items:
        plain(carried.item.text)
        st.caption(md(carried.label))
    if st.button(_("Vernieuw dit verhaal")):
        st.rerun()
