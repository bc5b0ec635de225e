"""Votes on paper: one card at a time, with the group, until the outcome is shown. A card is not shown back."""

from __future__ import annotations

from typing import Any

import streamlit as st

from workshop.actions.seeing import ConsoleView, see_session
from workshop.actions.voting import enter_paper_ballot, paper_ballots, remove_paper_ballot
from workshop.domain.errors import Refused
from workshop.domain.groups import OTHERS
from workshop.domain.moves import StepState
from workshop.domain.roles import Actor
from workshop.domain.texts import escape_markdown
from workshop.locale import _, n_
from workshop.store import Store
from workshop.ui.ballot_form import ask
from workshop.ui.doing import asking_button, do, fresh, renew, show_problem
from workshop.ui.shell import Shell
from workshop.werkvormen import StepContext, werkvorm
from workshop.werkvormen.contract import group_name

_NOT_SAID = "-"


def _enter(store: Store, actor: Actor, round_id: str, *, group: str | None, **card: Any) -> str:
    """Enter a card once somebody chose a group, or said that the card does not tell."""
    if group is None:
        raise Refused(_("Kies eerst de groep, of “Staat niet op de kaart”."))
    return enter_paper_ballot(store, actor, round_id, group_id=None if group == _NOT_SAID else group, **card)


def show_paper(shell: Shell, view: ConsoleView) -> None:
    """The cards entered so far, and the form for the next one."""
    step = view.now
    show_problem("paper")
    if (
        step is None
        or not step.has_ballot
        or step.round_id is None
        or step.state not in (StepState.OPEN, StepState.STOPPED)
    ):
        st.text(
            _("Er is nu geen stemming waar een stem op papier bij kan. Dat kan als de stemming open is of net gestopt.")
        )
        return
    round_id = step.round_id
    plan = see_session(shell.store, shell.actor, view.session.id)
    items = next(p.items for p in plan.steps if p.step.id == step.id)
    context = StepContext(settings=step.settings, items=[c.item for c in items], is_secret=step.is_secret)
    st.text(_("Typ één kaart tegelijk over. De kaart telt mee als een stem op papier."))
    with st.form(fresh(f"paper_{round_id}"), border=True):
        names = {**dict(view.groups), _NOT_SAID: _("Staat niet op de kaart")}
        group = st.selectbox(
            _("Groep"),
            list(names),
            index=None,
            format_func=names.__getitem__,
            key=fresh(f"paper_{round_id}") + "_group",
            placeholder=_("Kies de groep"),
            help=_("Kaarten zonder groep tellen bij overig. Bij weinig kaarten zie je dan geen uitslag per groep."),
        )
        organisation = None
        if not step.is_secret:
            organisation = st.selectbox(
                _("Organisatie"),
                list(view.organisations),
                index=None,
                key=fresh(f"paper_{round_id}") + "_org",
                placeholder=_("Kies de organisatie"),
            )
        form = ask(werkvorm(step.werkvorm).questions(context), key=fresh(f"paper_{round_id}") + "_q")
        if st.form_submit_button(_("Voeg deze kaart toe")):
            do(
                _enter,
                shell,
                round_id,
                group=group,
                form=form,
                organisation=organisation,
                at="paper",
                then=lambda _ref: renew(f"paper_{round_id}"),
            )
            st.rerun()
    cards = paper_ballots(shell.store, shell.actor, round_id)
    if cards:
        st.markdown("**" + n_("{n} kaart ingevoerd", "{n} kaarten ingevoerd", len(cards)).format(n=len(cards)) + "**")
    for number, card in enumerate(cards, start=1):
        words, press = st.columns([5, 3], vertical_alignment="center")
        with words:
            who = card.organisation or (
                group_name(card.group) if card.group and card.group != OTHERS else _("overige groepen")
            )
            st.markdown(escape_markdown(_("Kaart {n}: {who}").format(n=number, who=who)))
        with press:
            asking_button(
                _("Haal weg"),
                _("Deze kaart weghalen? De stem telt dan niet meer mee."),
                _("Ja, haal weg"),
                remove_paper_ballot,
                shell,
                round_id,
                card.reference,
                key=f"card_{card.reference}",
                at="paper",
            )
