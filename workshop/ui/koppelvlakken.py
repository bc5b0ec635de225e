"""The koppelvlak matrix of a wijkplan: where a turn in one environment works through in another."""

from __future__ import annotations

import streamlit as st

from workshop.actions.sprinting import SprintPath
from workshop.domain.items import Environment
from workshop.domain.sprint_records import Diagnosis, Direction, Link
from workshop.domain.sprint_words import choice_words
from workshop.domain.sprints import link_matrix
from workshop.domain.stories import Table
from workshop.locale import _, n_
from workshop.ui.fields import md, show_empty
from workshop.ui.tables import show_table


def show_koppelvlakken(path: SprintPath) -> None:
    """4×4 matrix with number and direction per cell, then every koppelvlak in words; written in sprint 2."""
    record = path.sprint(2).record
    links = record.links if isinstance(record, Diagnosis) else ()
    matrix = link_matrix(links)
    empty = sum(not found for found in matrix.values())
    st.subheader(_("Waar omgevingen elkaar raken"), anchor=False)
    if not links:
        show_empty(
            _("Er staat nog geen koppelvlak."),
            _(
                "Vul ze in bij sprint 2, “Koppelvlakken”. Bijvoorbeeld: toestellen op het plein (fysiek) maken dat "
                "buren elkaar leren kennen (sociaal)."
            ),
        )
        return
    st.text(
        n_("{n} koppelvlak.", "{n} koppelvlakken.", len(links)).format(n=len(links))
        + " "
        + n_("Eén richting is nog leeg.", "{n} van de 12 richtingen zijn nog leeg.", empty).format(n=empty)
    )
    rows = tuple((choice_words(a), *("–" if a is b else _cell(matrix[a, b]) for b in Environment)) for a in Environment)
    header = (_("Van ↓ naar →"), *(choice_words(e) for e in Environment))
    show_table(Table(_("Koppelvlakken: aantal en richting"), header, rows))
    for link in links:
        with st.container(border=True):
            st.markdown(f"**{md(choice_words(link.source))} → {md(choice_words(link.target))}**: {md(link.mechanism)}")
            facts = [
                choice_words(link.direction),
                _("bewijs: {what}").format(what=choice_words(link.evidence)),
                choice_words(link.moment),
                _("knop: {what}").format(what=link.knob) if link.knob else "",
            ]
            st.caption(md(" · ".join(fact for fact in facts if fact)))


def _cell(links: tuple[Link, ...]) -> str:
    if not links:
        return _("nog leeg")
    plus = sum(link.direction is Direction.PLUS for link in links)
    signs = [f"{plus}× +" if plus else "", f"{len(links) - plus}× −" if len(links) > plus else ""]
    return ", ".join(sign for sign in signs if sign)
