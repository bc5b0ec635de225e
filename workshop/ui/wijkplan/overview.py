"""The wijkplannen somebody may see, and making a new one."""

from __future__ import annotations

import streamlit as st

from workshop.actions.wijkplan.wijkplannen import (
    NewWijkplan,
    WijkplanRow,
    make_wijkplan,
    restore_wijkplan,
    see_wijkplannen,
)
from workshop.domain.roles import Role
from workshop.locale import _, n_
from workshop.ui.frame.doing import AtPress, button, refused_at
from workshop.ui.frame.fields import md, plain, show_empty
from workshop.ui.frame.shell import Shell, go, go_after
from workshop.ui.frame.state import tab, value_of
from workshop.ui.frame.words import role_name
from workshop.ui.wijkplan.areas import ask_areas, ask_municipality, chosen_areas, chosen_municipality, place_line

_MAKE = "make-plan"


def show_wijkplannen(shell: Shell) -> None:
    """The list, or the form for a new one."""
    if tab().is_making_plan:
        _show_form(shell)
    else:
        _show_list(shell)


def _begin() -> None:
    tab().is_making_plan = True


def _stop() -> None:
    tab().is_making_plan = False


def _show_list(shell: Shell) -> None:
    rows = see_wijkplannen(shell.store, shell.actor)
    if not rows:
        show_empty(
            _("Je hebt nog geen wijkplan."),
            _("Maak er een voor je wijk. Je wordt eigenaar en kunt daarna collega's een rol geven."),
        )
    for row in rows:
        if not row.is_archived:
            _show_row(row)
    if st.button(_("Maak een wijkplan"), type="primary", icon=":material/add:"):
        _begin()
        st.rerun()
    archived = [row for row in rows if row.is_archived]
    if archived:
        with st.expander(_("Gearchiveerd ({n})").format(n=len(archived))):
            for row in archived:
                plain(row.title)
                if Role.OWNER in row.roles:
                    button(
                        _("Zet terug"), restore_wijkplan, shell, row.id, key=f"restore-{row.id}", wide=False,
                        said=_("Het wijkplan staat weer in de lijst."),
                    )  # fmt: skip


def _show_row(row: WijkplanRow) -> None:
    with st.container(border=True):
        st.subheader(md(row.title), anchor=False)
        st.markdown(md(place_line(row.municipality_name, row.area_names, row.theme)))
        roles = ", ".join(role_name(role).lower() for role in Role if role in row.roles)
        met = n_("{n} bijeenkomst", "{n} bijeenkomsten", row.sessions).format(n=row.sessions)
        st.caption(_("Jij bent {roles}. {met}.").format(roles=roles, met=met))
        if st.button(_("Open"), key=f"open-{row.id}"):
            go("wijkplan", plan=row.id)


def _show_form(shell: Shell) -> None:
    st.write(_("Drie dingen zijn nu genoeg. De rest vul je daarna in, samen met je opdrachtgever."))
    st.text_input(_("Titel"), max_chars=200, placeholder=_("Bijvoorbeeld: Samen voor Baarn-Noord"), key="new-title")
    town = ask_municipality(key="new-town")
    if town:
        ask_areas(town.code, (), key="new-areas")
    st.text_input(
        _("Thema (mag leeg blijven)"),
        max_chars=200,
        help=_("Voor een plan over meer wijken tegelijk, bijvoorbeeld: veilig uitgaan."),
        key="new-theme",
    )
    refused_at(_MAKE)
    with st.container(horizontal=True):
        button(
            _("Maak het wijkplan"), make_wijkplan, shell, AtPress(_wanted), key=_MAKE, at=_MAKE, look="primary",
            wide=False, then=_open_made, said=_("Het wijkplan is gemaakt. Jij bent eigenaar."),
        )  # fmt: skip
        st.button(_("Toch niet"), on_click=_stop)


def _wanted() -> NewWijkplan:
    town = chosen_municipality(key="new-town")
    return NewWijkplan(
        title=value_of("new-title", ""),
        municipality_code=town.code if town else "",
        municipality_name=town.name if town else "",
        areas=chosen_areas(town.code, key="new-areas") if town else (),
        theme=value_of("new-theme", ""),
    )


def _open_made(wijkplan_id: str) -> None:
    _stop()
    tab().plan_id = wijkplan_id
    go_after("wijkplan", plan=wijkplan_id)
