"""Herkomst over the page: one press beside an item shows its whole chain; Esc closes it and nothing has moved.

What is asked lives in the state of the tab until it is closed, so that a console that redraws because the room changed
keeps it open. The page opens it, never a fragment: what a fragment opens is gone at its next drawing.
"""

from __future__ import annotations

import streamlit as st

from workshop.actions.thread.herkomst import see_graph, see_herkomst
from workshop.domain.errors import NotFound
from workshop.domain.thread.items import Item
from workshop.locale import _
from workshop.ui.frame.shell import Shell
from workshop.ui.frame.state import tab
from workshop.ui.thread.herkomst import show_chain

_ICON = ":material/account_tree:"


def offer_herkomst(item: Item, *, key: str) -> None:
    """A small button beside an item."""
    if st.button(_("Herkomst"), key=key, icon=_ICON, type="tertiary"):
        _ask(item)


def offer_herkomst_in_form(item: Item, *, key: str) -> None:
    """The same inside a form: what was ticked and typed so far is kept, nothing is recorded."""
    if st.form_submit_button(_("Herkomst"), key=key, icon=_ICON, type="tertiary"):
        _ask(item)


def _ask(item: Item) -> None:
    tab().herkomst_of = (item.id, item.text)
    st.rerun()


def show_asked_herkomst(shell: Shell, wijkplan_id: str, *, within: str) -> None:
    """Open the chain somebody asked for; once per page, outside every fragment. ``within``: the session it is asked in."""
    asked = tab().herkomst_of
    if asked is None:
        return
    item_id, text = asked

    @st.dialog(_("Herkomst"), width="large", on_dismiss=_close)
    def over_the_page() -> None:
        try:
            found = see_herkomst(shell.store, shell.actor, wijkplan_id, item_id, within=within)
            graph = see_graph(shell.store, shell.actor, wijkplan_id, within=within)
        except NotFound:
            st.text(_("Dit onderwerp is er niet meer."))
        else:
            # Who runs the evening reads a note that waits too; nobody else does.
            show_chain(found, graph, text=text)
        if st.button(_("Sluit"), key="close_herkomst", on_click=_close):
            st.rerun()

    over_the_page()


def _close() -> None:
    tab().herkomst_of = None
