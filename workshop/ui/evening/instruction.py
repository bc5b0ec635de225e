"""The instruction of one's own at a step: written at the script, read on the console and on the printed card."""

from __future__ import annotations

import streamlit as st

from workshop.actions.evening.console_view import ConsoleStep
from workshop.actions.evening.sessions import LONGEST_INSTRUCTION, change_step
from workshop.locale import _
from workshop.ui.frame.doing import form_button, refused_at, typed
from workshop.ui.frame.shell import Shell


def show_instruction_form(shell: Shell, step: ConsoleStep, key: str) -> None:
    """Write how this group does it; an empty text takes it away."""
    at = f"instruction_{step.id}"
    with (
        st.popover(
            _("Eigen uitleg veranderen") if step.instruction else _("Eigen uitleg toevoegen"),
            key=f"{key}_instruction_box",
        ),
        st.form(f"{key}_instruction", border=False),
    ):
        refused_at(at)
        st.text_area(
            _("Zo doen wij het"),
            step.instruction,
            max_chars=LONGEST_INSTRUCTION,
            key=f"{key}_instruction_text",
            help=_("Dit zie jij bij de bediening en op de geprinte kaart. De zaal ziet het niet."),
        )
        form_button(
            _("Bewaar de uitleg"), change_step, shell, step.id, instruction=typed(f"{key}_instruction_text"),
            key=f"{key}_instruction_keep", at=at,
        )  # fmt: skip
