"""Accounts of the organisation: make them, close them, sign people out, and give the first roles."""

import streamlit as st

from workshop.actions.people.accounts import (
    AccountSeen,
    change_password,
    deactivate_account,
    make_account,
    make_administrator,
    reactivate_account,
    see_accounts,
    sign_out_everywhere,
)
from workshop.actions.people.giving_roles import give_role, see_titles
from workshop.actions.people.passwords import SHORTEST
from workshop.domain.roles import Role
from workshop.locale import _, n_
from workshop.ui.frame.doing import fresh, renew
from workshop.ui.frame.fields import md
from workshop.ui.frame.shell import Shell, open_shell
from workshop.ui.frame.words import role_name, role_use


def _line(account: AccountSeen) -> str:
    marks = [
        *([_("beheerder")] if account.is_admin else []),
        *([_("gesloten")] if not account.is_active else []),
        *([_("nu ingelogd")] if account.last_seen_at else []),
    ]
    return f"{account.display_name} ({account.username})" + (f" – {', '.join(marks)}" if marks else "")


def _show_people(shell: Shell) -> None:
    accounts = {each.id: each for each in see_accounts(shell.store, shell.actor)}
    st.write(n_("{n} account", "{n} accounts", len(accounts)).format(n=len(accounts)))
    chosen = accounts[
        st.selectbox(_("Kies een account"), list(accounts), format_func=lambda each: _line(accounts[each]))
    ]
    with st.container(border=True):
        st.markdown(f"**{md(chosen.display_name)}**  \n{md(chosen.username)}")
        if chosen.roles:
            st.markdown(
                "\n".join("- " + md(f"{title}: {role_name(role).lower()}") for _id, title, role in chosen.roles)
            )
        else:
            st.caption(_("Heeft nog geen rol in een wijkplan."))
        with st.container(horizontal=True):
            out = st.button(_("Log overal uit"), disabled=not chosen.is_active)
            if chosen.is_active:
                close = st.button(_("Sluit het account"))
                reopen = False
            else:
                close, reopen = False, st.button(_("Open het account weer"))
            flip = st.button(_("Neem beheer terug") if chosen.is_admin else _("Maak beheerder"))
        if out and (ended := shell.act(sign_out_everywhere, chosen.id)) is not None:
            shell.say(_("Uitgelogd op {n} plekken.").format(n=int(ended)))
            st.rerun()
        if close and shell.act(deactivate_account, chosen.id):
            shell.say(_("Het account is gesloten. Je kunt het hier weer openen."))
            st.rerun()
        if reopen and shell.act(reactivate_account, chosen.id):
            shell.say(_("Het account is weer open."))
            st.rerun()
        if flip and shell.act(make_administrator, chosen.id, not chosen.is_admin):
            shell.say(_("De rechten zijn veranderd."))
            st.rerun()
        if chosen.id != shell.actor.account_id:
            with st.expander(_("Geef een nieuw wachtwoord")):
                new = st.text_input(_("Nieuw wachtwoord"), type="password", key=f"new-{chosen.id}", autocomplete="off")
                st.caption(_("Vertel het persoonlijk. Overal waar dit account open is, wordt het uitgelogd."))
                if st.button(_("Zet het wachtwoord")) and shell.act(change_password, chosen.id, new=new):
                    shell.say(_("Het wachtwoord is veranderd."))
                    st.rerun()


def _show_new(shell: Shell) -> None:
    st.write(_("Eén account per persoon. Iemand die alleen meedoet aan een bijeenkomst heeft er geen nodig."))
    with st.form("new-account", border=False):
        key = fresh("new-account")
        name = st.text_input(_("Naam"), max_chars=120, help=_("Zoals collega's die kennen."), key=f"{key}-name")
        username = st.text_input(
            _("Gebruikersnaam"), max_chars=80, help=_("Bijvoorbeeld het mailadres van het werk."), key=f"{key}-username"
        )
        password = st.text_input(
            _("Eerste wachtwoord"),
            key=f"{key}-password",
            type="password",
            autocomplete="off",
            help=_("Minstens {n} tekens. De ander verandert het bij Mijn account.").format(n=SHORTEST),
        )
        is_admin = st.checkbox(_("Mag ook accounts beheren"), key=f"{key}-admin")
        wants = st.form_submit_button(_("Maak het account"), type="primary")
    if wants and shell.act(make_account, username=username, display_name=name, password=password, is_admin=is_admin):
        shell.say(_("Het account van {name} is gemaakt.").format(name=name))
        renew("new-account")
        st.rerun()


def _show_roles(shell: Shell) -> None:
    st.write(_("Een eigenaar geeft zelf rollen. Dit is voor als een wijkplan geen eigenaar meer heeft."))
    titles = dict(see_titles(shell.store, shell.actor))
    if not titles:
        st.info(_("Er zijn nog geen wijkplannen."))
        return
    accounts = {each.id: each.display_name for each in see_accounts(shell.store, shell.actor) if each.is_active}
    plan = st.selectbox(_("Wijkplan"), list(titles), format_func=titles.__getitem__)
    who = st.selectbox(_("Geef een rol aan"), list(accounts), format_func=accounts.__getitem__)
    roles = list(Role)
    role = st.radio(_("Rol"), roles, format_func=role_name, captions=[role_use(each) for each in roles])
    if st.button(_("Geef de rol"), type="primary") and shell.act(give_role, plan, who, role):
        shell.say(_("{name} is nu {role}.").format(name=accounts[who], role=role_name(role).lower()))
        st.rerun()


with open_shell(title=_("Beheer"), admin=True) as shell:
    views = {_("Mensen"): _show_people, _("Nieuw account"): _show_new, _("Rollen"): _show_roles}
    part = st.segmented_control(
        _("Onderdeel van beheer"), list(views), default=next(iter(views)), required=True, label_visibility="collapsed"
    )
    views[part](shell)
