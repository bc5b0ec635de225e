"""Changing the script of an evening: every step with its minutes, settings and items, and adding one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import streamlit as st

from workshop.actions.evening.console_view import ConsoleStep
from workshop.actions.evening.notes import add_item
from workshop.actions.evening.room_view import CarriedItem
from workshop.actions.evening.session_plans import PlannedStep, SessionPlan
from workshop.actions.evening.sessions import (
    add_step,
    change_step,
    move_step,
    put_item_on_step,
    remove_step,
    restore_step,
    skip_step,
    take_item_off_step,
)
from workshop.domain.evening.moves import SessionState, StepState
from workshop.domain.texts import escape_markdown
from workshop.domain.thread.items import LONGEST_TEXT, ItemKind
from workshop.domain.thread.written import Written
from workshop.locale import _, format_time, n_
from workshop.ui.evening.instruction import show_instruction_form
from workshop.ui.evening.languages import show_question_languages
from workshop.ui.evening.pointing_back import show_about
from workshop.ui.evening.script import MOST_FOR_DOTS, FirstPoint, for_whom, minutes_text, state_text
from workshop.ui.frame.doing import (
    AtPress,
    asking_button,
    button,
    form_button,
    fresh,
    refused_at,
    renew,
    renewing,
    typed,
)
from workshop.ui.frame.shell import PLAN, SESSION, Shell, go
from workshop.ui.frame.state import value_of
from workshop.ui.thread.herkomst_dialog import offer_herkomst
from workshop.werkvormen import all_werkvormen, werkvorm


def show_editor(
    shell: Shell, plan: SessionPlan, *, starts_at: datetime | None = None, first: FirstPoint | None = None
) -> None:
    """Every step with its minutes, settings and items; one step is added at the end."""
    refused_at("script")
    if not plan.steps:
        st.info(
            _(
                "Er staat nog niets op het programma. Voeg hieronder het eerste onderdeel toe, "
                "bijvoorbeeld de nulmeting."
            )
        )
    if first is not None and plan.session.state is SessionState.PLANNED:
        with st.expander(escape_markdown(f"{first.title} · {first.line}"), icon=":material/handshake:", key="agenda"):
            first.show()
    for planned in plan.steps:
        _edit_step(shell, plan, planned)
    _add(shell, plan)
    if plan.steps:
        st.markdown(
            "**" + _("Samen {minutes}.").format(minutes=minutes_text(plan.minutes)) + "** " + _ends(plan, starts_at)
        )


def _ends(plan: SessionPlan, starts_at: datetime | None) -> str:
    if starts_at is None:
        return ""
    end = starts_at + timedelta(minutes=plan.minutes)
    return _("Als je om {start} begint, ben je om {end} klaar.").format(
        start=format_time(starts_at), end=format_time(end)
    )


def _edit_step(shell: Shell, plan: SessionPlan, planned: PlannedStep) -> None:
    step = planned.step
    parts = [minutes_text(step.minutes)]
    if step.has_ballot:
        parts.append(_("geheim") if step.is_secret else _("open"))
    if werkvorm(step.werkvorm).takes:
        parts.append(n_("{n} onderwerp", "{n} onderwerpen", len(planned.items)).format(n=len(planned.items)))
    state = state_text(step, is_now=False, is_next=False)
    label = f"{step.position}. {step.title} · " + " · ".join([*parts, state] if state else parts)
    key = f"step_{step.id}"
    with st.expander(escape_markdown(label), key=f"{key}_box", expanded=False):
        up, down, off = st.columns(3)
        with up:
            button(
                _("Eerder"),
                move_step,
                shell,
                step.id,
                step.position - 1,
                key=f"{key}_up",
                at="script",
                disabled=step.position == 1,
            )
        with down:
            button(
                _("Later"),
                move_step,
                shell,
                step.id,
                step.position + 1,
                key=f"{key}_down",
                at="script",
                disabled=step.position == len(plan.steps),
            )
        with off:
            if step.state is StepState.SKIPPED:
                button(
                    _("Zet terug op het programma"),
                    restore_step,
                    shell,
                    step.id,
                    key=f"{key}_restore",
                    at="script",
                )
            elif step.state is StepState.PREPARED:
                asking_button(
                    _("Haal weg"),
                    _("Dit onderdeel van het programma halen?"),
                    _("Ja, haal weg"),
                    remove_step,
                    shell,
                    step.id,
                    key=f"{key}_remove",
                    at="script",
                )
        if step.skip_reason:
            st.text(_("Overgeslagen, omdat: {reason}").format(reason=step.skip_reason))
        _change_form(shell, step, key)
        if step.state is StepState.PREPARED and plan.session.state is SessionState.OPEN:
            _skip_form(shell, step, key)
        if werkvorm(step.werkvorm).takes:
            _items(shell, plan, planned, key)
        if werkvorm(step.werkvorm).makes:
            show_about(shell, step.id, key, planned.about)
        show_question_languages(shell, step, key)
        if step.has_ballot or werkvorm(step.werkvorm).makes:
            st.link_button(_("Druk kaarten af voor wie geen telefoon heeft"), f"/kaarten/{step.id}")
        show_instruction_form(shell, step, key)


def _change_form(shell: Shell, step: ConsoleStep, key: str) -> None:
    activity, was_open = werkvorm(step.werkvorm), step.round_number > 0
    with st.form(f"{key}_form", border=False):
        st.text_input(_("Naam op het scherm"), step.title, max_chars=200, key=f"{key}_title")
        columns = st.columns(1 + len(activity.settings()))
        with columns[0]:
            st.number_input(_("Minuten"), 1, 240, step.minutes, step=1, key=f"{key}_minutes")
        for column, setting in zip(columns[1:], activity.settings(), strict=True):
            with column:
                st.number_input(
                    setting.label,
                    setting.low,
                    setting.high,
                    int(step.settings.get(setting.key, setting.default)),
                    step=1,
                    key=f"{key}_{setting.key}",
                    disabled=was_open,
                )
        if activity.asks_ballot:
            _ask_secrecy(step.is_secret, key=f"{key}_secret", disabled=was_open)
        names = [setting.key for setting in activity.settings()]
        settings = AtPress(lambda: {name: int(value_of(f"{key}_{name}")) for name in names})
        form_button(
            _("Bewaar"), change_step, shell, step.id, title=typed(f"{key}_title"), minutes=typed(f"{key}_minutes", int),
            settings=None if was_open or not names else settings,
            is_secret=None if was_open or not activity.asks_ballot else typed(f"{key}_secret", _is_secret),
            key=f"{key}_keep", at="script",
        )  # fmt: skip


def _is_secret(chosen: str | None) -> bool:
    """What was chosen; secret when nothing was asked."""
    return chosen != "open"


def _ask_secrecy(is_secret: bool, *, key: str, disabled: bool = False) -> None:
    options = {
        "secret": _("Geheim: niemand ziet wat iemand koos, alleen totalen"),
        "open": _("Open: iedereen ziet wat elke organisatie koos (voor een tafel met partners)"),
    }
    st.radio(
        _("Wie ziet de antwoorden?"),
        list(options),
        index=0 if is_secret else 1,
        key=key,
        format_func=options.__getitem__,
        disabled=disabled,
    )


def _skip_form(shell: Shell, step: ConsoleStep, key: str) -> None:
    with st.form(f"{key}_skip", border=False):
        st.text_input(
            _("Overslaan, omdat"),
            max_chars=300,
            key=f"{key}_reason",
            placeholder=_("Bijvoorbeeld: we lopen tien minuten uit"),
        )
        form_button(
            _("Sla dit onderdeel over"), skip_step, shell, step.id, typed(f"{key}_reason"), key=f"{key}_skip_it", at="script"
        )  # fmt: skip


def _items(shell: Shell, plan: SessionPlan, planned: PlannedStep, key: str) -> None:
    step = planned.step
    st.markdown("**" + _("Onderwerpen op de lijst") + "**")
    if step.werkvorm == "risk_dots" and len(planned.items) > MOST_FOR_DOTS:
        st.warning(
            _(
                "Er staan {n} onderwerpen op de lijst. Met stippen kiezen gaat goed tot {most}. "
                "Voeg onderwerpen samen of haal er een paar van de lijst."
            ).format(n=len(planned.items), most=MOST_FOR_DOTS)
        )
    if not planned.items:
        st.text(
            _("Nog niets. Wat in een eerder onderdeel doorgaat, komt hier vanzelf te staan. Zelf toevoegen kan ook.")
        )
    for carried in planned.items:
        _item_row(carried, _("Haal van de lijst"), take_item_off_step, shell, step, f"{key}_off_{carried.item.id}")
    if planned.others:
        with st.popover(_("Zet er iets bij ({n})").format(n=len(planned.others)), width="content"):
            for carried in planned.others[:60]:
                _item_row(carried, _("Zet op de lijst"), put_item_on_step, shell, step, f"{key}_on_{carried.item.id}")
    if step.state is StepState.OPEN:
        return
    text, takes = fresh(f"{key}_own_text"), werkvorm(step.werkvorm).takes
    kind = ItemKind.RISK if ItemKind.RISK in takes else ItemKind(min(takes))
    with st.form(f"{key}_own", border=False):
        st.text_input(_("Zelf een onderwerp toevoegen"), max_chars=LONGEST_TEXT, key=text)
        form_button(
            _("Zet op de lijst"), _add_own, shell, plan.session.wijkplan_id, step.id, kind, typed(text),
            key=f"{key}_own_add", then=renewing(f"{key}_own_text"),
        )  # fmt: skip


def _add_own(
    store: Any, actor: Any, wijkplan_id: str, step_id: str, kind: ItemKind, text: str, *, confirmed: bool = False
) -> None:
    item_id = add_item(store, actor, wijkplan_id, kind=kind, written=Written(text), confirmed=confirmed)
    put_item_on_step(store, actor, step_id, item_id)


def _item_row(carried: CarriedItem, label: str, action: Any, shell: Shell, step: ConsoleStep, key: str) -> None:
    words, press = st.columns([5, 2], vertical_alignment="center")
    with words:
        st.markdown(escape_markdown(carried.item.text))
        st.caption(escape_markdown(carried.label))
        offer_herkomst(carried.item, key=f"{key}_whence")
    with press:
        button(
            label,
            action,
            shell,
            step.id,
            carried.item.id,
            key=key,
            at="script",
            disabled=step.state is StepState.OPEN,
        )


def _add(shell: Shell, plan: SessionPlan) -> None:
    if plan.session.state is SessionState.CLOSED:
        return
    forms = {activity.key: activity for activity in all_werkvormen()}
    suggested = next(
        (
            k
            for k, a in forms.items()
            if plan.session.sprint == a.sprints[0] and k not in {p.step.werkvorm for p in plan.steps}
        ),
        next(iter(forms)),
    )
    st.subheader(_("Onderdeel toevoegen"), anchor=False)
    # Not during the evening: the library is a page of its own, and the console has to stay.
    if plan.session.state is SessionState.PLANNED and st.button(_("Help me kiezen"), key="add_advice"):
        go("werkvormen", **{PLAN: plan.session.wijkplan_id, SESSION: plan.session.id})
    field, secrecy = fresh("add_step"), fresh("add_secret")
    which, how_long = st.columns([3, 1])
    with which:
        chosen = st.selectbox(
            _("Werkvorm"),
            list(forms),
            index=list(forms).index(suggested),
            key=field,
            format_func=lambda k: forms[k].title(),
        )
    with how_long:
        st.number_input(_("Minuten"), 1, 240, forms[chosen].default_minutes, step=1, key=fresh(f"add_minutes_{chosen}"))
    if for_whom(chosen):
        st.caption(for_whom(chosen))
    if forms[chosen].asks_ballot:
        _ask_secrecy(True, key=secrecy)
    button(
        _("Voeg toe aan het programma"),
        add_step,
        shell,
        plan.session.id,
        typed(field),
        # Of what is chosen at the press; what was not drawn yet has the minutes of its werkvorm.
        minutes=AtPress(lambda: value_of(fresh(f"add_minutes_{value_of(field)}"))),
        is_secret=typed(secrecy, _is_secret),
        key="add_step_button",
        at="script",
        then=_empty_adding,
        look="secondary" if plan.steps else "primary",
        wide=False,
    )


def _empty_adding(_step_id: str) -> None:
    for name in ("add_step", "add_secret"):
        renew(name)
