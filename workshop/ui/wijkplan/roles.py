"""Who may do what in a wijkplan."""

from __future__ import annotations

import streamlit as st

from workshop.actions.people.giving_roles import give_role, see_assignable, take_role
from workshop.locale import _
from workshop.ui.frame.doing import button, refused_at
from workshop.ui.frame.fields import md
from workshop.ui.frame.shell import Shell
from workshop.ui.frame.words import role_name, role_use
from workshop.ui.people.giving import offer_role


def show_roles(shell: Shell, may_change: bool) -> None:
    """Everybody with a role here; the owner gives and takes them."""
    plan = shell.plan
    refused_at("roles")
    for member in plan.members:
        closed = "" if member.is_active else " (" + _("account gesloten") + ")"
        left, right = st.columns([4, 1], vertical_alignment="center")
        left.markdown(md(f"{member.display_name}{closed}") + f"  \n{role_name(member.role)}: {role_use(member.role)}")
        if may_change:
            with right:
                button(
                    _("Neem terug"), take_role, shell, plan.id, member.account_id, member.role, at="roles", wide=False,
                    key=f"take-{member.account_id}-{member.role}", said=_("De rol is teruggenomen."),
                )  # fmt: skip
    if may_change:
        st.divider()
        people = {each.account_id: each.display_name for each in see_assignable(shell.store, shell.actor, plan.id)}
        offer_role(shell, give_role, people, plan.id)
