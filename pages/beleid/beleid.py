"""Results of one wijkplan: outcomes, items with their origin, recording, figures and downloads."""

import streamlit as st

from workshop.actions.sprints.material import see_snapshot
from workshop.locale import _
from workshop.ui.documents.results import show_downloads, show_items, show_latest, show_outcomes, show_recording
from workshop.ui.facts.figures import show_figures
from workshop.ui.facts.reports import show_reports
from workshop.ui.frame.fields import plain
from workshop.ui.frame.shell import open_shell

with open_shell(title=_("Resultaten"), wijkplan=True) as shell:
    snapshot = see_snapshot(shell.store, shell.actor, shell.plan.id)
    plain(shell.plan.title)
    with st.container(border=True):
        st.caption(_("Gezamenlijke opgave"))
        plain(snapshot.joint_task or _("De groep schreef nog geen gezamenlijke opgave. Dat gebeurt na de nulmeting."))
    show_latest(snapshot)
    parts = {
        "outcomes": _("Uitslagen"),
        "items": _("Herkomst"),
        "recording": _("Vastleggen"),
        "figures": _("Cijfers"),
        "reports": _("Rapporten"),
        "downloads": _("Downloads"),
    }
    part = st.segmented_control(
        _("Wat wil je zien?"), list(parts), default="outcomes", format_func=parts.__getitem__, key="part"
    )
    match part:
        case "items":
            show_items(snapshot)
        case "recording":
            show_recording(shell, snapshot)
        case "figures":
            show_figures(shell, snapshot)
        case "reports":
            show_reports(shell, snapshot)
        case "downloads":
            show_downloads(shell, snapshot)
        case _:
            show_outcomes(snapshot)
