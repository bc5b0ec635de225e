"""The console: running the evening."""

import streamlit as st

from workshop.domain.roles import Role
from workshop.locale import _
from workshop.ui.evening.console import TIGHT, show_console, show_outcome_below
from workshop.ui.evening.desk import show_desk
from workshop.ui.frame.choosing import chosen_session
from workshop.ui.frame.shell import open_shell
from workshop.ui.sprints.agreements import agreed_before
from workshop.ui.thread.herkomst_dialog import show_asked_herkomst

with open_shell(title=_("Bediening"), role=Role.FACILITATOR, wijkplan=True, wide=True) as shell:
    # The menu would take a quarter of a laptop; it stays one press away.
    st.set_page_config(initial_sidebar_state="collapsed")
    st.html(TIGHT)
    session_id = chosen_session(shell)
    if session_id is not None:
        view, first = show_console(shell, session_id, agreed_before)
        st.divider()
        show_desk(shell, view, first)
        show_outcome_below(view)
        show_asked_herkomst(shell, view.session.wijkplan_id, within=session_id)
