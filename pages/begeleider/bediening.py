"""The console: running the evening."""

import streamlit as st

from workshop.actions.evening.session_plans import see_session
from workshop.domain.roles import Role
from workshop.locale import _
from workshop.ui.evening.console import TIGHT, show_console, show_outcome_below
from workshop.ui.evening.ending import show_ending
from workshop.ui.evening.notes import show_notes
from workshop.ui.evening.paper import show_paper
from workshop.ui.evening.script import show_editor
from workshop.ui.evening.settling import show_joint_task, show_message, show_settling
from workshop.ui.evening.table_links import show_table_links
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
        view = show_console(shell, session_id, agreed_before)
        first = agreed_before(shell, view.session)
        st.divider()
        st.header(_("Werkblad"), anchor=False)
        desks = {
            "notes": _("Kaartjes"),
            "paper": _("Op papier"),
            "settling": _("Afronden"),
            "task": _("Gezamenlijke opgave"),
            "ending": _("Slot"),
            "tables": _("Tafels"),
            "script": _("Draaiboek"),
            "message": _("Bericht"),
            "clicker": _("Klikker"),
        }
        if first:
            desks = {"agreements": _("Afspraken"), **desks}
        if "desk" not in st.session_state:
            # An evening begins with what was agreed last time, and goes on with the notes.
            has_begun = any(step.round_number for step in view.steps)
            st.session_state["desk"] = "agreements" if first and not has_begun else "notes"
        desk = st.segmented_control(
            _("Wat wil je doen?"),
            list(desks),
            required=True,
            format_func=desks.__getitem__,
            key="desk",
            wrap=True,
        )
        match desk:
            case "agreements" if first is not None:
                first.show()
            case "paper":
                show_paper(shell, view)
            case "settling":
                show_settling(shell, view)
            case "task":
                show_joint_task(shell, view)
            case "script":
                show_editor(shell, see_session(shell.store, shell.actor, session_id), first=first)
            case "ending":
                show_ending(shell, view)
            case "tables":
                show_table_links(shell, view)
            case "message":
                show_message(shell, view)
            case "clicker":
                st.checkbox(
                    _("PageDown en PageUp van een presentatieklikker bedienen de avond"),
                    value=True,
                    key="console_clicker",
                )
            case _:
                show_notes(shell, view)
        show_outcome_below(view)
        show_asked_herkomst(shell, view.session.wijkplan_id, within=session_id)
