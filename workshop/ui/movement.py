"""The slide and the commitment line over all measurements: people per step, per group, as picture and table."""

from __future__ import annotations

import streamlit as st

from workshop.actions.sprinting import Measured, Movement, SprintPath
from workshop.domain.stories import GroupRow, GroupsPicture, Table
from workshop.locale import _, format_date, n_
from workshop.ui.fields import md, show_empty
from workshop.ui.pictures import show_picture
from workshop.ui.tables import show_table


def show_movements(path: SprintPath) -> None:
    """Both scales; a group is shown as far as the rule of five lets it be shown at every measurement."""
    _show(_("De glijbaan"), path.slide, "slide")
    _show(_("Commitment"), path.commitment, "commitment")


def _show(title: str, movement: Movement, key: str) -> None:
    st.subheader(md(title), anchor=False)
    if not movement.measured:
        show_empty(
            _("Nog niet gemeten."), _("Zet dit onderdeel op een bijeenkomst in sprint 1, en nog eens in sprint 3 en 7.")
        )
        return
    n = len(movement.measured)
    st.caption(n_("{n} meting.", "{n} metingen, van oud naar nieuw. Deels andere mensen.", n).format(n=n))
    everybody = _("Iedereen samen")
    who = st.selectbox(_("Welke groep?"), [everybody, *movement.groups], key=f"{key}-group")
    rows = []
    for each in movement.measured:
        counts = each.everybody if who == everybody else each.groups.get(who)
        if counts is not None:
            rows.append(GroupRow(_when(each), tuple(counts)))
    if not rows:
        st.text(_("Deze groep was bij geen meting groot genoeg om te laten zien."))
        return
    show_picture(GroupsPicture(tuple(rows), movement.words), key=f"{key}-picture")
    show_table(
        Table(
            _("{title}, in aantal mensen: {group}").format(title=title, group=who),
            (_("Meting"), *movement.words, _("Samen")),
            tuple((row.label, *row.counts, sum(row.counts)) for row in rows),
        )
    )


def _when(measured: Measured) -> str:
    told = _("sprint {n}, {day}").format(n=measured.sprint, day=format_date(measured.held_on, "short"))
    return told if measured.number == 1 else _("{when}, ronde {n}").format(when=told, n=measured.number)
