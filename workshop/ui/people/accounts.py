"""Accounts of the organisation: make them, close them, sign people out, and give the first roles."""

from __future__ import annotations

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
from workshop.locale import _, n_
from workshop.ui.frame.doing import button, form_button, fresh, refused_at, renewing, typed
from workshop.ui.frame.fields import md
from workshop.ui.frame.shell import Shell
from workshop.ui.frame.state import value_of
from workshop.ui.frame.words import role_name
from workshop.ui.people.giving import offer_role


def show_accounts(shell: Shell) -> None:
    """The part of it that was chosen."""
    views = {_("Mensen"): _show_people, _("Nieuw account"): _show_new, _("Rollen"): _show_roles}
    part = st.segmented_control(
        _("Onderdeel van beheer"), list(views), default=next(iter(views)), required=True, label_visibility="collapsed"
    )
    views[part](shell)


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
        st.selectbox(
            _("Kies een account"), list(accounts), format_func=lambda each: _line(accounts[each]), key="account"
        )
    ]
    with st.container(border=True):
        st.markdown(f"**{md(chosen.display_name)}**  \n{md(chosen.username)}")
        if chosen.roles:
            st.markdown(
                "\n".join("- " + md(f"{title}: {role_name(role).lower()}") for _id, title, role in chosen.roles)
            )
        else:
            st.caption(_("Heeft nog geen rol in een wijkplan."))
        _show_actions(shell, chosen)
        if chosen.id != shell.actor.account_id:
            _show_password(shell, chosen)


def _show_actions(shell: Shell, chosen: AccountSeen) -> None:
    """Each key names the account: a press is about the account it was drawn for."""
    at, of = "account", chosen.id
    refused_at(at)
    with st.container(horizontal=True):
        button(
            _("Log overal uit"), sign_out_everywhere, shell, of, key=f"out-{of}", at=at, wide=False,
            disabled=not chosen.is_active, said=lambda ended: _("Uitgelogd op {n} plekken.").format(n=int(ended)),
        )  # fmt: skip
        if chosen.is_active:
            button(
                _("Sluit het account"), deactivate_account, shell, of, key=f"close-{of}", at=at, wide=False,
                said=_("Het account is gesloten. Je kunt het hier weer openen."),
            )  # fmt: skip
        else:
            button(
                _("Open het account weer"), reactivate_account, shell, of, key=f"reopen-{of}", at=at, wide=False,
                said=_("Het account is weer open."),
            )  # fmt: skip
        button(
            _("Neem beheer terug") if chosen.is_admin else _("Maak beheerder"), make_administrator, shell, of,
            not chosen.is_admin, key=f"admin-{of}", at=at, wide=False, said=_("De rechten zijn veranderd."),
        )  # fmt: skip


def _show_password(shell: Shell, chosen: AccountSeen) -> None:
    with st.expander(_("Geef een nieuw wachtwoord")):
        new = fresh(f"new-{chosen.id}")
        st.text_input(_("Nieuw wachtwoord"), type="password", key=new, autocomplete="off")
        st.caption(_("Vertel het persoonlijk. Overal waar dit account open is, wordt het uitgelogd."))
        button(
            _("Zet het wachtwoord"), change_password, shell, chosen.id, new=typed(new), key=f"set-{chosen.id}", wide=False,
            then=renewing(f"new-{chosen.id}"), said=_("Het wachtwoord is veranderd."),
        )  # fmt: skip


def _show_new(shell: Shell) -> None:
    st.write(_("Eén account per persoon. Iemand die alleen meedoet aan een bijeenkomst heeft er geen nodig."))
    key = fresh("new-account")
    with st.form("new-account", border=False):
        st.text_input(_("Naam"), max_chars=120, help=_("Zoals collega's die kennen."), key=f"{key}-name")
        st.text_input(
            _("Gebruikersnaam"), max_chars=80, help=_("Bijvoorbeeld het mailadres van het werk."), key=f"{key}-username"
        )
        st.text_input(
            _("Eerste wachtwoord"),
            key=f"{key}-password",
            type="password",
            autocomplete="off",
            help=_("Minstens {n} tekens. De ander verandert het bij Mijn account.").format(n=SHORTEST),
        )
        st.checkbox(_("Mag ook accounts beheren"), key=f"{key}-admin")
        form_button(
            _("Maak het account"), make_account, shell, username=typed(f"{key}-username"),
            display_name=typed(f"{key}-name"), password=typed(f"{key}-password"), is_admin=typed(f"{key}-admin"),
            key="make-account", look="primary", then=renewing("new-account"),
            said=lambda _id: _("Het account van {name} is gemaakt.").format(name=value_of(f"{key}-name")),
        )  # fmt: skip


def _show_roles(shell: Shell) -> None:
    st.write(_("Een eigenaar geeft zelf rollen. Dit is voor als een wijkplan geen eigenaar meer heeft."))
    titles = dict(see_titles(shell.store, shell.actor))
    if not titles:
        st.info(_("Er zijn nog geen wijkplannen."))
        return
    accounts = {each.id: each.display_name for each in see_accounts(shell.store, shell.actor) if each.is_active}
    st.selectbox(_("Wijkplan"), list(titles), format_func=titles.__getitem__, key="role-plan")
    offer_role(shell, give_role, accounts, typed("role-plan"))
