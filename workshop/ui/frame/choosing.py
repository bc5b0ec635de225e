"""Which session a page is about: the address says it, the store decides whether it exists for this person."""

from __future__ import annotations

import re
from pathlib import Path

import streamlit as st

from workshop.actions.evening.session_plans import see_sessions
from workshop.domain.evening.moves import SessionState
from workshop.domain.evening.sessions import Session
from workshop.domain.texts import escape_markdown
from workshop.locale import _, format_date
from workshop.ui.frame.shell import Shell

#: Absolute, because Streamlit looks for pages beside the main script and ours lie elsewhere.
CONSOLE_PAGE = str(Path(__file__).resolve().parents[3] / "pages" / "begeleider" / "bediening.py")

_ID = re.compile(r"[0-9a-f]{32}")


def wall_address(session: Session) -> str:
    """The address of the projector's own window."""
    return f"/scherm?plan={session.wijkplan_id}&sessie={session.id}"


def session_asked() -> str | None:
    """The session in the address, when it can be one."""
    asked = st.query_params.get("sessie", "")
    return asked if _ID.fullmatch(asked) else None


def chosen_session(shell: Shell) -> str | None:
    """The session this page runs: from the address; else the one that is open; else a list to choose from.

    A session of another wijkplan is answered like one that does not exist: by the list.
    """
    rows = see_sessions(shell.store, shell.actor, shell.plan.id)
    known = {row.session.id: row.session for row in rows}
    asked = session_asked()
    if asked in known:
        return asked
    running = [s for s in known.values() if s.state is SessionState.OPEN]
    if len(running) == 1 and asked is None:
        st.query_params["sessie"] = running[0].id
        return running[0].id
    if asked is not None:
        st.error(_("Deze bijeenkomst is er niet, of je hebt er geen toegang toe."))
    if not known:
        st.info(_("Er is nog geen bijeenkomst. Maak er eerst een bij “Bijeenkomsten”."))
        return None
    st.text(_("Welke bijeenkomst wil je bedienen?"))
    for session in known.values():
        st.button(
            escape_markdown(f"{session.title} · {format_date(session.held_on)}"),
            key=f"run_{session.id}",
            on_click=_choose,
            args=(session.id,),
        )
    return None


def _choose(session_id: str) -> None:
    st.query_params["sessie"] = session_id
