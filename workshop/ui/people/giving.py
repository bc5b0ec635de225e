"""Giving somebody a role, in one wijkplan or from the page of administrators."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from workshop.domain.roles import Role
from workshop.locale import _
from workshop.ui.frame.doing import Action, AtPress, button, typed
from workshop.ui.frame.shell import Shell
from workshop.ui.frame.state import value_of
from workshop.ui.frame.words import role_name, role_use


def offer_role(shell: Shell, give_role: Action, people: Mapping[str, str], wijkplan_id: str | AtPress) -> None:
    """Choose who (``people`` by account) and which role; ``give_role(store, actor, wijkplan, account, role)``."""
    st.selectbox(_("Geef een rol aan"), list(people), format_func=people.__getitem__, key="role-who")
    roles = list(Role)
    st.radio(_("Rol"), roles, format_func=role_name, captions=[role_use(each) for each in roles], key="role-which")

    def told(_result: object) -> str:
        name, role = people[value_of("role-who")], role_name(value_of("role-which")).lower()
        return _("{name} is nu {role}.").format(name=name, role=role)

    button(
        _("Geef de rol"), give_role, shell, wijkplan_id, typed("role-who"), typed("role-which"), key="give-role",
        look="primary", wide=False, said=told,
    )  # fmt: skip
