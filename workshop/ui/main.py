"""The script Streamlit runs for every page: the gate, and the menu of whoever is here. Pages guard themselves too."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from workshop.domain.roles import Staff
from workshop.locale import _
from workshop.opening import the_store
from workshop.ui.frame.landing import where_next
from workshop.ui.frame.leaving import show_foot
from workshop.ui.frame.places import PLACES
from workshop.ui.frame.shell import go
from workshop.ui.frame.state import tab
from workshop.ui.frame.visitor import look_who_is_here
from workshop.ui.people.sign_in import show_sign_in


def _is_bare() -> bool:
    """Pages without menu: the projector, and taking part."""
    return urlsplit(st.context.url or "").path.rstrip("/").rsplit("/", 1)[-1] in ("scherm", "meedoen")


def _pages_of(staff: Staff) -> list[st.Page]:
    pages = [
        st.Page(
            each.script,
            title=each.title(),
            icon=f":material/{each.icon}:",
            url_path=each.address,
            visibility="visible" if each.is_in_menu and each.is_for(staff) else "hidden",
        )
        for each in PLACES
    ]
    # The default page answers at "/" only and loses its own address, so it is a page of its own that leads on.
    start = st.Page(_start, title=_("Begin"), default=True, visibility="hidden")
    return [start, *pages, st.Page(_start, title=_("Inloggen"), url_path="inloggen", visibility="hidden")]


def _start() -> None:
    staff = look_who_is_here()
    address, query = where_next(the_store(), staff) if isinstance(staff, Staff) else ("overzicht", {})
    go(address, **query)


def _pages_of_strangers() -> list[st.Page]:
    # Every address of staff leads to the form: whoever was signed out finds it where they were.
    aside = [
        st.Page(show_sign_in, title=_("Inloggen"), url_path=each.address, visibility="hidden")
        for each in PLACES
        if each.address != "meedoen"
    ]
    door = [
        st.Page(show_sign_in, title=_("Inloggen"), default=True),
        st.Page(show_sign_in, title=_("Inloggen"), url_path="inloggen", visibility="hidden"),
    ]
    room = [
        st.Page(each.script, title=each.title(), url_path=each.address, visibility="hidden")
        for each in PLACES
        if each.address == "meedoen"
    ]
    return [*door, *room, *aside]


visitor = look_who_is_here()
if isinstance(visitor, Staff):
    page = st.navigation(_pages_of(visitor), position="hidden" if _is_bare() else "sidebar")
    if not _is_bare():
        with st.sidebar:
            tab().slot = st.container()
            show_foot(visitor.display_name)
else:
    page = st.navigation(_pages_of_strangers(), position="hidden")
page.run()
