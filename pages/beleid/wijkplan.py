"""One wijkplan: what was agreed, where, with whom, how long, and who may do what. The owner changes, others read."""

from dataclasses import replace

import streamlit as st

from workshop.actions.people.giving_roles import give_role, see_assignable, take_role
from workshop.actions.wijkplan.definitions import LONGEST_PART, definition_labels
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
from workshop.actions.wijkplan.wijkplannen import RETENTION_MONTHS, Named, archive_wijkplan, change_wijkplan
from workshop.domain.roles import Role
from workshop.domain.texts import same_text
from workshop.locale import _, format_date, n_
from workshop.ui.frame.fields import md, plain, show_empty
from workshop.ui.frame.shell import Shell, go, open_shell
from workshop.ui.frame.state import tab
from workshop.ui.frame.words import role_name, role_use
from workshop.ui.wijkplan.areas import areas_chosen, place_line

_EDITING = "wijkplan.editing"


def _is_editing(part: str) -> bool:
    return tab().kept.get(_EDITING) == part


def _edit(part: str | None) -> None:
    tab().kept[_EDITING] = part


def _show_agreement(shell: Shell, may_change: bool) -> None:
    plan = shell.plan
    definition = plan.definition
    if may_change and _is_editing("agreement"):
        _edit_agreement(shell)
        return
    labels = definition_labels()
    if len(definition.missing) == len(labels):
        show_empty(
            _("Er is nog niets afgesproken met de opdrachtgever."),
            _("Schrijf kort op wat jullie willen bereiken, wat erbuiten valt en waar de wijk invloed op heeft."),
        )
    else:
        for name, label in labels.items():
            value = getattr(definition, name)
            st.markdown(f"**{md(label)}**")
            if not value:
                st.caption(_("Nog niet ingevuld"))
            elif name == "agreed_on":
                st.markdown(format_date(value))
            else:
                plain(value)
    if may_change:
        st.button(_("Pas de afspraken aan"), on_click=_edit, args=("agreement",), icon=":material/edit:")


def _edit_agreement(shell: Shell) -> None:
    now = shell.plan.definition
    hints = {
        "ambition": _("Waar doen we dit voor? Eén of twee zinnen."),
        "goal": _("Wat is er anders als het gelukt is?"),
        "results": _("Wat ligt er straks op tafel?"),
        "outside": _("Waar gaat het niet over?"),
        "influence": _("Waar kunnen bewoners en partners echt over meebeslissen?"),
    }
    labels = definition_labels()
    with st.form("agreement", border=False):
        texts = {
            name: st.text_area(labels[name], getattr(now, name), max_chars=LONGEST_PART, help=hint, height=96)
            for name, hint in hints.items()
        }
        commissioner = st.text_input(labels["commissioner"], now.commissioner, max_chars=120)
        agreed_on = st.date_input(labels["agreed_on"], now.agreed_on, format="DD-MM-YYYY")
        with st.container(horizontal=True):
            wants = st.form_submit_button(_("Bewaar de afspraken"), type="primary")
            leaves = st.form_submit_button(_("Toch niet"))
    if leaves:
        _edit(None)
        st.rerun()
    if wants:
        definition = replace(now, **texts, commissioner=commissioner, agreed_on=agreed_on)
        if shell.act(change_wijkplan, shell.plan.id, definition=definition):
            _edit(None)
            shell.say(_("De afspraken zijn bewaard."))
            st.rerun()


def _show_place(shell: Shell, may_change: bool) -> None:
    plan = shell.plan
    if not may_change or not _is_editing("place"):
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
        if may_change:
            st.button(_("Pas titel, gebied of thema aan"), on_click=_edit, args=("place",), icon=":material/edit:")
        return
    title = st.text_input(_("Titel"), plan.title, max_chars=200)
    st.caption(
        _("Gemeente: {name}. Een plan verhuist niet naar een andere gemeente.").format(name=md(plan.municipality_name))
    )
    areas = areas_chosen(plan.municipality_code, plan.areas, key="areas")
    theme = st.text_input(_("Thema (mag leeg blijven)"), plan.theme or "", max_chars=200)
    with st.container(horizontal=True):
        wants = st.button(_("Bewaar"), type="primary")
        st.button(_("Toch niet"), on_click=_edit, args=(None,))
    if wants and shell.act(change_wijkplan, plan.id, title=title, areas=areas, theme=theme):
        _edit(None)
        shell.say(_("Titel, gebied en thema zijn bewaard."))
        st.rerun()


def _names(each: Named) -> str:
    return f"{each.name} – " + _("trekker") if each.is_lead else each.name


def _show_partners(shell: Shell, may_change: bool) -> None:
    plan = shell.plan
    for partner in plan.open_partners:
        st.markdown("- " + md(_names(partner)))
    if not plan.open_partners:
        show_empty(_("Er zijn nog geen partners."), _("Vink aan wie er meedoet, of voeg zelf een organisatie toe."))
    if not may_change:
        return
    known = [partner.name for partner in plan.open_partners]
    left = [name for name in preset_partners() if not any(same_text(name, other) for other in known)]
    ticked = st.pills(_("Voeg toe"), left, selection_mode="multi", key=f"partners-{len(known)}") if left else []
    own = st.text_input(
        _("Andere organisatie"),
        max_chars=120,
        key=f"own-partner-{len(known)}",
        placeholder=_("Geen namen van personen"),
    )
    if st.button(_("Voeg partners toe"), type="primary"):
        wanted = [*ticked, *([own] if own.strip() else [])]
        if not wanted:
            st.info(_("Vink een organisatie aan, of typ een naam."))
        elif all(shell.act(add_partner, plan.id, name) for name in wanted):
            shell.say(n_("{n} partner toegevoegd.", "{n} partners toegevoegd.", len(wanted)).format(n=len(wanted)))
            st.rerun()
    if plan.open_partners:
        _change_lead(shell)
        _change_names(shell, "partner", plan.partners)


