"""Votes and notes on paper: one at a time, with the group, until the outcome is shown. A card is not shown back."""

from __future__ import annotations

from typing import Any

import streamlit as st

from workshop.actions.evening.console_view import ConsoleStep, ConsoleView
from workshop.actions.evening.notes import write_paper_note
from workshop.actions.evening.on_paper import enter_paper_ballot, paper_ballots, remove_paper_ballot
from workshop.actions.evening.session_plans import see_session
from workshop.domain.errors import Refused
from workshop.domain.evening.groups import OTHERS
from workshop.domain.evening.moves import StepState
from workshop.domain.evening.questions import Choice, Line, NoteForm
from workshop.domain.roles import Actor
from workshop.domain.texts import escape_markdown
from workshop.domain.thread.items import Environment, Moment, Tone
from workshop.domain.thread.written import Written
from workshop.domain.words import environment_name, group_name, moment_name, tone_name
from workshop.locale import _, n_
from workshop.store import Store
from workshop.ui.evening.ballot_form import answers, ask
from workshop.ui.frame.doing import (
    AtPress,
    asking_button,
    form_button,
    fresh,
    is_asked_again,
    refused_at,
    renewing,
    typed,
)
from workshop.ui.frame.shell import Shell
from workshop.ui.frame.state import value_of
from workshop.werkvormen import StepContext, werkvorm

_NOT_SAID = "-"


def _enter(store: Store, actor: Actor, round_id: str, *, group: str | None, **card: Any) -> str:
    """Enter a card once somebody chose a group, or said that the card does not tell."""
    if group is None:
        raise Refused(_("Kies eerst de groep, of “Staat niet op de kaart”."))
    return enter_paper_ballot(store, actor, round_id, group_id=None if group == _NOT_SAID else group, **card)


def _copy(
    store: Store, actor: Actor, step_id: str, *, group: str | None, written: Written, confirmed: bool = False
) -> str:
    """Copy a note once somebody chose a group, or said that the paper does not tell."""
    if group is None:
        raise Refused(_("Kies eerst de groep, of “Staat niet op de kaart”."))
    chosen = None if group == _NOT_SAID else group
    return write_paper_note(store, actor, step_id, written, group_id=chosen, confirmed=confirmed)


def _show_notes(shell: Shell, view: ConsoleView, step: ConsoleStep) -> None:
    """The form of each kind of note that the step asks, with the fields a participant gets."""
    for form in werkvorm(step.werkvorm).note_forms(StepContext()):
        at = f"paper_note_{step.id}_{form.key}"
        key = fresh(at)
        with (
            st.expander(
                _("Typ een kaartje over: {what}").format(what=escape_markdown(form.prompt)), expanded=is_asked_again(at)
            ),
            st.form(key, border=False),
        ):
            refused_at(at)
            names = {**dict(view.groups), _NOT_SAID: _("Staat niet op de kaart")}
            st.selectbox(
                _("Groep"),
                list(names),
                index=None,
                format_func=names.__getitem__,
                key=f"{key}_group",
                placeholder=_("Kies de groep"),
            )
            st.text_area(escape_markdown(form.prompt), max_chars=form.limit, key=f"{key}_text")
            for extra in form.extras:
                _extra(extra, f"{key}_{extra.key}")
            if form.second_prompt:
                st.text_area(escape_markdown(form.second_prompt), max_chars=form.limit, key=f"{key}_second")
            if form.asks_environments:
                st.pills(
                    _("Waar hoort het bij? Je mag er meer kiezen."),
                    list(Environment),
                    selection_mode="multi",
                    format_func=environment_name,
                    key=f"{key}_where",
                )
            if form.asks_tone:
                st.radio(
                    _("Gaat het goed of niet goed?"),
                    list(Tone),
                    index=None,
                    format_func=tone_name,
                    key=f"{key}_tone",
                    horizontal=True,
                )
            if form.asks_moment:
                st.radio(
                    _("Wanneer?"),
                    list(Moment),
                    index=list(Moment).index(Moment.NOW),
                    format_func=moment_name,
                    key=f"{key}_when",
                    horizontal=True,
                )
            form_button(
                _("Zet bij de kaartjes die wachten"), _copy, shell, step.id,
                group=typed(f"{key}_group"), written=_written_at_press(form, key),
                key=f"{key}_copy", at=at, then=renewing(at),
            )  # fmt: skip


def _written_at_press(form: NoteForm, key: str) -> AtPress:
    """What stands on the card, as a form would send it; extra fields that were left open are left out."""

    def read() -> Written:
        extras = {extra.key: value_of(f"{key}_{extra.key}") for extra in form.extras}
        return Written(
            text=value_of(f"{key}_text"),
            form_key=form.key,
            second=value_of(f"{key}_second") or "",
            environments=list(value_of(f"{key}_where") or ()),
            tone=value_of(f"{key}_tone"),
            moment=value_of(f"{key}_when"),
            extras={name: [value] for name, value in extras.items() if value},
        )

    return AtPress(read)


def _extra(extra: Line | Choice, key: str) -> None:
    label = escape_markdown(extra.prompt)
    if isinstance(extra, Choice):
        words = {option.value: option.label for option in extra.options}
        st.radio(label, list(words), index=None, format_func=words.__getitem__, key=key, horizontal=True)
    else:
        st.text_input(label, max_chars=4 if extra.high else extra.limit, key=key)


def show_paper(shell: Shell, view: ConsoleView) -> None:
    """What can be copied from paper now: cards, and notes of a step that asks them."""
    step = view.now
    refused_at("paper")
    if step is None or step.round_id is None or step.state not in (StepState.OPEN, StepState.STOPPED):
        st.text(
            _("Er is nu geen onderdeel waar iets op papier bij kan. Dat kan als een onderdeel open is of net gestopt.")
        )
        return
    if step.has_ballot:
        _show_cards(shell, view, step, step.round_id)
    _show_notes(shell, view, step)


def _show_cards(shell: Shell, view: ConsoleView, step: ConsoleStep, round_id: str) -> None:
    """The form for the next card, and the cards entered so far."""
    plan = see_session(shell.store, shell.actor, view.session.id)
    items = next(p.items for p in plan.steps if p.step.id == step.id)
    context = StepContext(settings=step.settings, items=[c.item for c in items], is_secret=step.is_secret)
    st.text(_("Typ één kaart tegelijk over. De kaart telt mee als een stem op papier."))
    key = fresh(f"paper_{round_id}")
    with st.form(key, border=True):
        names = {**dict(view.groups), _NOT_SAID: _("Staat niet op de kaart")}
        st.selectbox(
            _("Groep"),
            list(names),
            index=None,
            format_func=names.__getitem__,
            key=f"{key}_group",
            placeholder=_("Kies de groep"),
            help=_("Kaarten zonder groep tellen bij overig. Bij weinig kaarten zie je dan geen uitslag per groep."),
        )
        if not step.is_secret:
            st.selectbox(
                _("Organisatie"),
                list(view.organisations),
                index=None,
                key=f"{key}_org",
                placeholder=_("Kies de organisatie"),
            )
        questions = werkvorm(step.werkvorm).questions(context)
        ask(questions, key=f"{key}_q")
        form_button(
            _("Voeg deze kaart toe"), _enter, shell, round_id, group=typed(f"{key}_group"),
            form=AtPress(lambda: answers(questions, key=f"{key}_q")), organisation=typed(f"{key}_org"),
            key=f"{key}_add", at="paper", then=renewing(f"paper_{round_id}"),
        )  # fmt: skip
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
