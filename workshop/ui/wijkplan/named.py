"""Partners and groups of a wijkplan: who they are, adding, renaming, archiving and bringing back."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from workshop.actions.wijkplan.partners import (
    add_group,
    add_partner,
    archive_group,
    archive_partner,
    move_group,
    preset_groups,
    preset_partners,
    rename_group,
    rename_partner,
    restore_group,
    restore_partner,
    set_lead,
)
from workshop.actions.wijkplan.wijkplannen import Named
from workshop.domain.errors import Refused
from workshop.domain.roles import Actor
from workshop.domain.texts import same_text
from workshop.locale import _, n_
from workshop.store import Store
from workshop.ui.frame.doing import AtPress, button, do, fresh, refused_at, renewing, typed
from workshop.ui.frame.fields import md, show_empty
from workshop.ui.frame.shell import Shell
from workshop.ui.frame.state import value_of


def show_partners(shell: Shell, may_change: bool) -> None:
    """Who takes part, and who leads."""
    plan = shell.plan
    for partner in plan.open_partners:
        st.markdown("- " + md(f"{partner.name} – " + _("trekker") if partner.is_lead else partner.name))
    if not plan.open_partners:
        show_empty(_("Er zijn nog geen partners."), _("Vink aan wie er meedoet, of voeg zelf een organisatie toe."))
    if not may_change:
        return
    key = fresh("partners")
    _ask_names(preset_partners(), plan.open_partners, key)
    st.text_input(_("Andere organisatie"), max_chars=120, key=f"{key}-own", placeholder=_("Geen namen van personen"))
    button(
        _("Voeg partners toe"), _add_partners, shell, plan.id, AtPress(lambda: _names_asked(key)), key="partners-add",
        look="primary", wide=False, then=renewing("partners"),
        said=lambda n: n_("{n} partner toegevoegd.", "{n} partners toegevoegd.", n).format(n=n),
    )  # fmt: skip
    if plan.open_partners:
        _change_lead(shell)
        _change_names(shell, "partner", plan.partners)


def show_groups(shell: Shell, may_change: bool) -> None:
    """The groups people choose from at the door."""
    plan = shell.plan
    st.write(_("Wie meedoet kiest bij binnenkomst een van deze groepen."))
    for group in plan.open_groups:
        st.markdown("- " + md(group.name))
    if not may_change:
        return
    key = fresh("groups")
    _ask_names(preset_groups(), plan.open_groups, key)
    st.text_input(_("Andere groep"), max_chars=80, key=f"{key}-own")
    button(
        _("Voeg groepen toe"), _add_groups, shell, plan.id, AtPress(lambda: _names_asked(key)), key="groups-add",
        look="primary", wide=False, then=renewing("groups"),
        said=lambda n: n_("{n} groep toegevoegd.", "{n} groepen toegevoegd.", n).format(n=n),
    )  # fmt: skip
    _change_names(shell, "group", plan.groups)


def _ask_names(presets: Iterable[str], there: Iterable[Named], key: str) -> None:
    left = [name for name in presets if not any(same_text(name, other.name) for other in there)]
    if left:
        st.pills(_("Voeg toe"), left, selection_mode="multi", key=f"{key}-ticked")


def _names_asked(key: str) -> list[str]:
    own: str = value_of(f"{key}-own", "")
    return [*(value_of(f"{key}-ticked") or ()), *([own] if own.strip() else [])]


def _add_partners(store: Store, actor: Actor, wijkplan_id: str, names: list[str]) -> int:
    """Add every partner that was asked; returns how many."""
    if not names:
        raise Refused(_("Vink een organisatie aan, of typ een naam."))
    for name in names:
        add_partner(store, actor, wijkplan_id, name)
    return len(names)


def _add_groups(store: Store, actor: Actor, wijkplan_id: str, names: list[str]) -> int:
    """Add every group that was asked; returns how many."""
    if not names:
        raise Refused(_("Vink een groep aan, of typ een naam."))
    for name in names:
        add_group(store, actor, wijkplan_id, name)
    return len(names)


def _change_lead(shell: Shell) -> None:
    plan = shell.plan
    choices: list[str | None] = [None, *(partner.id for partner in plan.open_partners)]
    names = {partner.id: partner.name for partner in plan.open_partners}
    now = plan.lead.id if plan.lead else None
    key = f"lead-{now}"
    refused_at("lead")
    st.selectbox(
        _("Wie trekt het plan?"),
        choices,
        index=choices.index(now),
        format_func=lambda each: names[each] if each else _("De gemeente, als opdrachtgever"),
        key=key,
        on_change=do,
        args=(set_lead, shell, plan.id, typed(key)),
        kwargs={"at": "lead", "key": key},
    )


def _change_names(shell: Shell, kind: str, listed: tuple[Named, ...]) -> None:
    """Rename, archive and bring back, one at a time."""
    plan, at = shell.plan, f"{kind}-names"
    rename, archive, restore = (
        (rename_partner, archive_partner, restore_partner)
        if kind == "partner"
        else (rename_group, archive_group, restore_group)
    )
    with st.expander(_("Hernoem, archiveer of zet terug")):
        by_id = {each.id: each for each in listed}
        chosen = by_id[
            st.selectbox(
                _("Welke?"),
                list(by_id),
                format_func=lambda each: (
                    by_id[each].name + (" (" + _("gearchiveerd") + ")" if by_id[each].is_archived else "")
                ),
                key=f"{kind}-chosen",
            )
        ]
        refused_at(at)
        if chosen.is_archived:
            button(
                _("Zet terug"), restore, shell, plan.id, chosen.id, key=f"{kind}-restore-{chosen.id}", at=at,
                wide=False, said=_("De naam staat weer in de lijst."),
            )  # fmt: skip
            return
        name = f"{kind}-name-{chosen.id}"
        st.text_input(_("Naam"), chosen.name, max_chars=120, key=name)
        with st.container(horizontal=True):
            button(
                _("Hernoem"), rename, shell, plan.id, chosen.id, typed(name), key=f"{kind}-rename-{chosen.id}", at=at,
                wide=False, said=_("De naam is veranderd."),
            )  # fmt: skip
            button(
                _("Archiveer"), archive, shell, plan.id, chosen.id, key=f"{kind}-archive-{chosen.id}", at=at,
                wide=False, said=_("Gearchiveerd. Je kunt het hier weer terugzetten."),
            )  # fmt: skip
            if kind == "group":
                button(
                    _("Zet bovenaan"), move_group, shell, plan.id, chosen.id, 0, key=f"group-up-{chosen.id}", at=at,
                    wide=False,
                )  # fmt: skip