def _change_lead(shell: Shell) -> None:
    plan = shell.plan
    choices: list[str | None] = [None, *(partner.id for partner in plan.open_partners)]
    names = {partner.id: partner.name for partner in plan.open_partners}
    now = plan.lead.id if plan.lead else None
    chosen = st.selectbox(
        _("Wie trekt het plan?"),
        choices,
        index=choices.index(now),
        format_func=lambda each: names[each] if each else _("De gemeente, als opdrachtgever"),
    )
    if chosen != now and shell.act(set_lead, plan.id, chosen):
        st.rerun()


def _change_names(shell: Shell, kind: str, listed: tuple[Named, ...]) -> None:
    """Rename, archive and bring back, one at a time."""
    plan = shell.plan
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
        if chosen.is_archived:
            if st.button(_("Zet terug"), key=f"{kind}-restore") and shell.act(restore, plan.id, chosen.id):
                shell.say(_("De naam staat weer in de lijst."))
                st.rerun()
            return
        name = st.text_input(_("Naam"), chosen.name, max_chars=120, key=f"{kind}-name-{chosen.id}")
        with st.container(horizontal=True):
            wants = st.button(_("Hernoem"), key=f"{kind}-rename")
            gone = st.button(_("Archiveer"), key=f"{kind}-archive")
            up = kind == "group" and st.button(_("Zet bovenaan"), key="group-up")
        if wants and shell.act(rename, plan.id, chosen.id, name):
            shell.say(_("De naam is veranderd."))
            st.rerun()
        if gone and shell.act(archive, plan.id, chosen.id):
            shell.say(_("Gearchiveerd. Je kunt het hier weer terugzetten."))
            st.rerun()
        if up and shell.act(move_group, plan.id, chosen.id, 0):
            st.rerun()


def _show_groups(shell: Shell, may_change: bool) -> None:
    plan = shell.plan
    st.write(_("Wie meedoet kiest bij binnenkomst een van deze groepen."))
    for group in plan.open_groups:
        st.markdown("- " + md(group.name))
    if not may_change:
        return
    known = [group.name for group in plan.open_groups]
    left = [name for name in preset_groups() if not any(same_text(name, other) for other in known)]
    ticked = st.pills(_("Voeg toe"), left, selection_mode="multi", key=f"groups-{len(known)}") if left else []
    own = st.text_input(_("Andere groep"), max_chars=80, key=f"own-group-{len(known)}")
    if st.button(_("Voeg groepen toe"), type="primary"):
        wanted = [*ticked, *([own] if own.strip() else [])]
        if not wanted:
            st.info(_("Vink een groep aan, of typ een naam."))
        elif all(shell.act(add_group, plan.id, name) for name in wanted):
            shell.say(n_("{n} groep toegevoegd.", "{n} groepen toegevoegd.", len(wanted)).format(n=len(wanted)))
            st.rerun()
    _change_names(shell, "group", plan.groups)


def _show_keeping(shell: Shell, may_change: bool) -> None:
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
    months = st.number_input(_("Aantal maanden"), least, most, plan.retention_months, step=1)
    if st.button(_("Bewaar de termijn")) and shell.act(change_wijkplan, plan.id, retention_months=int(months)):
        shell.say(_("De bewaartermijn is veranderd."))
        st.rerun()
    st.divider()
    st.markdown("**" + _("Archiveer het wijkplan") + "**")
    st.write(_("Het plan verdwijnt uit de lijst. We wissen niets; je kunt het altijd terugzetten."))
    if st.button(_("Archiveer dit wijkplan")) and shell.act(archive_wijkplan, plan.id):
        tab().plan_id = ""
        shell.say(_("Het wijkplan is gearchiveerd. Onderaan de lijst kun je het terugzetten."))
        go("overzicht")


def _show_people(shell: Shell, may_change: bool) -> None:
    plan = shell.plan
    for member in plan.members:
        closed = "" if member.is_active else " (" + _("account gesloten") + ")"
        left, right = st.columns([4, 1], vertical_alignment="center")
        left.markdown(md(f"{member.display_name}{closed}") + f"  \n{role_name(member.role)}: {role_use(member.role)}")
        wants = may_change and right.button(_("Neem terug"), key=f"take-{member.account_id}-{member.role}")
        if wants and shell.act(take_role, plan.id, member.account_id, member.role):
            shell.say(_("De rol is teruggenomen."))
            st.rerun()
    if not may_change:
        return
    st.divider()
    people = {each.account_id: each.display_name for each in see_assignable(shell.store, shell.actor, plan.id)}
    who = st.selectbox(_("Geef een rol aan"), list(people), format_func=people.__getitem__)
    roles = list(Role)
    role = st.radio(_("Rol"), roles, format_func=role_name, captions=[role_use(each) for each in roles])
    if st.button(_("Geef de rol"), type="primary") and shell.act(give_role, plan.id, who, role):
        shell.say(_("{name} is nu {role}.").format(name=people[who], role=role_name(role).lower()))
        st.rerun()


with open_shell(title=_("Het wijkplan"), wijkplan=True, heading=False) as shell:
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
        _("Afspraken"): _show_agreement,
        _("Gebied"): _show_place,
        _("Partners"): _show_partners,
        _("Groepen"): _show_groups,
        _("Wie mag wat"): _show_people,
        _("Bewaren"): _show_keeping,
    }
    part = st.segmented_control(
        _("Onderdeel van het wijkplan"),
        list(views),
        default=next(iter(views)),
        required=True,
        label_visibility="collapsed",
    )
    views[part](shell, may_change)
