"""What was agreed with whoever asked for the plan, and where it is about: read, and changed by the owner."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from workshop.actions.wijkplan.definitions import LONGEST_PART, Definition, definition_labels
from workshop.actions.wijkplan.wijkplannen import Wijkplan, change_wijkplan
from workshop.locale import _, format_date
from workshop.ui.frame.doing import AtPress, button, form_button, refused_at, typed
from workshop.ui.frame.fields import md, plain, show_empty
from workshop.ui.frame.shell import Shell
from workshop.ui.frame.state import tab, value_of
from workshop.ui.wijkplan.areas import ask_areas, chosen_areas

_AGREEMENT, _PLACE = "agreement", "place"


def _edit(part: str) -> None:
    tab().edited_part = part


def _stop_edit(_result: object = None) -> None:
    tab().edited_part = ""


def show_agreement(shell: Shell, may_change: bool) -> None:
    """Ambition, goal, results, what falls outside, influence; who agreed and when."""
    if may_change and tab().edited_part == _AGREEMENT:
        _edit_agreement(shell)
        return
    definition, labels = shell.plan.definition, definition_labels()
    if len(definition.missing) == len(labels):
        show_empty(
            _("Er is nog niets afgesproken met de opdrachtgever."),
            _("Schrijf kort op wat jullie willen bereiken, wat erbuiten valt en waar de wijk invloed op heeft."),
        )
    else:
        for name, label in labels.items():
            _show_agreed(label, getattr(definition, name))
    if may_change:
        st.button(_("Pas de afspraken aan"), on_click=_edit, args=(_AGREEMENT,), icon=":material/edit:")


def _show_agreed(label: str, value: str | date | None) -> None:
    st.markdown(f"**{md(label)}**")
    if not value:
        st.caption(_("Nog niet ingevuld"))
    elif isinstance(value, date):
        st.markdown(format_date(value))
    else:
        plain(value)


def _edit_agreement(shell: Shell) -> None:
    now, labels = shell.plan.definition, definition_labels()
    hints = {
        "ambition": _("Waar doen we dit voor? Eén of twee zinnen."),
        "goal": _("Wat is er anders als het gelukt is?"),
        "results": _("Wat ligt er straks op tafel?"),
        "outside": _("Waar gaat het niet over?"),
        "influence": _("Waar kunnen bewoners en partners echt over meebeslissen?"),
    }

    def agreed() -> Definition:
        return replace(now, **{name: value_of(f"agreed-{name}") for name in (*hints, "commissioner", "agreed_on")})

    with st.form("agreement", border=False):
        for name, hint in hints.items():
            st.text_area(
                labels[name], getattr(now, name), max_chars=LONGEST_PART, help=hint, height=96, key=f"agreed-{name}"
            )
        st.text_input(labels["commissioner"], now.commissioner, max_chars=120, key="agreed-commissioner")
        st.date_input(labels["agreed_on"], now.agreed_on, format="DD-MM-YYYY", key="agreed-agreed_on")
        refused_at(_AGREEMENT)
        with st.container(horizontal=True):
            form_button(
                _("Bewaar de afspraken"), change_wijkplan, shell, shell.plan.id, definition=AtPress(agreed),
                key="keep-agreement", at=_AGREEMENT, look="primary", then=_stop_edit, said=_("De afspraken zijn bewaard."),
            )  # fmt: skip
            st.form_submit_button(_("Toch niet"), on_click=_stop_edit)


def show_place(shell: Shell, may_change: bool) -> None:
    """Title, municipality, areas and theme."""
    if may_change and tab().edited_part == _PLACE:
        _edit_place(shell)
        return
    _show_place(shell.plan)
    if may_change:
        st.button(_("Pas titel, gebied of thema aan"), on_click=_edit, args=(_PLACE,), icon=":material/edit:")


def _show_place(plan: Wijkplan) -> None:
    st.markdown(f"**{_('Gemeente')}**")
    plain(f"{plan.municipality_name} ({plan.municipality_code})")
    st.markdown("**" + _("Wijken en buurten") + "**")
    for area in plan.areas:
        st.markdown("- " + md(f"{area.name} ({area.code})"))
    if not plan.areas:
        st.caption(_("De hele gemeente"))
    st.markdown(f"**{_('Thema')}**")
    if plan.theme:
        plain(plan.theme)
    else:
        st.caption(_("Geen thema"))


def _edit_place(shell: Shell) -> None:
    plan = shell.plan
    st.text_input(_("Titel"), plan.title, max_chars=200, key="place-title")
    st.caption(
        _("Gemeente: {name}. Een plan verhuist niet naar een andere gemeente.").format(name=md(plan.municipality_name))
    )
    ask_areas(plan.municipality_code, plan.areas, key="areas")
    st.text_input(_("Thema (mag leeg blijven)"), plan.theme or "", max_chars=200, key="place-theme")
    refused_at(_PLACE)
    with st.container(horizontal=True):
        button(
            _("Bewaar"), change_wijkplan, shell, plan.id, title=typed("place-title"), theme=typed("place-theme"),
            areas=AtPress(lambda: chosen_areas(plan.municipality_code, key="areas")), key="keep-place", at=_PLACE,
            look="primary", wide=False, then=_stop_edit, said=_("Titel, gebied en thema zijn bewaard."),
        )  # fmt: skip
        st.button(_("Toch niet"), on_click=_stop_edit)
