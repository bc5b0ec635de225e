"""How long contributions are kept, and putting a wijkplan away."""

from __future__ import annotations

import streamlit as st

from workshop.actions.wijkplan.wijkplannen import RETENTION_MONTHS, archive_wijkplan, change_wijkplan
from workshop.locale import _, n_
from workshop.ui.frame.doing import button, typed
from workshop.ui.frame.shell import Shell, go_after
from workshop.ui.frame.state import tab


def show_keeping(shell: Shell, may_change: bool) -> None:
    """The term, and the archive."""
    plan = shell.plan
    st.write(
        n_(
            "Losse bijdragen (kaartjes en stembiljetten) wissen we na {n} maand. Uitslagen en vastgelegde "
            "resultaten blijven.",
            "Losse bijdragen (kaartjes en stembiljetten) wissen we na {n} maanden. Uitslagen en vastgelegde "
            "resultaten blijven.",
            plan.retention_months,
        ).format(n=plan.retention_months)
    )
    if not may_change:
        return
    least, most = RETENTION_MONTHS
    st.number_input(_("Aantal maanden"), least, most, plan.retention_months, step=1, key="retention")
    button(
        _("Bewaar de termijn"), change_wijkplan, shell, plan.id, retention_months=typed("retention", int),
        key="keep-retention", wide=False, said=_("De bewaartermijn is veranderd."),
    )  # fmt: skip
    st.divider()
    st.markdown("**" + _("Archiveer het wijkplan") + "**")
    st.write(_("Het plan verdwijnt uit de lijst. We wissen niets; je kunt het altijd terugzetten."))
    button(
        _("Archiveer dit wijkplan"), archive_wijkplan, shell, plan.id, key="archive-plan", wide=False, then=_leave,
        said=_("Het wijkplan is gearchiveerd. Onderaan de lijst kun je het terugzetten."),
    )  # fmt: skip


def _leave(_result: object) -> None:
    tab().plan_id = ""
    go_after("overzicht")
