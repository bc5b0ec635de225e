"""One wijkplan: its parts, one at a time. The owner changes, others read."""

from __future__ import annotations

import streamlit as st

from workshop.domain.roles import Role
from workshop.locale import _
from workshop.ui.frame.fields import md, plain
from workshop.ui.frame.shell import Shell
from workshop.ui.wijkplan.agreed import show_agreement, show_place
from workshop.ui.wijkplan.areas import place_line
from workshop.ui.wijkplan.keeping import show_keeping
from workshop.ui.wijkplan.named import show_groups, show_partners
from workshop.ui.wijkplan.roles import show_roles


def show_wijkplan(shell: Shell) -> None:
    """Its title and task, and the part that was chosen."""
    plan = shell.plan
    st.title(md(plan.title), anchor=False)
    st.caption(md(place_line(plan.municipality_name, (area.name for area in plan.areas), plan.theme)))
    if plan.joint_task:
        with st.container(border=True):
            st.caption(_("Onze gezamenlijke opgave"))
            plain(plan.joint_task)
    is_owner = shell.has(Role.OWNER)
    may_change = is_owner and not plan.is_archived
    if plan.is_archived:
        st.info(_("Dit wijkplan is gearchiveerd. De eigenaar kan het terugzetten bij Wijkplannen."))
    elif not is_owner:
        st.caption(_("Je kunt dit lezen. De projecteigenaar kan het veranderen."))
    views = {
        _("Afspraken"): show_agreement,
        _("Gebied"): show_place,
        _("Partners"): show_partners,
        _("Groepen"): show_groups,
        _("Wie mag wat"): show_roles,
        _("Bewaren"): show_keeping,
    }
    part = st.segmented_control(
        _("Onderdeel van het wijkplan"),
        list(views),
        default=next(iter(views)),
        required=True,
        label_visibility="collapsed",
    )
    views[part](shell, may_change)
