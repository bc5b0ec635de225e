"""The koppelvlak matrix of a wijkplan: where a turn in one environment works through in another, per sprint."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from workshop.actions.sprints.path import SprintPath
from workshop.domain.sprints.koppelvlakken import matrix_table
from workshop.domain.sprints.records import Link
from workshop.domain.sprints.rules import link_matrix
from workshop.domain.sprints.words import choice_words
from workshop.domain.wijkplan.order import SPRINTS
from workshop.locale import _, n_
from workshop.ui.frame.fields import md, show_empty
from workshop.ui.frame.tables import show_table

Found = Sequence[tuple[int, Link]]
#: Every sprint together, in the choice of the sprint.
ALL = 0


def links_of(path: SprintPath, sprint: int = ALL) -> Found:
    """(sprint, koppelvlak) in the order of the sprints; of one sprint, or of all of them."""
    return [(view.number, link) for view in path.sprints for link in view.record.links if sprint in (ALL, view.number)]  # type: ignore[union-attr]


def show_koppelvlakken(path: SprintPath) -> None:
    """4×4 matrix with number and direction per cell, then every koppelvlak in words; of one sprint or all together."""
    st.subheader(_("Waar omgevingen elkaar raken"), anchor=False)
    counts = {sprint: len(links_of(path, sprint)) for sprint in (ALL, *SPRINTS)}
    if not counts[ALL]:
        show_empty(
            _("Er staat nog geen koppelvlak."),
            _(
                "Vul ze in bij een sprint, onderdeel “Koppelvlakken”. Bijvoorbeeld: toestellen op het plein (fysiek) "
                "maken dat buren elkaar leren kennen (sociaal)."
            ),
        )
        return
    chosen = st.selectbox(
        _("Van welke sprint?"),
        [sprint for sprint, n in counts.items() if n],
        format_func=lambda sprint: _name(sprint, counts[sprint]),
        key="links-of-sprint",
    )
    _show(links_of(path, chosen or ALL))


def _name(sprint: int, n: int) -> str:
    return (_("Alle sprints samen ({n})") if sprint == ALL else _("Sprint {sprint} ({n})")).format(sprint=sprint, n=n)


def _show(found: Found) -> None:
    links = [link for _sprint, link in found]
    empty = sum(not there for there in link_matrix(links).values())
    st.text(
        n_("{n} koppelvlak.", "{n} koppelvlakken.", len(links)).format(n=len(links))
        + " "
        + n_("Eén richting is nog leeg.", "{n} van de 12 richtingen zijn nog leeg.", empty).format(n=empty)
    )
    show_table(matrix_table(links))
    for sprint, link in found:
        with st.container(border=True):
            st.markdown(f"**{md(choice_words(link.source))} → {md(choice_words(link.target))}**: {md(link.mechanism)}")
            facts = [
                _("sprint {n}").format(n=sprint),
                choice_words(link.direction),
                _("bewijs: {what}").format(what=choice_words(link.evidence)),
                choice_words(link.moment),
                _("knop: {what}").format(what=link.knob) if link.knob else "",
            ]
            st.caption(md(" · ".join(fact for fact in facts if fact)))
