"""The script of an evening: as a list that follows the evening, and as something to change."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass
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
from workshop.domain.evening.sessions import Session
from workshop.domain.texts import escape_markdown
from workshop.domain.thread.items import LONGEST_TEXT, ItemKind
from workshop.locale import _, format_time, n_
from workshop.ui.evening.instruction import show_instruction_form
from workshop.ui.evening.languages import show_question_languages
from workshop.ui.evening.pointing_back import show_about
from workshop.ui.frame.doing import asking_button, button, do, fresh, may_confirm, renew, show_problem
from workshop.ui.frame.shell import PLAN, SESSION, Shell, go
from workshop.ui.thread.herkomst_dialog import offer_herkomst
from workshop.werkvormen import all_werkvormen, werkvorm

_STYLE = """<style>
.kv-script{list-style:none!important;padding:0!important;margin:0!important}
.kv-script li{padding:.5rem .25rem .5rem .75rem!important;border-left:.3rem solid transparent;
 margin:0!important;overflow-wrap:anywhere}
.kv-script li+li{border-top:1px solid #8A919C55}
.kv-script li[aria-current]{border-left-color:currentColor;font-weight:700}
.kv-script small{display:block;font-size:.9rem;font-weight:400}
.kv-script .gone{text-decoration:line-through}
@media (max-width:640px){.kv-script li.far{display:none}}
</style>"""


#: Most items residents should choose from with dots. Source: issue "an evening with real people", point 8.
MOST_FOR_DOTS = 7


def for_whom(werkvorm_key: str) -> str:
    """For which people a werkvorm is meant, when that is not everybody."""
    return {
        "risk_dots": _("Voor bewoners en voor iedereen. Hooguit {n} onderwerpen.").format(n=MOST_FOR_DOTS),
        "risk_field": _("Voor partners die samen wegen hoe vaak en hoe erg. Kies voor bewoners liever de stippen."),
        "pairwise": _("Voor bewoners en partners, met weinig onderwerpen: steeds kies je tussen twee."),
        "ranking": _("Voor partners of een kleine groep: op volgorde zetten vraagt meer dan stippen."),
        "budget_game": _("Voor partners en bewoners die al weten waar het over gaat."),
    }.get(werkvorm_key, "")


def minutes_text(minutes: int) -> str:
    return n_("{n} minuut", "{n} minuten", minutes).format(n=minutes)


def state_text(step: ConsoleStep, *, is_now: bool, is_next: bool) -> str:
    """Where a step is, in words; never by colour alone."""
    words = {
        StepState.PREPARED: _("hierna") if is_next else _("nu aangekondigd") if is_now else "",
        StepState.OPEN: _("nu open"),
        StepState.STOPPED: _("gestopt, nog niet getoond"),
        StepState.SHOWN: _("klaar"),
        StepState.SKIPPED: _("overgeslagen"),
    }
    return words[step.state]


@dataclass(frozen=True)
class FirstPoint:
    """What an evening begins with before its first step: a name, how far it is, and how to draw it."""

    title: str
    line: str
    is_open: bool
    show: Callable[[], None]


#: Asked at every drawing: what stands first changes while the evening runs.
Beginning = Callable[[Shell, Session], FirstPoint | None]


def show_script(
    steps: tuple[ConsoleStep, ...],
    now: ConsoleStep | None,
    following: ConsoleStep | None,
    first: FirstPoint | None = None,
) -> None:
    """The script as a list: done, now, next. On a narrow screen only what is now and next.

    ``first``: what the evening begins with, before its steps.
    """
    lines = []
    if first is not None:
        title, small = html.escape(first.title), html.escape(first.line)
        lines.append(f"<li><span>{title}</span><small>{small}</small></li>")
    for step in steps:
        is_now, is_next = now is not None and step.id == now.id, following is not None and step.id == following.id
        used = "" if step.minutes_used is None else _(", {n} gebruikt").format(n=step.minutes_used)
        state = state_text(step, is_now=is_now, is_next=is_next)
        small = " · ".join(part for part in (state, minutes_text(step.minutes) + used) if part)
        title = html.escape(f"{step.position}. {step.title}")
        far = "" if is_now or is_next else "far"
        current = ' aria-current="step"' if is_now else ""
        gone = "gone" if step.state is StepState.SKIPPED else ""
        lines.append(
            f'<li class="{far}"{current}><span class="{gone}">{title}</span><small>{html.escape(small)}</small></li>'
        )
    st.html(_STYLE + f'<ol class="kv-script" data-own>{"".join(lines)}</ol>')


def show_editor(
    shell: Shell, plan: SessionPlan, *, starts_at: datetime | None = None, first: FirstPoint | None = None
) -> None:
    """Every step with its minutes, settings and items; one step is added at the end."""
    show_problem("script")
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
            show_about(shell, step.id, key)
        show_question_languages(shell, step, key)
        if step.has_ballot or werkvorm(step.werkvorm).makes:
            st.link_button(_("Druk kaarten af voor wie geen telefoon heeft"), f"/kaarten/{step.id}")
        show_instruction_form(shell, step, key)


def _change_form(shell: Shell, step: ConsoleStep, key: str) -> None:
    activity, was_open = werkvorm(step.werkvorm), step.round_number > 0
    with st.form(f"{key}_form", border=False):
        title = st.text_input(_("Naam op het scherm"), step.title, max_chars=200, key=f"{key}_title")
        columns = st.columns(1 + len(activity.settings()))
        with columns[0]:
            minutes = st.number_input(_("Minuten"), 1, 240, step.minutes, step=1, key=f"{key}_minutes")
        settings = {}
        for column, setting in zip(columns[1:], activity.settings(), strict=True):
            with column:
                settings[setting.key] = st.number_input(
                    setting.label,
                    setting.low,
                    setting.high,
                    int(step.settings.get(setting.key, setting.default)),
                    step=1,
                    key=f"{key}_{setting.key}",
                    disabled=was_open,
                )
        is_secret = step.is_secret
        if activity.asks_ballot:
            is_secret = _secrecy(step.is_secret, key=f"{key}_secret", disabled=was_open)
        if st.form_submit_button(_("Bewaar")):
            do(
                change_step,
                shell,
                step.id,
                title=title,
                minutes=int(minutes),
                at="script",
                settings=None if was_open or not settings else {k: int(v) for k, v in settings.items()},
                is_secret=None if was_open else is_secret,
            )
            st.rerun()


def _secrecy(is_secret: bool, *, key: str, disabled: bool = False) -> bool:
    options = {
        "secret": _("Geheim: niemand ziet wat iemand koos, alleen totalen"),
        "open": _("Open: iedereen ziet wat elke organisatie koos (voor een tafel met partners)"),
    }
    chosen = st.radio(
        _("Wie ziet de antwoorden?"),
        list(options),
        index=0 if is_secret else 1,
        key=key,
        format_func=options.__getitem__,
        disabled=disabled,
    )
    return bool(chosen == "secret")


def _skip_form(shell: Shell, step: ConsoleStep, key: str) -> None:
    with st.form(f"{key}_skip", border=False):
        reason = st.text_input(
            _("Overslaan, omdat"),
            max_chars=300,
            key=f"{key}_reason",
            placeholder=_("Bijvoorbeeld: we lopen tien minuten uit"),
        )
        if st.form_submit_button(_("Sla dit onderdeel over")):
            do(skip_step, shell, step.id, reason, at="script")
            st.rerun()


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
    at = f"add_{step.id}"
    is_warned = may_confirm(at)
    show_problem(at)
    with st.form(f"{key}_own", border=False):
        text = st.text_input(_("Zelf een onderwerp toevoegen"), max_chars=LONGEST_TEXT, key=fresh(f"{key}_own_text"))
        confirmed = (
            st.checkbox(_("Ik heb gekeken: hier staat niets in over een persoon"), key=fresh(f"{key}_own_ok"))
            if is_warned
            else False
        )
        if st.form_submit_button(_("Zet op de lijst")):
            do(_add_own, shell, plan, step, text, confirmed, f"{key}_own_text", at=at)
            st.rerun()


def _add_own(
    store: Any, actor: Any, plan: SessionPlan, step: ConsoleStep, text: str, confirmed: bool, field: str
) -> None:
    takes = werkvorm(step.werkvorm).takes
    kind = ItemKind.RISK if ItemKind.RISK in takes else sorted(takes)[0]
    item_id = add_item(store, actor, plan.session.wijkplan_id, kind=ItemKind(kind), text=text, confirmed=confirmed)
    put_item_on_step(store, actor, step.id, item_id)
    renew(field)


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
    which, how_long = st.columns([3, 1])
    with which:
        chosen = st.selectbox(
            _("Werkvorm"),
            list(forms),
            index=list(forms).index(suggested),
            key=fresh("add_step"),
            format_func=lambda k: forms[k].title(),
        )
    with how_long:
        minutes = st.number_input(
            _("Minuten"), 1, 240, forms[chosen].default_minutes, step=1, key=fresh(f"add_minutes_{chosen}")
        )
    if for_whom(chosen):
        st.caption(for_whom(chosen))
    is_secret = _secrecy(True, key=fresh("add_secret")) if forms[chosen].asks_ballot else True
    button(
        _("Voeg toe aan het programma"),
        add_step,
        shell,
        plan.session.id,
        chosen,
        minutes=int(minutes),
        is_secret=is_secret,
        key="add_step_button",
        at="script",
        then=lambda _id: renew("add_step"),
        primary=not plan.steps,
        wide=False,
    )
