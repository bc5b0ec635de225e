"""A page with one text in a form."""

import streamlit as st

from workshop.actions.evening.notes import add_item
from workshop.domain.thread.items import ItemKind
from workshop.domain.thread.written import Written
from workshop.ui.frame.doing import form_button, typed
from workshop.ui.frame.shell import open_shell

with open_shell(title="Proef", wijkplan=True) as shell, st.form("proef"):
    st.text_area("Tekst", key="text")
    form_button(
        "Zet erbij", add_item, shell, shell.plan.id, kind=ItemKind.WISH, written=typed("text", Written), key="add"
    )
