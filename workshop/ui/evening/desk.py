"""The desk below the console: one part of the work at a time. The console itself is for pressing, here is typed."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from workshop.actions.evening.console_view import ConsoleView
from workshop.actions.evening.session_plans import see_session
from workshop.locale import _
from workshop.ui.evening.console import show_clicker_choice
from workshop.ui.evening.editor import show_editor
from workshop.ui.evening.ending import show_ending
from workshop.ui.evening.notes import show_notes
from workshop.ui.evening.paper import show_paper
from workshop.ui.evening.script import FirstPoint
from workshop.ui.evening.settling import show_joint_task, show_message, show_settling
from workshop.ui.evening.table_links import show_table_links
from workshop.ui.frame.shell import Shell
from workshop.ui.frame.state import put, value_of

#: The key of the choice; elsewhere on the console something may lead to a part of the desk.
DESK = "desk"


def show_desk(shell: Shell, view: ConsoleView, first: FirstPoint | None) -> None:
    """Choose a part, and that part. ``first``: what the evening begins with, if anything."""
    st.header(_("Werkblad"), anchor=False)
    parts = _parts()
    if first:
        parts = {"agreements": _("Afspraken"), **parts}
    if value_of(DESK) is None:
        # An evening begins with what was agreed last time, and goes on with the notes.
        has_begun = any(step.round_number for step in view.steps)
        put(DESK, "agreements" if first and not has_begun else "notes")
    part = st.segmented_control(
        _("Wat wil je doen?"), list(parts), required=True, format_func=parts.__getitem__, key=DESK, wrap=True
    )
    if part == "agreements" and first is not None:
        first.show()
    elif part == "script":
        show_editor(shell, see_session(shell.store, shell.actor, view.session.id), first=first)
    elif part == "clicker":
        show_clicker_choice()
    else:
        _SHOWS.get(part or "", show_notes)(shell, view)


_SHOWS: dict[str, Callable[[Shell, ConsoleView], None]] = {
    "notes": show_notes,
    "paper": show_paper,
    "settling": show_settling,
    "task": show_joint_task,
    "ending": show_ending,
    "tables": show_table_links,
    "message": show_message,
}


def _parts() -> dict[str, str]:
    return {
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
