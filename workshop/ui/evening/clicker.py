"""The presentation clicker: PageDown does the next thing, PageUp steps back. What would stop a vote asks first.

A clicker is pressed by accident, in a pocket or by a child; a stopped round cannot be opened again. So the first press
only says on the screen what a second one within a few seconds will do.
"""

from __future__ import annotations

import time

import streamlit as st

from workshop.actions.evening.running import press_next, step_back
from workshop.locale import _
from workshop.ui.frame.live import Press
from workshop.ui.frame.shell import Shell
from workshop.ui.frame.visitor import look_who_is_here

#: Seconds within which a second press counts as yes.
SURE_WITHIN = 10
_ASKED = "kv_clicker_asked"
_Asked = tuple[str, float, str]  # the step, until when, the words on the button


def press(shell: Shell, session_id: str, what: Press) -> None:
    """One press of the clicker on the wall.

    Raises:
        WorkshopError: it cannot be done now.
    """
    if what == "back":
        st.session_state.pop(_ASKED, None)
        step_back(shell.store, look_who_is_here(), session_id)
        return
    asked: _Asked | None = st.session_state.pop(_ASKED, None)
    sure_of = asked[0] if asked is not None and asked[1] > time.monotonic() else None
    move = press_next(shell.store, look_who_is_here(), session_id, sure_of=sure_of)
    if move.asks:
        st.session_state[_ASKED] = (move.step_id, time.monotonic() + SURE_WITHIN, move.label)


def what_is_asked(step_id: str | None) -> tuple[str, int]:
    """What one more press does to this step, in words, and the seconds it may still come; ("", 0) when not asked."""
    asked: _Asked | None = st.session_state.get(_ASKED)
    left = 0 if asked is None or asked[0] != step_id else round(asked[1] - time.monotonic())
    return (asking_words(asked[2]), left) if asked is not None and left > 0 else ("", 0)


def asking_words(label: str) -> str:
    """What one more press does; ``label`` stands on the button that does the same."""
    return _("Druk nog een keer voor: {button}").format(button=label)
