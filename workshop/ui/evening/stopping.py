"""Stopping a round: at once when everybody can be reached; else first what that would cost, and two ways out.

A clicker always asks first: a press by accident must not stop a vote, and a stopped round cannot be opened again.
"""

from __future__ import annotations

from math import ceil, inf

import streamlit as st

from workshop.actions.evening.console_view import ConsoleView
from workshop.actions.evening.reach import see_reach
from workshop.actions.evening.running import PrimaryMove, stop_step
from workshop.locale import _, n_
from workshop.ui.evening.clicker import SURE_WITHIN, asking_words
from workshop.ui.frame.doing import button, do
from workshop.ui.frame.shell import Shell
from workshop.ui.frame.state import Passing, put, tab

#: How long waiting for phones lasts, in seconds. Source: issue "an evening with real people", point 7.
WAITING = 30


def waiting_seconds(key: str) -> int:
    """Seconds that the facilitator still wants to wait for phones; 0 when not waiting."""
    waits = tab().stop_waits
    return 0 if waits is None or waits.key != key else round(waits.seconds_left())


def ask_first(key: str) -> None:
    """The clicker was pressed at the console: the question comes up for a few seconds, and one more press is yes."""
    tab().stop_asks = Passing.lasting(key, SURE_WITHIN)


def asking_seconds(key: str) -> float:
    """Seconds that the question still stands on the screen instead of the button; 0 when it does not."""
    asks = tab().stop_asks
    return 0 if asks is None or asks.key != key else asks.seconds_left()


def redraw_after(key: str) -> int:
    """Seconds after which the console must be drawn again because of what :func:`show_stop` shows; 0: no need."""
    asking = asking_seconds(key)
    return waiting_seconds(key) or (ceil(asking) if 0 < asking < inf else 0)


def show_stop(shell: Shell, view: ConsoleView, move: PrimaryMove, *, key: str, shortcut: str | None) -> None:
    """The button that stops, or the question that comes first. ``shortcut`` is the clicker's key, for the answer yes."""
    has_ballot = view.now is not None and view.now.has_ballot
    if not asking_seconds(key):
        st.button(
            move.label,
            key=key,
            type="primary",
            width="stretch",
            wrap=True,
            on_click=_press,
            args=(shell, view.session.id, move.step_id, key, has_ballot),
        )
        left = waiting_seconds(key)
        if left:
            st.info(n_("We wachten nog {n} seconde.", "We wachten nog {n} seconden.", left).format(n=left))
        return
    away = see_reach(shell.store, shell.actor, view.session.id).away if has_ballot else 0
    st.warning(away_words(away) if away else asking_words(move.label))
    if away:
        st.button(
            _("Wacht {n} seconden").format(n=WAITING), key=f"{key}_wait", width="stretch", on_click=_wait, args=(key,)
        )
        if st.button(_("Vul op papier in"), key=f"{key}_paper", width="stretch", on_click=_to_paper):
            st.rerun(scope="app")
    else:
        st.button(_("Nee, terug"), key=f"{key}_no", width="stretch", on_click=_forget)
    button(
        _("Stop toch") if away else move.label,
        stop_step,
        shell,
        move.step_id,
        key=f"{key}_sure",
        at="console",
        shortcut=shortcut,
        then=lambda _r: _forget(),
    )


def away_words(away: int) -> str:
    return n_(
        "{n} telefoon is nu niet bereikbaar. Wie nog niets instuurde, telt straks niet mee.",
        "{n} telefoons zijn nu niet bereikbaar. Wie nog niets instuurde, telt straks niet mee.",
        away,
    ).format(n=away)


def _press(shell: Shell, session_id: str, step_id: str, key: str, has_ballot: bool) -> None:
    if has_ballot and see_reach(shell.store, shell.actor, session_id).away:
        tab().stop_asks = Passing(key, inf)
        return
    do(stop_step, shell, step_id, at="console", key=key)


def _forget() -> None:
    tab().stop_asks = None


def _wait(key: str) -> None:
    _forget()
    tab().stop_waits = Passing.lasting(key, WAITING)


def _to_paper() -> None:
    _forget()
    put("desk", "paper")
