"""The wijkplannen somebody may see, and making a new one."""

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
from workshop.ui.frame.fields import md, plain, show_empty
from workshop.ui.frame.shell import Shell, go, open_shell
from workshop.ui.frame.state import tab
from workshop.ui.frame.words import role_name
from workshop.ui.wijkplan.areas import areas_chosen, municipality_chosen, place_line

_MAKING = "overzicht.making"


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
        tab().kept[_MAKING] = True
        st.rerun()
    archived = [row for row in rows if row.is_archived]
    if archived:
        with st.expander(_("Gearchiveerd ({n})").format(n=len(archived))):
            for row in archived:
                plain(row.title)
                wants = Role.OWNER in row.roles and st.button(_("Zet terug"), key=f"restore-{row.id}")
                if wants and shell.act(restore_wijkplan, row.id):
                    shell.say(_("Het wijkplan staat weer in de lijst."))
                    st.rerun()


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
    title = st.text_input(
        _("Titel"), max_chars=200, placeholder=_("Bijvoorbeeld: Samen voor Baarn-Noord"), key="new-title"
    )
    town = municipality_chosen(key="new-town")
    areas = areas_chosen(town.code, (), key="new-areas") if town else ()
    theme = st.text_input(
        _("Thema (mag leeg blijven)"),
        max_chars=200,
        help=_("Voor een plan over meer wijken tegelijk, bijvoorbeeld: veilig uitgaan."),
        key="new-theme",
    )
    with st.container(horizontal=True):
        wants = st.button(_("Maak het wijkplan"), type="primary")
        if st.button(_("Toch niet")):
            tab().drop(_MAKING)
            st.rerun()
    if wants:
        new = NewWijkplan(
            title=title,
            municipality_code=town.code if town else "",
            municipality_name=town.name if town else "",
            areas=areas,
            theme=theme,
        )
        made = shell.act(make_wijkplan, new)
        if made:
            tab().drop(_MAKING)
            tab().plan_id = made
            shell.say(_("Het wijkplan is gemaakt. Jij bent eigenaar."))
            go("wijkplan", plan=made)


making = bool(tab().kept.get(_MAKING))
with open_shell(title=_("Maak een wijkplan") if making else _("Wijkplannen")) as shell:
    if making:
        _show_form(shell)
    else:
        _show_list(shell)
